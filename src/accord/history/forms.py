"""How lists of the history context are asked for, by page and by program."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.history.queries import Change, Line
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

SEALS = Table(
    name="seals",
    columns=(
        Column("number", _("Seal"), kind="number", sort="number"),
        Column("sealed_at", _("Sealed"), kind="moment", sort="sealed_at"),
        Column("events", _("Events"), kind="number", sort="events"),
        Column("digest", _("SHA-256")),
    ),
    filters=(
        Filter("since", _("Since"), kind="day", lookup="sealed_at__date__gte"),
        Filter("until", _("Until"), kind="day", lookup="sealed_at__date__lte"),
    ),
    search=("digest",),
    default_sort="-number",
    empty=Empty(_("Nothing is sealed yet"), _("The worker seals every minute what was written since.")),
)


def changes(record: str = "", made: Sequence[Change] = ()) -> Table:
    """Return the list of what happened to a record; its filter offers the parts that the record has."""
    parts = tuple(sorted({(one.part, one.table) for one in made}, key=lambda pair: pair[1]))
    return Table(
        name="history",
        columns=(
            Column(
                "at",
                _("When"),
                kind="moment",
                sort="change.at",
                value="change.at",
                url=lambda line: reverse("history:change", args=[record, line.change.part, line.change.event]),
            ),
            Column("who", _("Who"), sort="change.who", value=_who),
            Column("thing", _("What"), sort="change.table", value=lambda line: named(line.change)),
            Column("field", pgettext_lazy("of a record", "Change"), sort="field"),
            Column("old", _("Before")),
            Column("new", _("After")),
            Column("request", _("Request"), value="change.request", hidden=True),
        ),
        filters=(
            Filter("part", _("Part"), choices=parts, lookup="change.part"),
            Filter("since", _("Since"), kind="day", lookup="change.day__gte"),
            Filter("until", _("Until"), kind="day", lookup="change.day__lte"),
        ),
        search=("change.who", "change.thing", "field", "old", "new", "change.request"),
        default_sort="-at",
        empty=Empty(_("Nothing has happened yet"), _("Changes stand here from the moment the record is written.")),
    )


def _who(line: Line) -> str:
    change = line.change
    if not change.for_whom:
        return change.who
    return _("%(who)s, for %(whom)s") % {"who": change.who, "whom": change.for_whom}


def named(change: Change) -> str:
    """Return what an event was about: the table's words and the row's own name."""
    return _("%(table)s “%(name)s”") % {"table": change.table, "name": change.thing}
