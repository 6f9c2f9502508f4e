"""Input about mentors and their hours, services, events, announcements, staff and the seed fund."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import BilingualField, DayField, Form
from accord.workspace.forms._teams import FindPerson, KnownPersonMixin
from accord.workspace.queries import Team

NAME_ROOM, LINE_ROOM, TEXT_ROOM = 200, 300, 4000
MOST_PLACES, MOST_WEEKS = 10_000, 26


def _time(label: Any, hint: Any = "") -> forms.TimeField:
    """Return a field for a time of day."""
    return forms.TimeField(
        label=label,
        help_text=hint,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time such as 14:30.")},
    )


def _money(label: Any, hint: Any = "") -> forms.DecimalField:
    """Return a field for an amount in the site's money."""
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"})
    return forms.DecimalField(label=label, help_text=hint, min_value=0, max_digits=14, decimal_places=2, widget=widget)


class PersonForm(Form, KnownPersonMixin):
    """A person, by their address; somebody new with their name."""

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_("An email address, or the key of a person."),
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    person_name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        required=False,
        max_length=NAME_ROOM,
        help_text=_("Only for somebody who is not known here yet."),
    )

    def __init__(self, *args: Any, find: FindPerson, **kwargs: Any) -> None:
        """Know how a person is found."""
        super().__init__(*args, **kwargs)
        self.find = find

    def clean(self) -> dict[str, Any]:
        """Find the person."""
        cleaned = super().clean() or self.cleaned_data
        self.clean_known(cleaned)
        return cleaned


class MentorForm(PersonForm):
    """Who becomes mentor, of what, and from when."""

    topics = BilingualField(
        label=_("Topics"), required=False, max_length=LINE_ROOM, help_text=_("What teams can ask, such as sales.")
    )
    starts_on = DayField(label=_("From"))


class StaffForm(PersonForm):
    """Who works for the operator, and with what training."""

    is_professional = forms.BooleanField(
        label=_("Professional staff"),
        required=False,
        help_text=_("Trained in incubation, or with experience in business."),
    )
    starts_on = DayField(label=_("From"))


class NoLongerForm(Form):
    """From which day something no longer holds."""

    ends_on = DayField(
        label=_("No longer holds from"),
        help_text=_("The first day on which it no longer holds. The day it began means it was a mistake."),
    )


class FundForm(Form):
    """Money set aside to invest."""

    amount = _money(_("Amount"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$",
        label=_("Currency"),
        max_length=3,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"invalid": _("Enter three capital letters such as CNY.")},
    )
    starts_on = DayField(label=_("From"))


class HoursForm(Form):
    """When a mentor sees teams."""

    first_on = DayField(label=_("Day"))
    starts = _time(pgettext_lazy("a time", "From"), _("In the time of the work space."))
    ends = _time(pgettext_lazy("a time", "Until"))
    minutes = forms.IntegerField(
        label=_("Minutes a session"),
        min_value=5,
        max_value=480,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    weeks = forms.IntegerField(
        label=_("For how many weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text=_("On the same weekday, one week after the other."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=NAME_ROOM, help_text=_("Where they meet, or how.")
    )


class TakeForm(Form):
    """For which team an hour is taken, and what it is about."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=int)
    subject = forms.CharField(
        label=_("What it is about"), max_length=LINE_ROOM, help_text=_("The mentor reads it before the hour.")
    )

    def __init__(self, *args: Any, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        """Offer these teams."""
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = team_choices(teams)  # type: ignore[attr-defined]  # a choice field has choices


class ServiceForm(Form):
    """A service with its worth and its price, in the site's money."""

    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    unit = BilingualField(
        label=_("What one is"), max_length=NAME_ROOM, help_text=_("What is counted, such as an hour or a case.")
    )
    value = _money(_("Worth of one"), _("What a team would pay elsewhere."))
    price = _money(_("Price of one"), _("What a team pays here; 0 where it is free."))


class ChangeServiceForm(ServiceForm):
    """The same, and when it is over."""

    ended_on = DayField(
        label=_("Not offered from"), required=False, help_text=_("The first day on which it is no longer offered.")
    )


class ServiceUseForm(Form):
    """That a team used a service."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=int)
    used_on = DayField(label=_("Day"))
    quantity = forms.DecimalField(
        label=_("How many"),
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short", "step": "0.01"}),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=LINE_ROOM)

    def __init__(self, *args: Any, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        """Offer these teams."""
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = team_choices(teams)  # type: ignore[attr-defined]  # a choice field has choices


class OccasionForm(Form):
    """An event: what, when, where, for how many. Days and times are in the site's zone."""

    title = BilingualField(label=_("What it is"), max_length=NAME_ROOM)
    on = DayField(label=_("Day"))
    starts = _time(pgettext_lazy("a time", "From"), _("In the time of the work space."))
    ends = _time(pgettext_lazy("a time", "Until"), _("At midnight or later, it ends on the next day."))
    place = BilingualField(label=_("Place"), required=False, max_length=NAME_ROOM)
    places = forms.IntegerField(
        label=_("How many may come"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("Leave it empty where there is no limit."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    about = BilingualField(label=_("About it"), required=False, multiline=True, max_length=TEXT_ROOM)


class AnnouncementForm(Form):
    """What is told to everybody at a site, and from when until when."""

    title = BilingualField(label=_("Title"), max_length=NAME_ROOM)
    body = BilingualField(label=_("Text"), required=False, multiline=True, max_length=TEXT_ROOM)
    shown_from_on = DayField(label=_("Shown from"))
    shown_until_on = DayField(
        label=_("No longer shown from"), required=False, help_text=_("Leave it empty to take it down by hand.")
    )


class SignUpForm(Form):
    """For which team somebody comes, if for one."""

    team = forms.TypedChoiceField(label=_("Team"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, teams: Iterable[Team] = (), **kwargs: Any) -> None:
        """Offer these teams; none is an answer too."""
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "—"), *team_choices(teams)]  # type: ignore[attr-defined]  # it has choices


class CameForm(Form):
    """Which of the places were taken by somebody who came."""

    came = forms.TypedMultipleChoiceField(label=_("Came"), coerce=int, required=False)

    def __init__(self, *args: Any, places: Iterable[int] = (), **kwargs: Any) -> None:
        """Know the places of the event."""
        super().__init__(*args, **kwargs)
        self.fields["came"].choices = [(one, str(one)) for one in places]  # type: ignore[attr-defined]  # it has choices


def team_choices(teams: Iterable[Team]) -> Sequence[tuple[Any, Any]]:
    """Return teams to choose from."""
    return [(team.pk, str(team.name)) for team in teams]


def local(at: datetime, zone: str) -> datetime:
    """Return a moment in a site's zone."""
    return at.astimezone(ZoneInfo(zone))
