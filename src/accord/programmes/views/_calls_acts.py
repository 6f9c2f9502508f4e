"""Doors to what is done with a call: publish, cancel, finish, copy, its other dates, and the code for late ones."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.kernel.secret import new_token
from accord.programmes import operations, queries
from accord.programmes.forms import (
    CancelCallForm,
    DatesForm,
    LateCodeForm,
    NewCallForm,
    values_of_call,
    values_of_dates,
)
from accord.programmes.operations import CallFacts
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import (
    TEMPLATE,
    Sheet,
    blame,
    by_and_at,
    call_to_run,
    in_zone,
    to_call,
    to_office,
)
from accord.programmes.views._calls_keep import MOMENTS
from accord.ui.editing import editing
from accord.ui.forms import Form

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and figures that are taken for each other when somebody reads them out."""
CODE_LENGTH = 12


@require_http_methods(["GET", "POST"])
@signed_in
def publish_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Show what is promised once a call is published, and publish it."""
    found = call_to_run(request, programme, call)
    now = clock.now(request.world)
    refusal = ""
    if request.method == "POST":
        try:
            operations.publish_call(call=found, seed=new_token(), **by_and_at(request))
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The call is published. Everybody may read it."))
            return redirect(to_call(found))
    context = {
        "call": found,
        "missing": queries.missing_to_publish(found, now),
        "refusal": refusal,
        "opens": in_zone(found.opens_at, found.time_zone),
        "closes": in_zone(found.closes_at, found.time_zone),
        "form_version": queries.current_form(found),
    }
    return render(request, "programmes/publish_call.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def cancel_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Cancel a call, with the reason that everybody who applied reads."""
    found = call_to_run(request, programme, call)
    form = CancelCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel_call(call=found, reason=form.cleaned_data["reason"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The call is cancelled."))
            return redirect(to_office(found))
    meta = _("Nobody applies any more, and nothing of it can be changed afterwards.")
    sheet = Sheet(
        _("Cancel the call"), _("Cancel the call"), to_office(found), found.programme, found, meta, is_dangerous=True
    )
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def finish_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Finish a call once everybody was told."""
    found = call_to_run(request, programme, call)
    form = Form(request.POST or None)
    if request.method == "POST":
        try:
            operations.finish_call(call=found, **by_and_at(request))
        except Refused as refused:
            form.is_valid()
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The call is finished. The seed of its draw is public now."))
            return redirect(to_office(found))
    meta = _("The seed of the draw becomes public, and nothing of the call can be changed afterwards.")
    return Sheet(_("Finish the call"), _("Finish the call"), to_office(found), found.programme, found, meta).page(
        request, form
    )


@require_http_methods(["GET", "POST"])
@signed_in
def copy_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Prepare a call from another one, with every date a year later."""
    found = call_to_run(request, programme, call)
    initial = _a_year_later(found)
    form = NewCallForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.copy_call(call=found, facts=CallFacts(**form.facts()), **by_and_at(request))
        except Refused as refused:
            blame(form, refused, MOMENTS)
        else:
            messages.success(request, _("The call is copied, with its form, rules, workflow and dates."))
            return redirect(to_office(made))
    meta = _("Form, rules, workflow and dates are taken over, each date a year later. Applicants and hosts are not.")
    return Sheet(_("Copy the call"), _("Prepare the copy"), to_office(found), found.programme, found, meta).page(
        request, form
    )


@require_http_methods(["GET", "POST"])
@signed_in
def call_dates(request: Request, programme: str, call: str) -> HttpResponse:
    """Say what else happens when."""
    found = call_to_run(request, programme, call)
    initial = values_of_dates(queries.dates_of_call(found))
    record, back = f"call-dates:{found.pk}", to_office(found)
    edit = editing(request, partial(DatesForm), initial=initial, version=found.version, purpose=record)
    if edit.ready:
        lines: Any = edit.form
        try:
            operations.keep_dates(call=found, dates=lines.lines(), version=edit.version, **by_and_at(request))
        except Clash:
            fresh = call_to_run(request, programme, call)
            theirs = values_of_dates(queries.dates_of_call(fresh))
            return edit.clash(thing=fresh.name, theirs=theirs, version=fresh.version, url=back)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The dates are kept."))
            return redirect(back)
    meta = _("Opening, deadline, results and placements stand on the page already.")
    sheet = Sheet(_("Other dates"), _("Save the dates"), back, found.programme, found, meta)
    return edit.page(TEMPLATE, sheet.context())


@require_http_methods(["GET", "POST"])
@signed_in
def late_code(request: Request, programme: str, call: str) -> HttpResponse:
    """Make a code by which somebody may submit after the deadline; it is shown once."""
    found = call_to_run(request, programme, call)
    form = LateCodeForm(request.POST or None, initial={"until_hour": "23:59"})
    if request.method == "POST" and form.is_valid():
        code = get_random_string(CODE_LENGTH, CODE_LETTERS)
        try:
            until = form.moment(found.time_zone)
            operations.set_late_code(call=found, code=code, until=until, **by_and_at(request))
        except Refused as refused:
            blame(form, refused, (("until", "until_on"),))
        else:
            context = {"call": found, "code": code, "until": in_zone(until, found.time_zone), "back": to_office(found)}
            return render(request, "programmes/late_code.html", context)
    meta = _("Whoever has the code may submit until then, and is marked as late. A new code replaces the one before.")
    return Sheet(_("Make a late code"), _("Make the code"), to_office(found), found.programme, found, meta).page(
        request, form
    )


@require_http_methods(["POST"])
@signed_in
def drop_late_code(request: Request, programme: str, call: str) -> HttpResponse:
    """Take the late code back."""
    found = call_to_run(request, programme, call)
    try:
        operations.set_late_code(call=found, code="", until=None, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The late code holds no longer."))
    return redirect(to_office(found))


def _a_year_later(call: Call) -> dict[str, Any]:
    """Return what a copy begins with: all that is known of the call, each day a year later, and no short name."""
    values = values_of_call(call)
    del values["key"]
    return {name: _next_year(value) if isinstance(value, date) else value for name, value in values.items()}


def _next_year(day: date) -> date:
    """Return the same day of the next year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
