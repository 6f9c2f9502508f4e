"""Doors to who reviews what: the list, proposing, why, applying, and by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Refused
from accord.review import operations, queries
from accord.review.enums import AssignmentGoal
from accord.review.forms import ASSIGNED, RUN_LINES, AssignForm, ProposeForm, ReasonForm
from accord.review.views._ground import Ground, Sheet, answered, by_and_at, chaired, items_open_to, notes_of

SAME = 1e-9
"""Fits this near to each other are the same."""


@require_GET
@signed_in
def panel_assignment(request: Request, pk: int) -> HttpResponseBase:
    """List who reviews what, with what was proposed."""
    ground = chaired(request, pk)
    page = ASSIGNED.page(
        request.GET, queries.with_state(queries.without_kept(queries.assignments_of(ground.panel), request.actor))
    )
    people_shown(request.actor, [one.panelist.person_id for one in page.records], ground.now)
    if page.format:
        return ASSIGNED.export(page, filename=f"panel-{pk}-assignment", notes=notes_of(request))
    context = ground.context(
        "panel-assignment",
        table=page,
        runs=list(queries.runs_of(ground.panel)[:5]),
        progress=queries.progress_of(ground.panel, ground.now),
    )
    return render(request, "review/panel_assignment.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def propose(request: Request, pk: int) -> HttpResponse:
    """Propose an assignment; nothing is assigned until it is applied."""
    ground = chaired(request, pk)
    form = ProposeForm(request.POST or None, initial={"goal": AssignmentGoal.BEST_TOTAL})
    made = []

    def do(given: Any) -> None:
        seed = given["seed"] or None
        made.append(
            operations.propose_assignment(panel=ground.panel, goal=given["goal"], seed=seed, **by_and_at(request))
        )

    sheet = Sheet(
        heading=_("Propose an assignment"),
        act=_("Propose"),
        up=_assignment(pk),
        done=_("This is a proposal: look at it, then apply it."),
        hint=_("Locked assignments and those that were opened stay as they are."),
    )
    answer = answered(request, form, do, sheet)
    return redirect("review:run", pk, made[0].pk) if made else answer


def _assignment(pk: int) -> tuple[Any, str]:
    return _("Assignment"), reverse("review:panel-assignment", args=[pk])


@require_GET
@signed_in
def show_run(request: Request, pk: int, run: int) -> HttpResponseBase:
    """Show a proposed assignment beside what stands, with its proof; or who is short of what."""
    ground = chaired(request, pk)
    found = queries.find_run(ground.panel, run)
    people_shown(request.actor, [one.person_id for one in queries.serving(ground.panel)], ground.now)
    page = RUN_LINES.page(request.GET, queries.run_lines(found, request.actor))
    if page.format:
        return RUN_LINES.export(page, filename=f"panel-{pk}-proposal-{run}", notes=notes_of(request))
    context = ground.context(
        "panel-assignment",
        run=found,
        goal=AssignmentGoal(found.goal).label,
        witness=queries.run_witness(found),
        table=page,
        pairs=len(found.result.get("pairs", ())),
        total=round(found.result.get("total", 0), 2),
        at_most=round(found.certificate.get("at_most", 0), 2),
        is_best=bool(found.certificate) and found.certificate["gap"] < SAME and found.certificate["certified"],
        strength=found.result.get("strength"),
        base=reverse("review:run", args=[pk, run]),
    )
    return render(request, "review/run.html", context)


@require_GET
@signed_in
def run_item(request: Request, pk: int, run: int, item: int) -> HttpResponse:
    """Say why an item has the reviewers that a run proposes."""
    ground = chaired(request, pk)
    found = queries.find_run(ground.panel, run)
    one = queries.find_item_of(ground.panel, item, request.actor)
    people_shown(request.actor, [each.person_id for each in queries.serving(ground.panel)], ground.now)
    why = queries.run_why(found, one.code)
    context = ground.context("panel-assignment", run=found, item=one, why=why)
    return render(request, "review/run_item.html", context)


@require_POST
@signed_in
def apply_run(request: Request, pk: int, run: int) -> HttpResponse:
    """Apply a proposed assignment."""
    ground = chaired(request, pk)
    operations.apply_run(run=queries.find_run(ground.panel, run), **by_and_at(request))
    messages.success(request, _("The proposal is applied, and reviewers are told."))
    return redirect("review:panel-assignment", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def assign(request: Request, pk: int) -> HttpResponse:
    """Assign an item to a reviewer by hand."""
    ground = chaired(request, pk)
    items = items_open_to(request, ground)
    people = {one.pk: one for one in queries.serving(ground.panel)}
    initial = {"item": request.GET.get("item", "")}
    form = AssignForm(request.POST or None, initial=initial, items=items.values(), panelists=people.values())

    def do(given: Any) -> None:
        operations.assign(
            item=items[given["item"]],
            panelist=people[given["panelist"]],
            is_locked=given["is_locked"],
            **by_and_at(request),
        )

    sheet = Sheet(
        heading=_("Assign by hand"),
        act=_("Assign"),
        up=_assignment(pk),
        done=_("The item is assigned, and the reviewer is told."),
    )
    return answered(request, form, do, sheet)


@require_http_methods(["GET", "POST"])
@signed_in
def release(request: Request, pk: int, assignment: int) -> HttpResponse:
    """Take a reviewer off an item, with a reason."""
    ground = chaired(request, pk)
    found = queries.find_assignment_of(ground.panel, assignment, request.actor)
    people_shown(request.actor, [found.panelist.person_id], ground.now)
    form = ReasonForm(request.POST or None)

    def do(given: Any) -> None:
        operations.release(assignment=found, reason=given["reason"], **by_and_at(request))

    sheet = Sheet(
        heading=_("Take a reviewer off an item"),
        act=_("Take off the item"),
        up=(found.item.code, _item(ground, found.item_id)),
        done=_("The reviewer is off the item. What they wrote is kept and no longer counts."),
        hint=f"{found.item.code} · {found.panelist.person.name}",
        is_danger=True,
    )
    return answered(request, form, do, sheet)


def _item(ground: Ground, item: int) -> str:
    return reverse("review:panel-item", args=[ground.panel.pk, item])


@require_POST
@signed_in
def lock_assignment(request: Request, pk: int, assignment: int) -> HttpResponse:
    """Lock an assignment, or with `lock=no` unlock it."""
    ground = chaired(request, pk)
    found = queries.find_assignment_of(ground.panel, assignment, request.actor)
    try:
        if request.POST.get("lock") == "no":
            operations.unlock_assignment(assignment=found, **by_and_at(request))
            messages.success(request, _("The automatic assignment may move it again."))
        else:
            operations.lock_assignment(assignment=found, **by_and_at(request))
            messages.success(request, _("It is locked: the automatic assignment leaves it as it is."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_item(ground, found.item_id))
