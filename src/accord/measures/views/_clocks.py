"""The two clocks of a page: as of which day, and as known on which day."""

from dataclasses import dataclass
from datetime import date

from accord.kernel import clock
from accord.kernel.access import Request
from accord.measures.queries import Clocks, clocks
from accord.ui.forms import read_day

EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """The clocks that an address asks for, and what of it could not be read."""

    bounds: Clocks
    as_of: date
    known_on: date | None
    today: date
    unread: tuple[str, ...]

    @property
    def is_today(self) -> bool:
        """Say whether the page shows the present state."""
        return self.as_of == self.today and self.known_on is None


def asked_clocks(request: Request) -> Asked:
    """Return the clocks of the address: `as_of` and `known_on`; today where a day is missing or unreadable.

    With `as_of` alone everything known today counts; `known_on` leaves out what was recorded after it.
    """
    today = clock.today(request.world)
    unread = []
    days: dict[str, date | None] = {}
    for name in ("as_of", "known_on"):
        text = request.GET.get(name, "").strip()
        day = read_day(text) if text else None
        if text and (day is None or not day >= EARLIEST):
            unread.append(text)
            day = None
        days[name] = min(day, today) if day else None
    as_of = days["as_of"] or today
    bounds = clocks(as_of, days["known_on"] or max(as_of, today))
    return Asked(bounds, as_of, days["known_on"], today, tuple(unread))
