"""Events as a receiver gets them: signed, tried again, replayed, switched off where nobody takes them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from tests.cast import Cast
from tests.outbox.conftest import NOW, Clock
from tests.outbox.sinks import WebSink, web_sink

from accord.outbox import operations
from accord.outbox.enums import DeliveryState, EndpointState
from accord.outbox.models import Attempt, Delivery, Endpoint, InboxNote, Message

pytestmark = pytest.mark.django_db
HERE = operations.Caution(loopback=True)


@pytest.fixture
def sink() -> Iterator[WebSink]:
    """Run a web server."""
    with web_sink() as running:
        yield running


def connect(cast: Cast, url: str, *, topics: tuple[str, ...] = (), mark: UUID | None = None) -> Endpoint:
    return operations.add_endpoint(
        institution_id=cast.ours.institution_id,
        name="Register",
        url=url,
        topics=topics,
        mark=mark or uuid4(),
        caution=HERE,
        by=cast.owner.person,
        at=NOW,
    )


def happen(cast: Cast, key: str = "e1", topic: str = "test.news", **more: Any) -> None:
    fields = {"data": {"evidence": 7, "label": "四家团队"}, **more}
    operations.announce_event(topic=topic, institutions=[cast.ours.institution_id], key=key, at=NOW, **fields)


def send(clock: Clock, days: int = 5) -> int:
    return operations.send_webhooks(caution=HERE, days_failing=days, clock=clock, new_attempt=uuid4)


def verify(secret: str, sink: WebSink, number: int = -1) -> Any:
    return Webhook(secret).verify(sink.posts[number].body, sink.posts[number].headers)


@pytest.fixture(autouse=True)
def _present_time(clock: Clock) -> None:
    """Receivers refuse old timestamps, so posts are signed now."""
    from datetime import UTC, datetime  # noqa: PLC0415 (the only test that needs the real clock)

    clock.now = datetime.now(UTC)


def test_event_arrives_signed_so_that_the_reference_library_takes_it(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    happen(cast)

    assert send(clock) == 1
    assert verify(operations.show_secret(endpoint), sink) == {
        "type": "test.news",
        "timestamp": NOW.isoformat(),
        "data": {"evidence": 7, "label": "四家团队"},
    }
    assert sink.posts[0].headers["content-type"] == "application/json"
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_tampered_event_is_refused_by_the_reference_library(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    happen(cast)
    send(clock)
    sink.posts[0].body = sink.posts[0].body.replace(b"7", b"8")

    with pytest.raises(WebhookVerificationError):
        verify(operations.show_secret(endpoint), sink)


def test_both_secrets_sign_for_a_day_then_the_new_one_alone(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    old = operations.show_secret(endpoint)
    mark = uuid4()
    endpoint = operations.rotate_secret(endpoint=endpoint, mark=mark, at=clock.now)
    endpoint = operations.rotate_secret(endpoint=endpoint, mark=mark, at=clock.now)
    new = operations.show_secret(endpoint)
    happen(cast)
    send(clock)

    assert old != new
    assert verify(old, sink) == verify(new, sink)
    Endpoint.objects.update(old_secret_until_at=clock.now)
    happen(cast, key="e2")
    send(clock)
    assert verify(new, sink)["data"]["evidence"] == 7
    with pytest.raises(WebhookVerificationError):
        verify(old, sink)


def test_same_key_is_one_event_and_only_those_concerned_are_told(cast: Cast, sink: WebSink) -> None:
    connect(cast, sink.url)
    connect(cast, f"{sink.url}/other", topics=("test.urgent",))
    happen(cast)
    happen(cast)
    operations.announce_event(topic="test.news", data={}, institutions=[cast.theirs.institution_id], key="e2", at=NOW)

    assert list(Delivery.objects.values_list("endpoint__url", flat=True)) == [sink.url]


def test_failing_receiver_is_tried_ten_times_under_one_id(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, sink.url)
    sink.answer = lambda _post: (500, "no", {})
    happen(cast)
    for _try in range(12):
        send(clock, days=60)
        clock.turn(hours=27)

    assert len(sink.posts) == 10
    assert len({post.headers["webhook-id"] for post in sink.posts}) == 1
    assert len({post.headers["webhook-timestamp"] for post in sink.posts}) == 10
    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_receiver_that_mends_itself_is_no_longer_failing(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, sink.url)
    sink.answer = lambda _post: (503, "", {})
    happen(cast)
    send(clock)
    assert Endpoint.objects.get().failing_since_at == clock.now
    sink.answer = lambda _post: (204, "", {})
    clock.turn(seconds=10)

    assert send(clock) == 1
    assert Endpoint.objects.get().failing_since_at is None


def test_gone_receiver_is_switched_off_and_its_owners_are_told(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, sink.url)
    sink.answer = lambda _post: (410, "", {})
    happen(cast)
    happen(cast, key="e2")
    send(clock)

    assert len(sink.posts) == 1
    assert Endpoint.objects.get().state == EndpointState.DISABLED
    assert set(Delivery.objects.filter(channel="webhook").values_list("state", flat=True)) == {DeliveryState.GIVEN_UP}
    assert list(InboxNote.objects.values_list("person__key", flat=True)) == ["owner"]
    happen(cast, key="e3")
    assert not Message.objects.filter(key="e3").exists()


def test_receiver_that_fails_for_days_is_switched_off(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, sink.url)
    sink.answer = lambda _post: (500, "", {})
    happen(cast)
    send(clock)
    clock.turn(days=4)
    send(clock)
    assert Endpoint.objects.get().state == EndpointState.ACTIVE
    clock.turn(days=1, hours=1)
    send(clock)

    assert Endpoint.objects.get().state == EndpointState.DISABLED


def test_redirect_is_a_failure_that_says_so_and_leads_nowhere(cast: Cast, sink: WebSink, clock: Clock) -> None:
    with web_sink() as elsewhere:
        connect(cast, sink.url)
        sink.answer = lambda _post: (302, "", {"Location": elsewhere.url})
        happen(cast)
        send(clock)

        assert elsewhere.posts == []
    assert "redirect" in Delivery.objects.get().last_error


def test_paused_receiver_gets_what_was_kept_when_it_goes_on(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = operations.pause_endpoint(endpoint=connect(cast, sink.url))
    happen(cast)

    assert send(clock) == 0
    operations.resume_endpoint(endpoint=endpoint)
    assert send(clock) == 1


def test_replay_posts_again_under_the_same_id(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, sink.url)
    happen(cast)
    send(clock)
    operations.replay(delivery=Delivery.objects.get(), at=clock.now)
    send(clock)

    first, second = (post.headers["webhook-id"] for post in sink.posts)
    assert first == second


def test_replay_since_takes_what_was_missed_and_nothing_else(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    for number, state in enumerate([DeliveryState.GIVEN_UP, DeliveryState.SENT, DeliveryState.GIVEN_UP]):
        happen(cast, key=f"e{number}")
        Delivery.objects.filter(message__key=f"e{number}").update(state=state, sent_at=NOW)
    Message.objects.filter(key="e0").update(created_at=NOW - timedelta(days=3))

    assert operations.replay_since(endpoint=endpoint, since=NOW, at=clock.now) == 1
    assert Delivery.objects.get(state=DeliveryState.QUEUED).message.key == "e2"


def test_large_event_is_refused_and_nothing_is_written(cast: Cast, sink: WebSink) -> None:
    connect(cast, sink.url)

    with pytest.raises(operations.EventTooLarge):
        happen(cast, data={"text": "团" * 7000})
    assert Message.objects.count() == 0


def test_one_slow_or_dead_receiver_holds_nobody_up(cast: Cast, sink: WebSink, clock: Clock) -> None:
    connect(cast, "http://127.0.0.1:1/dead")
    connect(cast, sink.url)
    happen(cast)

    assert send(clock) == 1
    assert len(sink.posts) == 1


def test_log_keeps_heads_and_no_secret(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    sink.answer = lambda post: (200, post.headers["webhook-signature"][:5], {"Set-Cookie": "id=7", "X-Trace": "t"})
    happen(cast)
    send(clock)
    row = Attempt.objects.get()

    assert "webhook-id: msg_" in row.request
    assert "X-Trace: t" in row.response
    assert "id=7" not in row.response
    for text in (row.request, row.response):
        assert sink.posts[0].headers["webhook-signature"] not in text
        assert operations.show_secret(endpoint) not in text


def test_ping_reaches_its_endpoint_alone(cast: Cast, sink: WebSink, clock: Clock) -> None:
    endpoint = connect(cast, sink.url)
    connect(cast, f"{sink.url}/other")
    operations.ping_endpoint(endpoint=endpoint, key="p1", at=clock.now)
    operations.ping_endpoint(endpoint=endpoint, key="p1", at=clock.now)

    assert send(clock) == 1
    assert [post.path for post in sink.posts] == ["/hook"]


def test_same_mark_is_one_endpoint_and_same_address_is_refused(cast: Cast, sink: WebSink) -> None:
    mark = uuid4()
    assert connect(cast, sink.url, mark=mark) == connect(cast, sink.url, mark=mark)

    with pytest.raises(operations.AddressTaken):
        connect(cast, sink.url)
    with pytest.raises(operations.TopicUnknown):
        connect(cast, f"{sink.url}/2", topics=("test.unheard",))
