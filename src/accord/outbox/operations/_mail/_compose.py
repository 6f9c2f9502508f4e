"""Writes a mail from notices: text and HTML, in the reader's language or in both, with a way to get no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.kernel.text import EN, LANGUAGES, ZH
from accord.kernel.topics import topics
from accord.outbox.models import Delivery, Message
from accord.outbox.operations._identity import identity_of
from accord.outbox.operations._letters import rfc_date, unpacked
from accord.outbox.operations._mail._links import UNSUBSCRIBE_ROUTE, unsubscribe_token
from accord.people.queries import Recipient


@dataclass(frozen=True, slots=True)
class Letterhead:
    """From whom mail comes and where its links lead."""

    sender: str
    site: str

    @property
    def domain(self) -> str:
        """Return the name that stands in message ids."""
        return urlsplit(self.site).hostname or "localhost"

    def address(self, path: str) -> str:
        """Return a path as a whole address; a whole one as it is."""
        return f"{self.site}{path}" if path.startswith("/") else path


def compose(deliveries: Sequence[Delivery], reader: Recipient | None, head: Letterhead) -> EmailMultiAlternatives:
    """Return the mail for one delivery, or the digest for several; the same deliveries give the same message id."""
    first = deliveries[0]
    message_id = f"<{_identity(deliveries)}@{head.domain}>"
    if first.message.letter is not None:
        return unpacked(first.message.letter, message_id=message_id, at=first.message.created_at)
    languages = [reader.language] if reader and reader.language in LANGUAGES else [EN, ZH]
    messages = [one.message for one in deliveries]
    parts = [_part(messages, language, head) for language in languages]
    links = _links(first, head)
    context = {"parts": parts, "links": links}
    headers = {
        "Message-ID": message_id,
        "Date": rfc_date(first.due_at or first.message.created_at),
        "Auto-Submitted": "auto-generated",
        **_list_headers(links),
    }
    letter = EmailMultiAlternatives(
        " / ".join(dict.fromkeys(part["title"] for part in parts)),
        render_to_string("outbox/mail/notice.txt", context),
        head.sender,
        [reader.address if reader else first.address],
        headers=headers,
    )
    letter.attach_alternative(render_to_string("outbox/mail/notice.html.txt", context), "text/html")
    return letter


def _identity(deliveries: Sequence[Delivery]) -> str:
    """Return what tells this mail from all others; a digest is its reader's of that moment."""
    first = deliveries[0]
    if len(deliveries) > 1 or first.pace in {"daily", "weekly"}:
        return identity_of("digest", first.person_id, first.pace, first.due_at)
    return identity_of("mail", first.message.key, first.pk)


def _part(messages: Sequence[Message], language: str, head: Letterhead) -> dict[str, Any]:
    """Return what the mail says in one language."""
    with translation.override(language):
        items = [
            {
                "subject": str(one.subject),
                "paragraphs": [line.strip() for line in str(one.body).splitlines() if line.strip()],
                "url": head.address(one.url) if one.url else "",
            }
            for one in messages
        ]
        several = ngettext("%(count)s notice from Accord", "%(count)s notices from Accord", len(items))
        return {
            "lang": "zh-Hans" if language == ZH else language,
            "title": items[0]["subject"] if len(items) == 1 else several % {"count": len(items)},
            "items": items,
            "open": _("Open in Accord"),
            "why": _("You get this because of your part in Accord."),
            "settings": _("Choose what you are told"),
            "stop": _("Get no more mail of this kind"),
        }


def _links(first: Delivery, head: Letterhead) -> dict[str, str]:
    """Return the addresses at the mail's end; a required topic cannot be switched off."""
    settings = head.address(reverse("outbox:settings"))
    topic = topics.get(first.message.topic)
    if first.person_id is None or topic is None or topic.is_required:
        return {"settings": settings, "stop": ""}
    is_digest = first.pace in {"daily", "weekly"}
    token = unsubscribe_token(first.person_id, "" if is_digest else topic.code)
    return {"settings": settings, "stop": head.address(reverse(UNSUBSCRIBE_ROUTE, args=[token]))}


def _list_headers(links: dict[str, str]) -> dict[str, str]:
    """Return the heads by which mail programs show "unsubscribe" (RFC 2369, RFC 8058)."""
    if not links["stop"]:
        return {}
    return {"List-Unsubscribe": f"<{links['stop']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
