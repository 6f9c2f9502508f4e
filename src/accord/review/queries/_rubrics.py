"""Rubrics and their criteria."""

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.review.models import Criterion, Panel, Rubric
from accord.review.rules import OFFICE


def rubrics_visible_to(actor: Actor) -> QuerySet[Rubric]:
    """Return the rubrics of the houses for which the actor runs panels, with `criteria_count` and `is_used`."""
    every = (
        Rubric.objects.select_related("owner")
        .annotate(
            criteria_count=Count("criteria"),
            is_used=Exists(Panel.objects.filter(rubric=OuterRef("pk"))),
        )
        .order_by("owner__key", "key", "-number")
    )
    if actor.is_nobody:
        return every.none()
    return every if actor.holds(*OFFICE) else every.filter(owner__in=actor.institutions(*OFFICE))


def find_rubric(actor: Actor, pk: int) -> Rubric:
    """Return a rubric with its criteria; raises `NotThere`."""
    criteria = Prefetch("criteria", queryset=Criterion.objects.order_by("position", "pk"))
    found = rubrics_visible_to(actor).prefetch_related(criteria).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no rubric of this number among those you may see."))
    return found


def criteria_of(rubric: Rubric) -> list[Criterion]:
    """Return the criteria of a rubric in their order; one query."""
    return list(Criterion.objects.filter(rubric=rubric).order_by("position", "pk"))


def find_criterion(rubric: Rubric, pk: int) -> Criterion:
    """Return a criterion of a rubric; raises `NotThere`."""
    found = Criterion.objects.filter(rubric=rubric, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no criterion of this number in the rubric."))
    return found
