"""How the lists of spaces, floors and booking rules are filtered, searched and sorted."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import SpaceKind, SpaceState
from accord.workspace.queries import Building, Floor, floor_words, in_major

TONES = {
    SpaceState.FREE: Tone.GOOD,
    SpaceState.ENDING: Tone.WARY,
    SpaceState.LET: Tone.STANDING,
    SpaceState.BOOKABLE: Tone.DONE,
    SpaceState.COMMON: Tone.MUTE,
    SpaceState.SHUT: Tone.BAD,
    SpaceState.CLOSED: Tone.MISSED,
}
"""The shape and colour of each state, in lists and on plans."""

OPERATION = (("on", _("In operation")), ("off", _("Not in operation")))


def space_chip(state: str) -> State:
    """Return how a space stands, as a chip."""
    return State(TONES[SpaceState(state)], SpaceState(state).label)


def _site(row: Any) -> str:
    return str(row.floor.building.site.key)


def _space(row: Any) -> str:
    return reverse("workspace:space", args=[_site(row), row.pk])


def _team(row: Any) -> str:
    return reverse("workspace:team", args=[_site(row), row.held_key]) if row.held_key else ""


def _price(row: Any) -> Any:
    return None if row.monthly_minor is None else in_major(row.monthly_minor, row.floor.building.site.currency)


PRICE = Column("price", _("Price a month"), kind="number", value=_price, sort="monthly_minor")

SPACES = Table(
    name="spaces",
    columns=(
        Column("code", pgettext_lazy("on a door", "Code"), url=_space, sort="code"),
        Column("name", _("Name"), value=lambda row: row.name or "", hidden=True),
        Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
        Column("floor", _("Floor"), value=lambda row: floor_words(row.floor), sort="floor"),
        Column("area", _("Area, m²"), kind="number", value="area_m2", sort="area_m2"),
        Column("capacity", pgettext_lazy("how many", "People"), kind="number", sort="capacity"),
        Column("state", pgettext_lazy("how a space stands", "Standing"), value=lambda row: space_chip(row.state)),
        Column("held_by", _("Let to"), value=lambda row: row.held_by or "", url=_team),
        Column("held_until", _("Until"), kind="day", sort="held_until"),
        Column("features", _("Features"), value="feature_words", hidden=True),
        Column("starts_on", _("In operation from"), kind="day", sort="starts_on", hidden=True),
        Column("ends_on", _("Out of operation from"), kind="day", sort="ends_on", hidden=True),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple(SpaceKind.choices)),
        Filter("state", pgettext_lazy("how a space stands", "Standing"), choices=tuple(SpaceState.choices)),
        Filter("operation", _("Operation"), choices=OPERATION),
        Filter("building", _("Building"), lookup="floor__building__key"),
        Filter("floor", _("Floor"), lookup="floor_key"),
        Filter("features", _("Features"), lookup="feature_words__icontains"),
    ),
    search=("code", "name__en", "name__zh-hans", "held_by__en", "held_by__zh-hans"),
    default_sort="code",
    empty=Empty(
        _("No spaces yet"),
        _("Offices, laboratories, rooms, desks and equipment stand here. Add them one by one, or bring in a table."),
    ),
)


def spaces_table(buildings: Iterable[Building], floors: Iterable[Floor], *, with_prices: bool) -> Table:
    """Return the list of spaces of a site: its buildings and floors to choose from, prices for whom they concern."""
    houses = tuple((one.key, one.name) for one in buildings)
    levels = tuple((f"{one.building.key}-{one.level}", floor_words(one)) for one in floors)
    chosen = {
        "building": Filter("building", _("Building"), choices=houses, lookup="floor__building__key"),
        "floor": Filter("floor", _("Floor"), choices=levels, lookup="floor_key"),
    }
    columns = (*SPACES.columns, PRICE) if with_prices else SPACES.columns
    return replace(SPACES, columns=columns, filters=tuple(chosen.get(one.key, one) for one in SPACES.filters))


PLACES = Table(
    name="spaces-of-floor",
    columns=tuple(one for one in SPACES.columns if one.key not in {"floor", "name"}),
    filters=(),
    default_sort="code",
    size=200,
    empty=Empty(_("No spaces on this floor"), _("What is added to this floor stands here and on its plan.")),
)
"""The twin of a floor's plan."""


def _floor(row: Any) -> str:
    return reverse("workspace:floor", args=[row.site, row.pk])


FLOORS = Table(
    name="floors",
    columns=(
        Column("building", _("Building"), sort="position"),
        Column("floor", _("Floor"), value="words", url=_floor, sort="level"),
        Column("area", _("Area, m²"), kind="number", value="area_m2", sort="area_m2"),
        Column("operated", _("In operation, m²"), kind="number", sort="operated"),
        Column("let", _("Let, m²"), kind="number", sort="let"),
        Column("share", _("Let, % of operation"), kind="number", sort="share"),
        Column("common", _("For all, m²"), kind="number", sort="common"),
        Column("spaces", _("Spaces"), kind="number", sort="spaces"),
    ),
    default_sort="building",
    empty=Empty(_("No floors yet"), _("Add a building, then its floors; spaces stand on floors.")),
)


def _policy(row: Any) -> str:
    return reverse("workspace:change-policy", args=[row.site.key, row.pk])


POLICIES = Table(
    name="booking-rules",
    columns=(
        Column("name", _("Name"), url=_policy),
        Column("mode", _("Booked"), value="get_mode_display", sort="mode"),
        Column("advance", _("Days ahead"), kind="number", value="advance_days", sort="advance_days"),
        Column("approval", _("Approval"), value=lambda row: _("needed") if row.needs_approval else _("not needed")),
        Column("used", _("Spaces"), kind="number", sort="used"),
    ),
    default_sort="mode",
    empty=Empty(_("No booking rules yet"), _("A space can be booked once it follows rules. Add some first.")),
)
