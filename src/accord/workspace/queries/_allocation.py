"""What an allocation is given: the spaces on offer on a day, who waits, who sits where, and the stated policy."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from accord.engines import spaceplan
from accord.workspace.enums import ApplicationState, PlanOrder, SpaceKind, TenancyState
from accord.workspace.models import Application, Site, Space, Team, TenancySpace
from accord.workspace.queries._waiting import STAGES

AGREEMENT, WAITING, RESIDENT = "agreement", "waiting", "resident"
LETTABLE: Final = (SpaceKind.OFFICE, SpaceKind.LAB, SpaceKind.DESK)
"""The kinds of space that teams move into; none of them may be booked at the same time."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """The policy of a plan as its makers state it; see the engine for what each figure does."""

    order: str = PlanOrder.STATED
    strict: bool = True
    waste: int = 1
    wish: int = 20
    beside: int = 20
    move: int = 100
    split: int | None = None
    share_percent: int = 35
    slack_m2: int = 20
    movers: tuple[int, ...] = ()
    fixed: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return what is kept with the plan."""
        fixed = {team: list(spaces) for team, spaces in self.fixed.items()}
        return {name: getattr(self, name) for name in self.__slots__} | {"movers": list(self.movers), "fixed": fixed}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "PlanTerms":
        """Return the terms that were kept."""
        return cls(**{**data, "movers": tuple(data["movers"])})


def problem_of(site: Site, from_on: date, terms: PlanTerms) -> spaceplan.SpaceProblem:
    """Return what an allocation of a site from a day on is given; five queries.

    On offer is every office, laboratory and desk in operation from that day without end that has an area and a rent,
    cannot be booked, and is let to nobody, or only to a team that may move. Raises what the engine refuses.
    """
    spaces = _spaces(site, from_on)
    sits, blocked = _held(site, from_on)
    applications = _applications(site, from_on)
    residents = Team.objects.filter(pk__in=sits.keys()).in_bulk()
    here = {space.pk for space in spaces}
    seats = {team: tuple(sorted(one for one in held if one in here)) for team, held in sits.items()}
    units = [_unit(space, place, blocked) for space, place in _along(spaces)]
    known = {str(team) for team in (*sits, *(one.team_id for one in applications))}
    known |= {f"building {space.floor.building_id}" for space in spaces}
    teams = [_asking(one, number, seats, known, terms) for number, one in enumerate(applications)]
    asking = {one.team_id for one in applications}
    areas = {space.pk: space for space in spaces}
    teams += [
        _resident(team, [areas[one] for one in seats[pk]], terms)
        for pk, team in residents.items()
        if pk not in asking and seats[pk]
    ]
    fixed = {team: [str(space) for space in given] for team, given in terms.fixed.items()}
    return spaceplan.problem(units, teams, _policy(terms), fixed=fixed, seed=f"{site.key} {from_on}")


def sitting_teams(site: Site, on: date) -> list[Team]:
    """Return the teams that have space at a site on a day, by key."""
    sits, _blocked = _held(site, on)
    return list(Team.objects.filter(pk__in=sits.keys()).order_by("key"))


def _spaces(site: Site, on: date) -> list[Space]:
    """Return the spaces in operation on a day that could be let, and have an area."""
    return list(
        Space.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=on),
            floor__building__site=site,
            kind__in=LETTABLE,
            starts_on__lte=on,
            area_m2__isnull=False,
        )
        .select_related("floor")
        .order_by("floor__building_id", "floor_id", "position", "code", "pk")
    )


def _held(site: Site, on: date) -> tuple[dict[int, list[int]], set[int]]:
    """Return which spaces each team sits in on a day, and the spaces that others hold then or later."""
    rows = TenancySpace.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), is_held=True, space__floor__building__site=site
    ).values_list("space_id", "tenancy__team_id", "tenancy__state", "starts_on")
    sits: dict[int, list[int]] = {}
    blocked = set()
    for space, team, state, starts_on in rows.order_by("space_id", "starts_on"):
        if state == TenancyState.SIGNED and starts_on <= on:
            sits.setdefault(team, []).append(space)
        else:
            blocked.add(space)
    return sits, blocked


def _applications(site: Site, on: date) -> list[Application]:
    """Return who waits for space from this day or before, in the order in which they applied."""
    rows = Application.objects.filter(team__site=site, state=ApplicationState.WAITING, from_on__lte=on)
    return list(rows.select_related("team").order_by("applied_at", "pk"))


def _along(spaces: Sequence[Space]) -> Iterable[tuple[Space, int]]:
    """Yield the spaces with places along their floor: those that share a position are no neighbours."""
    place = 0
    before: Space | None = None
    for space in spaces:
        if before is None or before.floor_id != space.floor_id:
            place = space.position
        else:
            place += (space.position - before.position) or 2
        before = space
        yield space, place


def _unit(space: Space, place: int, blocked: Collection[int]) -> spaceplan.Unit:
    # A space that closes later would only have to be left again.
    free = space.ends_on is None and space.policy_id is None and space.monthly_minor is not None
    return spaceplan.Unit(
        key=str(space.pk),
        building=str(space.floor.building_id),
        floor=str(space.floor_id),
        position=place,
        area_m2=space.area_m2 or Decimal(0),
        price=space.monthly_minor or 0,
        kind=space.kind,
        features=frozenset(space.features),
        available=free and space.pk not in blocked,
    )


def _asking(
    one: Application, number: int, seats: Mapping[int, tuple[int, ...]], known: Collection[str], terms: PlanTerms
) -> spaceplan.Team:
    """Return a team that waits; one that has space already would move for it.

    A wish for a team, or for a building, that is not ``known`` to this plan is left out.
    """
    near, house = str(one.near_id), one.building_id
    return spaceplan.Team(
        key=str(one.team_id),
        area_wanted=one.area_m2,
        price_limit=one.price_limit_minor,
        kinds=frozenset({one.kind}),
        required=frozenset(one.features),
        wished=frozenset(one.wished),
        building=str(house) if f"building {house}" in known else None,
        beside=frozenset({near} if near in known and one.near_id != one.team_id else ()),
        priority=_class(one, terms),
        waiting=number,
        sits=tuple(map(str, seats.get(one.team_id, ()))),
        may_move=True,
    )


def _resident(team: Team, spaces: Sequence[Space], terms: PlanTerms) -> spaceplan.Team:
    """Return a team that sits and asks for nothing else: as much space as it has, of the same kinds."""
    return spaceplan.Team(
        key=str(team.pk),
        area_wanted=sum((space.area_m2 or Decimal(0) for space in spaces), Decimal(0)),
        kinds=frozenset(space.kind for space in spaces),
        required=frozenset(one for space in spaces for one in space.features),
        priority=RESIDENT,
        sits=tuple(str(space.pk) for space in spaces),
        may_move=team.pk in terms.movers,
    )


def _class(one: Application, terms: PlanTerms) -> str:
    if terms.order == PlanOrder.DAY:
        return WAITING
    if one.has_priority:
        return AGREEMENT
    return WAITING if terms.order == PlanOrder.AGREEMENT else one.team.stage


def _policy(terms: PlanTerms) -> spaceplan.Policy:
    classes: dict[str, Sequence[str]] = {
        PlanOrder.STATED: (AGREEMENT, *map(str, STAGES)),
        PlanOrder.AGREEMENT: (AGREEMENT, WAITING),
        PlanOrder.DAY: (WAITING,),
    }
    names = [*classes[terms.order], RESIDENT]
    return spaceplan.Policy(
        classes=tuple(spaceplan.PriorityClass(name, len(names) - rank) for rank, name in enumerate(names)),
        strict=terms.strict,
        waste=terms.waste,
        short=2 * terms.waste,
        wish=terms.wish,
        beside=terms.beside,
        move=terms.move,
        split=terms.split,
        share=Decimal(terms.share_percent) / 100,
        slack_m2=terms.slack_m2,
    )
