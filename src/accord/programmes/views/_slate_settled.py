"""Doors to settled slates: settling one, reading it, the reserve list, the public draw, the applicant's decision."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.enums import Outcome
from accord.programmes.forms import SETTLED, ReasonsForm, ReserveForm, outcome_chip, slate_chip
from accord.programmes.queries import Call, Slate
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, notes_of
from accord.programmes.views._match_ground import call_of_office, call_to_decide
from accord.programmes.views._tabs import call_tabs
from accord.ui.forms import Form, form_page


@require_http_methods(["GET", "POST"])
@signed_in
def settle_slate(request: Request, programme: str, call: str) -> HttpResponse:
    """Settle the open slate, after a look at what that means."""
    found = call_to_decide(request, programme, call)
    open_ = queries.open_slate_of(found)
    if open_ is None:
        messages.info(request, _("No slate is open. What was settled stands below."))
        return redirect("programmes:slate", programme, call)
    rows = queries.slate_rows(found, open_)
    form = Form(request.POST or {} if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.settle_slate(slate=open_, seen=request.POST.get("seen", "-"), **by_and_at(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Settled. The letters are held back until another person lets them go."))
            return redirect("programmes:settled-slate", programme, call, open_.number)
    decided = [one for one in rows if one.outcome]
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "slate"),
        "slate": open_,
        "numbers": queries.numbers_of(decided),
        "undecided": len(rows) - len(decided),
        "over": _over(open_, sum(one.outcome == Outcome.ACCEPT for one in decided)),
        "seen": queries.mark_of(rows),
    }
    return form_page(request, "programmes/settle_slate.html", form, context)


def _over(slate: Slate, accepted: int) -> int:
    """Return by how many more are accepted than the quota says."""
    return 0 if slate.quota is None else max(0, accepted - slate.quota)


@require_GET
@signed_in
def settled_slate(request: Request, programme: str, call: str, number: int) -> HttpResponseBase:
    """Show a settled slate: what was decided, in which order, and whether the letters left."""
    found = call_of_office(request, programme, call)
    one = _settled(found, number)
    rows = queries.settled_rows(one)
    page = SETTLED.page(request.GET, rows)
    shown = rows if page.format else page.records
    people_shown(request.actor, [row.applicant_id for row in shown], clock.now(request.world))
    if page.format:
        told = notes_of(request, is_simulated=found.programme.is_simulated)
        return SETTLED.export(page, filename=f"{programme}-{call}-slate-{number}", notes=told)
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "slate"),
        "slate": one,
        "chip": slate_chip(one),
        "table": page,
        "is_open": queries.draw_is_open(found),
    }
    return render(request, "programmes/settled_slate.html", context)


@require_GET
@signed_in
def slate_order(request: Request, programme: str, call: str, number: int) -> HttpResponse:
    """Answer the order of a settled slate as the file that its digest is taken of; references in place of names."""
    found = call_of_office(request, programme, call)
    one = _settled(found, number)
    return _file(queries.written_order(one.order), f"{programme}-{call}-slate-{number}.json")


@require_http_methods(["GET", "POST"])
@signed_in
def promote_reserve(request: Request, programme: str, call: str) -> HttpResponse:
    """Let the next of the reserve list move up."""
    found = call_to_decide(request, programme, call)
    waiting = queries.reserves(found)
    form = ReserveForm(request.POST or None, initial={"number": max(1, queries.seats_left(found))})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.promote_from_reserve(call=found, number=form.cleaned_data["number"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(
                request, _("They are accepted. The letters are held back until another person lets them go.")
            )
            return redirect("programmes:settled-slate", programme, call, made.number)
    names = " · ".join(f"{place}. {one.application.reference}" for place, one in enumerate(waiting[:10], 1))
    note = names or _("Nobody waits on the reserve list.")
    sheet = Sheet(
        _("Move up from the reserve list"),
        _("Accept the next"),
        _to_slate(found),
        call=found,
        meta=found.name,
        note=note,
    )
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def close_reserve(request: Request, programme: str, call: str) -> HttpResponse:
    """Decline everybody who is left on the reserve list, with a reason."""
    found = call_to_decide(request, programme, call)
    form = ReasonsForm(request.POST or None, saved=queries.saved_reasons(found), initial={"saved": "reserve-over"})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.close_reserve(call=found, reason=form.words, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(
                request, _("The reserve list is closed. The letters are held back until another person lets them go.")
            )
            return redirect("programmes:settled-slate", programme, call, made.number)
    number = len(queries.reserves(found))
    note = ngettext("%(n)s application is declined.", "%(n)s applications are declined.", number) % {"n": number}
    sheet = Sheet(
        _("Close the reserve list"),
        _("Decline who is left"),
        _to_slate(found),
        call=found,
        meta=found.name,
        is_dangerous=True,
        note=note,
    )
    return sheet.page(request, form)


@require_GET
@open_to_all
def draw(request: Request, programme: str, call: str) -> HttpResponse:
    """Show how equal scores were told apart, and how anybody repeats the draw."""
    found = _drawn_call(request, programme, call)
    ties = queries.drawn_ties(found)
    context = {"call": found, "ties": ties, "recipe": queries.RECIPE}
    return render(request, "programmes/draw.html", context)


@require_GET
@open_to_all
def draw_file(request: Request, programme: str, call: str) -> HttpResponse:
    """Answer the draw as a file: the seed, its seal, and equals in the order that was drawn."""
    found = _drawn_call(request, programme, call)
    return _file(json.dumps(queries.draw_file(found), indent=1), "draw.json")


@require_GET
@signed_in
def decision(request: Request, reference: str) -> HttpResponse:
    """Show an applicant the decision, why, and what reviewers wrote for them; nothing before they were told."""
    application = queries.find_own_application(request.actor, reference)
    told = queries.read_decision(application)
    if told is None:
        raise NotThere(_("There is no decision on this application yet. You are told when there is one."))
    context: dict[str, Any] = {
        "application": application,
        "call": application.call,
        "told": told,
        "sentence": operations.decision_sentence(told.decision, application),
        "chip": outcome_chip(told.decision.outcome),
        "next": queries.stage_tells(application),
        "stage": queries.stage_name(application.call, application.stage),
        "is_open": told.was_drawn and queries.draw_is_open(application.call),
    }
    return render(request, "programmes/decision.html", context)


def _drawn_call(request: Request, programme: str, call: str) -> Call:
    """Return a call whose draw everybody may repeat; raises `NotThere` while the seed is sealed."""
    found = queries.find_public_call(request.actor, programme, call, clock.now(request.world))
    if not queries.draw_is_open(found):
        raise NotThere(_("The seed of this draw is still sealed. It is shown here once everybody was told."))
    return found


def _settled(call: Call, number: int) -> Slate:
    one = queries.find_slate(call, number)
    if one.settled_at is None:
        raise NotThere(_("This slate is not settled yet."))
    return one


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _to_slate(call: Call) -> str:
    return reverse("programmes:slate", args=[call.programme.key, call.key])
