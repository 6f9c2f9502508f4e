"""Who may do what with the installation as a whole."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role
from accord.portal.enums import Permission


def may_manage_jobs(actor: Actor) -> bool:
    """Say whether the actor may see the queue and have failed jobs tried again: stewards."""
    return actor.holds(Role.STEWARD)


PERMITS = (
    Permit(
        Permission.MANAGE_JOBS,
        may_manage_jobs,
        name=_("See the queue and try failed jobs again"),
        who=_("Stewards."),
        why=_("Somebody has to see that work in the background is done; whom a job concerns is not shown."),
        roles=(Role.STEWARD,),
    ),
)
"""Each permission in words, for the page that shows who may do what."""

RULES = {permit.code: permit.rule for permit in PERMITS}
"""Which predicate decides each permission."""
