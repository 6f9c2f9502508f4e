"""Who may do what with evidence and forecasts."""

from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState
from accord.agreements.queries import Agreement, Party
from accord.kernel.access import Actor
from accord.kernel.permits import Permit
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
        and evidence.recorded_by_id not in actor.persons
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

_COORDINATOR = {Role.STEWARD: _("for the coordinator")}

PERMITS = (
    Permit(
        Permission.RECORD_EVIDENCE,
        may_record_evidence,
        name=_("Enter a delivery"),
        who=_(
            "Partnership officers of a party, for their own side; stewards, for the coordinator. Only once the "
            "agreement is in force."
        ),
        why=_("A draft promises nothing, so nothing can be delivered for it."),
        roles=(Role.OFFICER, Role.STEWARD),
        limits=_COORDINATOR,
    ),
    Permit(
        Permission.DECIDE_EVIDENCE,
        may_decide_evidence,
        name=_("Confirm or contest a delivery"),
        who=_(
            "Partnership officers of another party than the one that entered it, and never the person who entered it."
        ),
        why=_(
            "A delivery counts when the other side says so. Nobody marks their own work; stewards do not decide either."
        ),
        roles=(Role.OFFICER,),
        limits={Role.OFFICER: _("what another party entered")},
    ),
    Permit(
        Permission.WITHDRAW_EVIDENCE,
        may_withdraw_evidence,
        name=_("Take a delivery back"),
        who=_("Partnership officers of the party that entered it; stewards, for the coordinator."),
        why=_("Only those who said it can take it back. It stays in the history."),
        roles=(Role.OFFICER, Role.STEWARD),
        limits=_COORDINATOR,
    ),
    Permit(
        Permission.OVERRIDE_FORECAST,
        may_override_forecast,
        name=_("Put one's own forecast beside the computed one"),
        who=_("Partnership officers of a party."),
        why=_(
            "A person's own forecast bears a name and is scored, so it comes from somebody who answers for the promise."
        ),
        roles=(Role.OFFICER,),
    ),
)
"""Each permission in words, for the page that shows who may do what."""
