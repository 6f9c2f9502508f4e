"""What Accord does with personal data: the register of processing, as a page and as a file."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.privacy import queries
from accord.privacy.views._tabs import tabs_of
from accord.ui.tables import Column, Filter, Table


def _table() -> Table:
    """Return the list's declaration; its filters know the activities and classes that there are."""
    lines = queries.register()
    activities = {line.code: line.activity for line in lines}
    kinds = {line.kind: line.kept_for for line in lines}
    return Table(
        name="register",
        columns=(
            Column("activity", _("What for")),
            Column("kept_for", _("Kept as")),
            Column("subjects", _("Whose data")),
            Column("recipients", _("Who receives it")),
            Column("until", _("How long")),
            Column("basis", _("Legal basis")),
            Column("purpose", _("Purpose"), hidden=True),
            Column("law", _("Why it stays"), hidden=True),
            Column("columns", _("Personal columns"), hidden=True),
            Column("tables", _("Tables"), hidden=True),
            Column("erasure", _("What erasing does"), hidden=True),
            Column("measures", _("How it is protected"), hidden=True),
        ),
        filters=(
            Filter("activity", _("What for"), choices=tuple(activities.items()), lookup="code"),
            Filter("kind", _("Kept as"), choices=tuple(kinds.items())),
        ),
        search=("tables", "columns"),
        size=100,
    )


@require_GET
@signed_in
def register(request: Request) -> HttpResponseBase:
    """List what is done with whose data, why, how long, and who receives it."""
    table = _table()
    page = table.page(request.GET, queries.register())
    if page.format:
        return table.export(page, filename="register-of-processing")
    return render(request, "privacy/register.html", {"table": page, "tabs": tabs_of(request)})
