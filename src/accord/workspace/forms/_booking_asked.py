"""Further things that pages of booking ask: what to call off, what to look for, what to close, the code at a door."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import BilingualField, DayField, Form
from accord.workspace.forms._lengths import choose, length_in_words


class CancelForm(Form):
    """How much of a booking is called off, and why."""

    scope = forms.ChoiceField(label=_("What is called off"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("Guests and those you booked for read it.")
    )

    def __init__(self, *args: Any, scopes: Iterable[Any], **kwargs: Any) -> None:
        """Offer what can be called off together."""
        super().__init__(*args, **kwargs)
        choose(self, "scope", scopes)


class RangeForm(Form):
    """Between which days everything of one's own is called off."""

    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"), help_text=_("This day is called off as well."))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("Choose a last day that is not before the first."))
        return cleaned


class FindForm(Form):
    """When somebody needs a space, for how long, for how many, with what in it."""

    day = DayField(label=_("Day"))
    start = forms.TimeField(
        label=pgettext_lazy("a booking", "Start"),
        widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
    )
    minutes = forms.TypedChoiceField(label=_("Length"), coerce=int)
    seats = forms.IntegerField(label=_("For how many people"), min_value=1, max_value=1000, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    features = forms.MultipleChoiceField(
        label=_("With"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "beside"})
    )

    def __init__(self, *args: Any, kinds: Iterable[Any], features: Sequence[str], **kwargs: Any) -> None:
        """Offer these kinds of space and features."""
        super().__init__(*args, **kwargs)
        choose(self, "kind", kinds)
        choose(self, "minutes", [(one, length_in_words(one)) for one in (*range(15, 181, 15), 240, 300, 360, 420, 480)])
        choose(self, "features", [(one, one) for one in features])
        if not features:
            del self.fields["features"]


class SettleForm(Form):
    """What becomes of a request, and why."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("Whoever asked reads it. Needed to decline.")
    )


class ClosureForm(Form):
    """What is closed from when until when, and why."""

    where = forms.ChoiceField(label=_("What is closed"))
    from_on = DayField(label=_("From"))
    from_time = forms.TimeField(
        label=_("At"), initial="00:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_on = DayField(label=_("Until"))
    until_time = forms.TimeField(
        label=_("At what time it opens again"),
        initial="23:59",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    reason = BilingualField(label=_("Reason"), max_length=200, help_text=_("Everybody reads it in the grid."))

    def __init__(self, *args: Any, places: Iterable[Any], **kwargs: Any) -> None:
        """Offer these places."""
        super().__init__(*args, **kwargs)
        choose(self, "where", places)

    def clean(self) -> dict[str, Any]:
        """Refuse an end that is not after the start."""
        cleaned = super().clean() or self.cleaned_data
        ends = [cleaned.get(name) for name in ("from_on", "from_time", "until_on", "until_time")]
        if all(one is not None for one in ends) and (ends[2], ends[3]) <= (ends[0], ends[1]):
            self.add_error("until_on", _("Choose an end that is after the start."))
        return cleaned


class DoorForm(Form):
    """The six figures that check in at the door."""

    code = forms.CharField(
        label=_("Code of your booking"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Enter the six figures of your booking.")},
    )
