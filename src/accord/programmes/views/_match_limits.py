"""Doors of the office to limits over several places, and to exceptions by decision."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, Refused
from accord.programmes import operations, queries
from accord.programmes.forms import BarForm, FixForm, LimitForm, NewLimitForm
from accord.programmes.operations import LimitFacts
from accord.programmes.queries import Call, Limit
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, call_to_run
from accord.programmes.views._match_ground import call_of_office, call_to_decide, choices_of_places, page, place_parts
from accord.ui.editing import editing


@require_GET
@signed_in
def limits(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the limits of a call, each under the one it lies under."""
    found = call_of_office(request, programme, call)
    rows = queries.limits_of(found)
    return page(request, "programmes/limits.html", found, "places", limits=rows, parts=place_parts(found, "limits"))


@require_http_methods(["GET", "POST"])
@signed_in
def new_limit(request: Request, programme: str, call: str) -> HttpResponse:
    """Put a limit over places."""
    found = call_to_run(request, programme, call)
    form = NewLimitForm(request.POST or None, limits=_offered(found))
    if request.method == "POST" and form.is_valid():
        try:
            facts = _facts(form.cleaned_data, found)
            operations.set_limit(call=found, key=form.cleaned_data["key"], facts=facts, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The limit holds. Choose the places that lie under it on their own pages."))
            return redirect("programmes:limits", programme, call)
    return _sheet(found, _("Set a limit"), _("Set the limit"), "limits").page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_limit(request: Request, programme: str, call: str, key: str) -> HttpResponse:
    """Change a limit; two who do so at once choose between their answers."""
    found = call_to_run(request, programme, call)
    one = queries.find_limit(found, key)
    offered = [(name, words) for name, words in _offered(found) if name != key]
    make_form = partial(LimitForm, limits=offered)
    edit = editing(request, make_form, initial=_values(one), version=one.version, purpose=f"limit:{one.pk}")
    back = reverse("programmes:limits", args=[programme, call])
    if edit.ready:
        try:
            facts = _facts(edit.answers, found)
            operations.change_limit(limit=one, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_limit(found, key)
            theirs = _values(fresh)
            return edit.clash(
                thing=fresh.name, theirs=theirs, version=fresh.version, url=back, record=f"limit:{one.pk}"
            )
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The limit is changed."))
            return redirect("programmes:limits", programme, call)
    sheet = _sheet(found, _("Change the limit"), _("Save the changes"), "limits", one.name)
    return edit.page("programmes/keep.html", sheet.context())


@require_POST
@signed_in
def drop_limit(request: Request, programme: str, call: str, key: str) -> HttpResponse:
    """Take a limit away."""
    found = call_to_run(request, programme, call)
    operations.drop_limit(limit=queries.find_limit(found, key), **by_and_at(request))
    messages.success(request, _("The limit holds no more."))
    return redirect("programmes:limits", programme, call)


@require_GET
@signed_in
def exceptions(request: Request, programme: str, call: str) -> HttpResponse:
    """Show who may not have which place, and who has one by decision, each with the reason."""
    found = call_of_office(request, programme, call)
    bars, fixed = queries.bars_of(found), queries.fixed_of(found)
    shown = [one.application.applicant_id for one in bars] + [one.application.applicant_id for one in fixed]
    people_shown(request.actor, shown, clock.now(request.world))
    parts = place_parts(found, "exceptions")
    return page(request, "programmes/exceptions.html", found, "places", bars=bars, fixed=fixed, parts=parts)


@require_http_methods(["GET", "POST"])
@signed_in
def bar(request: Request, programme: str, call: str) -> HttpResponse:
    """Keep somebody from a place."""
    found = call_to_decide(request, programme, call)
    form = BarForm(request.POST or None, places=choices_of_places(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.bar(
                application=queries.application_in(found, said["reference"]),
                place=queries.find_place(found, said["place"]),
                kind=said["kind"],
                reason=said["reason"],
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The bar holds."))
            return redirect("programmes:exceptions", programme, call)
    return _sheet(found, _("Bar somebody from a place"), _("Bar them"), "exceptions").page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def fix_place(request: Request, programme: str, call: str) -> HttpResponse:
    """Give somebody a place by decision, before any run."""
    found = call_to_decide(request, programme, call)
    form = FixForm(request.POST or None, places=choices_of_places(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.fix_place(
                application=queries.application_in(found, said["reference"]),
                place=queries.find_place(found, said["place"]),
                reason=said["reason"],
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The place is fixed. Every run keeps to it."))
            return redirect("programmes:exceptions", programme, call)
    return _sheet(found, _("Fix a place by decision"), _("Fix the place"), "exceptions").page(request, form)


@require_POST
@signed_in
def lift_bar(request: Request, programme: str, call: str, reference: str, code: str) -> HttpResponse:
    """Let somebody have a place again."""
    found = call_to_decide(request, programme, call)
    application, place = queries.application_in(found, reference), queries.find_place(found, code)
    operations.lift_bar(application=application, place=place, **by_and_at(request))
    messages.success(request, _("The bar is lifted."))
    return redirect("programmes:exceptions", programme, call)


@require_POST
@signed_in
def unfix_place(request: Request, programme: str, call: str, reference: str) -> HttpResponse:
    """Let the matching decide again where somebody goes."""
    found = call_to_decide(request, programme, call)
    operations.unfix_place(application=queries.application_in(found, reference), **by_and_at(request))
    messages.success(request, _("The place is not fixed any more."))
    return redirect("programmes:exceptions", programme, call)


def _offered(call: Call) -> list[tuple[str, Any]]:
    return [(one.key, one.name) for one in queries.limits_of(call)]


def _facts(said: dict[str, Any], call: Call) -> LimitFacts:
    under = queries.find_limit(call, said["under"]) if said.get("under") else None
    return LimitFacts(said["name"], said["kind"], said["at_most"], said["minimum"], under)


def _values(one: Limit) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in ("name", "kind", "at_most", "minimum")}
    return values | {"under": one.under.key if one.under else ""}


def _sheet(call: Call, heading: Any, action: Any, route: str, meta: Any = "") -> Sheet:
    back = reverse(f"programmes:{route}", args=[call.programme.key, call.key])
    return Sheet(heading, action, back, call=call, meta=meta or call.name)
