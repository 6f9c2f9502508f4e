"""What readers choose about the page itself: theme, time zone, and whether a single key does anything.

Kept in cookies, so that the server draws the page right at once.
"""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

THEME_COOKIE = "accord_theme"
ZONE_COOKIE = "accord_zone"
SLASH_COOKIE = "accord_slash"
COOKIE_SECONDS = 365 * 24 * 3600
THEMES = (("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark")))
COMMON_ZONES = (
    "UTC",
    "Europe/London",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Singapore",
    "America/New_York",
)


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme: auto, light or dark."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in dict(THEMES) else "auto"


def slash_of(request: HttpRequest) -> str:
    """Return whether the key / opens the search: on, unless the reader switched it off."""
    return "off" if request.COOKIES.get(SLASH_COOKIE) == "off" else "on"


def zone_of(request: HttpRequest) -> ZoneInfo | None:
    """Return the chosen time zone, or None when nothing known was chosen."""
    chosen = request.COOKIES.get(ZONE_COOKIE, "")
    return ZoneInfo(chosen) if chosen in _known_zones() else None


def zone_choices() -> list[tuple[str, str]]:
    """Return the zones to choose from: the partnership's usual ones first, then all."""
    others = sorted(zone for zone in _known_zones() if "/" in zone and zone not in COMMON_ZONES)
    return [(zone, zone.replace("_", " ")) for zone in (*COMMON_ZONES, *others)]


@cache
def _known_zones() -> frozenset[str]:
    """Return every zone there is; read from disk once a process, since every page asks."""
    return frozenset(available_timezones())
