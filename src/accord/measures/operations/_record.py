"""Enters evidence: a dated delivery that no record of Accord can be counted for."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState, PromiseKind
from accord.agreements.queries import Commitment, Party
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.measures.models import WHOLE, Attribution, Evidence
from accord.measures.operations._tell import tell_entered
from accord.measures.queries import measure
from accord.people.queries import Person


class EvidenceRefused(Refused):
    """The entry cannot count for this promise; the sentence says why."""

    code = "evidence-refused"


class SharesExceedWhole(Refused):
    """Shares of one entry add to more than 100 %."""

    code = "shares-exceed-whole"


def record_evidence(
    *,
    shares: Mapping[Commitment, Decimal],
    party: Party,
    amount: Decimal,
    occurred_on: date,
    label: Bilingual,
    document: str,
    document_url: str = "",
    by: Person,
    at: datetime,
    is_simulated: bool = False,
    request_key: UUID | None = None,
    quiet: bool = False,
) -> Evidence:
    """Record a delivery for one promise, or for several with a share each; it waits for the other side.

    The other side is told, unless `quiet`: a demo world tells nobody what it makes up. The same `request_key` twice
    is one entry. Raises `EvidenceRefused` (a draft, a wrong day, several measures, another agreement's party) and
    `SharesExceedWhole`.
    """
    known = request_key and Evidence.objects.filter(request_key=request_key).first()
    if known:
        return known
    refuse_early(shares, party, occurred_on, at)
    try:
        with transaction.atomic():
            evidence = Evidence.objects.create(
                measure_code=next(iter(shares)).measure_code,
                amount=amount,
                occurred_on=occurred_on,
                label=label,
                document=document,
                document_url=document_url,
                is_simulated=is_simulated,
                party=party,
                recorded_at=at,
                recorded_by=by,
                request_key=request_key,
            )
            for commitment, share in shares.items():
                Attribution.objects.create(evidence=evidence, commitment=commitment, share=share)
            if not quiet:
                tell_entered(evidence=evidence, party=party, promises=[one.key for one in shares], at=at)
    except IntegrityError as error:
        return _explain(error, request_key)
    return evidence


def refuse_early(shares: Mapping[Commitment, Decimal], party: Party, occurred_on: date, at: datetime) -> None:
    """Refuse what cannot count, before anything is written."""
    if occurred_on > at.date():
        raise EvidenceRefused(_("The day must not be later than today."), field="occurred_on")
    if sum(shares.values()) > WHOLE:
        raise SharesExceedWhole(_("The shares add to more than 100 %. Lower them."), field="share")
    codes = {commitment.measure_code for commitment in shares}
    if len(codes) != 1:
        raise EvidenceRefused(_("One entry counts in one measure. Make an entry for each measure."))
    for commitment in shares:
        _refuse_promise(commitment, party)


def _refuse_promise(commitment: Commitment, party: Party) -> None:
    """Refuse a promise that takes no evidence from this party."""
    if commitment.agreement_id != party.agreement_id:
        raise EvidenceRefused(_("The entering party belongs to another agreement. Choose a party of this one."))
    if commitment.agreement.state == AgreementState.DRAFT:
        raise EvidenceRefused(_("A draft promises nothing yet. Sign the agreement first."))
    found = measure(commitment.measure_code)
    if commitment.kind != PromiseKind.MILESTONE and found is None:
        raise EvidenceRefused(_("This promise names no measure, so nothing can be counted. Add one by an amendment."))
    if found is not None and found.is_counted_for(commitment.agreement_id):
        raise EvidenceRefused(
            _("This measure is counted from records in Accord. Record the work itself; the number follows.")
        )


def _explain(error: IntegrityError, request_key: UUID | None) -> Evidence:
    """Return the entry that a repeated request made first, or say which rule of the database refused."""
    text = str(error)
    if request_key is not None and "request_key" in text:
        return Evidence.objects.get(request_key=request_key)
    if "attribution_shares_within_whole" in text or "shares of evidence" in text:
        raise SharesExceedWhole(_("The shares add to more than 100 %. Lower them."), field="share") from error
    if "evidence_changes_something" in text:
        raise EvidenceRefused(_("The amount must not be 0."), field="amount") from error
    raise error
