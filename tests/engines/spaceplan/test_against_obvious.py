"""Plans against brute force: the rule is never better, the search is as good, and every reason is true."""

from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engines.spaceplan import obvious
from tests.engines.spaceplan.worlds import problems

from accord.engines.spaceplan import (
    Code,
    Plan,
    Solver,
    SpaceProblem,
    as_data,
    check,
    differences,
    explain,
    place,
    plan_from_data,
    problem,
    problem_from_data,
    ranked,
)

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def chosen(built: SpaceProblem, plan: Plan) -> obvious.Chosen:
    """Return the units of every team in the form of brute force."""
    units = {unit.key: unit for unit in built.units}
    return {
        one.team: tuple(sorted((units[key] for key in one.units), key=lambda unit: (unit.floor, unit.position)))
        for one in plan.placements
    }


def order(built: SpaceProblem) -> dict[str, int]:
    """Return the waiting order of all teams: class, waiting, and the draw by the seed."""
    classes = [one.key for one in built.policy.classes]
    draw = {team.key: sha256(f"{built.seed}\0{team.key}".encode()).hexdigest() for team in built.teams}
    line = sorted(built.teams, key=lambda team: (classes.index(team.priority), team.waiting, draw[team.key]))
    return {team.key: number for number, team in enumerate(line)}


def best(built: SpaceProblem) -> tuple[Any, ...]:
    """Return the value of the best plan of all."""
    return min(obvious.value(built, some, order(built)) for some in obvious.all_plans(built))


@SOME
@given(problems())
def test_rule_keeps_every_rule_and_is_never_better_than_brute_force(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)

    ours = obvious.value(built, chosen(built, plan), order(built))
    assert check(built, plan).breaches == ()
    assert ours[-1] == plan.cost
    assert list(ours[:-1]) == [level.value for level in plan.levels]
    assert ours >= best(built)


@FEW
@given(problems())
def test_search_is_as_good_as_brute_force_where_nothing_is_left_out(built: SpaceProblem) -> None:
    pytest.importorskip("ortools")

    plan = place(built, solver=Solver.SEARCH, keep=10_000)

    assert obvious.value(built, chosen(built, plan), order(built)) == best(built)
    assert plan.search is not None
    assert (plan.search.status, plan.search.gap) == ("optimal", 0)
    assert check(built, plan).breaches == ()


@SOME
@given(problems())
def test_no_plan_that_places_as_well_costs_less_than_the_bound(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)

    reached = tuple(level.value for level in plan.levels)
    values = [obvious.value(built, some, order(built)) for some in obvious.all_plans(built)]
    as_well = [value[-1] for value in values if all(a <= b for a, b in zip(value[:-1], reached, strict=True))]
    assert plan.bound.at_least <= plan.at_least <= min(as_well)
    assert all(level.at_least <= min(value[at] for value in values) for at, level in enumerate(plan.levels))


@SOME
@given(problems())
def test_bound_of_the_search_holds_for_the_places_it_left_out_too(built: SpaceProblem) -> None:
    pytest.importorskip("ortools")

    plan = place(built, solver=Solver.SEARCH, keep=1)

    reached = tuple(level.value for level in plan.levels)
    values = [obvious.value(built, some, order(built)) for some in obvious.all_plans(built)]
    least = min(value[-1] for value in values if all(a <= b for a, b in zip(value[:-1], reached, strict=True)))
    assert plan.at_least <= least <= plan.cost
    assert plan.search is not None
    if plan.search.closed and plan.search.status == "optimal":
        assert plan.cost == least


@SOME
@given(problems())
def test_every_team_without_a_place_has_a_true_reason(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)

    for one in plan.placements:
        if not one.units:
            assert_true(built, plan, one.team)


def assert_true(built: SpaceProblem, plan: Plan, key: str) -> None:
    """Look at one reason by the slow definition: who holds what, or which rule leaves nothing."""
    team = next(one for one in built.teams if one.key == key)
    reason = next(one.reason for one in plan.placements if one.team == key)
    open_places = obvious.fitting(built, team)
    if open_places:
        assert_taken(built, plan, key, open_places)
        return
    if held := obvious.fitting(built, team, everything=True):
        keys = {tuple(unit.key for unit in place_) for place_ in held}
        assert reason.code is Code.HELD_BY_SITTING
        assert reason.params["units"] in keys
        pins = obvious.firm(built)
        assert set(reason.params["held_by"]) == {name for name in pins if set(pins[name]) & set(reason.params["units"])}
        return
    left = obvious.runs(built, everything=True)
    if not left:
        assert reason.code is Code.NOTHING_ON_OFFER
        return
    for name, rule in obvious.RULES.items():
        kept = [run for run in left if rule(built, team, run)]
        if not kept:
            assert_broken(name, team, left, reason)
            return
        left = kept
    raise AssertionError("something fits")


def assert_taken(built: SpaceProblem, plan: Plan, key: str, places: list[obvious.Place]) -> None:
    """Every place that fits is held; and where the reason names priority, each by one who comes first."""
    line, teams = order(built), {team.key: team for team in built.teams}
    holder = {unit: one.team for one in plan.placements for unit in one.units}
    reason = next(one.reason for one in plan.placements if one.team == key)
    before = []
    for run in places:
        names = {holder[unit.key] for unit in run if unit.key in holder}
        assert names
        before.append({name for name in names if teams[name].sits or line[name] < line[key]})
    named = set(reason.params["held_by"])
    assert {holder.get(unit) for unit in reason.params["units"]} >= named > set()
    if all(before):
        assert reason.code is Code.TAKEN
        assert all(teams[name].sits or line[name] < line[key] for name in named)
    else:
        assert reason.code is Code.MORE_TEAMS
        assert not any(teams[name].sits or line[name] < line[key] for name in named)


def assert_broken(name: str, team: Any, runs: list[obvious.Place], reason: Any) -> None:
    """No run left keeps this rule, and the figures are those of the nearest."""
    told = {
        "kind": lambda: (Code.NO_SUCH_KIND, {"kinds": tuple(sorted(team.kinds))}),
        "least": lambda: (
            Code.NOT_LARGE_ENOUGH,
            {"largest": max(map(obvious.area, runs)), "needed": Decimal(team.area_least or team.area_wanted)},
        ),
        "most": lambda: (Code.ONLY_LARGER, {"smallest": min(map(obvious.area, runs))}),
        "feature": lambda: (Code.MISSING_FEATURE, {"features": tuple(sorted(team.required))}),
        "price": lambda: (
            Code.OVER_PRICE,
            {"cheapest": min(map(obvious.price, runs)), "limit": Decimal(team.price_limit)},
        ),
    }
    code, params = told[name]()
    assert reason.code is code
    assert {key: reason.params[key] for key in params} == params


@FEW
@given(problems())
def test_order_of_records_does_not_matter_and_twice_is_the_same(built: SpaceProblem) -> None:
    turned = problem(
        built.units[::-1],
        built.teams[::-1],
        built.policy,
        fixed={key: keys[::-1] for key, keys in built.fixed[::-1]},
        seed=built.seed,
    )

    assert turned == built
    assert place(turned, solver=Solver.RULE) == place(built, solver=Solver.RULE)


@FEW
@given(problems())
def test_problem_and_plan_survive_json(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)

    assert place(problem_from_data(as_data(built)), solver=Solver.RULE) == plan
    assert plan_from_data(as_data(plan)) == plan


@FEW
@given(problems())
def test_ranked_places_are_those_that_fit_in_the_order_of_points(built: SpaceProblem) -> None:
    pins = obvious.firm(built)
    for team in built.teams:
        if team.key in pins or team.beside - pins.keys():
            continue
        bare = replace(team, beside=frozenset())
        found = ranked(built, team.key, most=1000)

        assert {one.units for one in found} == {tuple(unit.key for unit in run) for run in obvious.fitting(built, bare)}
        assert [one.cost.total for one in found] == sorted(one.cost.total for one in found)


@FEW
@given(problems())
def test_alternatives_are_free_places_and_name_the_rule_they_break(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)
    names = {"accept-other-kind": "kind", "lower-area": "least", "allow-more-area": "most"}
    names |= {"drop-feature": "feature", "raise-price-limit": "price"}
    units = {unit.key: unit for unit in built.units}
    taken = {unit for one in plan.placements for unit in one.units}

    for one in plan.placements:
        if one.units:
            continue
        team = next(some for some in built.teams if some.key == one.team)
        for other in explain(built, plan, one.team):
            run = tuple(units[key] for key in other.units)
            broken = {name for name, rule in obvious.RULES.items() if not rule(built, team, run)}
            if other.change in names:
                assert broken == {names[other.change]}
                assert not taken & set(other.units)
            elif other.change == "several":
                assert broken == {names[name] for name in other.params["changes"]}
            else:
                assert broken == set()
                assert set(other.params["teams"]) == {
                    some.team for some in plan.placements if set(some.units) & set(other.units)
                }


@FEW
@given(problems())
def test_differences_name_every_team_whose_units_changed(built: SpaceProblem) -> None:
    plan = place(built, solver=Solver.RULE)

    assert differences(plan, plan) == ()
    assert [one.team for one in differences(None, plan)] == [one.team for one in plan.placements if one.units]
