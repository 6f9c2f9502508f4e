"""What contradicts itself is refused, each kind by its own error that names the keys."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from accord.engines.spaceplan import (
    AreaNotPositive,
    FigureTooFine,
    HeldTwice,
    LeastOverWanted,
    NegativePrice,
    NotOnOffer,
    OwnNeighbour,
    Policy,
    PolicyRefused,
    PositionTaken,
    PriorityClass,
    RepeatedKey,
    SolverMissing,
    SpacePlanRefused,
    Team,
    TwoBuildings,
    Unit,
    UnknownBuilding,
    UnknownClass,
    UnknownFloor,
    UnknownTeam,
    UnknownUnit,
    digest,
    place,
    problem,
    ranked,
)
from accord.engines.spaceplan import _place as placing
from accord.engines.spaceplan.types import Solver

ONE, TWO = Unit("u1", "b", "f", 1, 30), Unit("u2", "b", "f", 2, 30, available=False)
TEAM = Team("t1", 30)

BAD: dict[str, tuple[type[SpacePlanRefused], tuple[str, ...], dict[str, Any]]] = {
    "unit twice": (RepeatedKey, ("u1",), {"units": [ONE, replace(ONE, position=3)]}),
    "team twice": (RepeatedKey, ("t1",), {"teams": [TEAM, TEAM]}),
    "class twice": (RepeatedKey, ("",), {"policy": Policy((PriorityClass(""), PriorityClass("")))}),
    "unit without area": (AreaNotPositive, ("u1",), {"units": [replace(ONE, area_m2=0)]}),
    "team without area": (AreaNotPositive, ("t1",), {"teams": [Team("t1", 0)]}),
    "least without area": (AreaNotPositive, ("t1",), {"teams": [Team("t1", 5, -1)]}),
    "price below zero": (NegativePrice, ("u1",), {"units": [replace(ONE, price=-1)]}),
    "limit below zero": (NegativePrice, ("t1",), {"teams": [Team("t1", 5, price_limit=Decimal("-0.01"))]}),
    "three places": (FigureTooFine, ("u1",), {"units": [replace(ONE, area_m2=Decimal("1.005"))]}),
    "not a number": (FigureTooFine, ("u1",), {"units": [replace(ONE, area_m2=Decimal("NaN"))]}),
    "binary fraction": (FigureTooFine, ("u1",), {"units": [replace(ONE, area_m2=12.5)]}),
    "least over wanted": (LeastOverWanted, ("t1",), {"teams": [Team("t1", 5, 6)]}),
    "floor in two buildings": (TwoBuildings, ("f",), {"units": [ONE, replace(TWO, building="c")]}),
    "position taken": (PositionTaken, ("u1", "u2"), {"units": [ONE, replace(TWO, position=1)]}),
    "sits nowhere known": (UnknownUnit, ("u9",), {"teams": [replace(TEAM, sits=("u9",))]}),
    "fixed to nothing known": (UnknownUnit, ("u9",), {"fixed": {"t1": ["u9"]}}),
    "fixed to nothing": (UnknownUnit, ("t1",), {"fixed": {"t1": []}}),
    "unknown neighbour": (UnknownTeam, ("t9",), {"teams": [replace(TEAM, beside=frozenset({"t9"}))]}),
    "decision for nobody": (UnknownTeam, ("t9",), {"fixed": {"t9": ["u1"]}}),
    "unknown floor": (UnknownFloor, ("g",), {"teams": [replace(TEAM, floor="g")]}),
    "unknown building": (UnknownBuilding, ("c",), {"teams": [replace(TEAM, building="c")]}),
    "unknown class": (UnknownClass, ("t1",), {"teams": [replace(TEAM, priority="friends")]}),
    "own neighbour": (OwnNeighbour, ("t1",), {"teams": [replace(TEAM, beside=frozenset({"t1"}))]}),
    "two sit in one": (
        HeldTwice,
        ("u1",),
        {"teams": [replace(TEAM, sits=("u1",)), Team("t2", 5, sits=("u1",), may_move=True)]},
    ),
    "decided over another": (
        HeldTwice,
        ("u1",),
        {"teams": [TEAM, Team("t2", 5, sits=("u1",), may_move=True)], "fixed": {"t1": ["u1"]}},
    ),
    "not on offer": (NotOnOffer, ("u2",), {"fixed": {"t1": ["u2"]}}),
    "no class": (PolicyRefused, ("classes",), {"policy": Policy(())}),
    "weight of none": (PolicyRefused, ("first",), {"policy": Policy((PriorityClass("first", 0),))}),
    "points below zero": (PolicyRefused, ("waste",), {"policy": Policy(waste=-1)}),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named(case: str) -> None:
    error, keys, change = BAD[case]
    given: dict[str, Any] = {"units": [ONE, TWO], "teams": [TEAM], **change}

    with pytest.raises(error) as refused:
        problem(**given)

    assert type(refused.value) is error
    assert refused.value.keys == keys
    assert all(refused.value.words(language) for language in ("en", "zh-hans"))
    assert all(not key or key in refused.value.words("zh-hans") for key in keys)


def test_every_refusal_says_something_of_its_own() -> None:
    classes = {error for error, _, _ in BAD.values()} | {SolverMissing}

    said = {error("x").words(language) for error in classes for language in ("en", "zh-hans")}

    assert len(said) == 2 * len(classes)


def test_search_without_its_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "solver_module", lambda: None)
    built = problem([ONE], [TEAM])

    with pytest.raises(SolverMissing):
        place(built, solver=Solver.SEARCH)

    assert place(built).solver is Solver.RULE


def test_unknown_team_has_no_candidates() -> None:
    with pytest.raises(UnknownTeam):
        ranked(problem([ONE], [TEAM]), "t9")


def test_nothing_at_all_is_a_plan_too() -> None:
    assert place(problem([], [])).placements == ()
    assert place(problem([], [TEAM])).placements[0].reason.code.value == "nothing-on-offer"
    assert place(problem([ONE], [])).cost == 0


CHANGES: dict[str, dict[str, Any]] = {
    "area": {"units": [replace(ONE, area_m2=31), TWO]},
    "feature": {"units": [replace(ONE, features=frozenset({"lab"})), TWO]},
    "limit": {"teams": [Team("t1", 30, price_limit=5)]},
    "policy": {"policy": Policy(move=99)},
    "fixed": {"fixed": {"t1": ["u1"]}},
    "seed": {"seed": "autumn"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_changes_the_digest(change: str) -> None:
    plain: dict[str, Any] = {"units": [ONE, TWO], "teams": [TEAM]}

    assert digest(problem(**{**plain, **CHANGES[change]})) != digest(problem(**plain))


def test_another_writing_of_a_figure_does_not() -> None:
    other = [replace(ONE, area_m2=Decimal("30.00")), replace(TWO, area_m2=Decimal("3E+1"))]

    assert digest(problem(other, [TEAM])) == digest(problem([ONE, TWO], [TEAM]))
