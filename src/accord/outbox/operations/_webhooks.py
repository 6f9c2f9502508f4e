"""Sends what is due to the endpoints of other systems; one slow endpoint does not hold up the others."""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from accord.outbox.enums import Channel, DeliveryState, EndpointState
from accord.outbox.models import Delivery, Endpoint
from accord.outbox.operations._claim import NewAttempt, Outcome, claim, due, hand_over, settle
from accord.outbox.operations._endpoints import tell_owners
from accord.outbox.operations._identity import identity_of
from accord.outbox.operations._nudge import nudge
from accord.outbox.operations._signing import signatures
from accord.outbox.operations._web import Answer, Caution, post

AT_ONCE = 8
MOST_ROUNDS = 25
GONE = 410
REDIRECTS = range(300, 400)
SUCCESS = range(200, 300)
GONE_WORDS = gettext_noop("The receiver answered 410: it wants no more.")
REDIRECTED = gettext_noop("It answered with a redirect, which is not followed. Enter the new address.")
NO_SUCCESS = gettext_noop("It did not answer with 200 to 299.")
WAS_OFF = gettext_noop("The system was switched off.")
FAILING_WORDS = gettext_noop("It failed for days without a break.")


def send_webhooks(
    *, caution: Caution, days_failing: int, clock: Callable[[], datetime], new_attempt: NewAttempt
) -> int:
    """Post what is due, eight endpoints at a time; return how many were taken.

    Only an answer from 200 to 299 counts. 410 switches the endpoint off, and so do so many days of failing; its
    owners are told. Each delivery keeps its webhook-id in every try, by which receivers drop what comes twice.
    """
    taken = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _round in range(MOST_ROUNDS):
            attempt = new_attempt()
            claimed = _claim_round(attempt, clock())
            if not claimed:
                return taken
            at = clock()
            if not hand_over(claimed, attempt=attempt, at=at):
                continue
            answers = list(pool.map(lambda one, now=at: _post(one, caution, now), claimed))
            for delivery, answer in zip(claimed, answers, strict=True):
                taken += _settle(delivery, answer, attempt, clock(), timedelta(days=days_failing))
    nudge(Channel.WEBHOOK)
    return taken


@transaction.atomic
def _claim_round(attempt: UUID, at: datetime) -> list[Delivery]:
    """Claim the next delivery of each of up to eight active endpoints."""
    waiting = due(Channel.WEBHOOK, at).filter(endpoint__state=EndpointState.ACTIVE)
    firsts = waiting.order_by("endpoint_id", "next_at", "pk").distinct("endpoint_id").values_list("pk", flat=True)
    chosen = list(firsts[:AT_ONCE])
    locked = (
        due(Channel.WEBHOOK, at)
        .filter(pk__in=chosen)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("message", "endpoint")
    )
    return claim(locked, attempt=attempt, at=at)


def body_of(delivery: Delivery) -> bytes:
    """Return what is posted; the same bytes in every try."""
    message = delivery.message
    payload = {"type": message.topic, "timestamp": message.created_at.isoformat(), "data": message.data}
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def posted_text(delivery: Delivery) -> str:
    """Return what is posted, laid out to be read."""
    return json.dumps(json.loads(body_of(delivery)), ensure_ascii=False, indent=2)


def _post(delivery: Delivery, caution: Caution, at: datetime) -> Answer:
    """Sign and post one delivery; reads no database, so that it may run beside others."""
    endpoint = delivery.endpoint
    if endpoint is None:
        raise AssertionError("a webhook has an endpoint")
    body = body_of(delivery)
    heads = signatures(endpoint, message_id=webhook_id(delivery), body=body, at=at)
    return post(endpoint.url, body, {"Content-Type": "application/json", **heads}, caution=caution)


def webhook_id(delivery: Delivery) -> str:
    """Return the id by which receivers know a message; a replay keeps it."""
    return f"msg_{identity_of('webhook', delivery.message.key)}"


def _settle(delivery: Delivery, answer: Answer, attempt: UUID, at: datetime, patience: timedelta) -> bool:
    """Write how one post went, for the delivery and for its endpoint; say whether it was taken."""
    outcome = outcome_of(delivery, answer)
    settle([delivery], outcome, attempt=attempt, at=at)
    endpoint = Endpoint.objects.filter(pk=delivery.endpoint_id or 0)
    if outcome.succeeded:
        endpoint.filter(failing_since_at__isnull=False).update(failing_since_at=None)
        return True
    endpoint.filter(failing_since_at=None).update(failing_since_at=at)
    _switch_off_where_hopeless(delivery, answer, at, patience)
    return False


def outcome_of(delivery: Delivery, answer: Answer) -> Outcome:
    """Return how a post went, with its heads as the log shows them: no signature, no body of ours."""
    error = answer.error
    if answer.status in REDIRECTS:
        error = REDIRECTED
    elif answer.status is not None and answer.status not in SUCCESS:
        error = NO_SUCCESS
    return Outcome(
        succeeded=answer.status in SUCCESS,
        status=answer.status,
        error=error,
        final=answer.status == GONE,
        took_ms=answer.took_ms,
        request=f"POST {delivery.message.topic}\nwebhook-id: {webhook_id(delivery)}",
        response=f"{answer.head}\n\n{answer.body[:500]}".strip().replace("\0", ""),
    )


@transaction.atomic
def _switch_off_where_hopeless(delivery: Delivery, answer: Answer, at: datetime, patience: timedelta) -> None:
    """Switch the endpoint off where the receiver is gone for good, and give up what still waits for it."""
    endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id or 0)
    since = endpoint.failing_since_at or at
    if endpoint.state == EndpointState.DISABLED or (answer.status != GONE and at - since < patience):
        return
    endpoint.state = EndpointState.DISABLED
    endpoint.state_reason = GONE_WORDS if answer.status == GONE else FAILING_WORDS
    endpoint.save(update_fields=["state", "state_reason"])
    give_up_waiting([endpoint.pk], at=at)
    tell_owners(endpoint=endpoint, at=at)


def give_up_waiting(endpoints: Sequence[int], *, at: datetime) -> None:
    """Give up what waits for endpoints that were switched off; it can be replayed."""
    waiting = Delivery.objects.filter(endpoint__in=endpoints, state__in=[DeliveryState.QUEUED, DeliveryState.FAILED])
    waiting.update(state=DeliveryState.GIVEN_UP, next_at=at, last_error=WAS_OFF)
