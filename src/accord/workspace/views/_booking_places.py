"""What every page of booking shares: the site and what the reader may there, the places, the zones."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed
from accord.people.queries import Person, acting_person
from accord.ui.display import zone_of as zone_of_reader
from accord.ui.forms import read_day
from accord.ui.parts import Link, Tabs
from accord.workspace import queries, rules
from accord.workspace.queries import Belonging, Site, Space, zone_of
from accord.workspace.views._tabs import site_tabs

FOR_ALL = (
    ("booking", _("Day")),
    ("find-space", _("Find a space")),
    ("bookings", _("My bookings")),
    ("feed", _("Calendar")),
)
FOR_KEEPERS = (
    ("requests", pgettext_lazy("bookings", "Requests")),
    ("closures", _("Closures")),
    ("walls", _("Wall displays")),
)


@dataclass(frozen=True)
class Place:
    """A site as one reader meets it: its zone, the moment there, and what they may."""

    request: Request
    site: Site
    zone: ZoneInfo
    now: datetime
    belongs: Belonging
    may_book: bool
    may_keep: bool
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """Return the day at the site."""
        return self.now.astimezone(self.zone).date()

    @property
    def by(self) -> Person:
        """Return who acts; one query."""
        return acting_person(self.request.actor)

    def context(self, current: str, **more: Any) -> dict[str, Any]:
        """Return what each page shows: the site, its tabs, the places of booking, and the two zones."""
        return {
            "site": self.site,
            "tabs": site_tabs(self.request, self.site, "booking"),
            "places": _places(self, current),
            "zone_name": self.zone.key.replace("_", " "),
            "reader_zone": other_zone(self.request, self.zone, self.now),
            "may_book": self.may_book,
            "may_keep": self.may_keep,
            "today": self.today,
            **more,
        }

    def day_asked(self, name: str = "day") -> date:
        """Return the day in the address; today where there is none or an odd one."""
        return read_day(self.request.GET.get(name, "")) or self.today


def place_at(request: Request, key: str) -> Place:
    """Return the site as the reader meets it; two queries. Raises `NotThere`."""
    site = queries.find_site(request.actor, key)
    now = clock.now(request.world)
    belongs = queries.belonging_of(request.actor, now.astimezone(zone_of(site)).date())
    return Place(
        request,
        site,
        zone_of(site),
        now,
        belongs,
        rules.may_book(request.actor, site.operator_id, is_resident=site.pk in belongs.sites),
        rules.may_keep_bookings(request.actor, site.operator_id),
    )


def of_booker(request: Request, key: str) -> Place:
    """Return the site to somebody who may book there; others hear why not."""
    place = place_at(request, key)
    if not place.may_book:
        raise NotAllowed(
            _("Who works in a resident team or for the operator books here. Ask the operator to join one.")
        )
    return place


def of_keeper(request: Request, key: str) -> Place:
    """Return the site to somebody who keeps its bookings; others hear who does."""
    place = place_at(request, key)
    if not place.may_keep:
        raise NotAllowed(_("Only work space operators of the house that runs the site do this. Ask one of them."))
    return place


def bookable_space(place: Place, pk: int) -> Space:
    """Return a space of the site that can be booked. Raises `NotThere`, and `NotAllowed` for one without rules."""
    space = queries.find_space(place.request.actor, place.site, pk)
    if space.policy is None:
        raise NotAllowed(_("This space is not booked: it is let to a team, or open to all."))
    return space


@contextmanager
def clock_of(place: Place) -> Iterator[None]:
    """Draw what is inside with the times of the site."""
    with timezone.override(place.zone):
        yield


def other_zone(request: HttpRequest, zone: ZoneInfo, at: datetime) -> ZoneInfo | None:
    """Return the zone that the reader chose, where its clocks show another time than those of the site."""
    chosen = zone_of_reader(request)
    return chosen if chosen and at.astimezone(chosen).utcoffset() != at.astimezone(zone).utcoffset() else None


def _places(place: Place, current: str) -> Tabs:
    """Return the places of booking that the reader may open."""
    known = (*FOR_ALL, *FOR_KEEPERS) if place.may_keep else FOR_ALL
    shown = [one for one in known if place.may_book or one[0] in {"booking", "find-space"}]
    links = tuple(
        Link(label, reverse(f"workspace:{name}", args=[place.site.key]), current=name == current)
        for name, label in shown
    )
    return Tabs(links, _("Places of booking"))
