"""Doors from a number to the records of other contexts that it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.agreements import queries as agreements
from accord.kernel.access import Request, signed_in
from accord.kernel.records import follow, reference
from accord.kernel.text import Bilingual
from accord.measures import queries
from accord.measures.forms import COUNTED
from accord.measures.views._clocks import asked_clocks


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One change with the way to the record behind it."""

    occurred_on: date
    recorded_at: datetime
    label: Bilingual
    amount: Decimal
    is_simulated: bool
    url: str


@require_GET
@signed_in
def counted(request: Request, key: str, promise: str) -> HttpResponseBase:
    """List every change that Accord counts for a promise from the records of the work itself."""
    agreement = agreements.find_agreement(request.actor, key)
    asked = asked_clocks(request)
    commitment, standing = queries.promise_standing(agreement, promise, asked.bounds)
    page = COUNTED.page(request.GET, counted_rows(key, queries.counted_for(standing, asked.bounds)))
    if page.format:
        notes = (str(_("Demonstration world: simulated records.")),) if request.world.is_demo else ()
        return COUNTED.export(page, filename=f"{key}-{promise}-counted", notes=notes)
    context = {"agreement": agreement, "promise": commitment, "table": page}
    return render(request, "measures/counted.html", context)


@require_GET
@signed_in
def to_record(request: Request, key: str, kind: str, pk: int) -> HttpResponse:
    """Lead to the record behind a number; who may not know of it is told that nothing is there."""
    agreements.find_agreement(request.actor, key)
    return HttpResponseRedirect(follow(request.actor, reference(kind, pk)).url)


def counted_rows(key: str, changes: Sequence[queries.RecentChange]) -> list[CountedRow]:
    """Return changes as rows of a list, each with the way to its record."""
    return [
        CountedRow(one.occurred_on, one.recorded_at, one.label, one.amount, one.is_simulated, url_of(key, one.record))
        for one in changes
    ]


def url_of(key: str, record: str) -> str:
    """Return the way from an agreement to a record such as `tenancy:7`; empty where a change names none."""
    kind, _colon, number = record.partition(":")
    if not number.isdecimal():
        return ""
    if kind == "evidence":
        return reverse("measures:evidence", args=[key, int(number)])
    return reverse("measures:record", args=[key, kind, int(number)])
