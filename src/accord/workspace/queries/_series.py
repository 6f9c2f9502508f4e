"""The dates of a series: a rule of RFC 5545, read in the wall time of the site.

A weekly 09:00 stays 09:00 when clocks change. A time that does not exist on a date is as much later as clocks go
forward; one that exists twice is the first of the two (RFC 5545, 3.3.5), so every date of a rule is there once.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused

MOST_DATES = 366
LONGEST = relativedelta(years=2)
PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
RHYTHMS = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
MOST_LETTERS = 300


class RuleUnclear(Refused):
    """A rule of repetition that cannot be read, or that asks for what is not done here."""

    code = "rule-unclear"


class SeriesTooLong(Refused):
    """More dates, or further ahead, than a series may have."""

    code = "series-too-long"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of repetition, read: its parts but the end, and its end as a number of dates or a last moment."""

    parts: tuple[tuple[str, str], ...]
    count: int | None = None
    until: datetime | None = None

    def __str__(self) -> str:
        """Return the rule as RFC 5545 writes it, its last moment in UTC."""
        ends = [("COUNT", str(self.count))] if self.count else []
        if self.until:
            ends = [("UNTIL", f"{self.until.astimezone(UTC):%Y%m%dT%H%M%SZ}")]
        return ";".join(f"{name}={value}" for name, value in (*self.parts, *ends))


def read_rule(text: str, zone: ZoneInfo) -> Rule:
    """Return a rule that is written as in RFC 5545. Raises `RuleUnclear`, and `SeriesTooLong` for one without end."""
    if len(text) > MOST_LETTERS:
        raise RuleUnclear(_("The rule of repetition is too long. Use fewer parts."), field="rule")
    parts = dict(_part(one) for one in text.strip().upper().removeprefix("RRULE:").split(";") if one)
    if not PARTS.issuperset(parts):
        other = ", ".join(sorted(parts.keys() - PARTS))
        raise RuleUnclear(_("A series cannot repeat by %(parts)s. Leave that out.") % {"parts": other}, field="rule")
    if parts.get("FREQ") not in RHYTHMS:
        raise RuleUnclear(_("Say whether the series repeats daily, weekly, monthly or yearly."), field="rule")
    if not 1 <= _number(parts.get("INTERVAL", "1")) <= MOST_DATES:
        raise RuleUnclear(_("The interval must be a number from 1 to 366."), field="rule")
    return _with_end(parts, zone)


def dates_of(rule: str, starts_at: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the first moments of a series, in UTC; for an empty rule the one start.

    Begins with the first date of the rule at or after `starts_at`. Raises `RuleUnclear` and `SeriesTooLong`.
    """
    if not rule:
        return [starts_at.astimezone(UTC)]
    read = read_rule(rule, zone)
    wall = starts_at.astimezone(zone).replace(tzinfo=None)
    latest = wall + LONGEST
    every = rrulestr(_without_end(read, latest), dtstart=wall)
    found: list[datetime] = []
    for number, one in enumerate(_every(every), 1):
        moment = one.replace(tzinfo=zone).astimezone(UTC)
        if read.until is not None and moment > read.until:
            break
        found.append(moment)
        if len(found) > MOST_DATES:
            raise too_long()
        if number == read.count:
            break
    _refuse_odd(found, read, latest, zone)
    return found


def too_long() -> SeriesTooLong:
    """Return the refusal of a series that is too long."""
    return SeriesTooLong(
        _("A series has at most %(dates)s dates within two years. End it earlier.") % {"dates": MOST_DATES},
        field="rule",
    )


def _refuse_odd(found: list[datetime], rule: Rule, latest: datetime, zone: ZoneInfo) -> None:
    """Refuse a series without dates, and one that would go on for longer than two years."""
    if (rule.count and len(found) < rule.count) or (
        rule.until and rule.until.astimezone(zone).replace(tzinfo=None) > latest
    ):
        raise too_long()
    if not found:
        raise RuleUnclear(_("The rule gives no date. Choose a later end, or other days."), field="rule")


def _every(rule: object) -> "list[datetime]":
    """Return what dateutil expands; it refuses some rules only now."""
    try:
        return list(rule[: MOST_DATES + 1])  # type: ignore[index]  # rrule can be sliced, its stubs say otherwise
    except (ValueError, OverflowError, TypeError) as error:
        raise _unreadable() from error


def _without_end(rule: Rule, latest: datetime) -> str:
    """Return the rule for dateutil: it ends when two years are over, and our own end is watched beside it."""
    return ";".join(f"{name}={value}" for name, value in (*rule.parts, ("UNTIL", f"{latest:%Y%m%dT%H%M%S}")))


def _with_end(parts: dict[str, str], zone: ZoneInfo) -> Rule:
    """Return the rule with its end read. Raises `SeriesTooLong` where it has none or too many dates."""
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    kept = tuple(parts.items())
    if until and not count:
        return _checked(Rule(kept, until=_moment(until, zone)))
    if count and not until:
        if _number(count) > MOST_DATES:
            raise too_long()
        return _checked(Rule(kept, count=max(_number(count), 1)))
    if count:
        raise RuleUnclear(_("Say either how many dates or until when, not both."), field="rule")
    raise SeriesTooLong(_("Say how many dates the series has, or until when it goes on."), field="rule")


def _checked(rule: Rule) -> Rule:
    """Return the rule if dateutil can read its parts."""
    try:
        rrulestr(";".join(f"{name}={value}" for name, value in rule.parts), dtstart=datetime(2020, 1, 1))  # noqa: DTZ001 (a wall time)
    except (ValueError, TypeError) as error:
        raise _unreadable() from error
    return rule


def _part(text: str) -> tuple[str, str]:
    name, _equals, value = text.partition("=")
    return name.strip(), value.strip()


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(10**9)) else 0


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """Return the last moment that UNTIL names: of a day, on the wall, or in UTC."""
    try:
        if len(text) == len("20260101"):
            day = datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 (a day has no zone)
            return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC) - timedelta(seconds=1)
        if text.endswith("Z"):
            return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _unreadable() from error


def _unreadable() -> RuleUnclear:
    words: Promise = _("The rule of repetition cannot be read. Write it as in RFC 5545, such as FREQ=WEEKLY;COUNT=10.")
    return RuleUnclear(words, field="rule")
