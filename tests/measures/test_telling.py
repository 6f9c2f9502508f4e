"""Who is told of a delivery: the other side that it waits, whoever entered it what became of it; systems of both."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.cast import Cast, moment

from accord.kernel.text import Bilingual
from accord.measures import operations as measures
from accord.outbox import operations as outbox
from accord.outbox.models import Delivery, InboxNote, Message

pytestmark = pytest.mark.django_db
ON = date(2019, 8, 20)


def told() -> set[tuple[str, str]]:
    return set(InboxNote.objects.values_list("message__topic", "person__key"))


def test_officers_of_the_other_side_are_told_that_an_entry_waits(cast: Cast) -> None:
    entry = cast.record("resident-teams", 4, ON)

    assert told() == {(measures.ENTERED, "partner")}
    message = Message.objects.get()
    assert (message.record, message.url) == (f"evidence:{entry.pk}", f"/agreements/chengdu-cass/evidence/{entry.pk}/")


def test_whoever_entered_it_is_told_of_every_decision_once(cast: Cast) -> None:
    entry = cast.record("resident-teams", 4, ON, confirmed=moment(ON + timedelta(days=1)))
    measures.confirm_evidence(
        evidence=entry, version=1, party=cast.theirs, by=cast.partner.person, at=moment(ON + timedelta(days=2))
    )
    measures.contest_evidence(
        evidence=entry,
        version=2,
        reason="Three.",
        party=cast.theirs,
        by=cast.partner.person,
        at=moment(ON + timedelta(days=3)),
    )

    mine = InboxNote.objects.filter(person=cast.owner.person).order_by("pk")
    assert [note.message.subject.en for note in mine] == [
        "A delivery was confirmed: A delivery",
        "A delivery was contested: A delivery",
    ]


def test_systems_of_both_sides_are_told(cast: Cast) -> None:
    for party in (cast.ours, cast.theirs):
        outbox.add_endpoint(
            institution_id=party.institution_id,
            name="Register",
            url="https://example.org/",
            topics=(),
            mark=uuid4(),
            caution=outbox.Caution(),
            by=cast.owner.person,
            at=moment(ON),
        )
    entry = cast.record("resident-teams", 4, ON)

    posts = Delivery.objects.filter(channel="webhook")
    assert set(posts.values_list("endpoint__institution", flat=True)) == {
        cast.ours.institution_id,
        cast.theirs.institution_id,
    }
    assert posts.first().message.data == {
        "agreement": "chengdu-cass",
        "evidence": entry.pk,
        "measure": entry.measure_code,
        "promises": ["resident-teams"],
        "amount": "4",
        "occurred_on": "2019-08-20",
    }


def test_nobody_is_told_of_what_is_entered_quietly(cast: Cast) -> None:
    measures.record_evidence(
        shares={cast.promise("resident-teams"): Decimal(1)},
        party=cast.ours,
        amount=Decimal(4),
        occurred_on=ON,
        label=Bilingual("A delivery"),
        document="Minutes",
        by=cast.owner.person,
        at=moment(ON),
        quiet=True,
    )

    assert Message.objects.count() == 0


def test_nobody_is_told_of_what_is_refused(cast: Cast) -> None:
    with pytest.raises(measures.EvidenceRefused):
        cast.record("resident-teams", 4, ON, recorded=moment(ON - timedelta(days=1)))

    assert Message.objects.count() == 0
