"""Doors to who applies along, by account and by link, and to two applications that go together."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.kernel.refused import NotThere, Refused
from accord.kernel.secret import new_token
from accord.programmes import operations, queries
from accord.programmes.enums import JOIN_APPLICATION
from accord.programmes.forms import CompanionForm, TogetherForm
from accord.programmes.operations import JoinDoor
from accord.programmes.views._applying import home_of, own_to_write, still_open, written
from accord.ui.forms import WRONG_FORM, form_page

JOIN = "join"


@require_http_methods(["GET", "POST"])
@signed_in
def companions(request: Request, reference: str) -> HttpResponse:
    """List who applies along and what they answered, and name somebody."""
    one = own_to_write(request, reference)
    if not still_open(request, one):
        return redirect(home_of(one))
    form = CompanionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            named = operations.name_co_applicant(
                application=one, door=_door(request), **form.cleaned_data, **written(request)
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("%(name)s is named. A link is on its way to them.") % {"name": named.name})
            return redirect("programmes:companions", one.reference)
    context = {"application": one, "call": one.call, "companions": queries.companions_of(one)}
    return form_page(request, "programmes/companions.html", form, context)


@require_POST
@signed_in
def remove_companion(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take somebody off the application."""
    one = own_to_write(request, reference)
    named = queries.find_companion(one, pk)
    operations.remove_co_applicant(companion=named, **written(request))
    messages.success(request, _("%(name)s is taken off the application.") % {"name": named.name})
    return redirect("programmes:companions", one.reference)


@require_POST
@signed_in
def remind_companion(request: Request, reference: str, pk: int) -> HttpResponse:
    """Send somebody their link again."""
    one = own_to_write(request, reference)
    named = queries.find_companion(one, pk)
    operations.remind_co_applicant(companion=named, door=_door(request), **written(request))
    messages.success(request, _("A link is on its way to %(name)s again.") % {"name": named.name})
    return redirect("programmes:companions", one.reference)


@require_http_methods(["GET", "POST"])
@signed_in
def together(request: Request, reference: str) -> HttpResponse:
    """Enter the reference of the application with which to be placed together."""
    one = own_to_write(request, reference)
    if not one.call.takes_joint:
        raise NotThere(_("In this call everybody is placed alone."))
    known = {"reference": one.together_with.reference if one.together_with else ""}
    form = TogetherForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask_to_be_together(
                application=one, other_reference=form.cleaned_data["reference"], **written(request)
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Your wish is kept."))
            return redirect(home_of(one))
    context: dict[str, Any] = {
        "application": one,
        "call": one.call,
        "heading": _("Be placed together"),
        "action": _("Keep the wish"),
        "note": _("Both of you are placed, or neither. It holds once both have entered each other’s reference."),
        "back": home_of(one),
    }
    return form_page(request, "programmes/my_form.html", form, context)


@require_http_methods(["GET", "POST"])
@by_link(JOIN_APPLICATION)
def join_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show whoever was named what it is about, and take their yes or no."""
    named = queries.companion_of_link(link)
    context: dict[str, Any] = {"companion": named, "application": named.application, "call": named.application.call}
    if request.method != "POST":
        return render(request, "programmes/join.html", context)
    answer = operations.join_application if JOIN in request.POST else operations.decline_to_join
    try:
        context["companion"] = answer(companion=named, link_id=link.pk, at=clock.now(request.world))
    except Refused as refused:
        return render(request, "programmes/join.html", context | {"refused": refused}, status=WRONG_FORM)
    return render(request, "programmes/joined.html", context)


def _door(request: Request) -> JoinDoor:
    """Return how links for those who are named are made."""
    return JoinDoor(
        new_token=new_token,
        address=lambda token: request.build_absolute_uri(reverse("programmes:join-by-link", args=[token])),
    )
