"""Whatever somebody writes into a published result, a check ends as sound, not sound or unreadable, never as a fault."""

import copy
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.config.cli.tables import folder_of

from accord.config.cli import run
from accord.config.cli._shape import see_shape
from accord.config.cli.placing._market import market_from_tables
from accord.config.cli.placing._result import differences
from accord.engines.assignment import Pair, Strength
from accord.engines.matching import Lottery, Mechanism, match

EXAMPLES = Path(__file__).parents[3] / "examples"
JUNK = [None, True, -1, 0, 3, 1e308, float("nan"), "x", "", [], {}, [1], {"a": 1}, 10**30]
TIMES = 60
STRONG, RANDOMISED = ["--goal", "strong"], ["--goal", "randomised", "--at-most", "3/4"]


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything inside a result."""
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in parts:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoilt(data: Any, seed: int) -> Any:
    """Return a result with something else at one place."""
    drawn, found = random.Random(seed), copy.deepcopy(data)
    *way, last = drawn.choice(list(places(data)))
    inner = found
    for key in way:
        inner = inner[key]
    inner[last] = drawn.choice(JUNK)
    return found


@pytest.mark.parametrize(
    ("command", "example", "options"),
    [
        ("assign", "assignment/best-total", STRONG),
        ("assign", "assignment/best-total", RANDOMISED),
        ("match", "matching/fair-match", []),
        ("match", "matching/fair-spread", ["--mechanism", "fair-spread"]),
        ("match", "matching/minimum-and-reserve", []),
    ],
)
def test_spoilt_result_never_ends_as_a_fault(
    command: str, example: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, result = str(EXAMPLES / example), tmp_path / "result.json"
    assert run([command, file, "-o", str(result), *options]) == 0
    whole = json.loads(result.read_text(encoding="utf-8"))
    checks = ["--check", "--cutoffs"] if command == "match" else ["--check"]

    ended = set()
    for seed in range(TIMES):
        result.write_text(json.dumps(spoilt(whole, seed)), encoding="utf-8")
        ended |= {run([command, file, check, str(result)]) for check in checks}

    assert ended <= {0, 2, 4, 5}
    assert 5 in ended
    assert "A fault in Accord" not in capsys.readouterr().err


def test_equally_good_pairs_that_the_seed_did_not_draw_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [["item", "reviewer", "fit"], *([item, one, 0.5] for item in ("A", "B") for one in ("sim-r", "sim-s"))]
    tables = {
        "items": [["item", "demand"], ["A", 1], ["B", 1]],
        "reviewers": [["reviewer", "max"], ["sim-r", 1], ["sim-s", 1]],
        "affinity": pairs,
    }
    folder, result = str(folder_of(tmp_path / "even", tables)), tmp_path / "result.json"
    assert run(["assign", folder, "-o", str(result)]) == 0
    told = json.loads(result.read_text(encoding="utf-8"))
    first, second = told["assignment"]["pairs"]
    first["reviewer"], second["reviewer"] = second["reviewer"], first["reviewer"]
    result.write_text(json.dumps(told), encoding="utf-8")
    capsys.readouterr()

    code = run(["assign", folder, "--check", str(result)])

    lines = capsys.readouterr().out.splitlines()
    assert (code, len(lines)) == (5, 5)
    assert f"  Repeating it assigns {second['reviewer']} to A; the result does not." in lines
    assert f"  The result assigns {first['reviewer']} to A; repeating it does not." in lines


def test_outcome_that_holds_but_does_not_repeat_is_not_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, result = str(EXAMPLES / "matching" / "host-first"), tmp_path / "result.json"
    assert run(["match", file, "-o", str(result)]) == 0
    capsys.readouterr()
    other = match(market_from_tables(Path(file), {}), Mechanism.HOST_FIRST, lottery=Lottery("any"))
    monkeypatch.setattr("accord.config.cli.placing._answer.repeated", lambda *_: other)

    code = run(["match", file, "--check", str(result)])

    assert code == 5
    assert "sim-ada: the result says Hospital East, repeating it gives Hospital West." in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_repetition_that_places_people_elsewhere_names_them(language: str) -> None:
    market = market_from_tables(EXAMPLES / "matching" / "host-first", {})
    told, here = (match(market, rule, lottery=Lottery("any")) for rule in (Mechanism.HOST_FIRST, Mechanism.FAIR_MATCH))

    found = list(differences(market, told, here, language))

    assert [re.findall(r"sim-\w+|Hospital \w+", line) for line in found] == [
        ["sim-ada", "Hospital West", "Hospital East"],
        ["sim-bo", "Hospital East", "Hospital West"],
    ]


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (Pair("a", "b", "high"), Pair),
        (Pair("a", "b", float("inf")), Pair),
        (Pair(1, "b", 1.0), Pair),
        ((Pair("a", "b", True),), tuple[Pair, ...]),
        ([], tuple[Pair, ...]),
        (Strength(2.0, 0.5, None, None, proven=True), Strength),
        (2**70, int),
    ],
)
def test_value_of_another_type_is_refused(value: object, hint: Any) -> None:
    with pytest.raises(TypeError, match="there"):
        see_shape(value, hint, "there")


def test_values_of_the_right_types_pass() -> None:
    see_shape((Pair("a", "b", 1),), tuple[Pair, ...], "there")
    see_shape(Strength(2, 0.5, None, None, proven=True), Strength, "there")
