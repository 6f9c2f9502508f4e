"""Input about calls: what they offer, their dates in their own zone, and how they end."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.text import Bilingual
from accord.programmes.enums import HostScore, TieRule
from accord.programmes.forms._programmes import NAME_ROOM, TEXT_ROOM, key_field
from accord.review.enums import Mode
from accord.ui.forms import BilingualField, DayField, Form

LAST_SECOND = timedelta(seconds=59)
"""A deadline of 23:59 lasts until that minute has passed."""
MOST_DATES = 8


def zone_field(label: Any, hint: Any, *, required: bool = True) -> forms.CharField:
    """Return the field for a time zone."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=60,
        help_text=hint,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )


def hour_field(label: Any) -> forms.TimeField:
    """Return the field for a time of day."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time such as 23:59.")},
    )


class _ZonedForm(Form):
    """A form whose days and times are of a time zone that it asks for."""

    def clean_time_zone(self) -> str:
        """Refuse what is no time zone."""
        return _zone(self.cleaned_data["time_zone"])

    def clean_partner_zone(self) -> str:
        """Refuse what is no time zone."""
        chosen = self.cleaned_data["partner_zone"]
        return _zone(chosen) if chosen else ""


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone such as Asia/Shanghai."))
    return name


class CallForm(_ZonedForm):
    """What is known of a call; `facts()` gives it as the operation takes it."""

    autosaved = True
    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    summary = BilingualField(label=_("What the call is about"), required=False, max_length=TEXT_ROOM, multiline=True)
    who_may = BilingualField(
        label=_("Who may apply"),
        required=False,
        max_length=TEXT_ROOM,
        multiline=True,
        help_text=_("In words. Rules that are checked before the form have a page of their own."),
    )
    gives = BilingualField(label=_("What one gets"), required=False, max_length=TEXT_ROOM, multiline=True)
    contact = forms.EmailField(label=_("Whom to ask"), required=False, help_text=_("An email address for questions."))
    time_zone = zone_field(_("Time zone of the call"), _("Deadlines are of this zone, such as Asia/Shanghai."))
    partner_zone = zone_field(
        _("Time zone of the partner"), _("Shown beside every moment, such as Europe/London."), required=False
    )
    opens_on = DayField(label=pgettext_lazy("a call", "Opens on"))
    opens_hour = hour_field(pgettext_lazy("a call", "Opens at"))
    closes_on = DayField(label=pgettext_lazy("a call", "Closes on"))
    closes_hour = hour_field(pgettext_lazy("a call", "Closes at"))
    results_on = DayField(label=_("Results on"), required=False)
    starts_on = DayField(label=_("Placements begin on"), required=False)
    ends_on = DayField(label=_("Placements end on"), required=False)
    quota = forms.IntegerField(
        label=_("Most to accept"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Leave it empty where the places decide."),
    )
    reserve_length = forms.IntegerField(label=_("Length of the reserve list"), min_value=0, max_value=100_000)
    tie_rule = forms.ChoiceField(label=_("Equal scores are told apart by"), choices=TieRule.choices)
    mode = forms.ChoiceField(label=_("Who knows whom in the review"), choices=Mode.choices)
    host_score = forms.ChoiceField(label=_("At a place counts"), choices=HostScore.choices)
    most_wishes = forms.IntegerField(
        label=_("Most places to rank"), min_value=0, max_value=1000, help_text=_("0 where there are no places.")
    )
    takes_joint = forms.BooleanField(label=_("Two may apply to be placed together"), required=False)
    is_public = forms.BooleanField(
        label=_("Listed for everybody"),
        required=False,
        help_text=_("Otherwise it is read by whoever was given its address."),
    )
    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = (
        (_("What applicants read"), ("name", "key", "summary", "who_may", "gives", "contact", "is_public")),
        (
            _("When"),
            (
                "time_zone",
                "partner_zone",
                "opens_on",
                "opens_hour",
                "closes_on",
                "closes_hour",
                "results_on",
                "starts_on",
                "ends_on",
            ),
        ),
        (
            _("How it is decided"),
            (
                "quota",
                "reserve_length",
                "mode",
                "tie_rule",
                "host_score",
                "most_wishes",
                "takes_joint",
            ),
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a call that closes before it opens."""
        cleaned = super().clean() or self.cleaned_data
        parts = ("opens_on", "opens_hour", "closes_on", "closes_hour")
        if all(cleaned.get(name) is not None for name in parts):
            opens, closes = ((cleaned[f"{one}_on"], cleaned[f"{one}_hour"]) for one in ("opens", "closes"))
            if closes <= opens:
                self.add_error("closes_on", _("The call closes before it opens. Enter a later moment."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """Return what was entered as `CallFacts` takes it, with moments instead of days and hours."""
        return facts_in(self.cleaned_data)


class NewCallForm(CallForm):
    """A new call, with the short name that its address bears."""

    key = key_field("2020")


def facts_in(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a form as `CallFacts` takes them."""
    parts = {"opens_on", "opens_hour", "closes_on", "closes_hour"}
    zone = ZoneInfo(said["time_zone"])
    return {
        **{name: value for name, value in said.items() if name not in parts},
        "opens_at": _moment(said["opens_on"], said["opens_hour"], zone),
        "closes_at": _moment(said["closes_on"], said["closes_hour"], zone) + LAST_SECOND,
    }


def values_of_call(call: Any) -> dict[str, Any]:
    """Return what the form shows of a call, or of the facts of one."""
    zone = ZoneInfo(call.time_zone)
    opens, closes = call.opens_at.astimezone(zone), call.closes_at.astimezone(zone)
    names = [name for name in NewCallForm.base_fields if hasattr(call, name)]
    return {
        **{name: getattr(call, name) for name in names},
        "opens_on": opens.date(),
        "opens_hour": opens.time().replace(second=0, microsecond=0),
        "closes_on": closes.date(),
        "closes_hour": closes.time().replace(second=0, microsecond=0),
    }


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour.replace(second=0, microsecond=0), tzinfo=zone)


class CancelCallForm(Form):
    """Why a call is cancelled."""

    reason = forms.CharField(
        label=_("Why it is cancelled"),
        required=False,
        max_length=500,
        help_text=_("Everybody who applied reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LateCodeForm(Form):
    """Until when whoever has the code may submit after the deadline."""

    until_on = DayField(label=_("Until the day"))
    until_hour = hour_field(pgettext_lazy("a deadline", "Until the hour"))

    def moment(self, zone: str) -> datetime:
        """Return until when, in a time zone."""
        said = self.cleaned_data
        return _moment(said["until_on"], said["until_hour"], ZoneInfo(zone)) + LAST_SECOND


class DatesForm(Form):
    """What else happens when: up to eight lines; a line without a day is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make a name and a day for each line."""
        fields: dict[str, forms.Field] = {}
        groups = []
        for at in range(1, MOST_DATES + 1):
            names = (f"name_{at}", f"on_{at}")
            fields[names[0]] = BilingualField(
                label=pgettext_lazy("a date", "What happens"), required=False, max_length=NAME_ROOM
            )
            fields[names[1]] = DayField(label=pgettext_lazy("when something happens", "On"), required=False)
            groups.append((_("Date %(number)s") % {"number": at}, names))
        self.base_fields = fields  # type: ignore[misc]  # one pair a line, which a class cannot say
        self.groups = tuple(groups)  # type: ignore[misc]  # the same
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a line that is told in part."""
        cleaned = super().clean() or self.cleaned_data
        for at in range(1, MOST_DATES + 1):
            name, on = cleaned.get(f"name_{at}"), cleaned.get(f"on_{at}")
            if name and not on and f"on_{at}" not in self.errors:
                self.add_error(f"on_{at}", _("Enter the day on which it happens."))
            if on and not name:
                self.add_error(f"name_{at}", _("Write what happens on this day."))
        return cleaned

    def lines(self) -> list[tuple[Bilingual, date]]:
        """Return the lines that were filled in."""
        pairs = [(self.cleaned_data[f"name_{at}"], self.cleaned_data[f"on_{at}"]) for at in range(1, MOST_DATES + 1)]
        return [(name, on) for name, on in pairs if on]


def values_of_dates(dates: Any) -> dict[str, Any]:
    """Return what the form shows of the dates of a call."""
    values: dict[str, Any] = {}
    for at, one in enumerate(dates, 1):
        values[f"name_{at}"], values[f"on_{at}"] = one.name, one.held_on
    return values
