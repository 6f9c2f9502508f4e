"""Doors for the office to bring hosts and their places in from a table."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.programmes import operations
from accord.programmes.forms import SheetForm
from accord.programmes.operations import PLACE_COLUMNS, PLACE_SHEET
from accord.programmes.views._calls_ground import by_and_at, call_to_run
from accord.programmes.views._match_ground import host_door
from accord.ui.bringing import TableDoor, bring_in, empty_table


@require_http_methods(["GET", "POST"])
@signed_in
def bring_in_places(request: Request, programme: str, call: str) -> HttpResponse:
    """Check a table of places row by row, then bring in all of it or the rows without fault."""
    found = call_to_run(request, programme, call)
    door = TableDoor(
        name=f"accord.programmes.bring-in-places:{found.pk}",
        sheet=PLACE_SHEET,
        columns=PLACE_COLUMNS,
        form=SheetForm,
        check=lambda grid: operations.check_places(grid=grid, call=found, **by_and_at(request)),
        keep=lambda grid, only_good: operations.bring_in_places(
            grid=grid, call=found, only_good=only_good, door=host_door(request), **by_and_at(request)
        ),
        template="programmes/bring_in_places.html",
        report="programmes/bring_in_places_report.html",
        list_url=reverse("programmes:places", args=[programme, call]),
        row=pgettext_lazy("of a call", "Place"),
        context={"call": found},
    )
    return bring_in(request, door)


@require_GET
@signed_in
def places_template(request: Request, programme: str, call: str, suffix: str) -> HttpResponse:
    """Answer an empty table of places with the headings, in the reader's language."""
    call_to_run(request, programme, call)
    return empty_table(request, PLACE_SHEET, PLACE_COLUMNS, filename="places", suffix=suffix)
