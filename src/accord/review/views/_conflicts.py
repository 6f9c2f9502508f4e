"""Doors to conflicts of interest: the list, entering one, lifting one, looking again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed
from accord.review import operations, queries, rules
from accord.review.forms import CONFLICTS, ConflictForm, ReasonForm
from accord.review.views._ground import Sheet, answered, by_and_at, chaired, items_open_to, notes_of


@require_GET
@signed_in
def panel_conflicts(request: Request, pk: int) -> HttpResponseBase:
    """List the conflicts of a panel and what they rest on."""
    ground = chaired(request, pk)
    page = CONFLICTS.page(request.GET, queries.without_kept(queries.conflicts_of(ground.panel), request.actor))
    people_shown(request.actor, [one.panelist.person_id for one in page.records], ground.now)
    if page.format:
        return CONFLICTS.export(page, filename=f"panel-{pk}-conflicts", notes=notes_of(request))
    return render(request, "review/panel_conflicts.html", ground.context("panel-conflicts", table=page))


@require_POST
@signed_in
def find_conflicts(request: Request, pk: int) -> HttpResponse:
    """Look for conflicts in the records again."""
    ground = chaired(request, pk)
    new = operations.find_conflicts(panel=ground.panel, at=ground.now)
    found = ngettext("%(new)s new conflict was found.", "%(new)s new conflicts were found.", new) % {"new": new}
    messages.success(request, found if new else _("No new conflicts were found."))
    return redirect("review:panel-conflicts", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def enter_conflict(request: Request, pk: int) -> HttpResponse:
    """Enter a conflict that the records do not show."""
    ground = chaired(request, pk)
    items = items_open_to(request, ground)
    people = {one.pk: one for one in queries.serving(ground.panel)}
    form = ConflictForm(request.POST or None, items=items.values(), panelists=people.values())

    def do(given: Any) -> None:
        operations.enter_conflict(
            panelist=people[given["panelist"]],
            item=items[given["item"]],
            reason=given["reason"],
            **by_and_at(request),
        )

    sheet = Sheet(
        heading=_("Enter a conflict"),
        act=_("Enter the conflict"),
        up=(_("Conflicts"), reverse("review:panel-conflicts", args=[pk])),
        done=_("The conflict is entered. The reviewer was taken off the item, if they had it."),
    )
    return answered(request, form, do, sheet)


@require_http_methods(["GET", "POST"])
@signed_in
def lift_conflict(request: Request, pk: int, conflict: int) -> HttpResponse:
    """Lift a conflict, with a reason; nobody their own."""
    ground = chaired(request, pk)
    found = queries.find_conflict(ground.panel, conflict)
    whose = {found.panelist.person_id}
    if not rules.may_lift_conflict(request.actor, ground.panel.owner_id, is_chair=ground.seat.is_chair, whose=whose):
        raise NotAllowed(_("Nobody lifts a conflict of their own. Ask the office or the chair."))
    form = ReasonForm(request.POST or None)

    def do(given: Any) -> None:
        operations.lift_conflict(conflict=found, reason=given["reason"], **by_and_at(request))

    sheet = Sheet(
        heading=_("Lift a conflict"),
        act=_("Lift the conflict"),
        up=(_("Conflicts"), reverse("review:panel-conflicts", args=[pk])),
        done=_("The conflict is lifted. It stays in the list with the reason."),
        hint=f"{found.panelist.person.name} · {found.item.code} · {found.get_kind_display()}",
    )
    return answered(request, form, do, sheet)
