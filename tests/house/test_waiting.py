"""How contexts count what waits: of the actor alone, so that the compiled count may be kept for the next page."""

from datetime import date

import pytest
from django.core.exceptions import EmptyResultSet
from pytest_django import DjangoAssertNumQueries

from accord.kernel.access import Actor, Grant
from accord.kernel.finding import Waits, waits
from accord.people.enums import Role

ROLES = [frozenset({Grant(role, institution)}) for role in Role for institution in (None, 7)]
ACTORS = [Actor(), Actor(5), Actor(5, for_person=6), *(Actor(5, grants=one) for one in ROLES)]


@pytest.mark.django_db
@pytest.mark.parametrize("offer", waits.all().values(), ids=waits.all())
def test_a_count_asks_nothing_and_reads_no_clock(
    offer: Waits, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        counts = [rows for actor in ACTORS if (rows := offer.count(actor)) is not None]

    assert counts
    for rows in counts:
        try:
            _sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        assert [one for one in params if isinstance(one, date) and one.year > 1] == []  # which arithmetic begins at
