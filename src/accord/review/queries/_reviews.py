"""Reviews as the office reads them, standings, and what an applicant is told."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.review.enums import ScoreRule
from accord.review.models import Assignment, Item, Panel, Review, Score, Standing
from accord.review.queries._kept import without_unread
from accord.review.queries._panels import LIVE
from accord.review.queries._visible import seat_of

COUNTED = Q(submitted_at__isnull=False, assignment__released_at=None, assignment__item__withdrawn_at=None)
"""Reviews that count: submitted, by a reviewer who was not released, of an item that was not withdrawn."""


class StandingRow(NamedTuple):
    """Where a record stands with its panel; scores are of 100, None before any were worked out.

    `counts` is the score that the panel's rule says counts, and `rank` the rank by it.
    """

    panel: int
    item: int
    code: str
    reviews_done: int
    reviews_due: int
    raw: Decimal | None = None
    calibrated: Decimal | None = None
    counts: Decimal | None = None
    spread: Decimal | None = None
    raw_rank: int | None = None
    calibrated_rank: int | None = None
    rank: int | None = None


def standings(records: Collection[str], *, panel: int | None = None) -> dict[str, StandingRow]:
    """Return where these records stand, by record; one query. A record of several panels stands as on the latest."""
    live = Assignment.objects.filter(item=OuterRef("pk"), released_at=None)
    done = live.filter(review__submitted_at__isnull=False).order_by().values("item").annotate(n=Count("pk"))
    asked = RawSQL("SELECT unnest(%s::text[])", [list(records)])  # one parameter; there may be many thousands
    items = Item.objects.filter(record__in=asked, withdrawn_at=None)
    if panel is not None:
        items = items.filter(panel=panel)
    counted = Coalesce(Subquery(done.values("n"), output_field=IntegerField()), 0)
    rows = items.annotate(done=counted).order_by("panel__opened_at", "panel_id").values_list("record", *STANDS)
    return {record: _standing(*told) for record, *told in rows}


STANDS = (
    *("panel__score_counts", "panel_id", "pk", "code", "done", "panel__reviews_each"),
    *(f"standing__{one}" for one in ("raw", "calibrated", "spread", "raw_rank", "calibrated_rank")),
)
"""What a standing is told by. Columns, not models: a slate reads them of every application of a call."""


def _standing(score_counts: str, panel: int, item: int, code: str, done: int, due: int, *told: Any) -> StandingRow:
    raw, calibrated, spread, raw_rank, calibrated_rank = told
    by_calibrated = score_counts == ScoreRule.CALIBRATED
    return StandingRow(
        panel=panel,
        item=item,
        code=code,
        reviews_done=done,
        reviews_due=due,
        raw=raw,
        calibrated=calibrated,
        counts=calibrated if by_calibrated else raw,
        spread=spread,
        raw_rank=raw_rank,
        calibrated_rank=calibrated_rank,
        rank=calibrated_rank if by_calibrated else raw_rank,
    )


def standings_of(panel: Panel) -> QuerySet[Standing]:
    """Return the standings of a panel by the rank that counts; `rank` and `moved` (raw rank less calibrated)."""
    counts = "calibrated_rank" if panel.score_counts == ScoreRule.CALIBRATED else "raw_rank"
    score = "calibrated" if panel.score_counts == ScoreRule.CALIBRATED else "raw"
    return (
        Standing.objects.filter(panel=panel)
        .select_related("item__panel", "panel")
        .annotate(rank=F(counts), counts=F(score), moved=F("raw_rank") - F("calibrated_rank"))
        .order_by("rank", "item__code")
    )


def reviews_in(panel: Panel) -> QuerySet[Review]:
    """Return the reviews of a panel that were begun and stand, with scores, by item and reviewer."""
    return (
        _with_scores(Review.objects.filter(assignment__item__panel=panel))
        .filter(assignment__released_at=None, assignment__item__withdrawn_at=None)
        .order_by("assignment__item__code", "assignment__panelist__position", "pk")
    )


def reviews_of(record: str, actor: Actor) -> list[Review]:
    """Return the submitted reviews of a record to whoever may assign reviewers on its panels; none to others.

    None either to whom it concerns, and to who has yet to review it.
    """
    rows = _with_scores(Review.objects.filter(COUNTED, assignment__item__record=record))
    found = list(without_unread(rows, actor, "assignment__item").order_by("pk"))
    panels = {one.assignment.item.panel_id: one.assignment.item.panel for one in found}
    open_to = {pk for pk, panel in panels.items() if seat_of(actor, panel).chairs}
    return [one for one in found if one.assignment.item.panel_id in open_to]


def _with_scores(reviews: QuerySet[Review]) -> QuerySet[Review]:
    scores = Score.objects.select_related("criterion").order_by("criterion__position", "criterion")
    return reviews.select_related("assignment__item__panel", "assignment__panelist__person").prefetch_related(
        Prefetch("scores", queryset=scores)
    )


@dataclass(frozen=True, slots=True)
class Feedback:
    """What an applicant may be told of one review: its comment and its scores, without any name."""

    comment: str
    scores: tuple[tuple[Bilingual, Decimal | None], ...]


def feedback(record: str) -> list[Feedback]:
    """Return what reviewers wrote for the applicant of a record, in no order that tells who wrote it; two queries."""
    rows = _with_scores(Review.objects.filter(COUNTED, assignment__item__record=record))
    told = [
        Feedback(one.comment_to_applicant, tuple((score.criterion.name, score.value) for score in one.scores.all()))
        for one in rows
    ]
    return sorted((one for one in told if one.comment.strip()), key=lambda one: one.comment)


def counted_totals(panel: Panel) -> list[tuple[int, int, Decimal]]:
    """Return (reviewer, item, total of 100) of every review of a panel that counts; one query."""
    rows = Review.objects.filter(COUNTED, assignment__item__panel=panel).order_by("pk")
    found = rows.values_list("assignment__panelist_id", "assignment__item_id", "total")
    return [(reviewer, item, total) for reviewer, item, total in found if total is not None]


def panels_to_work_out() -> QuerySet[Panel]:
    """Return the open panels of which a review was submitted, or released, since their standings were worked out."""
    latest = (
        Assignment.objects.filter(LIVE, item__panel=OuterRef("pk"), review__submitted_at__isnull=False)
        .order_by("-review__submitted_at")
        .values("review__submitted_at")[:1]
    )
    return (
        Panel.objects.filter(closed_at=None)
        .annotate(latest=Subquery(latest))
        .filter(Q(worked_at=None, latest__isnull=False) | Q(latest__gt=F("worked_at")))
        .order_by("pk")
    )
