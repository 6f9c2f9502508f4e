"""Inbox, preferences, letters, held letters, webhooks and chats, in the states worth a look."""

from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from tests.browser.way import View, at, go, send
from tests.browser.world import TODAY, Scene
from tests.cast import moment

from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.enums import ChatKind, DeliveryState
from accord.outbox.models import Attempt, Batch, Delivery, Endpoint, InboxNote

HERE = operations.Caution()
AT = moment(TODAY, 2)
FIRST, SECOND = UUID(int=1), UUID(int=2)


def _to(prefix: str, model: type, suffix: str = "", **which: object) -> object:
    """Return the way to the page of one row."""
    return lambda page, _scene: go(page, f"{prefix}{model.objects.filter(**which).latest('pk').pk}/{suffix}")


def _post(page: object, _scene: Scene) -> None:
    """Go to the post that failed."""
    found = Delivery.objects.filter(channel="webhook", state=DeliveryState.FAILED).latest("pk")
    go(page, f"/webhooks/{found.endpoint_id}/posts/{found.pk}/")


VIEWS = [
    View("inbox", "partner", at("/notices/")),
    View("inbox, empty", "outsider", at("/notices/")),
    View("notice", "partner", _to("/notices/", InboxNote, person__key="partner", arrived_at__isnull=False)),
    View("what one is told", "owner", at("/notices/settings/")),
    View("what one is told, wrong", "owner", send("/notices/settings/", quiet_from="22:00"), 422),
    View("letters", "steward", at("/letters/")),
    View("letter", "steward", _to("/letters/", Delivery, message__kind="letter")),
    View("held letters", "owner", _to("/letters/held/", Batch)),
    View("webhooks", "owner", at("/webhooks/")),
    View("webhook, switched off", "owner", _to("/webhooks/", Endpoint)),
    View("webhook post", "owner", _post),
    View("new webhook, wrong", "owner", send("/webhooks/new/", name="", url="http://10.0.0.1/"), 422),
    View("new chat", "owner", at("/chats/new/")),
    View("chats", "owner", at("/chats/")),
]


def furnish(scene: Scene) -> None:
    """Hold letters, connect systems, fail at some."""
    cast = scene.cast
    own = cast.ours.institution_id
    for number, mark in enumerate((FIRST, SECOND)):
        operations.add_endpoint(
            institution_id=own,
            name=("Register of the innovation centre", "Data warehouse")[number],
            url=f"https://register{number}.example.org/accord/webhooks/incoming",
            topics=["measures.evidence-entered"] if number else [],
            mark=mark,
            caution=HERE,
            by=cast.owner.person,
            at=AT,
        )
    operations.add_chat(
        institution_id=own,
        name="Partnership team",
        kind=ChatKind.WECOM,
        url="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up",
        secret="",
        topics=[],
        caution=HERE,
        by=cast.owner.person,
        at=AT,
    )
    cast.record("resident-teams", 3, TODAY, recorded=AT)
    _fail()
    mail = EmailMultiAlternatives(
        "You are invited to Accord",
        "Open https://accord.example.org/invitations/made-up/",
        "a@example.org",
        ["n@example.org"],
    )
    operations.keep_letter(letter=mail, key="letter:browser", at=AT)
    batch = operations.hold_batch(
        key="browser",
        title=Bilingual("Decisions of round 1", "第一轮录取结果"),
        institution_id=own,
        by=cast.owner.person,
        at=AT,
    )
    operations.notify(
        topic="measures.evidence-decided",
        people=[cast.partner.person.pk, cast.executive.person.pk],
        subject=Bilingual("Your place in the programme", "您的项目名额"),
        body=Bilingual(
            "You are placed at the innovation centre. Say by Friday whether you come.",
            "您已被创新中心录取。周五前答复是否报到。",
        ),
        key="browser:held",
        at=AT,
        hold=batch,
    )


def _fail() -> None:
    """Let a post fail, and switch a system off."""
    post = Delivery.objects.filter(channel="webhook").earliest("pk")
    post.state, post.tries, post.last_error = DeliveryState.FAILED, 2, "It did not answer with 200 to 299."
    post.save()
    for number in (1, 2):
        Attempt.objects.create(
            delivery=post,
            number=number,
            started_at=AT,
            took_ms=212,
            succeeded=False,
            status=503,
            error=post.last_error,
            request="POST measures.evidence-entered\nwebhook-id: msg_0123456789abcdef0123456789abcdef",
            response="Content-Type: text/plain\nServer: made-up\n\nupstream connect error or disconnect before headers",
        )
    endpoint = Endpoint.objects.latest("pk")
    endpoint.state, endpoint.failing_since_at = "disabled", AT
    endpoint.state_reason = "The receiver answered 410: it wants no more."
    endpoint.save()
