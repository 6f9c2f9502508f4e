"""Counted lines as dated changes, in the form that every measure yields."""

from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Round

from accord.programmes.enums import Counted
from accord.programmes.models import CountedLine

AMOUNT = DecimalField(max_digits=20, decimal_places=4)
PLACES = 3
"""What the days of a line add up to is right to a thousandth, however small the part of one day is."""


class NumberOfDay(Func):
    """A row for each day of a line, numbered from one; a line without an end has one."""

    template = "generate_series(1, COALESCE(%(expressions)s, 1))"
    arg_joiner = " - "
    output_field = IntegerField()
    set_returning = True


class DayOfNumber(Func):
    """The day of a line that bears a number."""

    template = "(%(expressions)s - 1)"
    arg_joiner = " + "
    output_field = DateField()
    set_returning = True


def counted_as_changes(what: str) -> QuerySet[CountedLine, Any]:
    """Return a change for each line of a kind, on its day, or on each of its days.

    `what` is a `Counted`. Lines of programmes without an agreement are left out; those of a programme that was set up
    for a promise in this measure count for that promise alone.
    """
    number = NumberOfDay(F("ends_on"), F("starts_on"))
    return _lines(what, DayOfNumber(F("starts_on"), number), _added(number) - _added(number - Value(1)))


def counted_as_stock(what: str) -> QuerySet[CountedLine, Any]:
    """Return two changes for each line of a kind: it rises on its first day, and falls on the day after its last."""
    fallen = _lines(what, F("ends_on"), F("amount_each") * Value(-1)).filter(ends_on__isnull=False)
    return _lines(what, F("starts_on"), F("amount_each")).union(fallen, all=True)


def evaluations_as_changes() -> QuerySet[CountedLine, Any]:
    """Return one for each end evaluation with a score, on the day it came in."""
    return _lines(Counted.SATISFACTION, F("starts_on"), Value(1))


def _added(number: Any) -> Round:
    """Return what the days up to one add up to."""
    return Round(ExpressionWrapper(number * F("amount_each"), output_field=AMOUNT), precision=PLACES)


def _promise(what: str) -> Case:
    """Return the promise that a programme was set up for, where it is one in this measure; or else null."""
    return Case(
        When(programme__commitment__measure_code=f"programmes.{what}", then=F("programme__commitment_id")),
        default=Value(None),
        output_field=BigIntegerField(null=True),
    )


def _lines(what: str, day: Any, amount: Any) -> QuerySet[CountedLine, Any]:
    return (
        CountedLine.objects.filter(what=what, programme__agreement__isnull=False)
        .order_by()
        .values(
            "is_simulated",
            "label",
            "record",
            agreement_id=F("programme__agreement_id"),
            commitment_id=_promise(what),
            occurred_on=day,
            recorded_at=F("known_at"),
            unrecorded_at=F("unknown_at"),
            amount=Cast(ExpressionWrapper(amount, output_field=AMOUNT), AMOUNT),
        )
    )
