"""Who may read histories and undo changes."""

from django.utils.translation import gettext_lazy as _

from accord.history.enums import Permission
from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.kernel.records import Shown
from accord.people.enums import Role

EVERY_ROLE = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)


def may_view(shown: Shown) -> bool:
    """Say whether the actor may read a record's history: whoever may see the record, which `shown` proves."""
    return bool(shown.url)


def may_see_seals(actor: Actor) -> bool:
    """Say whether the actor may see and keep the head of the chain: everybody who is signed in."""
    return not actor.is_nobody


def may_undo(shown: Shown) -> bool:
    """Say whether the actor may undo a change: whoever may change the record."""
    return shown.may_change


RULES = {
    Permission.VIEW: may_view,
    Permission.SEE_SEALS: may_see_seals,
    Permission.UNDO: may_undo,
}
"""Which predicate decides each permission."""

PERMITS = (
    Permit(
        Permission.VIEW,
        may_view,
        _("Read the history of a record"),
        _("Everybody who may see the record."),
        _("What was changed belongs to what is read; fields that are secret or personal are left out."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.SEE_SEALS,
        may_see_seals,
        _("See the seals and keep their head"),
        _("Everybody who is signed in."),
        _("A chain proves something only if somebody else keeps its head; a seal tells nothing of what it binds."),
        anyone=True,
    ),
    Permit(
        Permission.UNDO,
        may_undo,
        _("Undo a change"),
        _("Those who may change the record, where the change is one that can be undone."),
        _("An undo is a change like any other, made by the same operation and kept in the history."),
        roles=EVERY_ROLE,
    ),
)
"""The same in words, for the page of permissions."""
