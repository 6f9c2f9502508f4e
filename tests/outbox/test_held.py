"""Held letters: nothing leaves before somebody lets it go, and nothing at all once it is called off."""

from datetime import timedelta

import pytest
from tests.cast import Cast
from tests.outbox.conftest import NOW, tell

from accord.kernel.access import Actor, Grant
from accord.kernel.text import Bilingual
from accord.outbox import operations, queries
from accord.outbox.enums import Channel, DeliveryState
from accord.outbox.models import Batch, Delivery, InboxNote
from accord.outbox.operations._claim import due

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def hold(cast: Cast, key: str = "round-1") -> Batch:
    batch = operations.hold_batch(
        key=key,
        title=Bilingual("Decisions", "录取结果"),
        institution_id=cast.ours.institution_id,
        by=cast.owner.person,
        at=NOW,
    )
    tell(cast.partner.person, cast.executive.person, hold=batch, key=f"{key}:letter")
    return batch


def unread(cast: Cast) -> int:
    return queries.unread_count(Actor(person_id=cast.partner.person.pk, grants=frozenset[Grant]()))


def test_held_letters_neither_leave_nor_arrive(cast: Cast) -> None:
    hold(cast)

    assert due(Channel.MAIL, NOW + timedelta(days=9)).count() == 0
    assert unread(cast) == 0


def test_released_letters_leave_and_arrive_once(cast: Cast) -> None:
    batch = hold(cast)
    operations.release_held(batch=batch, by=cast.owner.person, at=LATER)
    again = operations.release_held(batch=batch, by=cast.owner.person, at=LATER + timedelta(hours=1))

    assert again.released_at == LATER
    assert due(Channel.MAIL, LATER).count() == 2
    assert unread(cast) == 1
    assert set(InboxNote.objects.values_list("arrived_at", flat=True)) == {LATER}


def test_called_off_letters_never_leave(cast: Cast) -> None:
    batch = hold(cast)
    operations.cancel_held(batch=batch, by=cast.owner.person, at=LATER)

    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.CANCELLED}
    assert unread(cast) == 0
    with pytest.raises(operations.BatchDecided):
        operations.release_held(batch=batch, by=cast.owner.person, at=LATER)


def test_nothing_is_added_to_a_decided_batch(cast: Cast) -> None:
    operations.release_held(batch=hold(cast), by=cast.owner.person, at=LATER)

    with pytest.raises(operations.BatchDecided):
        hold(cast)


def test_letter_to_somebody_who_may_not_be_written_to_any_more_is_cancelled(cast: Cast) -> None:
    batch = hold(cast)
    cast.partner.person.state = "erased"
    cast.partner.person.save()
    operations.release_held(batch=batch, by=cast.owner.person, at=LATER)

    assert dict(Delivery.objects.values_list("person__key", "state")) == {
        "partner": DeliveryState.CANCELLED,
        "executive": DeliveryState.QUEUED,
    }
