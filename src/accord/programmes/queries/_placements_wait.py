"""What waits at placements: agreements to sign, arrivals to confirm, check-ins to look at, evaluations to hand in."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Now, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.models import World
from accord.programmes.enums import Going, Side, Term
from accord.programmes.models import CheckIn, Evaluation, LearningAgreement, LearningSignature, Placement, Supervisor
from accord.programmes.rules import OFFICE, SIDE_ROLES


def agreements_to_sign(actor: Actor, limit: int) -> list[Waiting]:
    """Return the learning agreements that a side of the actor has not signed, the first to begin first."""
    return [
        Waiting(
            title=one.placement.title,
            url=reverse("programmes:sign-learning", args=[one.placement.reference]),
            act=_("Read and sign it"),
            context=one.placement.reference,
            since=one.made_at,
            due=_start_of(one.starts_on),
        )
        for one in _unsigned(actor).select_related("placement").order_by("starts_on", "pk")[:limit]
    ]


def count_agreements_to_sign(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many these are."""
    return _ones(_unsigned(actor))


def arrivals_to_confirm(actor: Actor, limit: int) -> list[Waiting]:
    """Return the placements of the actor's house whose first day has come, and where nobody confirmed an arrival."""
    return [
        Waiting(
            title=one.title,
            url=reverse("programmes:placement-act", args=[one.reference, "arrival"]),
            act=_("Confirm the arrival"),
            context=one.reference,
            since=_start_of(one.starts_on),
        )
        for one in _unarrived(actor).order_by("starts_on", "pk")[:limit]
    ]


def count_arrivals_to_confirm(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many these are."""
    return _ones(_unarrived(actor))


def check_ins_to_look_at(actor: Actor, limit: int) -> list[Waiting]:
    """Return the check-ins that need care and that nobody of the actor's office looked at, the oldest first."""
    return [
        Waiting(
            title=one.placement.title,
            url=reverse("programmes:look-at-check-in", args=[one.placement.reference, one.pk]),
            act=_("Look at it"),
            context=one.placement.reference,
            since=one.said_at,
        )
        for one in _unlooked(actor).select_related("placement").order_by("said_at", "pk")[:limit]
    ]


def count_check_ins_to_look_at(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many these are."""
    return _ones(_unlooked(actor))


def evaluations_due(actor: Actor, limit: int) -> list[Waiting]:
    """Return the placements that ended and that a side of the actor has not evaluated, the oldest first."""
    return [
        Waiting(
            title=one.title,
            url=reverse("programmes:placement-act", args=[one.reference, "evaluate-end"]),
            act=_("Evaluate it"),
            context=one.reference,
            since=_start_of(one.left_on) if one.left_on else None,
        )
        for one in _unevaluated(actor).order_by("left_on", "pk")[:limit]
    ]


def count_evaluations_due(actor: Actor) -> QuerySet[Any, Any]:
    """Return how many these are."""
    return _ones(_unevaluated(actor))


def _unsigned(actor: Actor) -> QuerySet[LearningAgreement]:
    missing: Any = Q(pk__in=[])
    for side, whose in _sides(actor, "placement__").items():
        signed = LearningSignature.objects.filter(agreement=OuterRef("pk"), side=side)
        missing |= whose & ~Exists(signed)
    return LearningAgreement.objects.filter(
        missing, holds_at=None, dropped_at=None, placement__cancelled_at=None, placement__left_on=None
    )


def _unarrived(actor: Actor) -> QuerySet[Placement]:
    whose = _sides(actor, "")[Side.HOST] | Q(programme__owner__in=actor.institutions(*OFFICE))
    return Placement.objects.filter(whose, arrived_on=None, cancelled_at=None, starts_on__lte=_present_day())


def _unlooked(actor: Actor) -> QuerySet[CheckIn]:
    mine = Q(placement__programme__owner__in=actor.institutions(*OFFICE))
    return CheckIn.objects.filter(mine, looked_at=None).exclude(going=Going.WELL)


def _unevaluated(actor: Actor) -> QuerySet[Placement]:
    missing: Any = Q(pk__in=[])
    sides = _sides(actor, "")
    for side in (Side.PERSON, Side.HOST):
        given = Evaluation.objects.filter(placement=OuterRef("pk"), side=side, term=Term.END, struck_at=None)
        missing |= sides[side] & ~Exists(given)
    return Placement.objects.filter(missing, left_on__isnull=False, completed_at=None, end_reason="")


def _sides(actor: Actor, path: str) -> dict[str, Q]:
    """Return for each side the condition that the actor speaks for it."""
    mine = actor.institutions(*SIDE_ROLES)
    own = frozenset([actor.person_id]) if actor.for_person is None else frozenset()
    looked_after = Supervisor.objects.filter(person__in=actor.persons, ends_on=None)
    return {
        Side.PERSON: Q(**{f"{path}person__in": own}),
        Side.HOST: Q(**{f"{path}host__in": mine}) | Q(**{f"{path}pk__in": _of(looked_after, Side.HOST)}),
        Side.HOME: Q(**{f"{path}home__in": mine}) | Q(**{f"{path}pk__in": _of(looked_after, Side.HOME)}),
    }


def _of(rows: QuerySet[Supervisor], side: str) -> QuerySet[Any, Any]:
    return rows.filter(side=side).order_by().values("placement")


def _ones(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    """Return one for each row, as numbers to add up."""
    return rows.order_by().values_list(Value(1), flat=True)


def _present_day() -> Coalesce:
    """Return the present day in UTC; in a demo world, the demo's."""
    demo = World.objects.filter(is_demo=True).values("demo_day")[:1]
    return Coalesce(Subquery(demo), TruncDate(Now(), tzinfo=UTC), output_field=DateField())


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
