"""Doors to checking and submitting an application, withdrawing it, and answering the office."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.forms import EnquiryAnswerForm, SubmitForm, WithdrawForm
from accord.programmes.queries import Application
from accord.programmes.views._applying import deadline_of, home_of, own_to_write, still_open, written
from accord.programmes.views._calls_ground import in_zone
from accord.ui import drafts
from accord.ui.forms import form_page
from accord.ui.parts import Confirmation, Link

OWN_FORM = "programmes/my_form.html"


@require_http_methods(["GET", "POST"])
@signed_in
def check_application(request: Request, reference: str) -> HttpResponse:
    """Show all answers before they are sent, with what is missing, and submit them."""
    one = own_to_write(request, reference)
    now = clock.now(request.world)
    if request.method == "POST":
        return _submit(request, one)
    if one.submitted_at is not None and queries.submit_step(one) is None:
        return redirect("programmes:submitted", one.reference)
    if not still_open(request, one):
        return redirect(home_of(one))
    form = SubmitForm(initial={"version": one.version}, is_late=_is_late(one, now))
    return render(request, "programmes/check_application.html", _checked(one) | {"form": form})


def _submit(request: Request, one: Application) -> HttpResponse:
    """Submit, or say what is missing; the moment that counts is when the server took the request."""
    told = written(request)
    form = SubmitForm(request.POST, is_late=_is_late(one, told["at"]))
    if form.is_valid():
        given = form.cleaned_data
        try:
            sent = operations.submit_application(
                application=one, version=given["version"], code=given.get("code", ""), **told
            )
        except Clash:
            words = _("Answers changed since you checked them here. Look at them once more, then submit.")
            form = SubmitForm({**request.POST.dict(), "version": ""}, is_late="code" in given)
            form.add_error(None, str(words))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return redirect("programmes:submitted", sent.reference)
    fresh = queries.find_own_application(request.actor, one.reference)
    form.data = {**request.POST.dict(), "version": str(fresh.version)}
    return form_page(request, "programmes/check_application.html", form, _checked(fresh))


@require_GET
@signed_in
def submitted(request: Request, reference: str) -> HttpResponse:
    """Confirm that an application arrived: its reference, when, and what happens next."""
    one = queries.find_own_application(request.actor, reference)
    if one.submitted_at is None:
        raise NotThere(_("This application has not been submitted."))
    steps: list[Any] = [
        _("It arrived on %(moment)s.") % {"moment": in_zone(one.submitted_at, one.call.time_zone)},
        queries.stage_tells(one),
    ]
    if one.call.results_on is not None:
        steps.append(_("Your page of this application says at any time where it stands."))
    part = Confirmation(
        heading=_("We have your application"),
        reference=one.reference,
        steps=[each for each in steps if each],
        contact=one.call.contact,
        links=(Link(_("See your application"), home_of(one)),),
    )
    return render(request, "programmes/submitted.html", {"application": one, "call": one.call, "part": part})


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw_application(request: Request, reference: str) -> HttpResponse:
    """Withdraw an application for a reason."""
    one = own_to_write(request, reference)
    if one.withdrawn_at is not None or queries.withdraw_step(one) is None:
        messages.info(request, _("This application can no longer be withdrawn here."))
        return redirect(home_of(one))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_application(application=one, **form.cleaned_data, **written(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your application is withdrawn."))
            return redirect(home_of(one))
    note = _("Nobody reads or decides on it any more. While the call is open you may begin a new one.")
    return form_page(
        request,
        OWN_FORM,
        form,
        _sheet(one, heading=_("Withdraw the application"), action=_("Withdraw"), note=note, is_dangerous=True),
    )


@require_http_methods(["GET", "POST"])
@signed_in
def answer_question(request: Request, reference: str, pk: int) -> HttpResponse:
    """Answer a question of the office."""
    one = own_to_write(request, reference)
    enquiry = queries.find_enquiry(one, pk)
    if enquiry.answered_at is not None or enquiry.closed_at is not None:
        messages.info(request, _("This question was answered or taken back."))
        return redirect(home_of(one))
    if request.method == "POST":
        form = EnquiryAnswerForm(request.POST)
        if form.is_valid():
            try:
                operations.answer_enquiry(enquiry=enquiry, **form.cleaned_data, **written(request))
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Your answer is sent."))
                return redirect(home_of(one))
    else:
        form = drafts.opened(request, EnquiryAnswerForm)  # type: ignore[assignment]  # the same form
    sheet = _sheet(one, heading=_("Question of the office"), action=_("Send the answer"), note="")
    return form_page(request, OWN_FORM, form, sheet | {"enquiry": enquiry})


def _sheet(one: Application, *, heading: Any, action: Any, note: Any, is_dangerous: bool = False) -> dict[str, Any]:
    return {
        "application": one,
        "call": one.call,
        "heading": heading,
        "action": action,
        "note": note,
        "back": home_of(one),
        "is_dangerous": is_dangerous,
    }


def _checked(one: Application) -> dict[str, Any]:
    """Return all answers with the way back to each, and everything that is missing."""
    return {
        "application": one,
        "call": one.call,
        "deadline": deadline_of(one.call),
        "states": queries.section_states(one, queries.source_codes(one.call)),
        "sections": queries.answer_sections(one),
        "missing": queries.missing_answers(one, queries.source_codes(one.call)),
        "rules": [each for each in queries.rules_met(one) if each.holds is not True],
        "waiting": [each for each in queries.companions_of(one) if each.joined_at is None],
        "news": queries.form_news(one),
        "is_again": one.phase != "draft",
    }


def _is_late(one: Application, now: Any) -> bool:
    return one.phase == "draft" and queries.takes_late(one.call, now)
