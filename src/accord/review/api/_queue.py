"""A reviewer's own queue in the API: what is assigned, and one item with its rubric and the own review."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Detail, Number, Page, Router, Shown, Words
from accord.kernel.refused import NotAllowed
from accord.review import queries
from accord.review.enums import AssignmentState, Permission, Recommendation
from accord.review.forms import QUEUE, is_late
from accord.review.queries import Assignment, Criterion, Score
from accord.ui.listing import ListAsked, listed

own_reviews = Router(tags=["Review panels"])


class OwnReviewRow(Shown):
    """An item that the token's person is to review."""

    id: int
    item: str = Field(description="Code of the item; no title, which may say who applied.", examples=["A-017"])
    panel: Words
    state: AssignmentState
    due_at: datetime
    is_late: bool


class OwnScore(Shown):
    """A criterion of the rubric, and what was given for it so far."""

    criterion: str = Field(description="Key within the rubric.", examples=["quality"])
    name: Words
    weight: float
    lowest: float
    highest: float
    step: float
    value: float | None
    note: str


class OwnReview(Shown):
    """An item with its rubric and the review of the token's person, a draft or submitted."""

    id: int
    item: str = Field(description="Code of the item.", examples=["A-017"])
    panel: Words
    due_at: datetime
    is_late: bool
    opened_at: datetime | None = Field(description="Null before the reviewer opened it on its page.")
    submitted_at: datetime | None
    scores: list[OwnScore]
    recommendation: Recommendation | None
    comment_to_applicant: str
    comment_to_panel: str
    version: int = Field(description="Of the draft; 0 before there is any.")


class OwnReviewsAsked(ListAsked, table=QUEUE):
    """How one's own reviews may be asked for."""


@own_reviews.reads("/reviews", answer=Page[OwnReviewRow], may=Permission.REVIEW)
def list_own_reviews(request: ApiRequest, asked: Query[OwnReviewsAsked]) -> Page[OwnReviewRow]:
    """List what one is to review. Submitted ones last; nobody else's."""
    now = clock.now(request.world)
    return listed(request, asked, queries.own_queue(request.actor), lambda row: _row(row, now))


@own_reviews.reads("/reviews/{number}", answer=OwnReview, may=Permission.REVIEW)
def read_own_review(request: ApiRequest, number: Number) -> Detail[OwnReview]:
    """Read one's own review of an item. With its rubric; what others gave is read on the item's page."""
    found = queries.find_assignment(request.actor, number)
    if found.panelist.stated_at is None:
        raise NotAllowed(_("State your conflicts of interest first, or that you have none. Then the files open."))
    return Detail(_shown(found, clock.now(request.world)), version=found.version)


def _row(row: Any, now: datetime) -> OwnReviewRow:
    return OwnReviewRow(
        id=row.pk,
        item=row.item.code,
        panel=Words.of(row.item.panel.name),
        state=AssignmentState(row.state),
        due_at=row.due_at,
        is_late=is_late(row, now),
    )


def _shown(found: Assignment, now: datetime) -> OwnReview:
    draft = queries.draft_of(found)
    given = queries.scores_in(draft)
    return OwnReview(
        id=found.pk,
        item=found.item.code,
        panel=Words.of(found.item.panel.name),
        due_at=found.due_at,
        is_late=is_late(found, now),
        opened_at=found.opened_at,
        submitted_at=None if draft is None else draft.submitted_at,
        scores=[_score(one, given.get(one.key)) for one in queries.criteria_for(found)],
        recommendation=Recommendation(draft.recommendation) if draft is not None and draft.recommendation else None,
        comment_to_applicant="" if draft is None else draft.comment_to_applicant,
        comment_to_panel="" if draft is None else draft.comment_to_panel,
        version=0 if draft is None else draft.version,
    )


def _score(one: Criterion, given: Score | None) -> OwnScore:
    return OwnScore(
        criterion=one.key,
        name=Words.of(one.name),
        weight=float(one.weight),
        lowest=float(one.lowest),
        highest=float(one.highest),
        step=float(one.step),
        value=None if given is None or given.value is None else float(given.value),
        note="" if given is None else given.note,
    )
