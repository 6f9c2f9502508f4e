"""Writes the dates of a booking in one statement, and says which of them the database took.

What stands in the way is found by the constraint itself, so nobody can come between a look and a write. Raising would
cost several times as much where many want the same, and would lose the other dates of a series.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from accord.workspace.enums import HOLDING, OccurrenceState
from accord.workspace.models import Booking, Space
from accord.workspace.queries import Span, blocked_by

INSERT = """
    INSERT INTO workspace_occurrence (space_id, kind, state, during, blocked, minutes, booking_id, team_id, sequence,
                                      note, is_simulated, made_at, made_by_id)
    SELECT %(space)s, 'booking', %(state)s, tstzrange(wanted.begins, wanted.ends),
           tstzrange(wanted.blocked_from, wanted.blocked_until), wanted.minutes, %(booking)s, %(team)s,
           wanted.sequence, '', %(simulated)s, %(at)s, %(by)s
      FROM unnest(%(begins)s::timestamptz[], %(ends)s::timestamptz[], %(blocked_from)s::timestamptz[],
                  %(blocked_until)s::timestamptz[], %(minutes)s::int[], %(sequences)s::int[])
           AS wanted(begins, ends, blocked_from, blocked_until, minutes, sequence)
     WHERE {condition}
     ORDER BY wanted.begins
    ON CONFLICT DO NOTHING
    RETURNING sequence
"""
ANYHOW = INSERT.format(condition="true")
WHERE_FREE = INSERT.format(
    condition="""NOT EXISTS (
        SELECT FROM workspace_occurrence taken
         WHERE taken.space_id = %(space)s AND taken.state IN ('confirmed', 'attended')
           AND taken.blocked && tstzrange(wanted.blocked_from, wanted.blocked_until))"""
)
"""A look first spares who comes late the locks of a write; whoever slips between is refused by the constraint."""

OPEN_QUOTA = """
    INSERT INTO workspace_quotause (team_id, policy_id, month_on, minutes, allowed)
    SELECT %(team)s, %(policy)s, month, 0, %(allowed)s FROM unnest(%(months)s::date[]) AS month ORDER BY month
    ON CONFLICT (team_id, policy_id, month_on) DO NOTHING
"""
LEFT = """
    SELECT month_on, greatest(minutes, %(allowed)s) - minutes FROM workspace_quotause
     WHERE team_id = %(team)s AND policy_id = %(policy)s AND month_on = ANY(%(months)s) ORDER BY month_on FOR UPDATE
"""


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a series by its number."""

    sequence: int
    span: Span


def insert_dates(
    booking: Booking, space: Space, dates: Sequence[Dated], state: OccurrenceState, *, at: datetime, by: int
) -> frozenset[int]:
    """Write dates of a booking in one state; return the numbers of those that there was room for."""
    if not dates:
        return frozenset()
    blocked = [blocked_by(space.policy, one.span) for one in dates]
    given: dict[str, Any] = {
        "space": space.pk,
        "state": state,
        "booking": booking.pk,
        "team": booking.team_id,
        "simulated": booking.is_simulated,
        "at": at,
        "by": by,
        "begins": [one.span.starts_at for one in dates],
        "ends": [one.span.ends_at for one in dates],
        "blocked_from": [one.starts_at for one in blocked],
        "blocked_until": [one.ends_at for one in blocked],
        "minutes": [one.span.minutes for one in dates],
        "sequences": [one.sequence for one in dates],
    }
    sql = ANYHOW if state == OccurrenceState.WAITING else WHERE_FREE
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return frozenset(number for (number,) in cursor.fetchall())


def draws_on_quota(space: Space, team: int | None, state: OccurrenceState) -> bool:
    """Say whether dates of this booking use up hours of a month."""
    return team is not None and state in HOLDING and space.policy is not None and space.policy.quota_minutes is not None


def within_quota(space: Space, team: int, dates: Sequence[Dated], zone: ZoneInfo) -> frozenset[int]:
    """Return the numbers of the dates, in their order, for which the team has hours left; holds the months' rows."""
    policy = space.policy
    if policy is None or policy.quota_minutes is None:
        return frozenset(one.sequence for one in dates)
    left = _left(team, policy.pk, policy.quota_minutes, {month_of(one.span, zone) for one in dates})
    fits = set()
    for one in dates:
        month = month_of(one.span, zone)
        if one.span.minutes <= left[month]:
            left[month] -= one.span.minutes
            fits.add(one.sequence)
    return frozenset(fits)


def month_of(span: Span, zone: ZoneInfo) -> date:
    """Return the first day of the month, in the site's zone, on whose quota a date draws."""
    return span.starts_at.astimezone(zone).date().replace(day=1)


def _left(team: int, policy: int, allowed: int, months: Iterable[date]) -> dict[date, int]:
    given: dict[str, Any] = {"team": team, "policy": policy, "allowed": allowed, "months": sorted(months)}
    with connection.cursor() as cursor:
        cursor.execute(OPEN_QUOTA, given)
        cursor.execute(LEFT, given)
        return dict(cursor.fetchall())
