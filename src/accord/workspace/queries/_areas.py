"""Area in operation and area let as dated changes, in the form that every measure yields."""

from typing import Any

from django.db.models import CharField, DateTimeField, Expression, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from accord.workspace.enums import SpaceKind
from accord.workspace.models import FloorRun, Space, TeamSpan
from accord.workspace.queries._spans import AMOUNT


def floor_runs_as_changes() -> QuerySet[FloorRun, Any]:
    """Return a rise for each floor that goes into operation and a fall where it goes out of it.

    The fall is known from when it was recorded; a run that was struck is not known any more since then.
    """
    runs = FloorRun.objects.filter(floor__building__site__agreement__isnull=False).order_by()
    begun = _run_changes(runs, F("starts_on"), F("recorded_at"), F("area_m2"))
    ended = _run_changes(runs.filter(ends_on__isnull=False), F("ends_on"), F("ended_at"), F("area_m2") * Value(-1))
    return begun.union(ended, all=True)


def let_areas_as_changes() -> QuerySet[TeamSpan, Any]:
    """Return rises and falls of the area that incubated teams use: what is let to them, and the common areas."""
    let = TeamSpan.objects.filter(what="area", team__site__agreement__isnull=False).order_by()
    common = Space.objects.filter(kind=SpaceKind.COMMON, floor__building__site__agreement__isnull=False).order_by()
    return _let_changes(let, F("starts_on"), F("amount")).union(
        _let_changes(let.filter(ends_on__isnull=False), F("ends_on"), F("amount") * Value(-1)),
        _common_changes(common, F("starts_on"), F("area_m2")),
        _common_changes(common.filter(ends_on__isnull=False), F("ends_on"), F("area_m2") * Value(-1)),
        all=True,
    )


def _run_changes(runs: QuerySet[FloorRun], day: F, known: F, amount: Expression | F) -> QuerySet[FloorRun, Any]:
    return runs.values("pk").values(
        agreement_id=F("floor__building__site__agreement_id"),
        occurred_on=day,
        recorded_at=Cast(known, DateTimeField()),
        unrecorded_at=F("struck_at"),
        amount=Cast(amount, AMOUNT),
        label=F("floor__building__name"),
        is_simulated=F("floor__building__site__is_simulated"),
        record=Concat(Value("floor:"), Cast("floor_id", CharField())),
    )


def _let_changes(lines: QuerySet[TeamSpan], day: F, amount: Expression | F) -> QuerySet[TeamSpan, Any]:
    return lines.values("pk").values(
        agreement_id=F("team__site__agreement_id"),
        occurred_on=day,
        recorded_at=F("known_at"),
        unrecorded_at=F("unknown_at"),
        amount=Cast(amount, AMOUNT),
        label=F("team__name"),
        is_simulated=F("team__is_simulated"),
        record=Coalesce(F("record"), Value("")),
    )


def _common_changes(spaces: QuerySet[Space], day: F, amount: Expression | F) -> QuerySet[Space, Any]:
    return spaces.values("pk").values(
        agreement_id=F("floor__building__site__agreement_id"),
        occurred_on=day,
        recorded_at=F("added_at"),
        unrecorded_at=Cast(Value(None), DateTimeField()),
        amount=Cast(amount, AMOUNT),
        label=F("name"),
        is_simulated=F("floor__building__site__is_simulated"),
        record=Concat(Value("space:"), Cast("pk", CharField())),
    )
