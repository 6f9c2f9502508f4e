"""Who may do what with agreements."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import Permission
from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role

EVERY_ROLE = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)


def may_see(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may know of an agreement between these institutions."""
    return any(actor.holds(*EVERY_ROLE, institution_id=one) for one in institutions)


def may_apply(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may bring in or change an agreement between these institutions."""
    return actor.holds(Role.STEWARD) or any(actor.holds(Role.OFFICER, institution_id=one) for one in institutions)


def may_bring_in(actor: Actor) -> bool:
    """Say whether the actor may bring in agreements at all: stewards and partnership officers."""
    return any(grant.role in {Role.STEWARD, Role.OFFICER} for grant in actor.grants)


def may_publish(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may open or close the public page: those who may change the agreement."""
    return may_apply(actor, institutions)


def may_record_engagement(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may record or strike a meeting of these institutions."""
    return may_apply(actor, institutions)


def may_terminate(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may end an agreement of these institutions: officers of a party, in its name."""
    return any(actor.holds(Role.OFFICER, institution_id=one) for one in institutions)


def may_set_review(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may set when an agreement of these institutions is reviewed."""
    return may_apply(actor, institutions)


RULES = {
    Permission.VIEW: may_see,
    Permission.APPLY: may_apply,
    Permission.BRING_IN: may_bring_in,
    Permission.PUBLISH: may_publish,
    Permission.RECORD_ENGAGEMENT: may_record_engagement,
    Permission.TERMINATE: may_terminate,
    Permission.SET_REVIEW: may_set_review,
}
"""Which predicate decides each permission."""

_CHANGED_BY = (Role.STEWARD, Role.OFFICER)

PERMITS = (
    Permit(
        Permission.VIEW,
        may_see,
        name=_("See an agreement"),
        who=_("Everybody with a role for a party of the agreement; everybody with a role for the whole installation."),
        why=_("Both sides read the same board."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.APPLY,
        may_apply,
        name=_("Apply a changed file"),
        who=_("Stewards; partnership officers of a party."),
        why=_("Whoever applies a changed file can add and amend. What was signed is refused to all."),
        roles=_CHANGED_BY,
    ),
    Permit(
        Permission.BRING_IN,
        may_bring_in,
        name=_("Bring in an agreement"),
        who=_("Stewards; partnership officers, for files that name their institution as a party."),
        why=_("Nobody brings in an agreement of others."),
        roles=_CHANGED_BY,
    ),
    Permit(
        Permission.PUBLISH,
        may_publish,
        name=_("Open and close the public page"),
        who=_("Stewards; partnership officers of a party."),
        why=_("The public page shows what both sides stand for; either may open it and either may close it."),
        roles=_CHANGED_BY,
    ),
    Permit(
        Permission.RECORD_ENGAGEMENT,
        may_record_engagement,
        name=_("Record and strike a meeting"),
        who=_("Stewards; partnership officers of a party."),
        why=_(
            "A meeting counts at once, since both sides were there; either may strike one that was entered by mistake."
        ),
        roles=_CHANGED_BY,
    ),
    Permit(
        Permission.TERMINATE,
        may_terminate,
        name=_("End an agreement early"),
        who=_("Partnership officers of a party."),
        why=_("A party ends what it signed; nobody else can. Who, when and why stay on the record."),
        roles=(Role.OFFICER,),
    ),
    Permit(
        Permission.SET_REVIEW,
        may_set_review,
        name=_("Set the next review"),
        who=_("Stewards; partnership officers of a party."),
        why=_("A review is a date to remember; setting it changes nothing that was promised."),
        roles=_CHANGED_BY,
    ),
)
"""Each permission in words, for the page that shows who may do what."""
