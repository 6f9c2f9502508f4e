"""Who may do what in the programmes."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role
from accord.programmes.enums import Permission

OFFICE = (Role.STEWARD, Role.OFFICER, Role.MANAGER)
"""The roles that run the programmes of an institution."""

EVERY_ROLE = (*OFFICE, Role.EXECUTIVE)
"""The roles of the owner's house that open its programmes."""

PARTNER_ROLES = (Role.STEWARD, Role.OFFICER, Role.EXECUTIVE)
"""The roles of a party to the agreement that a programme delivers to, and so of those who follow its numbers."""

SIDE_ROLES = (Role.STEWARD, Role.OFFICER, Role.MANAGER)
"""The roles of a host or home that look after the places and people of their house."""


def may_see(actor: Actor, owner: int, *, parties: Collection[int] = ()) -> bool:
    """Say whether the actor may know of a programme beyond its public pages: the owner's people, and parties."""
    return actor.holds(*EVERY_ROLE, institution_id=owner) or any(
        actor.holds(*PARTNER_ROLES, institution_id=one) for one in parties
    )


def may_run(actor: Actor, owner: int) -> bool:
    """Say whether the actor may open programmes and calls, write forms and set what holds for a call."""
    return actor.holds(*OFFICE, institution_id=owner)


def may_open_any(actor: Actor) -> bool:
    """Say whether there is any institution for which the actor may open programmes."""
    return any(grant.role in OFFICE for grant in actor.grants)


def may_see_applications(actor: Actor, owner: int) -> bool:
    """Say whether the actor may read applications by name, as the office."""
    return actor.holds(*OFFICE, institution_id=owner)


def may_decide(actor: Actor, owner: int, *, concerned: Collection[int] = ()) -> bool:
    """Say whether the actor may decide on applications, settle slates and publish a match; nobody on their own."""
    return not actor.persons & frozenset(concerned) and actor.holds(*OFFICE, institution_id=owner)


def may_apply(actor: Actor, applicant: int) -> bool:
    """Say whether the actor may write, submit and withdraw an application: whose it is, in person."""
    return actor.for_person is None and actor.person_id == applicant


def may_keep_places(actor: Actor, owner: int, *, host: int = 0, contacts: Collection[int] = ()) -> bool:
    """Say whether the actor may open and change places, and rank who wants them: the host's people, and the office."""
    return (
        bool(actor.persons & frozenset(contacts))
        or actor.holds(*SIDE_ROLES, institution_id=host)
        or actor.holds(*OFFICE, institution_id=owner)
    )


def may_see_placement(actor: Actor, owner: int, *, sides: Collection[int] = (), people: Collection[int] = ()) -> bool:
    """Say whether the actor may read who is placed and how it goes: the person, supervisors, host, home, the owner."""
    return (
        bool(actor.persons & frozenset(people))
        or actor.holds(*EVERY_ROLE, institution_id=owner)
        or any(actor.holds(*SIDE_ROLES, institution_id=one) for one in sides)
    )


def may_keep_placements(actor: Actor, owner: int) -> bool:
    """Say whether the actor may begin, change and end placements, and record degrees, stipends and jobs."""
    return actor.holds(*OFFICE, institution_id=owner)


RULES = {
    Permission.SEE: may_see,
    Permission.RUN: may_run,
    Permission.SEE_APPLICATIONS: may_see_applications,
    Permission.DECIDE: may_decide,
    Permission.APPLY: may_apply,
    Permission.KEEP_PLACES: may_keep_places,
    Permission.SEE_PLACEMENT: may_see_placement,
    Permission.KEEP_PLACEMENTS: may_keep_placements,
}
"""Which predicate decides each permission."""

_OFFICE = _("Stewards; partnership officers and programme managers of the institution that runs the programme.")

PERMITS = (
    Permit(
        Permission.SEE,
        may_see,
        name=_("See a programme and its numbers"),
        who=_(
            "Everybody with a role for the institution that runs it, but work space operators; officers and executives "
            "of a party to its agreement."
        ),
        why=_("What is promised of a programme opens down to its places and placements, for both sides."),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.RUN,
        may_run,
        name=_("Run programmes and calls"),
        who=_OFFICE,
        why=_("Who answers for the decision states beforehand who may apply, what is asked and what counts."),
        roles=OFFICE,
    ),
    Permit(
        Permission.SEE_APPLICATIONS,
        may_see_applications,
        name=_("Read applications"),
        who=_OFFICE,
        why=_("An application is written for those who decide on it. Partners and executives see numbers."),
        roles=OFFICE,
    ),
    Permit(
        Permission.DECIDE,
        may_decide,
        name=_("Decide on applications and publish a match"),
        who=_("Whoever runs the programme; nobody on an application of their own."),
        why=_("Letters that decide about people are held back; another person lets them go."),
        roles=OFFICE,
    ),
    Permit(
        Permission.APPLY,
        may_apply,
        name=_("Write, submit and withdraw an application"),
        who=_("Whose application it is, in person."),
        why=_("Nobody applies in somebody's name. Whoever helps does so beside them."),
        anyone=True,
    ),
    Permit(
        Permission.KEEP_PLACES,
        may_keep_places,
        name=_("Open places, and read and rank who wants them"),
        who=_(
            "Stewards; partnership officers and programme managers of the host and of the institution that runs the "
            "programme; whom the host named, also by link."
        ),
        why=_(
            "A host knows its places best. Of who wants them it reads only what the applicant was told, and a person "
            "who is named need not have an account."
        ),
        roles=SIDE_ROLES,
    ),
    Permit(
        Permission.SEE_PLACEMENT,
        may_see_placement,
        name=_("Read who is placed, and how it goes"),
        who=_(
            "The person and their supervisors; stewards; partnership officers and programme managers of host and home; "
            "everybody who may see the programme at the institution that runs it."
        ),
        why=_(
            "Who looks after somebody has to know how it goes. Other parties see that there is a placement, no name."
        ),
        roles=EVERY_ROLE,
    ),
    Permit(
        Permission.KEEP_PLACEMENTS,
        may_keep_placements,
        name=_("Begin, change and end placements"),
        who=_OFFICE,
        why=_("Placements are promised numbers; each is confirmed by its host and counted from its record."),
        roles=OFFICE,
    ),
)
"""Each permission in words, for the page that shows who may do what."""
