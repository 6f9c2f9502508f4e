"""Closes a site, a building, a floor or a space for a while, and opens it again."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.workspace.enums import HOLDING, OccurrenceKind, OccurrenceState
from accord.workspace.models import Building, Closure, Floor, Occurrence, Site, Space
from accord.workspace.operations._bookings_refused import BookingsInTheWay, ClosureUnclear
from accord.workspace.operations._bookings_settle import cancel_held, hold_dates, hold_spaces, let_in
from accord.workspace.queries import Span

SPREAD = """
    INSERT INTO workspace_occurrence (space_id, kind, state, during, blocked, closure_id, minutes, sequence, note,
                                      is_simulated, made_at, made_by_id)
    SELECT space.id, 'closure', 'confirmed', piece, piece, %(closure)s, 0, 0, '', %(simulated)s, %(at)s, %(by)s
      FROM unnest(%(spaces)s::bigint[]) AS space(id),
           LATERAL (SELECT tstzmultirange(tstzrange(%(starts)s, %(ends)s))
                           - coalesce(range_agg(taken.blocked), '{}') AS free
                      FROM workspace_occurrence taken
                     WHERE taken.space_id = space.id AND taken.state IN ('confirmed', 'attended')
                       AND taken.kind <> 'booking'
                       AND taken.blocked && tstzrange(%(starts)s, %(ends)s)) AS hours,
           LATERAL unnest(hours.free) AS piece
     ORDER BY space.id, piece
    ON CONFLICT DO NOTHING RETURNING space_id, during
"""
"""What a tenancy or another closure holds already is left out: nobody books it anyway."""


@transaction.atomic
def close_for(
    *,
    site: Site,
    starts_at: datetime,
    ends_at: datetime,
    reason: Bilingual,
    by: Person,
    at: datetime,
    building: Building | None = None,
    floor: Floor | None = None,
    space: Space | None = None,
    cancel_bookings: bool = False,
) -> Closure:
    """Close a site, or the building, floor or space that is named, for a while.

    With `cancel_bookings` what is booked then is cancelled and people are told; without, `BookingsInTheWay` says what
    that would be. Raises `ClosureUnclear` for an end that is not after the start, and for one without a reason.
    """
    _refuse_unclear(starts_at, ends_at, reason)
    spaces = hold_spaces(spaces_within(site, building, floor, space))
    booked = _booked(spaces, Span(starts_at, ends_at))
    if booked and not cancel_bookings:
        raise _in_the_way(booked)
    closure = Closure.objects.create(
        site=site,
        building=building,
        floor=floor,
        space=space,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        made_at=at,
        made_by=by,
    )
    if booked:
        cancel_held(_held_again(booked), by=by, at=at, reason=str(reason.en or reason.zh_hans), lets_in=False)
    _spread(closure, spaces)
    return closure


@transaction.atomic
def lift_closure(*, closure: Closure, by: Person, at: datetime) -> Closure:
    """Open again what was closed, and give it to who waits. Twice changes nothing."""
    held = Closure.objects.select_for_update().get(pk=closure.pk)
    if held.lifted_at is not None:
        return held
    pieces = Occurrence.objects.filter(closure=held, state__in=HOLDING)
    spaces = hold_spaces(pieces.order_by().values_list("space", flat=True))
    held.lifted_at, held.lifted_by = at, by
    held.save(update_fields=["lifted_at", "lifted_by"])
    pieces.update(state=OccurrenceState.CANCELLED, settled_at=at, settled_by=by)
    for other in _others_over(held):
        _spread(other, spaces.keys() & set(spaces_within(other.site, other.building, other.floor, other.space)))
    freed = [Span(held.starts_at, held.ends_at)]
    for space in spaces.values():
        let_in(space, at=at, freed=freed)
    return held


def close_new_space(*, space: Space, at: datetime) -> None:
    """Spread the closures that stand over a space that was added, or came into operation, after they were made."""
    floor = space.floor
    over = Closure.objects.filter(
        Q(space=space)
        | Q(floor=floor, space=None)
        | Q(building=floor.building_id, floor=None, space=None)
        | Q(site=floor.building.site_id, building=None, floor=None, space=None),
        lifted_at=None,
        ends_at__gt=at,
    )
    for closure in over.order_by("pk"):
        _spread(closure, [space.pk])


def spaces_within(site: Site, building: Building | None, floor: Floor | None, space: Space | None) -> list[int]:
    """Return the spaces that a closure of these touches: the one that is named, or every one that can be booked.

    What is let and not booked stays out: a holiday is no reason to refuse a year's tenancy.
    """
    within = Q(floor__building__site=site)
    if space is None:
        within &= Q(policy__isnull=False)
    if building is not None:
        within &= Q(floor__building=building)
    if floor is not None:
        within &= Q(floor=floor)
    if space is not None:
        within &= Q(pk=space.pk)
    return list(Space.objects.filter(within).order_by("pk").values_list("pk", flat=True))


def _refuse_unclear(starts_at: datetime, ends_at: datetime, reason: Bilingual) -> None:
    if ends_at <= starts_at:
        raise ClosureUnclear(_("The end must be after the start."), field="ends_at")
    if not reason:
        raise ClosureUnclear(_("Say why it is closed, in one language or both; people read it."), field="reason")


def _booked(spaces: Collection[int], span: Span) -> list[Occurrence]:
    """Return the bookings that hold some of the spaces in a while."""
    found = Occurrence.objects.filter(
        space__in=list(spaces), kind=OccurrenceKind.BOOKING, state__in=HOLDING, blocked__overlap=span.range
    )
    return list(found.select_related("booking__owner", "booking__team", "space").order_by("during", "pk"))


def _held_again(booked: Collection[Occurrence]) -> list[Occurrence]:
    return hold_dates(Q(pk__in=[one.pk for one in booked], state__in=HOLDING))


def _in_the_way(booked: list[Occurrence]) -> BookingsInTheWay:
    words = ngettext(
        "%(n)s booking stands in the way. Cancel it with the closure, or choose another time.",
        "%(n)s bookings stand in the way. Cancel them with the closure, or choose another time.",
        len(booked),
    )
    return BookingsInTheWay(words % {"n": len(booked)}, field="cancel_bookings", bookings=tuple(booked))


def _spread(closure: Closure, spaces: Collection[int]) -> None:
    """Write for each space what a closure takes of it. A booking that came in meanwhile is in the way."""
    given: dict[str, Any] = {
        "closure": closure.pk,
        "simulated": False,
        "at": closure.made_at,
        "by": closure.made_by_id,
        "spaces": sorted(spaces),
        "starts": closure.starts_at,
        "ends": closure.ends_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, given)
    late = _booked(list(spaces), Span(closure.starts_at, closure.ends_at))
    if late:
        raise _in_the_way(late)


def _others_over(closure: Closure) -> list[Closure]:
    """Return the closures of the site that stand in the same while."""
    others = Closure.objects.filter(
        site=closure.site_id, lifted_at=None, starts_at__lt=closure.ends_at, ends_at__gt=closure.starts_at
    )
    return list(others.select_related("site", "building", "floor", "space").order_by("pk"))
