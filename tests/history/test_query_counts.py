"""How many statements each list takes: the same at few and at many rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from accord.history import operations
from accord.kernel.text import Bilingual
from accord.people import operations as people

pytestmark = pytest.mark.django_db
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("rows", [1, 12])
def test_history(cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(rows):
        cast.agreement.summary = Bilingual(f"summary {number}")
        cast.agreement.save()

    with django_assert_num_queries(13):
        cast.owner.client.get(reverse("history:history", args=[f"agreement:{cast.agreement.pk}"]))


@pytest.mark.parametrize("rows", [1, 12])
def test_seals(cast: Cast, rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(rows):
        people.ensure_institution(key=f"n{number}", name=Bilingual("N"), kind="company")
        operations.seal_events(at=AT + timedelta(minutes=number))

    with django_assert_num_queries(9):
        cast.owner.client.get(reverse("history:seals"))
