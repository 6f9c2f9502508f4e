"""Who may do what with evidence and forecasts."""

from accord.agreements.enums import AgreementState
from accord.agreements.queries import Agreement, Party
from accord.kernel.access import Actor
from accord.measures.enums import Permission
from accord.measures.models import Evidence
from accord.people.enums import Role


def may_record_evidence(actor: Actor, agreement: Agreement, party: Party | None) -> bool:
    """Say whether the actor may enter a delivery: an officer of a party, once the agreement is signed."""
    return (
        party is not None
        and agreement.state == AgreementState.SIGNED
        and actor.holds(Role.OFFICER, Role.STEWARD, institution_id=party.institution_id)
    )


def may_decide_evidence(actor: Actor, evidence: Evidence, party: Party | None) -> bool:
    """Say whether the actor may confirm or contest: an officer of another party than the one that entered it."""
    return (
        party is not None
        and party.pk != evidence.party_id
        and evidence.recorded_by_id != actor.person_id
        and actor.holds(Role.OFFICER, institution_id=party.institution_id)
    )


def may_withdraw_evidence(actor: Actor, evidence: Evidence, party: Party | None) -> bool:
    """Say whether the actor may withdraw: an officer of the party that entered it."""
    return (
        party is not None
        and party.pk == evidence.party_id
        and actor.holds(Role.OFFICER, Role.STEWARD, institution_id=party.institution_id)
    )


def may_override_forecast(actor: Actor, party: Party | None) -> bool:
    """Say whether the actor may put their own forecast beside the computed one: an officer of a party."""
    return party is not None and actor.holds(Role.OFFICER, institution_id=party.institution_id)


RULES = {
    Permission.RECORD_EVIDENCE: may_record_evidence,
    Permission.DECIDE_EVIDENCE: may_decide_evidence,
    Permission.WITHDRAW_EVIDENCE: may_withdraw_evidence,
    Permission.OVERRIDE_FORECAST: may_override_forecast,
}
"""Which predicate decides each permission."""
