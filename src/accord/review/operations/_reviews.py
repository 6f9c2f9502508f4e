"""Reviews: kept as they are written, submitted whole, opened again for a reason; bids and remarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.review.enums import BidValue, Recommendation
from accord.review.models import Assignment, Bid, Conflict, Criterion, Item, Panelist, Remark, Review, Score
from accord.review.operations._panels import locked
from accord.review.operations._refused import NotServing, NotStated, NotTheReviewer, reasoned, refuse_closed
from accord.review.operations._tell import tell_panelists
from accord.review.queries import reader_of

WHOLE = Decimal(100)
TO_THE = Decimal("0.001")


class ReviewSubmitted(Refused):
    """A submitted review is not written on; the office can open it again."""

    code = "review-submitted"
    status = 409


class ScoreOffScale(Refused):
    """A score lies on its criterion's scale, on one of its steps."""

    code = "score-off-scale"


class ScoresMissing(Refused):
    """A review is submitted with a score for every criterion."""

    code = "scores-missing"


class OwnReviewFirst(NotAllowed):
    """Nobody joins the discussion of an item before their own review of it is in."""

    code = "own-review-first"


class BidTooLate(Refused):
    """Bids are placed while the panel is open, on items that one may judge."""

    code = "bid-refused"
    status = 409


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What a reviewer wrote: scores and notes by the criterion's key; None takes a score back, no key leaves it."""

    scores: Mapping[str, Decimal | None] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    comment_to_applicant: str = ""
    comment_to_panel: str = ""
    recommendation: str = ""


@transaction.atomic
def keep_review(*, assignment: Assignment, facts: ReviewFacts, version: int, by: Person, at: datetime) -> Review:
    """Keep a draft as it is typed; the same again changes nothing. `version` is the draft's, 0 before there is any.

    Raises `NotTheReviewer`, `NotServing`, `NotStated`, `PanelClosed`, `ReviewSubmitted`, `ScoreOffScale` (its `field`
    is the criterion's key) and `Clash` where another window wrote in the meantime.
    """
    held = _held(assignment, by)
    refuse_closed(held.item.panel)
    review = Review.objects.select_for_update(of=("self",)).filter(assignment=held).first()
    if review is not None and review.submitted_at is not None:
        raise ReviewSubmitted(_("This review is submitted. Ask the office to open it again, saying why."))
    criteria = {one.key: one for one in Criterion.objects.filter(rubric=held.item.panel.rubric_id)}
    _refuse_off_scale(criteria, facts)
    if review is None:
        review = Review(assignment=held, kept_at=at, version=0)
    elif _is_same(review, facts):
        return review
    expect(review, version)
    review.comment_to_applicant = facts.comment_to_applicant
    review.comment_to_panel = facts.comment_to_panel
    review.recommendation = Recommendation(facts.recommendation) if facts.recommendation else ""
    review.kept_at = at
    review.version += 1
    review.save()
    _keep_scores(review, criteria, facts)
    return review


def _held(assignment: Assignment, by: Person) -> Assignment:
    """Return the assignment, locked, to its reviewer."""
    held = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("item__panel", "panelist")
        .get(pk=assignment.pk)
    )
    if held.panelist.person_id != by.pk:
        raise NotTheReviewer(_("Only the reviewer to whom this is assigned writes the review."))
    if held.released_at is not None or held.item.withdrawn_at is not None:
        raise NotServing(_("You no longer review this item."))
    if held.panelist.stated_at is None:
        raise NotStated(_("State your conflicts of interest first, or that you have none. Then the files open."))
    return held


def _refuse_off_scale(criteria: Mapping[str, Criterion], facts: ReviewFacts) -> None:
    for key in (*facts.scores, *facts.notes):
        if key not in criteria:
            raise ScoreOffScale(_("The rubric has no criterion %(key)s.") % {"key": key}, field=key)
    for key, value in facts.scores.items():
        one = criteria[key]
        if value is None:
            continue
        if not value.is_finite() or not one.lowest <= value <= one.highest or (value - one.lowest) % one.step != 0:
            raise _off_scale(one)


def _off_scale(one: Criterion) -> ScoreOffScale:
    scale = {name: f"{getattr(one, name).normalize():f}" for name in ("lowest", "highest", "step")}
    sentence = _("%(name)s: enter a score from %(lowest)s to %(highest)s in steps of %(step)s.")
    return ScoreOffScale(sentence % {"name": one.name, **scale}, field=one.key)


def _is_same(review: Review, facts: ReviewFacts) -> bool:
    """Say whether a draft holds exactly this already."""
    words = (facts.comment_to_applicant, facts.comment_to_panel, facts.recommendation)
    if (review.comment_to_applicant, review.comment_to_panel, review.recommendation) != words:
        return False
    kept = {one.criterion.key: one for one in Score.objects.filter(review=review).select_related("criterion")}
    scores = all((kept[key].value if key in kept else None) == value for key, value in facts.scores.items())
    return scores and all((kept[key].note if key in kept else "") == note for key, note in facts.notes.items())


def _keep_scores(review: Review, criteria: Mapping[str, Criterion], facts: ReviewFacts) -> None:
    kept = {one.criterion_id: one for one in Score.objects.filter(review=review)}
    for key in {**facts.scores, **facts.notes}:
        criterion = criteria[key]
        row = kept.get(criterion.pk) or Score(review=review, criterion=criterion)
        value, note = facts.scores.get(key, row.value), facts.notes.get(key, row.note)
        if row.pk is None or (row.value, row.note) != (value, note):
            row.value, row.note = value, note
            row.save()


@transaction.atomic
def submit_review(*, assignment: Assignment, version: int, by: Person, at: datetime) -> Review:
    """Submit a review whole; its total of 100 is worked out by the weights. Twice changes nothing.

    Raises `ScoresMissing` with the names of what is missing, `Clash`, and as `keep_review`.
    """
    panel = locked(assignment.item.panel)
    refuse_closed(panel)
    held = _held(assignment, by)
    review = Review.objects.select_for_update(of=("self",)).filter(assignment=held).first()
    if review is not None and review.submitted_at is not None:
        return review
    criteria = list(Criterion.objects.filter(rubric=panel.rubric_id).order_by("position", "pk"))
    values = dict(Score.objects.filter(review=review).values_list("criterion_id", "value")) if review else {}
    missing = [one for one in criteria if values.get(one.pk) is None]
    if review is None or missing:
        names = ", ".join(str(one.name) for one in missing)
        raise ScoresMissing(_("Score every criterion before you submit. Missing: %(names)s.") % {"names": names})
    expect(review, version)
    review.total = total_of(criteria, values)
    review.submitted_at, review.submitted_by = at, by
    review.version += 1
    review.save(update_fields=["total", "submitted_at", "submitted_by", "version"])
    transaction.on_commit(partial(_tell_reviewed, held.item.record, at), robust=True)
    return review


def _tell_reviewed(record: str, at: datetime) -> None:
    """Let the context that put the record in know that a review of it came in; what it does has a place of its own."""
    reader = reader_of(record)
    if reader is not None and reader.reviewed is not None:
        reader.reviewed(record, at)


def total_of(criteria: list[Criterion], values: Mapping[int, Decimal | None]) -> Decimal:
    """Return the weighted mean of scores as parts of 100: 0 where all are lowest, 100 where all are highest."""
    weights = sum((one.weight for one in criteria), Decimal(0))
    parts = sum(
        (one.weight * ((values[one.pk] or Decimal(0)) - one.lowest) / (one.highest - one.lowest) for one in criteria),
        Decimal(0),
    )
    return (WHOLE * parts / weights).quantize(TO_THE)


@transaction.atomic
def reopen_review(*, review: Review, reason: str, by: Person, at: datetime) -> Review:
    """Open a submitted review again, so that its reviewer can change it; it counts once it is submitted anew.

    A draft stays as it is. Raises `ReasonMissing`, `PanelClosed` and `NotServing` for a reviewer who was released.
    """
    panel = locked(review.assignment.item.panel)
    refuse_closed(panel)
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=review.assignment_id)
    held = (
        Review.objects.select_for_update(of=("self",))
        .select_related("assignment__item", "assignment__panelist")
        .get(pk=review.pk)
    )
    if held.submitted_at is None:
        return held
    if assignment.released_at is not None:
        raise NotServing(_("This reviewer was released from the item. Assign them again first."))
    held.reopen_reason = reasoned(reason)
    held.submitted_at = held.submitted_by = held.total = None
    held.reopened_at, held.reopened_by = at, by
    held.version += 1
    held.save()
    told = {"code": held.assignment.item.code, "reason": held.reopen_reason}
    key = f"{held.pk}:{held.version}"
    tell_panelists("reopened", panel, [held.assignment.panelist], key=key, at=at, **told)
    return held


@transaction.atomic
def remark(*, item: Item, text: str, by: Person, at: datetime) -> Remark:
    """Say something of an item to the others who reviewed it; the same words again say it once.

    Only after one's own review of it is submitted; the chair may without one that is assigned. Raises `OwnReviewFirst`,
    `ReasonMissing`, `PanelClosed` and `NotServing`.
    """
    panel = locked(item.panel)
    refuse_closed(panel)
    if not panel.discussion:
        raise NotServing(_("This panel does not discuss."))
    speaker = Panelist.objects.filter(panel=panel, person=by, removed_at=None, accepted_at__isnull=False).first()
    if speaker is None or not may_discuss(item, speaker):
        raise OwnReviewFirst(_("The discussion opens once your own review of this item is submitted."))
    said = text.strip()
    if not said:
        raise NotServing(_("Write something first."), field="text")
    known = Remark.objects.filter(item=item, panelist=speaker).order_by("-said_at", "-pk").first()
    if known is not None and known.text == said:
        return known
    return Remark.objects.create(item=item, panelist=speaker, text=said, said_at=at)


def may_discuss(item: Item, panelist: Panelist) -> bool:
    """Say whether somebody may read and join the discussion of an item; two queries."""
    if Conflict.objects.filter(item=item, panelist=panelist, lifted_at=None).exists():
        return False
    mine = Assignment.objects.filter(item=item, panelist=panelist, released_at=None).select_related("review").first()
    if mine is None:
        return panelist.is_chair
    review = getattr(mine, "review", None)
    return review is not None and review.submitted_at is not None


@transaction.atomic
def place_bid(*, panelist: Panelist, item: Item, value: int | None, by: Person, at: datetime) -> Bid | None:
    """Say how much one would like to review an item; None takes it back. Twice changes nothing.

    Raises `NotTheReviewer`, `NotServing`, `PanelClosed` and `BidTooLate` for an item that one must not judge.
    """
    refuse_closed(panelist.panel)
    held = Panelist.objects.select_for_update(of=("self",), no_key=True).get(pk=panelist.pk)
    if held.person_id != by.pk:
        raise NotTheReviewer(_("Bids are placed in person."))
    if held.panel_id != item.panel_id or held.removed_at is not None or held.accepted_at is None:
        raise NotServing(_("Accept the invitation to the panel first."))
    if Conflict.objects.filter(panelist=held, item=item, lifted_at=None).exists():
        raise BidTooLate(_("You have a conflict of interest with this item, so you cannot bid for it."))
    if value is None:
        Bid.objects.filter(panelist=held, item=item).delete()
        return None
    wanted = BidValue(value)
    bid = Bid.objects.filter(panelist=held, item=item).first()
    if bid is None:
        return Bid.objects.create(panelist=held, item=item, value=wanted, placed_at=at)
    if bid.value != wanted:
        bid.value, bid.placed_at = wanted, at
        bid.save(update_fields=["value", "placed_at"])
    return bid
