"""An independent look at a plan: every rule, every point and the bound, from the records alone.

Nothing here is shared with those who make plans but the types and the turning of figures into hundredths.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from itertools import pairwise

from accord.engines.spaceplan._data import digest
from accord.engines.spaceplan._figures import hundredths
from accord.engines.spaceplan.types import Breach, Check, Code, Plan, SpaceProblem, Team, Unit

Place = tuple[Unit, ...]
NOTHING = 2**62
UNPLACED = {
    Code.NOTHING_ON_OFFER,
    Code.NO_SUCH_KIND,
    Code.NOT_LARGE_ENOUGH,
    Code.ONLY_LARGER,
    Code.MISSING_FEATURE,
    Code.OVER_PRICE,
    Code.HELD_BY_SITTING,
    Code.TAKEN,
    Code.MORE_TEAMS,
}


def check(problem: SpaceProblem, plan: Plan) -> Check:
    """Will verify a plan and name all that is wrong with it.

    ``feasible``: no rule is broken. ``costed``: all points add up as stated. ``certified``: the prices prove the
    stated bound again. Time: the bound looks at every run once for every team.
    """
    look = Look(problem)
    rules = tuple(look.rules(plan))
    if rules:
        return Check(feasible=False, costed=False, certified=False, breaches=rules)
    points = tuple(look.points(plan))
    proof = tuple(look.proof(plan))
    return Check(feasible=True, costed=not points, certified=not proof, breaches=(*points, *proof))


class Look:
    """The records of a problem, by key."""

    def __init__(self, problem: SpaceProblem) -> None:
        self.problem = problem
        self.units = {unit.key: unit for unit in problem.units}
        self.teams = {team.key: team for team in problem.teams}
        self.decided = dict(problem.fixed)
        self.weight = {one.key: one.weight for one in problem.policy.classes}
        self.cents = {
            unit.key: (hundredths(unit.area_m2, unit.key), hundredths(unit.price, unit.key)) for unit in problem.units
        }
        self.firm = {team.key: team.sits for team in problem.teams if team.sits and not team.may_move} | self.decided
        self.shut = {key for keys in self.firm.values() for key in keys}
        floors: dict[str, list[Unit]] = {}
        for unit in sorted(problem.units, key=lambda one: one.position):
            if unit.available and unit.key not in self.shut:
                floors.setdefault(unit.floor, []).append(unit)
        self.floors = floors
        self.largest = max((self.limits(team)[1] for team in problem.teams), default=0)
        runs = sorted((run for line in floors.values() for run in _runs(self, line)), key=lambda run: run.area)
        self.runs, self.areas = runs, [run.area for run in runs]
        free = [team for team in problem.teams if team.key not in self.firm and not team.sits]
        self.hopeless = {team.key for team in free if not any(True for _ in self.open(team))}

    def open(self, team: Team) -> "Iterator[_Run]":
        """Yield every run that keeps the rules of a team."""
        least, most = self.limits(team)
        limit = NOTHING if team.price_limit is None else hundredths(team.price_limit, "")
        for run in self.runs[bisect_left(self.areas, least) : bisect_right(self.areas, most)]:
            kind = not team.kinds or run.kinds <= team.kinds
            if kind and run.price <= limit and run.features >= team.required:
                yield run

    def rules(self, plan: Plan) -> Iterator[Breach]:
        """Yield every broken rule."""
        if plan.problem != digest(self.problem):
            yield Breach("other-problem", (plan.problem,))
        if [one.team for one in plan.placements] != [team.key for team in self.problem.teams]:
            yield Breach("teams", tuple(one.team for one in plan.placements))
            return
        given = Counter(unit for one in plan.placements for unit in one.units)
        if strange := tuple(sorted(given.keys() - self.units.keys())):
            yield Breach("unknown-unit", strange)
            return
        if twice := tuple(sorted(unit for unit, number in given.items() if number > 1)):
            yield Breach("given-twice", twice)
        for one in plan.placements:
            yield from self._placement(self.teams[one.team], one.units, one.reason.code)

    def _placement(self, team: Team, keys: tuple[str, ...], code: Code) -> Iterator[Breach]:
        if team.key in self.firm:
            if set(keys) != set(self.firm[team.key]):
                yield Breach("not-left-in-place", (team.key,))
            return
        if bool(keys) == (code in UNPLACED):
            yield Breach("reason", (team.key,))
        if not keys:
            if team.sits:
                yield Breach("lost-its-place", (team.key,))
            return
        if set(keys) != set(team.sits):
            place = tuple(sorted((self.units[key] for key in keys), key=lambda unit: unit.position))
            for rule in (*self._shape(place), *self.broken(team, place)):
                yield Breach(rule, (team.key,))

    def _shape(self, place: Place) -> Iterator[str]:
        if any(not unit.available or unit.key in self.shut for unit in place):
            yield "not-on-offer"
        if len({unit.floor for unit in place}) > 1:
            yield "several-floors"
            return
        line = [unit.key for unit in self.floors.get(place[0].floor, [])]
        keys = [unit.key for unit in place]
        if keys[0] in line and line[line.index(keys[0]) :][: len(keys)] != keys:
            yield "not-a-run"
        if self.problem.policy.split is None and _gaps(place):
            yield "gap"

    def broken(self, team: Team, place: Place) -> list[str]:
        """Return the rules of a team that a place breaks, a missing feature each."""
        area, price = self.sums(place)
        found = {feature for unit in place for feature in unit.features}
        least, most = self.limits(team)
        out = ["missing-feature" for feature in team.required if feature not in found]
        out += ["kind"] * bool(team.kinds and any(unit.kind not in team.kinds for unit in place))
        out += ["too-small"] * (area < least)
        out += ["too-large"] * (area > most)
        out += ["over-price"] * (team.price_limit is not None and price > hundredths(team.price_limit, ""))
        return out

    def limits(self, team: Team) -> tuple[int, int]:
        """Return the least and the most area a team may have."""
        wanted, policy = hundredths(team.area_wanted, ""), self.problem.policy
        least = wanted if team.area_least is None else hundredths(team.area_least, "")
        over = Decimal(wanted) * policy.share + hundredths(policy.slack_m2, "")
        return least, wanted + int(over)

    def sums(self, place: Place) -> tuple[int, int]:
        """Return area and price of a place, in hundredths."""
        figures = [self.cents[unit.key] for unit in place]
        return sum(area for area, _ in figures), sum(price for _, price in figures)

    def points(self, plan: Plan) -> Iterator[Breach]:
        """Yield every sum that is not as stated."""
        places = {
            one.team: tuple(sorted((self.units[key] for key in one.units), key=_along)) for one in plan.placements
        }
        total = 0
        for one in plan.placements:
            team, place = self.teams[one.team], places[one.team]
            stated = {name: int(getattr(one.cost, name) * 100) for name in one.cost.__slots__}
            free = not place or (team.key in self.firm and team.key not in self.decided)
            parts = dict.fromkeys(stated, 0) if free else self.parts(team, place, places)
            if stated != parts or tuple(int(figure * 100) for figure in (one.area_m2, one.price)) != self.sums(place):
                yield Breach("cost", (team.key,))
            total += sum(parts.values())
        if total != plan.cost * 100:
            yield Breach("total", ())
        without = [team for team in self.problem.teams if not places[team.key] and team.key not in self.firm]
        yield from self._levels(plan, without)

    def parts(self, team: Team, place: Place, places: Mapping[str, Place]) -> dict[str, int]:
        """Return what a place costs a team, part by part, where the others have these places."""
        policy, weight = self.problem.policy, 100 * self.weight[team.priority]
        over = self.sums(place)[0] - hundredths(team.area_wanted, "")
        found = {feature for unit in place for feature in unit.features}
        unmet = len(team.wished - found)
        unmet += team.building is not None and {unit.building for unit in place} != {team.building}
        unmet += team.floor is not None and {unit.floor for unit in place} != {team.floor}
        alone = sum(not _touching(place, places[other]) for other in team.beside)
        stays = {unit.key for unit in place} == set(team.sits)
        return {
            "waste": policy.waste * max(over, 0),
            "short": policy.short * max(-over, 0),
            "wishes": weight * policy.wish * unmet,
            "beside": 0 if team.key in self.decided else weight * policy.beside * alone,
            "split": 100 * (policy.split or 0) * _gaps(place),
            "move": 100 * policy.move * (bool(team.sits) and not stays),
            "unfit": 100 * policy.unfit * len(self.broken(team, place)) * (stays or team.key in self.decided),
        }

    def _levels(self, plan: Plan, without: list[Team]) -> Iterator[Breach]:
        """Compare what those without a place count in each level; those that nothing fits count in any plan."""
        for level, penalties in zip(plan.levels, self.penalties(plan), strict=False):
            mine = [penalties[team.key][0] for team in without if team.key in penalties]
            due = sum(penalties[team.key][0] for team in without if team.key in penalties and team.key in self.hopeless)
            if (level.unplaced, level.value, level.at_least) != (len(mine), sum(mine), due):
                yield Breach("level", level.classes)

    def penalties(self, plan: Plan) -> list[dict[str, tuple[int, int]]]:
        """Return for every level what each of its teams counts without a place, and the scale of one team."""
        policy, names = self.problem.policy, [one.key for one in self.problem.policy.classes]
        draws = {key: sha256(f"{self.problem.seed}\0{key}".encode()).hexdigest() for key in self.teams}
        line = sorted(
            (team for team in self.problem.teams if team.key not in self.firm),
            key=lambda team: (names.index(team.priority), team.waiting, draws[team.key], team.key),
        )
        out = []
        for level in plan.levels:
            mine = [team for team in line if team.priority in level.classes]
            scale = len(mine) ** 2 + 1
            weights = [1 if policy.strict else self.weight[team.priority] for team in mine]
            out.append(
                {
                    team.key: (weight * scale + len(mine) - 1 - place, scale)
                    for place, (team, weight) in enumerate(zip(mine, weights, strict=True))
                }
            )
        return out

    def proof(self, plan: Plan) -> Iterator[Breach]:
        """Yield what the prices do not prove."""
        prices = [int(price * 100) for price in plan.bound.unit_prices]
        if len(prices) != len(self.units) or min((*prices, *map(int, plan.bound.level_prices)), default=0) < 0:
            yield Breach("prices", ())
            return
        line = sorted(self.problem.units, key=lambda unit: (unit.building, unit.floor, unit.position))
        paid = dict(zip((unit.key for unit in line), prices, strict=True))
        if not plan.at_least >= plan.bound.at_least or plan.cost < plan.at_least:
            yield Breach("bound", ())
        due = sum(one.cost.total for one in plan.placements if one.team in self.decided)
        if max(proven(self, plan, paid), 0) < (plan.bound.at_least - due) * 100:
            yield Breach("bound", ())


def proven(look: Look, plan: Plan, paid: Mapping[str, int]) -> int:
    """Return the points, in hundredths, that prices prove to be needed by any plan that places teams as well.

    Where somebody has no place whom something fits, having none costs its level's price for each whole scale, rounded
    down; and what the plan left without a place is paid out, rounded up.
    """
    left = {one.team for one in plan.placements if not one.units and one.team not in look.hopeless}
    levels = list(zip(look.penalties(plan), (int(price * 100) for price in plan.bound.level_prices), strict=True))
    total = -sum(paid.values())
    for penalties, price in levels:
        counted = [penalties[key] for key in penalties if key in left]
        total -= -(-price * sum(one for one, _ in counted) // counted[0][1]) if counted else 0
        for key, (penalty, scale) in penalties.items():
            team = look.teams[key]
            aside = price * penalty // scale if left and not team.sits else NOTHING
            total += 0 if key in look.hopeless else min(_cheapest(look, team, paid), aside)
    return total


@dataclass(frozen=True, slots=True)
class _Run:
    place: Place
    area: int
    price: int
    features: frozenset[str]
    kinds: frozenset[str]


def _runs(look: Look, line: list[Unit]) -> Iterator[_Run]:
    """Yield every run of a floor's units on offer, up to the first that is too large for everybody."""
    for start in range(len(line)):
        area, price = 0, 0
        features, kinds = frozenset[str](), frozenset[str]()
        for end in range(start, len(line)):
            unit = line[end]
            parted = end > start and unit.position - line[end - 1].position != 1
            if parted and look.problem.policy.split is None:
                break
            area, price = area + look.cents[unit.key][0], price + look.cents[unit.key][1]
            features, kinds = features | unit.features, kinds | {unit.kind}
            yield _Run(tuple(line[start : end + 1]), area, price, features, kinds)
            if area > look.largest:
                break


def _cheapest(look: Look, team: Team, paid: Mapping[str, int]) -> int:
    """Return the least that any place of a team costs with the prices of its units.

    A neighbour who is placed by the plan itself may stand anywhere: that wish counts as met.
    """
    firm = {key: tuple(look.units[unit] for unit in units) for key, units in look.firm.items()}
    known = replace(team, beside=team.beside & firm.keys())
    wanted, dearest = hundredths(team.area_wanted, ""), NOTHING
    for run in look.open(team):
        extra = sum(paid[unit.key] for unit in run.place)
        # What is too large or too dear already need not be looked at more closely.
        if look.problem.policy.waste * max(run.area - wanted, 0) + extra < dearest:
            dearest = min(dearest, sum(look.parts(known, run.place, firm).values()) + extra)
    if team.sits:
        seat = tuple(sorted((look.units[key] for key in team.sits), key=_along))
        dearest = min(dearest, sum(look.parts(known, seat, firm).values()) + sum(paid[key] for key in team.sits))
    return dearest


def _along(unit: Unit) -> tuple[str, str, int]:
    return unit.building, unit.floor, unit.position


def _gaps(place: Place) -> int:
    return sum(one.floor != two.floor or two.position - one.position != 1 for one, two in pairwise(place))


def _touching(one: Place, other: Place) -> bool:
    return any(a.floor == b.floor and abs(a.position - b.position) == 1 for a in one for b in other)
