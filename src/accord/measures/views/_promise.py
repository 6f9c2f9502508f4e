"""Doors to one promise: its page, its chart as data, and a person's own forecast."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.agreements import queries as agreements
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.measures import operations, queries, rules
from accord.measures.forms import COUNTED, RECORDS, OverrideForm
from accord.measures.views._board import demo_notes
from accord.measures.views._clocks import asked_clocks
from accord.measures.views._counted import counted_rows
from accord.measures.views._rows import chip, fan_of, figure_of, has_chart, who_to_whom, with_clock
from accord.people.queries import acting_person
from accord.ui.charts import csv_response, json_response, vega_response
from accord.ui.forms import form_page

LATEST = QueryDict("cols=occurred_on,label,amount,state,recorded_at,provenance")
SHOWN = QueryDict("cols=occurred_on,label,amount,recorded_at,provenance")
MOST_SHOWN = 8


@require_GET
@signed_in
def promise(request: Request, key: str, promise: str) -> HttpResponse:
    """Show one promise: how it stands in words, its chart, what was agreed, and what the number is made of."""
    agreement = agreements.find_agreement(request.actor, key)
    asked = asked_clocks(request)
    commitment, standing = queries.promise_standing(agreement, promise, asked.bounds)
    party = agreements.party_of_actor(request.actor, agreement)
    entries = queries.evidence_of(commitment)
    is_counted = standing.measure is not None and standing.measure.is_counted_for(agreement.pk)
    context = {
        "agreement": agreement,
        "asked": asked,
        "standing": standing,
        "promise": standing.promise,
        "chip": chip(standing.state),
        "lead": queries.long_sentence(standing),
        "figure": figure_of(standing),
        "who": who_to_whom(standing),
        "chart": fan_of(standing, asked.bounds) if has_chart(standing) else None,
        "quotes": [queries.quote_in_words(one) for one in standing.promise.quotes],
        "baseline": queries.quote_in_words(standing.promise.baseline_quote) if standing.promise.baseline_quote else "",
        "stated": queries.quote_in_words(standing.promise.done_quote) if standing.promise.done_quote else "",
        "unit": queries.unit_of(standing),
        "override": queries.override_of(commitment, asked.as_of),
        "history": queries.forecast_history(commitment, asked.as_of),
        "table": RECORDS.page(LATEST, list(entries.filter(occurred_on__lte=asked.as_of)[:MOST_SHOWN])),
        "entries": entries.count(),
        "counted": COUNTED.page(SHOWN, counted_rows(key, queries.counted_for(standing, asked.bounds, limit=MOST_SHOWN)))
        if is_counted
        else None,
        "counted_records": standing.done.tally.records,
        "counted_here": is_counted,
        "may_record": rules.may_record_evidence(request.actor, agreement, party),
        "may_override": standing.foreseen is not None and rules.may_override_forecast(request.actor, party),
        "clock_query": with_clock(request.GET.dict()),
    }
    return render(request, "measures/promise.html", context)


@require_GET
@signed_in
def promise_chart(request: Request, key: str, promise: str, kind: str) -> HttpResponse:
    """Answer the numbers of a promise's chart as CSV or JSON, or as a Vega-Lite specification."""
    agreement = agreements.find_agreement(request.actor, key)
    asked = asked_clocks(request)
    _commitment, standing = queries.promise_standing(agreement, promise, asked.bounds)
    chart = fan_of(standing, asked.bounds)
    name = f"{key}-{promise}"
    if kind == "csv":
        return csv_response(chart, name, demo_notes(request))
    if kind == "json":
        return json_response(chart, name, demo_notes(request))
    if kind == "vl.json":
        return vega_response(chart, name)
    raise Http404(_("A chart is to be had as chart.csv, chart.json or chart.vl.json."))


@require_http_methods(["GET", "POST"])
@signed_in
def override(request: Request, key: str, promise: str) -> HttpResponse:
    """Put a person's own forecast beside the computed one."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment, standing = queries.promise_standing(agreement, promise, asked_clocks(request).bounds)
    if not rules.may_override_forecast(request.actor, agreements.party_of_actor(request.actor, agreement)):
        raise NotAllowed(_("Only partnership officers of a party give their own forecast. Ask one of them."))
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.set_override(
            commitment=commitment,
            by=acting_person(request.actor),
            at=clock.now(request.world),
            **form.cleaned_data,
        )
        messages.success(request, _("Your forecast stands beside the computed one."))
        return redirect("measures:promise", key=key, promise=promise)
    context = {"agreement": agreement, "promise": standing.promise, "lead": queries.long_sentence(standing)}
    return form_page(request, "measures/override.html", form, context)


@require_POST
@signed_in
def lift_override(request: Request, key: str, promise: str) -> HttpResponse:
    """Take a person's own forecast back."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment = agreements.find_commitment(agreement, promise)
    if not rules.may_override_forecast(request.actor, agreements.party_of_actor(request.actor, agreement)):
        raise NotAllowed(_("Only partnership officers of a party take their own forecast back. Ask one of them."))
    operations.lift_override(commitment=commitment, by=acting_person(request.actor), at=clock.now(request.world))
    messages.success(request, _("Your forecast is taken back; it stays in the history and is scored."))
    return redirect("measures:promise", key=key, promise=promise)
