"""Holds a negotiation while one act is decided and written, and moves its state on."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.negotiation.enums import Act
from accord.negotiation.models import Negotiation, NegotiationParty, TextVersion
from accord.negotiation.queries import base_text, course_of, latest_text
from accord.negotiation.rules import Course, why_not


class NotNow(Refused):
    """The negotiation stands where this is not open to the party; the sentence says why."""

    code = "not-now"
    status = 409


class BaseChanged(Refused):
    """The agreement that is amended changed since the text was put forward."""

    code = "base-changed"
    status = 409


def hold(negotiation: Negotiation) -> Negotiation:
    """Return the negotiation as it stands now, held until the transaction ends; every act holds it first."""
    return Negotiation.objects.select_for_update(of=("self",)).select_related("base").get(pk=negotiation.pk)


def require(held: Negotiation, act: Act, party: NegotiationParty | None) -> tuple[Course, TextVersion | None]:
    """Return the course and the latest text; raise `NotNow` where the act is not open to the party.

    Without a party the coordinator does it: whoever asks has seen to it that they write the draft.
    """
    latest = latest_text(held)
    course = course_of(held, latest)
    if party is not None and party.negotiation_id != held.pk:
        raise NotAllowed(_("Only the parties of this negotiation take part in it."))
    reason = why_not(course, act, course.coordinator if party is None else party.pk)
    if reason is not None:
        raise NotNow(reason)
    return course, latest


def require_same_base(held: Negotiation, text: TextVersion) -> None:
    """Refuse to bind anybody to an amendment of an agreement that has changed meanwhile."""
    if text.base_text and held.base is not None and base_text(held.base) != text.base_text:
        raise BaseChanged(
            _(
                "The agreement itself changed since this version was put forward. "
                "The coordinator has to put forward a new version."
            )
        )


def touch(held: Negotiation, *, at: datetime) -> None:
    """Note that somebody did something, and let the state follow from what was said."""
    held.state = course_of(held, latest_text(held)).state_now()
    held.moved_at = at
    held.version += 1
    held.save(update_fields=["state", "moved_at", "version"])


def tidy(text: Bilingual) -> Bilingual:
    """Return a text without trailing spaces and with plain line ends, as the file keeps it."""
    return Bilingual(_lines(text.en), _lines(text.zh_hans))


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
