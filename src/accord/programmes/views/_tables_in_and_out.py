"""Doors for the office to bring applications in from a table, and to take everything of a call out."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotThere
from accord.kernel.sheets import FaultyTablesError, Grid, open_sent
from accord.people.enums import ImportOutcome
from accord.people.operations import Report
from accord.programmes import operations, queries
from accord.programmes.forms import SheetForm
from accord.programmes.operations import APPLICATION_SHEET
from accord.programmes.queries import Call
from accord.programmes.views._applications import call_to_read
from accord.programmes.views._calls_ground import by_and_at, notes_of
from accord.ui import say
from accord.ui.forms import form_page
from accord.ui.spreadsheet import csv_lines, excel_bytes, harmless

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""
MOST_NAME = 31


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_applications(request: Request, programme: str, call: str) -> HttpResponse:
    """Check a table of applications row by row, then bring in all of it or the rows without fault."""
    found = call_to_read(request, programme, call)
    if "carried" in request.POST:
        return _bring_in(request, found)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, found, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), APPLICATION_SHEET)
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, found, form)
    return _report(request, found, grid, operations.check_applications(grid=grid, call=found, **by_and_at(request)))


@require_GET
@signed_in
def applications_template(request: Request, programme: str, call: str, suffix: str) -> HttpResponse:
    """Answer an empty table of applications with the headings of the call's form, in the reader's language."""
    found = call_to_read(request, programme, call)
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in operations.application_columns(found)]
    if suffix == "xlsx":
        sheet = APPLICATION_SHEET.zh if chinese else APPLICATION_SHEET.en
        answer = HttpResponse(excel_bytes(sheet, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="applications.{suffix}"'
    return answer


@require_GET
@signed_in
def export_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Hand out everything of a call in one workbook: applications, steps, questions, notes, reviews, decisions."""
    found = call_to_read(request, programme, call)
    book = Workbook(write_only=True)
    for sheet in queries.everything_of(found):
        page = book.create_sheet(str(sheet.name)[:MOST_NAME])
        for note in notes_of(request, is_simulated=found.programme.is_simulated):
            page.append([str(note)])
        page.append([harmless(str(one)) for one in sheet.head])
        for row in sheet.rows:
            page.append([_cell(value) for value in row])
    out = BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type=EXCEL)
    answer.headers["Content-Disposition"] = f'attachment; filename="{programme}-{call}.xlsx"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _cell(value: Any) -> Any:
    return say.moment(value) if hasattr(value, "tzinfo") and value is not None else harmless(value)


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
    grid = Grid(name, rows)
    only_good = request.POST.get("rows") == "good"
    report = operations.bring_in_applications(grid=grid, call=call, only_good=only_good, **by_and_at(request))
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
    return render(
        request, "programmes/bring_in_applications_report.html", context, status=422 if report.problems else 200
    )


def _ask(request: Request, call: Call, form: SheetForm) -> HttpResponse:
    columns = [(column.headings, column.needed) for column in operations.application_columns(call)]
    return form_page(request, "programmes/bring_in_applications.html", form, {"call": call, "columns": columns})


def _salt(request: Request, call: Call) -> str:
    return f"accord.programmes.bring-in-applications:{call.pk}:{request.actor.person_id}"
