"""Everything that waits for the reader, as a list."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.portal import queries
from accord.portal.queries import Urgency, WaitingRow
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table

STATES = {
    Urgency.OVERDUE: State("bad", _("Overdue")),
    Urgency.SOON: State("wary", _("Within a week")),
}
URGENCIES = (
    (Urgency.OVERDUE.value, _("Overdue")),
    (Urgency.SOON.value, _("Within a week")),
    (Urgency.LATER.value, pgettext_lazy("due", "Later")),
    (Urgency.NONE.value, _("Without a day")),
)


@require_GET
@signed_in
def waiting(request: Request) -> HttpResponseBase:
    """List all that waits for the reader, in every context: what has a day first, then what has waited longest."""
    table = _table()
    page = table.page(request.GET, queries.waiting_rows(request.actor, at=clock.now(request.world)))
    if page.format:
        return table.export(page, filename="waiting")
    return render(request, "portal/waiting.html", {"table": page})


def _table() -> Table:
    """Return the list; the contexts to choose from are those that announced one."""
    return Table(
        name="waiting",
        columns=(
            Column("act", _("To do"), value="waiting.act"),
            Column("title", _("Of what"), value="waiting.title", url=_url),
            Column("context", _("Where"), value="waiting.context"),
            Column("name", pgettext_lazy("of what waits", "List"), sort="name", hidden=True),
            Column("due", pgettext_lazy("to do", "Until"), kind="day", sort="due_on", value="due_on"),
            Column("urgency", _("How soon"), value=lambda row: STATES.get(row.urgency)),
            Column("since", _("Waits since"), kind="day", sort="waiting__since", value="waiting.since"),
        ),
        filters=(
            Filter("list", pgettext_lazy("of what waits", "List"), tuple(queries.waiting_names()), lookup="code"),
            Filter("soon", _("How soon"), URGENCIES, lookup="urgency"),
        ),
        search=("words",),
        empty=Empty(
            _("Nothing waits for you"),
            _("Texts to approve and sign, deliveries to decide on, and days that come near stand here."),
        ),
    )


def _url(row: WaitingRow) -> str:
    return row.waiting.url
