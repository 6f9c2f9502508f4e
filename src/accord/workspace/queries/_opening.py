"""For whom somebody may open a site, and which agreements it can deliver to."""

from django.db.models import QuerySet

from accord.agreements.queries import Agreement, agreements_visible_to
from accord.kernel.access import Actor
from accord.people.queries import Institution, institutions_visible_to
from accord.workspace.rules import KEEPING


def houses_to_open_for(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions for which the actor may open a site, by key."""
    houses = institutions_visible_to(actor).filter(merged_into=None).order_by("key")
    return houses if actor.holds(*KEEPING) else houses.filter(pk__in=actor.institutions(*KEEPING))


def agreements_for_site(actor: Actor, operators: "QuerySet[Institution] | list[Institution]") -> QuerySet[Agreement]:
    """Return the agreements that the actor sees and to which one of the houses is party, by key."""
    return agreements_visible_to(actor).filter(parties__institution__in=operators).distinct().order_by("key")
