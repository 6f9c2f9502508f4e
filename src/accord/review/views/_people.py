"""Doors to who is on a panel, and to the answer of who is invited."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, Refused
from accord.review import operations, queries
from accord.review.enums import Mode
from accord.review.forms import PEOPLE, AnswerForm, PanelistForm, ReasonForm
from accord.review.queries import Panelist
from accord.review.views._ground import (
    FORM,
    Sheet,
    answered,
    blame,
    by_and_at,
    chaired,
    finder,
    notes_of,
    run,
    suggested,
)
from accord.ui.editing import editing

KEPT = ("is_chair", "is_senior", "max_load", "expertise")


@require_GET
@signed_in
def panel_people(request: Request, pk: int) -> HttpResponseBase:
    """List who is on a panel, with load, lateness and conflicts."""
    ground = chaired(request, pk)
    page = PEOPLE.page(request.GET, queries.panelists_of(ground.panel, ground.now))
    people_shown(request.actor, [one.person_id for one in page.records], ground.now)
    if page.format:
        return PEOPLE.export(page, filename=f"panel-{pk}-reviewers", notes=notes_of(request))
    return render(request, "review/panel_people.html", ground.context("panel-people", table=page))


@require_http_methods(["GET", "POST"])
@signed_in
def invite(request: Request, pk: int) -> HttpResponse:
    """Invite somebody to a panel; they say whether they can."""
    ground = run(request, pk)
    form = PanelistForm(request.POST or None, find=finder(request))

    def do(given: Any) -> None:
        facts = {name: given[name] for name in KEPT}
        operations.invite_panelist(panel=ground.panel, person=given["person"], **facts, **by_and_at(request))

    up = (_("Reviewers"), reverse("review:panel-people", args=[pk]))
    sheet = Sheet(
        heading=_("Invite a reviewer"),
        act=_("Invite"),
        up=up,
        done=_("The invitation is sent, and conflicts are looked for."),
        hint=ground.panel.name,
    )
    return answered(request, form, do, sheet, {"people": suggested(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def change_panelist(request: Request, pk: int, panelist: int) -> HttpResponse:
    """Change what somebody is on a panel."""
    ground = run(request, pk)
    found = queries.find_panelist(ground.panel, panelist)
    people_shown(request.actor, [found.person_id], ground.now)
    record, back = f"panelist:{panelist}", reverse("review:panel-people", args=[pk])
    edit = editing(request, PanelistForm, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        facts = {**edit.answers, "min_load": found.min_load}
        try:
            operations.change_panelist(panelist=found, version=edit.version, **facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_panelist(ground.panel, panelist)
            return edit.clash(thing=fresh.person.name, theirs=_values(fresh), version=fresh.version, url=back)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The changes are saved."))
            return redirect(back)
    sheet = Sheet(_("Change a reviewer"), _("Save the changes"), (_("Reviewers"), back), hint=found.person.name)
    remove = None if found.removed_at else reverse("review:remove-panelist", args=[pk, panelist])
    declined = found.decline_reason if found.declined_at else ""
    return edit.page(FORM, sheet.context(remove=remove, declined=declined))


def _values(found: Panelist) -> dict[str, Any]:
    return {name: getattr(found, name) for name in KEPT}


@require_http_methods(["GET", "POST"])
@signed_in
def remove_panelist(request: Request, pk: int, panelist: int) -> HttpResponse:
    """Take somebody off a panel, with a reason."""
    ground = run(request, pk)
    found = queries.find_panelist(ground.panel, panelist)
    form = ReasonForm(request.POST or None)

    def do(given: Any) -> None:
        operations.remove_panelist(panelist=found, reason=given["reason"], **by_and_at(request))

    sheet = Sheet(
        heading=_("Take somebody off the panel"),
        act=_("Take off the panel"),
        up=(_("Reviewers"), reverse("review:panel-people", args=[pk])),
        done=_("The reviewer is off the panel. What they submitted still counts."),
        hint=found.person.name,
        is_danger=True,
    )
    return answered(request, form, do, sheet)


@require_http_methods(["GET", "POST"])
@signed_in
def invitation(request: Request, pk: int) -> HttpResponse:
    """Show an invitation to whom it is for, and take the answer."""
    found = queries.panelist_for(request.actor, pk)
    form = AnswerForm(request.POST or None)

    def do(given: Any) -> None:
        accepts = given["accepts"] == "yes"
        operations.answer_invitation(panelist=found, accepts=accepts, reason=given["reason"], **by_and_at(request))

    sheet = Sheet(
        heading=_("Invitation to review"),
        act=_("Send the answer"),
        up=(found.panel.name, reverse("review:invitation", args=[pk])),
        done=_("The office knows your answer."),
        hint=found.panel.name,
        to=reverse("review:queue"),
    )
    context = {"panelist": found, "panel": found.panel, "mode": Mode(found.panel.mode).label, "is_invitation": True}
    return answered(request, form, do, sheet, context)
