"""What is due at placements on a day, from whom: each is asked for once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from accord.programmes.enums import Side, Term
from accord.programmes.models import Placement
from accord.programmes.queries._placements import evaluating_sides, middle_of, placement_sides, traits_of

UNSIGNED_BEFORE = timedelta(days=14)
UNSIGNED_AFTER = timedelta(days=7)
ARRIVED_BY = timedelta(days=1)
FINAL_BEFORE = timedelta(days=7)
OVERDUE_AFTER = timedelta(days=14)
STALE_AFTER = timedelta(days=30)
"""What became due longer ago is not asked for any more: a placement that was brought in late floods nobody."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something due: a key of its own, what, since when, and from whom; from nobody is a matter for the office."""

    key: str
    what: str
    since: date
    sides: tuple[Side, ...]


def placements_to_remind(day: date) -> QuerySet[Placement]:
    """Return the placements at which anything may be due on a day; with what is looked at, in five queries."""
    return (
        Placement.objects.filter(
            cancelled_at=None, completed_at=None, end_reason="", starts_on__lte=day + UNSIGNED_BEFORE
        )
        .select_related("programme__owner", "call", "person", "made_by")
        .prefetch_related("agreements__signatures", "evaluations", "check_ins")
        .order_by("pk")
    )


def due_at(placement: Placement, day: date) -> list[Due]:
    """Return what is due at a placement on a day and has not been asked for; of what is prefetched."""
    every = (*_unsigned(placement), *_days(placement, day), *_evaluations(placement), *_check_ins(placement, day))
    return [one for one in every if one.since <= day <= one.since + STALE_AFTER and one.key not in placement.reminded]


def _unsigned(placement: Placement) -> Iterator[Due]:
    for one in placement.agreements.all():
        if one.holds_at is None and one.dropped_at is None and placement.left_on is None:
            signed = {row.side for row in one.signatures.all()}
            missing = tuple(side for side in placement_sides(placement) if side not in signed)
            since = max(one.made_at.date() + UNSIGNED_AFTER, one.starts_on - UNSIGNED_BEFORE)
            yield Due(f"unsigned:{one.pk}", "unsigned", since, missing)


def _days(placement: Placement, day: date) -> Iterator[Due]:
    del day
    host = tuple(side for side in (Side.HOST,) if side in placement_sides(placement))
    if placement.arrived_on is None:
        yield Due(f"arrival:{placement.starts_on}", "arrival", placement.starts_on + ARRIVED_BY, host)
    elif placement.left_on is None:
        yield Due(f"end:{placement.ends_on}", "end", placement.ends_on + ARRIVED_BY, host)


def _evaluations(placement: Placement) -> Iterator[Due]:
    if placement.arrived_on is None:
        return
    given = {(one.side, one.term) for one in placement.evaluations.all() if one.struck_at is None}
    asked = evaluating_sides(placement)
    if placement.left_on is None and (missing := tuple(one for one in asked if (one, Term.MID) not in given)):
        yield Due("mid", "mid", middle_of(placement), missing)
    if missing := tuple(one for one in asked if (one, Term.END) not in given):
        yield Due("final", "final", (placement.left_on or placement.ends_on) - FINAL_BEFORE, missing)
        if placement.left_on is not None:
            yield Due("overdue", "overdue", placement.left_on + OVERDUE_AFTER, ())


def _check_ins(placement: Placement, day: date) -> Iterator[Due]:
    """Yield the latest check-in that is due while somebody is there, from those who have not said how it goes."""
    rhythm = traits_of(placement).check_in_days
    if not rhythm or placement.arrived_on is None or placement.left_on is not None or day > placement.ends_on:
        return
    number = (day - placement.arrived_on).days // rhythm
    since = placement.arrived_on + timedelta(days=number * rhythm)
    said = {one.side for one in placement.check_ins.all() if one.stands_on > since - timedelta(days=rhythm)}
    missing = tuple(one for one in evaluating_sides(placement) if one not in said)
    if number and missing:
        yield Due(f"check-in:{number}", "check-in", since, missing)
