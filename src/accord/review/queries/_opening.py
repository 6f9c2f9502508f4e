"""For whom somebody may open a panel or write a rubric."""

from django.db.models import QuerySet

from accord.kernel.access import Actor
from accord.people.queries import Institution, institutions_visible_to
from accord.review.rules import OFFICE


def houses_to_open_for(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions for which the actor may open panels and write rubrics, by key."""
    houses = institutions_visible_to(actor).filter(merged_into=None).order_by("key")
    return houses if actor.holds(*OFFICE) else houses.filter(pk__in=actor.institutions(*OFFICE))
