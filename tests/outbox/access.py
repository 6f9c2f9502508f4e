"""What the doors of the outbox context answer to whom."""

from typing import Any
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from tests.access import EVERYBODY, SIGNED_IN, STEWARDS, STEWARDS_KNOW, Probe, answers, done
from tests.house.stage import NOW, TODAY, Stage

from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import ChatKind, DeliveryState, SuppressionReason
from accord.outbox.models import Attempt, Delivery, InboxNote, Suppression

HERE = operations.Caution()
MARK = UUID(int=77)
CHAT_KEY, CHAT_SECRET = "planted-key-of-a-chat-robot", "SECplanted0secret0of0a0chat0robot"
LETTER_LINK = "planted-link-in-a-letter"
MANAGERS = answers(200, 404, 404, 200, 404)
"""Officers of our side, and stewards; the others do not learn what is connected or held back."""
MAY_CONNECT = answers(200, 200, 403, 200, 200)


def furnish(stage: Stage) -> None:
    """Connect a system and a chat of our side, fail at one, hold a letter back, tell the partner something."""
    cast, own = stage.cast, stage.cast.ours.institution_id
    who = {"by": cast.owner.person, "at": NOW}
    stage.rows["endpoint"] = operations.add_endpoint(
        institution_id=own,
        name="Register of the building",
        url="https://building.example.org/incoming",
        topics=[],
        mark=MARK,
        caution=HERE,
        **who,
    )
    stage.rows["chat"] = operations.add_chat(
        institution_id=own,
        name="Team of the building",
        kind=ChatKind.DINGTALK,
        url=f"https://oapi.dingtalk.com/robot/send?access_token={CHAT_KEY}",
        secret=CHAT_SECRET,
        topics=[],
        caution=HERE,
        **who,
    )
    _happen(stage)
    stage.hide("the secret of a webhook", operations.show_secret(stage.rows["endpoint"]))
    stage.hide("the key of a chat", CHAT_KEY)
    stage.hide("the secret of a chat", CHAT_SECRET)
    stage.hide("the link in somebody's letter", LETTER_LINK)
    stage.keep_private("a connected system", "Register of the building", "owner", "steward", "deputy")
    stage.keep_private("a connected chat", "Team of the building", "owner", "steward", "deputy")
    stage.keep_private("a letter that is held back", "Your place is confirmed", "owner", "steward", "deputy")
    stage.keep_private("somebody's notice", "The plan of the roof", "partner", "steward")


def _happen(stage: Stage) -> None:
    """Let things happen that are told, fail at one post, hold a letter back and keep one."""
    cast = stage.cast
    cast.record("resident-teams", 3, TODAY, recorded=NOW)
    stage.rows["post"] = post = Delivery.objects.filter(channel="webhook").earliest("pk")
    post.state, post.tries, post.last_error = DeliveryState.GIVEN_UP, 2, "It did not answer with 200 to 299."
    post.save()
    Attempt.objects.create(
        delivery=post, number=1, started_at=NOW, took_ms=12, succeeded=False, status=503, request="POST", response="no"
    )
    stage.rows["batch"] = batch = operations.hold_batch(
        key="walk",
        title=Bilingual("Decisions of round 1", "第一轮录取结果"),
        institution_id=cast.ours.institution_id,
        by=cast.owner.person,
        at=NOW,
    )
    told = [cast.executive.person.pk]
    operations.notify(
        topic="measures.evidence-decided",
        people=told,
        subject=Bilingual("Your place"),
        body=Bilingual("Your place is confirmed."),
        key="walk:held",
        at=NOW,
        hold=batch,
    )
    operations.notify(
        topic="measures.evidence-decided",
        people=[cast.partner.person.pk],
        subject=Bilingual("The plan of the roof"),
        body=Bilingual("It is decided."),
        url="/agreements/",
        key="walk:told",
        at=NOW,
    )
    stage.rows["note"] = InboxNote.objects.get(message__key="walk:told")
    mail = EmailMultiAlternatives(
        "You are invited to Accord",
        f"Open https://accord.example.org/x/{LETTER_LINK}/",
        "a@example.org",
        ["n@example.org"],
    )
    operations.keep_letter(letter=mail, key="letter:walk", at=NOW)
    stage.rows["letter"] = Delivery.objects.get(message__key="letter:walk")
    stage.rows["stopped"] = Suppression.objects.create(
        address="gone@example.org", reason=SuppressionReason.values[0], suppressed_at=NOW
    )


def row(name: str) -> Any:
    """Return what gives the parts of the address of one row."""
    return lambda stage: {"pk": stage.rows[name].pk}


def post(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address of the post that was given up."""
    return {"pk": stage.rows["endpoint"].pk, "post": stage.rows["post"].pk}


def unsubscribing(stage: Stage) -> dict[str, Any]:
    """Return the parts of the address at the end of the partner's mail."""
    return {"token": operations.unsubscribe_token(stage.cast.partner.person.pk, "measures.evidence-decided")}


def system(stage: Stage) -> dict[str, Any]:
    """Return what is sent to connect a system."""
    return {"name": "Warehouse", "url": "https://warehouse.example.org/incoming", "mark": str(UUID(int=78))}


def chat(_stage: Stage) -> dict[str, Any]:
    """Return what is sent to connect a chat."""
    return {
        "name": "Another team",
        "kind": "wecom",
        "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up",
    }


THE_PARTNERS = answers(404, 200, 404, 404, 404, deputy=404)
PROBES = [
    Probe("outbox:inbox", get=SIGNED_IN),
    Probe("outbox:read-all", post=answers(302, 302, 302, 302, 302)),
    Probe(
        "outbox:settings",
        get=SIGNED_IN,
        post=done(SIGNED_IN),
        body=lambda _stage: {"quiet_from": "22:00", "quiet_until": "06:00"},
    ),
    Probe("outbox:unsubscribe", get=EVERYBODY, post=done(EVERYBODY), at=unsubscribing),
    Probe("outbox:notice", get=THE_PARTNERS, at=row("note")),
    Probe("outbox:open-notice", post=done(THE_PARTNERS), at=row("note")),
    Probe("outbox:unread-notice", post=done(THE_PARTNERS), at=row("note")),
    Probe("outbox:letters", get=SIGNED_IN),
    Probe("outbox:suppressions", get=STEWARDS),
    Probe("outbox:lift-suppression", post=done(STEWARDS), at=row("stopped")),
    Probe("outbox:batches", get=SIGNED_IN),
    Probe("outbox:batch", get=MANAGERS, at=row("batch")),
    Probe("outbox:release-batch", post=done(MANAGERS), at=row("batch")),
    Probe("outbox:cancel-batch", post=done(MANAGERS), at=row("batch")),
    Probe("outbox:letter", get=STEWARDS_KNOW, at=row("letter")),
    Probe("outbox:endpoints", get=SIGNED_IN),
    Probe("outbox:add-endpoint", get=MAY_CONNECT, post=done(MAY_CONNECT), body=system),
    Probe("outbox:endpoint", get=MANAGERS, at=row("endpoint")),
    Probe(
        "outbox:change-endpoint",
        get=MANAGERS,
        post=done(MANAGERS),
        at=row("endpoint"),
        body=lambda _stage: {"name": "Register of both buildings"},
    ),
    Probe("outbox:rotate-secret", post=done(MANAGERS), at=row("endpoint")),
    Probe("outbox:pause-endpoint", post=done(MANAGERS), at=row("endpoint")),
    Probe("outbox:resume-endpoint", post=MANAGERS.but(owner=302, steward=302, deputy=302), at=row("endpoint")),
    Probe("outbox:ping-endpoint", post=done(MANAGERS), at=row("endpoint")),
    Probe(
        "outbox:replay-since",
        post=done(MANAGERS),
        at=row("endpoint"),
        body=lambda _stage: {"since": "2019-09-01"},
    ),
    Probe("outbox:post", get=MANAGERS, at=post),
    Probe("outbox:replay-post", post=done(MANAGERS), at=post),
    Probe("outbox:chats", get=SIGNED_IN),
    Probe("outbox:add-chat", get=MAY_CONNECT, post=done(MAY_CONNECT), body=chat),
    Probe("outbox:chat", get=MANAGERS, at=row("chat")),
    Probe("outbox:pause-chat", post=done(MANAGERS), at=row("chat")),
    Probe("outbox:resume-chat", post=done(MANAGERS), at=row("chat")),
    Probe("outbox:ping-chat", post=done(MANAGERS), at=row("chat")),
]
