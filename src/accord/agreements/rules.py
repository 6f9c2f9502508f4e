"""Who may do what with agreements."""

from collections.abc import Collection

from accord.agreements.enums import Permission
from accord.kernel.access import Actor
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


RULES = {
    Permission.VIEW: may_see,
    Permission.APPLY: may_apply,
    Permission.BRING_IN: may_bring_in,
    Permission.PUBLISH: may_publish,
    Permission.RECORD_ENGAGEMENT: may_record_engagement,
}
"""Which predicate decides each permission."""
