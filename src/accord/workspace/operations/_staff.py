"""Who works for a site's operator, and the money it sets aside to invest: what a zone's criteria ask for."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.workspace.models import SeedFund, Site, StaffMember


class StaffTwice(Refused):
    """The person is on the staff on some of these days already."""

    code = "staff-twice"


class StaffEndOdd(Refused):
    """Work ends on the day it began, or later."""

    code = "staff-end-odd"


class FundEndOdd(Refused):
    """A fund ends on the day it began, or later."""

    code = "fund-end-odd"


class FundEmpty(Refused):
    """A fund holds some money."""

    code = "fund-empty"


def add_staff(
    *, site: Site, person: Person, is_professional: bool, starts_on: date, by: Person, at: datetime
) -> StaffMember:
    """Record that a person works for the site's operator from a day on. Raises `StaffTwice`."""
    taken = StaffTwice(_("This person is on the staff already. End that record first."), field="person")
    with refused_as({"staff_once_at_a_time": lambda: taken}):
        return StaffMember.objects.create(
            site=site, person=person, is_professional=is_professional, starts_on=starts_on, added_at=at, added_by=by
        )


@transaction.atomic
def end_staff(*, member: StaffMember, ends_on: date, by: Person, at: datetime) -> StaffMember:
    """Record the first day on which somebody no longer works here; the first day itself takes the record back.

    Raises `StaffEndOdd` for a day before they began, and `StaffTwice` where a later record would overlap.
    """
    del by, at
    held = StaffMember.objects.select_for_update().get(pk=member.pk)
    if ends_on < held.starts_on:
        raise StaffEndOdd(_("Choose a day on or after the first day."), field="ends_on")
    if held.ends_on != ends_on:
        held.ends_on = ends_on
        taken = StaffTwice(_("Another record of this person begins before this day."), field="ends_on")
        with refused_as({"staff_once_at_a_time": lambda: taken}):
            held.save(update_fields=["ends_on"])
    return held


def record_fund(*, site: Site, amount_minor: int, currency: str, starts_on: date, by: Person, at: datetime) -> SeedFund:
    """Record money that the operator sets aside to invest in teams, from a day on. Raises `FundEmpty`."""
    if amount_minor <= 0:
        raise FundEmpty(_("Enter an amount above 0."), field="amount")
    return SeedFund.objects.create(
        site=site, amount_minor=amount_minor, currency=currency, starts_on=starts_on, recorded_at=at, recorded_by=by
    )


@transaction.atomic
def end_fund(*, fund: SeedFund, ends_on: date, by: Person, at: datetime) -> SeedFund:
    """Record the first day on which a fund no longer stands; its first day takes it back. Raises `FundEndOdd`."""
    del by, at
    held = SeedFund.objects.select_for_update().get(pk=fund.pk)
    if ends_on < held.starts_on:
        raise FundEndOdd(_("Choose a day on or after the first day."), field="ends_on")
    if held.ends_on != ends_on:
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
    return held
