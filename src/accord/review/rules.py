"""Who may do what on a panel."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.permits import Permit
from accord.people.enums import Role
from accord.review.enums import Permission

OFFICE = (Role.STEWARD, Role.OFFICER, Role.MANAGER)
"""The roles of the owner's house that run its panels."""

WATCHING = (*OFFICE, Role.EXECUTIVE)
"""The roles of the owner's house that may know how far a panel is."""


def may_see_panel(actor: Actor, owner: int, *, is_chair: bool = False) -> bool:
    """Say whether the actor may know of a panel and how far it is: the owner's people, and its chair."""
    return is_chair or actor.holds(*WATCHING, institution_id=owner)


def may_run_panel(actor: Actor, owner: int) -> bool:
    """Say whether the actor may open a panel, change its rules, invite to it and close it."""
    return actor.holds(*OFFICE, institution_id=owner)


def may_chair_panel(actor: Actor, owner: int, *, is_chair: bool = False) -> bool:
    """Say whether the actor may read reviews and standings, and assign reviewers: the office, and the chair."""
    return is_chair or may_run_panel(actor, owner)


def may_lift_conflict(actor: Actor, owner: int, *, is_chair: bool = False, whose: Collection[int] = ()) -> bool:
    """Say whether the actor may lift a conflict: the office and the chair, never one of their own."""
    return not (actor.persons & frozenset(whose)) and may_chair_panel(actor, owner, is_chair=is_chair)


def may_review(actor: Actor, panelist: int) -> bool:
    """Say whether the actor may review as this panelist: only in person, nobody stands in."""
    return actor.for_person is None and actor.person_id == panelist


def may_keep_rubrics(actor: Actor, owner: int) -> bool:
    """Say whether the actor may write rubrics of an institution."""
    return actor.holds(*OFFICE, institution_id=owner)


def may_open_any(actor: Actor) -> bool:
    """Say whether there is any institution for which the actor may open panels and write rubrics."""
    return any(grant.role in OFFICE for grant in actor.grants)


RULES = {
    Permission.SEE_PANEL: may_see_panel,
    Permission.RUN_PANEL: may_run_panel,
    Permission.CHAIR_PANEL: may_chair_panel,
    Permission.LIFT_CONFLICT: may_lift_conflict,
    Permission.REVIEW: may_review,
    Permission.KEEP_RUBRICS: may_keep_rubrics,
}
"""Which predicate decides each permission."""

_OFFICE = _("Stewards; partnership officers and programme managers of the institution that owns the panel.")

PERMITS = (
    Permit(
        Permission.SEE_PANEL,
        may_see_panel,
        name=_("See how far a panel is"),
        who=_(
            "Stewards; partnership officers, programme managers and executives of the institution that owns the panel; "
            "its chair."
        ),
        why=_("Executives answer for the date, not for a score: they see counts, no name and no review."),
        roles=WATCHING,
    ),
    Permit(
        Permission.RUN_PANEL,
        may_run_panel,
        name=_("Open, change and close a panel"),
        who=_OFFICE,
        why=_("Rules of a review are stated by whoever answers for the decision, before anybody is scored."),
        roles=OFFICE,
    ),
    Permit(
        Permission.CHAIR_PANEL,
        may_chair_panel,
        name=_("Assign reviewers, and read reviews and standings"),
        who=_(
            "Stewards; partnership officers and programme managers of the institution that owns the panel; its chair."
        ),
        why=_("Somebody must see that every item is reviewed fairly and in time; reviewers see their own alone."),
        roles=OFFICE,
    ),
    Permit(
        Permission.LIFT_CONFLICT,
        may_lift_conflict,
        name=_("Lift a conflict of interest"),
        who=_("Whoever may assign reviewers; nobody their own."),
        why=_("The records may be wrong; but nobody declares themselves free of a conflict."),
        roles=OFFICE,
    ),
    Permit(
        Permission.REVIEW,
        may_review,
        name=_("Review an item"),
        who=_("The reviewer to whom it is assigned, in person; nobody in their stead."),
        why=_("A review is one person's judgement. Who cannot give it hands it back, and another is assigned."),
        anyone=True,
    ),
    Permit(
        Permission.KEEP_RUBRICS,
        may_keep_rubrics,
        name=_("Write rubrics"),
        who=_("Stewards; partnership officers and programme managers of the institution that owns the rubric."),
        why=_("A rubric stands from the moment a panel uses it; a change is a new edition."),
        roles=OFFICE,
    ),
)
"""Each permission in words, for the page that shows who may do what."""
