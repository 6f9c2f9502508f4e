"""Events of a site: announced, signed up for, called off, and who came."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.outbox.operations import notify
from accord.people.operations import named
from accord.people.queries import Person
from accord.workspace.models import Event, EventPlace, Site, Team

CALLED_OFF = "workspace.event-called-off"


class EventEndOdd(Refused):
    """An event ends after it begins."""

    code = "event-end-odd"


class EventPast(Refused):
    """The event has begun, so that nobody signs up or leaves any more."""

    code = "event-past"
    status = 409


class EventFull(Refused):
    """All places are taken."""

    code = "event-full"
    status = 409


class EventCalledOff(Refused):
    """The event was called off."""

    code = "event-called-off"
    status = 409


class FewerPlaces(Refused):
    """More people signed up than there would be places."""

    code = "fewer-places"


class EventAhead(Refused):
    """Who came is said once the event has begun."""

    code = "event-ahead"
    status = 409


@dataclass(frozen=True, slots=True)
class EventFacts:
    """What is told of an event."""

    title: Bilingual
    starts_at: datetime
    ends_at: datetime
    about: Bilingual = field(default_factory=Bilingual)
    place: Bilingual = field(default_factory=Bilingual)
    places: int | None = None

    def checked(self) -> dict[str, object]:
        """Return the values as they are kept. Raises `EventEndOdd`."""
        if self.ends_at <= self.starts_at:
            raise EventEndOdd(_("Let it end after it begins."), field="ends")
        return {
            "title": named(self.title),
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "about": self.about,
            "place": tidied(self.place),
            "places": self.places,
        }


def announce_occasion(*, site: Site, facts: EventFacts, by: Person, at: datetime) -> Event:
    """Announce an event of a site. Raises `EventEndOdd`, and `EventPast` for one that has begun."""
    values = facts.checked()
    if facts.starts_at <= at:
        raise EventPast(_("Choose a day and a time that lie ahead."), field="on")
    return Event.objects.create(site=site, made_at=at, made_by=by, is_simulated=site.is_simulated, **values)


@transaction.atomic
def change_occasion(*, event: Event, version: int, facts: EventFacts, by: Person, at: datetime) -> Event:
    """Change an event that lies ahead; who signed up stays.

    Raises `EventEndOdd`, `EventCalledOff`, `FewerPlaces` where more signed up than would fit, and `Clash`.
    """
    del by, at
    values = facts.checked()
    held = Event.objects.select_for_update().get(pk=event.pk)
    if all(getattr(held, name) == value for name, value in values.items()):
        return held
    expect(held, version)
    if held.called_off_at is not None:
        raise EventCalledOff(_("The event was called off and is not changed any more. Announce another."))
    signed_up = held.signed_up.count()
    if facts.places is not None and facts.places < signed_up:
        sentence = _("%(number)s people have signed up. Leave that many places or more.") % {"number": signed_up}
        raise FewerPlaces(sentence, field="places")
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*values, "version"])
    return held


@transaction.atomic
def call_off_occasion(*, event: Event, by: Person, at: datetime) -> Event:
    """Call an event off and tell who signed up. Raises `EventPast` once it has begun; twice changes nothing."""
    held = _locked(event)
    if held.called_off_at is not None:
        return held
    _refuse_past(held, at, _("The event has begun. What has begun is not called off."))
    held.called_off_at, held.called_off_by = at, by
    held.version += 1
    held.save(update_fields=["called_off_at", "called_off_by", "version"])
    local = held.starts_at.astimezone(ZoneInfo(held.site.time_zone))
    when = f"{local:%Y-%m-%d %H:%M} {local.tzname()}"
    title = held.title
    notify(
        topic=CALLED_OFF,
        people=set(held.signed_up.values_list("person_id", flat=True)) - {by.pk},
        subject=Bilingual(f"Called off: {title.en or title}", f"活动取消：{title.zh_hans or title.en}"),
        body=Bilingual(f"It was announced for {when}.", f"原定时间：{when}。"),
        url=reverse("workspace:event", args=[held.site.key, held.pk]),
        record=f"event:{held.pk}",
        key=f"{CALLED_OFF}:{held.pk}",
        at=at,
    )
    return held


@transaction.atomic
def sign_up(*, event: Event, by: Person, at: datetime, team: Team | None = None) -> EventPlace:
    """Sign up for an event; of two who ask for the last place at once, one gets it. Twice is once.

    Raises `EventFull`, `EventPast`, `EventCalledOff`.
    """
    held = _locked(event)
    known = held.signed_up.filter(person=by).first()
    if known is not None:
        return known
    _refuse_past(held, at, _("The event has begun. Choose one that lies ahead."))
    if held.called_off_at is not None:
        raise EventCalledOff(_("The event was called off. Choose another."))
    if held.places is not None and held.signed_up.count() >= held.places:
        raise EventFull(_("All places are taken. Look again later: places that are given back can be had."))
    return EventPlace.objects.create(event=held, person=by, team=team, signed_up_at=at)


@transaction.atomic
def leave_event(*, event: Event, by: Person, at: datetime) -> None:
    """Give one's place back before the event begins. Raises `EventPast`; without a place nothing changes."""
    held = _locked(event)
    _refuse_past(held, at, _("The event has begun. Places are given back before."))
    held.signed_up.filter(person=by).delete()


@transaction.atomic
def mark_came(*, event: Event, came: Collection[int], by: Person, at: datetime) -> int:
    """Say who of those who signed up came, by their places; all others did not. Returns how many came.

    Raises `EventAhead` before it begins.
    """
    del by
    held = _locked(event)
    if held.starts_at > at:
        raise EventAhead(_("Say who came once the event has begun."))
    for place in held.signed_up.select_for_update():
        was_there = place.pk in came
        if place.came != was_there:
            place.came = was_there
            place.save(update_fields=["came"])
    return held.signed_up.filter(came=True).count()


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).select_related("site").get(pk=event.pk)


def _refuse_past(event: Event, at: datetime, sentence: str | Promise) -> None:
    if event.starts_at <= at:
        raise EventPast(sentence)
