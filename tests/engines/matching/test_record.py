"""An outcome survives the way to JSON and back, and a foreign or altered one is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.matching.markets import EVERYTHING_STABLE, Shape, some_lotteries, some_markets
from tests.engines.matching.results import LOTTERY, clinic, fair

from accord.engines.matching import (
    BadOutcome,
    Bound,
    Lottery,
    Market,
    MarketError,
    Mechanism,
    NotSupported,
    Outcome,
    UnreadableFile,
    check,
    explain,
    match,
    outcome_as_data,
    outcome_from_data,
)

EVERYTHING = Shape(teams=True, couples=True, minimums=True, reserves=True, fixed=True)


def through_json(market: Market, outcome: Outcome) -> Outcome:
    return outcome_from_data(market, json.loads(json.dumps(outcome_as_data(market, outcome))))


@settings(deadline=None)
@given(
    st.one_of(some_markets(EVERYTHING), some_markets(EVERYTHING_STABLE)),
    some_lotteries(),
    st.sampled_from(list(Mechanism)),
)
def test_outcome_comes_back_the_same(market: Market, lottery: Lottery, mechanism: Mechanism) -> None:
    try:
        outcome = match(market, mechanism, lottery=lottery)
    except NotSupported:
        return

    again = through_json(market, outcome)

    assert outcome_as_data(market, again) == outcome_as_data(market, outcome)
    assert np.array_equal(again.edge, outcome.edge)
    assert np.array_equal(again.seat, outcome.seat)
    assert check(market, again) == check(market, outcome)


def test_record_speaks_in_ids() -> None:
    market = clinic()
    bounded = replace(fair(market), bound=Bound(3, 4, "a solver"))

    data = outcome_as_data(market, bounded)

    assert data["placements"][1] == {
        "applicant": "bob",
        "programme": "A",
        "choice": 1,
        "score": 81.5,
        "seat": "open",
    }
    assert data["lottery"] == {"seed": LOTTERY.seed, "draws": "single"}
    assert through_json(market, bounded).bound == Bound(3, 4, "a solver")


def change(path: tuple[str | int, ...], value: Any) -> Callable[[dict[str, Any]], None]:
    def apply(data: dict[str, Any]) -> None:
        here: Any = data
        for key in path[:-1]:
            here = here[key]
        here[path[-1]] = value

    return apply


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (change(("digest",), "0" * 64), "outcome-of-other-market"),
        (change(("placements", 0, "programme"), "C"), "bad-outcome"),
        (change(("placements", 0, "applicant"), "zoe"), "bad-outcome"),
        (change(("placements", 0, "applicant"), "bob"), "outcome-altered"),
        (change(("placements", 0, "score"), 99.0), "outcome-altered"),
        (change(("placements", 0, "choice"), 2), "outcome-altered"),
    ],
)
def test_foreign_or_altered_record_is_refused(tamper: Callable[[dict[str, Any]], None], reason: str) -> None:
    market = clinic()
    data = outcome_as_data(market, fair(market))
    tamper(data)

    with pytest.raises(BadOutcome) as refused:
        outcome_from_data(market, data)

    assert refused.value.reason == reason
    assert refused.value.words("zh-hans")


def test_person_placed_twice_is_refused() -> None:
    market = clinic()
    data = outcome_as_data(market, fair(market))
    data["placements"].append({**data["placements"][0], "programme": "B", "choice": 2})

    with pytest.raises(BadOutcome) as refused:
        outcome_from_data(market, data)

    assert refused.value.reason == "outcome-twice"


@pytest.mark.parametrize(
    "tamper",
    [
        change(("format",), "another"),
        change(("mechanism",), "first-come"),
        change(("mechanism",), None),
        change(("lottery",), "seed"),
        change(("lottery", "draws"), "none"),
        change(("placements",), {"ann": "A"}),
        change(("placements", 0), "ann"),
        change(("placements", 0, "seat"), "window"),
        change(("closures",), [{"node": "C", "had": 0, "needed": 1}]),
        change(("closures",), [{"node": "A", "had": -1, "needed": 1}]),
        change(("kept",), ["zoe"]),
        change(("kept",), "ann"),
        change(("promoted",), [1]),
        change(("bound",), 3),
        change(("proof", "totals"), ["1"]),
        change(("proof", "totals"), [2**70]),
        change(("proof", "slots"), None),
        change(("proof", "stages"), [1]),
        change(("spread",), "fast"),
        change(("settled",), "yes"),
        change(("surplus",), 1),
    ],
)
def test_record_that_does_not_fit_names_its_field(tamper: Callable[[dict[str, Any]], None]) -> None:
    market = clinic()
    data = outcome_as_data(market, match(market, Mechanism.FAIR_SPREAD, lottery=LOTTERY))
    tamper(data)

    with pytest.raises(UnreadableFile) as refused:
        outcome_from_data(market, data)

    assert refused.value.words("zh-hans")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = sorted(outcome_as_data(clinic(), match(clinic(), Mechanism.FAIR_SPREAD, lottery=LOTTERY)))


@settings(deadline=None)
@given(st.sampled_from(KEYS), JSON)
def test_any_value_anywhere_is_read_or_refused(key: str, value: object) -> None:
    market = clinic()
    data = outcome_as_data(market, match(market, Mechanism.FAIR_SPREAD, lottery=LOTTERY))
    data[key] = value
    try:
        outcome = outcome_from_data(market, data)
    except MarketError:
        return

    assert check(market, outcome).digest == outcome.digest


def test_certificate_and_explanation_are_json() -> None:
    market = clinic()
    outcome = fair(market)

    certificate = json.loads(json.dumps(check(market, outcome).as_data()))
    explanation = json.loads(json.dumps(explain(market, outcome, "cai").as_data()))

    assert certificate["cutoffs"][0] == {
        "node": "A",
        "under": None,
        "seats": "all",
        "group": "",
        "places": 2,
        "full": True,
        "closed": False,
        "favoured": False,
        "score": 81.5,
        "draw": None,
    }
    assert explanation["choices"][0] == {
        "programme": "A",
        "choice": 1,
        "code": "below-cutoff",
        "node": "A",
        "places": 2,
        "own": 79.0,
        "cutoff": 81.5,
        "gap": 2.5,
    }
