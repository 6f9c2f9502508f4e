"""Somebody arrives, leaves, and is hired: what a placement is counted by."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.people.operations import use_link
from accord.people.queries import Person
from accord.programmes.enums import EndReason, Term
from accord.programmes.models import Hiring, Placement
from accord.programmes.operations._count_placements import count_placement
from accord.programmes.operations._placements import PlacementOver, hold, refuse_called_off, save
from accord.programmes.operations._placements_tell import tell_office, tell_sides
from accord.programmes.operations._steps import advance
from accord.programmes.queries import evaluating_sides, placement_day
from accord.ui import say


class DayOdd(Refused):
    """A day that was reached lies neither ahead nor out of order."""

    code = "day-odd"


class NotArrived(Refused):
    """Only a placement that somebody arrived at can end, be written about or be evaluated."""

    code = "not-arrived"
    status = 409


class PlacementCompleted(Refused):
    """A completed placement stays as it was counted."""

    code = "placement-completed"
    status = 409


class NotCompleted(Refused):
    """Who was hired after a placement completed it first."""

    code = "not-completed"
    status = 409


class EvidenceMissing(Refused):
    """That somebody was hired is shown by something."""

    code = "evidence-missing"


@transaction.atomic
def confirm_arrival(
    *, placement: Placement, arrived_on: date, by: Person, at: datetime, link_id: int | None = None
) -> Placement:
    """Record the first day that somebody was there, as the host confirms. The same day again changes nothing.

    Another day corrects it, until the placement has ended. Raises `DayOdd`, `PlacementOver`.
    """
    use(link_id, placement, at)
    held = hold(placement)
    refuse_called_off(held)
    if held.arrived_on == arrived_on:
        return held
    if held.left_on is not None:
        raise PlacementOver(_("This placement has ended. The day of arrival stays as it was confirmed."))
    _refuse_ahead(held, arrived_on, at, "arrived_on")
    is_first = held.arrived_on is None
    held.arrived_on, held.arrival_at, held.arrival_by = arrived_on, at, by
    save(held, "arrived_on", "arrival_at", "arrival_by")
    count_placement(placement=held, at=at)
    if is_first:
        tell_sides("begun", held, by=by, at=at)
    return held


@transaction.atomic
def end_placement(
    *,
    placement: Placement,
    left_on: date,
    by: Person,
    at: datetime,
    reason: str = "",
    note: str = "",
    link_id: int | None = None,
) -> Placement:
    """Record the last day that somebody was there; with a reason it was broken off. The same again changes nothing.

    Something else corrects it until the placement is completed. Raises `NotArrived`, `DayOdd`, `PlacementCompleted`.
    """
    use(link_id, placement, at)
    held = hold(placement)
    refuse_not_arrived(held)
    wanted = left_on, EndReason(reason) if reason else "", note.strip()
    if (held.left_on, held.end_reason, held.end_note) == wanted:
        return held
    if held.completed_at is not None:
        raise PlacementCompleted(_("This placement is completed and counted. Its last day stays."))
    _refuse_ahead(held, left_on, at, "left_on")
    if held.arrived_on is not None and left_on < held.arrived_on:
        raise DayOdd(
            _("The person arrived on %(day)s. Enter that day or a later one.") % {"day": say.day(held.arrived_on)},
            field="left_on",
        )
    held.left_on, held.end_reason, held.end_note = wanted
    held.left_at, held.left_by = at, by
    save(held, "left_on", "end_reason", "end_note", "left_at", "left_by")
    held.agreements.filter(holds_at=None, dropped_at=None).update(dropped_at=at)
    tell_sides("broken-off" if reason else "ended", held, by=by, at=at)
    if reason:
        tell_office("broken-off", held, by=by, at=at)
    complete_where_whole(held, at)
    return held


def complete_where_whole(held: Placement, at: datetime) -> None:
    """Complete a locked placement that ran to its end and was evaluated by both sides; count it, and move on."""
    given = set(held.evaluations.filter(term=Term.END, struck_at=None).values_list("side", flat=True))
    is_whole = held.left_on is not None and not held.end_reason and set(evaluating_sides(held)) <= given
    if is_whole and held.completed_at is None:
        held.completed_at = at
        save(held, "completed_at")
        tell_sides("completed", held, by=None, at=at)
    count_placement(placement=held, at=at)
    if held.application is not None:
        advance(application=held.application, at=at)


@transaction.atomic
def record_hiring(
    *, placement: Placement, hired_on: date, evidence: str, by: Person, at: datetime, position: str = ""
) -> Hiring:
    """Record that the host hired somebody after their placement; recorded anew, the earlier record is struck.

    It counts where the first day lies within twelve months of completion. Raises `NotCompleted`, `DayOdd`,
    `EvidenceMissing`.
    """
    held = hold(placement)
    facts = {"hired_on": hired_on, "position": position.strip(), "evidence": evidence.strip()}
    known = held.hirings.filter(struck_at=None).first()
    if known is not None and all(getattr(known, name) == value for name, value in facts.items()):
        return known
    if held.completed_at is None or held.left_on is None:
        raise NotCompleted(_("A job counts after a completed placement. Record the end and both evaluations first."))
    if not held.left_on <= hired_on <= placement_day(held, at):
        raise DayOdd(
            _("Enter the first day of the job: from %(day)s on, not ahead of today.") % {"day": say.day(held.left_on)},
            field="hired_on",
        )
    if not facts["evidence"]:
        raise EvidenceMissing(_("Name what shows that they were hired, such as the contract."), field="evidence")
    _strike(known, by, at)
    made = Hiring.objects.create(placement=held, recorded_at=at, recorded_by=by, **facts)
    count_placement(placement=held, at=at)
    return made


@transaction.atomic
def strike_hiring(*, hiring: Hiring, by: Person, at: datetime) -> Hiring:
    """Strike a record of hiring that was wrong; it stays to be read. Twice changes nothing."""
    held = hold(hiring.placement)
    known = Hiring.objects.get(pk=hiring.pk)
    if known.struck_at is None:
        _strike(known, by, at)
        count_placement(placement=held, at=at)
    return known


def refuse_not_arrived(placement: Placement) -> None:
    """Refuse what happens only where somebody has arrived."""
    refuse_called_off(placement)
    if placement.arrived_on is None:
        raise NotArrived(_("Nobody has confirmed the arrival yet. Confirm it first."))


def use(link_id: int | None, placement: Placement, at: datetime) -> None:
    """Use the link by which somebody came, if they came by one; refuse one that was made for another placement."""
    if link_id is not None and use_link(link_id=link_id, at=at).record != f"placement:{placement.pk}":
        raise NotAllowed(_("This link belongs to another placement."))


def _refuse_ahead(placement: Placement, day: date, at: datetime, field: str) -> None:
    if day > placement_day(placement, at):
        raise DayOdd(_("Enter a day that was reached: today or before."), field=field)


def _strike(hiring: Hiring | None, by: Person, at: datetime) -> None:
    if hiring is not None:
        hiring.struck_at, hiring.struck_by = at, by
        hiring.save(update_fields=["struck_at", "struck_by"])
