"""Bringing in a table at one address: choose a file, read what each row would do, bring it in.

What was checked travels back, signed, in a hidden field of the report, so that nothing is kept on the server and what
comes in is what was checked. Which rows a table may hold and what they do is said by whoever opens the door.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Request
from accord.kernel.refused import NotThere
from accord.kernel.sheets import Column, FaultyTablesError, Grid, Name, open_sent
from accord.ui.forms import Form, form_page
from accord.ui.say import Text
from accord.ui.spreadsheet import EXCEL, csv_lines, excel_bytes

MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""
UNREAD = 422
_CARRIED = "carried"
_MARK = "\ufeff"
_DAY_SECONDS = 24 * 3600


class Report(Protocol):
    """What a table does, or would do, row by row."""

    @property
    def groups(self) -> Sequence[tuple[Any, Sequence[Any]]]:
        """Return the rows by outcome."""

    @property
    def faults(self) -> int:
        """Return how many rows have a fault."""

    @property
    def problems(self) -> Sequence[Any]:
        """Return what is wrong with the table as a whole."""

    @property
    def is_kept(self) -> bool:
        """Say whether the rows were brought in."""


@dataclass(frozen=True, slots=True)
class TableDoor:
    """A table that comes in at an address: how it looks, who checks and keeps it, and the pages around it.

    `name` binds what was checked to this door; `row` heads what each row is about. `template` asks for the file and
    gets `form`, `columns` and the context; `report` extends `ui/bring_in_report.html`.
    """

    name: str
    sheet: Name
    columns: Sequence[Column]
    form: type[Form]
    check: Callable[[Grid], Report]
    keep: Callable[[Grid, bool], Report]
    template: str
    report: str
    list_url: str
    row: Text
    context: Mapping[str, Any] = field(default_factory=dict)


def bring_in(request: Request, door: TableDoor) -> HttpResponse:
    """Ask for a table, report what it would do, or bring in all of it or its rows without fault."""
    if _CARRIED in request.POST:
        return _take(request, door)
    form = door.form(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, door, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), door.sheet)
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, door, form)
    return _report(request, door, grid, door.check(grid))


def empty_table(
    request: Request, sheet: Name, columns: Sequence[Column], *, filename: str, suffix: str
) -> HttpResponse:
    """Answer a table of headings alone, in the reader's language, as CSV or Excel. Raises `NotThere`."""
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in columns]
    if suffix == "xlsx":
        title = sheet.zh if chinese else sheet.en
        answer = HttpResponse(excel_bytes(title, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(_MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}.{suffix}"'
    return answer


def _take(request: Request, door: TableDoor) -> HttpResponse:
    """Bring in a table that was checked; its cells came back with the answer."""
    try:
        name, rows = signing.loads(request.POST[_CARRIED], salt=_salt(request, door), max_age=_DAY_SECONDS)
    except signing.BadSignature:
        form = door.form({})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", _("The check is older than a day or was changed on the way. Choose the file again."))
        return _ask(request, door, form)
    grid = Grid(name, rows)
    report = door.keep(grid, request.POST.get("rows") == "good")
    if report.is_kept:
        messages.success(request, _("The table is brought in."))
    return _report(request, door, grid, report)


def _report(request: Request, door: TableDoor, grid: Grid, report: Report) -> HttpResponse:
    """Return the page that says what each row does, or did."""
    carried = "" if report.is_kept else signing.dumps([grid.name, grid.rows], salt=_salt(request, door), compress=True)
    context = {
        **door.context,
        "report": report,
        "carried": carried,
        "groups": [(outcome, rows, rows[:MOST_SHOWN]) for outcome, rows in report.groups],
        "sheet": grid.name,
        "row_label": door.row,
        "list_url": door.list_url,
        "form": None,
    }
    return render(request, door.report, context, status=UNREAD if report.problems else 200)


def _ask(request: Request, door: TableDoor, form: Form) -> HttpResponse:
    columns = [(column.headings, column.needed) for column in door.columns]
    return form_page(request, door.template, form, {**door.context, "columns": columns})


def _salt(request: Request, door: TableDoor) -> str:
    return f"{door.name}:{request.actor.person_id}"
