"""Who sends what: a worker claims deliveries under a lease, tries them, and settles them; many may work at once.

A claim is committed before anything leaves, so that two workers never try the same at once, and is settled only by
the attempt that made it. Where a worker dies, its claims run out and others take over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accord.outbox.enums import Channel, DeliveryState
from accord.outbox.models import UNDER_WAY, Attempt, Delivery, Message
from accord.outbox.rules import next_try

LEASE = timedelta(minutes=3)
LONGEST_ERROR = 300
NewAttempt = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try went: `final` failures are not tried again; heads and error hold no secrets."""

    succeeded: bool
    status: int | None = None
    error: str = ""
    final: bool = False
    took_ms: int = 0
    request: str = ""
    response: str = ""


def due(channel: Channel, at: datetime) -> QuerySet[Delivery]:
    """Return what waits to be tried by now: in line, failed before, or left behind by a worker that died."""
    waits = Q(state__in=[DeliveryState.QUEUED, DeliveryState.FAILED], next_at__lte=at)
    left = Q(state=DeliveryState.SENDING, claimed_until_at__lte=at)
    under_way = Delivery.objects.filter(state__in=UNDER_WAY, channel=channel)  # named for the index's sake
    return under_way.filter(waits | left).order_by("next_at", "pk")


def claim(deliveries: Iterable[Delivery], *, attempt: UUID, at: datetime) -> list[Delivery]:
    """Claim deliveries that are locked by this transaction; others leave them alone until the lease runs out."""
    claimed = list(deliveries)
    for one in claimed:
        one.state, one.attempt, one.tries = DeliveryState.SENDING, attempt, one.tries + 1
        one.claimed_until_at, one.handed_at = at + LEASE, None
    names = ["state", "attempt", "tries", "claimed_until_at", "handed_at"]
    Delivery.objects.bulk_update(claimed, names)
    return claimed


def hand_over(deliveries: Sequence[Delivery], *, attempt: UUID, at: datetime) -> bool:
    """Note that the last step begins; say whether the claim still holds. Committed before that step."""
    held = Delivery.objects.filter(pk__in=[one.pk for one in deliveries], attempt=attempt, state=DeliveryState.SENDING)
    return held.update(handed_at=at) == len(deliveries)


@transaction.atomic
def settle(deliveries: Sequence[Delivery], outcome: Outcome, *, attempt: UUID, at: datetime) -> None:
    """Write how a try went, for every delivery that the attempt still holds; what was taken over is left alone."""
    held = list(
        Delivery.objects.select_for_update()
        .filter(pk__in=[one.pk for one in deliveries], attempt=attempt, state=DeliveryState.SENDING)
        .order_by("pk")
    )
    for one in held:
        _settle(one, outcome, at)
    Delivery.objects.bulk_update(
        held, ["state", "attempt", "claimed_until_at", "sent_at", "next_at", "last_error", "tries"]
    )
    Attempt.objects.bulk_create(_row(one, outcome, at) for one in held)
    if outcome.succeeded:
        Message.objects.filter(pk__in=[one.message_id for one in held], letter__isnull=False).update(letter=None)


def _settle(one: Delivery, outcome: Outcome, at: datetime) -> None:
    """Give one delivery its next state."""
    one.attempt = one.claimed_until_at = None
    one.last_error = outcome.error[:LONGEST_ERROR]
    if outcome.succeeded:
        one.state, one.sent_at = DeliveryState.SENT, at
        return
    again = None if outcome.final else next_try(tries=one.tries, seed=one.pk, at=at)
    one.state = DeliveryState.FAILED if again else DeliveryState.GIVEN_UP
    one.next_at = again or at


def _row(one: Delivery, outcome: Outcome, at: datetime) -> Attempt:
    """Return the line of the log."""
    return Attempt(
        delivery=one,
        number=one.tries,
        started_at=at,
        took_ms=outcome.took_ms,
        succeeded=outcome.succeeded,
        status=outcome.status,
        error=outcome.error[:LONGEST_ERROR],
        request=outcome.request,
        response=outcome.response,
    )
