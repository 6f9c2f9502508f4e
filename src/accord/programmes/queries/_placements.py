"""Placements: how each stands, whose it is, and what it is read by."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accord.kernel.access import Actor
from accord.people.queries import Person, holders_of
from accord.programmes.enums import Counted, PlacementState, Side, Term
from accord.programmes.models import Placement
from accord.programmes.queries._kinds import EvaluationQuestion, KindTraits, kinds
from accord.programmes.rules import SIDE_ROLES, may_see_placement

ARRIVES_EARLY = timedelta(days=14)
"""How long before the agreed first day somebody may arrive."""
ENDS_SOON = timedelta(days=30)
"""How long before the agreed last day an end evaluation may be given."""


def zone_of_placement(placement: Placement) -> ZoneInfo:
    """Return the zone whose days a placement goes by: of its call, or else of whoever runs the programme."""
    name = placement.call.time_zone if placement.call else placement.programme.owner.time_zone
    return ZoneInfo(name or "UTC")


def placement_day(placement: Placement, at: datetime) -> date:
    """Return the day of a moment where the placement is run."""
    return at.astimezone(zone_of_placement(placement)).date()


def traits_of(placement: Placement) -> KindTraits:
    """Return what programmes of its kind have."""
    return kinds()[placement.programme.kind]


def evaluating_sides(placement: Placement) -> tuple[Side, ...]:
    """Return those whose end evaluations complete a placement: the person, and the host or else the home."""
    other = Side.HOST if Side.HOST in traits_of(placement).sides else Side.HOME
    return tuple(one for one in (Side.PERSON, other) if one in placement_sides(placement))


def questions_for(placement: Placement, side: str, term: str) -> tuple[EvaluationQuestion, ...]:
    """Return what an evaluation of a side at a term asks."""
    return tuple(one for one in traits_of(placement).questions if Side(side) in one.sides and Term(term) in one.terms)


def placement_state(placement: Placement) -> PlacementState:
    """Return how a placement stands; it is worked out from its days."""
    if placement.cancelled_at is not None:
        return PlacementState.CANCELLED
    if placement.left_on is not None and placement.end_reason:
        return PlacementState.BROKEN_OFF
    if placement.completed_at is not None:
        return PlacementState.COMPLETED
    if placement.left_on is not None:
        return PlacementState.ENDED
    return PlacementState.RUNNING if placement.arrived_on is not None else PlacementState.AGREED


def supervisors_of(placement: Placement) -> Collection[int]:
    """Return the persons who look after a placement, or did; one query."""
    return frozenset(
        placement.supervisors.filter(person__isnull=False).values_list("person_id", flat=True).order_by("pk")
    )


def may_read_placement(actor: Actor, placement: Placement) -> bool:
    """Say whether the actor may read the name and how it goes; at most one query."""
    sides = [one for one in (placement.host_id, placement.home_id) if one is not None]
    return may_see_placement(actor, placement.programme.owner_id, sides=sides, people=[placement.person_id]) or bool(
        actor.persons & frozenset(supervisors_of(placement))
    )


def sides_of(actor: Actor, placement: Placement) -> tuple[Side, ...]:
    """Return the sides of a placement that the actor speaks for: in person, for host or home, or as supervisor."""
    found = [Side.PERSON] if actor.for_person is None and actor.person_id == placement.person_id else []
    supervised = set(
        placement.supervisors.filter(person__in=actor.persons, ends_on=None).values_list("side", flat=True)
    )
    for side, institution in ((Side.HOST, placement.host_id), (Side.HOME, placement.home_id)):
        if side in supervised or (institution is not None and institution in actor.institutions(*SIDE_ROLES)):
            found.append(side)
    return tuple(one for one in found if one in placement_sides(placement))


def placement_sides(placement: Placement) -> tuple[Side, ...]:
    """Return the sides that a placement has: those of its kind, without a home where nobody sent the person."""
    return tuple(one for one in traits_of(placement).sides if one != Side.HOME or placement.home_id is not None)


def persons_of_side(placement: Placement, side: str, *, on: date) -> frozenset[int]:
    """Return whom to ask at a side: the person, whoever looks after them there, or else who acts for the house."""
    if side == Side.PERSON:
        return frozenset([placement.person_id])
    named = placement.supervisors.filter(side=side, person__isnull=False, ends_on=None)
    people = frozenset(named.values_list("person_id", flat=True))
    institution = placement.host_id if side == Side.HOST else placement.home_id
    if people or institution is None:
        return people
    return holders_of(SIDE_ROLES, [institution], on=on)


def acts_that_fit(placement: Placement, today: date) -> tuple[str, ...]:
    """Return what can be done with a placement on a day by how it stands, whoever does it; in the order of use."""
    state, traits = placement_state(placement), traits_of(placement)
    begun = state in {PlacementState.RUNNING, PlacementState.ENDED, PlacementState.COMPLETED}
    is_long = bool(traits.milestones)
    fits = {
        "arrival": state == PlacementState.AGREED and today >= placement.starts_on - ARRIVES_EARLY,
        "check-in": state == PlacementState.RUNNING,
        "diary": state == PlacementState.RUNNING and traits.diary_days > 0,
        "evaluate-mid": state == PlacementState.RUNNING and today >= middle_of(placement),
        "evaluate-end": begun and (placement.left_on is not None or today >= placement.ends_on - ENDS_SOON),
        "end": state == PlacementState.RUNNING,
        "learning": state in {PlacementState.AGREED, PlacementState.RUNNING},
        "supervisor": state in {PlacementState.AGREED, PlacementState.RUNNING},
        "milestone": begun and is_long,
        "degree": begun and Counted.DOCTORAL_COMPLETED in traits.counts,
        "hiring": state == PlacementState.COMPLETED and Counted.CONVERTED in traits.counts,
        "leave": state == PlacementState.RUNNING and is_long,
        "stipend": begun and placement.stipend_minor is not None,
        "cancel": state == PlacementState.AGREED,
    }
    return tuple(name for name, fit in fits.items() if fit)


def middle_of(placement: Placement) -> date:
    """Return the day on which half of the agreed time has passed."""
    first = placement.arrived_on or placement.starts_on
    return first + (placement.ends_on - first) // 2


def placement_of_link(record: str) -> Placement:
    """Return the placement that a link was made for."""
    return Placement.objects.select_related("programme__owner", "call", "person", "host", "home").get(
        pk=int(record.partition(":")[2])
    )


def sides_of_person(placement: Placement, person: int) -> tuple[Side, ...]:
    """Return the sides of a placement that somebody speaks for by link: their own, or where they look after."""
    found = [Side.PERSON] if person == placement.person_id else []
    named = placement.supervisors.filter(person=person, ends_on=None).values_list("side", flat=True)
    found += [Side(one) for one in named]
    return tuple(one for one in placement_sides(placement) if one in found)


def person_who_came(person: int) -> Person:
    """Return the person whose link somebody came by."""
    return Person.objects.get(pk=person)
