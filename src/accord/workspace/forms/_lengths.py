"""The times and lengths that a form offers, from the rules of a space."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import Form
from accord.workspace.queries import BookingPolicy

HOUR, DAY = 60, 1440
MOST_CHOICES = 32


def clocks_of(opening: Mapping[str, Sequence[Sequence[str]]], step: int) -> list[str]:
    """Return every time of day at which something can begin, over all days of the week, in order."""
    found = {
        start + number * step
        for spans in opening.values()
        for start, end in ((_minutes(one), _minutes(other)) for one, other in spans)
        for number in range(-((start - end) // step))
    }
    return [f"{one // HOUR:02}:{one % HOUR:02}" for one in sorted(found)]


def lengths_of(policy: BookingPolicy) -> list[int]:
    """Return the lengths that a space can be booked for: every step at first, then by the hour where there are many."""
    step = policy.step_minutes
    first = -(-policy.min_minutes // step) * step
    every = range(first, policy.max_minutes + 1, step)
    if len(every) <= MOST_CHOICES:
        return list(every)
    return [one for one in every if one <= 3 * HOUR or one % HOUR == 0 or one == every[-1]][:96]


def length_in_words(minutes: int) -> str | Promise:
    """Return 45 min, 2 h or 1 h 30 min."""
    hours, rest = divmod(minutes, HOUR)
    values = {"hours": hours, "minutes": rest}
    if not hours:
        return _("%(minutes)s min") % values
    return (_("%(hours)s h %(minutes)s min") if rest else _("%(hours)s h")) % values


def choose(form: Form, name: str, choices: Iterable[Any]) -> None:
    """Give a field of a form its choices."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a field of choices


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * HOUR + int(minutes)
