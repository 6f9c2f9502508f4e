"""What binds a party: approving a text by its digest, and signing what all have approved."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.agreements import operations as agreements
from accord.agreements import queries as agreement_queries
from accord.agreements.queries import Agreement
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.negotiation.enums import Act, NegotiationKind, NegotiationState
from accord.negotiation.models import Approval, Negotiation, NegotiationParty, Signature, TextVersion
from accord.negotiation.operations._hold import BaseChanged, hold, require, require_same_base, tidy, touch
from accord.negotiation.operations._tell import tell_agreement, tell_approval, tell_signature
from accord.negotiation.queries import impact_of, latest_text, problems_of, read_text, sealed
from accord.people.enums import Role
from accord.people.operations import use_link
from accord.people.queries import Person, holders_of


class TextChanged(Clash):
    """Another text is in review than the one that was read; `detail["number"]` is its number."""

    code = "text-changed"


class ImpactChanged(Clash):
    """What the amendment does to running promises changed since it was read."""

    code = "impact-changed"


class WrongSigning(Refused):
    """The signing does not fit the text: its day, or what the text says of that day."""

    code = "wrong-signing"


@transaction.atomic
def approve(
    *, negotiation: Negotiation, party: NegotiationParty, digest: str, impact_digest: str = "", by: Person, at: datetime
) -> Approval:
    """Approve the text in review for a party, by the digest of the text that was read. Twice changes nothing.

    Raises `TextChanged` where that is not the text in review any more, `ImpactChanged` where an amendment would do
    something else to running promises than was read, `BaseChanged`, and `NotNow` where it is not open to the party.
    """
    held = hold(negotiation)
    text = _text_as_read(held, digest)
    known = Approval.objects.filter(text=text, party=party).first()
    if known is not None:
        return known
    require(held, Act.APPROVE, party)
    require_same_base(held, text)
    impact = impact_of(held, text, day=at.date())
    if impact.digest != impact_digest:
        raise ImpactChanged(
            _("What the amendment does to running promises changed since you read it. Read it again, then approve.")
        )
    approval = Approval.objects.create(
        text=text,
        party=party,
        digest=text.digest,
        impact=impact.as_data(),
        impact_digest=impact.digest,
        approved_at=at,
        approved_by=by,
    )
    touch(held, at=at)
    tell_approval(approval, by=by, at=at)
    return approval


@transaction.atomic
def approve_by_link(*, link_id: int, digest: str, impact_digest: str = "", at: datetime) -> Approval:
    """Approve the text in review in the name of whoever a link is for; the link is used with it, or neither happens.

    Whoever made the link has to bind the party still. Raises `LinkEnded`, `NotAllowed`, and what `approve` does.
    """
    link = use_link(link_id=link_id, at=at)
    party = NegotiationParty.objects.select_related("negotiation").get(pk=int(link.record.partition(":")[2]))
    if link.made_by_id not in holders_of([Role.OFFICER], {party.institution_id}, on=at.date()):
        raise NotAllowed(_("Whoever made this link does not act for the party any more. Ask the party for another."))
    return approve(
        negotiation=party.negotiation, party=party, digest=digest, impact_digest=impact_digest, by=link.person, at=at
    )


@transaction.atomic
def sign(
    *,
    negotiation: Negotiation,
    party: NegotiationParty,
    digest: str,
    signatory: str,
    office: str,
    signed_on: date,
    place: Bilingual,
    by: Person,
    at: datetime,
) -> Signature:
    """Enter who signed the approved text for a party, when and where. The last signature brings it into force.

    Then the agreement is exactly the text that all approved, with the day and place of signing. Twice changes nothing.
    Raises `TextChanged`, `WrongSigning`, `BaseChanged`, and `NotNow` where it is not open to the party.
    """
    held = hold(negotiation)
    known = Signature.objects.filter(text__negotiation=held, text__digest=digest, party=party).first()
    if known is not None and known.text == latest_text(held):
        return known
    text = _text_as_read(held, digest)
    require(held, Act.SIGN, party)
    require_same_base(held, text)
    _refuse_day(text, signed_on, at)
    signature = Signature.objects.create(
        text=text,
        party=party,
        signatory=signatory.strip(),
        office=office.strip(),
        signed_on=signed_on,
        place=tidy(place),
        entered_at=at,
        entered_by=by,
    )
    _refuse_unfit(held, text)
    if Signature.objects.filter(text=text, party__in=text.signing).count() == len(text.signing):
        _bring_into_force(held, text, by=by, at=at)
    else:
        touch(held, at=at)
        tell_signature(signature, by=by, at=at)
    return signature


def _text_as_read(held: Negotiation, digest: str) -> TextVersion:
    """Return the text in review; refuse a digest that is not its own."""
    latest = latest_text(held)
    if latest is None or latest.digest != digest:
        raise TextChanged(
            _("The text changed since you read it. Look at what changed, then decide again."),
            number=latest.number if latest else 0,
        )
    return latest


def _refuse_day(text: TextVersion, signed_on: date, at: datetime) -> None:
    """Refuse a day before the text existed, or one that is still to come."""
    if signed_on > at.date():
        raise WrongSigning(_("The day of signing must not be later than today."), field="signed_on")
    if signed_on < text.put_forward_at.date():
        raise WrongSigning(
            _("The day of signing must not be before the day on which this version was put forward."),
            field="signed_on",
        )


def _refuse_unfit(held: Negotiation, text: TextVersion) -> None:
    """Refuse a day of signing with which the agreement would contradict itself, such as one after a deadline."""
    on, place = _last_signing(text)
    made = sealed(read_text(text.text), held.base, held.kind, signed_on=on, place=place)
    problems = problems_of(made)
    if problems:
        words = " ".join(f"{one.what} {one.advice}" for one in problems)
        raise WrongSigning(
            _("With this day of signing the text contradicts itself. %(problems)s") % {"problems": words},
            field="signed_on",
        )


def _last_signing(text: TextVersion) -> tuple[date, Bilingual]:
    """Return the day of the last signature and the place that was given with it."""
    signatures = Signature.objects.filter(text=text)
    on: date = signatures.aggregate(last=Max("signed_on"))["last"]
    last = signatures.filter(signed_on=on).order_by("-entered_at", "-pk").first()
    return on, last.place if last else Bilingual()


def _bring_into_force(held: Negotiation, text: TextVersion, *, by: Person, at: datetime) -> None:
    """Apply what all signed, and end the negotiation with it."""
    on, place = _last_signing(text)
    _refuse_taken_key(held)
    made = sealed(read_text(text.text), held.base, held.kind, signed_on=on, place=place)
    agreement: Agreement = agreements.apply_file(new=made, by=by, at=at).agreement
    held.state, held.result = NegotiationState.SIGNED, agreement
    held.ended_at, held.ended_by, held.moved_at = at, by, at
    held.version += 1
    held.save()
    tell_agreement(held, text, by=by, at=at)


def _refuse_taken_key(held: Negotiation) -> None:
    """Refuse to overwrite an agreement that was brought in under the same name meanwhile."""
    if held.kind != NegotiationKind.AMENDMENT and agreement_queries.file_by_key(held.key) is not None:
        raise BaseChanged(
            _("An agreement named %(key)s was brought in meanwhile. Withdraw this negotiation and start another.")
            % {"key": held.key}
        )
