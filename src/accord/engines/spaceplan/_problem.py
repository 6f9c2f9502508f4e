"""Builds a problem: checks what contradicts itself and puts everything in the order of keys."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from accord.engines.spaceplan._figures import hundredths
from accord.engines.spaceplan.refusals import (
    AreaNotPositive,
    FigureTooFine,
    HeldTwice,
    LeastOverWanted,
    NegativePrice,
    NotOnOffer,
    OwnNeighbour,
    PolicyRefused,
    PositionTaken,
    RepeatedKey,
    TwoBuildings,
    UnknownBuilding,
    UnknownClass,
    UnknownFloor,
    UnknownTeam,
    UnknownUnit,
)
from accord.engines.spaceplan.types import Policy, SpaceProblem, Team, Unit


def problem(
    units: Iterable[Unit],
    teams: Iterable[Team],
    policy: Policy | None = None,
    *,
    fixed: Mapping[str, Sequence[str]] | None = None,
    seed: str = "",
) -> SpaceProblem:
    """Will check and order the records. ``fixed`` gives teams their units by decision, ``seed`` draws between equals.

    Raises the subclass of ``ProblemRefused`` that says what is wrong with them.
    """
    stock = tuple(sorted(units, key=lambda one: one.key))
    people = tuple(sorted((replace(one, sits=tuple(sorted(one.sits))) for one in teams), key=lambda one: one.key))
    decided = tuple(sorted((team, tuple(sorted(given))) for team, given in (fixed or {}).items()))
    rules = policy or Policy()
    _check_policy(rules)
    _check_units(stock)
    for team in people:
        _check_team(team)
    built = SpaceProblem(stock, people, rules, decided, seed)
    _check_references(built)
    _check_seats(built)
    return built


def _once(keys: Iterable[str]) -> None:
    twice = sorted(key for key, number in Counter(keys).items() if number > 1)
    if twice:
        raise RepeatedKey(*twice)


def _check_policy(policy: Policy) -> None:
    _once(one.key for one in policy.classes)
    if not policy.classes:
        raise PolicyRefused("classes")
    hundredths(policy.slack_m2, "slack_m2")
    hundredths(policy.share, "share")
    for name in (one.name for one in fields(policy)):
        value = getattr(policy, name)
        if name in {"classes", "strict"} or (name == "split" and value is None):
            continue
        if name not in {"share", "slack_m2"} and (not isinstance(value, int) or isinstance(value, bool)):
            raise FigureTooFine(name)
        if value < 0:
            raise PolicyRefused(name)
    for one in policy.classes:
        if one.weight < 1:
            raise PolicyRefused(one.key or "weight")


def _check_units(units: Sequence[Unit]) -> None:
    _once(unit.key for unit in units)
    standing: dict[tuple[str, int], str] = {}
    houses: dict[str, str] = {}
    for unit in units:
        if hundredths(unit.area_m2, unit.key) <= 0:
            raise AreaNotPositive(unit.key)
        if hundredths(unit.price, unit.key) < 0:
            raise NegativePrice(unit.key)
        if houses.setdefault(unit.floor, unit.building) != unit.building:
            raise TwoBuildings(unit.floor)
        other = standing.setdefault((unit.floor, unit.position), unit.key)
        if other != unit.key:
            raise PositionTaken(other, unit.key)


def _check_team(team: Team) -> None:
    wanted = hundredths(team.area_wanted, team.key)
    least = wanted if team.area_least is None else hundredths(team.area_least, team.key)
    if min(wanted, least) <= 0:
        raise AreaNotPositive(team.key)
    if least > wanted:
        raise LeastOverWanted(team.key)
    if team.price_limit is not None and hundredths(team.price_limit, team.key) < 0:
        raise NegativePrice(team.key)
    if team.key in team.beside:
        raise OwnNeighbour(team.key)


def _check_references(built: SpaceProblem) -> None:
    _once(team.key for team in built.teams)
    teams = {team.key for team in built.teams}
    units = {unit.key for unit in built.units}
    floors, buildings = ({getattr(unit, name) for unit in built.units} for name in ("floor", "building"))
    classes = {one.key for one in built.policy.classes}
    for team in built.teams:
        if team.floor is not None and team.floor not in floors:
            raise UnknownFloor(team.floor)
        if team.building is not None and team.building not in buildings:
            raise UnknownBuilding(team.building)
        if team.priority not in classes:
            raise UnknownClass(team.key)
        if strange := sorted(team.beside - teams):
            raise UnknownTeam(*strange)
        if strange := sorted(set(team.sits) - units):
            raise UnknownUnit(*strange)
    for key, given in built.fixed:
        if key not in teams:
            raise UnknownTeam(key)
        if strange := sorted(set(given) - units) or ([] if given else [key]):
            raise UnknownUnit(*strange)


def _check_seats(built: SpaceProblem) -> None:
    """Refuse what is held by two who cannot both have it; a decision overrules where its team sits."""
    units = {unit.key: unit for unit in built.units}
    decided = dict(built.fixed)
    # A seat repeated within one team is a double too: every unit is counted once.
    seats = Counter(unit for team in built.teams for unit in team.sits)
    if twice := sorted(unit for unit, number in seats.items() if number > 1):
        raise HeldTwice(*twice)
    firm = Counter(unit for given in decided.values() for unit in given)
    own = {team.key: set(team.sits) for team in built.teams}
    firm.update(unit for team in built.teams if team.key not in decided for unit in team.sits)
    if twice := sorted(unit for unit, number in firm.items() if number > 1):
        raise HeldTwice(*twice)
    for key, given in built.fixed:
        if shut := sorted(unit for unit in given if not units[unit].available and unit not in own[key]):
            raise NotOnOffer(*shut)
