"""Small problems for the tests, drawn by Hypothesis, and one that reads like a house."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from accord.engines.spaceplan import Policy, PriorityClass, SpaceProblem, Team, Unit, problem

CLASSES = (PriorityClass("agreement", 3), PriorityClass("growth", 2), PriorityClass("other"))
SETS = st.frozensets(st.sampled_from(["lab", "power"]), max_size=1)


def _units(draw: st.DrawFn) -> list[Unit]:
    out = []
    for floor in range(draw(st.integers(1, 2))):
        position = 0
        for number in range(draw(st.integers(1, 3))):
            position += draw(st.sampled_from([1, 1, 2]))
            out.append(
                Unit(
                    f"u{floor}{number}",
                    f"b{floor}",
                    f"f{floor}",
                    position,
                    draw(st.sampled_from([10, 20, Decimal("22.5")])),
                    draw(st.integers(0, 3)),
                    draw(st.sampled_from(["office", "office", "laboratory"])),
                    draw(SETS),
                    draw(st.sampled_from([True] * 5 + [False])),
                )
            )
    return out


def _team(draw: st.DrawFn, number: int, units: list[Unit]) -> Team:
    wanted = draw(st.sampled_from([10, 18, 20, 30]))
    return Team(
        f"t{number}",
        wanted,
        draw(st.sampled_from([None, wanted // 2])),
        draw(st.sampled_from([None, None, 2, 4])),
        draw(st.sampled_from([frozenset(), frozenset({"office"})])),
        draw(st.sampled_from([frozenset(), frozenset(), frozenset({"lab"})])),
        draw(SETS),
        draw(st.sampled_from([None, units[0].building])),
        draw(st.sampled_from([None, units[-1].floor])),
        priority=draw(st.sampled_from([one.key for one in CLASSES])),
        waiting=draw(st.integers(0, 2)),
    )


@st.composite
def problems(draw: st.DrawFn) -> SpaceProblem:
    """Draw a problem that brute force can solve: few units, few teams, some of them sitting, fixed or neighbours."""
    units = _units(draw)
    names = [f"t{number}" for number in range(draw(st.integers(1, 4)))]
    teams = [_team(draw, number, units) for number in range(len(names))]
    left = [unit.key for unit in units]
    for number, team in enumerate(teams):
        change: dict[str, Any] = {}
        if left and draw(st.integers(0, 3)) == 0:
            change = {"sits": (left.pop(draw(st.integers(0, len(left) - 1))),), "may_move": draw(st.booleans())}
        if len(names) > 1 and draw(st.integers(0, 2)) == 0:
            change["beside"] = frozenset({draw(st.sampled_from([name for name in names if name != team.key]))})
        teams[number] = replace(team, **change)
    fixed = {}
    spare = [unit.key for unit in units if unit.key in left and unit.available]
    if spare and draw(st.integers(0, 5)) == 0:
        fixed = {names[0]: [spare[0]]}
    policy = Policy(
        CLASSES,
        strict=draw(st.booleans()),
        move=draw(st.sampled_from([5, 100])),
        split=draw(st.sampled_from([None, 10])),
        beside=draw(st.sampled_from([3, 30])),
        share=Decimal("0.35"),
        slack_m2=draw(st.sampled_from([0, 5, 20])),
    )
    return problem(units, teams, policy, fixed=fixed, seed=draw(st.sampled_from(["", "spring"])))


def house() -> SpaceProblem:
    """Return two buildings with three floors, a team that sits, one that waits for a laboratory, and others."""
    rooms = [
        ("a", "a1", 1),
        ("a", "a1", 2),
        ("a", "a1", 3),
        ("a", "a2", 1),
        ("a", "a2", 2),
        ("b", "b1", 1),
        ("b", "b1", 2),
    ]
    units = [
        Unit(f"{floor}-{place}", building, floor, place, 30 if floor != "b1" else 20, 900, "office")
        for building, floor, place in rooms
    ]
    units[-1] = replace(units[-1], features=frozenset({"lab"}), kind="laboratory", price=1500)
    teams = [
        Team("north", 60, building="a", priority="agreement"),
        Team("south", 30, floor="a1", priority="growth", waiting=1, beside=frozenset({"north"})),
        Team("bench", 20, required=frozenset({"lab"}), priority="other", waiting=2),
        Team("settled", 30, sits=("a2-1",), priority="other", waiting=3),
        Team("rover", 20, sits=("a2-2",), may_move=True, priority="other", waiting=4),
    ]
    return problem(units, teams, Policy(CLASSES, move=5), seed="spring")


def town(seed: int, *, load: int = 85, teams: int = 60) -> SpaceProblem:
    """Return ten floors of twenty units and teams that want so many percent of them; a third sits and may move."""
    dice = Random(seed)
    units = [
        Unit(
            f"{floor:02}-{place:02}",
            f"b{floor // 5}",
            f"f{floor}",
            place,
            dice.randrange(18, 90),
            features=frozenset({"lab"} if dice.random() < 0.3 else ()),
        )
        for floor in range(10)
        for place in range(20)
    ]
    sizes = [dice.lognormvariate(0, 0.7) for _ in range(teams)]
    each = sum(int(unit.area_m2) for unit in units) * load / 100 / sum(sizes)
    seats = dice.sample([unit.key for unit in units], teams // 3)
    people = [
        Team(
            f"t{number:02}",
            max(15, round(size * each)),
            required=frozenset({"lab"} if dice.random() < 0.2 else ()),
            building=dice.choice([None, "b0", "b1"]),
            beside=frozenset({f"t{(number + 1) % teams:02}"} if dice.random() < 0.2 else ()),
            priority=dice.choice(CLASSES).key,
            waiting=number,
            sits=(seats[number],) if number < len(seats) else (),
            may_move=True,
        )
        for number, size in enumerate(sizes)
    ]
    return problem(units, people, Policy(CLASSES), seed=str(seed))
