"""How the lists of programmes and calls are filtered, searched and sorted; pages and the API take them from here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import CallState, ProgrammeKind
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

TONES = {
    CallState.PREPARED: Tone.MUTE,
    CallState.ANNOUNCED: Tone.STANDING,
    CallState.OPEN: Tone.GOOD,
    CallState.CLOSED: Tone.WARY,
    CallState.FINISHED: Tone.DONE,
    CallState.CANCELLED: Tone.MISSED,
}


def call_chip(state: str) -> State:
    """Return how a call stands, as a chip."""
    return State(TONES[CallState(state)], CallState(state).label)


def _call(row: Any) -> str:
    return reverse("programmes:call", args=[row.programme.key, row.key])


def _programme(row: Any) -> str:
    return reverse("programmes:programme", args=[row.key])


CALLS = Table(
    name="calls",
    columns=(
        Column("name", pgettext_lazy("of a programme", "Call"), sort="key", url=_call),
        Column("programme", _("Programme"), value=lambda row: row.programme.name, sort="programme__key"),
        Column("kind", _("Kind"), value=lambda row: row.programme.get_kind_display(), sort="programme__kind"),
        Column("state", pgettext_lazy("of a call", "State"), value=lambda row: call_chip(row.state), sort="state"),
        Column("opens_at", pgettext_lazy("a call", "Opens"), kind="moment", sort="opens_at", hidden=True),
        Column("closes_at", pgettext_lazy("a call", "Closes"), kind="moment", sort="closes_at"),
        Column("owner", _("Run by"), value=lambda row: row.programme.owner.name, sort="programme__owner__key"),
        Column("key", pgettext_lazy("in addresses", "Short name"), sort="key", hidden=True),
    ),
    filters=(
        Filter("state", pgettext_lazy("of a call", "State"), choices=tuple(CallState.choices)),
        Filter("kind", _("Kind"), choices=tuple(ProgrammeKind.choices), lookup="programme__kind"),
        Filter("closes_after", _("Closes on or after"), kind="day", lookup="closes_at__date__gte"),
    ),
    search=("names", "key"),
    default_sort="-closes_at",
    empty=Empty(_("No calls"), _("Calls stand here once a programme publishes them.")),
)

PROGRAMMES = Table(
    name="programmes",
    columns=(
        Column("name", _("Programme"), sort="key", url=_programme),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("owner", _("Run by"), value=lambda row: row.owner.name, sort="owner__key"),
        Column("agreement", _("Delivers to"), value=lambda row: row.agreement.title if row.agreement else ""),
        Column("all_calls", _("Calls"), kind="number", sort="all_calls"),
        Column("open_calls", _("Open now"), kind="number", sort="open_calls"),
        Column("last_closes_at", _("Last deadline"), kind="day", sort="last_closes_at"),
        Column("key", pgettext_lazy("in addresses", "Short name"), sort="key", hidden=True),
    ),
    filters=(Filter("kind", _("Kind"), choices=tuple(ProgrammeKind.choices)),),
    search=("names", "key"),
    default_sort="name",
    empty=Empty(_("No programmes yet"), _("What an institution offers again and again stands here, with its calls.")),
)
