"""Works out anew what measures count of a placement, and of all others of the same person for the same agreement."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from accord.programmes.enums import Term
from accord.programmes.models import Evaluation, Placement, Programme
from accord.programmes.operations._counted_lines import settle_lines
from accord.programmes.operations._placement_lines import Evaluated, Stay, lines_of
from accord.programmes.queries import ONE_DAY, Spell, evaluating_sides, kinds, zone_of_placement


def count_placement(*, placement: Placement, at: datetime) -> None:
    """Bring what measures count of a placement in line with its records; nothing changes where nothing differs.

    Lines that no longer hold are closed at `at`, so that what was known on the days before stays as it was.
    """
    with transaction.atomic():
        counted = hold_placements_of(placement)
        stays = [stay_of(one) for one in counted if one.arrived_on is not None and one.cancelled_at is None]
        settle_lines(records=[f"placement:{one.pk}" for one in counted], wanted=lines_of(stays), at=at)


def hold_placements_of(placement: Placement) -> Sequence[Placement]:
    """Lock and return the placements of the same person that count for the same agreement, in order.

    Every operation on a placement begins with it, so that two at once wait for each other and never for both.
    """
    person, programme = Placement.objects.values_list("person_id", "programme_id").get(pk=placement.pk)
    every = _counted_together(Programme.objects.get(pk=programme)).filter(person=person)
    return list(every.select_for_update(of=("self",)).select_related("programme__owner", "call").order_by("pk"))


def count_programme(*, programme: Programme, at: datetime) -> None:
    """Count every placement of a programme."""
    for placement in programme.placements.order_by("person_id", "pk").distinct("person_id"):
        count_placement(placement=placement, at=at)


def _counted_together(programme: Programme) -> QuerySet[Placement]:
    if programme.agreement_id is None:
        return Placement.objects.filter(programme=programme)
    return Placement.objects.filter(programme__agreement=programme.agreement_id)


def stay_of(placement: Placement) -> Stay:
    """Return what of a placement somebody arrived at is counted."""
    traits = kinds()[placement.programme.kind]
    hired = placement.hirings.filter(struck_at=None).first()
    return Stay(
        pk=placement.pk,
        programme=placement.programme_id,
        counts=traits.counts,
        reference=placement.reference,
        host=placement.host_id,
        home=placement.home_id,
        arrived_on=placement.arrived_on or placement.starts_on,
        ends_on=placement.ends_on,
        left_on=placement.left_on,
        is_broken_off=bool(placement.end_reason),
        evaluated=_evaluated(placement),
        sides=evaluating_sides(placement),
        hired_on=hired.hired_on if hired else None,
        degree_on=placement.degree_on,
        percent=placement.percent,
        unpaid=tuple(
            Spell(one.starts_on, one.ends_on + ONE_DAY)
            for one in placement.leaves.filter(struck_at=None, is_paid=False)
        ),
        supervised=tuple(
            (one.side, Spell(one.starts_on, one.ends_on and one.ends_on + ONE_DAY))
            for one in placement.supervisors.all()
        ),
        promise=placement.programme.commitment_id,
        is_simulated=placement.is_simulated,
    )


def _evaluated(placement: Placement) -> tuple[Evaluated, ...]:
    """Return the end evaluations that stand; a correction counts on its own day, completion on that of the first."""
    zone = zone_of_placement(placement)
    rows = list(placement.evaluations.filter(term=Term.END).order_by("given_at", "pk"))
    return tuple(
        Evaluated(one.side, _first_on(rows, one.side, zone), one.given_at.astimezone(zone).date(), one.score)
        for one in rows
        if one.struck_at is None
    )


def _first_on(rows: Sequence[Evaluation], side: str, zone: ZoneInfo) -> date:
    return next(one.given_at.astimezone(zone).date() for one in rows if one.side == side)
