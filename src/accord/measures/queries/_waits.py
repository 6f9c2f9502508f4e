"""What waits for officers in measures, as every page counts it: deliveries that the other side entered."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.text import Bilingual
from accord.measures.models import Attribution, Evidence
from accord.measures.queries._evidence import waiting_entries
from accord.people.enums import Role
from accord.ui.say import signed


def deliveries_waiting(actor: Actor, limit: int) -> list[Waiting]:
    """Return the entries that the actor may confirm or contest, each once, the oldest first; one query."""
    mine = actor.institutions(Role.OFFICER)
    if not mine:
        return []
    promise = Attribution.objects.filter(evidence=OuterRef("pk")).order_by("pk").values("commitment__title")[:1]
    rows = waiting_entries(mine).annotate(promise_title=Subquery(promise)).select_related("party__agreement")
    return [_of(row) for row in rows.order_by("recorded_at", "pk")[:limit]]


def deliveries_counted(actor: Actor) -> QuerySet[Evidence, Any] | None:
    """Return how many entries that is, as a number to add up; None where nothing can wait."""
    mine = actor.institutions(Role.OFFICER)
    return waiting_entries(mine).order_by().values("is_simulated").annotate(n=Count("pk")).values("n") if mine else None


def _of(row: Any) -> Waiting:
    return Waiting(
        title=row.label,
        url=reverse("measures:evidence", args=[row.party.agreement.key, row.pk]),
        act=_("Confirm or contest %(amount)s") % {"amount": signed(row.amount)},
        context=Bilingual.of(row.promise_title) or row.party.agreement.title,
        since=row.recorded_at,
    )
