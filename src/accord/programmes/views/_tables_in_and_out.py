"""Doors for the office to bring applications in from a table, and to take everything of a call out."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.programmes import operations, queries
from accord.programmes.forms import SheetForm
from accord.programmes.operations import APPLICATION_SHEET
from accord.programmes.views._applications import call_to_read
from accord.programmes.views._calls_ground import by_and_at, notes_of
from accord.ui import say
from accord.ui.bringing import TableDoor, bring_in, empty_table
from accord.ui.spreadsheet import EXCEL, harmless

MOST_NAME = 31


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_applications(request: Request, programme: str, call: str) -> HttpResponse:
    """Check a table of applications row by row, then bring in all of it or the rows without fault."""
    found = call_to_read(request, programme, call)
    door = TableDoor(
        name=f"accord.programmes.bring-in-applications:{found.pk}",
        sheet=APPLICATION_SHEET,
        columns=operations.application_columns(found),
        form=SheetForm,
        check=lambda grid: operations.check_applications(grid=grid, call=found, **by_and_at(request)),
        keep=lambda grid, only_good: operations.bring_in_applications(
            grid=grid, call=found, only_good=only_good, **by_and_at(request)
        ),
        template="programmes/bring_in_applications.html",
        report="programmes/bring_in_applications_report.html",
        list_url=reverse("programmes:applications", args=[programme, call]),
        row=_("Applicant"),
        context={"call": found},
    )
    return bring_in(request, door)


@require_GET
@signed_in
def applications_template(request: Request, programme: str, call: str, suffix: str) -> HttpResponse:
    """Answer an empty table of applications with the headings of the call's form, in the reader's language."""
    found = call_to_read(request, programme, call)
    columns = operations.application_columns(found)
    return empty_table(request, APPLICATION_SHEET, columns, filename="applications", suffix=suffix)


@require_GET
@signed_in
def export_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Hand out everything of a call in one workbook: applications, steps, questions, notes, reviews, decisions."""
    found = call_to_read(request, programme, call)
    applicants = queries.applications_of_call(found).values_list("applicant", flat=True)
    people_shown(request.actor, applicants, clock.now(request.world))
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
