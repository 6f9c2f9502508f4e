"""Doors to the floors of a site: how they stand, their plans, and when they are in operation."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.ui import say
from accord.ui.editing import editing
from accord.ui.parts import State
from accord.workspace import operations, queries
from accord.workspace.enums import SpaceState
from accord.workspace.forms import (
    FLOORS,
    PLACES,
    TONES,
    EndRunForm,
    FloorForm,
    NewFloorForm,
    OpenFloorForm,
    PlanForm,
)
from accord.workspace.operations import FloorFacts
from accord.workspace.queries import Floor, Marked, PlanDrawn, Site, Space, floor_words
from accord.workspace.views._keeping import (
    TEMPLATE,
    Sheet,
    blame,
    by_and_at,
    day_asked,
    notes_of,
    site_context,
    site_to_keep,
)
from accord.workspace.views._team_ground import day_here


@require_GET
@signed_in
def floors(request: Request, site: str) -> HttpResponseBase:
    """List the floors of a site with how much of them is in operation and let on a day."""
    found = queries.find_site(request.actor, site)
    on = day_asked(request, found)
    page = FLOORS.page(request.GET, queries.floor_rows(request.actor, found, on))
    if page.format:
        return FLOORS.export(page, filename=f"{site}-floors", notes=(str(say.day(on)), *notes_of(request, found)))
    context = {"table": page, "as_of": on, "buildings": list(queries.buildings_of(found))}
    return render(request, "workspace/floors.html", site_context(request, found, "spaces") | context)


@require_GET
@signed_in
def floor(request: Request, site: str, pk: int) -> HttpResponseBase:
    """Show a floor's plan as it stands on a day, with a table that says the same."""
    found = queries.find_site(request.actor, site)
    on = day_asked(request, found)
    one = queries.find_floor(request.actor, found, pk)
    spaces = list(queries.space_list(request.actor, found, on).filter(floor=one))
    page = PLACES.page(request.GET, spaces)
    if page.format:
        filename = f"{site}-{one.building.key}-{one.level}"
        return PLACES.export(page, filename=filename, notes=(str(say.day(on)), *notes_of(request, found)))
    drawn = _drawn(found, one, spaces)
    runs = queries.runs_of(one)
    context = {
        "floor": one,
        "words": floor_words(one),
        "table": page,
        "as_of": on,
        "today": day_here(request, found),
        "plan": drawn.svg if drawn else None,
        "missing": [space.code for space in spaces if drawn and space.code not in drawn.codes],
        "legend": _legend(spaces),
        "runs": [run for run in runs if run.struck_at is None],
        "struck": [run for run in runs if run.struck_at is not None],
    }
    return render(request, "workspace/floor.html", site_context(request, found, "spaces") | context)


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend: the shape of a state, its word, and how many spaces stand so."""

    state: str
    mark: str
    word: Any
    number: int


def _legend(spaces: list[Space]) -> list[Sign]:
    """Return the states that occur, in their order."""
    states = [space.state for space in spaces]  # type: ignore[attr-defined]  # annotated by the query
    return [
        Sign(state.value, State(TONES[state], "").mark, state.label, states.count(state))
        for state in SpaceState
        if state in states
    ]


def _drawn(site: Site, one: Floor, spaces: list[Space]) -> PlanDrawn | None:
    """Return the plan with each space in operation marked; spaces that are not stand where nobody else does."""
    marked = [_marked(site, space) for space in spaces]
    standing = {mark.code for mark in marked if mark.state != SpaceState.CLOSED}
    shown = [mark for mark in marked if mark.state != SpaceState.CLOSED or mark.code not in standing]
    words = gettext("Plan of %(floor)s. The table below says the same.") % {"floor": floor_words(one)}
    return queries.draw_plan(one, shown, words)


def _marked(site: Site, space: Any) -> Marked:
    """Return a space as the plan shows it: who has it is said in its words."""
    state = SpaceState(space.state)
    parts = [space.code, str(space.get_kind_display()), str(state.label)]
    if space.area_m2:
        parts.insert(2, f"{say.count(space.area_m2)} m²")
    if space.held_by:
        parts.append(str(space.held_by))
    if space.held_until:
        parts.append(gettext("until %(day)s") % {"day": say.day(space.held_until)})
    return Marked(
        code=space.code,
        state=state.value,
        mark=State(TONES[state], "").mark,
        words=" · ".join(parts),
        url=reverse("workspace:space", args=[site.key, space.pk]),
        outline=space.outline,
    )


@require_http_methods(["GET", "POST"])
@signed_in
def add_floor(request: Request, site: str) -> HttpResponse:
    """Add a floor to a building of a site."""
    found = site_to_keep(request, site)
    houses = {one.key: one for one in queries.buildings_of(found)}
    initial = {"width": 0, "height": 0, "building": request.GET.get("building", "")}
    form = NewFloorForm(
        request.POST or None, initial=initial, buildings=[(key, one.name) for key, one in houses.items()]
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            made = operations.add_floor(**said | {"building": houses[said["building"]]}, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The floor is added. Say from when on it is in operation."))
            return redirect("workspace:floor", site, made.pk)
    back = reverse("workspace:floors", args=[site])
    return Sheet(found, _("Add a floor"), _("Add the floor"), back).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_floor(request: Request, site: str, pk: int) -> HttpResponse:
    """Change what is known of a floor; two who do so at once choose between their answers."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    record, back = f"floor:{pk}", reverse("workspace:floor", args=[site, pk])
    edit = editing(request, FloorForm, initial=_values(one), version=one.version, purpose=record)
    if edit.ready:
        facts = FloorFacts(**edit.answers)
        try:
            operations.change_floor(floor=one, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_floor(request.actor, found, pk)
            theirs = _values(fresh)
            return edit.clash(thing=floor_words(fresh), theirs=theirs, version=fresh.version, url=back, record=record)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The floor is changed."))
            return redirect(back)
    sheet = Sheet(found, _("Change the floor"), _("Save the changes"), back, floor_words(one))
    return edit.page(TEMPLATE, sheet.context())


@require_http_methods(["GET", "POST"])
@signed_in
def open_floor(request: Request, site: str, pk: int) -> HttpResponse:
    """Record that a floor is in operation from a day on."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    form = OpenFloorForm(request.POST or None, initial={"area_m2": one.area_m2})
    if request.method == "POST" and form.is_valid():
        try:
            operations.open_floor(floor=one, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The floor's area counts from that day on."))
            return redirect("workspace:floor", site, pk)
    back = reverse("workspace:floor", args=[site, pk])
    sheet = Sheet(found, _("Open the floor"), _("Record it"), back, floor_words(one))
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def close_floor(request: Request, site: str, pk: int, run: int) -> HttpResponse:
    """Record that a floor is out of operation from a day on."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    stretch = queries.find_run(one, run)
    form = EndRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.close_floor(run=stretch, **form.cleaned_data, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The floor's area no longer counts from that day on."))
            return redirect("workspace:floor", site, pk)
    back = reverse("workspace:floor", args=[site, pk])
    sheet = Sheet(found, _("Close the floor"), _("Record it"), back, floor_words(one))
    return sheet.page(request, form)


@require_POST
@signed_in
def strike_floor_run(request: Request, site: str, pk: int, run: int) -> HttpResponse:
    """Strike a stretch of operation that was recorded wrongly."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    operations.strike_floor_run(run=queries.find_run(one, run), **by_and_at(request))
    messages.success(request, _("The stretch is struck and no longer counts."))
    return redirect("workspace:floor", site, pk)


@require_http_methods(["GET", "POST"])
@signed_in
def floor_plan(request: Request, site: str, pk: int) -> HttpResponse:
    """Bring in a floor's plan as SVG."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    form = PlanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = operations.read_plan(form.cleaned_data["file"].read())
            operations.set_floor_plan(floor=one, version=one.version, plan=plan, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            _tell_matches(request, one, plan)
            return redirect("workspace:floor", site, pk)
    back = reverse("workspace:floor", args=[site, pk])
    sheet = Sheet(found, _("Bring in a plan"), _("Bring in the plan"), back, floor_words(one))
    return sheet.page(request, form)


def _tell_matches(request: Request, one: Floor, plan: operations.PlanRead) -> None:
    """Say how many spaces are found in the plan, and what was left out of the file."""
    ids = {one_id.casefold() for one_id in plan.ids}
    codes = queries.codes_of(one)
    n = sum(code.casefold() in ids for code in codes)
    words = ngettext(
        "The plan is kept. %(n)s of %(all)s space is found in it by its code.",
        "The plan is kept. %(n)s of %(all)s spaces are found in it by their codes.",
        len(codes),
    )
    messages.success(request, words % {"n": n, "all": len(codes)})
    if plan.left_out:
        left = ", ".join(plan.left_out)
        messages.info(
            request,
            gettext("Left out of the file, for a plan needs only shapes and words: %(what)s.") % {"what": left},
        )


@require_POST
@signed_in
def drop_floor_plan(request: Request, site: str, pk: int) -> HttpResponse:
    """Drop a plan that was brought in; the floor is drawn from outlines again."""
    found = site_to_keep(request, site)
    one = queries.find_floor(request.actor, found, pk)
    operations.set_floor_plan(floor=one, version=one.version, plan=None, **by_and_at(request))
    messages.success(request, _("The plan is dropped. The floor is drawn from the outlines of its spaces."))
    return redirect("workspace:floor", site, pk)


def _values(one: Floor) -> dict[str, Any]:
    """Return what the form shows of a floor."""
    return {name: getattr(one, name) for name in FloorForm.base_fields}
