"""Who may do what with persons and accounts."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.models import World
from accord.kernel.permits import Permit
from accord.people.enums import Permission, Role

ROLES_THAT_READ = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)
"""The roles that see who holds which role, where they hold their own."""

GRANTED_BY_OFFICERS = (Role.OFFICER, Role.EXECUTIVE, Role.OPERATOR, Role.MANAGER)
"""What officers grant for their institution: no more than they may do themselves."""


def may_take_demo_role(world: World) -> bool:
    """Say whether visitors may become a demo person by one click: in a demo world only."""
    return world.is_demo


def may_see_roles(actor: Actor) -> bool:
    """Say whether the actor may see who holds which role, where they hold one themselves."""
    return any(grant.role in ROLES_THAT_READ for grant in actor.grants)


def may_grant_role(actor: Actor, role: str, institution: int | None) -> bool:
    """Say whether the actor may grant or end a role: stewards any, officers what they hold for their institution.

    Who stands in for somebody grants nothing: what is lent for some days must not outlast them.
    """
    if actor.for_person is not None:
        return False
    if actor.holds(Role.STEWARD):
        return True
    return (
        institution is not None
        and role in GRANTED_BY_OFFICERS
        and actor.holds(Role.OFFICER, institution_id=institution)
    )


def may_end_role(actor: Actor, person: int, role: str, institution: int | None) -> bool:
    """Say whether the actor may end a role: whoever may grant it, and everybody their own."""
    return may_grant_role(actor, role, institution) or (actor.for_person is None and actor.person_id == person)


def may_grant_any(actor: Actor) -> bool:
    """Say whether there is any role that the actor may grant."""
    return actor.for_person is None and any(grant.role in {Role.STEWARD, Role.OFFICER} for grant in actor.grants)


def may_see_rights(actor: Actor, person: int) -> bool:
    """Say whether the actor may see what a person may do, and why: stewards of all, everybody of themselves."""
    return actor.person_id == person or actor.holds(Role.STEWARD)


def may_delegate(actor: Actor) -> bool:
    """Say whether the actor holds something that can be lent, themselves and not by standing in."""
    return actor.for_person is None and any(grant.role != Role.STEWARD for grant in actor.grants)


def may_make_token(actor: Actor) -> bool:
    """Say whether the actor may make tokens: everybody, in their own name."""
    return not actor.is_nobody and actor.for_person is None


def may_save_view(actor: Actor) -> bool:
    """Say whether the actor may keep lists under a name: everybody, for themselves."""
    return not actor.is_nobody


def may_make_link(actor: Actor, may_change: bool) -> bool:  # noqa: FBT001 (what the record's own context said)
    """Say whether the actor may make, see and take back links to a record: those who may change it."""
    return may_change and not actor.is_nobody


def may_see_institutions(actor: Actor) -> bool:
    """Say whether the actor may see institutions with their units: everybody with a role."""
    return bool(actor.grants)


def may_change_institutions(actor: Actor) -> bool:
    """Say whether the actor may add and change institutions: stewards."""
    return actor.holds(Role.STEWARD)


def may_change_units(actor: Actor, institution: int) -> bool:
    """Say whether the actor may add, change, move and close the institution's units."""
    return actor.holds(Role.STEWARD, Role.OFFICER, institution_id=institution)


def may_see_people(actor: Actor) -> bool:
    """Say whether the actor may see people at all: everybody with a role; which ones, the queries say."""
    return any(grant.role in ROLES_THAT_READ for grant in actor.grants)


def may_see_email(actor: Actor, person: int, institutions: Collection[int]) -> bool:
    """Say whether the actor may see the e-mail address of a person who belongs to these institutions today."""
    return person in actor.persons or may_change_person(actor, institutions)


def may_change_person(actor: Actor, institutions: Collection[int]) -> bool:
    """Say whether the actor may change a person who belongs to these institutions today."""
    return actor.holds(Role.STEWARD) or any(actor.holds(Role.OFFICER, institution_id=one) for one in institutions)


def may_add_people(actor: Actor) -> bool:
    """Say whether the actor may add people: stewards, and officers to their own institution."""
    return any(grant.role in {Role.STEWARD, Role.OFFICER} for grant in actor.grants)


def may_merge(actor: Actor) -> bool:
    """Say whether the actor may merge what stands twice, and undo it: stewards, not by standing in."""
    return actor.for_person is None and actor.holds(Role.STEWARD)


INVITED_BY_OFFICERS = GRANTED_BY_OFFICERS
"""The roles to which officers invite for their institution: those they grant."""


def may_invite(actor: Actor, role: str, institution: int | None) -> bool:
    """Say whether the actor may invite somebody to a role, and take such an invitation back: whoever may grant it."""
    return may_grant_role(actor, role, institution)


def may_invite_any(actor: Actor) -> bool:
    """Say whether there is any role to which the actor may invite."""
    return may_grant_any(actor)


RULES = {
    Permission.TAKE_DEMO_ROLE: may_take_demo_role,
    Permission.SEE_INSTITUTIONS: may_see_institutions,
    Permission.CHANGE_INSTITUTIONS: may_change_institutions,
    Permission.CHANGE_UNITS: may_change_units,
    Permission.SEE_PEOPLE: may_see_people,
    Permission.SEE_EMAIL: may_see_email,
    Permission.CHANGE_PEOPLE: may_change_person,
    Permission.MERGE: may_merge,
    Permission.SEE_ROLES: may_see_roles,
    Permission.GRANT_ROLE: may_grant_role,
    Permission.SEE_RIGHTS: may_see_rights,
    Permission.DELEGATE: may_delegate,
    Permission.MAKE_TOKEN: may_make_token,
    Permission.SAVE_VIEW: may_save_view,
    Permission.MAKE_LINK: may_make_link,
    Permission.INVITE: may_invite,
}
"""Which predicate decides each permission."""

PERMITS = (
    Permit(
        Permission.TAKE_DEMO_ROLE,
        may_take_demo_role,
        name=_("Take a demo role"),
        who=_("Everybody, in a demo world. Nobody, in a real installation."),
        why=_("A demo holds nothing real, so it needs no password."),
        anyone=True,
    ),
    Permit(
        Permission.SEE_INSTITUTIONS,
        may_see_institutions,
        name=_("See institutions and their units"),
        who=_("Everybody with a role."),
        why=_("Names, units and public identifiers of organisations are no secret."),
        roles=(*ROLES_THAT_READ, Role.OPERATOR, Role.MANAGER),
    ),
    Permit(
        Permission.CHANGE_INSTITUTIONS,
        may_change_institutions,
        name=_("Add and change institutions"),
        who=_("Stewards."),
        why=_("An institution is party to agreements of others as well, so one place keeps its name and identifiers."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.CHANGE_UNITS,
        may_change_units,
        name=_("Add, change, move and close units"),
        who=_("Stewards; partnership officers, for their institution."),
        why=_("An institution knows its own schools and departments best."),
        roles=(Role.STEWARD, Role.OFFICER),
    ),
    Permit(
        Permission.SEE_PEOPLE,
        may_see_people,
        name=_("See people"),
        who=_(
            "Stewards; officers and executives the people of their institution and of the parties of its agreements."
        ),
        why=_("Who works together knows each other by name; nobody looks up strangers."),
        roles=ROLES_THAT_READ,
        limits=dict.fromkeys(GRANTED_BY_OFFICERS, _("people of the institution and of its partners")),
    ),
    Permit(
        Permission.SEE_EMAIL,
        may_see_email,
        name=_("See the e-mail address of a person"),
        who=_("Stewards; partnership officers of an institution that the person belongs to. Everybody their own."),
        why=_("An address is personal data: it is shown to those who keep it, and leaves in no list of others."),
        roles=(Role.STEWARD, Role.OFFICER),
        limits={Role.OFFICER: _("people of this institution")},
    ),
    Permit(
        Permission.CHANGE_PEOPLE,
        may_change_person,
        name=_("Add and change people and where they belong"),
        who=_("Stewards; partnership officers, people who belong to their institution."),
        why=_("Whoever sees somebody come and go keeps it up to date."),
        roles=(Role.STEWARD, Role.OFFICER),
        limits={Role.OFFICER: _("people of this institution")},
    ),
    Permit(
        Permission.MERGE,
        may_merge,
        name=_("Merge what stands twice, and undo it"),
        who=_("Stewards, themselves and not by standing in."),
        why=_("A merge moves records of every institution, so somebody who sees them all decides."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.SEE_ROLES,
        may_see_roles,
        name=_("See who holds which role"),
        who=_("Everybody with a role, for the same institution; everybody with a role for the whole installation."),
        why=_("Who decides for an institution is no secret among its people."),
        roles=ROLES_THAT_READ,
    ),
    Permit(
        Permission.GRANT_ROLE,
        may_grant_role,
        name=_("Grant and end a role"),
        who=_(
            "Stewards, every role; partnership officers, those of officer and executive of their institution. "
            "Everybody ends their own."
        ),
        why=_("Nobody grants more than they hold, nobody grants to themselves, and the last steward stays."),
        roles=(Role.STEWARD, Role.OFFICER),
        limits={Role.OFFICER: _("officers and executives of this institution")},
    ),
    Permit(
        Permission.SEE_RIGHTS,
        may_see_rights,
        name=_("See what another person may do"),
        who=_("Stewards. Everybody sees their own."),
        why=_("Whoever is asked why somebody may or may not has to be able to say so."),
        roles=(Role.STEWARD,),
    ),
    Permit(
        Permission.DELEGATE,
        may_delegate,
        name=_("Let somebody stand in"),
        who=_(
            "Partnership officers, executives, work space operators and programme managers, people of the same "
            "institution who have an account."
        ),
        why=_("Work goes on when somebody is away, and the history names both. The steward's role is never lent."),
        roles=(Role.OFFICER, Role.EXECUTIVE, Role.OPERATOR, Role.MANAGER),
    ),
    Permit(
        Permission.MAKE_TOKEN,
        may_make_token,
        name=_("Make a token for a program"),
        who=_("Everybody who is signed in, in their own name."),
        why=_("A program may do what its person may, within the token's scopes and for a year at most."),
        anyone=True,
    ),
    Permit(
        Permission.SAVE_VIEW,
        may_save_view,
        name=_("Save a list as one narrowed it"),
        who=_("Everybody who is signed in, for themselves."),
        why=_("A saved view holds an address and no rows; it shows what its reader may see when it is opened."),
        anyone=True,
    ),
    Permit(
        Permission.MAKE_LINK,
        may_make_link,
        name=_("Make a link for somebody without an account"),
        who=_("Stewards and partnership officers who may change the record that the link opens."),
        why=_("The link lends one act on one record, for a time; nobody lends more than they may do."),
        roles=(Role.STEWARD, Role.OFFICER),
        limits={Role.OFFICER: _("records that they may change")},
    ),
    Permit(
        Permission.INVITE,
        may_invite,
        name=_("Invite somebody to open an account"),
        who=_("Stewards; partnership officers for their institution, to the roles of officer and executive."),
        why=_("Nobody opens an account by themselves; whoever may grant a role may invite somebody to hold it."),
        roles=(Role.STEWARD, Role.OFFICER),
        limits={Role.OFFICER: _("officers and executives of this institution")},
    ),
)
"""Each permission in words, for the page that shows who may do what."""
