"""What waits for the officers of a party: a review, a notice, an end that comes near."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState, Life, Milestone
from accord.agreements.models import Agreement, Party
from accord.agreements.queries._life import dates_of, life_of, today, with_life
from accord.kernel.access import Actor
from accord.kernel.clock import end_of
from accord.kernel.finding import Waiting
from accord.people.enums import Role

AHEAD: Final = timedelta(days=60)
LIVING: Final = frozenset({Life.SIGNED, Life.IN_FORCE, Life.AMENDED})
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


def dates_ahead(actor: Actor, limit: int) -> list[Waiting]:
    """Return the reviews, notices and ends of the actor's agreements that come within 60 days, the nearest first.

    A review waits until another day is set for it; notice and end no longer wait once they have passed, or once a
    renewal was signed. One query.
    """
    waiting = [one for agreement in _near(actor) for one in _of(agreement)]
    return sorted(waiting, key=lambda one: (one.due or datetime.max.replace(tzinfo=UTC), str(one.url)))[:limit]


def count_dates_ahead(actor: Actor) -> int:
    """Return how many such dates wait for the actor; one query."""
    return sum(1 for agreement in _near(actor) for _one in _of(agreement))


def _near(actor: Actor) -> QuerySet[Any, Any]:
    """Return the signed agreements of parties that the actor is officer of, with a date near the present day."""
    mine = Party.objects.filter(institution__in=actor.institutions(Role.OFFICER)).values("agreement")
    notice = ExpressionWrapper(F("ends_on") - F("notice_days"), output_field=DateField())
    soon = ExpressionWrapper(today() + AHEAD, output_field=DateField())
    signed = Agreement.objects.filter(pk__in=mine, state=AgreementState.SIGNED)
    near = signed.annotate(waits_today=today()).alias(waits_soon=soon, waits_notice=notice)
    return with_life(near).filter(
        Q(review_on__lte=F("waits_soon"))
        | Q(ends_on__lte=F("waits_soon"), ends_on__gte=F("waits_today"))
        | Q(waits_notice__lte=F("waits_soon"), waits_notice__gte=F("waits_today"))
    )


def _of(agreement: Any) -> Iterator[Waiting]:
    """Yield what waits in one agreement."""
    day: date = agreement.waits_today
    if life_of(agreement, day) not in LIVING:
        return
    for coming in dates_of(agreement, day):
        is_over = coming.milestone != Milestone.REVIEW and (coming.days < 0 or agreement.life_renewed_on)
        if coming.milestone in ACTS and coming.days <= AHEAD.days and not is_over:
            yield Waiting(
                title=agreement.title,
                url=f"{reverse('agreements:text', args=[agreement.key])}#dates",
                act=ACTS[coming.milestone],
                context=SAID[coming.milestone],
                since=datetime.combine(coming.on - AHEAD, time(), tzinfo=UTC),
                due=end_of(coming.on),
            )
