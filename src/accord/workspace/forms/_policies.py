"""Input about the rules by which spaces are booked."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import BilingualField, Form
from accord.workspace.enums import BookingMode

DAYS = (
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
)
MOST_MINUTES = 62 * 24 * 60


def _minutes(label: Any, least: int = 0, most: int = MOST_MINUTES, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **more)


def _hours_of(day: Any) -> forms.CharField:
    return forms.CharField(label=day, required=False, max_length=200)


class PolicyForm(Form):
    """How spaces are booked, with opening hours for each day of the week."""

    name = BilingualField(label=_("Name"), max_length=200)
    mode = forms.ChoiceField(label=_("Booked"), choices=BookingMode.choices)
    half_day_at = forms.TimeField(
        label=_("Second half of the day begins"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Only where it is booked by half day."),
        error_messages={"invalid": _("Enter a time such as 13:00.")},
    )
    step_minutes = _minutes(_("Steps, in minutes"), least=1, most=1440, help_text=_("Bookings begin and end on these."))
    min_minutes = _minutes(_("Shortest, in minutes"), least=1)
    max_minutes = _minutes(_("Longest, in minutes"), least=1)
    before_minutes = _minutes(_("Kept free before, in minutes"), most=1440)
    after_minutes = _minutes(_("Kept free after, in minutes"), most=1440)
    notice_minutes = _minutes(_("Notice, in minutes"), help_text=_("How long before its start it must be booked."))
    advance_days = forms.IntegerField(label=_("Days ahead"), min_value=1, max_value=3650)
    quota_minutes = _minutes(
        _("Minutes a team a month"),
        required=False,
        help_text=_("The most that a team may book in a calendar month; empty: as much as it likes."),
    )
    check_in_minutes = _minutes(
        _("Released after, in minutes"),
        least=1,
        most=1440,
        required=False,
        help_text=_("Who has not checked in so long after the start loses the booking; empty: nobody checks in."),
    )
    needs_approval = forms.BooleanField(label=_("Bookings need approval"), required=False)
    (day_1, day_2, day_3, day_4, day_5, day_6, day_7) = (_hours_of(label) for _day, label in DAYS)
    groups = (
        (_("How it is booked"), ("name", "mode", "half_day_at", "step_minutes", "min_minutes", "max_minutes")),
        (
            _("Opening hours, such as 08:00-12:00, 13:00-18:00; empty: closed"),
            tuple(f"day_{day}" for day, _label in DAYS),
        ),
        (_("Around a booking"), ("before_minutes", "after_minutes", "notice_minutes", "advance_days")),
        (_("Limits"), ("quota_minutes", "needs_approval", "check_in_minutes")),
    )


def opening_in(answers: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the opening hours that were typed, by weekday; each span as what stands before and after its hyphen."""
    opening = {}
    for day, _label in DAYS:
        said = answers[f"day_{day}"].replace("–", "-").replace("，", ",").replace("：", ":").replace("；", ",")
        spans = [part.strip() for part in said.replace(";", ",").split(",") if part.strip()]
        opening[day] = [[side.strip() for side in f"{span}-".split("-")[:2]] for span in spans]
    return opening


def opening_as_typed(opening: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, str]:
    """Return opening hours as the form holds them."""
    return {f"day_{day}": ", ".join("-".join(span) for span in opening.get(day, [])) for day, _label in DAYS}
