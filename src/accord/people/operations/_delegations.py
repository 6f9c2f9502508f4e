"""Standing in: one person lets another act on their behalf, for some days, until they end it."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.versions import expect
from accord.people.models import Account, Delegation, Person

LONGEST_DAYS = timedelta(days=366)


class AlreadyStandsIn(Refused):
    """The person may stand in on some of these days."""

    code = "already-stands-in"


class StandInTooLong(Refused):
    """Standing in ends before it begins, or lasts longer than a year."""

    code = "stand-in-too-long"


class CannotStandIn(Refused):
    """The person has no account with which to act."""

    code = "cannot-stand-in"


def delegate(*, to: Person, starts_on: date, ends_on: date, reason: str, by: Person) -> Delegation:
    """Let somebody act on one's own behalf from a day on, until a day; the same twice is one.

    Raises `NotAllowed` for oneself, `CannotStandIn` for somebody without an account, `StandInTooLong`, and
    `AlreadyStandsIn` where the days overlap.
    """
    if to.pk == by.pk:
        raise NotAllowed(_("Nobody stands in for themselves. Choose somebody else."))
    if not Account.objects.filter(person=to, is_active=True).exists():
        raise CannotStandIn(_("This person has no account. Invite them first."), field="taker")
    if not starts_on < ends_on <= starts_on + LONGEST_DAYS:
        raise StandInTooLong(_("Choose a last day after the first, within a year of it."), field="ends_on")
    wanted = {"giver": by, "taker": to, "starts_on": starts_on, "ends_on": ends_on}
    existing = Delegation.objects.filter(**wanted).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            # one at a time for each giver: the exclusion constraint alone lets two that race end in a deadlock
            Person.objects.select_for_update(no_key=True).get(pk=by.pk)
            return Delegation.objects.create(**wanted, reason=reason)
    except IntegrityError as clash:
        return _the_same(wanted, clash)


def _the_same(wanted: dict[str, object], clash: IntegrityError) -> Delegation:
    """Return the same delegation given twice at one moment; refuse one that merely overlaps."""
    if "delegation_once_at_a_time" not in str(clash):
        raise clash
    existing = Delegation.objects.filter(**wanted).first()
    if existing is None:
        raise AlreadyStandsIn(
            _("This person stands in for you on some of these days. End that first, or choose other days."),
            field="starts_on",
        ) from clash
    return existing


@transaction.atomic
def end_delegation(*, delegation: Delegation, version: int, on: date) -> Delegation:
    """Let standing in end at once: from this day on it opens nothing. One that is over stays as it is.

    Raises `Clash` when it changed since `version`.
    """
    delegation = Delegation.objects.select_for_update().get(pk=delegation.pk)
    ends = max(on, delegation.starts_on)
    if delegation.ends_on <= ends:
        return delegation
    expect(delegation, version)
    delegation.ends_on = ends
    delegation.version += 1
    delegation.save(update_fields=["ends_on", "version"])
    return delegation
