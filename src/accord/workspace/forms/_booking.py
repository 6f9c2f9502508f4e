"""What somebody says who books a space: when, how long, how often, for whom."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.queries import Person
from accord.ui.forms import DayField, Form
from accord.ui.say import Text
from accord.workspace.enums import BookingMode
from accord.workspace.forms._guests import read_guests
from accord.workspace.forms._lengths import choose, clocks_of, length_in_words, lengths_of
from accord.workspace.queries import Space, at_wall, portions_on

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPEATS = (
    ("", _("Once")),
    ("daily", _("Every day")),
    ("weekly", _("Every week")),
    ("monthly", _("Every month, on the same date")),
    ("weekday", _("Every month, on the same weekday, such as the second Tuesday")),
)
MOST_DATES = 366
WHOLE, FIRST, SECOND = "day", "first", "second"
"""The portions of a space that is booked by half day."""

FindPerson = Callable[[str], Person | None]


class WhenForm(Form):
    """A day, a time and a length, in the portions in which the space is booked; answers in moments and minutes."""

    day = DayField(label=_("Day"))
    start = forms.ChoiceField(label=pgettext_lazy("a booking", "Start"))
    length = forms.TypedChoiceField(label=_("Length"), coerce=int)

    def __init__(self, *args: Any, space: Space, zone: ZoneInfo, **kwargs: Any) -> None:
        """Offer the times and lengths of the space's policy."""
        super().__init__(*args, **kwargs)
        self.space, self.zone = space, zone
        self._offer_portions()

    def _offer_portions(self) -> None:
        """Offer times and lengths, halves of a day, or a number of days, as the space is booked."""
        policy = self.space.policy
        assert policy is not None  # noqa: S101 (the door refuses a space that cannot be booked)
        if policy.mode == BookingMode.TIME:
            choose(self, "start", [(one, one) for one in clocks_of(policy.opening, policy.step_minutes)])
            choose(self, "length", [(one, length_in_words(one)) for one in lengths_of(policy)])
            return
        del self.fields["start"]
        if policy.mode == BookingMode.DAY:
            most = max(policy.max_minutes // 1440 + 1, 1)
            self.fields["length"] = forms.IntegerField(
                label=_("Number of days"), min_value=1, max_value=most, initial=1, widget=_number()
            )
        else:
            noon = f"{policy.half_day_at:%H:%M}"
            halves = [
                (FIRST, _("Until %(noon)s") % {"noon": noon}),
                (SECOND, _("From %(noon)s") % {"noon": noon}),
                (WHOLE, _("The whole day")),
            ]
            self.fields["length"] = forms.ChoiceField(label=_("Part of the day"), choices=halves)

    def clean(self) -> dict[str, Any]:
        """Answer `starts_at` and `minutes`."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("day") and cleaned.get("length") and ("start" not in self.fields or cleaned.get("start")):
            cleaned["starts_at"], cleaned["minutes"] = self._moment(cleaned)
        return cleaned

    def _moment(self, cleaned: dict[str, Any]) -> tuple[datetime | None, int]:
        """Return when it begins and how many minutes of the wall's clock it takes."""
        policy = self.space.policy
        assert policy is not None  # noqa: S101 (the same)
        day: date = cleaned["day"]
        if policy.mode == BookingMode.TIME:
            return at_wall(day, time.fromisoformat(cleaned["start"]), self.zone), cleaned["length"]
        portions = portions_on(policy, self.zone, day)
        if not portions:
            self.add_error("day", _("The space is closed on this day of the week. Choose another day."))
            return None, 0
        first, last = portions[0], portions[-1]
        if cleaned["length"] == FIRST:
            last = first
        elif cleaned["length"] == SECOND:
            first = last
        days = cleaned["length"] if isinstance(cleaned["length"], int) else 1
        return first.starts_at, int((last.ends_at - first.starts_at).total_seconds() // 60) + (days - 1) * 1440


class BookForm(WhenForm):
    """A booking: title, when, how often, for which team and whom, guests."""

    title = forms.CharField(
        label=_("What for"),
        max_length=200,
        help_text=_("Such as: weekly meeting."),
        error_messages={"required": _("Say what the space is for.")},
    )
    team = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    owner = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=254,
        help_text=_("Their key or email address. Leave it empty for yourself."),
    )
    repeat = forms.ChoiceField(label=_("How often"), choices=REPEATS, required=False)
    every = forms.IntegerField(
        label=_("Only every so many days, weeks or months"),
        min_value=1,
        max_value=52,
        required=False,
        widget=forms.NumberInput(attrs={"placeholder": "1"}),
        help_text=_("2 is every second one."),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("On these days of the week"),
        required=False,
        choices=[(code, WEEKDAYS[number]) for number, code in enumerate(WEEKDAY_CODES)],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "beside"}),
        help_text=_("By the week alone; none: the weekday of the first date."),
    )
    until = DayField(label=_("Until"), required=False, help_text=_("The last day on which it may take place."))
    count = forms.IntegerField(
        label=_("Or how many dates"), min_value=1, max_value=MOST_DATES, required=False, widget=forms.NumberInput()
    )
    guests = forms.CharField(
        label=_("Guests"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: the email address, and after a comma the name. They get an invitation by mail."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    is_private = forms.BooleanField(
        label=_("Private"), required=False, help_text=_("Others see only that the space is taken.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    groups = (
        (_("When"), ("day", "start", "length")),
        (_("Repeat"), ("repeat", "every", "weekdays", "until", "count")),
        (_("Who comes"), ("guests", "note", "is_private")),
    )

    def __init__(
        self, *args: Any, teams: Sequence[tuple[int, Text]] = (), find: FindPerson | None = None, **kwargs: Any
    ) -> None:
        """Offer these teams; with `find`, somebody else can be booked for."""
        super().__init__(*args, **kwargs)
        self._find = find
        choose(self, "team", [("", _("None")), *teams] if find else teams)
        if not teams:
            del self.fields["team"]
        if find is None:
            del self.fields["owner"]

    def clean_owner(self) -> Person | None:
        """Return whom it is for; None for whoever books."""
        words = self.cleaned_data["owner"].strip()
        found = self._find(words) if words and self._find else None
        if words and found is None:
            raise forms.ValidationError(
                _("Nobody at this work space has this key or email address. Look it up in the directory.")
            )
        return found

    def clean_guests(self) -> list[tuple[str, str]]:
        """Read addresses with names."""
        return read_guests(self.cleaned_data["guests"])

    def clean(self) -> dict[str, Any]:
        """Answer `rule` as well: how it repeats, in the words of RFC 5545; empty for once."""
        cleaned = super().clean()
        cleaned["rule"] = "" if not cleaned.get("repeat") else self._rule(cleaned)
        return cleaned

    def _rule(self, cleaned: dict[str, Any]) -> str:
        until, count, day = cleaned.get("until"), cleaned.get("count"), cleaned.get("day")
        if not {"until", "count"} & set(self.errors) and bool(until) == bool(count):
            self.add_error("until", _("Say until when it repeats, or how many dates it has: one of the two."))
        if until and day and until < day:
            self.add_error("until", _("Choose a last day that is not before the first."))
        if day is None:
            return ""
        parts = [*_rhythm(cleaned["repeat"], day, cleaned.get("weekdays") or ())]
        if (cleaned.get("every") or 1) > 1:
            parts.insert(1, f"INTERVAL={cleaned['every']}")
        if until:
            parts.append(f"UNTIL={until:%Y%m%d}")
        elif count:
            parts.append(f"COUNT={count}")
        return ";".join(parts)


class ChangeForm(WhenForm):
    """Another time or place for a date, for it and those after it, or for the whole booking."""

    space_to = forms.TypedChoiceField(label=_("Space"), coerce=int)
    scope = forms.ChoiceField(label=_("What changes"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, spaces: Sequence[tuple[int, Text]], scopes: Iterable[Any], **kwargs: Any) -> None:
        """Offer spaces of the same rules, and what can be changed together."""
        super().__init__(*args, **kwargs)
        choose(self, "space_to", spaces)
        choose(self, "scope", scopes)


def _rhythm(repeat: str, day: date, weekdays: Sequence[str]) -> list[str]:
    """Return how dates follow each other, without their end."""
    own = WEEKDAY_CODES[day.weekday()]
    if repeat == "daily":
        return ["FREQ=DAILY"]
    if repeat == "weekly":
        chosen = [code for code in WEEKDAY_CODES if code in weekdays] or [own]
        return ["FREQ=WEEKLY", f"BYDAY={','.join(chosen)}"]
    if repeat == "weekday":
        return ["FREQ=MONTHLY", f"BYDAY={(day.day - 1) // 7 + 1}{own}"]
    return ["FREQ=MONTHLY"]


def _number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"inputmode": "numeric"})
