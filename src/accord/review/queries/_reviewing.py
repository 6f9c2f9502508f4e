"""What one reviewer sees of a panel: items to state conflicts with and to bid for, one item, what others said of it.

Whoever calls has asked before that the panelist or the assignment is the reader's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.review.enums import ConflictSource, Mode
from accord.review.models import Assignment, Bid, Conflict, Criterion, Item, ItemPerson, Panelist, Remark, Review, Score
from accord.review.queries._queue import is_blind, queue_of, seats_of
from accord.review.queries._readings import Reading, reader_of

AFTER_ALL_OTHERS = timedelta(days=36_500)
MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class OtherReview:
    """What somebody else gave an item: by number, or by name where the panel is open."""

    who: Bilingual | str | Any
    review: Review


@dataclass(frozen=True, slots=True)
class OtherRemark:
    """What somebody said in the discussion of an item."""

    who: Bilingual | str | Any
    remark: Remark
    is_own: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Where an item stands in the reader's queue: which of how many are left, and the one after it."""

    place: int
    left: int
    following: int | None


def own_queue(actor: Actor) -> QuerySet[Assignment]:
    """Return what the actor is to review, submitted ones last; each with its `state` and `turn`, its place in time."""
    done = ExpressionWrapper(F("due_at") + AFTER_ALL_OTHERS, output_field=DateTimeField())
    turn = Case(When(review__submitted_at__isnull=False, then=done), default=F("due_at"))
    return queue_of(actor).annotate(turn=turn).order_by("turn", "item__code", "pk")


def turn_of(actor: Actor, assignment: Assignment) -> Turn:
    """Return where an item stands among those on open panels that the actor has still to review; one query."""
    unfinished = own_queue(actor).filter(review__submitted_at=None, item__panel__closed_at=None)
    left = list(unfinished.values_list("pk", flat=True))
    place = left.index(assignment.pk) if assignment.pk in left else len(left)
    others = [one for one in (*left[place + 1 :], *left[:place]) if one != assignment.pk]
    return Turn(place + 1, len(left), others[0] if others else None)


def seats_with_work(actor: Actor) -> QuerySet[Panelist]:
    """Return the actor's places on open panels: `has_new` items since they stated conflicts, `unbid` items."""
    items = Item.objects.filter(panel=OuterRef("panel"), withdrawn_at=None)
    barred = Conflict.objects.filter(item=OuterRef("pk"), panelist=OuterRef(OuterRef("pk")), lifted_at=None)
    bid = Bid.objects.filter(item=OuterRef("pk"), panelist=OuterRef(OuterRef("pk")))
    unbid = items.exclude(Exists(barred)).exclude(Exists(bid)).order_by().values("panel").annotate(n=Count("pk"))
    return (
        seats_of(actor)
        .filter(panel__closed_at=None)
        .annotate(
            has_new=Exists(items.filter(put_at__gt=OuterRef("stated_at"))),
            unbid=Coalesce(Subquery(unbid.values("n"), output_field=IntegerField()), 0),
        )
    )


def seat_for(actor: Actor, pk: int) -> Panelist:
    """Return one's own place on a panel that one accepted; raises `NotThere` for other people's."""
    found = seats_of(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no panel of this number on which you review."))
    return found


def items_to_state(panelist: Panelist) -> QuerySet[Item]:
    """Return the items before a reviewer's panel, each with `is_declared`: whether they said they must not judge it.

    What was found in the records stays out of it: it would tell a blind panel who applied.
    """
    declared = Conflict.objects.filter(
        item=OuterRef("pk"), panelist=panelist, lifted_at=None, source=ConflictSource.DECLARED
    )
    return (
        Item.objects.filter(panel=panelist.panel_id, withdrawn_at=None)
        .select_related("panel")
        .annotate(is_declared=Exists(declared))
        .order_by("code", "pk")
    )


def items_to_bid_for(panelist: Panelist) -> QuerySet[Item]:
    """Return the items that a reviewer may judge, each with `bid`: how much they would like to, None unsaid."""
    barred = Conflict.objects.filter(item=OuterRef("pk"), panelist=panelist, lifted_at=None)
    bid = Bid.objects.filter(item=OuterRef("pk"), panelist=panelist).values("value")[:1]
    return (
        Item.objects.filter(panel=panelist.panel_id, withdrawn_at=None)
        .exclude(Exists(barred))
        .select_related("panel")
        .annotate(bid=Subquery(bid))
        .order_by("code", "pk")
    )


def people_of_items(items: Sequence[Item]) -> dict[int, list[ItemPerson]]:
    """Return whom items concern, by item; nobody where the panel is blind to it. One query, none for a blind panel."""
    known = [one.pk for one in items if not is_blind(one.panel)]
    found: dict[int, list[ItemPerson]] = {}
    if known:
        for person in ItemPerson.objects.filter(item__in=known).select_related("institution").order_by("pk"):
            found.setdefault(person.item_id, []).append(person)
    return found


def words_of(item: Item) -> str:
    """Return the beginning of what an item is about; without its title, which may say who applied."""
    titles = {item.title.en.strip(), item.title.zh_hans.strip()}
    lines = [line for line in item.topics.splitlines() if line.strip() and line.strip() not in titles]
    said = "\n".join(lines)
    return said if len(said) <= MOST_WORDS else f"{said[:MOST_WORDS].rstrip()}…"


def reading_for(assignment: Assignment, actor: Actor) -> Reading:
    """Return an item as its reviewer may read it; what nobody announced a reader for is shown by its topics."""
    item = assignment.item
    reader = reader_of(item.record)
    if reader is not None:
        return reader.read(item.record, actor, is_blind(item.panel))
    return Reading(
        item.code if is_blind(item.panel) else item.title,
        ((pgettext_lazy("of an item", "What it is about"), ((_("Text"), words_of(item)),)),),
    )


def criteria_for(assignment: Assignment) -> list[Criterion]:
    """Return what an item is judged by, in order; one query."""
    return list(Criterion.objects.filter(rubric=assignment.item.panel.rubric_id).order_by("position", "pk"))


def scores_in(review: Review | None) -> dict[str, Score]:
    """Return the scores of a draft by the criterion's key; one query."""
    rows = Score.objects.filter(review=review).select_related("criterion") if review is not None else ()
    return {one.criterion.key: one for one in rows}


def draft_of(assignment: Assignment) -> Review | None:
    """Return what was written of an item so far, as it is now."""
    return Review.objects.filter(assignment=assignment).first()


def others_on(assignment: Assignment) -> list[OtherReview]:
    """Return what others submitted of the same item, by their numbers; three queries."""
    rows = (
        Review.objects.filter(
            submitted_at__isnull=False, assignment__item=assignment.item_id, assignment__released_at=None
        )
        .exclude(assignment=assignment)
        .select_related("assignment__panelist__person")
        .prefetch_related("scores__criterion")
        .order_by("assignment__panelist__position", "pk")
    )
    panel = assignment.item.panel
    return [OtherReview(_called(one.assignment.panelist, panel.mode), one) for one in rows]


def remarks_on(assignment: Assignment) -> list[OtherRemark]:
    """Return the discussion of an item in its order; one query."""
    rows = Remark.objects.filter(item=assignment.item_id).select_related("panelist__person").order_by("said_at", "pk")
    mode = assignment.item.panel.mode
    return [
        OtherRemark(_called(one.panelist, mode), one, is_own=one.panelist_id == assignment.panelist_id) for one in rows
    ]


def people_shown_on(assignment: Assignment, reviews: Sequence[OtherReview], remarks: Sequence[OtherRemark]) -> set[int]:
    """Return the people whose names a discussion shows: none but where the panel is open."""
    if assignment.item.panel.mode != Mode.OPEN:
        return set()
    return {one.review.assignment.panelist.person_id for one in reviews} | {
        one.remark.panelist.person_id for one in remarks
    }


def people_read_in(item: Item) -> list[int]:
    """Return the people whose data a reviewer reads in an item; one query."""
    rows = ItemPerson.objects.filter(Q(item=item), person__isnull=False).order_by("person")
    return [pk for pk in rows.values_list("person", flat=True) if pk is not None]


def _called(panelist: Panelist, mode: str) -> Any:
    """Return what reviewers call each other: by number, by name where the panel is open."""
    if mode == Mode.OPEN:
        return panelist.person.name
    return _("Reviewer %(number)s") % {"number": panelist.position}
