"""Doors for tables of spaces and of teams: choose a file, read the report, bring it in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.sheets import Column, Name
from accord.people.operations import Report
from accord.ui.bringing import TableDoor, bring_in, empty_table
from accord.workspace import operations
from accord.workspace.forms import SheetForm
from accord.workspace.operations import SPACE_COLUMNS, SPACE_SHEET, TEAM_COLUMNS, TEAM_SHEET
from accord.workspace.queries import Site
from accord.workspace.views._keeping import by_and_at, site_to_keep
from accord.workspace.views._spaces import door_token
from accord.workspace.views._team_ground import kept_site


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
    door = TableDoor(
        name=f"accord.workspace.bring-in-{kind.name}:{site.pk}",
        sheet=kind.sheet,
        columns=kind.columns,
        form=SheetForm,
        check=lambda grid: kind.check(request, grid=grid, site=site),
        keep=lambda grid, only_good: kind.keep(request, grid=grid, site=site, only_good=only_good),
        template="workspace/bring_in.html",
        report="workspace/bring_in_report.html",
        list_url=reverse(kind.list, args=[key]),
        row=kind.row,
        context={"site": site, "kind": kind},
    )
    return bring_in(request, door)


def _empty(request: Request, kind: Kind, key: str, suffix: str) -> HttpResponse:
    """Answer an empty table with the headings."""
    kind.find(request, key)
    return empty_table(request, kind.sheet, kind.columns, filename=kind.name, suffix=suffix)
