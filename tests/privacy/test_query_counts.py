"""Pages of privacy ask the database the same few questions, however much there is to show."""

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.privacy.conftest import NOW, TODAY

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.operations import PersonFacts
from accord.privacy import operations
from accord.privacy.models import CountedRead
from accord.privacy.operations import TransferFacts

PAGES = [
    ("owner", "/privacy/", 16),
    ("owner", "/privacy/consents/", 9),
    ("owner", "/privacy/requests/", 8),
    ("steward", "/privacy/requests/", 8),
    ("steward", "/privacy/restricted/", 7),
    ("steward", "/privacy/transfers/", 11),
    ("owner", "/privacy/register/", 6),
]


@pytest.mark.parametrize(("who", "path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(
    cast: Cast, django_assert_num_queries, who: str, path: str, queries: int
) -> None:
    client = getattr(cast, who).client
    fill(cast, range(2))
    client.get(path)  # fills what a process keeps

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
    fill(cast, range(2, 6))
    with django_assert_num_queries(queries):
        client.get(path)


def fill(cast: Cast, numbers: range) -> None:
    """Add people who ask, agree, are restricted, are read abroad, and transfers."""
    by = {"by": cast.steward.person, "at": NOW}
    owner = cast.owner.person
    for number in numbers:
        one = people.add_person(facts=PersonFacts(Bilingual(f"Person {number}")), **by)
        for person, kind in ((one, "access"), (owner, "correction")):
            operations.ask(person=person, kind=kind, words="x", language="en", by=person, at=NOW)
        operations.give_consent(
            person=owner, purpose="news", text_version=1, language="en", channel="page", by=owner, at=NOW
        )
        operations.withdraw_consent(person=owner, purpose="news", by=owner, at=NOW + timedelta(days=1))
        operations.restrict(person=one, why="Asked", **by)
        facts = TransferFacts(
            exporter_id=cast.ours.institution_id,
            recipient_id=cast.theirs.institution_id,
            country="GB",
            categories=Bilingual("Names"),
            basis="exempt",
            starts_on=TODAY,
        )
        operations.keep_transfer(facts=facts, **by)
        CountedRead.objects.create(year=TODAY.year, from_country="CN", to_country="GB", person=one, first_at=NOW)
