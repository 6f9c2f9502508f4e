"""Who reviews what on a panel: listed, assigned by hand, locked and released, by the office and the chair."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    NothingSent,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    expected,
    wrong_field,
)
from accord.kernel.reading import people_shown
from accord.people.queries import acting_person
from accord.review import operations, queries
from accord.review.api._panels import chaired
from accord.review.enums import AssignedBy, AssignmentState, Permission
from accord.review.forms import ASSIGNED
from accord.review.queries import Assignment
from accord.ui.listing import ListAsked, listed

assignments = Router(tags=["Review panels"])
OF_PANEL = "/panels/{number}/assignments"
ONE = f"{OF_PANEL}/{{assignment}}"


class AssignmentShown(Shown):
    """That a reviewer is to review an item."""

    id: int
    item: str = Field(description="Code of the item.", examples=["A-017"])
    reviewer: int = Field(description="Number of the reviewer on the panel.")
    name: Words
    state: AssignmentState
    source: AssignedBy
    is_locked: bool = Field(description="The automatic assignment leaves it as it is.")
    assigned_at: datetime
    due_at: datetime
    version: int


class AssignmentSent(Sent):
    """Who is to review what."""

    item: Text = Field(max_length=60, description="Code of the item.", examples=["A-017"])
    reviewer: Number = Field(description="Number of the reviewer on the panel.")
    is_locked: bool = Field(default=False, description="The automatic assignment leaves it as it is.")


class ReleaseSent(Sent):
    """Why a reviewer is taken off an item."""

    reason: Text = Field(min_length=1, max_length=500, description="The reviewer reads it.")


class AssignmentsAsked(ListAsked, table=ASSIGNED):
    """How the assignments of a panel may be asked for."""


@assignments.reads(OF_PANEL, answer=Page[AssignmentShown], may=Permission.CHAIR_PANEL)
def list_panel_assignments(
    request: ApiRequest, number: Number, asked: Query[AssignmentsAsked]
) -> Page[AssignmentShown]:
    """List who reviews what on a panel. Without the items that are kept from the reader."""
    rows = queries.without_kept(queries.assignments_of(chaired(request, number)), request.actor)
    return listed(request, asked, queries.with_state(rows), _shown, whose=lambda row: row.panelist.person_id)


@assignments.creates(OF_PANEL, answer=AssignmentShown, may=Permission.CHAIR_PANEL)
def assign_by_hand(request: ApiRequest, number: Number, sent: AssignmentSent) -> Created[AssignmentShown]:
    """Assign an item to a reviewer by hand. Assigned already, it is the same one; the reviewer is told."""
    panel = chaired(request, number)
    item = queries.items_of(panel).exclude(pk__in=queries.kept_from(request.actor).values("pk")).filter(code=sent.item)
    if not item:
        raise wrong_field("item", _("There is no item of this number before the panel."))
    reviewer = queries.serving(panel).filter(pk=sent.reviewer).first()
    if reviewer is None:
        raise wrong_field("reviewer", _("Only people who accepted the invitation to this panel can be assigned."))
    made = operations.assign(item=item[0], panelist=reviewer, is_locked=sent.is_locked, **_by(request))
    shown = _detail(request, number, made.pk)
    return Created(shown.value, version=shown.version, at=reverse("api:read_panel_assignment", args=[number, made.pk]))


@assignments.reads(ONE, answer=AssignmentShown, may=Permission.CHAIR_PANEL)
def read_panel_assignment(request: ApiRequest, number: Number, assignment: Number) -> Detail[AssignmentShown]:
    """Read one assignment. Those that were released as well."""
    return _detail(request, number, assignment)


@assignments.acts(f"{ONE}/lock", answer=AssignmentShown, may=Permission.CHAIR_PANEL)
def lock_panel_assignment(
    request: ApiRequest, number: Number, assignment: Number, sent: NothingSent
) -> Detail[AssignmentShown]:
    """Lock an assignment. The automatic assignment leaves it as it is."""
    del sent
    operations.lock_assignment(assignment=_found(request, number, assignment), **_by(request))
    return _detail(request, number, assignment)


@assignments.acts(f"{ONE}/unlock", answer=AssignmentShown, may=Permission.CHAIR_PANEL)
def unlock_panel_assignment(
    request: ApiRequest, number: Number, assignment: Number, sent: NothingSent
) -> Detail[AssignmentShown]:
    """Unlock an assignment. The automatic assignment may move it again."""
    del sent
    operations.unlock_assignment(assignment=_found(request, number, assignment), **_by(request))
    return _detail(request, number, assignment)


@assignments.acts(f"{ONE}/release", answer=AssignmentShown, may=Permission.CHAIR_PANEL)
def release_reviewer(
    request: ApiRequest, number: Number, assignment: Number, sent: ReleaseSent
) -> Detail[AssignmentShown]:
    """Take a reviewer off an item, with a reason. What they wrote is kept and no longer counts."""
    operations.release(assignment=_found(request, number, assignment), reason=sent.reason, **_by(request))
    return _detail(request, number, assignment)


def _by(request: ApiRequest) -> dict[str, Any]:
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def _found(request: ApiRequest, number: int, assignment: int) -> Assignment:
    """Return an assignment of a panel, of the version that the reader read."""
    found = queries.find_assignment_of(chaired(request, number), assignment, request.actor)
    expected(request, found.version)
    return found


def _detail(request: ApiRequest, number: int, assignment: int) -> Detail[AssignmentShown]:
    found = queries.find_assignment_of(chaired(request, number), assignment, request.actor)
    people_shown(request.actor, [found.panelist.person_id], clock.now(request.world))
    return Detail(_shown(found), version=found.version)


def _shown(row: Any) -> AssignmentShown:
    return AssignmentShown(
        id=row.pk,
        item=row.item.code,
        reviewer=row.panelist_id,
        name=Words.of(row.panelist.person.name),
        state=AssignmentState(row.state),
        source=AssignedBy(row.source),
        is_locked=row.is_locked,
        assigned_at=row.assigned_at,
        due_at=row.due_at,
        version=row.version,
    )
