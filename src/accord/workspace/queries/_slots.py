"""What stands in the way of a booking, as far as the asker may know, and where there is room instead."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.text import Bilingual
from accord.workspace.enums import HOLDING, BookingMode, OccurrenceKind, SpaceKind
from accord.workspace.models import BookingPolicy, Floor, Occurrence, Site, Space
from accord.workspace.queries._knowing import Knows
from accord.workspace.queries._policy import (
    FAR,
    Obstacle,
    Span,
    blocked_by,
    obstacle_of,
    outside_operation,
    span_of,
    starts_on,
)
from accord.workspace.queries._series import dates_of

SEARCHED_DAYS = {BookingMode.TIME: 14, BookingMode.HALF_DAY: 60, BookingMode.DAY: 60}
"""How far the next free starts are looked for."""

IN_THE_WAY = """
    SELECT wanted.number, taken.kind, upper(taken.during), booking.title, booking.is_private, booking.team_id,
           booking.owner_id, booking.made_by_id, closure.reason, taken.id
      FROM unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) WITH ORDINALITY AS wanted(begins, ends, number)
      JOIN workspace_occurrence taken ON taken.space_id = %(space)s AND taken.state IN ('confirmed', 'attended')
       AND taken.blocked && tstzrange(wanted.begins, wanted.ends) AND taken.id <> ALL(%(but)s)
      LEFT JOIN workspace_booking booking ON booking.id = taken.booking_id
      LEFT JOIN workspace_closure closure ON closure.id = taken.closure_id
     ORDER BY wanted.number, lower(taken.during), taken.id
"""

TAKEN = """
    SELECT taken.space_id, lower(taken.blocked), upper(taken.blocked)
      FROM unnest(%(spaces)s::bigint[]) AS space(id) JOIN workspace_occurrence taken ON taken.space_id = space.id
       AND taken.state IN ('confirmed', 'attended') AND taken.blocked && tstzrange(%(begins)s, %(ends)s)
"""
"""Each space is looked up in the index of the constraint; one scan over time alone would read far more of it."""


@dataclass(frozen=True, slots=True)
class PreviewDate:
    """One date of what somebody is about to book, and what is against it, if anything."""

    number: int
    starts_at: datetime
    ends_at: datetime
    obstacle: Obstacle | None = None

    @property
    def is_free(self) -> bool:
        """Say whether the date can be had."""
        return self.obstacle is None


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """A space that can be had for the while that was asked for."""

    space: Space
    span: Span


def zone_of(site: Site) -> ZoneInfo:
    """Return the zone in which the site's clocks run."""
    return ZoneInfo(site.time_zone)


def zone_of_space(space: Space) -> ZoneInfo:
    """Return the zone of a space whose floor, building and site are loaded."""
    return zone_of(space.floor.building.site)


def in_the_way(space: Space, spans: Sequence[Span], knows: Knows, *, but: Collection[int] = ()) -> dict[int, Obstacle]:
    """Return by the number of the while, from 0, what takes it already; one query. `but` are dates not to heed."""
    if not spans:
        return {}
    blocked = [blocked_by(space.policy, one) for one in spans]
    given: dict[str, Any] = {
        "space": space.pk,
        "starts": [one.starts_at for one in blocked],
        "ends": [one.ends_at for one in blocked],
        "but": list(but),
    }
    zone = zone_of_space(space)
    found: dict[int, Obstacle] = {}
    with connection.cursor() as cursor:
        cursor.execute(IN_THE_WAY, given)
        for number, kind, until, title, private, holder, owner, maker, reason, _pk in cursor.fetchall():
            is_known = knows.title_of(owner=owner, maker=maker, team=holder, is_private=bool(private))
            found.setdefault(number - 1, _words(kind, (is_known and title) or "", reason, until, zone))
    return found


def free_spaces(
    site: Site,
    starts_at: datetime,
    minutes: int,
    kind: str = SpaceKind.ROOM,
    seats: int = 0,
    features: Collection[str] = (),
    *,
    at: datetime | None = None,
    policies: Sequence[BookingPolicy] | None = None,
) -> list[FreeSpace]:
    """Return the spaces of a site that can be had then, the smallest that is large enough first; four queries.

    With `policies`, those alone that are booked by one of them; one query less.
    """
    zone = zone_of(site)
    open_then = {
        policy.pk: (policy, span)
        for policy in (BookingPolicy.objects.filter(site=site) if policies is None else policies)
        for span in [span_of(policy, zone, starts_at, minutes)]
        if obstacle_of(policy, zone, span, at=at) is None
    }
    if not open_then:
        return []
    spaces = list(
        Space.objects.filter(policy__in=open_then, kind=kind, capacity__gte=seats, features__contains=list(features))
        .prefetch_related(floors_once())
        .defer("outline", "added_at")
        .order_by("capacity", "floor__building__position", "floor__level", "position", "code", "pk")
    )
    blocked = {pk: blocked_by(policy, span) for pk, (policy, span) in open_then.items()}
    taken = _taken_between(spaces, list(blocked.values()))
    first = starts_at.astimezone(zone).date()
    found = []
    for space in spaces:
        policy, span = open_then[space.policy_id or 0]
        if any(blocked[policy.pk].overlaps(other) for other in taken.get(space.pk, ())):
            continue
        is_near = space.starts_on >= first or space.ends_on is not None
        if not (is_near and outside_operation(space, zone, span)):
            found.append(FreeSpace(space, span))
    return found


def floors_once() -> "Prefetch[Any]":
    """Return how spaces get their floors, building and site: each floor is read once, not once for each space."""
    return Prefetch("floor", Floor.objects.select_related("building__site"))


def next_free(
    space: Space, starts_at: datetime, minutes: int, count: int = 5, *, at: datetime | None = None
) -> list[datetime]:
    """Return the next moments, from `starts_at` on, at which a booking of this length can begin; one query."""
    policy = space.policy
    if policy is None:
        return []
    zone = zone_of_space(space)
    first = starts_at.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range(SEARCHED_DAYS[BookingMode(policy.mode)])]
    taken = _held(space, starts_at, days[-1])
    found: list[datetime] = []
    for start in (one for day in days for one in starts_on(policy, zone, day) if one >= starts_at):
        span = span_of(policy, zone, start, minutes)
        if _fits(space, policy, zone, span, taken, at):
            found.append(start)
            if len(found) == count:
                break
    return found


def preview(
    space: Space,
    starts_at: datetime,
    minutes: int,
    rule: str = "",
    *,
    viewer: Actor | None = None,
    at: datetime | None = None,
    knows: Knows | None = None,
) -> list[PreviewDate]:
    """Return every date that would be booked with what is against it; at most two queries.

    Raises `RuleUnclear` and `SeriesTooLong`.
    """
    zone = zone_of_space(space)
    spans = [span_of(space.policy, zone, one, minutes) for one in dates_of(rule, starts_at, zone)]
    knows = knows or Knows.of(viewer, space.floor.building.site, (at or starts_at).astimezone(zone).date())
    against = against_rules(space, zone, spans, at=at)
    taken = in_the_way(space, spans, knows)
    return [
        PreviewDate(number, span.starts_at, span.ends_at, against.get(number) or taken.get(number))
        for number, span in enumerate(spans)
    ]


def against_rules(space: Space, zone: ZoneInfo, spans: Iterable[Span], *, at: datetime | None) -> dict[int, Obstacle]:
    """Return by number what the rules have against each while; no query.

    Notice and how far ahead one may book are asked of the first date alone: a series may run longer.
    """
    found = {}
    for number, span in enumerate(spans):
        obstacle = outside_operation(space, zone, span) or obstacle_of(
            space.policy, zone, span, at=at if number == 0 else None
        )
        if obstacle is not None:
            found[number] = obstacle
    return found


def _fits(
    space: Space, policy: BookingPolicy, zone: ZoneInfo, span: Span, taken: Sequence[Span], at: datetime | None
) -> bool:
    """Say whether nothing is against a while."""
    blocked = blocked_by(policy, span)
    return (
        not any(blocked.overlaps(other) for other in taken)
        and outside_operation(space, zone, span) is None
        and obstacle_of(policy, zone, span, at=at) is None
    )


def _held(space: Space, starts_at: datetime, last: date) -> list[Span]:
    """Return when a space is taken from a moment until some days later."""
    until = datetime.combine(last + timedelta(days=3), datetime.min.time(), starts_at.tzinfo)
    rows = Occurrence.objects.filter(
        space=space, state__in=HOLDING, blocked__overlap=(starts_at - timedelta(days=1), until)
    )
    return [Span.of(one) for one in rows.values_list("blocked", flat=True)]


def _taken_between(spaces: Iterable[Space], spans: Sequence[Span]) -> dict[int, list[Span]]:
    """Return by space what takes it during the longest of some whiles."""
    around = (min(one.starts_at for one in spans), max(one.ends_at for one in spans))
    found: dict[int, list[Span]] = {}
    with connection.cursor() as cursor:
        cursor.execute(TAKEN, {"spaces": [one.pk for one in spaces], "begins": around[0], "ends": around[1]})
        for space, begins, ends in cursor.fetchall():
            found.setdefault(space, []).append(Span(begins, ends or FAR))
    return found


def _words(kind: str, title: str, reason: object, until: datetime | None, zone: ZoneInfo) -> Obstacle:
    """Return what takes a space; the title is empty for who may not know it."""
    clock = f"{until.astimezone(zone):%Y-%m-%d %H:%M}" if until else ""
    if kind == OccurrenceKind.CLOSURE:
        return Obstacle("closed", _("Closed until %(until)s: %(reason)s") % {"reason": _reason(reason), "until": clock})
    if kind == OccurrenceKind.TENANCY:
        return Obstacle("let", _("Let to a team at that time."))
    if title:
        return Obstacle("taken", _("Taken until %(until)s by “%(title)s”.") % {"title": title, "until": clock})
    return Obstacle("taken", _("Taken until %(until)s.") % {"until": clock})


def _reason(stored: object) -> str:
    """Return why something is closed, in the reader's language; the driver hands JSON over as it stands."""
    if isinstance(stored, str):
        stored = json.loads(stored)
    text = Bilingual.of(stored)  # type: ignore[arg-type]  # a mapping or nothing
    return text.side(text.language_for(get_language()))
