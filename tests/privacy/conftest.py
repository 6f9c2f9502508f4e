"""Somebody with a row in every table that can hold one, and words to look for in each of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.cast import Cast

from accord.agreements import operations as agreements
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person
from accord.people.operations import PersonFacts

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
TODAY = NOW.date()
LONG_AGO = date(2010, 1, 1)


@pytest.fixture
def someone(cast: Cast) -> Person:
    """Add a person of our institution with an account, an ORCID iD and a seat at a meeting."""
    facts = PersonFacts(Bilingual("Zheng Qiaomu", "郑乔木"), email="qiaomu@example.org", orcid="0000-0002-1825-0097")
    person = people.add_person_at(
        facts=facts,
        institution=cast.ours.institution,
        starts_on=LONG_AGO,
        title=Bilingual("Dean of Zhengs", "郑院长"),
        by=cast.steward.person,
        at=NOW,
    )
    people.open_account(person=person, email="Qiaomu.Zheng@example.org", password=None)
    agreements.record_engagement(
        agreement=cast.agreement,
        kind="visit",
        title=Bilingual("Visit"),
        held_on=date(2019, 8, 1),
        place=Bilingual("Chengdu"),
        attendees=12,
        persons=[person.pk, cast.owner.person.pk],
        by=cast.owner.person,
        at=NOW,
    )
    return person


@pytest.fixture
def do(cast: Cast) -> Callable[..., Any]:
    """Return a way to call an operation as the steward, now."""

    def call(operation: Callable[..., Any], **named: Any) -> Any:
        return operation(**{"by": cast.steward.person, "at": NOW, **named})

    return call
