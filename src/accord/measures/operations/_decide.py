"""What the two sides say of an evidence entry: confirm, contest, withdraw."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Party
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.measures.enums import EvidenceState
from accord.measures.models import Evidence
from accord.measures.operations._tell import tell_decided
from accord.measures.queries import state_of_evidence
from accord.people.queries import Person


class EvidenceSettled(Refused):
    """The entry stands in a state from which this step is not possible."""

    code = "evidence-settled"
    status = 409


class EvidenceClash(Clash):
    """The entry changed since the person saw it."""


@transaction.atomic
def confirm_evidence(
    *, evidence: Evidence, version: int, party: Party, by: Person, at: datetime, quiet: bool = False
) -> Evidence:
    """Confirm the entry for the other side; from now on it counts. Twice changes nothing.

    Whoever entered it is told, unless `quiet`. Raises `NotAllowed` for the side that entered it, `EvidenceSettled`
    once withdrawn or contested after counting, `EvidenceClash` when somebody else decided in the meantime.
    """
    held = _lock(evidence)
    if state_of_evidence(held) == EvidenceState.CONFIRMED:
        return held
    _refuse_own(held, party, by)
    _refuse_clash(held, version)
    if held.withdrawn_at or (held.confirmed_at and held.contested_at):
        raise EvidenceSettled(_("This entry is closed. Ask the other side to record a corrected one."))
    held.confirmed_at, held.confirmed_by = at, by
    return _save(held, "confirmed_at", "confirmed_by", told=None if quiet else at)


@transaction.atomic
def contest_evidence(
    *, evidence: Evidence, version: int, reason: str, party: Party, by: Person, at: datetime, quiet: bool = False
) -> Evidence:
    """Contest the entry with a reason; it stops counting, and what was known before stays readable.

    Raises as `confirm_evidence`, and `Refused` without a reason.
    """
    held = _lock(evidence)
    if state_of_evidence(held) == EvidenceState.CONTESTED:
        return held
    _refuse_own(held, party, by)
    _refuse_clash(held, version)
    if not reason.strip():
        raise Refused(_("Enter a reason: what is wrong with this entry?"), code="reason-missing", field="reason")
    if held.withdrawn_at or held.contested_at:
        raise EvidenceSettled(_("This entry was contested or withdrawn before. Record a corrected one."))
    held.contested_at, held.contested_by, held.contest_reason = at, by, reason.strip()
    return _save(held, "contested_at", "contested_by", "contest_reason", told=None if quiet else at)


@transaction.atomic
def withdraw_evidence(
    *, evidence: Evidence, version: int, reason: str, party: Party, by: Person, at: datetime, quiet: bool = False
) -> Evidence:
    """Withdraw an entry of one's own side; it stays in the history and counts no longer. Twice changes nothing."""
    held = _lock(evidence)
    if held.withdrawn_at:
        return held
    if held.party_id != party.pk:
        raise NotAllowed(_("Only the party that entered this can withdraw it. Contest it instead."))
    _refuse_clash(held, version)
    held.withdrawn_at, held.withdrawn_by, held.withdraw_reason = at, by, reason.strip()
    return _save(held, "withdrawn_at", "withdrawn_by", "withdraw_reason", told=None if quiet else at)


def _lock(evidence: Evidence) -> Evidence:
    """Return the entry as it stands now, held until the transaction ends."""
    return Evidence.objects.select_for_update().get(pk=evidence.pk)


def _refuse_own(held: Evidence, party: Party, by: Person) -> None:
    """Refuse the side and the person that entered it."""
    if held.party_id == party.pk or held.recorded_by_id == by.pk:
        raise NotAllowed(_("Your side entered this. Another party of the agreement confirms or contests it."))


def _refuse_clash(held: Evidence, version: int) -> None:
    """Refuse a decision on what the person has not seen."""
    if held.version != version:
        raise EvidenceClash(
            _("Somebody decided on this entry since you opened it. Read it again, then decide."), version=held.version
        )


def _save(held: Evidence, *names: str, told: datetime | None) -> Evidence:
    """Save the decision as the next version, and tell whom it concerns where it is told."""
    held.version += 1
    held.save(update_fields=[*names, "version"])
    if told is not None:
        tell_decided(evidence=held, decision=state_of_evidence(held), at=told)
    return held
