"""Panels, their reviewers, conflicts, reviews and standings, to whoever runs or chairs them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Detail, Number, Page, Router, Shown, Words
from accord.kernel.refused import NotAllowed
from accord.review import queries
from accord.review.enums import ConflictKind, ConflictSource, Mode, Permission, Recommendation, ScoreRule
from accord.review.forms import CONFLICTS, PANELS, PEOPLE, REVIEWS, STANDINGS
from accord.review.queries import Conflict, Panel, Panelist, Review, Standing
from accord.ui.listing import ListAsked, listed

panels = Router(tags=["Review panels"])


class PanelShown(Shown):
    """People who review the items of one subject, such as a call, and how far they are."""

    id: int
    name: Words
    subject: str = Field(description="The record that it serves.", examples=["call:12"])
    institution: str = Field(description="Key of the institution that owns it.")
    mode: Mode
    score_counts: ScoreRule = Field(description="Which score counts, as it was stated beforehand.")
    reviews_each: int = Field(description="Reviews that each item needs.")
    items: int
    reviewers: int
    assigned: int
    submitted: int
    late: int
    due_at: datetime
    closed_at: datetime | None
    version: int


class ReviewerShown(Shown):
    """Somebody on a panel."""

    id: int
    name: Words
    is_chair: bool
    is_senior: bool
    has_accepted: bool
    has_stated: bool = Field(description="Whether they stated their conflicts; before that no file opens.")
    assigned: int
    submitted: int
    late: int
    conflicts: int


class ConflictShown(Shown):
    """Why a reviewer must not review an item."""

    id: int
    reviewer: Words
    item: str = Field(description="Code of the item.", examples=["A-017"])
    kind: ConflictKind
    source: ConflictSource
    reason: Words
    found_at: datetime
    lifted_at: datetime | None
    lift_reason: str


class ScoreShown(Shown):
    """What a review gives for one criterion."""

    criterion: Words
    value: float | None
    note: str


class ReviewShown(Shown):
    """A review; before it is submitted only that it was begun."""

    id: int
    item: str = Field(description="Code of the item.", examples=["A-017"])
    reviewer: Words
    submitted_at: datetime | None
    total: float | None = Field(description="Of 100, by the weights of the rubric.")
    recommendation: Recommendation | None
    scores: list[ScoreShown]
    comment_to_applicant: str | None
    comment_to_panel: str | None


class ItemStandingShown(Shown):
    """Where an item stands: raw and calibrated, both ranks, and which counts."""

    item: str = Field(description="Code of the item.", examples=["A-017"])
    record: str = Field(description="The record that is judged.", examples=["application:33"])
    raw: float = Field(description="Mean of what reviewers gave, of 100.")
    calibrated: float = Field(description="The same after leniency and strictness were taken off.")
    counts: float = Field(description="The one that counts by the panel's rule.")
    raw_rank: int
    calibrated_rank: int
    rank: int = Field(description="By the score that counts.")
    spread: float
    reviews: int


class PanelsAsked(ListAsked, table=PANELS):
    """How panels may be asked for."""


class ReviewersAsked(ListAsked, table=PEOPLE):
    """How the reviewers of a panel may be asked for."""


class ConflictsAsked(ListAsked, table=CONFLICTS):
    """How the conflicts of a panel may be asked for."""


class ReviewsAsked(ListAsked, table=REVIEWS):
    """How the reviews of a panel may be asked for."""


class StandingsAsked(ListAsked, table=STANDINGS):
    """How the standings of a panel may be asked for."""


@panels.reads("/panels", answer=Page[PanelShown], may=Permission.SEE_PANEL)
def list_panels(request: ApiRequest, asked: Query[PanelsAsked]) -> Page[PanelShown]:
    """List the panels. Those of the houses for which one holds a role, and those that one chairs."""
    rows = queries.with_progress(queries.panels_visible_to(request.actor), clock.now(request.world))
    return listed(request, asked, rows, _panel)


@panels.reads("/panels/{number}", answer=PanelShown, may=Permission.SEE_PANEL)
def read_panel(request: ApiRequest, number: Number) -> Detail[PanelShown]:
    """Read one panel. With how far it is."""
    found = queries.find_panel(request.actor, number)
    rows = queries.with_progress(queries.panels_visible_to(request.actor), clock.now(request.world))
    return Detail(_panel(rows.get(pk=found.pk)), version=found.version)


@panels.reads("/panels/{number}/reviewers", answer=Page[ReviewerShown], may=Permission.CHAIR_PANEL)
def list_panel_reviewers(request: ApiRequest, number: Number, asked: Query[ReviewersAsked]) -> Page[ReviewerShown]:
    """List the reviewers of a panel. With their loads, what is late, and conflicts."""
    rows = queries.panelists_of(chaired(request, number), clock.now(request.world))
    return listed(request, asked, rows, _reviewer)


@panels.reads("/panels/{number}/conflicts", answer=Page[ConflictShown], may=Permission.CHAIR_PANEL)
def list_panel_conflicts(request: ApiRequest, number: Number, asked: Query[ConflictsAsked]) -> Page[ConflictShown]:
    """List the conflicts of a panel. Standing and lifted ones, with what each rests on."""
    return listed(
        request, asked, queries.without_kept(queries.conflicts_of(chaired(request, number)), request.actor), _conflict
    )


@panels.reads("/panels/{number}/reviews", answer=Page[ReviewShown], may=Permission.CHAIR_PANEL)
def list_panel_reviews(request: ApiRequest, number: Number, asked: Query[ReviewsAsked]) -> Page[ReviewShown]:
    """List the reviews of a panel. Scores and words of those that are submitted."""
    rows = queries.without_unread(queries.reviews_in(chaired(request, number)), request.actor, "assignment__item")
    return listed(request, asked, rows, _review)


@panels.reads("/panels/{number}/standings", answer=Page[ItemStandingShown], may=Permission.CHAIR_PANEL)
def list_panel_standings(request: ApiRequest, number: Number, asked: Query[StandingsAsked]) -> Page[ItemStandingShown]:
    """List the standings of a panel. Raw beside calibrated, both ranks, and which counts."""
    rows = queries.without_unread(queries.standings_of(chaired(request, number)), request.actor)
    return listed(request, asked, rows, _standing)


def chaired(request: ApiRequest, number: Number) -> Panel:
    """Return a panel to the office and the chair."""
    found = queries.find_panel(request.actor, number)
    if not queries.seat_of(request.actor, found).chairs:
        raise NotAllowed(_("Names, reviews and scores are read by the office and the chair of the panel alone."))
    return found


def _panel(row: Any) -> PanelShown:
    return PanelShown(
        id=row.pk,
        name=Words.of(row.name),
        subject=row.subject,
        institution=row.owner.key,
        mode=row.mode,
        score_counts=row.score_counts,
        reviews_each=row.reviews_each,
        items=row.item_count,
        reviewers=row.people_count,
        assigned=row.assigned_count,
        submitted=row.submitted_count,
        late=row.late_count,
        due_at=row.due_at,
        closed_at=row.closed_at,
        version=row.version,
    )


def _reviewer(row: Panelist) -> ReviewerShown:
    counted: Any = row
    return ReviewerShown(
        id=row.pk,
        name=Words.of(row.person.name),
        is_chair=row.is_chair,
        is_senior=row.is_senior,
        has_accepted=row.accepted_at is not None,
        has_stated=row.stated_at is not None,
        assigned=counted.load,
        submitted=counted.submitted_count,
        late=counted.late_count,
        conflicts=counted.conflict_count,
    )


def _conflict(row: Conflict) -> ConflictShown:
    return ConflictShown(
        id=row.pk,
        reviewer=Words.of(row.panelist.person.name),
        item=row.item.code,
        kind=ConflictKind(row.kind),
        source=ConflictSource(row.source),
        reason=Words.of(row.reason),
        found_at=row.found_at,
        lifted_at=row.lifted_at,
        lift_reason=row.lift_reason,
    )


def _review(row: Review) -> ReviewShown:
    is_in = row.submitted_at is not None
    scores = [
        ScoreShown(
            criterion=Words.of(one.criterion.name), value=None if one.value is None else float(one.value), note=one.note
        )
        for one in row.scores.all()
    ]
    return ReviewShown(
        id=row.pk,
        item=row.assignment.item.code,
        reviewer=Words.of(row.assignment.panelist.person.name),
        submitted_at=row.submitted_at,
        total=None if row.total is None else float(row.total),
        recommendation=Recommendation(row.recommendation) if is_in and row.recommendation else None,
        scores=scores if is_in else [],
        comment_to_applicant=row.comment_to_applicant if is_in else None,
        comment_to_panel=row.comment_to_panel if is_in else None,
    )


def _standing(row: Standing) -> ItemStandingShown:
    counted: Any = row
    return ItemStandingShown(
        item=row.item.code,
        record=row.item.record,
        raw=float(row.raw),
        calibrated=float(row.calibrated),
        counts=float(counted.counts),
        raw_rank=row.raw_rank,
        calibrated_rank=row.calibrated_rank,
        rank=counted.rank,
        spread=float(row.spread),
        reviews=row.reviews,
    )
