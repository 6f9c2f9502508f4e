"""Doors to what is done with a whole form: look at it as applicants do, publish, discard, begin from another, keep."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.programmes import operations, queries
from accord.programmes.forms import AskedForm, BeginFormForm, SaveFormForm
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, call_to_run
from accord.programmes.views._form_builder import sent_version


@require_GET
@signed_in
def preview_form(request: Request, programme: str, call: str) -> HttpResponse:
    """Show the form that is being built as applicants will see it."""
    found = call_to_run(request, programme, call)
    working = queries.working_form(found)
    return _preview(request, found, working.definition, working.draft or working.current)


@require_GET
@signed_in
def form_version(request: Request, programme: str, call: str, number: int) -> HttpResponse:
    """Show one version of the form as applicants see or saw it."""
    found = call_to_run(request, programme, call)
    version = queries.find_form(found, number)
    return _preview(request, found, version.definition, version)


def _preview(request: Request, found: Call, definition: Any, version: Any) -> HttpResponse:
    read = queries.read_form(definition)
    sections = [
        {"title": queries.both(one.title), "help": queries.both(one.help) if one.help else None, "form": form}
        for whole in ([read.form] if read.form else [])
        for one in whole.sections
        for form in (AskedForm(one.questions, notes=queries.when_asked(whole, one), is_ranked=found.most_wishes > 0),)
    ]
    context = {"call": found, "sections": sections, "version": version, "read": read}
    return render(request, "programmes/form_preview.html", context)


@require_http_methods(["POST"])
@signed_in
def publish_form(request: Request, programme: str, call: str) -> HttpResponse:
    """Publish the draft of the form."""
    found = call_to_run(request, programme, call)
    draft = queries.form_draft(found)
    try:
        if draft is not None:
            operations.publish_form(form=draft, **by_and_at(request))
    except Refused as refused:
        messages.error(request, " ".join([str(refused), *queries.words_of_faults(refused.detail.get("faults", ()))]))
    else:
        messages.success(request, _("The form is published. Drafts of applications are carried into it."))
    return redirect(_to_form(found))


@require_http_methods(["POST"])
@signed_in
def discard_form(request: Request, programme: str, call: str) -> HttpResponse:
    """Throw the draft of a new version away."""
    found = call_to_run(request, programme, call)
    draft = queries.form_draft(found)
    try:
        if draft is not None:
            operations.discard_form(form=draft, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The draft is discarded. The published version holds."))
    return redirect(_to_form(found))


@require_http_methods(["GET", "POST"])
@signed_in
def begin_form(request: Request, programme: str, call: str) -> HttpResponse:
    """Begin the form anew from a standard one, or from one that the house keeps."""
    found = call_to_run(request, programme, call)
    working = queries.working_form(found)
    known = queries.forms_to_begin_with(found.programme.owner_id)
    form = BeginFormForm(request.POST or None, offered=[(key, name) for key, (name, _definition) in known.items()])
    form.carried = (("version", str(working.version)),)
    if request.method == "POST" and form.is_valid():
        definition = known[form.cleaned_data["form"]][1]
        try:
            operations.keep_form(
                call=found, definition=definition, version=sent_version(request, 0), **by_and_at(request)
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The draft of the form is kept."))
            return redirect(_to_form(found))
    meta = _("What stands in the draft now is replaced. A published version stays as it is.")
    return Sheet(_("Begin the form anew"), _("Begin with it"), _to_form(found), found.programme, found, meta).page(
        request, form
    )


@require_http_methods(["GET", "POST"])
@signed_in
def save_form(request: Request, programme: str, call: str) -> HttpResponse:
    """Keep the form in the house, to begin other calls with."""
    found = call_to_run(request, programme, call)
    form = SaveFormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        definition = queries.working_form(found).definition
        name, owner = form.cleaned_data["name"], found.programme.owner
        try:
            operations.save_form(owner=owner, name=name, definition=definition, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The form is kept. Other calls of the house can begin with it."))
            return redirect(_to_form(found))
    return Sheet(_("Keep the form for other calls"), _("Keep the form"), _to_form(found), found.programme, found).page(
        request, form
    )


def _to_form(call: Call) -> str:
    return reverse("programmes:form", args=[call.programme.key, call.key])
