"""Mentors and their hours, services, events and announcements of a site."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.workspace.enums import SessionState
from accord.workspace.models import (
    Announcement,
    Event,
    EventPlace,
    Mentor,
    MentorSession,
    SeedFund,
    Service,
    ServiceUse,
    Site,
    StaffMember,
    Team,
    TeamMember,
)

HOUR = 60
KEPT = ~Q(state=SessionState.CANCELLED)
USED = Q(state__in=[SessionState.BOOKED, SessionState.HELD, SessionState.MISSED])


@dataclass(frozen=True, slots=True)
class HoursOfMentors:
    """Hours of a site's mentors in some days: how many were offered, taken by teams, held and missed."""

    offered: float = 0
    taken: float = 0
    held: float = 0
    missed: float = 0


def holds_on(on: date) -> Q:
    """Return the condition that a span of days holds on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def with_hours(mentors: QuerySet[Mentor], at: datetime) -> QuerySet[Mentor]:
    """Add to each mentor the minutes offered, taken, held and missed until now, and how many hours are free ahead."""

    def minutes(*conditions: Q) -> Coalesce:
        kept = MentorSession.objects.filter(*conditions, mentor=OuterRef("pk")).order_by().values("mentor")
        return Coalesce(Subquery(kept.annotate(total=Sum("minutes")).values("total")), 0)

    free = MentorSession.objects.filter(mentor=OuterRef("pk"), state=SessionState.OFFERED, starts_at__gt=at).order_by()
    return mentors.annotate(
        minutes_offered=minutes(KEPT),
        minutes_taken=minutes(USED),
        minutes_held=minutes(Q(state=SessionState.HELD)),
        minutes_missed=minutes(Q(state=SessionState.MISSED)),
        free=Coalesce(Subquery(free.values("mentor").annotate(n=Count("pk")).values("n")), 0),
    )


def mentors_of(site: Site, at: datetime, on: date) -> QuerySet[Mentor]:
    """Return everybody who is or was mentor at a site by name, with their hours; `stands` is yes for those of a day."""
    found = Mentor.objects.filter(site=site).select_related("person", "site")
    stands = Case(When(holds_on(on), then=Value("yes")), default=Value("no"))
    return with_hours(found, at).annotate(stands=stands).order_by("person__sort_key", "starts_on", "pk")


def find_mentor(site: Site, pk: int, at: datetime, on: date) -> Mentor:
    """Return a mentor of a site with their hours; raises `NotThere`."""
    found = mentors_of(site, at, on).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no mentor of this number here."))
    return found


def hours_of_mentors(site: Site, since: datetime, until: datetime) -> HoursOfMentors:
    """Return how many hours the site's mentors offered and gave between two moments; one query."""
    sums = MentorSession.objects.filter(mentor__site=site, starts_at__gte=since, starts_at__lt=until).aggregate(
        offered=Sum("minutes", filter=KEPT),
        taken=Sum("minutes", filter=USED),
        held=Sum("minutes", filter=Q(state=SessionState.HELD)),
        missed=Sum("minutes", filter=Q(state=SessionState.MISSED)),
    )
    return HoursOfMentors(**{name: (minutes or 0) / HOUR for name, minutes in sums.items()})


def sessions_of(site: Site) -> QuerySet[MentorSession]:
    """Return the hours of a site's mentors, the latest first."""
    every = MentorSession.objects.filter(mentor__site=site)
    return every.select_related("mentor__person", "mentor__site", "team", "space").order_by("-starts_at", "-pk")


def sessions_seen(site: Site, actor: Actor, on: date, *, sees_all: bool) -> QuerySet[MentorSession]:
    """Return the hours of a site; `may_know` where the actor may know which team has it and what it is about.

    That is who keeps the site's teams, the mentor, and who works in the team; all others see only that it is taken.
    """
    teams = own_teams(actor, site, on).order_by().values("pk")
    own = Q(mentor__person__in=actor.persons) | Q(team__in=teams)
    may_know = Case(When(own, then=Value(value=True)), default=Value(sees_all), output_field=BooleanField())
    return sessions_of(site).annotate(may_know=may_know)


def free_sessions(site: Site, at: datetime) -> QuerySet[MentorSession]:
    """Return the hours that a team can take, the next first."""
    return sessions_of(site).filter(state=SessionState.OFFERED, starts_at__gt=at).order_by("starts_at", "pk")


def unsettled_sessions(site: Site, at: datetime) -> QuerySet[MentorSession]:
    """Return the hours that a team had and of which nobody said whether they were held."""
    return sessions_of(site).filter(state=SessionState.BOOKED, starts_at__lte=at).order_by("starts_at", "pk")


def find_session(sessions: QuerySet[MentorSession], pk: int) -> MentorSession:
    """Return one of these hours; raises `NotThere`."""
    found = sessions.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no hour of this number here."))
    return found


def own_teams(actor: Actor, site: Site, on: date) -> QuerySet[Team]:
    """Return the teams of a site that the actor works in on a day."""
    mine = TeamMember.objects.filter(holds_on(on), person__in=actor.persons).values("team")
    return Team.objects.filter(site=site, pk__in=mine).order_by("key")


def teams_of_site(site: Site) -> QuerySet[Team]:
    """Return every team of a site, to choose from."""
    return Team.objects.filter(site=site).order_by("key")


def services_of(site: Site) -> QuerySet[Service]:
    """Return the services of a site with how often each was used, those that are offered first."""
    uses = ServiceUse.objects.filter(service=OuterRef("pk"), struck_at=None).order_by().values("service")
    return (
        Service.objects.filter(site=site)
        .select_related("site")
        .annotate(
            times_used=Coalesce(Subquery(uses.annotate(n=Count("pk")).values("n")), 0),
            by_teams=Coalesce(Subquery(uses.annotate(n=Count("team", distinct=True)).values("n")), 0),
        )
        .order_by("pk")
    )


def find_service(site: Site, pk: int) -> Service:
    """Return a service of a site; raises `NotThere`."""
    found = services_of(site).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no service of this number here."))
    return found


def service_uses_of(site: Site) -> QuerySet[ServiceUse]:
    """Return what teams used of a site's services and was not struck, the latest first."""
    found = ServiceUse.objects.filter(service__site=site, struck_at=None)
    return found.select_related("service__site", "team").order_by("-used_on", "-pk")


def find_service_use(site: Site, pk: int) -> ServiceUse:
    """Return what a team used, struck or not; raises `NotThere`."""
    found = ServiceUse.objects.filter(service__site=site, pk=pk).select_related("service", "team").first()
    if found is None:
        raise NotThere(_("There is no such use of a service here."))
    return found


def occasions_of(site: Site, persons: frozenset[int] = frozenset()) -> QuerySet[Any]:
    """Return the events of a site with how many signed up and came, and whether one of these persons did."""
    mine = EventPlace.objects.filter(event=OuterRef("pk"), person__in=persons)
    return (
        Event.objects.filter(site=site)
        .select_related("site", "called_off_by")
        .annotate(
            taken=Count("signed_up"),
            came=Count("signed_up", filter=Q(signed_up__came=True)),
            is_mine=Exists(mine),
        )
        .order_by("-starts_at", "-pk")
    )


def find_occasion(site: Site, pk: int, persons: frozenset[int] = frozenset()) -> Any:
    """Return an event of a site; raises `NotThere`."""
    found = occasions_of(site, persons).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no event of this number here."))
    return found


def places_of_event(event: Event) -> QuerySet[EventPlace]:
    """Return who signed up, by name."""
    return event.signed_up.select_related("person", "team").order_by("person__sort_key", "pk")


def announcements_of(site: Site) -> QuerySet[Announcement]:
    """Return what was announced at a site, the latest first."""
    return Announcement.objects.filter(site=site).select_related("site").order_by("-shown_from_on", "-pk")


def announcements_now(site: Site, on: date) -> QuerySet[Announcement]:
    """Return what is announced at a site on a day, the latest first."""
    return announcements_of(site).filter(
        Q(shown_until_on=None) | Q(shown_until_on__gt=on),
        shown_from_on__lte=on,
    )


def find_announcement(site: Site, pk: int) -> Announcement:
    """Return an announcement of a site; raises `NotThere`."""
    found = announcements_of(site).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no announcement of this number here."))
    return found


def staff_of(site: Site) -> QuerySet[StaffMember]:
    """Return who works or worked for the site's operator, by name."""
    return StaffMember.objects.filter(site=site).select_related("person", "site").order_by("person__sort_key", "pk")


def find_staff(site: Site, pk: int) -> StaffMember:
    """Return a record of somebody's work; raises `NotThere`."""
    found = staff_of(site).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such record here."))
    return found


def funds_of(site: Site) -> QuerySet[SeedFund]:
    """Return the money that the operator set aside to invest, the latest first."""
    return SeedFund.objects.filter(site=site).select_related("site").order_by("-starts_on", "-pk")


def find_fund(site: Site, pk: int) -> SeedFund:
    """Return a fund of a site; raises `NotThere`."""
    found = funds_of(site).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such fund here."))
    return found
