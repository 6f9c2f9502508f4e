"""Files of the Glasgow group become markets, or an error that names the line; their known answers come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.matching.refusals import digest_or_words

from accord.engines.matching import (
    NOBODY,
    Bar,
    Lottery,
    Market,
    Mechanism,
    MinimumUnreachable,
    Outcome,
    Spread,
    UnreadableFile,
    digest,
    market_from_dicts,
    match,
    read_glasgow,
)

LOTTERY = Lottery("seed")
SMTI = "0\n2\n3\n1 1 (2 3)\n2 3\n1 1 2 1\n2 1 (1)\n3 2 (1 2)\n"
COUPLES = "1\n1\n2\n1 1 2\n2 3 1 2 (2 1 1 1)\n1 2 1 2 3\n2 1 (1 2) 3\n"
SINGLE_LISTS = "3\n2\n1\n3\n1\n2\nfalse\n5\n5\n\n0 1 0\n1 0 0\n2 0 1\n\n0 2 2 1 0\n1 1 0 2\n"
# Two instances and their best figures from the evaluation of matchingproblems 1.2 (MIT licence).
HOSPITALS = """\
6 4
1: (3 1) 2 4
2: 1 3 4 2
3: 1 2 (4 3)
4: (1 2 3)
5: 3 1 4
6: 1 2 3 4
1: 1: 2: (6 1) 5 2 4 3
2: 1: 2: (1 2) 3 4 6
3: 1: 1: 5 (3 2) 6 4 1
4: 1: 1: 2 (3 6) 5 1

instance generation parameters
"""
LECTURERS = """\
6 8 4
1: 1 3 5
2: 4 (8 7) 5 1
3: (5 8) (2 6) 7
4: 5 (8 6) 7
5: 8 7 (1 4) 3
6: 7 5 2
1: 1: 2: 1
2: 1: 2: 1
3: 1: 1: 2
4: 1: 1: 2
5: 0: 1: 3
6: 0: 1: 3
7: 0: 1: 4
8: 0: 1: 4
1: 1: 1: 3:
2: 0: 1: 3:
3: 0: 1: 2:
4: 0: 1: 2:
"""


def profile(market: Market, outcome: Outcome) -> list[int]:
    ranks = market.rank[outcome.edge[outcome.edge != NOBODY]].tolist()
    return [ranks.count(rank) for rank in range(1, max(ranks) + 1)]


def test_residents_with_ties_are_read_as_written() -> None:
    market = market_from_dicts(
        {"1": ["1", ("2", "3")], "2": ["3"]},
        {"1": 1, "2": 1, "3": 2},
        rankings={"1": ["2", "1"], "2": ["1"], "3": [("1", "2")]},
    )

    assert digest(read_glasgow(SMTI)) == digest(market)


def test_colons_and_a_missing_first_line_change_nothing() -> None:
    lines = SMTI.splitlines()
    rows = [line.replace(" ", ": ", 1) for line in lines[3:6]] + ["2: 1: (1)", "3: 2: (1 2)"]
    rows[2] = "1: 1: 2 1"

    assert digest(read_glasgow("\r\n".join([*lines[1:3], *rows]))) == digest(read_glasgow(SMTI))


def test_couples_have_the_programmes_of_their_pairs() -> None:
    market = read_glasgow(COUPLES)

    (couple,) = market.couples
    assert [market.applicants[one] for one in (couple.first, couple.second)] == ["2", "3"]
    assert [tuple(market.programmes[one] for one in pair) for pair in couple.choices] == [
        ("1", "2"),
        ("2", "1"),
        ("1", "1"),
    ]
    wishes = {
        who: [market.programmes[market.programme[edge]] for edge in market.edges_of(n)] for n, who in enumerate("123")
    }
    assert wishes == {"1": ["1", "2"], "2": ["1", "2"], "3": ["2", "1"]}
    assert int((match(market, Mechanism.JOINT, lottery=LOTTERY).edge != NOBODY).sum()) == 3


def test_single_lists_of_a_couple_are_read_in_parallel() -> None:
    market = read_glasgow(SINGLE_LISTS)

    (couple,) = market.couples
    assert couple.choices == ((1, 0), (0, 0))
    assert market.tree.cap.tolist() == [2, 1]
    assert market.applicants == ("0", "1", "2")
    barred = [
        (market.applicants[market.applicant_of[edge]], market.programme[edge]) for edge in (market.bar > 0).nonzero()[0]
    ]
    assert barred == []


def test_whoever_is_not_ranked_is_not_eligible() -> None:
    market = read_glasgow("0\n2\n1\n1 1\n2 1\n1 2 2\n")

    assert market.bar.tolist() == [Bar.NOT_ELIGIBLE, Bar.NONE]


@pytest.mark.parametrize("must_run", [True, False])
@pytest.mark.parametrize(
    ("text", "greedy", "generous", "cost"),
    [(HOSPITALS, [4, 1, 1], [4, 1, 1], 9), (LECTURERS, [4, 1, 0, 1], [3, 2, 1], 10)],
    ids=["hospitals", "lecturers"],
)
def test_known_profiles_come_out(text: str, greedy: list[int], generous: list[int], cost: int, must_run: bool) -> None:
    market = read_glasgow(text)

    found = {
        aim: profile(market, match(market, Mechanism.FAIR_SPREAD, lottery=LOTTERY, spread=aim, must_run=must_run))
        for aim in Spread
    }

    if must_run:
        assert (found[Spread.GREEDY], found[Spread.GENEROUS]) == (greedy, generous)
        assert sum(rank * count for rank, count in enumerate(found[Spread.LEAST_COST], 1)) == cost
    else:
        # Where some may close, the choice is wider, so the profile is at least as good.
        assert found[Spread.GREEDY] >= greedy
        assert sum(found[Spread.GREEDY]) >= sum(greedy)


def test_a_project_that_nobody_chose_cannot_reach_its_minimum() -> None:
    market = read_glasgow(LECTURERS.replace("1: 1 3 5", "1: 3 5").replace("7) 5 1", "7) 5").replace("(1 4)", "4"))

    with pytest.raises(MinimumUnreachable) as caught:
        match(market, Mechanism.FAIR_SPREAD, lottery=LOTTERY, must_run=True)

    assert (caught.value.ids, caught.value.needed, caught.value.possible) == (("1",), 1, 0)


def test_lecturers_rank_for_their_projects_and_have_limits() -> None:
    market = read_glasgow("2 2 1\n1: 1 2\n2: 1\n1: 0: 1: 1\n2: 0: 1: 1\n1: 1: 1: 2: 2\n")

    assert market.tree.label == ("1", "2", "lecturer 1")
    assert market.tree.parent.tolist() == [2, 2, -1]
    assert (market.tree.cap.tolist(), market.tree.floor.tolist()) == ([1, 1, 2], [0, 0, 1])
    assert market.bar.tolist() == [Bar.NOT_ELIGIBLE, Bar.NOT_ELIGIBLE, Bar.NONE]


@pytest.mark.parametrize(
    ("text", "reason", "line", "detail"),
    [
        ("", "unknown-format", None, ""),
        ("Fam / Ch,1,2\n1, 2, 3\n", "unknown-format", None, ""),
        ("a,b\n1, 2, 3\n", "line-out-of-place", "1", "'a'"),
        ("0\n2\n1\n1 1\n", "line-early-end", "5", ""),
        ("0\n1\n1\n1 (1\n1 1 1\n", "line-out-of-place", "4", "("),
        ("0\n1\n1\n1 1)\n1 1 1\n", "line-out-of-place", "4", ")"),
        ("0\n1\n1\n1 ((1)\n1 1 1\n", "line-out-of-place", "4", "("),
        ("0\n1\n1\nx 1\n1 1 1\n", "line-out-of-place", "4", "'x'"),
        ("0\n1\n1\n1 1\n1\n", "line-out-of-place", "5", "1"),
        ("0\n2\n1\n1 1\n1 1\n1 1 1\n", "line-repeats", "5", "1"),
        ("0\n1\n2\n1 1\n1 1 1\n1 1 1\n", "line-repeats", "6", "1"),
        ("1\n1\n1\n1 1\n2 3 1\n1 1 1\n", "line-out-of-place", "5", "2 3 1"),
        (SINGLE_LISTS.replace("1 0 0\n", "1 0\n"), "line-out-of-place", "12", "1 0"),
        ("1 1 1\n1: 1\n1: 0: 1: 1 2\n1: 0: 1: 1:\n", "line-out-of-place", "3", "1 2"),
    ],
)
def test_a_bad_line_is_named(text: str, reason: str, line: str | None, detail: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_glasgow(text)

    error = caught.value
    assert (error.reason, error.ids, error.detail) == (reason, (line,) if line else (), detail)


PIECES = st.sampled_from(
    ["0", "1", "2", "3", "1", "2", " ", " ", "\n", "\n", "\n", ":", "(", ")", ",", "false", "x", "\ud800"]
)


@given(
    st.lists(PIECES | st.text(max_size=2), max_size=60),
    st.sampled_from(["", "0\n1\n1\n", "1\n1\n1\n", "1 1 1\n", "1 1\n", "3\n2\n1\n3\n1\n2\ntrue\n5\n5\n"]),
)
def test_any_text_is_a_market_or_a_named_error(parts: list[str], head: str) -> None:
    assert digest_or_words(lambda: read_glasgow(head + "".join(parts)))


@given(
    st.sampled_from([SMTI, COUPLES, SINGLE_LISTS, HOSPITALS, LECTURERS]), st.integers(0, 400), PIECES, st.integers(0, 3)
)
def test_a_slip_in_a_good_file_is_a_market_or_a_named_error(text: str, place: int, piece: str, lost: int) -> None:
    assert digest_or_words(lambda: read_glasgow(text[:place] + piece + text[place + lost :]))
