"""Each vendor's robot, before a stand-in that checks shape and signature as the vendor documents them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from tests.cast import Cast
from tests.outbox.conftest import NOW, Clock
from tests.outbox.sinks import Post, WebSink, web_sink

from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import ChatKind, DeliveryState
from accord.outbox.models import Attempt, ChatChannel, Delivery

pytestmark = pytest.mark.django_db
HERE = operations.Caution(loopback=True)
SECRET = "SEC-planted"
Answer = tuple[int, str, dict[str, str]]


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def wecom(post: Post) -> Answer:
    """WeCom 91770: markdown.content of at most 4,096 bytes, else errcode 40058; wrong type 40008."""
    said = json.loads(post.body)
    if said.get("msgtype") != "markdown" or not said["markdown"].get("content"):
        return 200, '{"errcode":40008,"errmsg":"invalid message type"}', {}
    long = len(said["markdown"]["content"].encode()) > 4096
    return 200, '{"errcode":40058,"errmsg":"too long"}' if long else '{"errcode":0,"errmsg":"ok"}', {}


def dingtalk(post: Post) -> Answer:
    """DingTalk: timestamp in ms, sign = base64(hmac-sha256(secret, timestamp + newline + secret)); else 310000."""
    query = {key: value[0] for key, value in parse_qs(urlsplit(post.path).query).items()}
    said = json.loads(post.body)
    sound = (
        said["msgtype"] == "markdown" and set(said["markdown"]) == {"title", "text"} and len(query["timestamp"]) == 13
    )
    if not sound or query["sign"] != _signed(SECRET, f"{query['timestamp']}\n{SECRET}"):
        return 200, '{"errcode":310000,"errmsg":"sign not match"}', {}
    return 200, '{"errcode":0,"errmsg":"ok"}', {}


def feishu(post: Post) -> Answer:
    """Feishu: timestamp in s, sign = base64(hmac-sha256(timestamp + newline + secret, "")); else 19021."""
    said = json.loads(post.body)
    sound = said["msg_type"] == "text" and bool(said["content"]["text"]) and len(said["timestamp"]) == 10
    if not sound or said["sign"] != _signed(f"{said['timestamp']}\n{SECRET}", ""):
        return 200, '{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}', {}
    return 200, '{"StatusCode":0,"StatusMessage":"success","code":0,"data":{},"msg":"success"}', {}


def slack(post: Post) -> Answer:
    """Slack: text and blocks, a section of at most 3,000 characters; 400 invalid_payload else."""
    said = json.loads(post.body)
    (block,) = said["blocks"]
    sound = block["type"] == "section" and block["text"]["type"] == "mrkdwn" and len(block["text"]["text"]) <= 3000
    return (200, "ok", {}) if sound and said["text"] else (400, "invalid_payload", {})


def teams(post: Post) -> Answer:
    """Teams: a message with one adaptive card; 202 without a body."""
    (attachment,) = json.loads(post.body)["attachments"]
    card = attachment["content"]
    sound = attachment["contentType"] == "application/vnd.microsoft.card.adaptive" and card["type"] == "AdaptiveCard"
    return (202, "", {}) if sound and card["body"][0]["type"] == "TextBlock" else (400, "bad card", {})


VENDORS: list[tuple[ChatKind, Callable[[Post], Answer]]] = [
    (ChatKind.WECOM, wecom),
    (ChatKind.DINGTALK, dingtalk),
    (ChatKind.FEISHU, feishu),
    (ChatKind.SLACK, slack),
    (ChatKind.TEAMS, teams),
]
FAULTS = [
    (ChatKind.WECOM, 200, '{"errcode":45009,"errmsg":"api freq out of limit"}', "45009"),
    (ChatKind.WECOM, 200, "<html>", "could not be read"),
    (ChatKind.WECOM, 200, "{}", "None"),
    (ChatKind.DINGTALK, 200, '{"errcode":310000,"errmsg":"keywords not in content"}', "310000"),
    (ChatKind.FEISHU, 200, '{"code":19021,"msg":"sign match fail"}', "19021"),
    (ChatKind.SLACK, 200, "not ok", "not ok"),
    (ChatKind.SLACK, 404, "no_service", "no_service"),
    (ChatKind.TEAMS, 200, "Webhook message delivery failed with error: 429", "429"),
    (ChatKind.TEAMS, 400, "", "400"),
]


@pytest.fixture
def sink() -> Iterator[WebSink]:
    """Run a web server."""
    with web_sink() as running:
        yield running


def connect(cast: Cast, kind: ChatKind, url: str) -> ChatChannel:
    return operations.add_chat(
        institution_id=cast.ours.institution_id,
        name="Team",
        kind=kind,
        url=f"{url}?key=planted-key",
        secret=SECRET,
        topics=(),
        caution=HERE,
        by=cast.owner.person,
        at=NOW,
    )


def happen(cast: Cast, key: str = "e1", subject: str = "Four teams [moved] in <now>") -> None:
    operations.announce_event(
        topic="test.news",
        data={},
        institutions=[cast.ours.institution_id],
        key=key,
        at=NOW,
        subject=Bilingual(subject, "四家团队入驻"),
        url="/agreements/",
    )


def send(clock: Clock) -> int:
    return operations.send_chats(caution=HERE, site="https://accord.example.org", clock=clock, new_attempt=uuid4)


@pytest.mark.parametrize(("kind", "check"), VENDORS)
def test_vendor_takes_what_is_told(cast: Cast, sink: WebSink, clock: Clock, kind: ChatKind, check: Any) -> None:
    sink.answer = check
    connect(cast, kind, sink.url)
    happen(cast)

    assert send(clock) == 1
    assert Delivery.objects.get().last_error == ""
    told = sink.posts[0].body.decode()
    assert "Four teams" in told
    assert "四家团队入驻" in told
    assert "https://accord.example.org/agreements/" in told
    assert "<now>" not in told


@pytest.mark.parametrize(("kind", "status", "body", "said"), FAULTS)
def test_vendors_no_is_a_failure_even_in_a_200(
    cast: Cast, sink: WebSink, clock: Clock, kind: ChatKind, status: int, body: str, said: str
) -> None:
    sink.answer = lambda _post: (status, body, {})
    connect(cast, kind, sink.url)
    happen(cast)

    assert send(clock) == 0
    delivery = Delivery.objects.get()
    assert delivery.state == DeliveryState.FAILED
    assert said in delivery.last_error


def test_wrong_secret_is_found_by_the_stand_in(cast: Cast, sink: WebSink, clock: Clock) -> None:
    sink.answer = dingtalk
    connect(cast, ChatKind.DINGTALK, sink.url)
    ChatChannel.objects.update(secret="another")
    happen(cast)

    assert send(clock) == 0


def test_many_things_are_told_in_one_message_and_then_there_is_a_pause(cast: Cast, sink: WebSink, clock: Clock) -> None:
    sink.answer = wecom
    connect(cast, ChatKind.WECOM, sink.url)
    for number in range(30):
        happen(cast, key=f"e{number}", subject=f"Thing {number}")

    assert send(clock) == 20
    assert send(clock) == 0
    clock.turn(seconds=3)
    assert send(clock) == 10
    assert len(sink.posts) == 2


def test_log_names_neither_address_nor_secret(cast: Cast, sink: WebSink, clock: Clock) -> None:
    sink.answer = lambda post: (200, f'{{"errcode":1,"errmsg":"bad {SECRET}"}} {post.path}', {})
    chat = connect(cast, ChatKind.DINGTALK, sink.url)
    happen(cast)
    send(clock)
    row = Attempt.objects.get()

    kept = f"{row.request} {row.response} {row.error} {Delivery.objects.get().last_error}"
    assert SECRET not in kept
    assert chat.url not in kept


@pytest.mark.parametrize("kind", list(ChatKind))
def test_address_must_be_the_vendors(cast: Cast, kind: ChatKind) -> None:
    with pytest.raises(operations.ChatAddressRefused):
        operations.add_chat(
            institution_id=cast.ours.institution_id,
            name="Team",
            kind=kind,
            url="https://example.org/robot",
            secret="",
            topics=(),
            caution=operations.Caution(),
            by=cast.owner.person,
            at=NOW,
        )
