"""How the list of placements is filtered, searched and sorted; pages and the API take it from here."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import PersonLevel, PlacementState
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

TONES = {
    PlacementState.AGREED: Tone.MUTE,
    PlacementState.RUNNING: Tone.GOOD,
    PlacementState.ENDED: Tone.WARY,
    PlacementState.COMPLETED: Tone.DONE,
    PlacementState.BROKEN_OFF: Tone.MISSED,
    PlacementState.CANCELLED: Tone.MUTE,
}


def placement_chip(state: str) -> State:
    """Return how a placement stands, as a chip."""
    return State(TONES[PlacementState(state)], PlacementState(state).label)


def _url(row: Any) -> str:
    return reverse("programmes:placement", args=[row.reference])


def _name(row: Any) -> Any:
    return row.person.name if row.may_read else ""


PLACEMENTS = Table(
    name="placements",
    columns=(
        Column("reference", _("Placement"), sort="reference", url=_url),
        Column("who", _("Person"), value=_name),
        Column("programme", _("Programme"), value=lambda row: row.programme.name, sort="programme__key"),
        Column("host", pgettext_lazy("a side", "Host"), value=lambda row: row.host.name, sort="host__key"),
        Column("home", pgettext_lazy("a side", "Home institution"), value=lambda row: row.home and row.home.name),
        Column("state", _("State"), value=lambda row: placement_chip(row.state), sort="state"),
        Column("starts_on", _("First day"), kind="day", sort="starts_on"),
        Column("ends_on", _("Last day"), kind="day", sort="ends_on"),
        Column("level", pgettext_lazy("of studies", "Level"), value="get_level_display", sort="level", hidden=True),
        Column("arrived_on", pgettext_lazy("a placement", "Arrived"), kind="day", sort="arrived_on", hidden=True),
        Column("left_on", pgettext_lazy("a placement", "Left"), kind="day", sort="left_on", hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple(PlacementState.choices)),
        Filter("level", pgettext_lazy("of studies", "Level"), choices=tuple(PersonLevel.choices)),
        Filter("since", _("Begins on or after"), kind="day", lookup="starts_on__gte"),
        Filter("until", _("Ends on or before"), kind="day", lookup="ends_on__lte"),
    ),
    search=("reference",),
    default_sort="-starts_on",
    empty=Empty(_("No placements"), _("A placement stands here once an accepted offer begins, or it is recorded.")),
)
