"""How the booking of spaces says no."""

from collections.abc import Mapping

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import broken
from accord.kernel.refused import Refused
from accord.workspace.queries import Obstacle, RuleUnclear, SeriesTooLong

__all__ = ["RuleUnclear", "SeriesTooLong"]


class SpaceTaken(Refused):
    """Somebody or something has the space then; `detail` has the `refused` dates and the next `free` starts."""

    code = "space-taken"
    status = 409

    @property
    def members(self) -> dict[str, object]:
        """Return the refused dates and the next free starts, for programs."""
        return {
            "refused": [
                {"starts_at": one.starts_at.isoformat(), "code": one.code, "detail": str(one.sentence)}
                for one in self.detail.get("refused", ())
            ],
            "free": [one.isoformat() for one in self.detail.get("free", ())],
        }


class QuotaExceeded(Refused):
    """The team would book more this month than its policy allows; `detail` has `month`, `left` and `allowed`."""

    code = "quota-exceeded"
    status = 409


class NotBookable(Refused):
    """The space has no rules of booking, so it is not booked at all."""

    code = "not-bookable"


class NotInOperation(Refused):
    """The space is not in operation then."""

    code = "not-in-operation"


class OutsideOpening(Refused):
    """The space is closed then."""

    code = "outside-opening"


class OffStep(Refused):
    """The start or the length does not fit the portions in which the space is booked."""

    code = "off-step"


class TooShort(Refused):
    """Shorter than the space is booked."""

    code = "too-short"


class TooLong(Refused):
    """Longer than the space is booked."""

    code = "too-long"


class NoticeTooShort(Refused):
    """Too little time is left before the start, or it is over."""

    code = "notice-too-short"


class TooFarAhead(Refused):
    """Further ahead than the space is booked."""

    code = "too-far-ahead"


class BookingKeyTaken(Refused):
    """The same key was sent with another booking before."""

    code = "booking-key-taken"
    status = 409


class BookingOver(Refused):
    """The date is cancelled, declined, released or over, so that it is not changed any more."""

    code = "booking-over"
    status = 409


class TooEarly(Refused):
    """Nobody checks in as early as that."""

    code = "too-early"


class CodeWrong(Refused):
    """No booking that may be checked in now has this code."""

    code = "code-wrong"


class TooManyTries(Refused):
    """Too many codes were tried at this door; `detail` has the `seconds` to wait."""

    code = "too-many-tries"
    status = 429


class BookingsInTheWay(Refused):
    """Bookings or other takings stand where a closure should be; `detail` has them as `bookings`."""

    code = "bookings-in-the-way"
    status = 409


class ClosureUnclear(Refused):
    """A closure that ends before it starts, or says no reason."""

    code = "closure-unclear"


KINDS: Mapping[str, type[Refused]] = {
    kind.code: kind
    for kind in (NotBookable, NotInOperation, OutsideOpening, OffStep, TooShort, TooLong, NoticeTooShort, TooFarAhead)
} | {"in-the-past": NoticeTooShort}
FIELDS = {"not-bookable": "space", "not-in-operation": "space", "too-short": "minutes", "too-long": "minutes"}
HELD_APART, IN_OPERATION, QUOTA = "space_taken_once_at_a_time", "occurrence_in_operation", "quota_not_exceeded"


def refusal_of(obstacle: Obstacle) -> Refused:
    """Return the refusal of what the rules have against a booking."""
    return KINDS[obstacle.code](obstacle.sentence, code=obstacle.code, field=FIELDS.get(obstacle.code, "starts_at"))


def refusal_by_database(error: IntegrityError) -> Refused:
    """Return the refusal of what only the database saw; raises anything else again."""
    known = {
        HELD_APART: SpaceTaken(_("Somebody took this time a moment ago. Choose another."), field="starts_at"),
        QUOTA: QuotaExceeded(
            _("The team has used up its hours of this month. Cancel a booking, or ask the operator."), field="team"
        ),
        IN_OPERATION: NotInOperation(_("The space is out of operation by then. Choose another day."), field="space"),
    }
    if (refusal := known.get(broken(error))) is None:
        raise error
    return refusal
