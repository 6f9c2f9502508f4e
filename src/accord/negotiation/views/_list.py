"""Doors to all negotiations: the list, and how one begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.negotiation import operations, queries, rules
from accord.negotiation.forms import NEGOTIATIONS, StartForm
from accord.people import queries as people
from accord.ui.forms import form_page


@require_GET
@signed_in
def negotiations(request: Request) -> HttpResponseBase:
    """List the negotiations that the reader may know of."""
    page = NEGOTIATIONS.page(request.GET, queries.with_parties(queries.negotiations_visible_to(request.actor)))
    if page.format:
        notes = (str(_("Demonstration world: simulated records.")),) if request.world.is_demo else ()
        return NEGOTIATIONS.export(page, filename="negotiations", notes=notes)
    return render(
        request, "negotiation/negotiations.html", {"table": page, "may_start": rules.may_start(request.actor)}
    )


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: Request) -> HttpResponse:
    """Begin to negotiate a new agreement."""
    if not rules.may_start(request.actor):
        raise NotAllowed(_("Only partnership officers begin negotiations. Ask one of your institution."))
    form = _start_form(request)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        chosen = people.institutions_by_key([answers["coordinator"], answers["other"]])
        try:
            begun = operations.start_negotiation(
                title=answers["title"],
                coordinator=chosen[answers["coordinator"]],
                others=[chosen[answers["other"]]],
                by=people.acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error("other" if refused.field == "others" else None, str(refused))
        else:
            messages.success(request, _("The negotiation has begun. Write the draft, then put it forward."))
            return redirect("negotiation:negotiation", key=begun.key)
    return form_page(request, "negotiation/start.html", form)


def _start_form(request: Request) -> StartForm:
    """Return the form with the reader's own institutions and all others."""
    form = StartForm(request.POST or None)
    own = [(one.key, str(one.name)) for one in people.own_institutions(request.actor)]
    every = institution_choices(request)
    fields: Any = form.fields
    fields["coordinator"].choices = own if len(own) == 1 else [("", _("Choose")), *own]
    fields["other"].choices = [("", _("Choose")), *every]
    return form


def institution_choices(request: Request) -> list[tuple[str, str]]:
    """Return every institution that can be named as a party, by its name in the reader's language."""
    rows = ((one.key, str(one.name)) for one in people.institutions_visible_to(request.actor))
    return sorted(rows, key=lambda row: row[1].casefold())
