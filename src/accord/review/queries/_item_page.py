"""One item as the office and the chair read it."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.review.models import Assignment, Conflict, Item, ItemPerson, Panel, Remark, Review, Score, Standing
from accord.review.queries._kept import is_kept, is_unread, without_unread
from accord.review.queries._queue import with_state
from accord.review.queries._runs import names_on, why_assigned


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One reviewer of an item: where the review stands, why they have it, and once it is submitted, the review."""

    assignment: Assignment
    state: str
    why: str
    review: Review | None


@dataclass(frozen=True, slots=True)
class ItemTold:
    """All that is said of an item."""

    lines: tuple[ItemLine, ...]
    people: tuple[ItemPerson, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[Remark, ...]
    standing: Standing | None
    is_unread: bool


def find_item_of(panel: Panel, pk: int, actor: Actor) -> Item:
    """Return an item of a panel; raises `NotThere`, also for one that is kept from the actor."""
    found = Item.objects.filter(panel=panel, pk=pk).select_related("panel").first()
    if found is None or is_kept(actor, pk):
        raise NotThere(_("There is no item of this number before the panel."))
    return found


def find_review(panel: Panel, pk: int, actor: Actor) -> Review:
    """Return a review of a panel; raises `NotThere`, also where the actor may not read it yet."""
    every = Review.objects.filter(assignment__item__panel=panel, pk=pk)
    rows = without_unread(every, actor, "assignment__item")
    found = rows.select_related("assignment__item__panel", "assignment__panelist__person").first()
    if found is None:
        raise NotThere(_("There is no review of this number on the panel."))
    return found


def item_for_office(item: Item, actor: Actor) -> ItemTold:
    """Return all that is said of an item, a review only once it is submitted; eight queries.

    Who has yet to review it reads no review, no remark and no score before their own review is in.
    """
    unread = is_unread(actor, item.pk)
    scores = Score.objects.select_related("criterion").order_by("criterion__position", "criterion")
    rows = with_state(
        Assignment.objects.filter(item=item)
        .select_related("panelist__person", "review", "item")
        .prefetch_related(Prefetch("review__scores", queryset=scores))
        .order_by("released_at", "panelist__position")
    )
    names = names_on(item.panel_id)
    conflicts = (
        Conflict.objects.filter(item=item).select_related("panelist__person").order_by("panelist__position", "pk")
    )
    remarks = Remark.objects.filter(item=item).select_related("panelist__person").order_by("said_at", "pk")
    return ItemTold(
        lines=tuple(
            ItemLine(one, getattr(one, "state", ""), why_assigned(one, names), None if unread else _submitted(one))
            for one in rows
        ),
        people=tuple(ItemPerson.objects.filter(item=item).select_related("institution").order_by("pk")),
        conflicts=tuple(conflicts),
        remarks=() if unread else tuple(remarks),
        standing=None if unread else Standing.objects.filter(item=item).first(),
        is_unread=unread,
    )


def _submitted(assignment: Assignment) -> Review | None:
    review: Review | None = getattr(assignment, "review", None)
    return review if review is not None and review.submitted_at is not None else None
