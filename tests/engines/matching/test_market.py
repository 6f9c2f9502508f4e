"""A market is the same whatever order its rows come in, and from records or dictionaries."""

import hmac
import random

import numpy as np
import pytest

from accord.engines.matching import (
    UNLIMITED,
    Bar,
    Choice,
    Draws,
    JointChoice,
    Limit,
    Lottery,
    Person,
    Programme,
    ReservedSeats,
    digest,
    market_from_dicts,
    market_from_records,
)
from accord.engines.matching._layout import layout
from accord.engines.matching._lottery import draws_of, edge_draws

CHOICES = [
    Choice("Cy", "Desk", 2, 5.0),
    Choice("Cy", "Lab", 1, 4.0),
    Choice("Anna", "Lab", 1, 4.0),
    Choice("Anna", "Desk", 1, 1.0, Bar.CONFLICT, "same family"),
    Choice("Bo", "Desk", 3, 2.0, fixed=True),
]
PROGRAMMES = [Programme("Lab", 2, under="Dean"), Programme("Desk", None, 1, "Dean")]
MORE = {
    "limits": [Limit("Dean", 3, under="All"), Limit("All", None)],
    "people": [Person("Dora", 2, "north"), Person("Anna", group="south"), Person("Cy", group="north")],
    "reserves": [ReservedSeats("Lab", "north", 1)],
    "couples": [JointChoice("Anna", "Cy", (("Lab", "Lab"), ("Lab", None)))],
}


def test_rows_become_sorted_arrays() -> None:
    market = market_from_records(CHOICES, PROGRAMMES, **MORE)

    assert market.applicants == ("Anna", "Bo", "Cy", "Dora")
    assert market.programmes == ("Desk", "Lab")
    assert market.tree.label == ("Desk", "Lab", "All", "Dean")
    assert market.tree.parent.tolist() == [3, 3, -1, 2]
    assert market.tree.cap.tolist() == [UNLIMITED, 2, UNLIMITED, 3]
    assert market.tree.floor.tolist() == [1, 0, 0, 0]
    assert market.start.tolist() == [0, 2, 3, 5, 5]
    assert market.programme.tolist() == [0, 1, 0, 1, 0]
    assert market.rank.tolist() == [1, 1, 3, 1, 2]
    assert market.score.tolist() == [1, 4, 2, 4, 5]
    assert market.bar.tolist() == [2, 0, 0, 0, 0]
    assert market.bar_reason == {0: "same family"}
    assert market.fixed.tolist() == [False, False, True, False, False]
    assert market.size.tolist() == [1, 1, 1, 2]
    assert market.groups == ("north", "south")
    assert market.group.tolist() == [1, -1, 0, 0]
    assert [(one.first, one.second, one.choices) for one in market.couples] == [(0, 2, ((1, 1), (1, -1)))]


@pytest.mark.parametrize("seed", range(20))
def test_order_of_rows_changes_nothing(seed: int) -> None:
    plain = market_from_records(CHOICES, PROGRAMMES, **MORE)
    shuffled = random.Random(seed)
    choices, programmes = CHOICES[:], PROGRAMMES[:]
    more = {name: rows[:] for name, rows in MORE.items()}
    for rows in (choices, programmes, *more.values()):
        shuffled.shuffle(rows)

    market = market_from_records(choices, programmes, **more)

    assert digest(market) == digest(plain)
    assert market.bar_reason == plain.bar_reason


@pytest.mark.parametrize(
    "changed",
    [
        {"choices": [Choice("Cy", "Desk", 2, 5.5), *CHOICES[1:]]},
        {"choices": [Choice("Cy", "Desk", 3, 5.0), *CHOICES[1:]]},
        {"choices": CHOICES[1:]},
        {"programmes": [Programme("Lab", 3, under="Dean"), PROGRAMMES[1]]},
        {"programmes": [Programme("Lab", 2, 1, "Dean"), PROGRAMMES[1]]},
        {"limits": [Limit("Dean", 3), Limit("All", None)]},
        {"people": [Person("Dora", 3, "north"), *MORE["people"][1:]]},
        {"people": [Person("Dora", 2, "south"), *MORE["people"][1:]]},
        {"reserves": []},
        {"reserves": [ReservedSeats("Lab", "north", 1, opens_up=False)]},
        {"couples": []},
    ],
    ids=str,
)
def test_whatever_the_match_depends_on_is_in_the_digest(changed: dict[str, list[object]]) -> None:
    given = {"choices": CHOICES, "programmes": PROGRAMMES, **MORE}
    plain = market_from_records(**given)

    assert digest(market_from_records(**(given | changed))) != digest(plain)


def test_dictionaries_give_the_market_of_the_same_records() -> None:
    wishes = {"b": ["y", "x"], "a": [{"x", "y"}], "c": []}
    rankings = {"x": ["a", "b"], "y": [("b", "a")]}
    rows = [Choice("a", "x", 1, -1), Choice("a", "y", 1, -1), Choice("b", "y", 1, -1), Choice("b", "x", 2, -2)]

    market = market_from_dicts(wishes, {"y": 1, "x": None}, rankings=rankings)

    same = market_from_records(rows, [Programme("x", None), Programme("y", 1)], people=[Person("c")])
    assert digest(market) == digest(same)


def test_supervisor_ranks_for_every_project_without_a_ranking_of_its_own() -> None:
    market = market_from_dicts(
        {"a": ["p", "q", "r"], "b": ["q"]},
        {"p": 1, "q": 1, "r": 1},
        rankings={"Sun": ["b", "a"], "q": ["a"]},
        limits={"Sun": 2},
        under={"p": "Sun", "q": "Sun"},
    )

    assert market.score.tolist() == [-2, -1, 0, 0]
    assert market.bar.tolist() == [Bar.NONE, Bar.NONE, Bar.NOT_ELIGIBLE, Bar.NOT_ELIGIBLE]


def test_scores_by_programme_bar_whoever_has_none() -> None:
    market = market_from_dicts({"a": ["p", "q"]}, {"p": 1, "q": 1}, scores={"q": {"a": 7}})

    assert market.score.tolist() == [0, 7]
    assert market.bar.tolist() == [Bar.NOT_ELIGIBLE, Bar.NONE]


def test_draw_is_what_anybody_works_out_from_seed_and_id() -> None:
    by_hand = int.from_bytes(hmac.new(b"2026", "王芳".encode(), "sha256").digest()[:8], "big")

    assert draws_of("2026", ["王芳", "Bo"])[0] == by_hand


def test_single_draw_is_one_a_person_and_multiple_one_a_pair() -> None:
    market = market_from_dicts({"a": ["p", "q"], "b": ["p", "q"]}, {"p": 1, "q": 1})
    edges = np.arange(4)

    single = edge_draws(market, Lottery("s"), edges)
    multiple = edge_draws(market, Lottery("s", Draws.MULTIPLE), edges)

    assert single[0] == single[1] != single[2]
    assert len(set(multiple.tolist())) == 4


def test_programmes_under_one_topmost_limit_share_a_draw() -> None:
    market = market_from_dicts(
        {"a": ["p", "q", "r"]}, {"p": 1, "q": 1, "r": 1}, limits={"Z": 2}, under={"p": "Z", "q": "Z"}
    )

    drawn = edge_draws(market, Lottery("s", Draws.MULTIPLE), np.arange(3))

    assert drawn.tolist() == draws_of("s", ["a\0Z", "a\0Z", "a\0r"]).tolist()


def test_layout_orders_slots_by_score_then_draw_and_wishes_by_rank() -> None:
    market = market_from_dicts(
        {"a": ["p"], "b": ["p"], "c": ["p"], "d": [["p", "q"]]},
        {"p": 1, "q": 1},
        scores={"p": {"a": 1, "b": 1, "c": 2}},
    )

    plan = layout(market, Lottery("s"))

    luck = dict(zip("ab", draws_of("s", "ab").tolist(), strict=True))
    unlucky, lucky = sorted(luck, key=luck.__getitem__)
    key = {market.applicants[a]: int(plan.key[plan.start[a]]) for a in range(3)}
    assert key[unlucky] < key[lucky] < key["c"]
    assert plan.start.tolist() == [0, 1, 2, 3, 3]


def test_reserve_makes_leaves_and_puts_members_first() -> None:
    market = market_from_records(
        [Choice("a", "p", 1, 1.0), Choice("b", "p", 1, 9.0)],
        [Programme("p", 3)],
        people=[Person("a", group="north")],
        reserves=[ReservedSeats("p", "north", 1)],
    )

    plan = layout(market, Lottery("s"))

    assert plan.parent.tolist() == [-1, 0, 0]
    assert plan.cap.tolist() == [3, 2, 1]
    assert plan.leaf.tolist() == [2, 1, 1, 2]
    assert plan.seat.tolist() == [1, 0, 0, 0]
    assert plan.key.argsort().tolist()[-1] == 0
