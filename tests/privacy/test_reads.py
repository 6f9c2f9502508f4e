"""Distinct people are counted once a year for each pair of countries; reading at home counts nothing."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.cast import Cast, Member
from tests.privacy.conftest import LONG_AGO, NOW

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.outbox.models import Message
from accord.people import operations as people
from accord.people.models import Institution, Person
from accord.people.operations import PersonFacts
from accord.privacy import operations, queries
from accord.privacy.enums import Level
from accord.privacy.models import CountedRead, ReadNote
from accord.privacy.rules import level_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def abroad(cast: Cast) -> list[Person]:
    """Put the owner in London and three people in Chengdu, whom the owner may see."""
    Institution.objects.filter(pk=cast.theirs.institution_id).update(country="GB")
    Institution.objects.filter(pk=cast.ours.institution_id).update(country="CN")
    by = {"by": cast.steward.person, "at": NOW}
    return [
        people.add_person_at(
            facts=PersonFacts(Bilingual(f"Resident {number}")),
            institution=cast.ours.institution,
            starts_on=LONG_AGO,
            **by,
        )
        for number in range(3)
    ]


def counted() -> set[tuple[str, str, int]]:
    operations.count_reads(at=datetime.now(UTC))
    return set(CountedRead.objects.values_list("from_country", "to_country", "person_id"))


def test_opening_a_person_abroad_counts_them_once(cast: Cast, abroad: list[Person]) -> None:
    one = abroad[0]
    for _time in range(3):
        cast.partner.client.get(f"/people/{one.pk}/")

    assert ReadNote.objects.count() == 3
    assert counted() == {("CN", "GB", one.pk)}
    assert (ReadNote.objects.count(), counted()) == (0, {("CN", "GB", one.pk)})


@pytest.mark.parametrize("path", ["/people/", "/people/?format=csv", "/institutions/dreamworks/"])
def test_lists_and_files_count_everybody_whom_they_show(cast: Cast, abroad: list[Person], path: str) -> None:
    answer = cast.partner.client.get(path)
    shown = b"".join(answer) if answer.streaming else answer.content

    assert b"Resident 2" in shown
    assert {("CN", "GB", one.pk) for one in abroad} <= counted()


def test_the_api_counts_as_the_page_does(cast: Cast, abroad: list[Person]) -> None:
    answer = cast.partner.client.get(f"/api/v1/persons/{abroad[0].pk}")

    assert answer.status_code == 200
    assert counted() == {("CN", "GB", abroad[0].pk)}


def test_reading_at_home_and_reading_oneself_count_nothing(cast: Cast, abroad: list[Person]) -> None:
    cast.owner.client.get(f"/people/{abroad[0].pk}/")
    cast.partner.client.get(f"/people/{cast.partner.person.pk}/")

    assert counted() == set()


def test_who_belongs_to_the_readers_country_as_well_is_not_read_from_abroad(cast: Cast, abroad: list[Person]) -> None:
    people.affiliate(
        person=abroad[0], institution=cast.theirs.institution, starts_on=LONG_AGO, by=cast.steward.person, at=NOW
    )
    cast.partner.client.get(f"/people/{abroad[0].pk}/")

    assert counted() == set()


def test_a_declared_country_goes_before_that_of_the_institution(cast: Cast, abroad: list[Person]) -> None:
    Person.objects.filter(pk=cast.owner.person.pk).update(country="SG")
    cast.owner.client.get(f"/people/{abroad[0].pk}/")

    assert counted() == {("CN", "SG", abroad[0].pk)}


def test_each_year_counts_by_itself(cast: Cast, abroad: list[Person]) -> None:
    for year in (2025, 2026, 2026):
        note(cast.partner, abroad[:1], datetime(year, 1, 1, tzinfo=UTC))
    counted()

    first = queries.standings(2025)[0]
    assert (first.people, first.level) == (1, Level.BELOW)
    assert sum(one.people for one in queries.crossings(2026)) == 1


def note(reader: Member, shown: list[Person], at: datetime, **more: Any) -> None:
    operations.note_reads(Actor(person_id=reader.person.pk), [one.pk for one in shown], at, **more)


@pytest.mark.parametrize(
    ("people", "threshold", "level"),
    [
        (79_999, 100_000, "below"),
        (80_000, 100_000, "near"),
        (99_999, 100_000, "near"),
        (100_000, 100_000, "over"),
        (0, 1, "below"),
        (1, 1, "over"),
        (7_999, 10_000, "below"),
        (8_000, 10_000, "near"),
    ],
)
def test_a_threshold_is_near_from_80_per_cent_on(people: int, threshold: int, level: str) -> None:
    assert level_of(people, threshold) == level


def test_sensitive_data_reaches_its_threshold_with_the_first_person_and_is_told_once(
    cast: Cast, abroad: list[Person], do: Callable[..., Any]
) -> None:
    for _time in range(2):
        note(cast.partner, abroad[:1], NOW, is_sensitive=True)
        operations.count_reads(at=NOW)

    told = Message.objects.filter(topic="privacy.threshold")
    assert [message.subject.en for message in told] == ["1 people of CN were read from abroad this year"]
    assert [one.level for one in queries.standings(2026) if one.threshold.sensitive] == [Level.OVER, Level.BELOW]


def test_noting_takes_one_write_and_counting_a_few(
    cast: Cast, abroad: list[Person], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        note(cast.partner, abroad, NOW)
    with django_assert_num_queries(9):
        operations.count_reads(at=NOW)
    for _time in range(5):
        note(cast.partner, abroad, NOW)
    with django_assert_num_queries(9):
        operations.count_reads(at=NOW)
