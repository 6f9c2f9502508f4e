"""How an agreement stands on a day, and what comes when; worked out from its dates, never typed."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any, TypeVar

from django.db.models import DateField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least, Now, TruncDate

from accord.agreements.enums import AgreementState, Life, Milestone
from accord.agreements.models import Agreement, Amendment, ClauseAmendment, Engagement
from accord.kernel.models import World

ALWAYS = date.min
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


@dataclass(frozen=True, slots=True)
class Coming:
    """A date in the life of an agreement, seen from a day: `days` to go, negative once it has passed."""

    milestone: Milestone
    on: date
    days: int


def with_life(agreements: Rows) -> Rows:
    """Add to each agreement what `life_of` and `engaged_on` need: first amendment, first renewal, last meeting."""
    promises = Amendment.objects.filter(commitment__agreement=OuterRef("pk")).order_by("agreed_on")
    meetings = Engagement.objects.filter(agreement=OuterRef("pk"), struck_at=None).order_by("-held_on")
    clauses = ClauseAmendment.objects.filter(clause__agreement=OuterRef("pk")).order_by("agreed_on")
    return agreements.annotate(
        life_amended_on=Least(Subquery(promises.values("agreed_on")[:1]), Subquery(clauses.values("agreed_on")[:1])),
        life_renewed_on=Subquery(_renewals().values("life_first_on")[:1]),
        life_engaged_on=Subquery(meetings.values("held_on")[:1]),
    )


def _renewals() -> QuerySet[Any, Any]:
    """Return the signed agreements that renew the outer one, with the day from which each holds, earliest first."""
    first = Coalesce("starts_on", "signed_on", Value(ALWAYS), output_field=DateField())
    signed = Agreement.objects.filter(renews=OuterRef("pk"), state=AgreementState.SIGNED)
    return signed.annotate(life_first_on=first).order_by("life_first_on", "pk")


def life_of(agreement: Agreement, day: date) -> Life:
    """Return how the agreement stands on the day. Takes a query where `with_life` did not load it."""
    loaded = agreement
    if not hasattr(loaded, "life_renewed_on"):
        loaded = with_life(Agreement.objects.filter(pk=agreement.pk)).get()
    amended_on, renewed_on = _day_of(loaded, "life_amended_on"), _day_of(loaded, "life_renewed_on")
    if loaded.state == AgreementState.DRAFT or (loaded.signed_on and day < loaded.signed_on):
        return Life.DRAFT
    if loaded.terminated_on and day >= loaded.terminated_on:
        return Life.TERMINATED
    if renewed_on and day >= renewed_on:
        return Life.RENEWED
    if loaded.ends_on and day > loaded.ends_on:
        return Life.EXPIRED
    if loaded.starts_on and day < loaded.starts_on:
        return Life.SIGNED
    return Life.AMENDED if amended_on and day >= amended_on else Life.IN_FORCE


def engaged_on(agreement: Agreement) -> date | None:
    """Return the day of the last meeting of the parties, or None. Takes a query where `with_life` did not load it."""
    if not hasattr(agreement, "life_engaged_on"):
        agreement = with_life(Agreement.objects.filter(pk=agreement.pk)).get()
    return _day_of(agreement, "life_engaged_on")


def _day_of(agreement: Agreement, name: str) -> date | None:
    """Return an annotated day."""
    day: date | None = getattr(agreement, name)
    return day


def notice_on(agreement: Agreement) -> date | None:
    """Return the last day on which notice can be given, where the agreement names one."""
    if agreement.ends_on is None or agreement.notice_days is None:
        return None
    try:
        return agreement.ends_on - timedelta(days=agreement.notice_days)
    except OverflowError:
        return None


def dates_of(agreement: Agreement, day: date) -> tuple[Coming, ...]:
    """Return every date in the agreement's life in their order. Once it was terminated, later ones no longer come."""
    last = agreement.terminated_on
    dates = (
        (Milestone.SIGNED, agreement.signed_on),
        (Milestone.STARTS, agreement.starts_on),
        (Milestone.REVIEW, agreement.review_on),
        (Milestone.NOTICE, notice_on(agreement)),
        (Milestone.ENDS, agreement.ends_on),
        (Milestone.TERMINATED, last),
    )
    known = [
        Coming(milestone, on, (on - day).days)
        for milestone, on in dates
        if on and (last is None or on < last or milestone == Milestone.TERMINATED)
    ]
    return tuple(sorted(known, key=lambda one: one.on))


def today() -> Coalesce:
    """Return the world's present day as an expression: the demo's day, or today in UTC."""
    demo = World.objects.filter(is_demo=True).values("demo_day")[:1]
    return Coalesce(Subquery(demo), TruncDate(Now(), tzinfo=UTC), output_field=DateField())
