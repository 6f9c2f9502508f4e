"""Doors for tables of institutions and people: choose a file, read the report, bring it in."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere
from accord.kernel.sheets import Column, Name
from accord.people import operations, queries, rules
from accord.people.forms import SheetForm
from accord.people.operations import INSTITUTION_COLUMNS, INSTITUTION_SHEET, PEOPLE_COLUMNS, PEOPLE_SHEET
from accord.people.views._institutions import by_and_at
from accord.ui import bringing
from accord.ui.bringing import TableDoor, empty_table

SHEETS: dict[str, tuple[Name, tuple[Column, ...]]] = {
    "institutions": (INSTITUTION_SHEET, INSTITUTION_COLUMNS),
    "people": (PEOPLE_SHEET, PEOPLE_COLUMNS),
}


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in(request: Request, kind: str) -> HttpResponse:
    """Check a table row by row, then bring in all of it or the rows without fault."""
    _refuse_others(request, kind)
    is_people = kind == "people"
    check, keep = (
        (operations.check_people, operations.bring_in_people)
        if is_people
        else (operations.check_institutions, operations.bring_in_institutions)
    )
    sheet, columns = SHEETS[kind]
    door = TableDoor(
        name=f"accord.people.bring-in:{kind}",
        sheet=sheet,
        columns=columns,
        form=SheetForm,
        check=lambda grid: check(grid=grid, **_who(request, kind)),
        keep=lambda grid, only_good: keep(
            grid=grid, only_good=only_good, is_simulated=request.world.is_demo, **_who(request, kind)
        ),
        template="people/bring_in.html",
        report="people/bring_in_report.html",
        list_url=reverse("people:people" if is_people else "people:institutions"),
        row=_("Name"),
        context={"kind": kind},
    )
    return bringing.bring_in(request, door)


@require_GET
@signed_in
def template(request: Request, kind: str, suffix: str) -> HttpResponse:
    """Answer an empty table with the headings, in the reader's language."""
    _refuse_others(request, kind)
    sheet, columns = SHEETS[kind]
    return empty_table(request, sheet, columns, filename=kind, suffix=suffix)


def _who(request: Request, kind: str) -> dict[str, Any]:
    """Return who brings a table in; for one of people also whom they may change, and where."""
    who = by_and_at(request)
    if kind == "institutions":
        return who
    return who | {
        "visible": queries.people_visible_to(request.actor),
        "houses": list(queries.own_institutions(request.actor)),
        "all_people": rules.may_change_person(request.actor, ()),
    }


def _refuse_others(request: Request, kind: str) -> None:
    if kind not in SHEETS:
        raise NotThere(_("There is no such table."))
    if kind == "institutions" and not rules.may_change_institutions(request.actor):
        raise NotAllowed(_("Only stewards bring in institutions. Ask one to do it."))
    if kind == "people" and not rules.may_add_people(request.actor):
        raise NotAllowed(_("Only stewards and partnership officers bring in people. Ask one of your institution."))
