"""Appoints mentors, and lets teams have their hours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.outbox.operations import notify
from accord.people.queries import Person
from accord.workspace.enums import SessionState
from accord.workspace.models import Mentor, MentorSession, Site, Team, TeamMember

HOUR_TAKEN = "workspace.hour-taken"
HOUR_GIVEN_BACK = "workspace.hour-given-back"
HOUR_CANCELLED = "workspace.hour-cancelled"
MOST_WEEKS, MOST_MINUTES = 26, 8 * 60


class MentorTwice(Refused):
    """The person is a mentor of the site on some of these days already."""

    code = "mentor-twice"


class MentorEndOdd(Refused):
    """An appointment cannot end before it began."""

    code = "mentor-end-odd"


class HoursOdd(Refused):
    """No hour fits between these times."""

    code = "hours-odd"


class NotAppointed(Refused):
    """The mentor is not appointed on the day of the hour."""

    code = "not-appointed"


class HourTaken(Refused):
    """Another team has the hour."""

    code = "hour-taken"
    status = 409


class HourPast(Refused):
    """The hour has begun, so that it is neither taken nor given back."""

    code = "hour-past"
    status = 409


class HourNotOver(Refused):
    """Whether an hour was held is said once it has begun."""

    code = "hour-not-over"
    status = 409


class HourSettled(Refused):
    """The hour was held, missed or cancelled already."""

    code = "hour-settled"
    status = 409


@dataclass(frozen=True, slots=True)
class Hours:
    """When a mentor sees teams: a day, from and until in the site's zone, cut into sessions, for some weeks."""

    first_on: date
    starts: time
    ends: time
    minutes: int
    weeks: int = 1


def appoint_mentor(
    *, site: Site, person: Person, starts_on: date, by: Person, at: datetime, topics: Bilingual | None = None
) -> Mentor:
    """Appoint a person mentor of a site from a day on. Raises `MentorTwice` where they are one on that day or later."""
    taken = MentorTwice(_("This person is a mentor here already. End that appointment first."), field="person")
    with refused_as({"mentor_once_at_a_time": lambda: taken}):
        return Mentor.objects.create(
            site=site,
            person=person,
            topics=tidied(topics or Bilingual()),
            starts_on=starts_on,
            appointed_at=at,
            appointed_by=by,
        )


@transaction.atomic
def end_mentor(*, mentor: Mentor, ends_on: date, by: Person, at: datetime) -> Mentor:
    """End an appointment; hours on and after that day are cancelled, and teams that had one are told.

    Raises `MentorEndOdd` for a day before the appointment. The same day again changes nothing.
    """
    held = Mentor.objects.select_for_update().select_related("site").get(pk=mentor.pk)
    if ends_on < held.starts_on:
        raise MentorEndOdd(_("Choose a day on or after the day of the appointment."), field="ends_on")
    if held.ends_on == ends_on:
        return held
    held.ends_on = ends_on
    taken = MentorTwice(_("Another appointment of this person begins before this day."), field="ends_on")
    with refused_as({"mentor_once_at_a_time": lambda: taken}):
        held.save(update_fields=["ends_on"])
    midnight = datetime.combine(ends_on, time(), tzinfo=ZoneInfo(held.site.time_zone))
    open_states = (SessionState.OFFERED, SessionState.BOOKED)
    for session in held.sessions.filter(state__in=open_states, starts_at__gte=max(midnight, at)):
        cancel_session(session=session, by=by, at=at)
    return held


@transaction.atomic
def offer_hours(*, mentor: Mentor, hours: Hours, by: Person, at: datetime, place: str = "") -> list[MentorSession]:
    """Offer sessions of a mentor, each on the same weekday for some weeks; those that stand already are kept.

    Raises `HoursOdd` where no session fits between the times, `HourPast` for a first one in the past and
    `NotAppointed` where the appointment does not hold on one of the days.
    """
    held = Mentor.objects.select_for_update(no_key=True).select_related("site").get(pk=mentor.pk)
    starts = _starts(hours, ZoneInfo(held.site.time_zone))
    if not starts:
        raise HoursOdd(_("No session fits between these times. Let it end later, or make it shorter."), field="ends")
    if starts[0] < at:
        raise HourPast(_("Choose a day and a time that lie ahead."), field="first_on")
    last_on = hours.first_on + timedelta(weeks=hours.weeks - 1)
    if hours.first_on < held.starts_on or (held.ends_on is not None and last_on >= held.ends_on):
        raise NotAppointed(_("The mentor is not appointed on all of these days. Choose others."), field="first_on")
    known = {one.starts_at: one for one in held.sessions.filter(starts_at__in=starts).exclude(state="cancelled")}
    return [known.get(start) or _offered(held, start, hours.minutes, place, by, at) for start in starts]


def _offered(mentor: Mentor, start: datetime, minutes: int, place: str, by: Person, at: datetime) -> MentorSession:
    return MentorSession.objects.create(
        mentor=mentor,
        starts_at=start,
        minutes=minutes,
        place=" ".join(place.split()),
        offered_at=at,
        offered_by=by,
        is_simulated=mentor.site.is_simulated,
    )


def _starts(hours: Hours, zone: ZoneInfo) -> Sequence[datetime]:
    """Return when each session begins, week after week, at the same local time."""
    if not (1 <= hours.weeks <= MOST_WEEKS and 1 <= hours.minutes <= MOST_MINUTES):
        return ()
    first = datetime.combine(hours.first_on, hours.starts)
    room = datetime.combine(hours.first_on, hours.ends) - first
    number = int(room / timedelta(minutes=hours.minutes))
    local = [
        first + timedelta(weeks=week, minutes=hours.minutes * each)
        for week in range(hours.weeks)
        for each in range(number)
    ]
    return [one.replace(tzinfo=zone) for one in local]


@transaction.atomic
def take_session(*, session: MentorSession, team: Team, subject: str, by: Person, at: datetime) -> MentorSession:
    """Take a free hour for a team; the mentor is told. Two who ask at once: exactly one gets it.

    Raises `HourTaken`, `HourPast`, and `HourSettled` for a cancelled one. What the team has it keeps.
    """
    held = _locked(session)
    if held.state == SessionState.BOOKED and held.team_id == team.pk:
        return held
    if held.state != SessionState.OFFERED:
        raise _not_free(held)
    _refuse_past(held, at)
    held.state, held.team, held.subject = SessionState.BOOKED, team, " ".join(subject.split())
    held.taken_at, held.taken_by = at, by
    held.save(update_fields=["state", "team", "subject", "taken_at", "taken_by"])
    _tell_mentor(
        held, HOUR_TAKEN, Bilingual(f"{team.name.en or team.name} took an hour", f"{_zh(team)}预约了您的时段"), at
    )
    return held


@transaction.atomic
def give_back_session(*, session: MentorSession, by: Person, at: datetime) -> MentorSession:
    """Give an hour back before it begins, so that another team can have it; the mentor is told.

    Raises `HourPast` once it has begun, and `HourSettled`. One that is free already stays as it is.
    """
    held = _locked(session)
    if held.state == SessionState.OFFERED:
        return held
    if held.state != SessionState.BOOKED:
        raise _not_free(held)
    _refuse_past(held, at)
    team = held.team
    held.state, held.team, held.subject = SessionState.OFFERED, None, ""
    held.taken_at, held.taken_by = None, None
    held.save(update_fields=["state", "team", "subject", "taken_at", "taken_by"])
    words = (
        Bilingual(f"{team.name.en or team.name} gave an hour back", f"{_zh(team)}取消了预约的时段")
        if team
        else Bilingual()
    )
    _tell_mentor(held, HOUR_GIVEN_BACK, words, at, leaving_out=by)
    return held


@transaction.atomic
def settle_session(*, session: MentorSession, was_held: bool, by: Person, at: datetime) -> MentorSession:
    """Say that an hour was held, or that the team missed it; it can be said otherwise later.

    Raises `HourNotOver` before it begins, and `HourSettled` where no team had it.
    """
    held = _locked(session)
    if held.state not in {SessionState.BOOKED, SessionState.HELD, SessionState.MISSED}:
        raise HourSettled(_("No team had this hour, so there is nothing to say of it."))
    if held.starts_at > at:
        raise HourNotOver(_("Say whether it was held once it has begun."))
    state = SessionState.HELD if was_held else SessionState.MISSED
    if held.state != state:
        held.state, held.settled_at, held.settled_by = state, at, by
        held.save(update_fields=["state", "settled_at", "settled_by"])
    return held


@transaction.atomic
def cancel_session(*, session: MentorSession, by: Person, at: datetime) -> MentorSession:
    """Cancel an hour that was not held yet; the people of the team that had it are told. Twice changes nothing."""
    held = _locked(session)
    if held.state == SessionState.CANCELLED:
        return held
    if held.state not in {SessionState.OFFERED, SessionState.BOOKED}:
        raise HourSettled(_("It was said of this hour that it was held or missed. It is not cancelled any more."))
    told = held.team if held.state == SessionState.BOOKED else None
    held.state, held.settled_at, held.settled_by = SessionState.CANCELLED, at, by
    held.save(update_fields=["state", "settled_at", "settled_by"])
    if told is not None:
        _tell_team(held, told, by, at)
    return held


def _locked(session: MentorSession) -> MentorSession:
    return (
        MentorSession.objects.select_for_update(of=("self",))
        .select_related("mentor__site", "mentor__person", "team")
        .get(pk=session.pk)
    )


def _not_free(session: MentorSession) -> Refused:
    if session.state == SessionState.BOOKED:
        return HourTaken(_("Another team has just taken this hour. Choose another one that is free."))
    return HourSettled(_("This hour is over or was cancelled. Choose another one that is free."))


def _refuse_past(session: MentorSession, at: datetime) -> None:
    if session.starts_at <= at:
        raise HourPast(_("This hour has begun. Only hours that lie ahead are taken or given back."))


def _zh(team: Team) -> str:
    return Bilingual.of(team.name).side("zh-hans") or str(team.name)


def _tell_mentor(
    session: MentorSession, topic: str, words: Bilingual, at: datetime, *, leaving_out: Person | None = None
) -> None:
    told = {session.mentor.person_id} - ({leaving_out.pk} if leaving_out else set())
    _tell(session, topic, told, words, at)


def _tell_team(session: MentorSession, team: Team, by: Person, at: datetime) -> None:
    name = session.mentor.person.name
    words = Bilingual(f"The hour with {name.en or name} is cancelled", f"与{name.zh_hans or name.en}的预约时段已取消")
    people = TeamMember.objects.filter(team=team, ends_on=None).values_list("person_id", flat=True)
    _tell(session, HOUR_CANCELLED, set(people) - {by.pk}, words, at)


def _tell(session: MentorSession, topic: str, people: set[int], words: Bilingual, at: datetime) -> None:
    """Tell these people of an hour, with its time in the site's zone."""
    local = session.starts_at.astimezone(ZoneInfo(session.mentor.site.time_zone))
    when = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
    notify(
        topic=topic,
        people=people,
        subject=words,
        body=Bilingual(f"{when}. {session.subject}".strip(), f"{when}。{session.subject}".strip()),
        url=reverse("workspace:mentor-session", args=[session.mentor.site.key, session.pk]),
        record=f"mentor-session:{session.pk}",
        key=f"{topic}:{session.pk}:{at.isoformat()}",
        at=at,
    )
