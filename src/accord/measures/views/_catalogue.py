"""Doors to the catalogue of measures and to the calibration of forecasts."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.measures import queries
from accord.measures.enums import PromiseState
from accord.measures.forms import CATALOGUE, KIND_WORDS
from accord.measures.views._rows import chip


@require_GET
@signed_in
def catalogue(request: Request) -> HttpResponseBase:
    """List every measure a promise can be counted in."""
    page = CATALOGUE.page(request.GET, list(queries.catalogue().values()))
    if page.format:
        return CATALOGUE.export(page)
    return render(request, "measures/catalogue.html", {"table": page})


@require_GET
@signed_in
def measure(request: Request, code: str) -> HttpResponse:
    """Show one measure: what it counts, by which rule, after whose definition, and which promises use it."""
    found = queries.measure(code)
    if found is None:
        raise Http404(_("The catalogue has no measure of this code."))
    context = {
        "measure": found,
        "kind": KIND_WORDS[found.kind],
        "promises": queries.promises_on(request.actor, code),
    }
    return render(request, "measures/measure.html", context)


@require_GET
@signed_in
def calibration(request: Request) -> HttpResponse:
    """Score our own past forecasts, and people's, against what came of the promises."""
    scores = queries.calibration(request.actor, clock.today(request.world))
    computed = scores.computed
    context = {
        "scores": scores,
        "coverage80": _in_100(computed.coverage80.share) if computed.coverage80 else "",
        "bins": [_bin(one) for one in computed.bins],
        "horizons": [_horizon(one) for one in computed.by_horizon if one.n],
    }
    return render(request, "measures/calibration.html", context)


def _bin(one: Any) -> dict[str, Any]:
    """Return one line of the reliability table: a word, what was said with it, what happened."""
    happened = one.happened
    return {
        "chip": chip(PromiseState(one.likelihood.value)),
        "n": one.n,
        "said": None if one.said is None else _in_100(one.said),
        "happened": None if happened is None else _in_100(happened.share),
        "between": f"{_in_100(happened.low)}–{_in_100(happened.high)}" if happened else "–",
    }


def _horizon(one: Any) -> dict[str, Any]:
    """Return one line of the table by horizon."""
    to = f"{one.from_weeks}–{one.to_weeks - 1}" if one.to_weeks else f"{one.from_weeks}+"
    return {
        "weeks": to,
        "n": one.n,
        "held": _in_100(one.coverage80.share) if one.coverage80 else "–",
        "brier": "–" if one.brier is None else f"{one.brier:.2f}",
    }


def _in_100(share: float) -> int:
    """Return a share as whole points of 100."""
    return round(share * 100)
