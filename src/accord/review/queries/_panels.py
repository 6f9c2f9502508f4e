"""Panels as lists and one by one: how far they are, who is on them and who is late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.review.models import Assignment, AssignmentRun, Conflict, Item, Panel, Panelist
from accord.review.queries._kept import without_kept
from accord.review.queries._queue import with_state
from accord.review.queries._visible import ON_PANEL

LIVE = Q(released_at=None, item__withdrawn_at=None)
"""Assignments that stand."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a panel is: items, reviews that are due, assigned, begun, submitted and late."""

    items: int = 0
    needed: int = 0
    assigned: int = 0
    opened: int = 0
    submitted: int = 0
    late: int = 0
    short: int = 0


def _number(rows: QuerySet[Any, Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def with_progress(panels: QuerySet[Panel], at: datetime) -> QuerySet[Panel]:
    """Add to each panel the number of items, of reviews assigned, submitted and late, and of people on it."""
    live = Assignment.objects.filter(LIVE, item__panel=OuterRef("pk"))
    done = Q(review__submitted_at__isnull=False)
    return panels.annotate(
        item_count=_number(Item.objects.filter(panel=OuterRef("pk"), withdrawn_at=None), "panel"),
        assigned_count=_number(live, "item__panel"),
        submitted_count=_number(live.filter(done), "item__panel"),
        late_count=_number(live.exclude(done).filter(due_at__lt=at), "item__panel"),
        people_count=_number(Panelist.objects.filter(ON_PANEL, panel=OuterRef("pk")), "panel"),
    )


def progress_of(panel: Panel, at: datetime) -> Progress:
    """Return how far a panel is; one query."""
    live = Assignment.objects.filter(item=OuterRef("pk"), released_at=None)
    done = Q(review__submitted_at__isnull=False)
    items = Item.objects.filter(panel=panel, withdrawn_at=None).order_by()
    found = items.annotate(
        n_assigned=_number(live, "item"),
        n_opened=_number(live.filter(opened_at__isnull=False), "item"),
        n_submitted=_number(live.filter(done), "item"),
        n_late=_number(live.exclude(done).filter(due_at__lt=at), "item"),
    ).aggregate(
        items=Count("pk"),
        short=Count("pk", filter=Q(n_assigned__lt=panel.reviews_each)),
        **{name: Coalesce(Sum(f"n_{name}"), 0) for name in ("assigned", "opened", "submitted", "late")},
    )
    return Progress(needed=found["items"] * panel.reviews_each, **found)


def panelists_of(panel: Panel, at: datetime) -> QuerySet[Panelist]:
    """Return who is or was on a panel, each with their load, what they submitted, and what is late."""
    live = Assignment.objects.filter(LIVE, panelist=OuterRef("pk"))
    done = Q(review__submitted_at__isnull=False)
    return (
        Panelist.objects.filter(panel=panel)
        .select_related("person", "panel")
        .annotate(
            load=_number(live, "panelist"),
            submitted_count=_number(live.filter(done), "panelist"),
            late_count=_number(live.exclude(done).filter(due_at__lt=at), "panelist"),
            conflict_count=Coalesce(
                Subquery(
                    Conflict.objects.filter(panelist=OuterRef("pk"), lifted_at=None)
                    .order_by()
                    .values("panelist")
                    .annotate(n=Count("item", distinct=True))
                    .values("n"),
                    output_field=IntegerField(),
                ),
                0,
            ),
            most=Coalesce(F("max_load"), F("panel__max_load")),
        )
        .order_by("position", "pk")
    )


def find_panelist(panel: Panel, pk: int) -> Panelist:
    """Return somebody of a panel; raises `NotThere`."""
    found = Panelist.objects.filter(panel=panel, pk=pk).select_related("person", "panel").first()
    if found is None:
        raise NotThere(_("There is nobody of this number on the panel."))
    return found


def serving(panel: Panel) -> QuerySet[Panelist]:
    """Return who accepted and was not removed, in their order."""
    on = Panelist.objects.filter(panel=panel, removed_at=None, accepted_at__isnull=False)
    return on.select_related("person").order_by("position", "pk")


def panels_of(subjects: Collection[str]) -> QuerySet[Panel]:
    """Return the panels that serve these records, such as `call:12`, the latest first."""
    found = Panel.objects.filter(subject__in=subjects).select_related("rubric", "owner")
    return found.order_by("-opened_at", "-pk")


def assignments_of(panel: Panel) -> QuerySet[Assignment]:
    """Return the assignments of a panel that stand, with item, person and review, by item and reviewer."""
    return (
        Assignment.objects.filter(LIVE, item__panel=panel)
        .select_related("item__panel", "panelist__person", "review")
        .order_by("item__code", "panelist__position", "pk")
    )


def find_assignment_of(panel: Panel, pk: int, actor: Actor) -> Assignment:
    """Return an assignment of a panel with its state, released or not; raises `NotThere`, also for items kept away."""
    found = (
        with_state(without_kept(Assignment.objects.filter(item__panel=panel, pk=pk), actor))
        .select_related("item__panel", "panelist__person", "review")
        .first()
    )
    if found is None:
        raise NotThere(_("There is no review of this number on the panel."))
    return found


def runs_of(panel: Panel) -> QuerySet[AssignmentRun]:
    """Return the automatic assignments that were proposed, the latest first, without what they were given."""
    return AssignmentRun.objects.filter(panel=panel).defer("problem", "result").order_by("-made_at", "-pk")


def find_run(panel: Panel, pk: int) -> AssignmentRun:
    """Return a proposed assignment; raises `NotThere`."""
    found = AssignmentRun.objects.filter(panel=panel, pk=pk).select_related("made_by", "applied_by").first()
    if found is None:
        raise NotThere(_("There is no proposed assignment of this number on the panel."))
    return found


def conflicts_of(panel: Panel) -> QuerySet[Conflict]:
    """Return the conflicts of a panel, standing ones first, with person and item."""
    return (
        Conflict.objects.filter(item__panel=panel)
        .select_related("panelist__person", "panelist__panel", "item", "lifted_by")
        .order_by(F("lifted_at").desc(nulls_first=True), "item__code", "panelist__position", "pk")
    )


def find_conflict(panel: Panel, pk: int) -> Conflict:
    """Return a conflict of a panel; raises `NotThere`."""
    found = conflicts_of(panel).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no conflict of this number on the panel."))
    return found
