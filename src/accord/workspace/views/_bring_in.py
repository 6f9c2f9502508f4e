"""Doors for tables of spaces and of teams: choose a file, read the report, bring it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.kernel.sheets import Column, FaultyTablesError, Grid, Name, open_sent
from accord.people.enums import ImportOutcome
from accord.people.operations import Report
from accord.ui.forms import form_page
from accord.ui.spreadsheet import csv_lines, excel_bytes
from accord.workspace import operations
from accord.workspace.forms import SheetForm
from accord.workspace.operations import SPACE_COLUMNS, SPACE_SHEET, TEAM_COLUMNS, TEAM_SHEET
from accord.workspace.queries import Site
from accord.workspace.views._keeping import by_and_at, site_to_keep
from accord.workspace.views._spaces import door_token
from accord.workspace.views._team_ground import kept_site

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a table holds: its columns, who brings it in and how, and the words and addresses of its pages."""

    name: str
    sheet: Name
    columns: tuple[Column, ...]
    find: Callable[[Request, str], Site]
    check: Callable[..., Report]
    keep: Callable[..., Report]
    heading: Any
    listed: Any
    row: Any
    meaning: Any
    page: str
    empty: str
    list: str


def _check_spaces(request: Request, **what: Any) -> Report:
    return operations.check_spaces(tokens=door_token, **what, **by_and_at(request))


def _keep_spaces(request: Request, **what: Any) -> Report:
    return operations.bring_in_spaces(tokens=door_token, **what, **by_and_at(request))


def _check_teams(request: Request, **what: Any) -> Report:
    return operations.check_teams(**what, **by_and_at(request))


def _keep_teams(request: Request, **what: Any) -> Report:
    return operations.bring_in_teams(is_simulated=request.world.is_demo, **what, **by_and_at(request))


SPACES = Kind(
    name="spaces",
    sheet=SPACE_SHEET,
    columns=SPACE_COLUMNS,
    find=site_to_keep,
    check=_check_spaces,
    keep=_keep_spaces,
    heading=_("Bring in spaces"),
    listed=_("Spaces"),
    row=pgettext_lazy("on a door", "Code"),
    meaning=_(
        "A row means the space of its code on its floor; otherwise it is a new one. Buildings, floors and booking rules"
        " must be there before."
    ),
    page="workspace:bring-in-spaces",
    empty="workspace:spaces-template",
    list="workspace:spaces",
)
TEAMS = Kind(
    name="teams",
    sheet=TEAM_SHEET,
    columns=TEAM_COLUMNS,
    find=kept_site,
    check=_check_teams,
    keep=_keep_teams,
    heading=_("Bring in teams"),
    listed=_("Teams"),
    row=pgettext_lazy("a resident team", "Team"),
    meaning=_(
        "A row means the team of its short name; otherwise it is a new one. A row with jobs is a report as well: of its"
        " quarter, or the baseline where it names none."
    ),
    page="workspace:teams-bring-in",
    empty="workspace:teams-template",
    list="workspace:teams",
)


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_spaces(request: Request, site: str) -> HttpResponse:
    """Check a table of spaces row by row, then bring in all of it or the rows without fault."""
    return _asked(request, SPACES, site)


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_teams(request: Request, site: str) -> HttpResponse:
    """Check a table of teams row by row, then bring in all of it or the rows without fault."""
    return _asked(request, TEAMS, site)


@require_GET
@signed_in
def spaces_template(request: Request, site: str, suffix: str) -> HttpResponse:
    """Answer an empty table of spaces with the headings, in the reader's language."""
    return _empty(request, SPACES, site, suffix)


@require_GET
@signed_in
def teams_template(request: Request, site: str, suffix: str) -> HttpResponse:
    """Answer an empty table of teams with the headings, in the reader's language."""
    return _empty(request, TEAMS, site, suffix)


def _asked(request: Request, kind: Kind, key: str) -> HttpResponse:
    """Ask for a table, report what it would do, or bring it in."""
    site = kind.find(request, key)
    if "carried" in request.POST:
        return _bring_in(request, kind, site)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, kind, site, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), kind.sheet)
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, kind, site, form)
    return _report(request, kind, site, grid, kind.check(request, grid=grid, site=site))


def _bring_in(request: Request, kind: Kind, site: Site) -> HttpResponse:
    """Bring in a table that was checked; its cells came back with the answer."""
    try:
        name, rows = signing.loads(request.POST["carried"], salt=_salt(request, kind, site), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form = SheetForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", _("The check is older than a day or was changed on the way. Choose the file again."))
        return _ask(request, kind, site, form)
    grid = Grid(name, rows)
    report = kind.keep(request, grid=grid, site=site, only_good=request.POST.get("rows") == "good")
    if report.is_kept:
        messages.success(request, _("The table is brought in."))
    return _report(request, kind, site, grid, report)


def _report(request: Request, kind: Kind, site: Site, grid: Grid, report: Report) -> HttpResponse:
    """Return the page that says what each row does, or did."""
    salt = _salt(request, kind, site)
    groups = [(outcome, report.of(outcome)) for outcome in ImportOutcome]
    context: dict[str, Any] = {
        "site": site,
        "kind": kind,
        "report": report,
        "carried": "" if report.is_kept else signing.dumps([grid.name, grid.rows], salt=salt, compress=True),
        "groups": [(outcome, rows, rows[:MOST_SHOWN]) for outcome, rows in groups if rows],
        "faults": len(report.of(ImportOutcome.FAULT)),
        "sheet": grid.name,
        "form": None,
    }
    return render(request, "workspace/bring_in_report.html", context, status=422 if report.problems else 200)


def _ask(request: Request, kind: Kind, site: Site, form: SheetForm) -> HttpResponse:
    columns = [(column.headings, column.needed) for column in kind.columns]
    return form_page(request, "workspace/bring_in.html", form, {"site": site, "kind": kind, "columns": columns})


def _empty(request: Request, kind: Kind, key: str, suffix: str) -> HttpResponse:
    """Answer an empty table with the headings."""
    kind.find(request, key)
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in kind.columns]
    if suffix == "xlsx":
        title = kind.sheet.zh if chinese else kind.sheet.en
        answer = HttpResponse(excel_bytes(title, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind.name}.{suffix}"'
    return answer


def _salt(request: Request, kind: Kind, site: Site) -> str:
    return f"accord.workspace.bring-in-{kind.name}:{site.pk}:{request.actor.person_id}"
