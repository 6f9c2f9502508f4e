"""Doors for a table of teams: choose a file, read the report, bring it in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.kernel.sheets import FaultyTablesError, Grid, open_sent
from accord.people.enums import ImportOutcome
from accord.people.operations import Report
from accord.ui.forms import form_page
from accord.ui.spreadsheet import csv_lines, excel_bytes
from accord.workspace import operations
from accord.workspace.forms import TeamSheetForm
from accord.workspace.operations import TEAM_COLUMNS, TEAM_SHEET
from accord.workspace.queries import Site
from accord.workspace.views._team_ground import by_and_at, kept_site

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_teams(request: Request, site: str) -> HttpResponse:
    """Check a table of teams row by row, then bring in all of it or the rows without fault."""
    found = kept_site(request, site)
    if "carried" in request.POST:
        return _bring_in(request, found)
    form = TeamSheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, found, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), TEAM_SHEET)
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, found, form)
    report = operations.check_teams(grid=grid, site=found, **by_and_at(request))
    return _report(request, found, grid, report)


def _bring_in(request: Request, site: Site) -> HttpResponse:
    """Bring in a table that was checked; its cells came back with the answer."""
    try:
        name, rows = signing.loads(request.POST["carried"], salt=_salt(request, site), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form = TeamSheetForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", _("The check is older than a day or was changed on the way. Choose the file again."))
        return _ask(request, site, form)
    grid = Grid(name, rows)
    only_good = request.POST.get("rows") == "good"
    report = operations.bring_in_teams(
        grid=grid, site=site, only_good=only_good, is_simulated=request.world.is_demo, **by_and_at(request)
    )
    if report.is_kept:
        messages.success(request, _("The table is brought in."))
    return _report(request, site, grid, report)


def _report(request: Request, site: Site, grid: Grid, report: Report) -> HttpResponse:
    """Return the page that says what each row does, or did."""
    carried = "" if report.is_kept else signing.dumps([grid.name, grid.rows], salt=_salt(request, site), compress=True)
    groups = [(outcome, report.of(outcome)) for outcome in ImportOutcome]
    context: dict[str, Any] = {
        "site": site,
        "report": report,
        "carried": carried,
        "groups": [(outcome, rows, rows[:MOST_SHOWN]) for outcome, rows in groups if rows],
        "faults": len(report.of(ImportOutcome.FAULT)),
        "sheet": grid.name,
        "form": None,
    }
    return render(request, "workspace/teams_report.html", context, status=422 if report.problems else 200)


def _ask(request: Request, site: Site, form: TeamSheetForm) -> HttpResponse:
    columns = [(column.headings, column.needed) for column in TEAM_COLUMNS]
    return form_page(request, "workspace/teams_bring_in.html", form, {"site": site, "columns": columns})


@require_GET
@signed_in
def teams_template(request: Request, site: str, suffix: str) -> HttpResponse:
    """Answer an empty table of teams with the headings, in the reader's language."""
    kept_site(request, site)
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in TEAM_COLUMNS]
    if suffix == "xlsx":
        title = TEAM_SHEET.zh if chinese else TEAM_SHEET.en
        answer = HttpResponse(excel_bytes(title, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="teams.{suffix}"'
    return answer


def _salt(request: Request, site: Site) -> str:
    return f"accord.workspace.bring-in-teams:{site.pk}:{request.actor.person_id}"
