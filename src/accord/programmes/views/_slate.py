"""Doors for the office to the slate: what is due, what is proposed, what if, and decisions on one or several."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere, Refused
from accord.kernel.text import Bilingual
from accord.programmes import operations, queries
from accord.programmes.enums import Outcome
from accord.programmes.forms import (
    SLATE,
    DecideForm,
    DecideSeveralForm,
    ReasonsForm,
    SlateForm,
    outcome_chip,
    slate_chip,
)
from accord.programmes.queries import Call, Slate, SlateRow
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, notes_of
from accord.programmes.views._match_ground import call_of_office, call_to_decide
from accord.programmes.views._tabs import call_tabs
from accord.ui.forms import form_page

MOST_AT_ONCE = 500
"""Applications that the page for several offers at once; narrow the slate or take the proposals for more."""


@require_GET
@signed_in
def slate(request: Request, programme: str, call: str) -> HttpResponseBase:
    """Show every application whose decision is due, from the best score down, with what is proposed and decided."""
    found = call_of_office(request, programme, call)
    slates = list(queries.slates_of(found).defer("order"))
    open_ = next((one for one in slates if one.settled_at is None), None)
    wished = SlateForm(request.GET) if "quota" in request.GET or "reserve_length" in request.GET else None
    is_tried = wished is not None and wished.is_valid()
    terms = None
    if wished is not None and is_tried:
        terms = queries.terms_with(found, wished.cleaned_data["quota"], wished.cleaned_data["reserve_length"])
    rows = queries.slate_rows(found, open_, terms=terms)
    page = SLATE.page(request.GET, rows)
    shown = rows if page.format else page.records
    people_shown(request.actor, [one.applicant_id for one in shown], clock.now(request.world))
    if page.format:
        told = notes_of(request, is_simulated=found.programme.is_simulated)
        return SLATE.export(page, filename=f"{programme}-{call}-slate", notes=told)
    settled = any(one.settled_at for one in slates)
    stands = terms or queries.terms_of(found, open_)
    initial = {"quota": stands.quota, "reserve_length": stands.reserve_length}
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "slate"),
        "table": page,
        "slate": open_,
        "numbers": queries.numbers_of(rows),
        "terms": stands,
        "wished": wished or SlateForm(initial=initial),
        "is_tried": is_tried,
        "slates": [(one, slate_chip(one)) for one in slates if one.settled_at],
        "reserves": queries.reserves(found) if settled else [],
        "seats_left": queries.seats_left(found) if settled else 0,
        "waits": any(getattr(one, "held", 0) for one in slates),
        "tie_rule": found.get_tie_rule_display(),
    }
    return render(request, "programmes/slate.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def keep_slate(request: Request, programme: str, call: str) -> HttpResponse:
    """Open the next slate of a call, or change how many the open one accepts."""
    found = call_to_decide(request, programme, call)
    open_ = queries.open_slate_of(found)
    terms = queries.terms_of(found, open_)
    quota = terms.quota if open_ or found.quota is None else queries.seats_left(found)
    form = SlateForm(request.POST or None, initial={"quota": quota, "reserve_length": terms.reserve_length})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = {**form.cleaned_data, **by_and_at(request)}
        try:
            held = open_ or operations.open_slate(call=found, **by_and_at(request))
            operations.change_slate(slate=held, **said)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The slate is open, with what is proposed. Nobody is told anything yet."))
            return redirect("programmes:slate", programme, call)
    heading, action = (
        (_("Change the slate"), _("Keep the numbers")) if open_ else (_("Open a slate"), _("Open the slate"))
    )
    return Sheet(heading, action, _to_slate(found), call=found, meta=found.name).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def take_proposals(request: Request, programme: str, call: str) -> HttpResponse:
    """Decide as proposed wherever nobody decided by hand."""
    found = call_to_decide(request, programme, call)
    open_ = _open(found)
    form = ReasonsForm(request.POST or None, saved=queries.saved_reasons(found))
    if request.method == "POST" and form.is_valid():
        try:
            number = operations.take_proposals(slate=open_, reason=form.words, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            said = ngettext("%(n)s decision is kept.", "%(n)s decisions are kept.", number)
            messages.success(request, said % {"n": number})
            return redirect("programmes:slate", programme, call)
    note = _("The reason is for those who are declined. What you decided with a note stays as it is.")
    sheet = Sheet(_("Take the proposals"), _("Take them"), _to_slate(found), call=found, meta=found.name, note=note)
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def decide(request: Request, programme: str, call: str, reference: str) -> HttpResponse:
    """Decide on one application of the open slate."""
    found = call_to_decide(request, programme, call)
    open_ = queries.open_slate_of(found)
    if open_ is None:
        messages.info(request, _("Open a slate first. Decisions are made there and settled together."))
        return redirect("programmes:slate", programme, call)
    rows = queries.slate_rows(found, open_)
    row = next((one for one in rows if one.reference == reference), None)
    if row is None:
        raise NotThere(_("No decision on this application is due."))
    people_shown(request.actor, [row.applicant_id], clock.now(request.world))
    form = DecideForm(request.POST or None, saved=queries.saved_reasons(found), initial=_as_decided(row))
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            operations.decide(
                slate=open_,
                application=queries.application_in(found, reference),
                outcome=form.cleaned_data["outcome"],
                reason=form.words,
                note=form.cleaned_data["note"],
                version=int(version) if version.isdecimal() else 0,
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The decision is kept. It can be changed until the slate is settled."))
            return redirect("programmes:slate", programme, call)
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "slate"),
        "row": row,
        "proposed": outcome_chip(row.proposed),
        "version": request.POST.get("version", row.version),
        "back": _to_slate(found),
    }
    return form_page(request, "programmes/decide.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in
def decide_several(request: Request, programme: str, call: str) -> HttpResponse:
    """Give several applications of the open slate one outcome and one reason."""
    found = call_to_decide(request, programme, call)
    open_ = _open(found)
    narrowed = SLATE.page(request.GET, queries.slate_rows(found, open_)).source
    rows = list(islice(narrowed.run(), MOST_AT_ONCE))
    people_shown(request.actor, [one.applicant_id for one in rows], clock.now(request.world))
    choices = [(one.pk, _line(one)) for one in rows]
    form = DecideSeveralForm(request.POST or None, choices=choices, saved=queries.saved_reasons(found))
    if request.method == "POST" and form.is_valid():
        chosen = queries.picked(found, form.cleaned_data["applications"])
        try:
            operations.decide_several(
                slate=open_,
                applications=chosen,
                outcome=form.cleaned_data["outcome"],
                reason=form.words,
                note=form.cleaned_data["note"],
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            said = ngettext("%(n)s decision is kept.", "%(n)s decisions are kept.", len(chosen))
            messages.success(request, said % {"n": len(chosen)})
            return redirect("programmes:slate", programme, call)
    sheet = Sheet(_("Decide on several"), _("Keep the decisions"), _to_slate(found), call=found, meta=found.name)
    return sheet.page(request, form)


def _line(one: SlateRow) -> str:
    decided = f" · {Outcome(one.outcome).label}" if one.outcome else ""
    return f"{one.rank}. {one.reference} · {one.applicant}{decided}"


def _as_decided(row: SlateRow) -> dict[str, Any]:
    """Return what a form begins with: what was decided, or what is proposed."""
    reason = Bilingual("", row.reason) if row.language.startswith("zh") else Bilingual(row.reason, "")
    return {"outcome": row.stands, "note": row.note, "reason": reason}


def _open(call: Call) -> Slate:
    """Return the open slate of a call; there is none before somebody opened it."""
    found = queries.open_slate_of(call)
    if found is None:
        raise NotThere(_("No slate is open. Open one on the page of the slate."))
    return found


def _to_slate(call: Call) -> str:
    return reverse("programmes:slate", args=[call.programme.key, call.key])
