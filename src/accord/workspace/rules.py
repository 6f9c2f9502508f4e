"""Who may do what in a work space."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role
from accord.workspace.enums import Permission

EVERY_ROLE = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE, Role.OPERATOR)
"""The roles of the operator's house that open its sites."""

PARTNER_ROLES = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)
"""The roles of a party to the agreement that a site delivers to, and so of those who follow its numbers."""

KEEPING = (Role.STEWARD, Role.OFFICER, Role.OPERATOR)
"""The roles that run a site."""


def may_see(actor: Actor, operator: int, *, parties: Collection[int] = (), is_resident: bool = False) -> bool:
    """Say whether the actor may know of a site: its operator's people, its residents, and its agreement's parties."""
    return (
        is_resident
        or actor.holds(*EVERY_ROLE, institution_id=operator)
        or any(actor.holds(*PARTNER_ROLES, institution_id=one) for one in parties)
    )


def may_see_terms(actor: Actor, operator: int, *, is_own_team: bool = False) -> bool:
    """Say whether the actor may read rents, deposits, revenue and remarks of a team."""
    return is_own_team or actor.holds(*EVERY_ROLE, institution_id=operator)


def may_keep_spaces(actor: Actor, operator: int) -> bool:
    """Say whether the actor may open sites and change floors, spaces and the rules of booking."""
    return actor.holds(*KEEPING, institution_id=operator)


def may_open_site(actor: Actor) -> bool:
    """Say whether the actor may open a site at all, for whichever house."""
    return any(grant.role in KEEPING for grant in actor.grants)


def may_keep_teams(actor: Actor, operator: int) -> bool:
    """Say whether the actor may keep teams, the waiting list, tenancies, reports, mentors and services."""
    return actor.holds(*KEEPING, institution_id=operator)


def may_keep_bookings(actor: Actor, operator: int) -> bool:
    """Say whether the actor may approve requests, book and cancel for others, and close spaces for a while."""
    return actor.holds(*KEEPING, institution_id=operator)


def may_book(actor: Actor, operator: int, *, is_resident: bool = False) -> bool:
    """Say whether the actor may book at a site: who works in a resident team, and the operator's people."""
    return is_resident or actor.holds(*EVERY_ROLE, institution_id=operator)


def may_report(actor: Actor, operator: int, *, leads_team: bool = False) -> bool:
    """Say whether the actor may report for a team: who leads it, and who keeps the site's teams."""
    return leads_team or may_keep_teams(actor, operator)


def may_plan(actor: Actor, operator: int) -> bool:
    """Say whether the actor may plan who moves where, and publish it."""
    return actor.holds(*KEEPING, institution_id=operator)


RULES = {
    Permission.SEE: may_see,
    Permission.SEE_TERMS: may_see_terms,
    Permission.KEEP_SPACES: may_keep_spaces,
    Permission.KEEP_TEAMS: may_keep_teams,
    Permission.KEEP_BOOKINGS: may_keep_bookings,
    Permission.BOOK: may_book,
    Permission.REPORT: may_report,
    Permission.PLAN: may_plan,
}
"""Which predicate decides each permission."""

_KEEPERS = _("Stewards; partnership officers and work space operators of the house that runs the site.")

PERMITS = (
    Permit(
        Permission.SEE,
        may_see,
        name=_("See a work space"),
        who=_(
            "Everybody with a role for the house that runs the site; officers and executives of a party to its "
            "agreement; who works in a team there; everybody with a role for the whole installation."
        ),
        why=_("What is promised of a work space opens down to its floors, teams and tenancies, for both sides."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.SEE_TERMS,
        may_see_terms,
        name=_("Read rents and what a team reports of its money"),
        who=_("Everybody with a role for the house that runs the site; who works in the team, for its own."),
        why=_("Partners count teams, people and area. What a team pays and earns is no matter of theirs."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.KEEP_SPACES,
        may_keep_spaces,
        name=_("Keep floors, spaces and the rules of booking"),
        who=_KEEPERS,
        why=_("Area in operation is a promised number; whoever runs the floors says when they open and close."),
        roles=KEEPING,
    ),
    Permit(
        Permission.KEEP_TEAMS,
        may_keep_teams,
        name=_("Keep teams, tenancies and the waiting list"),
        who=_KEEPERS,
        why=_("Resident teams are a promised number, counted from tenancies that the operator signs."),
        roles=KEEPING,
    ),
    Permit(
        Permission.KEEP_BOOKINGS,
        may_keep_bookings,
        name=_("Approve bookings, and book and cancel for others"),
        who=_KEEPERS,
        why=_("The front desk helps people without an account, and closes rooms that cannot be used."),
        roles=KEEPING,
    ),
    Permit(
        Permission.BOOK,
        may_book,
        name=_("Book a space"),
        who=_("Who works in a resident team, for it; everybody with a role for the house that runs the site."),
        why=_("Rooms and desks are there for those who work in the house."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.REPORT,
        may_report,
        name=_("Report for a team"),
        who=_("Who leads the team, or holds its link; whoever keeps the site's teams."),
        why=_("Head counts are promised numbers; the team says them, and the operator looks at odd ones."),
        roles=KEEPING,
    ),
    Permit(
        Permission.PLAN,
        may_plan,
        name=_("Plan who moves where"),
        who=_KEEPERS,
        why=_("A plan binds nobody until it is published; then each team gets an offer with its reason."),
        roles=KEEPING,
    ),
)
"""Each permission in words, for the page that shows who may do what."""
