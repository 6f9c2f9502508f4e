"""A market survives the way to JSON and back, and nothing else passes for one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.matching.markets import Rows, Shape, some_rows
from tests.engines.matching.refusals import digest_or_words

from accord.engines.matching import (
    Bar,
    Choice,
    Person,
    Programme,
    UnreadableFile,
    digest,
    market_as_data,
    market_from_data,
    market_from_records,
)

ALL = Shape(depth=4, taste_ties=True, reserves=True, fixed=True, minimums=True, teams=True, couples=True)
SMALL: dict[str, Any] = {
    "programmes": [{"id": "P", "places": 2, "under": "L"}, {"id": "Q", "places": None}],
    "limits": [{"id": "L", "at_most": 1}],
    "people": [{"id": "a", "size": 1, "group": "g"}],
    "choices": [{"applicant": "a", "programme": "P", "rank": 1, "score": 2.5}],
    "reserves": [{"programme": "P", "group": "g", "seats": 1}],
    "couples": [{"first": "a", "second": "b", "choices": [["P", None]]}],
}


@given(some_rows(ALL))
def test_a_market_comes_back_with_the_same_digest(rows: Rows) -> None:
    market = rows.market()

    back = market_from_data(json.loads(json.dumps(market_as_data(market))))

    assert digest(back) == digest(market)


def test_reasons_and_odd_figures_come_back() -> None:
    rows = [
        Choice("爱", "P", 2, 0.1 + 0.2, Bar.CONFLICT, "同一单位"),
        Choice("b", "P", 7, -1e300),
        Choice("b", "Q", 7, 5e-324, fixed=True),
    ]
    market = market_from_records(rows, [Programme("P", None), Programme("Q", 0x7FFF)], people=[Person("c", 3, "g")])

    text = json.dumps(market_as_data(market), ensure_ascii=False)

    assert digest(market_from_data(json.loads(text))) == digest(market)
    assert "同一单位" in text


def test_defaults_may_be_left_out() -> None:
    written = {"programmes": [{"id": "P", "places": 1}], "choices": [{"applicant": "a", "programme": "P"}]}

    assert digest(market_from_data(written)) == digest(market_from_records([Choice("a", "P")], [Programme("P", 1)]))


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (["programmes", 0, "places"], "2", "programmes[0].places"),
        (["programmes", 0, "places"], -1, "programmes[0].places"),
        (["programmes", 0, "places"], True, "programmes[0].places"),
        (["programmes", 1, "id"], None, "programmes[1].id"),
        (["programmes", 1, "id"], "\ud800", "programmes[1].id"),
        (["programmes", 1, "minium"], 1, "programmes[1].minium"),
        (["programmes", 0, "under"], 1, "programmes[0].under"),
        (["programmes"], {}, "programmes"),
        (["people", 0], [], "people[0]"),
        (["people", 0, "size"], 1.5, "people[0].size"),
        (["people", 0, "size"], 10**30, "people[0].size"),
        (["choices", 0, "rank"], 2**70, "choices[0].rank"),
        (["choices", 0, "score"], "high", "choices[0].score"),
        (["choices", 0, "score"], float("nan"), "choices[0].score"),
        (["choices", 0, "score"], 10**400, "choices[0].score"),
        (["choices", 0, "bar"], "maybe", "choices[0].bar"),
        (["choices", 0, "bar"], [], "choices[0].bar"),
        (["choices", 0, "fixed"], 1, "choices[0].fixed"),
        (["reserves", 0, "seats"], None, "reserves[0].seats"),
        (["reserve_order"], "first", "reserve_order"),
        (["couples", 0, "choices", 0], ["P"], "couples[0].choices[0]"),
        (["couples", 0, "choices", 0], ["P", 1], "couples[0].choices[0]"),
        (["surprise"], 1, "surprise"),
    ],
)
def test_a_bad_field_is_named(path: list[Any], value: object, named: str) -> None:
    data = json.loads(json.dumps(SMALL))
    *way, last = path
    holder = data
    for step in way:
        holder = holder[step]
    holder[last] = value

    with pytest.raises(UnreadableFile) as caught:
        market_from_data(data)

    assert (caught.value.reason, caught.value.ids) == ("bad-field", (named,))
    assert named in caught.value.words("zh-hans")


def test_places_must_be_said() -> None:
    with pytest.raises(UnreadableFile) as caught:
        market_from_data({"programmes": [{"id": "P"}]})

    assert caught.value.ids == ("programmes[0].places",)


@pytest.mark.parametrize("data", [None, 3, "market", [], [SMALL]])
def test_what_is_no_dictionary_is_no_market(data: object) -> None:
    with pytest.raises(UnreadableFile):
        market_from_data(data)


def test_another_format_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        market_from_data({"format": "accord market 2"} | SMALL)

    assert caught.value.reason == "unknown-format"


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["P", "a", "g", "", "conflict"])
    | st.text(max_size=3)
)
KEYS = st.sampled_from(
    [
        "programmes",
        "choices",
        "people",
        "limits",
        "couples",
        "reserves",
        "id",
        "places",
        "applicant",
        "programme",
        "first",
        "second",
    ]
)
JSONS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6), max_leaves=25
)


@given(JSONS)
def test_any_data_is_a_market_or_a_named_error(data: object) -> None:
    assert digest_or_words(lambda: market_from_data(data))


@given(st.sampled_from(sorted(SMALL)), st.lists(JSONS, max_size=3) | JSONS)
def test_one_wrong_part_is_a_market_or_a_named_error(key: str, part: object) -> None:
    assert digest_or_words(lambda: market_from_data(SMALL | {key: part}))
