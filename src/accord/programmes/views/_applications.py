"""Doors for the office to applications: the list, one application, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.programmes import operations, queries, rules
from accord.programmes.enums import WorkflowActor
from accord.programmes.forms import BulkForm, NoteForm, StepForm, application_chip, applications_table
from accord.programmes.queries import Application, Call
from accord.programmes.views._calls_ground import Sheet, by_and_at, notes_of
from accord.programmes.views._tabs import call_tabs
from accord.ui.parts import Description, Item

OFFICE = (WorkflowActor.OFFICE,)
MOST_AT_ONCE = 500
"""Applications that one page of a step for many holds; the next ones come after these."""


def call_to_read(request: Request, programme: str, key: str) -> Call:
    """Return a call whose applications the reader may read; for all others there is none."""
    call = queries.find_call(request.actor, programme, key)
    if not rules.may_see_applications(request.actor, call.programme.owner_id):
        raise NotThere(_("There is no call of this name among those you may see."))
    return call


def sent(request: Request) -> QueryDict | None:
    """Return what a form sent, if it was sent: one without inputs sends nothing."""
    return request.POST if request.method == "POST" else None


@require_GET
@signed_in
def applications(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the applications to a call."""
    found = call_to_read(request, programme, call)
    table = applications_table(found)
    rows = queries.applications_of_call(found)
    page = table.page(request.GET, rows)
    shown = rows.values_list("applicant", flat=True) if page.format else [one.applicant_id for one in page.records]
    people_shown(request.actor, shown, clock.now(request.world))
    if page.format:
        told = notes_of(request, is_simulated=found.programme.is_simulated)
        return table.export(page, filename=f"{programme}-{call}-applications", notes=told)
    context = {"call": found, "tabs": call_tabs(request, found, "applications"), "table": page}
    return render(request, "programmes/applications.html", context)


@require_GET
@signed_in
def application(request: Request, programme: str, call: str, reference: str) -> HttpResponse:
    """Show one application: what was answered, where it stands, what comes next, and all that happened."""
    found, one = _found(request, programme, call, reference)
    return render(request, "programmes/application.html", _about(request, found, one, NoteForm()))


@require_http_methods(["GET", "POST"])
@signed_in
def application_step(request: Request, programme: str, call: str, reference: str, step: str) -> HttpResponse:
    """Take a step with an application, with the words that it asks for."""
    found, one = _found(request, programme, call, reference)
    way = queries.flow_of(found).step(step)
    if way is None or WorkflowActor.OFFICE not in way.by:
        raise NotThere(_("The office has no such step."))
    form = StepForm(sent(request), asks=way.asks)
    if request.method == "POST" and form.is_valid():
        _refuse_own(request, one)
        try:
            operations.take_step(application=one, step=step, actors=OFFICE, **by_and_at(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The step is taken."))
            return redirect(queries.office_url(one))
    name = queries.step_name(found, step)
    sheet = Sheet(heading=name, action=name, back=queries.office_url(one), call=found, meta=one.reference)
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def application_ask(request: Request, programme: str, call: str, reference: str) -> HttpResponse:
    """Ask the applicant something, with a day for the answer."""
    found, one = _found(request, programme, call, reference)
    form = StepForm(sent(request), asks=("question", "due"))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.ask_applicant(
                application=one, text=given["question"], due_on=given["due_on"], **by_and_at(request)
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The question is sent."))
            return redirect(queries.office_url(one))
    del form.fields["note"]
    heading = _("Ask the applicant")
    sheet = Sheet(
        heading=heading, action=_("Send the question"), back=queries.office_url(one), call=found, meta=one.reference
    )
    return sheet.page(request, form)


@require_POST
@signed_in
def application_note(request: Request, programme: str, call: str, reference: str) -> HttpResponse:
    """Keep a note of the office on an application."""
    found, one = _found(request, programme, call, reference)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "programmes/application.html", _about(request, found, one, form), status=422)
    operations.note_on(application=one, text=form.cleaned_data["text"], **by_and_at(request))
    messages.success(request, _("The note is kept."))
    return redirect(queries.office_url(one) + "#notes")


@require_POST
@signed_in
def close_enquiry(request: Request, programme: str, call: str, reference: str, pk: int) -> HttpResponse:
    """Take a question to an applicant back, or go on without its answer."""
    _call, one = _found(request, programme, call, reference)
    operations.close_enquiry(enquiry=queries.find_enquiry(one, pk), **by_and_at(request))
    messages.success(request, _("The question is taken back."))
    return redirect(queries.office_url(one))


@require_GET
@signed_in
def bulk(request: Request, programme: str, call: str) -> HttpResponse:
    """Show which steps the office may take for many at once, and for how many nothing is missing."""
    found = call_to_read(request, programme, call)
    steps = queries.bulk_steps(found, clock.now(request.world))
    context = {"call": found, "tabs": call_tabs(request, found, "applications"), "steps": steps}
    return render(request, "programmes/bulk.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def bulk_step(request: Request, programme: str, call: str, step: str) -> HttpResponse:
    """Take a step for many applications at once, each by itself: what one lacks stops no other."""
    found = call_to_read(request, programme, call)
    steps = queries.bulk_steps(found, clock.now(request.world))
    way = next((one for one in steps if one.key == step and one.ready), None)
    back = reverse("programmes:applications-bulk", args=[programme, call])
    if way is None:
        messages.info(request, _("No application waits for this step now."))
        return redirect(back)
    rows = queries.picked(found, way.ready[:MOST_AT_ONCE])
    choices = [(one.pk, f"{one.reference} · {one.applicant.name}") for one in rows]
    form = BulkForm(sent(request), asks=way.asks, choices=choices, initial={"applications": [one.pk for one in rows]})
    if request.method == "POST" and form.is_valid():
        _take_all(request, found, step, dict(form.cleaned_data))
        return redirect(back)
    sheet = Sheet(heading=way.name, action=way.name, back=back, call=found, meta=way.to)
    return sheet.page(request, form)


def _take_all(request: Request, call: Call, step: str, given: dict[str, Any]) -> None:
    """Take a step with each application that was picked; say how many moved, and what kept the others."""
    moved = 0
    for one in queries.picked(call, given.pop("applications")):
        try:
            _refuse_own(request, one)
            operations.take_step(application=one, step=step, actors=OFFICE, **by_and_at(request), **given)
        except Refused as refused:
            messages.warning(request, f"{one.reference}: {refused}")
        else:
            moved += 1
    said = ngettext("%(n)s application moved.", "%(n)s applications moved.", moved)
    messages.success(request, said % {"n": moved})


def _found(request: Request, programme: str, call: str, reference: str) -> tuple[Call, Application]:
    found = call_to_read(request, programme, call)
    return found, queries.find_application_of(found, reference)


def _refuse_own(request: Request, one: Application) -> None:
    """Refuse to decide on one's own application."""
    if not rules.may_decide(request.actor, one.call.programme.owner_id, concerned=[one.applicant_id]):
        raise NotAllowed(_("Nobody decides on an application of their own. Ask a colleague."))


def _about(request: Request, call: Call, one: Application, form: NoteForm) -> dict[str, Any]:
    """Return what the page of an application is told."""
    now = clock.now(request.world)
    people_shown(request.actor, [one.applicant_id], now)
    return {
        "call": call,
        "application": one,
        "tabs": call_tabs(request, call, "applications"),
        "chip": application_chip(one),
        "facts": _facts(one),
        "sections": queries.answer_sections(one),
        "ahead": queries.steps_ahead(one, actors=OFFICE, at=now),
        "steps": queries.steps_of(one),
        "enquiries": queries.enquiries_of(one),
        "notes": queries.notes_on(one),
        "company": queries.company_of(one),
        "alike": queries.alike_of(one),
        "form": form,
    }


def _facts(one: Application) -> Description:
    rows: list[Any] = [Item(_("Applicant"), one.applicant.name)]
    if one.home is not None:
        rows.append(Item(_("Home institution"), one.home.name))
    if one.title:
        rows.append(Item(pgettext_lazy("of an application", "Title"), one.title))
    if one.group:
        rows.append(Item(_("Group"), one.group))
    if one.withdraw_reason:
        rows.append(Item(_("Withdrawn because"), one.withdraw_reason))
    return Description(tuple(rows))
