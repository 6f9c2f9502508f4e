"""Doors to panels: the list, opening one, how far it is, its rules, its close."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.records import Shown, follow
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.people.queries import Institution
from accord.review import operations, queries, rules
from accord.review.enums import AssignmentGoal, Mode, ScoreRule
from accord.review.forms import PANELS, PanelForm, panel_chip
from accord.review.queries import Panel
from accord.review.views._ground import FORM, Ground, Sheet, answered, blame, by_and_at, ground_of, notes_of, run
from accord.ui.editing import editing

RULES = (
    "name",
    "mode",
    "reviews_each",
    "max_load",
    "min_load",
    "seniors_each",
    "institution_share",
    "strong_each",
    "score_counts",
    "discussion",
    "seed",
)
FIRST = {
    "mode": Mode.SINGLE,
    "reviews_each": 3,
    "max_load": 10,
    "min_load": 0,
    "seniors_each": 0,
    "strong_each": 1,
    "score_counts": ScoreRule.RAW,
    "discussion": True,
}


@require_GET
@signed_in
def panels(request: Request) -> HttpResponseBase:
    """List the panels that the reader may know of, with how far each is."""
    rows = queries.with_progress(queries.panels_visible_to(request.actor), clock.now(request.world))
    page = PANELS.page(request.GET, rows)
    if page.format:
        return PANELS.export(page, filename="panels", notes=notes_of(request))
    return render(request, "review/panels.html", {"table": page, "may_open": rules.may_open_any(request.actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def open_panel(request: Request) -> HttpResponse:
    """Open a panel that serves a record, such as a call: `?subject=call:12`."""
    subject = request.GET.get("subject", "")
    shown = _subject(request, subject)
    houses = {one.pk: one for one in queries.houses_to_open_for(request.actor)}
    rubrics = {one.pk: one for one in queries.rubrics_visible_to(request.actor) if one.owner_id in houses}
    form = PanelForm(request.POST or None, initial={**FIRST, "name": shown.title}, rubrics=rubrics.values())

    def do(given: Any) -> None:
        rubric = rubrics[given["rubric"]]
        facts = {name: given[name] for name in RULES}
        operations.open_panel(
            subject=subject,
            rubric=rubric,
            owner=rubric.owner,
            due_at=end_of_day(given["due_on"], rubric.owner),
            is_simulated=request.world.is_demo,
            **facts,
            **by_and_at(request),
        )

    sheet = Sheet(
        heading=_("Open a panel"),
        act=_("Open the panel"),
        up=(shown.title, shown.url),
        done=_("The panel is open. Invite people to it."),
        hint=_("It belongs to the institution whose rubric it uses. The rubric stands from then on."),
        to=reverse("review:panels"),
    )
    return answered(request, form, do, sheet, {"no_rubric": not rubrics})


def _subject(request: Request, subject: str) -> Shown:
    """Return what the panel is to serve, to whoever may change it and runs panels."""
    if not rules.may_open_any(request.actor):
        raise NotAllowed(_("Panels are opened by programme managers and partnership officers. Ask one of them."))
    if not subject:
        raise NotThere(_("A panel serves something, such as a call. Open it from there."))
    return follow(request.actor, subject)


def end_of_day(day: Any, owner: Institution) -> datetime:
    """Return the last minute of a day where the panel is at home."""
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(owner.time_zone or "UTC"))


@require_GET
@signed_in
def panel(request: Request, pk: int) -> HttpResponse:
    """Show how far a panel is: counts for everybody who may know of it, who is late for the office and the chair."""
    ground = ground_of(request, pk)
    progress = queries.progress_of(ground.panel, ground.now)
    late, waiting, unstated = _behind(ground)
    context = ground.context(
        "panel",
        chip=panel_chip(ground.panel),
        progress=progress,
        late=late,
        waiting=waiting,
        unstated=unstated,
        subject=_shown_subject(request, ground.panel),
        mode=Mode(ground.panel.mode).label,
        counts=ScoreRule(ground.panel.score_counts).label,
        goals=AssignmentGoal.choices,
    )
    return render(request, "review/panel.html", context)


def _behind(ground: Ground) -> tuple[list[Any], list[Any], list[Any]]:
    """Return who is late, who has not answered, and who has not stated their conflicts; names for the chair alone."""
    if not ground.seat.chairs:
        return [], [], []
    people = [one for one in queries.panelists_of(ground.panel, ground.now) if one.removed_at is None]
    return (
        [one for one in people if getattr(one, "late_count", 0)],
        [one for one in people if one.accepted_at is None and one.declined_at is None],
        [one for one in people if one.accepted_at is not None and one.stated_at is None],
    )


def _shown_subject(request: Request, panel: Panel) -> Shown | None:
    """Return what the panel serves where the reader may know of it."""
    try:
        return follow(request.actor, panel.subject)
    except NotThere:
        return None


@require_http_methods(["GET", "POST"])
@signed_in
def change_panel(request: Request, pk: int) -> HttpResponse:
    """Change the rules and the date of a panel."""
    ground = run(request, pk)
    found = ground.panel
    back = reverse("review:panel", args=[pk])

    def make_form(data: Any = None, **kwargs: Any) -> PanelForm:
        return PanelForm(data, rubrics=[found.rubric], **kwargs)

    edit = editing(request, make_form, initial=_values(found), version=found.version, purpose=f"panel:{pk}")
    if edit.ready:
        facts = {name: edit.answers[name] for name in RULES}
        due_at = end_of_day(edit.answers["due_on"], found.owner)
        try:
            operations.change_panel(panel=found, version=edit.version, due_at=due_at, **facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_panel(request.actor, pk)
            return edit.clash(
                thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=back, record=f"panel:{pk}"
            )
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The rules are changed."))
            return redirect(back)
    sheet = Sheet(_("Change the rules"), _("Save the changes"), (found.name, back))
    return edit.page(FORM, sheet.context())


def _values(found: Panel) -> dict[str, Any]:
    """Return what the form shows of a panel."""
    local = found.due_at.astimezone(ZoneInfo(found.owner.time_zone or "UTC"))
    return {name: getattr(found, name) for name in RULES} | {"due_on": local.date(), "rubric": found.rubric_id}


@require_POST
@signed_in
def close_panel(request: Request, pk: int) -> HttpResponse:
    """Close a panel."""
    operations.close_panel(panel=run(request, pk).panel, **by_and_at(request))
    messages.success(request, _("The panel is closed, and its standings are worked out."))
    return redirect("review:panel", pk)


@require_POST
@signed_in
def reopen_panel(request: Request, pk: int) -> HttpResponse:
    """Open a closed panel again."""
    operations.reopen_panel(panel=run(request, pk).panel, **by_and_at(request))
    messages.success(request, _("The panel is open again."))
    return redirect("review:panel", pk)
