"""A signed tenancy on its way: deposits, moves, notice, and its end."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.ui import say
from accord.workspace.enums import EndReason, TenancyState
from accord.workspace.models import Space, Tenancy, TenancySpace
from accord.workspace.operations._count import count_team
from accord.workspace.operations._hold import Offered, free_of_bookings, hold_spaces
from accord.workspace.operations._tell_team import tell_keepers, tell_team
from accord.workspace.queries import Spell, day_at


class TenancyNotInForce(Refused):
    """Only a signed tenancy goes on: it moves, gets notice, ends."""

    code = "tenancy-not-in-force"
    status = 409


class DayOutsideTenancy(Refused):
    """A change or an end lies within the term."""

    code = "day-outside-tenancy"


class NoticeTooLate(Refused):
    """Notice keeps the days that the contract asks for."""

    code = "notice-too-late"


class NothingLeft(Refused):
    """A tenancy holds at least one space until it ends."""

    code = "nothing-left"


class NotHeld(Refused):
    """The tenancy does not hold that space on that day."""

    code = "not-held"


class RenewalStands(Refused):
    """A term is not cut short while a renewal stands on its last day."""

    code = "renewal-stands"
    status = 409


class DepositOdd(Refused):
    """A deposit comes in before it goes back, and no more goes back than came in."""

    code = "deposit-odd"


@transaction.atomic
def move_team(
    *,
    tenancy: Tenancy,
    from_space: Space | None,
    to: Offered | None,
    on: date,
    by: Person,
    at: datetime,
    cancel_bookings: bool = False,
) -> Tenancy:
    """Let a team move (from one space into another), grow (into one more) or shrink (out of one) on a day.

    The one ends on the day on which the other begins; the same space at another rent is a move as well. The same again
    changes nothing. Raises `TenancyNotInForce`, `DayOutsideTenancy`, `NotHeld`, `NothingLeft`, and what
    `hold_spaces` raises.
    """
    held = _in_force(tenancy)
    if _is_moved(held, from_space, to, on):
        return held
    if not Spell(held.starts_on, held.ends_on).within(Spell(on, on + timedelta(days=1))):
        raise DayOutsideTenancy(_("Choose a day within the term of the tenancy."), field="on")
    if from_space is not None:
        _end_letting(_letting_on(held, from_space, on), on, by, at)
    if to is not None:
        if cancel_bookings:
            free_of_bookings(site=held.team.site, spaces=[to.space], days=Spell(on, held.ends_on), by=by, at=at)
        hold_spaces(tenancy=held, spaces=[to], starts_on=on, by=by, at=at)
    if not held.spaces.filter(is_held=True, ends_on=held.ends_on).exists():
        raise NothingLeft(_("This would leave the team without any space. Record the end of its tenancy instead."))
    held.version += 1
    held.save(update_fields=["version"])
    count_team(team=held.team, at=at)
    tell_team("moved", held, by=by, at=at)
    return held


@transaction.atomic
def give_notice(*, tenancy: Tenancy, notice_on: date, leaves_on: date, by: Person, at: datetime) -> Tenancy:
    """Record that a tenancy was given notice on a day, and that it ends early on another. Twice changes nothing.

    Raises `TenancyNotInForce`, `NoticeTooLate` with the first day that keeps the notice, `DayOutsideTenancy`, and
    `RenewalStands`.
    """
    held = _in_force(tenancy)
    if (held.notice_on, held.ends_on) == (notice_on, leaves_on):
        return held
    earliest = notice_on + timedelta(days=held.notice_days)
    if leaves_on < earliest:
        raise NoticeTooLate(
            _("The contract asks for %(days)s days of notice. Choose %(day)s or a later day.")
            % {"days": held.notice_days, "day": say.day(earliest)},
            field="leaves_on",
            earliest=earliest,
        )
    _refuse_outside(held, leaves_on, "leaves_on")
    _cut(held, leaves_on, by, at)
    held.notice_on, held.ends_on = notice_on, leaves_on
    held.version += 1
    held.save(update_fields=["notice_on", "ends_on", "version"])
    count_team(team=held.team, at=at)
    tell_keepers("notice", held, by=by, at=at)
    tell_team("notice", held, by=by, at=at)
    return held


@transaction.atomic
def end_tenancy(*, tenancy: Tenancy, left_on: date, reason: str, by: Person, at: datetime, note: str = "") -> Tenancy:
    """Record that a team moved out: from `left_on` on it has no space any more. Twice changes nothing.

    Its spaces are free from that day on. Raises `TenancyNotInForce`, `DayOutsideTenancy`, and `RenewalStands`.
    """
    held = _locked(tenancy)
    if held.state == TenancyState.ENDED and (held.left_on, held.end_reason) == (left_on, reason):
        return held
    _refuse_not_in_force(held)
    _refuse_outside(held, left_on, "left_on")
    _cut(held, left_on, by, at)
    held.state, held.left_on = TenancyState.ENDED, left_on
    held.end_reason, held.end_note = EndReason(reason), note.strip()
    held.ended_at, held.ended_by = at, by
    held.version += 1
    held.save(update_fields=["state", "left_on", "end_reason", "end_note", "ended_at", "ended_by", "version"])
    count_team(team=held.team, at=at)
    tell_team("ended", held, by=by, at=at)
    return held


@transaction.atomic
def record_deposit(*, tenancy: Tenancy, received_on: date, by: Person, at: datetime) -> Tenancy:
    """Record that the deposit came in. The same day again changes nothing. Raises `DepositOdd`."""
    del by
    held = _locked(tenancy)
    if held.deposit_on == received_on:
        return held
    if not held.deposit_minor:
        raise DepositOdd(_("This contract asks for no deposit."))
    if held.state not in {TenancyState.SIGNED, TenancyState.ENDED} or held.deposit_back_on is not None:
        raise DepositOdd(_("A deposit is recorded once the contract is signed, and until it was returned."))
    if received_on > day_at(held.team.site, at):
        raise DepositOdd(_("Enter the deposit on the day it came in, today or before."), field="received_on")
    held.deposit_on = received_on
    held.version += 1
    held.save(update_fields=["deposit_on", "version"])
    return held


@transaction.atomic
def return_deposit(*, tenancy: Tenancy, returned_on: date, returned_minor: int, by: Person, at: datetime) -> Tenancy:
    """Record how much of the deposit went back, and when. The same again changes nothing. Raises `DepositOdd`."""
    del by
    held = _locked(tenancy)
    if (held.deposit_back_on, held.deposit_back_minor) == (returned_on, returned_minor):
        return held
    if held.deposit_on is None:
        raise DepositOdd(_("No deposit came in that could go back. Record when it came in first."))
    if not held.deposit_on <= returned_on <= day_at(held.team.site, at):
        raise DepositOdd(_("Choose a day from the deposit's on, today or before."), field="returned_on")
    if returned_minor > held.deposit_minor:
        raise DepositOdd(_("No more than the deposit can go back."), field="returned")
    held.deposit_back_on, held.deposit_back_minor = returned_on, returned_minor
    held.version += 1
    held.save(update_fields=["deposit_back_on", "deposit_back_minor", "version"])
    return held


def _locked(tenancy: Tenancy) -> Tenancy:
    return Tenancy.objects.select_for_update(of=("self",)).select_related("team__site").get(pk=tenancy.pk)


def _in_force(tenancy: Tenancy) -> Tenancy:
    held = _locked(tenancy)
    _refuse_not_in_force(held)
    return held


def _refuse_not_in_force(tenancy: Tenancy) -> None:
    if tenancy.state != TenancyState.SIGNED:
        raise TenancyNotInForce(
            _("This tenancy is not in force: %(state)s. Only a signed one is changed or ended.")
            % {"state": tenancy.get_state_display()}
        )


def _refuse_outside(tenancy: Tenancy, day: date, field: str) -> None:
    """Refuse an end before the term begins or after it is over, and one that a renewal stands on."""
    if day < tenancy.starts_on or (tenancy.ends_on is not None and day > tenancy.ends_on):
        raise DayOutsideTenancy(_("Choose a day within the term of the tenancy."), field=field)
    if day != tenancy.ends_on and Tenancy.objects.filter(renews=tenancy).exists():
        raise RenewalStands(_("A renewal follows this tenancy. Decline or end the renewal first."))


def _cut(tenancy: Tenancy, on: date, by: Person, at: datetime) -> None:
    """End every space of a tenancy on a day at the latest; what would have begun later never does."""
    for letting in tenancy.spaces.filter(is_held=True).order_by("space"):
        if letting.ends_on is None or letting.ends_on > on:
            _end_letting(letting, on, by, at)


def _end_letting(letting: TenancySpace, on: date, by: Person, at: datetime) -> None:
    """End one space on a day; where it had not begun by then it is not held at all."""
    if letting.starts_on >= on:
        letting.is_held = False
    else:
        letting.ends_on = on
    letting.ended_at, letting.ended_by = at, by
    letting.save(update_fields=["is_held", "ends_on", "ended_at", "ended_by"])


def _letting_on(tenancy: Tenancy, space: Space, on: date) -> TenancySpace:
    """Return how the tenancy holds a space from a day on. Raises `NotHeld`."""
    for letting in tenancy.spaces.filter(is_held=True, space=space, starts_on__lte=on):
        if letting.ends_on == tenancy.ends_on:
            return letting
    raise NotHeld(_("The tenancy does not hold %(space)s on that day.") % {"space": space.code}, field="from_space")


def _is_moved(tenancy: Tenancy, from_space: Space | None, to: Offered | None, on: date) -> bool:
    """Say whether exactly this move was recorded before."""
    rows = tenancy.spaces.filter(is_held=True)
    has_left = from_space is None or rows.filter(space=from_space, ends_on=on, ended_at__isnull=False).exists()
    has_come = (
        to is None
        or rows.filter(
            space=to.space, starts_on=on, monthly_minor=to.monthly_minor, relief_percent=to.relief_percent
        ).exists()
    )
    return has_left and has_come and (from_space is not None or to is not None)
