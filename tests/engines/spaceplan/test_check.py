"""The check accepts what planners give, and refuses a plan that somebody touched."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.engines.spaceplan.worlds import house

from accord.engines.spaceplan import Cost, Placement, Plan, Solver, check, place


def tampered(plan: Plan, team: str, **change: object) -> Plan:
    """Return the plan with one placement changed."""
    placements = tuple(replace(one, **change) if one.team == team else one for one in plan.placements)
    return replace(plan, placements=placements)


def cheaper(plan: Plan) -> Plan:
    """Return the plan with a lower cost of one team and in sum."""
    less = tampered(plan, "bench", cost=Cost(waste=Decimal(-5)))
    return replace(less, cost=plan.cost - 5)


TOUCHED: dict[str, tuple[str, Callable[[Plan], Plan]]] = {
    "unit twice": ("given-twice", lambda plan: tampered(plan, "bench", units=("a2-1",))),
    "no such unit": ("unknown-unit", lambda plan: tampered(plan, "bench", units=("roof",))),
    "too small": ("too-small", lambda plan: tampered(plan, "north", units=("a1-1",))),
    "gap": ("not-a-run", lambda plan: tampered(plan, "north", units=("a1-1", "a1-3"))),
    "two floors": ("several-floors", lambda plan: tampered(plan, "north", units=("a1-1", "b1-1"))),
    "missing feature": ("missing-feature", lambda plan: tampered(plan, "bench", units=("b1-1",))),
    "pushed out": ("not-left-in-place", lambda plan: tampered(plan, "settled", units=("b1-1",))),
    "lost": ("lost-its-place", lambda plan: tampered(plan, "rover", units=())),
    "placed for no place": ("reason", lambda plan: tampered(plan, "south", units=())),
    "cost": ("cost", cheaper),
    "total": ("total", lambda plan: replace(plan, cost=plan.cost - 1, at_least=Decimal(0))),
    "team left out": ("teams", lambda plan: replace(plan, placements=plan.placements[1:])),
    "other problem": ("other-problem", lambda plan: replace(plan, problem="0" * 64)),
    "level": ("level", lambda plan: replace(plan, levels=(replace(plan.levels[0], unplaced=1), *plan.levels[1:]))),
    "bound": (
        "bound",
        lambda plan: replace(
            plan, at_least=plan.cost, bound=replace(plan.bound, at_least=plan.bound.at_least + Decimal("0.01"))
        ),
    ),
    "prices": (
        "prices",
        lambda plan: replace(plan, bound=replace(plan.bound, unit_prices=(Decimal(-1), *plan.bound.unit_prices[1:]))),
    ),
}


@pytest.mark.parametrize("code", TOUCHED)
def test_touched_plan_is_refused(code: str) -> None:
    plan = place(house(), solver=Solver.RULE)
    assert check(house(), plan).breaches == ()
    expected, touch = TOUCHED[code]

    found = check(house(), touch(plan))

    assert expected in {one.code for one in found.breaches}
    assert not (found.feasible and found.costed and found.certified)


def test_house_is_placed_as_one_would_by_hand() -> None:
    plan = place(house(), solver=Solver.RULE)

    places: dict[str, Placement] = {one.team: one for one in plan.placements}
    assert {team: one.units for team, one in places.items()} == {
        "bench": ("b1-2",),
        "north": ("a1-1", "a1-2"),
        "rover": ("b1-1",),
        "settled": ("a2-1",),
        "south": ("a1-3",),
    }
    assert {team: one.reason.code.value for team, one in places.items()} == {
        "bench": "placed-first-choice",
        "north": "placed-first-choice",
        "rover": "moved",
        "settled": "may-not-move",
        "south": "placed-first-choice",
    }
    assert places["rover"].reason.params["saves"] == 5
    assert plan.cost == plan.at_least == 5
