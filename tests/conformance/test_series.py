"""The dates of a series are those that an independent reader of iCalendar gives: ical.js, of Thunderbird."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event, Timezone, vRecur

from accord.workspace.queries import dates_of, read_rule

HERE = Path(__file__).parent
YEARLY = "RRULE:FREQ=YEARLY;BYMONTH={};BYDAY={}\r\n"
CLOCKS = {
    "Europe/London": (
        ("STANDARD", "19961027T020000", "+0100", "+0000", YEARLY.format(10, "-1SU")),
        ("DAYLIGHT", "19970330T010000", "+0000", "+0100", YEARLY.format(3, "-1SU")),
    ),
    "America/New_York": (
        ("STANDARD", "20071104T020000", "-0400", "-0500", YEARLY.format(11, "1SU")),
        ("DAYLIGHT", "20070311T020000", "-0500", "-0400", YEARLY.format(3, "2SU")),
    ),
    "Asia/Shanghai": (("STANDARD", "19910915T010000", "+0900", "+0800", ""),),
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CASES = 240


def rules(dice: Random, start: datetime) -> Iterator[str]:
    """Yield rules of every rhythm that the product takes, without an end."""
    days = ",".join(sorted(dice.sample(DAYS, dice.randint(1, 4)), key=DAYS.index))
    yield f"FREQ=DAILY;INTERVAL={dice.randint(1, 9)}"
    yield f"FREQ=DAILY;BYDAY={days}"
    yield f"FREQ=WEEKLY;INTERVAL={dice.randint(1, 5)}"
    yield f"FREQ=WEEKLY;INTERVAL={dice.randint(1, 3)};BYDAY={days}"
    yield f"FREQ=WEEKLY;INTERVAL=2;BYDAY={days};WKST=SU"
    yield f"FREQ=MONTHLY;BYMONTHDAY={dice.choice((1, 15, 28, 29, 30, 31, -1))}"
    yield f"FREQ=MONTHLY;BYDAY={dice.choice((1, 2, 3, 4, -1))}{dice.choice(DAYS)}"
    yield f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={dice.choice((1, -1))}"
    yield f"FREQ=YEARLY;BYMONTH={start.month}"


def cases() -> list[tuple[str, datetime, ZoneInfo]]:
    """Return rules with a first date that is one of theirs, and zones; many run over changes of the clock."""
    dice = Random(20260329)
    found: list[tuple[str, datetime, ZoneInfo]] = []
    while len(found) < CASES:
        zone = ZoneInfo(dice.choice(sorted(CLOCKS)))
        day = date(2026, 1, 1) + timedelta(days=dice.randrange(365))
        clock = time(dice.choice((0, 3, 9, 12, 18, 23)), dice.choice((0, 15, 30)))
        start = datetime.combine(day, clock, zone)
        for bare in rules(dice, start):
            ends = (f"COUNT={dice.randint(1, 12)}", f"UNTIL={start + timedelta(days=dice.randrange(90, 500)):%Y%m%d}")
            rule = f"{bare};{ends[0] if bare.startswith('FREQ=YEARLY') else dice.choice(ends)}"
            if bare.startswith("FREQ=YEARLY"):
                rule = f"{bare};COUNT=2"
            first = dates_of(rule, start, zone)[0]
            found.append((str(read_rule(rule, zone)), first, zone))
    return found[:CASES]


def described(zone: ZoneInfo) -> str:
    """Return a zone as calendars describe it, by the rules that its clocks follow today."""
    parts = [
        f"BEGIN:{name}\r\nDTSTART:{since}\r\nTZOFFSETFROM:{before}\r\nTZOFFSETTO:{after}\r\n{rule}END:{name}\r\n"
        for name, since, before, after, rule in CLOCKS[zone.key]
    ]
    return f"BEGIN:VTIMEZONE\r\nTZID:{zone.key}\r\n{''.join(parts)}END:VTIMEZONE\r\n"


def calendar(rule: str, first: datetime, zone: ZoneInfo) -> str:
    """Return a calendar with the series, as programs of others write it."""
    event = Event()
    event.add("uid", "series")
    event.add("dtstamp", first)
    event.add("dtstart", first.astimezone(zone))
    event.add("rrule", vRecur.from_ical(rule))
    whole = Calendar()
    whole.add("prodid", "test")
    whole.add("version", "2.0")
    whole.add_component(Timezone.from_ical(described(zone)))
    whole.add_component(event)
    return whole.to_ical().decode()


@pytest.fixture(scope="module")
def theirs(node_home: Path) -> list[list[int]]:
    """Return what ical.js makes of every case."""
    program = node_home / "series.mjs"
    shutil.copy(HERE / "series.mjs", program)
    texts = json.dumps([calendar(*one) for one in cases()])
    done = subprocess.run(["node", program], input=texts, capture_output=True, text=True, check=True)
    found: list[list[int]] = json.loads(done.stdout)
    return found


def test_an_independent_reader_expands_the_same_dates(theirs: list[list[int]]) -> None:
    ours = [[int(one.timestamp()) for one in dates_of(*one)] for one in cases()]
    wrong = [
        (case, ours[number], theirs[number]) for number, case in enumerate(cases()) if ours[number] != theirs[number]
    ]
    assert wrong == []
    assert sum(len(one) for one in ours) > 10 * CASES
