"""How full a site is and how its rooms are used: let area by floor, bookings by floor and week, by weekday and hour.

Lettable are offices, laboratories and desks that are not booked by the hour. Every figure is one aggregate in the
database, whatever the number of bookings.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from accord.kernel.text import Bilingual
from accord.workspace.models import Site

LETTABLE = "space.kind IN ('office', 'lab', 'desk') AND space.policy_id IS NULL AND space.area_m2 IS NOT NULL"
PLACES = """
workspace_space space JOIN workspace_floor floor ON floor.id = space.floor_id
JOIN workspace_building building ON building.id = floor.building_id
"""

OCCUPIED = f"""
SELECT floor.id, d.day, sum(space.area_m2),
       coalesce(sum(space.area_m2) FILTER (WHERE EXISTS (
           SELECT 1 FROM workspace_tenancyspace let JOIN workspace_tenancy tenancy ON tenancy.id = let.tenancy_id
           WHERE let.space_id = space.id AND let.is_held AND tenancy.state IN ('signed', 'ended')
             AND let.starts_on <= d.day AND (let.ends_on IS NULL OR let.ends_on > d.day))), 0)
FROM unnest(%(days)s::date[]) AS d(day), {PLACES}
WHERE building.site_id = %(site)s AND {LETTABLE}
  AND space.starts_on <= d.day AND (space.ends_on IS NULL OR space.ends_on > d.day)
GROUP BY floor.id, d.day"""  # noqa: S608 (nothing but what stands in this file)

BOOKED = f"""
SELECT floor.id, date_trunc('week', lower(taken.during) AT TIME ZONE %(zone)s)::date AS week,
       count(*) FILTER (WHERE taken.state <> 'no_show'),
       coalesce(sum(extract(epoch FROM upper(taken.during) - lower(taken.during)) / 60)
                FILTER (WHERE taken.state <> 'no_show'), 0)::bigint,
       count(*) FILTER (WHERE taken.state = 'no_show'),
       count(*) FILTER (WHERE policy.check_in_minutes IS NOT NULL)
FROM workspace_occurrence taken JOIN {PLACES} ON taken.space_id = space.id
JOIN workspace_bookingpolicy policy ON policy.id = space.policy_id
WHERE building.site_id = %(site)s AND taken.kind = 'booking' AND taken.state IN ('confirmed', 'attended', 'no_show')
  AND taken.during && tstzrange(%(since)s, %(until)s) AND lower(taken.during) >= %(since)s
GROUP BY floor.id, week"""  # noqa: S608 (nothing but what stands in this file)

OPENED = f"""
SELECT days.floor_id, coalesce(sum(days.number * (
           SELECT sum(extract(epoch FROM (span ->> 1)::time - (span ->> 0)::time) / 60)
           FROM jsonb_array_elements(policy.opening -> days.weekday) AS span)), 0)::bigint
FROM (
    SELECT floor.id AS floor_id, space.policy_id, extract(isodow FROM day)::int::text AS weekday, count(*) AS number
    FROM {PLACES}, generate_series(%(first)s::date, %(last)s::date - 1, interval '1 day') AS day
    WHERE building.site_id = %(site)s AND space.policy_id IS NOT NULL
      AND space.starts_on <= day AND (space.ends_on IS NULL OR space.ends_on > day)
    GROUP BY 1, 2, 3
) AS days JOIN workspace_bookingpolicy policy ON policy.id = days.policy_id
WHERE policy.opening ? days.weekday
GROUP BY days.floor_id"""  # noqa: S608 (nothing but what stands in this file)

HOURLY = f"""
SELECT extract(isodow FROM hour)::int, extract(hour FROM hour)::int, count(*)
FROM workspace_occurrence taken JOIN {PLACES} ON taken.space_id = space.id,
generate_series(date_trunc('hour', lower(taken.during) AT TIME ZONE %(zone)s),
                upper(taken.during) AT TIME ZONE %(zone)s - interval '1 microsecond', interval '1 hour') AS hour
WHERE building.site_id = %(site)s AND taken.kind = 'booking' AND taken.state IN ('confirmed', 'attended')
  AND taken.during && tstzrange(%(since)s, %(until)s) AND lower(taken.during) >= %(since)s
GROUP BY 1, 2"""  # noqa: S608 (nothing but what stands in this file)


@dataclass(frozen=True, slots=True)
class Place:
    """A floor of a site, as heads of rows name it."""

    floor: int
    building: Bilingual
    level: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Full:
    """Lettable area on a day, and how much of it is let."""

    lettable: Decimal = Decimal(0)
    let: Decimal = Decimal(0)

    @property
    def percent(self) -> float | None:
        """Return the share that is let; None where nothing could be."""
        return float(100 * self.let / self.lettable) if self.lettable else None

    def __add__(self, other: "Full") -> "Full":
        """Return both together."""
        return Full(self.lettable + other.lettable, self.let + other.let)


@dataclass(frozen=True, slots=True)
class Used:
    """Bookings of some days: how many, how many minutes, how many nobody came to, of how many that ask to check in."""

    bookings: int = 0
    minutes: int = 0
    no_shows: int = 0
    checked: int = 0

    def __add__(self, other: "Used") -> "Used":
        """Return both together."""
        return Used(
            self.bookings + other.bookings,
            self.minutes + other.minutes,
            self.no_shows + other.no_shows,
            self.checked + other.checked,
        )


@dataclass(frozen=True, slots=True)
class Weeks:
    """Whole weeks in a site's zone: the Mondays, and the moments between which they lie."""

    mondays: tuple[date, ...]
    since: datetime
    until: datetime

    @property
    def last_on(self) -> date:
        """Return the first day after the weeks."""
        return self.mondays[-1] + timedelta(days=7)


def weeks_before(site: Site, on: date, number: int) -> Weeks:
    """Return the last whole weeks before the week of a day, in the site's zone."""
    this = on - timedelta(days=on.weekday())
    mondays = tuple(this - timedelta(weeks=back) for back in range(number, 0, -1))
    zone = ZoneInfo(site.time_zone)
    since, until = (datetime.combine(day, time(), tzinfo=zone) for day in (mondays[0], this))
    return Weeks(mondays, since, until)


def places_of_site(site: Site) -> list[Place]:
    """Return the floors of a site by building and level; one query."""
    rows = _rows(
        "SELECT floor.id, building.name, floor.level, floor.name FROM workspace_floor floor"
        " JOIN workspace_building building ON building.id = floor.building_id WHERE building.site_id = %(site)s"
        " ORDER BY building.position, building.key, floor.level",
        {"site": site.pk},
    )
    return [Place(floor, _words(building), level, _words(name)) for floor, building, level, name in rows]


def occupancy(site: Site, days: Sequence[date]) -> Mapping[tuple[int, date], Full]:
    """Return lettable and let area of each floor on each day; one query."""
    rows = _rows(OCCUPIED, {"site": site.pk, "days": list(days)})
    return {(floor, day): Full(lettable, let) for floor, day, lettable, let in rows}


def booked(site: Site, weeks: Weeks) -> Mapping[tuple[int, date], Used]:
    """Return the bookings of each floor in each week, by the week in which they begin; one query."""
    rows = _rows(BOOKED, _asked(site, weeks))
    return {(floor, week): Used(*(int(one) for one in rest)) for floor, week, *rest in rows}


def opened(site: Site, weeks: Weeks) -> Mapping[int, int]:
    """Return for how many minutes the rooms of each floor could be booked in the weeks, by opening hours; one query."""
    asked = {"site": site.pk, "first": weeks.mondays[0], "last": weeks.last_on}
    return {floor: int(minutes) for floor, minutes in _rows(OPENED, asked)}


def hourly(site: Site, weeks: Weeks) -> Mapping[tuple[int, int], int]:
    """Return how many bookings touched each hour of each weekday (1 is Monday), in the site's zone; one query."""
    return {(weekday, hour): number for weekday, hour, number in _rows(HOURLY, _asked(site, weeks))}


def _asked(site: Site, weeks: Weeks) -> dict[str, Any]:
    return {"site": site.pk, "zone": site.time_zone, "since": weeks.since, "until": weeks.until}


def _rows(sql: str, asked: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        yield from cursor.fetchall()


def _words(found: Any) -> Bilingual:
    """Return a bilingual text that came straight from the database."""
    return Bilingual.of(json.loads(found) if isinstance(found, str) else found)
