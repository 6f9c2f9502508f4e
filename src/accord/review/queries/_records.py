"""What references to rubrics, panels and items lead to, and what waits for whom."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.review.models import Assignment, Item, Panelist, Rubric
from accord.review.queries._kept import is_kept, kept_from
from accord.review.queries._queue import invitations_of
from accord.review.queries._rubrics import find_rubric
from accord.review.queries._visible import assignments_visible_to, find_item, find_panel, seat_of
from accord.review.rules import OFFICE


def show_panel(actor: Actor, pk: int) -> Shown:
    """Return a panel as others link to it; raises `NotThere`."""
    panel = find_panel(actor, pk)
    return Shown(panel.name, reverse("review:panel", args=[pk]), may_change=seat_of(actor, panel).runs)


def show_rubric(actor: Actor, pk: int) -> Shown:
    """Return a rubric as others link to it; raises `NotThere`."""
    found = find_rubric(actor, pk)
    return Shown(_edition(found), reverse("review:rubric", args=[pk]), may_change=True)


def _edition(rubric: Rubric) -> Bilingual:
    name = rubric.name
    return Bilingual(*(f"{side} ({rubric.number})" if side else "" for side in (name.en, name.zh_hans)))


def show_item(actor: Actor, pk: int) -> Shown:
    """Return an item to the office, by its code: what it is called may say who applied; raises `NotThere`."""
    item = find_item(actor, pk)
    if is_kept(actor, pk):
        raise NotThere(_("There is no item of this number among those you may see."))
    return Shown(item.code, reverse("review:panel-item", args=[item.panel_id, pk]), may_change=True)


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Return the items of the panels that the actor runs or chairs."""
    if actor.is_nobody:
        return Item.objects.none()
    every = Item.objects.exclude(pk__in=kept_from(actor).values("pk")).order_by("pk")
    if actor.holds(*OFFICE):
        return every
    persons = [actor.person_id] if actor.for_person is None else []
    chaired = Panelist.objects.filter(
        person__in=persons, is_chair=True, removed_at=None, accepted_at__isnull=False
    ).values("panel")
    return every.filter(panel__owner__in=actor.institutions(*OFFICE)) | every.filter(panel__in=chaired)


def _unfinished(actor: Actor) -> QuerySet[Assignment]:
    """Return what the actor has still to review on open panels."""
    mine = assignments_visible_to(actor).filter(item__panel__closed_at=None)
    return mine.exclude(review__submitted_at__isnull=False)


def reviews_ahead(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return what the actor has to review, the first due first; items are called by their code alone."""
    if actor.is_nobody:
        return []
    return [
        Waiting(
            title=one.item.code,
            url=reverse("review:review", args=[one.pk]),
            act=pgettext_lazy("to do", "Review"),
            context=one.item.panel.name,
            since=one.assigned_at,
            due=one.due_at,
        )
        for one in _unfinished(actor)[:most]
    ]


def count_reviews_ahead(actor: Actor) -> QuerySet[Any, Any] | None:
    """Return how much the actor has to review."""
    if actor.is_nobody:
        return None
    return _counted(_unfinished(actor))


def invitations_ahead(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the invitations that the actor has not answered."""
    if actor.is_nobody:
        return []
    return [
        Waiting(
            title=one.panel.name,
            url=reverse("review:invitation", args=[one.pk]),
            act=_("Answer"),
            context=one.panel.owner.name,
            since=one.invited_at,
            due=one.panel.due_at,
        )
        for one in invitations_of(actor)[:most]
    ]


def count_invitations_ahead(actor: Actor) -> QuerySet[Any, Any] | None:
    """Return how many invitations the actor has not answered."""
    return None if actor.is_nobody else _counted(invitations_of(actor))


def _counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return one column with a 1 for each row."""
    counted: QuerySet[Any, Any] = rows.order_by().annotate(one=F("pk") * 0 + 1).values_list("one")
    return counted
