"""What long placements have beside: supervisors at both sides, milestones, the degree, leave and stipends."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import Person
from accord.programmes.enums import Counted, Side
from accord.programmes.models import Leave, Milestone, Placement, Stipend, Supervisor
from accord.programmes.operations._count_placements import count_placement
from accord.programmes.operations._placements import hold, refuse_called_off, save
from accord.programmes.operations._stays import DayOdd, refuse_not_arrived
from accord.programmes.operations._supervisors import keep_supervisor
from accord.programmes.queries import ONE_DAY, placement_day, placement_sides, traits_of


class SupervisorMissing(Refused):
    """A joint doctorate is supervised by both sides, and each supervisor has a name."""

    code = "supervisor-missing"


class NoDegree(Refused):
    """Programmes of this kind end without a degree."""

    code = "no-degree"
    status = 409


class LeaveOverlaps(Refused):
    """Somebody is away once at a time."""

    code = "leave-overlaps"
    status = 409


class MoneyOdd(Refused):
    """A stipend is some money in some currency, paid for a month of the placement."""

    code = "money-odd"


@transaction.atomic
def name_supervisor(
    *,
    placement: Placement,
    side: str,
    name: str,
    by: Person,
    at: datetime,
    email: str = "",
    person: Person | None = None,
    starts_on: date | None = None,
) -> Supervisor:
    """Name who looks after somebody at a side; with an address, they can be written to and sign by link.

    The same name and address at the side again change nothing. Raises `SupervisorMissing`, `NotAllowed`, `DayOdd`.
    """
    held = hold(placement)
    refuse_called_off(held)
    if side == Side.PERSON or Side(side) not in placement_sides(held):
        raise NotAllowed(_("This placement has no such side."))
    who = name.strip() or (str(person.name) if person else "")
    if not who:
        raise SupervisorMissing(_("Enter the name of the supervisor."), field="name")
    first = starts_on or held.starts_on
    known = held.supervisors.filter(side=side, name=who, email=email.strip(), ends_on=None).first()
    if known is not None:
        return known
    made = keep_supervisor(held, Side(side), who, email.strip(), person, starts_on=first, by=by, at=at)
    count_placement(placement=held, at=at)
    return made


@transaction.atomic
def end_supervision(*, supervisor: Supervisor, ends_on: date, by: Person, at: datetime) -> Supervisor:
    """Record the last day on which somebody looked after a placement. The same day changes nothing. Raises `DayOdd`."""
    del by
    held = hold(supervisor.placement)
    known = Supervisor.objects.get(pk=supervisor.pk)
    if known.ends_on == ends_on:
        return known
    if ends_on < known.starts_on:
        raise DayOdd(_("Enter a day that is not before the first."), field="ends_on")
    known.ends_on = ends_on
    known.save(update_fields=["ends_on"])
    count_placement(placement=held, at=at)
    return known


@transaction.atomic
def reach_milestone(
    *, milestone: Milestone, reached_on: date | None, by: Person, at: datetime, note: str = ""
) -> Milestone:
    """Record when a milestone was reached, or with no day that it was not after all. The same changes nothing."""
    held = hold(milestone.placement)
    known = Milestone.objects.get(pk=milestone.pk)
    if (known.reached_on, known.note) == (reached_on, note.strip()):
        return known
    if reached_on is not None and reached_on > placement_day(held, at):
        raise DayOdd(_("Enter a day that was reached: today or before."), field="reached_on")
    known.reached_on, known.note = reached_on, note.strip()
    known.recorded_at, known.recorded_by = (at, by) if reached_on else (None, None)
    known.save(update_fields=["reached_on", "note", "recorded_at", "recorded_by"])
    return known


@transaction.atomic
def record_degree(*, placement: Placement, degree_on: date, by: Person, at: datetime) -> Placement:
    """Record the day on which the degree was conferred; the same changes nothing, another day corrects it.

    Raises `NoDegree`, `NotArrived`, `SupervisorMissing` while only one side supervised, `DayOdd`.
    """
    held = hold(placement)
    if Counted.DOCTORAL_COMPLETED not in traits_of(held).counts:
        raise NoDegree(_("Programmes of this kind end without a degree."))
    refuse_not_arrived(held)
    if held.degree_on == degree_on:
        return held
    if not (held.arrived_on or held.starts_on) <= degree_on <= placement_day(held, at):
        raise DayOdd(_("Enter the day on the certificate: after enrolment, not ahead of today."), field="degree_on")
    sides = set(held.supervisors.values_list("side", flat=True))
    if not {Side.HOST, Side.HOME} <= sides:
        raise SupervisorMissing(_("A joint doctorate has a supervisor at each side. Name the missing one first."))
    held.degree_on, held.degree_at, held.degree_by = degree_on, at, by
    save(held, "degree_on", "degree_at", "degree_by")
    count_placement(placement=held, at=at)
    return held


@transaction.atomic
def record_leave(
    *,
    placement: Placement,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
    is_paid: bool = False,
    reason: str = "",
) -> Leave:
    """Record that somebody is away from the first to the last of these days; unpaid days are not counted as worked.

    The same days again change nothing. Raises `DayOdd`, `LeaveOverlaps`, `PlacementOver`.
    """
    held = hold(placement)
    refuse_called_off(held)
    facts = {"starts_on": starts_on, "ends_on": ends_on, "is_paid": is_paid, "reason": reason.strip()}
    standing = held.leaves.filter(struck_at=None)
    same = standing.filter(**facts).first()
    if same is not None:
        return same
    if not (held.arrived_on or held.starts_on) <= starts_on <= ends_on <= (held.left_on or held.ends_on):
        raise DayOdd(_("Enter days within the placement, the last not before the first."), field="starts_on")
    if standing.filter(Q(starts_on__lte=ends_on) & Q(ends_on__gte=starts_on)).exists():
        raise LeaveOverlaps(_("Some of these days are recorded as leave already. Strike that record first."))
    made = Leave.objects.create(placement=held, recorded_at=at, recorded_by=by, **facts)
    count_placement(placement=held, at=at)
    return made


@transaction.atomic
def strike_leave(*, leave: Leave, by: Person, at: datetime) -> Leave:
    """Strike a record of leave that was wrong; it stays to be read. Twice changes nothing."""
    held = hold(leave.placement)
    known = Leave.objects.get(pk=leave.pk)
    if known.struck_at is None:
        known.struck_at, known.struck_by = at, by
        known.save(update_fields=["struck_at", "struck_by"])
        count_placement(placement=held, at=at)
    return known


@transaction.atomic
def record_stipend(
    *, placement: Placement, month_on: date, amount_minor: int, currency: str, paid_on: date, by: Person, at: datetime
) -> Stipend:
    """Record what was paid for a month; recorded anew, the earlier record is struck. The same changes nothing.

    Raises `MoneyOdd` for a month outside the placement, no money, or a payment that lies ahead.
    """
    held = hold(placement)
    refuse_called_off(held)
    month = month_on.replace(day=1)
    last = held.left_on or held.ends_on
    if not (held.arrived_on or held.starts_on).replace(day=1) <= month <= last + ONE_DAY:
        raise MoneyOdd(_("Choose a month of the placement."), field="month_on")
    if amount_minor <= 0 or len(currency) != 3:  # noqa: PLR2004 (letters of ISO 4217)
        raise MoneyOdd(_("Enter the amount, above 0, and its currency as three letters, such as EUR."), field="amount")
    if paid_on > placement_day(held, at):
        raise MoneyOdd(_("Enter the day on which it was paid: today or before."), field="paid_on")
    known = held.stipends.filter(month_on=month, struck_at=None).first()
    facts = {"amount_minor": amount_minor, "currency": currency.upper(), "paid_on": paid_on}
    if known is not None:
        if all(getattr(known, name) == value for name, value in facts.items()):
            return known
        known.struck_at, known.struck_by = at, by
        known.save(update_fields=["struck_at", "struck_by"])
    return Stipend.objects.create(placement=held, month_on=month, recorded_at=at, recorded_by=by, **facts)


@transaction.atomic
def strike_stipend(*, stipend: Stipend, by: Person, at: datetime) -> Stipend:
    """Strike a record of money that was wrong; it stays to be read. Twice changes nothing."""
    hold(stipend.placement)
    known = Stipend.objects.get(pk=stipend.pk)
    if known.struck_at is None:
        known.struck_at, known.struck_by = at, by
        known.save(update_fields=["struck_at", "struck_by"])
    return known
