"""Doors to rounds of reports: those of a site, opening one, who has reported in one."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Refused
from accord.ui.forms import form_page
from accord.workspace import operations, queries
from accord.workspace.forms import ANSWERS, ROUNDS, RoundForm
from accord.workspace.queries import Site
from accord.workspace.views._reports import add_refusal
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import by_and_at, day_here, door_of, kept_site, notes_of

QUARTERS_OFFERED = 4
USUAL_DAYS = 15
"""How long after the quarter's end, or after today, a round is due unless somebody chooses otherwise."""


@require_GET
@signed_in
def rounds(request: Request, site: str) -> HttpResponseBase:
    """List the quarters that the teams were asked about."""
    home = kept_site(request, site)
    page = ROUNDS.page(request.GET, queries.rounds_of(home))
    if page.format:
        return ROUNDS.export(page, filename=f"{site}-rounds", notes=notes_of(request))
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "teams"),
        "table": page,
        "flagged": queries.flagged_reports(home).count(),
    }
    return render(request, "workspace/rounds.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def open_round(request: Request, site: str) -> HttpResponse:
    """Ask every resident team how a quarter went."""
    home = kept_site(request, site)
    today = day_here(request, home)
    quarters = _offered(today)
    initial = {"quarter": queries.quarter_key(quarters[0]), "due_on": date.fromordinal(today.toordinal() + USUAL_DAYS)}
    form = RoundForm(request.POST or None, quarters=quarters, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = operations.open_round(
                site=home,
                quarter_on=given["quarter"],
                due_on=given["due_on"],
                door=door_of(request),
                **by_and_at(request),
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The teams are asked."))
            return redirect("workspace:round", site, queries.quarter_key(made.quarter_on))
    context = {"site": home, "asked": _asked(home, today)}
    return form_page(request, "workspace/round_open.html", form, context)


@require_GET
@signed_in
def round_page(request: Request, site: str, quarter: str) -> HttpResponseBase:
    """Show who has reported in a round, who is missing and who was late."""
    home = kept_site(request, site)
    found = queries.find_round(home, quarter)
    now = clock.now(request.world)
    rows = queries.answers_in(found, now)
    page = ANSWERS.page(request.GET, rows)
    people_shown(request.actor, [one.pk for row in rows for one in row.people], now)
    if page.format:
        return ANSWERS.export(page, filename=f"{site}-{quarter}", notes=notes_of(request))
    missing = queries.missing_of(rows)
    context = {
        "site": home,
        "tabs": site_tabs(request, home, "teams"),
        "round": found,
        "quarter": queries.quarter_name(found.quarter_on),
        "table": page,
        "asked": len(rows),
        "reported": len(rows) - len(missing),
        "missing": missing,
        "late": sum(1 for row in rows if row.report is not None and row.is_late),
        "nobody": [row.team for row in missing if not row.people],
        "is_open": queries.is_open(found, now),
        "is_due": queries.day_at(home, now) > found.due_on,
        "flagged": sum(1 for row in rows if row.report and row.report.flags and row.report.looked_at is None),
    }
    return render(request, "workspace/round.html", context)


def _offered(today: date) -> list[date]:
    """Return the quarters that may be asked for: the last one that ended first, then the present and earlier ones."""
    present = queries.quarter_of(today)
    ended = [queries.months_after(present, -3 * back) for back in range(1, QUARTERS_OFFERED)]
    return [ended[0], present, *ended[1:]]


def _asked(site: Site, today: date) -> int:
    """Return how many teams would be asked."""
    return queries.teams_asked(site, today).count()
