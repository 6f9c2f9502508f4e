"""Which panels, items and assignments somebody may know of, and what they are there."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.review.models import Assignment, Item, Panel, Panelist
from accord.review.rules import WATCHING, may_chair_panel, may_run_panel

ON_PANEL = Q(removed_at=None, declined_at=None)
"""Who is on a panel, whether they have answered or not."""

SERVING = Q(removed_at=None, accepted_at__isnull=False)
"""Who accepted and may be assigned."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody is on a panel: `runs` it as office, `chairs` it as office or chair, or only looks on."""

    runs: bool = False
    chairs: bool = False
    is_chair: bool = False


def panels_visible_to(actor: Actor) -> QuerySet[Panel]:
    """Return the panels that the actor may know of: their house's, and those they chair; the latest first."""
    every = Panel.objects.select_related("rubric", "owner").order_by("-opened_at", "-pk")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*WATCHING):
        return every
    chaired = Panelist.objects.filter(SERVING, panel=OuterRef("pk"), is_chair=True, person__in=own(actor))
    return every.filter(Q(owner__in=actor.institutions(*WATCHING)) | Exists(chaired))


def find_panel(actor: Actor, pk: int) -> Panel:
    """Return a panel; raises `NotThere` for those who may not know of it."""
    found = panels_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no panel of this number among those you may see."))
    return found


def seat_of(actor: Actor, panel: Panel) -> Seat:
    """Return what the actor is on a panel; one query, none for the office, whose role opens all that a chair may."""
    if may_run_panel(actor, panel.owner_id):
        return Seat(runs=True, chairs=True)
    chair = Panelist.objects.filter(SERVING, panel=panel, person__in=own(actor), is_chair=True)
    is_chair = chair.exists()
    return Seat(chairs=may_chair_panel(actor, panel.owner_id, is_chair=is_chair), is_chair=is_chair)


def own(actor: Actor) -> list[int]:
    """Return the person that the actor is; nobody for who stands in: what one judges, one judges in person."""
    return [actor.person_id] if actor.person_id is not None and actor.for_person is None else []


def panelist_for(actor: Actor, pk: int) -> Panelist:
    """Return one's own place on a panel, answered or not; raises `NotThere` for other people's."""
    found = (
        Panelist.objects.filter(pk=pk, person__in=own(actor), removed_at=None)
        .select_related("panel__rubric", "panel__owner", "person")
        .first()
    )
    if found is None:
        raise NotThere(_("There is no invitation of this number for you."))
    return found


def assignments_visible_to(actor: Actor) -> QuerySet[Assignment]:
    """Return the items that the actor is to review, with item and panel; released and withdrawn ones are gone."""
    return (
        Assignment.objects.filter(
            panelist__person__in=own(actor), panelist__removed_at=None, released_at=None, item__withdrawn_at=None
        )
        .select_related("item__panel__rubric", "panelist", "review")
        .order_by("due_at", "pk")
    )


def find_assignment(actor: Actor, pk: int) -> Assignment:
    """Return what the actor is to review; raises `NotThere` for everybody else's."""
    found = assignments_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no review of this number for you."))
    return found


def items_of(panel: Panel) -> QuerySet[Item]:
    """Return the items of a panel by code, withdrawn ones as well."""
    return Item.objects.filter(panel=panel).select_related("panel").order_by("code", "pk")


def find_item(actor: Actor, pk: int) -> Item:
    """Return an item to whoever may assign reviewers to it; raises `NotThere` for all others."""
    found = Item.objects.filter(pk=pk).select_related("panel__rubric", "panel__owner").first()
    if found is None or not seat_of(actor, found.panel).chairs:
        raise NotThere(_("There is no item of this number among those you may see."))
    return found
