"""Takes a space out of operation."""

from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accord.people.queries import Person
from accord.workspace.models import Space
from accord.workspace.operations._bookings_settle import cancel_range
from accord.workspace.operations._floors import EndBeforeStart
from accord.workspace.operations._spaces import SpaceTakenThen, save_space, way_in_words
from accord.workspace.queries import InTheWay, day_of_site, taken_outside

FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


@transaction.atomic
def close_space(
    *, space: Space, on: date, by: Person, at: datetime, cancel_bookings: bool = False, reason: str = ""
) -> Space:
    """Take a space out of operation from a day on. The same day twice changes nothing.

    With `cancel_bookings`, what is booked from then on is cancelled, and those who booked are told. Raises
    `EndBeforeStart`, and `SpaceTakenThen` while it is let, or booked and not to be cancelled, or was used since.
    """
    held = Space.objects.select_for_update(of=("self",)).select_related("floor__building__site").get(pk=space.pk)
    if held.ends_on == on:
        return held
    if on < held.starts_on:
        raise EndBeforeStart(_("The space opened on a later day. Enter a day from then on."), field="on")
    way = taken_outside(held, held.starts_on, on)
    if way.tenancies or (way.bookings and not cancel_bookings):
        raise SpaceTakenThen(_said(way), field="on", way=way)
    if cancel_bookings:
        site = held.floor.building.site
        start = day_of_site(site, on).lower
        cancel_range(site=site, space=held, from_at=start, until_at=FOR_EVER, by=by, at=at, reason=reason)
        _refuse_used(taken_outside(held, held.starts_on, on))
    held.ends_on, held.version = on, held.version + 1
    save_space(held, ["ends_on", "version"])
    return held


def _said(way: InTheWay) -> str:
    """Return what is in the way on the page where bookings can be cancelled."""
    if way.tenancies:
        return way_in_words(way)
    return ngettext(
        "It is booked on %(n)s date from then on. Tick that it is cancelled, or choose a later day.",
        "It is booked on %(n)s dates from then on. Tick that they are cancelled, or choose a later day.",
        way.bookings,
    ) % {"n": way.bookings}


def _refuse_used(way: InTheWay) -> None:
    """Refuse where dates are left that cannot be cancelled any more."""
    if way.bookings:
        raise SpaceTakenThen(
            ngettext(
                "It was used on %(n)s date since then, which cannot be cancelled any more. Choose a later day.",
                "It was used on %(n)s dates since then, which cannot be cancelled any more. Choose a later day.",
                way.bookings,
            )
            % {"n": way.bookings},
            field="on",
            way=way,
        )
