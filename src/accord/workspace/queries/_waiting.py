"""The waiting list of a site: who applied, where each stands, and why there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.workspace.enums import ApplicationState, Stage
from accord.workspace.models import Application, Building, Site, Team, TeamMember, Tenancy
from accord.workspace.queries._rounds import resident_on
from accord.workspace.rules import EVERY_ROLE

OPEN_APPLICATIONS: Final = (ApplicationState.WAITING, ApplicationState.OFFERED)
STAGES: Final = (Stage.IDEA, Stage.SEED, Stage.EARLY, Stage.GROWTH, Stage.MATURE)
"""The stated order: who is earlier on its way is placed first."""
ORDER: Final = _(
    "Teams that the agreement names come first; then whoever is at an earlier stage; then whoever applied first. "
    "Each kind of space has a list of its own."
)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where an application stands among those for the same kind of space, and for which reasons others come first."""

    number: int
    of: int
    by_priority: int
    by_stage: int
    by_day: int
    before: tuple[Application, ...] = ()

    @property
    def reasons(self) -> list[str]:
        """Say why so many stand before, without naming any."""
        said = (
            (
                self.by_priority,
                ngettext(
                    "%(n)s team that the agreement names", "%(n)s teams that the agreement names", self.by_priority
                ),
            ),
            (
                self.by_stage,
                ngettext("%(n)s team at an earlier stage", "%(n)s teams at an earlier stage", self.by_stage),
            ),
            (
                self.by_day,
                ngettext(
                    "%(n)s team of the same rank that applied before",
                    "%(n)s teams of the same rank that applied before",
                    self.by_day,
                ),
            ),
        )
        return [text % {"n": number} for number, text in said if number]


def standing_of(application: Application) -> tuple[Any, ...]:
    """Return what the stated order compares, the first to be placed lowest."""
    return (
        not application.has_priority,
        STAGES.index(Stage(application.team.stage)),
        application.applied_at,
        application.pk,
    )


def list_places(applications: Iterable[Application]) -> dict[int, ListPlace]:
    """Return where each open application stands, by its number; each kind of space is a list of its own."""
    by_kind: defaultdict[str, list[Application]] = defaultdict(list)
    for one in applications:
        if one.state in OPEN_APPLICATIONS:
            by_kind[one.kind].append(one)
    found = {}
    for rows in by_kind.values():
        rows.sort(key=standing_of)
        for number, one in enumerate(rows):
            found[one.pk] = _place(one, rows[:number], len(rows))
    return found


def _place(one: Application, before: Sequence[Application], of: int) -> ListPlace:
    """Return the place behind these others."""
    first = [other for other in before if other.has_priority and not one.has_priority]
    rank = STAGES.index(Stage(one.team.stage))
    earlier = [other for other in before if other not in first and STAGES.index(Stage(other.team.stage)) < rank]
    return ListPlace(
        number=len(before) + 1,
        of=of,
        by_priority=len(first),
        by_stage=len(earlier),
        by_day=len(before) - len(first) - len(earlier),
        before=tuple(before),
    )


def applications_visible_to(actor: Actor) -> QuerySet[Application]:
    """Return the applications that the actor may open: those of sites they work for, and those of their own teams."""
    every = Application.objects.select_related("team__site", "building", "near", "applied_by", "closed_by")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*EVERY_ROLE):
        return every
    own = TeamMember.objects.filter(person__in=actor.persons, ends_on=None).values("team")
    return every.filter(Q(team__site__operator__in=actor.institutions(*EVERY_ROLE)) | Q(team__in=own))


def applications_at(site: Site) -> QuerySet[Application]:
    """Return every application to a site, the first to come first."""
    return (
        Application.objects.filter(team__site=site)
        .select_related("team", "building", "near")
        .order_by("applied_at", "pk")
    )


def find_application(actor: Actor, site: Site, pk: int) -> Application:
    """Return an application to a site; raises `NotThere` for those who may not know of it."""
    found = applications_visible_to(actor).filter(team__site=site, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no application of this number among those you may see."))
    return found


def open_application_of(team: Team) -> Application | None:
    """Return what a team waits for, if it waits."""
    return (
        Application.objects.filter(team=team, state__in=OPEN_APPLICATIONS)
        .select_related("team", "building", "near")
        .first()
    )


def list_place_of(application: Application) -> ListPlace | None:
    """Return where an application stands now; none for one that is closed. One query."""
    rows = applications_at(application.team.site).filter(state__in=OPEN_APPLICATIONS, kind=application.kind)
    return list_places(rows).get(application.pk)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An application in the list: where it stands, if it still waits."""

    application: Application
    site: str
    place: int | None

    @property
    def name(self) -> str:
        """Return the team's name, in whichever language it has."""
        name = self.application.team.name
        return f"{name.en} {name.zh_hans}"

    @property
    def kind(self) -> str:
        """Return which kind of space is asked for."""
        return self.application.kind

    @property
    def state(self) -> str:
        """Return how the application stands."""
        return self.application.state

    @property
    def area(self) -> Decimal:
        """Return the least area that is enough."""
        return self.application.area_m2

    @property
    def from_on(self) -> date:
        """Return from which day on."""
        return self.application.from_on

    @property
    def applied_at(self) -> datetime:
        """Return when the team applied."""
        return self.application.applied_at

    @property
    def has_priority(self) -> bool:
        """Say whether the agreement names the team."""
        return self.application.has_priority


def waiting_rows(site: Site) -> list[WaitingRow]:
    """Return every application to a site with its place, those that wait first; one query."""
    rows = list(applications_at(site))
    found = list_places(rows)
    return [WaitingRow(one, site.key, found[one.pk].number if one.pk in found else None) for one in rows]


def offers_for(application: Application) -> list[Tenancy]:
    """Return what was offered for an application, the latest first."""
    return list(Tenancy.objects.filter(application=application).order_by("-offered_at", "-pk"))


def building_among(site: Site, pk: int | None) -> Building | None:
    """Return a building of a site by its number."""
    return Building.objects.filter(site=site, pk=pk).first() if pk else None


def team_among(site: Site, pk: int | None) -> Team | None:
    """Return a team of a site by its number."""
    return Team.objects.filter(site=site, pk=pk).first() if pk else None


def resident_teams(site: Site, on: date, *, but: Team) -> list[Team]:
    """Return the teams that have space at a site on a day, without the one."""
    return list(Team.objects.filter(resident_on(on), site=site).exclude(pk=but.pk).order_by("key"))
