"""Doors for tables of institutions and people: choose a file, read the report, bring it in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere
from accord.kernel.sheets import Column, FaultyTablesError, Grid, Name, open_sent
from accord.people import operations, queries, rules
from accord.people.enums import ImportOutcome
from accord.people.forms import SheetForm
from accord.people.operations import (
    INSTITUTION_COLUMNS,
    INSTITUTION_SHEET,
    PEOPLE_COLUMNS,
    PEOPLE_SHEET,
    Report,
)
from accord.people.views._institutions import by_and_at
from accord.ui.forms import form_page
from accord.ui.spreadsheet import csv_lines, excel_bytes

SHEETS: dict[str, tuple[Name, tuple[Column, ...]]] = {
    "institutions": (INSTITUTION_SHEET, INSTITUTION_COLUMNS),
    "people": (PEOPLE_SHEET, PEOPLE_COLUMNS),
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARK = "\ufeff"
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 200
"""Rows of one outcome that the report lists; the count names all."""


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in(request: Request, kind: str) -> HttpResponse:
    """Check a table row by row, then bring in all of it or the rows without fault."""
    _refuse_others(request, kind)
    if "carried" in request.POST:
        return _bring_in(request, kind)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, kind, form)
    sent = form.cleaned_data["file"]
    try:
        grid = open_sent(sent.name, sent.read(), SHEETS[kind][0])
    except FaultyTablesError as faulty:
        for fault in faulty.faults:
            form.add_error("file", fault.line(request.LANGUAGE_CODE))
        return _ask(request, kind, form)
    return _report(request, kind, grid, _run(request, kind, grid, keep=False))


def _bring_in(request: Request, kind: str) -> HttpResponse:
    """Bring in a table that was checked; its cells came back with the answer."""
    try:
        name, rows = signing.loads(request.POST["carried"], salt=_salt(request, kind), max_age=DAY_SECONDS)
    except signing.BadSignature:
        form = SheetForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", _("The check is older than a day or was changed on the way. Choose the file again."))
        return _ask(request, kind, form)
    grid = Grid(name, rows)
    report = _run(request, kind, grid, keep=True, only_good=request.POST.get("rows") == "good")
    if not report.is_kept:
        return _report(request, kind, grid, report)
    messages.success(request, _("The table is brought in."))
    return _report(request, kind, grid, report)


def _run(request: Request, kind: str, grid: Grid, *, keep: bool, only_good: bool = True) -> Report:
    """Check the table or bring it in."""
    who: dict[str, Any] = {"grid": grid, **by_and_at(request)}
    kept: dict[str, Any] = {"only_good": only_good, "is_simulated": request.world.is_demo} if keep else {}
    if kind == "institutions":
        return (operations.bring_in_institutions if keep else operations.check_institutions)(**who, **kept)
    who |= {
        "visible": queries.people_visible_to(request.actor),
        "houses": list(queries.own_institutions(request.actor)),
        "all_people": rules.may_change_person(request.actor, ()),
    }
    return (operations.bring_in_people if keep else operations.check_people)(**who, **kept)


def _report(request: Request, kind: str, grid: Grid, report: Report) -> HttpResponse:
    """Return the page that says what each row does, or did."""
    carried = "" if report.is_kept else signing.dumps([grid.name, grid.rows], salt=_salt(request, kind), compress=True)
    groups = [(outcome, report.of(outcome)) for outcome in ImportOutcome]
    context = {
        "kind": kind,
        "report": report,
        "carried": carried,
        "groups": [(outcome, rows, rows[:MOST_SHOWN]) for outcome, rows in groups if rows],
        "faults": len(report.of(ImportOutcome.FAULT)),
        "sheet": grid.name,
        "form": None,
    }
    return render(request, "people/bring_in_report.html", context, status=422 if report.problems else 200)


def _ask(request: Request, kind: str, form: SheetForm) -> HttpResponse:
    columns = [(column.headings, column.key) for column in SHEETS[kind][1]]
    return form_page(request, "people/bring_in.html", form, {"kind": kind, "columns": columns})


@require_GET
@signed_in
def template(request: Request, kind: str, suffix: str) -> HttpResponse:
    """Answer an empty table with the headings, in the reader's language."""
    _refuse_others(request, kind)
    name, columns = SHEETS[kind]
    chinese = request.LANGUAGE_CODE != "en"
    head = [column.headings[1 if chinese else 0] for column in columns]
    if suffix == "xlsx":
        answer = HttpResponse(excel_bytes(name.zh if chinese else name.en, (), head, ()), content_type=EXCEL)
    elif suffix == "csv":
        answer = HttpResponse(MARK + "".join(csv_lines((), head, ())), content_type="text/csv; charset=utf-8")
    else:
        raise NotThere(_("There is no such file; choose CSV or Excel."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}.{suffix}"'
    return answer


def _salt(request: Request, kind: str) -> str:
    return f"accord.people.bring-in:{kind}:{request.actor.person_id}"


def _refuse_others(request: Request, kind: str) -> None:
    if kind not in SHEETS:
        raise NotThere(_("There is no such table."))
    if kind == "institutions" and not rules.may_change_institutions(request.actor):
        raise NotAllowed(_("Only stewards bring in institutions. Ask one to do it."))
    if kind == "people" and not rules.may_add_people(request.actor):
        raise NotAllowed(_("Only stewards and partnership officers bring in people. Ask one of your institution."))
