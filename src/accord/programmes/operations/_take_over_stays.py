"""Takes over placements that were run elsewhere, or are over: a register at once, counted from their own days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db import transaction

from accord.kernel.text import Bilingual
from accord.people.queries import Institution, Person
from accord.programmes.enums import Side, Term
from accord.programmes.models import (
    CountedLine,
    Evaluation,
    Hiring,
    Milestone,
    Offer,
    Placement,
    Programme,
    Supervisor,
)
from accord.programmes.operations._count_placements import stay_of
from accord.programmes.operations._counted_lines import row_of
from accord.programmes.operations._placement_lines import lines_of
from accord.programmes.queries import kinds, months_after

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a side said of the whole at the end: a score from 1 to 5, and when."""

    score: int | None
    at: datetime
    by: Person
    text: str = ""


@dataclass(frozen=True, slots=True)
class PastStay:
    """A placement as a register has it: who was where, from when until when, and how it ended."""

    reference: str
    person: Person
    level: str
    title: Bilingual
    host: Institution
    starts_on: date
    ends_on: date
    agreed_at: datetime
    home: Institution | None = None
    offer: Offer | None = None
    arrived_on: date | None = None
    left_on: date | None = None
    end_reason: str = ""
    judged: Mapping[Side, Judged] = field(default_factory=dict)
    hired_on: date | None = None
    hired_because: str = ""
    degree_on: date | None = None
    percent: int = 100
    stipend_minor: int | None = None
    currency: str = ""
    supervisors: Mapping[Side, str] = field(default_factory=dict)
    is_simulated: bool = False


@transaction.atomic
def take_over_stays(*, programme: Programme, stays: Sequence[PastStay], by: Person, at: datetime) -> list[Placement]:
    """Take over placements with what both sides thought of them; whole or not at all.

    Nobody is told. What measures count of each is worked out by the rules of `count_placement`, and counts as known
    from the day after it happened.
    """
    rows = Placement.objects.bulk_create(_placement(programme, one, by) for one in stays)
    pairs = list(zip(stays, rows, strict=True))
    Evaluation.objects.bulk_create(
        Evaluation(
            placement=row,
            side=side,
            term=Term.END,
            score=said.score,
            text=said.text,
            given_at=said.at,
            given_by=said.by,
        )
        for one, row in pairs
        for side, said in one.judged.items()
    )
    Supervisor.objects.bulk_create(
        Supervisor(placement=row, side=side, name=name, starts_on=one.starts_on, named_at=one.agreed_at, named_by=by)
        for one, row in pairs
        for side, name in one.supervisors.items()
    )
    Hiring.objects.bulk_create(
        Hiring(
            placement=row,
            hired_on=one.hired_on,
            evidence=one.hired_because,
            recorded_at=_known(one.hired_on, at),
            recorded_by=by,
        )
        for one, row in pairs
        if one.hired_on
    )
    _plan_milestones(programme, pairs)
    _count(rows, at)
    return rows


def _placement(programme: Programme, one: PastStay, by: Person) -> Placement:
    arrival = one.agreed_at if one.arrived_on is None else _morning(one.arrived_on, one.agreed_at)
    left = None if one.left_on is None else _morning(one.left_on + NEXT_DAY, one.agreed_at)
    degree = None if one.degree_on is None else _morning(one.degree_on + NEXT_DAY, one.agreed_at)
    both = all(side in one.judged for side in (Side.PERSON, Side.HOST))
    return Placement(
        reference=one.reference,
        programme=programme,
        call=one.offer.place.call if one.offer else None,
        application=one.offer.application if one.offer else None,
        offer=one.offer,
        person=one.person,
        level=one.level,
        title=one.title,
        host=one.host,
        home=one.home,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        percent=one.percent,
        stipend_minor=one.stipend_minor,
        currency=one.currency,
        arrived_on=one.arrived_on,
        arrival_at=arrival if one.arrived_on else None,
        arrival_by=by if one.arrived_on else None,
        left_on=one.left_on,
        end_reason=one.end_reason,
        left_at=left,
        left_by=by if left else None,
        completed_at=max(said.at for said in one.judged.values()) if both and left and not one.end_reason else None,
        degree_on=one.degree_on,
        degree_at=degree,
        degree_by=by if degree else None,
        is_simulated=one.is_simulated,
        made_at=one.agreed_at,
        made_by=by,
    )


def _morning(day: date, like: datetime) -> datetime:
    """Return a moment of a day, at the hour of another."""
    return datetime.combine(day, like.timetz())


def _plan_milestones(programme: Programme, pairs: Sequence[tuple[PastStay, Placement]]) -> None:
    """Give each placement the milestones of its kind, due so many months after its first day."""
    Milestone.objects.bulk_create(
        Milestone(
            placement=row,
            key=planned.key,
            name=planned.name,
            due_on=months_after(one.starts_on, planned.months),
            position=position,
        )
        for one, row in pairs
        for position, planned in enumerate(kinds()[programme.kind].milestones)
    )


def _count(rows: Sequence[Placement], at: datetime) -> None:
    """Write what measures count of new placements, person by person; none of them has placements from before."""
    related = Placement.objects.filter(pk__in=[one.pk for one in rows], arrived_on__isnull=False)
    every = related.select_related("programme__owner", "call").prefetch_related(
        "hirings", "leaves", "supervisors", "evaluations"
    )
    ordered = sorted(every, key=lambda one: (one.person_id, one.pk))
    CountedLine.objects.bulk_create(
        row_of(line, _known(line.starts_on, at))
        for _person, own in groupby(ordered, key=lambda one: one.person_id)
        for line in lines_of([stay_of(one) for one in own])
    )


def _known(day: date | None, at: datetime) -> datetime:
    """Return when something of a day was known: on the next day at the same hour, at the latest now."""
    return at if day is None else min(at, _morning(day + NEXT_DAY, at))
