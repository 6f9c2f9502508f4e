"""Who stands in for whom."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.models import Delegation
from accord.people.queries._grants import span_state


def delegations_given(actor: Actor, *, on: date) -> QuerySet[Delegation]:
    """Return whom the person let stand in for them, each with its `state` on the day."""
    found = Delegation.objects.filter(giver=actor.person_id or 0).annotate(state=span_state(on))
    return found.select_related("taker").order_by("-starts_on", "-pk")


def delegations_taken(actor: Actor, *, on: date) -> QuerySet[Delegation]:
    """Return for whom the person may stand in, each with its `state` on the day."""
    found = Delegation.objects.filter(taker=actor.person_id or 0).annotate(state=span_state(on))
    return found.select_related("giver").order_by("-starts_on", "-pk")


def find_given(actor: Actor, pk: int, *, on: date) -> Delegation:
    """Return one of those whom the person let stand in. Raises `NotThere`."""
    return _one(delegations_given(actor, on=on), pk)


def find_taken(actor: Actor, pk: int, *, on: date) -> Delegation:
    """Return one of those for whom the person may stand in. Raises `NotThere`."""
    return _one(delegations_taken(actor, on=on), pk)


def _one(found: QuerySet[Delegation], pk: int) -> Delegation:
    delegation = found.filter(pk=pk).first()
    if delegation is None:
        raise NotThere(_("Nobody stands in here."))
    return delegation
