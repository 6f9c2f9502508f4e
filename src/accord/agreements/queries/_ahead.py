"""What waits for the officers of a party: a review, a notice, an end that comes near."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Case, DateField, ExpressionWrapper, F, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState, Milestone
from accord.agreements.models import Agreement, Party
from accord.agreements.queries._life import today, with_life
from accord.kernel.access import Actor
from accord.kernel.clock import end_of
from accord.kernel.finding import Waiting
from accord.people.enums import Role

AHEAD: Final = timedelta(days=60)
DAYS: Final = {Milestone.REVIEW: "review_on", Milestone.NOTICE: "waits_notice_on", Milestone.ENDS: "ends_on"}
ACTS: Final = {
    Milestone.REVIEW: _("Hold the review, and set the next one"),
    Milestone.NOTICE: _("Give notice, or let it go on"),
    Milestone.ENDS: _("Renew it, or let it end"),
}
SAID: Final = {
    Milestone.REVIEW: _("Review is due"),
    Milestone.NOTICE: _("Notice must be given"),
    Milestone.ENDS: _("The term ends"),
}
LIVES: Final = (
    (Q(signed_on=None) | Q(signed_on__lte=F("waits_today")))
    & (Q(terminated_on=None) | Q(terminated_on__gt=F("waits_today")))
    & (Q(life_renewed_on=None) | Q(life_renewed_on__gt=F("waits_today")))
    & (Q(ends_on=None) | Q(ends_on__gte=F("waits_today")))
)
"""Holds for agreements whose `life_of` is signed, in force or amended on the present day."""


def dates_ahead(actor: Actor, limit: int) -> list[Waiting]:
    """Return the reviews, notices and ends of the actor's agreements that come within 60 days, the nearest first.

    A review waits until another day is set for it; notice and end no longer wait once they have passed, or once a
    renewal was signed. One query.
    """
    waiting = [one for agreement in _near(actor) for one in _of(agreement)]
    return sorted(waiting, key=lambda one: (one.due or datetime.max.replace(tzinfo=UTC), str(one.url)))[:limit]


def count_dates_ahead(actor: Actor) -> QuerySet[Agreement, int] | None:
    """Return how many such dates each agreement has, as numbers to add up; None where nothing can wait."""
    if not actor.institutions(Role.OFFICER):
        return None
    return _near(actor).values_list(F("waits_review") + F("waits_notice") + F("waits_ends"), flat=True)


def _near(actor: Actor) -> QuerySet[Any, Any]:
    """Return the living agreements of parties that the actor is officer of, with which of their dates come near."""
    mine = Party.objects.filter(institution__in=actor.institutions(Role.OFFICER)).values("agreement")
    signed = with_life(Agreement.objects.filter(pk__in=mine, state=AgreementState.SIGNED))
    dated = signed.annotate(waits_today=today(), waits_notice_on=_day(F("ends_on") - F("notice_days")))
    near = dated.filter(LIVES).annotate(
        **{f"waits_{one}": Case(When(_comes(one), then=1), default=0) for one in DAYS},
    )
    return near.filter(Q(waits_review=1) | Q(waits_notice=1) | Q(waits_ends=1)).order_by("pk")


def _comes(milestone: Milestone) -> Q:
    """Hold for agreements whose date comes near, and is not one that an early end takes away."""
    on = DAYS[milestone]
    near = Q(**{f"{on}__lte": _day(F("waits_today") + AHEAD)}) & (Q(terminated_on=None) | Q(terminated_on__gt=F(on)))
    return near if milestone == Milestone.REVIEW else near & Q(**{f"{on}__gte": F("waits_today")}, life_renewed_on=None)


def _day(expression: Any) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(expression, output_field=DateField())


def _of(agreement: Any) -> Iterator[Waiting]:
    """Yield what waits in one agreement."""
    for milestone, name in DAYS.items():
        if getattr(agreement, f"waits_{milestone}"):
            on = getattr(agreement, name)
            yield Waiting(
                title=agreement.title,
                url=f"{reverse('agreements:text', args=[agreement.key])}#dates",
                act=ACTS[milestone],
                context=SAID[milestone],
                since=datetime.combine(on - AHEAD, time(), tzinfo=UTC),
                due=end_of(on),
            )
