"""Who may do what with files: those who may do it with the record they belong to."""

from django.utils.translation import gettext_lazy as _

from accord.files.enums import Permission
from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.kernel.records import Shown, follow


def may_read(actor: Actor, record: str) -> Shown:
    """Return the record when the actor may see it, and so its files. Raises `NotThere` otherwise."""
    return follow(actor, record)


def may_attach(shown: Shown) -> bool:
    """Say whether files may be added and removed: by those who may change the record."""
    return shown.may_change


RULES = {Permission.READ: may_read, Permission.ATTACH: may_attach}
"""Which predicate decides each permission."""

PERMITS = (
    Permit(
        Permission.READ,
        may_read,
        name=_("Read a file"),
        who=_("Everybody who may see the record that the file belongs to."),
        why=_("A paper is no more secret and no less than what it stands at."),
        roles=("steward", "officer", "executive"),
    ),
    Permit(
        Permission.ATTACH,
        may_attach,
        name=_("Add and take away a file"),
        who=_("Everybody who may change that record."),
        why=_("The same. A file taken away stays in the history."),
        roles=("steward", "officer"),
    ),
)
"""Each permission in words, for the page that shows who may do what."""
