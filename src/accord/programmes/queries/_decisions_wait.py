"""Calls whose office has decisions to make."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.programmes.enums import Outcome
from accord.programmes.models import Application, Call, Decision
from accord.programmes.queries._visible import programmes_run_by
from accord.programmes.rules import OFFICE


def decisions_due(actor: Actor, limit: int) -> Sequence[Waiting]:
    """Return the calls in which the actor's office has decisions to make, those that wait longest first; one query."""
    since = Min("applications__entered_at", filter=Q(applications__phase="decision"))
    rows = _calls(actor).select_related("programme").annotate(since=since).order_by("since", "pk")[:limit]
    return [
        Waiting(
            title=one.name,
            url=reverse("programmes:slate", args=[one.programme.key, one.key]),
            act=_("Decide"),
            context=one.programme.name,
            since=one.since,
        )
        for one in rows
    ]


def count_decisions_due(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of them, as numbers to add up; None where nothing can wait."""
    if actor.is_nobody or not any(grant.role in OFFICE for grant in actor.grants):
        return None
    return _calls(actor).order_by().values_list(Value(1), flat=True)


def _calls(actor: Actor) -> QuerySet[Call]:
    """Return the calls with applications at a decision that none was settled on; the reserve list waits for others."""
    settled = Decision.objects.filter(application=OuterRef("pk"), slate__settled_at__isnull=False)
    waiting = settled.filter(Q(told_at=None) | Q(outcome=Outcome.RESERVE))
    due = Application.objects.filter(call=OuterRef("pk"), phase="decision", submitted_at__isnull=False)
    run = programmes_run_by(actor).order_by().values("pk")
    return Call.objects.filter(programme__in=run, finished_at=None, cancelled_at=None).filter(
        Exists(due.exclude(Exists(waiting)))
    )
