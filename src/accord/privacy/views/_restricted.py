"""People whose data is restricted, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.people.queries import acting_person
from accord.privacy import operations, queries, rules
from accord.privacy.views._tabs import tabs_of
from accord.ui.parts import Empty
from accord.ui.tables import Column, Table

RESTRICTED = Table(
    name="restricted",
    columns=(
        Column("person", _("Person"), sort="person_id", value="person.name"),
        Column("set_aside_at", _("Restricted since"), kind="moment", sort="set_aside_at"),
        Column("set_aside_by", _("By whom"), value="set_aside_by.name"),
        Column("why", _("Why"), sort="why"),
        Column(
            "lift",
            _("What you can do"),
            value=lambda _row: _("Lift the restriction"),
            url=lambda row: reverse("privacy:lift", args=[row.person_id]),
        ),
    ),
    search=("why",),
    default_sort="-set_aside_at",
    empty=Empty(_("Nobody's data is restricted"), _("Restricted data is kept and used nowhere until it is lifted.")),
)


def _refuse_others(request: Request) -> None:
    if not rules.may_decide(request.actor):
        raise NotAllowed(_("Only stewards see whose data is restricted. Ask one of them."))


@require_GET
@signed_in
def restricted(request: Request) -> HttpResponseBase:
    """List everybody whose data is restricted, by number."""
    _refuse_others(request)
    page = RESTRICTED.page(request.GET, queries.set_aside_list())
    if page.format:
        return RESTRICTED.export(page, filename="restricted")
    return render(request, "privacy/restricted.html", {"table": page, "tabs": tabs_of(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def lift(request: Request, pk: int) -> HttpResponse:
    """Ask whether to use somebody's data again, and do so."""
    _refuse_others(request)
    found: Any = queries.set_aside_of(pk)
    if found is None:
        raise NotThere(_("The data of this person is not restricted."))
    if request.method != "POST":
        return render(request, "privacy/lift.html", {"aside": found, "tabs": tabs_of(request)})
    try:
        operations.lift_restriction(person=found.person, by=acting_person(request.actor), at=clock.now(request.world))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The data is used again."))
    return redirect("privacy:restricted")
