"""Doors through which an agreement file comes in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.agreements import operations, queries, rules
from accord.agreements.forms import FileForm
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.forms import form_page

WRONG_FILE = 422
"""The status of a page that lists what is wrong with a file."""


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in(request: Request) -> HttpResponse:
    """Check an agreement file, show what it would change, and apply it."""
    if not rules.may_bring_in(request.actor):
        raise NotAllowed(_("Only partnership officers bring in agreements. Ask one of your institution."))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "agreements/bring_in.html", form)
    content = form.cleaned_data["content"]
    check = queries.check_file(content, language=get_language() or "en")
    if not check.can_apply or not queries.names_party_of(request.actor, check):
        context = {"form": FileForm(initial={"text": check.text}), "check": check, "own": check.can_apply}
        return render(request, "agreements/bring_in.html", context, status=WRONG_FILE)
    if request.POST.get("step") != "apply":
        return render(request, "agreements/plan.html", {"check": check, "form": None})
    return _apply(request, check)


def _apply(request: Request, check: queries.FileCheck) -> HttpResponse:
    """Apply a checked file and go to the agreement."""
    file = check.file
    try:
        applied = operations.apply_file(new=file, by=acting_person(request.actor), at=clock.now(request.world))
    except Refused as refused:
        form = FileForm({"text": check.text})
        form.is_valid()
        form.add_error(None, str(refused))
        return form_page(request, "agreements/bring_in.html", form)
    done = _("The agreement is as the file says.") if applied.differences else _("The file changed nothing.")
    messages.success(request, done)
    return redirect("agreements:text", key=applied.agreement.key)
