"""Where the dates of a booking go when it moves: the rest of a series at its new times, and the one write of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils.translation import gettext_lazy as _

from accord.workspace.enums import HOLDING, OccurrenceState
from accord.workspace.models import Booking, Occurrence, Space
from accord.workspace.queries import Rule, RuleUnclear, Span, blocked_by, dates_of, read_rule, zone_of_space

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


MOVE = """
    UPDATE workspace_occurrence AS held
       SET space_id = %(space)s, during = tstzrange(wanted.begins, wanted.ends),
           blocked = tstzrange(wanted.blocked_from, wanted.blocked_until), minutes = wanted.minutes,
           state = wanted.state, quota_id = NULL
      FROM unnest(%(ids)s::bigint[], %(begins)s::timestamptz[], %(ends)s::timestamptz[],
                  %(blocked_from)s::timestamptz[], %(blocked_until)s::timestamptz[], %(minutes)s::int[],
                  %(states)s::text[])
           AS wanted(id, begins, ends, blocked_from, blocked_until, minutes, state)
     WHERE held.id = wanted.id
"""


@dataclass(frozen=True, slots=True)
class Move:
    """One date and where it is to go."""

    occurrence: Occurrence
    span: Span


@dataclass(frozen=True, slots=True)
class Later:
    """A series from one of its dates on, at its new times: the rule that gives them, and them."""

    rule: str
    starts: tuple[datetime, ...]


def shifted(booking: Booking, sequence: int, starts_at: datetime | None, goal: Space) -> Later:
    """Return the rest of a series moved as much as its first date is. Raises `RuleUnclear` where no rule gives it."""
    zone = zone_of_space(goal)
    old = dates_of(booking.rule, booking.starts_at, zone)[sequence:]
    first = starts_at or old[0]
    shift = _wall(first, zone) - _wall(old[0], zone)
    starts = tuple((_wall(one, zone) + shift).replace(tzinfo=zone).astimezone(first.tzinfo) for one in old)
    if not booking.rule:
        return Later("", starts)
    days = (_wall(first, zone).date() - _wall(old[0], zone).date()).days
    rule = str(_turned(read_rule(booking.rule, zone), days, len(old)))
    if list(starts) != dates_of(rule, starts[0], zone):
        raise RuleUnclear(
            _("A series of this rhythm cannot move to another day. End it before this date, and book another."),
            field="starts_at",
        )
    return Later(rule, starts)


def _turned(rule: Rule, days: int, count: int) -> Rule:
    """Return a rule for the same rhythm some days later, with so many dates."""
    parts = dict(rule.parts)
    if days and parts.get("FREQ") == "WEEKLY" and "BYDAY" in parts:
        names = [WEEK[(WEEK.index(one) + days) % len(WEEK)] for one in parts["BYDAY"].split(",") if one in WEEK]
        parts["BYDAY"] = ",".join(sorted(names, key=WEEK.index))
    return replace(rule, parts=tuple(parts.items()), count=count, until=None)


def move_dates(moves: Sequence[Move], goal: Space, *, approved: bool) -> None:
    """Write the new places of dates that are held. Dates that pass through each other step aside first."""
    pks = [move.occurrence.pk for move in moves]
    if _cross(moves):
        Occurrence.objects.filter(pk__in=pks).update(state=OccurrenceState.WAITING)
    blocked = [blocked_by(goal.policy, move.span) for move in moves]
    given: dict[str, Any] = {
        "space": goal.pk,
        "ids": pks,
        "begins": [move.span.starts_at for move in moves],
        "ends": [move.span.ends_at for move in moves],
        "blocked_from": [one.starts_at for one in blocked],
        "blocked_until": [one.ends_at for one in blocked],
        "minutes": [move.span.minutes for move in moves],
        "states": [_state_after(move.occurrence, goal, approved=approved) for move in moves],
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE, given)


def _state_after(held: Occurrence, goal: Space, *, approved: bool) -> str:
    """Return the state of a date at its new place: it needs approval anew where the space wants it."""
    if held.state == OccurrenceState.ATTENDED:
        return OccurrenceState.ATTENDED.value
    asks = goal.policy is not None and goal.policy.needs_approval and not approved
    return (OccurrenceState.REQUESTED if asks else OccurrenceState.CONFIRMED).value


def _cross(moves: Sequence[Move]) -> bool:
    """Say whether the new place of one date lies where another still is."""
    holding = [move for move in moves if move.occurrence.state in HOLDING]
    margin = timedelta(days=1)
    return any(
        move is not other
        and move.span.starts_at - margin < other.occurrence.blocked.upper
        and other.occurrence.blocked.lower < move.span.ends_at + margin
        for move in moves
        for other in holding
    )


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def wall_minutes(span: Span, zone: ZoneInfo) -> int:
    """Return how long a while is by the clock on the wall."""
    return int((_wall(span.ends_at, zone) - _wall(span.starts_at, zone)).total_seconds() // 60)
