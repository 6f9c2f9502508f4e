"""What the operations of the API to notices and connected systems answer to whom, and how each is asked."""

from uuid import UUID

from tests.api.asked import ALL_KNOWN, OWN, Ask
from tests.cast import Cast, moment
from tests.negotiation.table import DAY

from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.models import Batch, Delivery, InboxNote

STATUSES: dict[str, tuple[str, ...]] = {
    "list_notices": ALL_KNOWN,
    "read_all_notices": ALL_KNOWN,
    "read_notice": OWN,
    "mark_notice_read": OWN,
    "mark_notice_unread": OWN,
    "read_notice_settings": ALL_KNOWN,
    "change_notice_settings": ALL_KNOWN,
    "list_held_letters": ALL_KNOWN,
    "read_held_letters": OWN,
    "list_letters_held": OWN,
    "release_held_letters": OWN,
    "call_held_letters_off": OWN,
    "list_webhooks": ALL_KNOWN,
    "connect_webhook": ("201", "422", "403", "422", "401"),
    "read_webhook": OWN,
    "change_webhook": OWN,
    "replace_webhook_secret": ("201", "404", "404", "404", "401"),
    "pause_webhook": OWN,
    "resume_webhook": OWN,
    "try_webhook": OWN,
    "replay_posts": OWN,
    "list_posts": OWN,
    "read_post": OWN,
    "replay_post": OWN,
}
NO_PERMISSION = {
    "list_notices",
    "read_all_notices",
    "read_notice",
    "mark_notice_read",
    "mark_notice_unread",
    "read_notice_settings",
    "change_notice_settings",
}
"""One's own inbox asks for no permission."""


def furnish(cast: Cast) -> dict[str, Ask]:
    """Tell the owner something and connect a system of our side; return how each operation is asked."""
    operations.notify(
        topic="measures.evidence-decided",
        people=[cast.owner.person.pk],
        subject=Bilingual("Four teams"),
        body=Bilingual("Confirmed."),
        key="asked:1",
        at=moment(DAY),
    )
    held = {"number": _held(cast).pk}
    endpoint = operations.add_endpoint(
        institution_id=cast.ours.institution_id,
        name="Register",
        url="https://register.example.org/incoming",
        topics=[],
        mark=UUID(int=5),
        caution=operations.Caution(),
        by=cast.owner.person,
        at=moment(DAY),
    )
    operations.ping_endpoint(endpoint=endpoint, key="asked:2", at=moment(DAY))
    note = {"number": InboxNote.objects.get(person=cast.owner.person, message__key="asked:1").pk}
    system = {"number": endpoint.pk}
    post = {**system, "post": Delivery.objects.get(endpoint=endpoint).pk}
    sent = {"name": "Other", "url": "https://other.example.org/in"}
    return {
        **{name: Ask(note) for name in ("read_notice", "mark_notice_read", "mark_notice_unread")},
        **{name: Ask(system) for name in STATUSES if name.endswith("_webhook") or name == "list_posts"},
        **{name: Ask() for name in ("list_notices", "read_all_notices", "read_notice_settings", "list_webhooks")},
        "list_held_letters": Ask(),
        **{name: Ask(held) for name in ("read_held_letters", "list_letters_held")},
        **{name: Ask(held, {}) for name in ("release_held_letters", "call_held_letters_off")},
        "change_notice_settings": Ask(body={"topics": [{"topic": "measures.evidence-decided", "mail": "off"}]}),
        "connect_webhook": Ask(body={**sent, "institution": "dreamworks"}),
        "change_webhook": Ask(system, sent),
        "replace_webhook_secret": Ask(system),
        "replay_posts": Ask(system, {"since": "2019-01-01"}),
        "read_post": Ask(post),
        "replay_post": Ask(post),
    }


def _held(cast: Cast) -> Batch:
    """Hold two letters back that our side sends."""
    batch = operations.hold_batch(
        key="asked:held",
        title=Bilingual("Places of round 1"),
        institution_id=cast.ours.institution_id,
        by=cast.executive.person,
        at=moment(DAY),
    )
    operations.notify(
        topic="measures.evidence-decided",
        people=[cast.executive.person.pk, cast.partner.person.pk],
        subject=Bilingual("Your place"),
        body=Bilingual("It is confirmed."),
        key="asked:held",
        at=moment(DAY),
        hold=batch,
    )
    return batch
