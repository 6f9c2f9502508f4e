"""Lists of booking: one's own dates, requests and the waiting list, closures."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import OccurrenceState
from accord.workspace.queries import Closure, Occurrence, local_span, zone_of

TONES = {
    OccurrenceState.REQUESTED: "wary",
    OccurrenceState.WAITING: "standing",
    OccurrenceState.CONFIRMED: "good",
    OccurrenceState.ATTENDED: "done",
    OccurrenceState.NO_SHOW: "missed",
    OccurrenceState.CANCELLED: "mute",
    OccurrenceState.DECLINED: "bad",
}


def state_of(date: Occurrence) -> State:
    """Return where a date stands, as a chip."""
    state = OccurrenceState(date.state)
    return State(TONES[state], state.label)


def when_of(date: Occurrence) -> str:
    """Return when a date is, by the clock of its site."""
    site = date.space.floor.building.site
    return local_span(date.during.lower, date.during.upper, zone_of(site))


def _booking_url(date: Occurrence) -> str:
    return reverse("workspace:one-booking", args=[date.space.floor.building.site.key, date.booking_id])


def _place(date: Occurrence) -> str:
    return f"{date.space.code} {date.space.name}".strip() if date.space.name else date.space.code


_WHEN = Column("when", _("When"), sort="during", value=when_of)
_STATE = Column("state", _("State"), kind="state", sort="state", value=state_of)

MY_BOOKINGS = Table(
    name="bookings",
    columns=(
        _WHEN,
        Column("title", _("What for"), value="booking.title", url=_booking_url),
        Column("space", _("Space"), sort="space__code", value=_place),
        Column("team", _("Team"), value="booking.team.name"),
        _STATE,
    ),
    filters=(Filter("state", _("State"), choices=tuple(OccurrenceState.choices)),),
    search=("booking__title", "space__code"),
    default_sort="when",
    empty=Empty(_("Nothing is booked"), _("Dates that you book, or that are booked for you, stand here.")),
)

REQUESTS = Table(
    name="requests",
    columns=(
        Column("asked", _("Asked"), kind="moment", sort="made_at", value="made_at"),
        _WHEN,
        Column("space", _("Space"), sort="space__code", value=_place),
        Column(
            "title",
            _("What for"),
            value="booking.title",
            url=lambda row: reverse("workspace:settle-request", args=[row.space.floor.building.site.key, row.pk]),
        ),
        Column("owner", _("For whom"), value="booking.owner.name"),
        Column("team", _("Team"), value="booking.team.name"),
        _STATE,
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=tuple((one.value, one.label) for one in (OccurrenceState.REQUESTED, OccurrenceState.WAITING)),
        ),
    ),
    search=("booking__title", "space__code"),
    default_sort="asked",
    empty=Empty(_("Nobody asks"), _("Requests stand here, and who waits for a space that is taken.")),
)


def _where(closure: Closure) -> Any:
    """Return what a closure closes."""
    if closure.space is not None:
        return closure.space.code
    if closure.floor is not None:
        return f"{closure.floor.building.name}, {closure.floor.level}"
    return closure.building.name if closure.building is not None else _("The whole site")


def _during(closure: Closure) -> str:
    return local_span(closure.starts_at, closure.ends_at, zone_of(closure.site))


CLOSURES = Table(
    name="closures",
    columns=(
        Column("when", _("When"), sort="starts_at", value=_during),
        Column("where", pgettext_lazy("of a closure", "What is closed"), value=_where),
        Column(
            "reason",
            _("Reason"),
            url=lambda row: reverse("workspace:closure", args=[row.site.key, row.pk]),
        ),
        Column("by", _("Who closed it"), value="made_by.name"),
    ),
    default_sort="-when",
    empty=Empty(
        _("Nothing is closed"), _("Days and hours on which spaces cannot be used stand here, with the reason.")
    ),
)
