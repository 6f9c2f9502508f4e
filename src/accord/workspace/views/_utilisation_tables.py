"""The shaded tables of how full a site is and how its rooms are used."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accord.ui import say
from accord.ui.say import Text
from accord.workspace.queries import Full, Place, Used, Weeks, about, level_words, told, told_share
from accord.workspace.views._heat import HeatTable, Line, Shaded, percent, shade

HOURS = range(24)
USUAL_FROM, USUAL_UNTIL = 8, 20
FRIDAY = 5
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Group:
    """One or several floors that make a row."""

    name: Text
    floors: tuple[int, ...]
    is_sum: bool = False


def groups_of(places: Sequence[Place], by: str) -> list[Group]:
    """Return the rows of a table: each building, or each building with its floors below it."""
    found: list[Group] = []
    for building in dict.fromkeys(one.building for one in places):
        floors = [one for one in places if one.building == building]
        found.append(Group(building, tuple(one.floor for one in floors), is_sum=by == "floor"))
        if by == "floor":
            found += [Group(level_words(one.level, one.name), (one.floor,)) for one in floors]
    return found


def occupancy_table(groups: Sequence[Group], days: Sequence[date], full: Mapping[tuple[int, date], Full]) -> HeatTable:
    """Return the share of lettable area that is let, by place and month."""

    def cell(group: Group, day: date) -> Shaded:
        parts = [full.get((floor, day), Full()) for floor in group.floors]
        share = sum(parts, start=Full()).percent
        return Shaded(NOTHING) if share is None else Shaded(percent(share), shade(share, 100))

    return HeatTable(
        key="occupancy",
        caption=_("Share of the lettable area that is let, on the first day of the month"),
        corner=_("Place"),
        columns=(*(_month(day) for day in days[:-1]), _("Today")),
        lines=tuple(_lines(groups, days, cell)),
    )


def _lines(groups: Sequence[Group], columns: Sequence[date], cell: Callable[[Group, date], Shaded]) -> Iterator[Line]:
    for group in groups:
        yield Line(group.name, tuple(cell(group, column) for column in columns), group.is_sum)


def _month(day: date) -> str:
    return f"{say.month(day)} {day:%y}" if not say.is_chinese() else f"{day:%y}年{day.month}月"


def weeks_table(
    groups: Sequence[Group],
    weeks: Weeks,
    used: Mapping[tuple[int, date], Used],
    opened: Mapping[int, int],
    *,
    exactly: bool,
) -> HeatTable:
    """Return how many bookings began in each week, by place, with the share of opening hours that was booked."""
    sums = {
        (group.floors, week): _sum(group.floors, [week], used).bookings for group in groups for week in weeks.mondays
    }
    highest = max((one if exactly else about(one) for one in sums.values()), default=0)

    def cells(group: Group) -> Iterator[Shaded]:
        for week in weeks.mondays:
            number = sums[group.floors, week]
            seen = number if exactly else about(number)
            yield Shaded(told(number, exactly=exactly), shade(seen, highest))
        every = _sum(group.floors, weeks.mondays, used)
        open_minutes = sum(opened.get(floor, 0) for floor in group.floors)
        share = told_share(every.minutes, open_minutes, every.bookings, exactly=exactly)
        yield Shaded(NOTHING if share is None else percent(share))

    return HeatTable(
        key="weeks",
        caption=_("Bookings by the week in which they began; last column: booked time over opening hours"),
        corner=_("Place"),
        columns=(*(say.short_day(week) for week in weeks.mondays), pgettext("share of opening hours", "Used")),
        lines=tuple(Line(group.name, tuple(cells(group)), group.is_sum) for group in groups),
    )


def _sum(floors: Sequence[int], weeks: Sequence[date], used: Mapping[tuple[int, date], Used]) -> Used:
    return sum((used.get((floor, week), Used()) for floor in floors for week in weeks), start=Used())


def total_used(used: Mapping[tuple[int, date], Used]) -> Used:
    """Return all bookings together."""
    return sum(used.values(), start=Used())


def hours_table(hourly: Mapping[tuple[int, int], int], *, exactly: bool) -> HeatTable:
    """Return how many bookings touched each hour of each weekday."""
    seen = {key: number if exactly else about(number) for key, number in hourly.items()}
    busy = {hour for (_day, hour), number in seen.items() if number}
    hours = range(min({USUAL_FROM, *busy}), max({USUAL_UNTIL - 1, *busy}) + 1)
    days = [day for day in range(1, 8) if day <= FRIDAY or any(seen.get((day, hour)) for hour in HOURS)]
    highest = max(seen.values(), default=0)
    lines = [
        Line(
            str(WEEKDAYS_ABBR[day - 1]),
            tuple(
                Shaded(told(hourly.get((day, hour), 0), exactly=exactly), shade(seen.get((day, hour), 0), highest))
                for hour in hours
            ),
        )
        for day in days
    ]
    return HeatTable(
        key="hours",
        caption=_("Bookings that touched the hour, all weeks together"),
        corner=_("Weekday"),
        columns=tuple(f"{hour:02}" for hour in hours),
        lines=tuple(lines),
    )
