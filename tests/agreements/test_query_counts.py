"""Pages of agreements ask the database the same few questions, however much there is to show."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.agreements.contracts import JOINTLY, RESULTS, apply, read
from tests.cast import Cast, moment

from accord.agreements import operations
from accord.agreements.models import Engagement
from accord.agreements.operations import Guest
from accord.kernel.text import Bilingual

pytestmark = pytest.mark.django_db
BOARD = "/agreements/chengdu-cass/"
PAGES = [
    (f"{BOARD}text/", 12),
    (f"{BOARD}engagements/", 10),
    (f"{BOARD}engagements/{{pk}}/", 9),
    (f"{BOARD}engagements/{{pk}}/change/", 11),
    (f"{BOARD}end/", 7),
]


@pytest.mark.parametrize(("path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(
    cast: Cast, django_assert_num_queries, path: str, queries: int
) -> None:
    fill(cast, times=1)
    path = path.format(pk=Engagement.objects.earliest("pk").pk)
    cast.partner.client.get(path)  # fills what a process keeps

    with django_assert_num_queries(queries):
        cast.partner.client.get(path)
    fill(cast, times=9)
    with django_assert_num_queries(queries):
        cast.partner.client.get(path)


def fill(cast: Cast, *, times: int) -> None:
    """Add clauses with later texts, and guests to every meeting; as many as told."""
    clauses = [replace(RESULTS, key=f"results-{number}", amendments=(JOINTLY,)) for number in range(times)]
    apply(read(), clauses=tuple(clauses))
    for number in range(times):
        on = date(2019, 8, 1) + timedelta(days=number)
        operations.record_engagement(
            agreement=cast.agreement,
            kind="visit",
            title=Bilingual("Visit"),
            held_on=on,
            place=Bilingual(),
            attendees=30,
            persons=[cast.partner.person.pk],
            guests=[Guest(f"Guest {one}") for one in range(times)],
            by=cast.owner.person,
            at=moment(on),
        )
