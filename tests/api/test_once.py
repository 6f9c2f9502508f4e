"""A creating request with a key happens once, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections, transaction
from tests.api.conftest import AGREEMENT, Caller, caller_for
from tests.cast import Cast, make_cast

from accord.agreements.models import Engagement
from accord.kernel.api._once import KEPT_FOR, _hold, answer_once
from accord.kernel.api.jobs import forget
from accord.kernel.models import IdempotencyRecord

NEW = f"{AGREEMENT}/engagements"
MEETING: dict[str, Any] = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
KEY = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'


def test_same_key_and_body_gets_the_same_answer_and_makes_nothing(owner: Caller) -> None:
    first = owner.post(NEW, MEETING, idempotency_key=KEY)
    again = owner.post(NEW, MEETING, idempotency_key=KEY.strip('"'))

    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, first.headers["Location"], first.headers["ETag"]) == (
        again.content,
        again.headers["Location"],
        again.headers["ETag"],
    )
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert Engagement.objects.count() == 1


def test_same_key_with_another_body_is_refused(owner: Caller) -> None:
    owner.post(NEW, MEETING, idempotency_key=KEY)

    other = owner.post(NEW, {**MEETING, "attendees": 13}, idempotency_key=KEY)

    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert Engagement.objects.count() == 1


def test_without_a_key_each_request_makes_one(owner: Caller) -> None:
    owner.post(NEW, MEETING)
    owner.post(NEW, MEETING)

    assert Engagement.objects.count() == 2


def test_key_is_bound_to_its_token(owner: Caller, partner: Caller) -> None:
    owner.post(NEW, MEETING, idempotency_key=KEY)

    others = partner.post(NEW, MEETING, idempotency_key=KEY)

    assert (others.status_code, "Idempotency-Replayed" in others.headers) == (201, False)
    assert Engagement.objects.count() == 2


def test_refused_request_leaves_its_key_free(owner: Caller) -> None:
    wrong = owner.post(NEW, {**MEETING, "held_on": "2999-01-01"}, idempotency_key=KEY)
    mended = owner.post(NEW, MEETING, idempotency_key=KEY)

    assert (wrong.status_code, mended.status_code) == (422, 201)


@pytest.mark.parametrize("key", ['""', "", "x" * 256, "schlüssel".encode().decode("latin-1")])
def test_key_of_another_form_is_refused(owner: Caller, key: str) -> None:
    answer = owner.post(NEW, MEETING, idempotency_key=key)

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "Idempotency-Key")


def test_kept_answers_are_dropped_after_a_day(owner: Caller) -> None:
    owner.post(NEW, MEETING, idempotency_key=KEY)
    made_at = IdempotencyRecord.objects.get().made_at

    assert forget(at=made_at + KEPT_FOR) == 0
    assert forget(at=made_at + KEPT_FOR + timedelta(seconds=1)) == 1


def test_a_fault_after_the_effect_leaves_neither_effect_nor_key(owner: Caller, rf: Any) -> None:
    request = rf.post(NEW, "{}", content_type="application/json")

    def effect_then_death() -> Any:
        Engagement.objects.all().delete()
        IdempotencyRecord.objects.create(owner="x", key="y", digest="", status=1, made_at="2019-01-01T00:00Z")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        answer_once(
            request,
            owner="token:1",
            key="k",
            at=IdempotencyRecord._meta.get_field("made_at").to_python("2019-01-01T00:00Z"),
            run=effect_then_death,
        )

    assert IdempotencyRecord.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_racing_requests_with_one_key_make_one_record(django_db_serialized_rollback: None) -> None:
    cast: Cast = make_cast()
    caller = caller_for(cast.owner)
    owner = f"token:{cast.owner.person.tokens.get().pk}"
    start = Barrier(8)

    with transaction.atomic(), ThreadPoolExecutor(1) as pool:
        _hold(owner, "held")
        in_flight = pool.submit(_send, caller, "held").result()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _number: _send(caller, "raced", start), range(8)))

    assert in_flight == (409, "key-in-flight", "1")
    assert Engagement.objects.count() == 1
    assert set(answers) <= {(201, "", ""), (409, "key-in-flight", "1")}
    assert (201, "", "") in answers


def _send(caller: Caller, key: str, start: Barrier | None = None) -> tuple[int, str, str]:
    """Send the request from a thread of its own; return status, code and Retry-After."""
    try:
        if start:
            start.wait()
        answer = Caller(caller.token).post(NEW, MEETING, idempotency_key=key)
        return answer.status_code, str(answer.json().get("code", "")), answer.headers.get("Retry-After", "")
    finally:
        connections.close_all()
