"""Doors for the office to bring hosts and their places in from a table."""

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
from accord.programmes import operations
from accord.programmes.forms import SheetForm
from accord.programmes.operations import PLACE_COLUMNS, PLACE_SHEET
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import by_and_at, call_to_run
from accord.programmes.views._match_ground import host_door
from accord.ui.forms import form_page
from accord.ui.spreadsheet import csv_lines, excel_bytes

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_places(request: Request, programme: str, call: str) -> HttpResponse:
    """Check a table of places row by row, then bring in all of it or the rows without fault."""
    found = call_to_run(request, programme, call)
    if "carried" in request.POST:
        return _bring_in(request, found)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, found, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), PLACE_SHEET)
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, found, form)
    return _report(request, found, grid, operations.check_places(grid=grid, call=found, **by_and_at(request)))


@require_GET
@signed_in
def places_template(request: Request, programme: str, call: str, suffix: str) -> HttpResponse:
    """Answer an empty table of places with the headings, in the reader's language."""
    call_to_run(request, programme, call)
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in PLACE_COLUMNS]
    if suffix == "xlsx":
        sheet = PLACE_SHEET.zh if chinese else PLACE_SHEET.en
        answer = HttpResponse(excel_bytes(sheet, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="places.{suffix}"'
    return answer


def _bring_in(request: Request, call: Call) -> HttpResponse:
    """Bring in a table that was checked; its cells came back with the answer."""
    try:
        name, rows = signing.loads(request.POST["carried"], salt=_salt(request, call), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form = SheetForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", _("The check is older than a day or was changed on the way. Choose the file again."))
        return _ask(request, call, form)
    grid, only_good = Grid(name, rows), request.POST.get("rows") == "good"
    report = operations.bring_in_places(
        grid=grid, call=call, only_good=only_good, door=host_door(request), **by_and_at(request)
    )
    if report.is_kept:
        messages.success(request, _("The table is brought in."))
    return _report(request, call, grid, report)


def _report(request: Request, call: Call, grid: Grid, report: Report) -> HttpResponse:
    """Return the page that says what each row does, or did."""
    groups = [(outcome, report.of(outcome)) for outcome in ImportOutcome]
    carried = signing.dumps([grid.name, grid.rows], salt=_salt(request, call), compress=True)
    context: dict[str, Any] = {
        "call": call,
        "report": report,
        "carried": "" if report.is_kept else carried,
        "groups": [(outcome, rows, rows[:MOST_SHOWN]) for outcome, rows in groups if rows],
        "faults": len(report.of(ImportOutcome.FAULT)),
        "sheet": grid.name,
        "form": None,
    }
    template = "programmes/bring_in_places_report.html"
    return render(request, template, context, status=422 if report.problems else 200)


def _ask(request: Request, call: Call, form: SheetForm) -> HttpResponse:
    columns = [(column.headings, column.needed) for column in PLACE_COLUMNS]
    return form_page(request, "programmes/bring_in_places.html", form, {"call": call, "columns": columns})


def _salt(request: Request, call: Call) -> str:
    return f"accord.programmes.bring-in-places:{call.pk}:{request.actor.person_id}"
