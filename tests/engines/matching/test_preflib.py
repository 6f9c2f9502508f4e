"""Files of PrefLib become markets, or an error that names the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.matching.refusals import digest_or_words

from accord.engines.matching import (
    Lottery,
    Mechanism,
    Spread,
    UnreadableFile,
    digest,
    market_from_dicts,
    match,
    read_preflib,
)

HEAD = """\
# FILE NAME: 00099-00000001.soi
# TITLE: Bids: a test
# DATA TYPE: soi
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 4
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Project 0
# ALTERNATIVE NAME 2: Project 1
# ALTERNATIVE NAME 3: Project 2
# ALTERNATIVE NAME 4: Project 3
"""
BIDS = HEAD + "2: 1,2\n1: 2,1,3\n1: 3\n"
SUPERVISORS = "Supervisor,Capacity,Projects\nDr A, the elder,1,0 1\nDr B,2,2\n"
VOTES = """\
# NUMBER VOTERS: 3
# NUMBER CATEGORIES: 3
# CATEGORY NAME 1: Yes
# ALTERNATIVE NAME 1: A
# ALTERNATIVE NAME 2: B
# ALTERNATIVE NAME 3:
2: {1,3},2,{}
1: {},{ 3 },{1,2}
"""


def test_counts_become_applicants_and_unnamed_projects_stay_open() -> None:
    wishes = {"1": ["Project 0", "Project 1"], "2": ["Project 0", "Project 1"], "4": ["Project 2"]}
    wishes["3"] = ["Project 1", "Project 0", "Project 2"]

    market = read_preflib(BIDS, places=2)

    assert digest(market) == digest(market_from_dicts(wishes, {f"Project {k}": 2 for k in range(4)}))


def test_ids_of_voters_sort_like_their_numbers() -> None:
    market = read_preflib(HEAD.replace("VOTERS: 4", "VOTERS: 12") + "12: 1\n")

    assert market.applicants == tuple(f"{number:02}" for number in range(1, 13))


def test_braces_are_ties() -> None:
    market = read_preflib(HEAD.replace("VOTERS: 4", "VOTERS: 1") + "1: {4,2},1,{3}\r\n")

    assert [market.programmes[one] for one in market.programme] == ["Project 1", "Project 3", "Project 0", "Project 2"]
    assert market.rank.tolist() == [1, 1, 2, 3]


@pytest.mark.parametrize(("wished", "ranks"), [(None, [1, 1, 2, 1, 1, 2, 2]), (1, [1, 1, 1, 1])])
def test_categories_are_places_and_the_last_is_no_wish(wished: int | None, ranks: list[int]) -> None:
    market = read_preflib(VOTES, wished=wished)

    assert market.rank.tolist() == ranks
    assert market.programmes == ("3", "A", "B")
    assert len(market.applicants) == 3


def test_supervisors_are_limits_over_their_projects() -> None:
    market = read_preflib(BIDS, supervisors=SUPERVISORS)
    tree = market.tree

    assert tree.label[4:] == ("Dr A, the elder", "Dr B")
    assert tree.parent.tolist() == [4, 4, 5, -1, -1, -1]
    assert tree.cap.tolist() == [1, 1, 1, 1, 1, 2]
    spread = match(market, Mechanism.FAIR_SPREAD, lottery=Lottery("s"), spread=Spread.GREEDY)
    assert int((spread.edge >= 0).sum()) == 2


@pytest.mark.parametrize(
    ("text", "reason", "line", "detail"),
    [
        ("", "unknown-format", None, ""),
        ("some words\n", "line-out-of-place", "1", "some words"),
        (HEAD + "1: 1,,2\n", "line-out-of-place", "11", "1: 1,,2"),
        (HEAD + "1: {1,2\n", "line-out-of-place", "11", "1: {1,2"),
        (HEAD + "x: 1\n", "line-out-of-place", "11", "'x'"),
        (HEAD + "9999999999999999: 1\n", "line-out-of-place", "11", "'9999999999999999'"),
        (HEAD + "4: 1,5\n", "line-unlisted", "11", "5"),
        (HEAD + "3: 1\n", "line-other-count", "5", "4"),
        (HEAD + "999999999: 1\n", "too-many-choices", "11", "1999999998"),
        (HEAD + "# ALTERNATIVE NAME 5: Project 3\n", "line-repeats", "11", "Project 3"),
        (HEAD + "# ALTERNATIVE NAME 4: Project 9\n", "line-repeats", "11", "Project 9"),
        (HEAD.replace("VOTERS: 4", "VOTERS: four"), "line-out-of-place", "5", "'four'"),
        (HEAD + "1: \ud800\n", "line-out-of-place", "11", "'1: \\ud800'"),
    ],
)
def test_a_bad_line_is_named(text: str, reason: str, line: str | None, detail: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_preflib(text)

    error = caught.value
    assert (error.reason, error.ids, error.detail) == (reason, (line,) if line else (), detail)
    assert detail in error.words("zh-hans") or reason == "unknown-format"


@pytest.mark.parametrize(
    ("supervisors", "reason"),
    [
        ("Dr A,1", "line-out-of-place"),
        ("Dr A,many,1", "line-out-of-place"),
        ("Dr A,1,4", "line-unlisted"),
        ("Dr A,1,1\nDr B,1,1", "line-repeats"),
        ("Dr A,1,1\nDr A,1,2", "line-repeats"),
    ],
)
def test_a_bad_supervisor_is_named(supervisors: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_preflib(BIDS, supervisors=supervisors)

    assert caught.value.reason == reason


PIECES = st.sampled_from(
    ["# ", "ALTERNATIVE NAME ", "NUMBER VOTERS", "NUMBER CATEGORIES", ":", ": ", "1", "2", "3", "0"]
)
MORE = st.sampled_from(["{", "}", ",", "\n", "\n", "\r", "-1", "A", "\ud800", "\x00", "９", "99999999999999999999"])


@given(st.lists(PIECES | MORE | st.text(max_size=3), max_size=40), st.lists(PIECES | MORE, max_size=12), st.booleans())
def test_any_text_is_a_market_or_a_named_error(parts: list[str], beside: list[str], headed: bool) -> None:
    assert digest_or_words(lambda: read_preflib((HEAD if headed else "") + "".join(parts), supervisors="".join(beside)))
