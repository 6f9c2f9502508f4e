"""Puts the draft forward as a text that the parties can approve, and ends a negotiation without one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Clash, Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.negotiation.enums import Act, NegotiationKind, NegotiationState
from accord.negotiation.models import Negotiation, NegotiationParty, TextVersion
from accord.negotiation.operations._hold import hold, require, tidy, touch
from accord.negotiation.operations._tell import tell_text, tell_withdrawal
from accord.negotiation.queries import Composed, base_text, compose, digest_of, draft_of
from accord.people.queries import Person


class DraftUnready(Refused):
    """Something is missing in the draft; `detail["problems"]` names it."""

    code = "draft-unready"

    @property
    def errors(self) -> list[dict[str, str]]:
        """Return each thing that is missing, in the reader's language."""
        return [{"detail": f"{one.place}: {one.what} {one.advice}"} for one in self.detail.get("problems", ())]


@transaction.atomic
def put_forward(*, negotiation: Negotiation, digest: str, note: Bilingual, by: Person, at: datetime) -> TextVersion:
    """Put the draft forward as the next text; approvals of earlier texts hold no longer.

    `digest` is that of the draft which the person read: raises `Clash` where it changed since, `DraftUnready` where
    something is missing. The text that was put forward last is not put forward again.
    """
    held = hold(negotiation)
    _course, latest = require(held, Act.PUT_FORWARD, None)
    composed = compose(draft_of(held))
    if latest is not None and latest.digest == composed.digest:
        return latest
    if composed.digest != digest:
        raise Clash(_("The draft changed since you read it. Read it again, then put it forward."))
    if composed.errors:
        raise DraftUnready(_("The draft is not whole yet. Mend what the list names."), problems=composed.errors)
    base = _base_text(held)
    text = TextVersion.objects.create(
        negotiation=held,
        number=(latest.number if latest else 0) + 1,
        text=composed.text,
        digest=composed.digest,
        base_text=base,
        base_digest=digest_of(base) if base else "",
        signing=_signing(held, composed),
        note=tidy(note),
        put_forward_at=at,
        put_forward_by=by,
    )
    touch(held, at=at)
    tell_text(text, by=by, at=at)
    return text


@transaction.atomic
def withdraw(
    *, negotiation: Negotiation, why: str, by: Person, at: datetime, version: int | None = None
) -> Negotiation:
    """End the negotiation without an agreement, for a reason that all parties read. Twice changes nothing.

    Raises `Clash` where a `version` is given and the negotiation has moved on since.
    """
    held = hold(negotiation)
    if held.state == NegotiationState.WITHDRAWN:
        return held
    require(held, Act.WITHDRAW, None)
    if version is not None:
        expect(held, version)
    if not why.strip():
        raise Refused(_("Enter the reason: all parties read it."), code="reason-missing", field="why")
    held.state, held.why_ended = NegotiationState.WITHDRAWN, why.strip()
    held.ended_at, held.ended_by, held.moved_at = at, by, at
    held.version += 1
    held.save()
    tell_withdrawal(held, by=by, at=at)
    return held


def _base_text(held: Negotiation) -> str:
    """Return the agreement that is amended as it is now; empty where nothing is."""
    return base_text(held.base) if held.base and held.kind == NegotiationKind.AMENDMENT else ""


def _signing(held: Negotiation, composed: Composed) -> list[int]:
    """Return the parties that sign by this very text."""
    keys = {party.key for party in composed.file.parties if party.signs}
    rows = NegotiationParty.objects.filter(negotiation=held, removed_at=None, institution__key__in=keys)
    return list(rows.order_by("position", "pk").values_list("pk", flat=True))
