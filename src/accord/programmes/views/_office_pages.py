"""Doors for the office to the parts of a call beside its applications: reviews, funnel, likeness, workflow."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.forms import AlikeForm, OpenPanelForm, WorkflowForm, workflow_text
from accord.programmes.operations import WorkflowFaulty
from accord.programmes.queries import Call
from accord.programmes.views._applications import call_to_read, sent
from accord.programmes.views._calls_ground import Sheet, by_and_at
from accord.programmes.views._tabs import call_tabs
from accord.review import operations as review
from accord.review import queries as reviews
from accord.ui.charts import Funnel, Stage
from accord.ui.forms import form_page


@require_GET
@signed_in
def call_reviews(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the panels that review the applications of a call, how far each is, and what waits to be put there."""
    found = call_to_read(request, programme, call)
    panels = reviews.with_progress(reviews.panels_of([operations.subject_of(found)]), clock.now(request.world))
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "reviews"),
        "panels": panels,
        "waiting": queries.waiting_for_panel(found),
    }
    return render(request, "programmes/reviews.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def open_call_panel(request: Request, programme: str, call: str) -> HttpResponse:
    """Open a panel for a call; who knows whom is what the call stated."""
    found = call_to_read(request, programme, call)
    owner = found.programme.owner
    rubrics = {one.pk: one for one in reviews.rubrics_visible_to(request.actor) if one.owner_id == owner.pk}
    back = _address("reviews", found)
    if not rubrics:
        messages.info(request, _("Make a rubric first: the panel judges by it."))
        return redirect(back)
    form = OpenPanelForm(sent(request), rubrics=[(pk, str(one.name)) for pk, one in rubrics.items()])
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        due_on = given.pop("due_on")
        try:
            review.open_panel(
                subject=operations.subject_of(found),
                name=found.name,
                rubric=rubrics[given.pop("rubric")],
                owner=owner,
                mode=found.mode,
                seed=found.seed_digest,
                due_at=_end_of_day(found, due_on),
                is_simulated=found.programme.is_simulated,
                **given,
                **by_and_at(request),
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The panel is open. Invite its people, and put the applications before it."))
            return redirect(back)
    mode = _("Who knows whom, as the call states it: %(mode)s") % {"mode": found.get_mode_display()}
    sheet = Sheet(heading=_("Open a panel"), action=_("Open the panel"), back=back, call=found, meta=mode)
    return sheet.page(request, form)


@require_POST
@signed_in
def put_before_panel(request: Request, programme: str, call: str, pk: int) -> HttpResponse:
    """Put every application that stands at review before a panel of the call; those there are brought up to date."""
    found = call_to_read(request, programme, call)
    panel = next((one for one in reviews.panels_of([operations.subject_of(found)]) if one.pk == pk), None)
    if panel is None:
        raise NotThere(_("There is no panel of this number for this call."))
    rows = queries.applications_of_call(found).filter(phase="review")
    put = operations.put_in_review(call=found, applications=rows, panel=panel, **by_and_at(request))
    said = ngettext("%(n)s application lies before the panel.", "%(n)s applications lie before the panel.", len(put))
    messages.success(request, said % {"n": len(put)})
    return redirect(_address("reviews", found))


@require_GET
@signed_in
def funnel(request: Request, programme: str, call: str) -> HttpResponse:
    """Show how many applications came how far, and how long they stood at each stage."""
    found = call_to_read(request, programme, call)
    numbers = queries.funnel_of(found, clock.now(request.world))
    stages = (
        Stage(gettext("Begun"), numbers.begun),
        Stage(gettext("Submitted"), numbers.submitted),
        *(Stage(name, number) for name, number in numbers.phases),
    )
    chart = Funnel(
        title=gettext("From the draft to the end"),
        description=gettext("How many applications came to each phase or further."),
        unit=gettext("applications"),
        stages=stages,
    )
    context = {
        "call": found,
        "tabs": call_tabs(request, found, "funnel"),
        "numbers": numbers,
        "chart": chart if numbers.begun else None,
    }
    return render(request, "programmes/funnel.html", context)


@require_GET
@signed_in
def alike(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the pairs of applications that look alike."""
    found = call_to_read(request, programme, call)
    pairs = queries.alike_in(found)
    shown = [one.applicant_id for pair in pairs for one in (pair.first, pair.second)]
    people_shown(request.actor, shown, clock.now(request.world))
    context = {"call": found, "tabs": call_tabs(request, found, "applications"), "pairs": pairs}
    return render(request, "programmes/alike.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def judge_alike(request: Request, programme: str, call: str, first: str, second: str) -> HttpResponse:
    """Keep what the office finds of two applications that look alike."""
    found = call_to_read(request, programme, call)
    pair = [queries.find_application_of(found, one) for one in (first, second)]
    form = AlikeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.judge_likeness(first=pair[0], second=pair[1], **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your judgement is kept."))
            return redirect(_address("alike", found))
    sheet = Sheet(
        heading=_("%(first)s and %(second)s") % {"first": first, "second": second},
        action=_("Keep the judgement"),
        back=_address("alike", found),
        call=found,
        meta=" · ".join(str(one.applicant.name) for one in pair),
        note=_("Nothing else follows by itself. Where it is the same, refuse or withdraw one, with a reason."),
    )
    return sheet.page(request, form)


@require_GET
@signed_in
def workflow(request: Request, programme: str, call: str) -> HttpResponse:
    """Show how applications to a call move: stages, steps, who takes them and what they need."""
    found = call_to_read(request, programme, call)
    return render(request, "programmes/workflow.html", _shown(request, found))


@require_http_methods(["GET", "POST"])
@signed_in
def change_workflow(request: Request, programme: str, call: str) -> HttpResponse:
    """Change how applications to a call move; every fault is listed, and nothing typed is lost."""
    found = call_to_read(request, programme, call)
    begin = queries.standard_workflows().get(request.GET.get("begin", ""), found.workflow)
    form = WorkflowForm(sent(request), initial={"definition": workflow_text(begin)})
    faults: Any = ()
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        try:
            operations.keep_workflow(
                call=found,
                definition=form.cleaned_data["definition"],
                version=int(version) if version.isdecimal() else 0,
                **by_and_at(request),
            )
        except WorkflowFaulty as refused:
            faults = refused.detail["faults"]
            form.add_error("definition", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The workflow is kept."))
            return redirect(_address("workflow", found))
    context = _shown(request, found) | {"faults": faults, "standards": queries.standard_workflows()}
    return form_page(request, "programmes/change_workflow.html", form, context)


def _shown(request: Request, call: Call) -> dict[str, Any]:
    return {
        "call": call,
        "tabs": call_tabs(request, call, "workflow"),
        "stages": queries.workflow_shown(call),
        "words": queries.workflow_words(),
        "may_change": call.published_at is None,
        "is_chinese": request.LANGUAGE_CODE != "en",
    }


def _address(name: str, call: Call) -> str:
    return reverse(f"programmes:{name}", args=[call.programme.key, call.key])


def _end_of_day(call: Call, day: Any) -> datetime:
    """Return the moment at which a day of the call's zone is over."""
    after = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(call.time_zone))
    return after.astimezone(UTC)
