"""Searching agreements, promises and clauses in either language, only among those one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.agreements.contracts import LIABILITY, RESULTS, apply, read
from tests.cast import LONG_AGO, Cast

from accord.agreements import queries
from accord.kernel.finding import searches
from accord.people.queries import actor_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "words", "title"),
    [
        ("agreement", "chengdu-cass", "chengdu-cass"),
        ("promise", "fintech ENTERPRISES", "About 300 fintech enterprises"),
        ("promise", "金融科技企业", "About 300 fintech enterprises"),
        ("clause", "indirect loss", "Liability"),
        ("clause", "间接", "Liability"),
        ("clause", "成果", "Results"),
    ],
)
def test_words_are_found_in_either_language_with_one_query(
    cast: Cast, django_assert_num_queries, kind: str, words: str, title: str
) -> None:
    apply(read(), clauses=(RESULTS, LIABILITY))
    actor = actor_of(cast.partner.person, on=LONG_AGO)

    with django_assert_num_queries(1):
        found = searches.get(kind).find(actor, words, 5)

    assert title in [str(one.title) for one in found] or title in found[0].url
    assert all(0 <= one.rank <= 1 for one in found)


@pytest.mark.parametrize("words", ["", "   ", "100%", "_", "no such words at all"])
def test_nothing_is_found_for_nothing_and_signs_are_plain_text(cast: Cast, words: str) -> None:
    actor = actor_of(cast.partner.person, on=LONG_AGO)

    assert [
        search.find(actor, words, 5)
        for search in searches
        if search.find.__module__ == "accord.agreements.queries._search"
    ] == [[], [], []]


def test_others_find_nothing_of_it(cast: Cast) -> None:
    apply(read(), clauses=(RESULTS, LIABILITY))
    actor = actor_of(cast.outsider.person, on=LONG_AGO)

    assert [*queries.find_agreements(actor, "chengdu", 5), *queries.find_promises(actor, "fintech", 5),
            *queries.find_clauses(actor, "loss", 5)] == []  # fmt: skip


@pytest.mark.parametrize(("kind", "index"), [("promise", "commitment_words"), ("clause", "clause_words")])
def test_index_answers_the_search(cast: Cast, kind: str, index: str) -> None:
    """Without its index a search would read every text of every agreement."""
    actor = actor_of(cast.steward.person, on=LONG_AGO)
    with CaptureQueriesContext(connection) as asked:
        searches.get(kind).find(actor, "indirect", 5)

    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_indexscan = off")
        cursor.execute(f"explain {asked[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan
