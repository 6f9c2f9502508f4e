"""For whom somebody may open a programme, and which agreements and promises it can deliver to."""

from django.db.models import QuerySet

from accord.agreements.queries import Agreement, Commitment, agreements_visible_to
from accord.kernel.access import Actor
from accord.people.queries import Institution, institutions_visible_to
from accord.programmes.rules import OFFICE


def houses_to_open_for(actor: Actor) -> QuerySet[Institution]:
    """Return the institutions for which the actor may open a programme, by key."""
    houses = institutions_visible_to(actor).filter(merged_into=None).order_by("key")
    return houses if actor.holds(*OFFICE) else houses.filter(pk__in=actor.institutions(*OFFICE))


def agreements_for_programme(actor: Actor, owners: "QuerySet[Institution] | list[Institution]") -> QuerySet[Agreement]:
    """Return the agreements that the actor sees and to which one of the houses is party, by key."""
    return agreements_visible_to(actor).filter(parties__institution__in=owners).distinct().order_by("key")


def promises_of(agreements: "QuerySet[Agreement] | list[Agreement]") -> QuerySet[Commitment]:
    """Return the promises of agreements, each with its agreement."""
    return Commitment.objects.filter(agreement__in=agreements).select_related("agreement").order_by("agreement", "key")
