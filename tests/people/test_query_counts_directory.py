"""Lists of the directory ask the database the same few questions, however much there is to show."""

from datetime import date

import pytest
from django.db import transaction
from tests.cast import LONG_AGO, Cast, make_cast, moment
from tests.picture import Picture

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.operations import InstitutionFacts, PersonFacts

PAGES = [
    ("steward", "/institutions/", 8),
    ("owner", "/institutions/", 8),  # one more: what waits for officers
    ("steward", "/people/", 9),  # one of them notes whose data was shown
    ("owner", "/people/", 10),  # one more again: whom the actor's agreements make known
    ("steward", "/directory/duplicates/people/", 11),  # the bound of likeness holds in a transaction of its own
    ("steward", "/directory/duplicates/institutions/", 11),
    ("steward", "/directory/merges/", 8),
    ("owner", "/institutions/first/", 11),
]


def filled(number: int) -> Cast:
    """Make the cast, and fill."""
    cast = make_cast()
    fill(cast, range(number))
    return cast


LITTLE, MUCH = Picture(lambda: filled(2)), Picture(lambda: filled(6))


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(
    django_assert_num_queries, who: str, path: str, queries: int
) -> None:
    with transaction.atomic():
        client = getattr(LITTLE.show(), who).client
        client.get(path)  # fills what a process keeps
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200
        transaction.set_rollback(True)

    client = getattr(MUCH.show(), who).client
    with django_assert_num_queries(queries):
        client.get(path)


def fill(cast: Cast, numbers: range) -> None:
    """Add institutions with units and people who look alike, at them and at the first one, and merge some."""
    by = {"by": cast.steward.person, "at": moment(date(2019, 9, 30))}
    first = people.ensure_institution(key="first", name=Bilingual("First"), kind="university")
    for number in numbers:
        facts = InstitutionFacts(Bilingual(f"College of Testing {number}"), "university", website="https://c.example")
        house = people.add_institution(facts=facts, **by)
        people.ensure_unit(institution=first, name=Bilingual(f"Unit {number}"), parent=None, **by)
        trio = [
            people.add_person_at(
                facts=PersonFacts(Bilingual(f"Person Number {number}")), institution=place, starts_on=LONG_AGO, **by
            )
            for place in (house, first, cast.ours.institution)
        ]
        people.merge_persons(kept=trio[0], gone=trio[1], versions=(1, 1), facts=PersonFacts(trio[0].name), **by)
