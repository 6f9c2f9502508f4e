"""Assigning by hand: one reviewer to one item, locked or not, and the first opening."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.review.enums import AssignedBy
from accord.review.models import Assignment, Conflict, Item, Panelist
from accord.review.operations._panels import locked
from accord.review.operations._refused import (
    ItemWithdrawn,
    NotServing,
    NotStated,
    NotTheReviewer,
    in_conflict,
    refuse_closed,
)
from accord.review.operations._reminders import stage_of
from accord.review.operations._tell import tell_panelists


@transaction.atomic
def assign(*, item: Item, panelist: Panelist, by: Person, at: datetime, is_locked: bool = False) -> Assignment:
    """Assign an item to a reviewer by hand; released before, it stands again. Twice changes nothing.

    Raises `PanelClosed`, `ItemWithdrawn`, `NotServing` and `InConflict`.
    """
    panel = locked(item.panel)
    refuse_closed(panel)
    reviewer = (
        Panelist.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=panelist.pk)
    )
    before = Assignment.objects.select_for_update(of=("self",)).filter(item=item, panelist=reviewer).first()
    if before is not None and before.released_at is None:
        return before
    refuse_unassignable(item, reviewer)
    facts = {
        "is_locked": is_locked,
        "source": AssignedBy.HAND,
        "run": None,
        "why": {},
        "due_at": panel.due_at,
    }
    with refused_as({"no_assignment_in_conflict": lambda: in_conflict(reviewer.person.name, item.code)}):
        assignment = put_down(item, reviewer, before, facts, by=by, at=at)
    tell_panelists("assigned", panel, [reviewer], key=f"{assignment.pk}:{assignment.version}", at=at, number=1)
    return assignment


def refuse_unassignable(item: Item, reviewer: Panelist) -> None:
    """Refuse who does not serve on the item's panel, a withdrawn item, and a conflict."""
    if reviewer.panel_id != item.panel_id or reviewer.removed_at is not None or reviewer.accepted_at is None:
        raise NotServing(_("Only people who accepted the invitation to this panel can be assigned."), field="panelist")
    if Item.objects.get(pk=item.pk).withdrawn_at is not None:
        raise ItemWithdrawn(_("%(code)s was withdrawn and is reviewed no more.") % {"code": item.code})
    if Conflict.objects.filter(item=item, panelist=reviewer, lifted_at=None).exists():
        raise in_conflict(reviewer.person.name, item.code)


def put_down(
    item: Item, reviewer: Panelist, before: Assignment | None, facts: dict[str, object], *, by: Person, at: datetime
) -> Assignment:
    """Write an assignment, or let one that was released stand again; the panel must be locked."""
    row = before or Assignment(item=item, panelist=reviewer)
    for name, value in facts.items():
        setattr(row, name, value)
    row.assigned_at, row.assigned_by = at, by
    row.released_at, row.released_by, row.release_reason = None, None, Bilingual()
    row.reminders, row.reminded_at = stage_of(row.due_at, at), None
    row.version = 1 if before is None else row.version + 1
    row.save()
    return row


@transaction.atomic
def lock_assignment(*, assignment: Assignment, by: Person, at: datetime) -> Assignment:
    """Keep the automatic assignment from moving this one. Twice changes nothing. Raises `PanelClosed`, `NotServing`."""
    del by, at
    return _set_lock(assignment, is_locked=True)


@transaction.atomic
def unlock_assignment(*, assignment: Assignment, by: Person, at: datetime) -> Assignment:
    """Let the automatic assignment move this one again. Twice changes nothing."""
    del by, at
    return _set_lock(assignment, is_locked=False)


def _set_lock(assignment: Assignment, *, is_locked: bool) -> Assignment:
    panel = locked(assignment.item.panel)
    refuse_closed(panel)
    held = Assignment.objects.select_for_update(of=("self",)).select_related("item__panel").get(pk=assignment.pk)
    if held.is_locked == is_locked:
        return held
    if held.released_at is not None:
        raise NotServing(_("This reviewer was released from the item. Assign them again first."))
    held.is_locked = is_locked
    held.version += 1
    held.save(update_fields=["is_locked", "version"])
    return held


@transaction.atomic
def open_item(*, assignment: Assignment, by: Person, at: datetime) -> Assignment:
    """Keep when a reviewer first opened an item; later openings change nothing.

    Raises `NotStated` before they stated their conflicts, `NotTheReviewer`, and `NotServing` once they were released.
    """
    held = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("item__panel", "panelist")
        .get(pk=assignment.pk)
    )
    if held.panelist.person_id != by.pk:
        raise NotTheReviewer(_("Only the reviewer to whom this is assigned opens it."))
    if held.released_at is not None:
        raise NotServing(_("You no longer review this item."))
    if held.panelist.stated_at is None:
        raise NotStated(_("State your conflicts of interest first, or that you have none. Then the files open."))
    if held.opened_at is None:
        held.opened_at = at
        held.version += 1
        held.save(update_fields=["opened_at", "version"])
    return held
