"""Input about placements: who goes where, what is agreed, how it goes and how it ends."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import EndReason, Going, PersonLevel, Side
from accord.programmes.queries import EvaluationQuestion, Milestone
from accord.ui.forms import BilingualField, DayField, Form

NAME_ROOM, LINE_ROOM, NOTE_ROOM, TEXT_ROOM = 200, 500, 2000, 5000
MOST_MONEY = 100_000_000
SCALE = (("", "–"), *((one, str(one)) for one in range(1, 6)))
Choices = Sequence[tuple[Any, Any]]
Find = Callable[[str], Any]


def _text(label: Any, *, room: int = NOTE_ROOM, rows: int = 4, hint: Any = "", required: bool = True) -> Any:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=room, widget=widget, help_text=hint, required=required)


def _hours(hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Hours"), required=False, min_value=0, max_value=168, decimal_places=1, help_text=hint
    )


class BeginPlacementForm(Form):
    """A placement from an accepted offer: as what, from when until when, sent by whom."""

    level = forms.ChoiceField(label=_("Comes as"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    home = forms.TypedChoiceField(
        label=_("Sent by"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Their own institution signs the learning agreement too. None: nobody sends them."),
    )
    percent = forms.IntegerField(
        label=_("Part of a full-time post in per cent"), min_value=1, max_value=100, initial=100
    )
    stipend = forms.DecimalField(
        label=_("Stipend a month"), required=False, min_value=0, max_value=MOST_MONEY, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        min_length=3,
        max_length=3,
        help_text=_("Three letters, such as EUR or CNY."),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, levels: Iterable[PersonLevel], houses: Choices, **kwargs: Any) -> None:
        """Offer the levels of the programme's kind, and institutions."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(one.value, one.label) for one in levels]  # type: ignore[attr-defined]
        self.fields["home"].choices = [("", _("Nobody")), *houses]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn the stipend into minor units."""
        cleaned = super().clean() or self.cleaned_data
        amount = cleaned.pop("stipend", None)
        cleaned["stipend_minor"] = None if amount is None else int(amount * 100)
        cleaned["currency"] = (cleaned.get("currency") or "").upper() if amount is not None else ""
        if amount is not None and not cleaned["currency"]:
            self.add_error("currency", _("Enter the currency of the stipend as three letters, such as EUR."))
        return cleaned


class ChangePlacementForm(BeginPlacementForm):
    """What is known of a placement."""

    title = BilingualField(label=_("What the placement is about"), max_length=NAME_ROOM)
    field_order = ("title", "level", "starts_on", "ends_on", "percent", "stipend", "currency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out who sent the person: that stays."""
        super().__init__(*args, houses=(), **kwargs)
        del self.fields["home"]


class RecordPlacementForm(BeginPlacementForm):
    """A placement that came about without a call."""

    title = BilingualField(label=_("What the placement is about"), max_length=NAME_ROOM)
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
    host = forms.TypedChoiceField(label=pgettext_lazy("a side", "Host"), coerce=int)
    field_order = ("person", "person_name", "title", "host", "home", "level", "starts_on", "ends_on", "percent")

    def __init__(self, *args: Any, houses: Choices, find: Find, **kwargs: Any) -> None:
        """Offer institutions; know how a person is found."""
        super().__init__(*args, houses=houses, **kwargs)
        self.fields["host"].choices = list(houses)  # type: ignore[attr-defined]
        self.find = find

    def clean(self) -> dict[str, Any]:
        """Find the person; an address that nobody has means somebody new, where a name stands beside it."""
        cleaned = super().clean()
        words = (cleaned.get("person") or "").strip()
        found = self.find(words) if words else None
        if words and found is None and not ("@" in words and cleaned.get("person_name")):
            self.add_error(
                "person",
                _("Nobody is known by this. Enter an email address, and the name beside it to add the person."),
            )
        cleaned["found"], cleaned["address"] = found, "" if found else words
        return cleaned


class LearningForm(Form):
    """What person, host and home agree."""

    autosaved = True
    tasks = _text(_("What the person will do"), room=TEXT_ROOM, rows=6)
    aims = _text(_("What they will learn"), room=TEXT_ROOM, rows=4, required=False)
    mentoring = _text(
        _("How they are looked after"), rows=3, required=False, hint=_("Who meets them how often, and whom they ask.")
    )
    hours_weekly = _hours(_("A week."))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    why = forms.CharField(label=_("Why it changes"), max_length=LINE_ROOM)

    def __init__(self, *args: Any, is_change: bool, **kwargs: Any) -> None:
        """Ask why only where something agreed changes."""
        super().__init__(*args, **kwargs)
        if not is_change:
            del self.fields["why"]


class SignLearningForm(Form):
    """A signature: the name, and that the text was read, by its hash."""

    side = forms.ChoiceField(label=_("For which side"))
    name = forms.CharField(label=_("Your full name"), max_length=NAME_ROOM)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sides: Iterable[Side], **kwargs: Any) -> None:
        """Ask for the side only where there are several."""
        super().__init__(*args, **kwargs)
        choose_side(self, sides)


class ArrivalForm(Form):
    """The day of arrival."""

    arrived_on = DayField(label=_("First day there"))


class EndPlacementForm(Form):
    """The last day, and why where it came before its time."""

    left_on = DayField(label=_("Last day there"))
    reason = forms.ChoiceField(
        label=_("Ended early because"),
        required=False,
        choices=[("", _("It ran to its end")), *EndReason.choices],
        help_text=_("A placement that is broken off does not count as completed."),
    )
    note = _text(_("Note"), rows=3, required=False)


class CancelPlacementForm(Form):
    """Why a placement is called off."""

    reason = forms.CharField(label=_("Why"), max_length=LINE_ROOM)


class DiaryForm(Form):
    """What somebody did on a day."""

    autosaved = True
    done_on = DayField(label=_("Day"))
    text = _text(_("What you did"), room=TEXT_ROOM, rows=6)
    hours = _hours()


class CheckInForm(Form):
    """How it goes."""

    side = forms.ChoiceField(label=_("For which side"))
    going = forms.ChoiceField(label=_("How does it go?"), choices=Going.choices, widget=forms.RadioSelect)
    text = _text(_("In a few words"), rows=3, required=False, hint=_("Needed where something needs care."))

    def __init__(self, *args: Any, sides: Iterable[Side], **kwargs: Any) -> None:
        """Ask for the side only where there are several."""
        super().__init__(*args, **kwargs)
        choose_side(self, sides)


class LookedForm(Form):
    """What the office did about a check-in."""

    note = forms.CharField(label=_("What was done"), required=False, max_length=LINE_ROOM)


class EvaluateForm(Form):
    """An evaluation: the whole, each question, and words."""

    autosaved = True
    score = forms.TypedChoiceField(
        label=_("All in all"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=SCALE,
        help_text=_("From 1, not at all good, to 5, very good. Without a score it counts for completion alone."),
    )
    text = _text(_("What went well, and what did not"), room=TEXT_ROOM, rows=5, required=False)
    advice = _text(
        _("For the office alone"), room=TEXT_ROOM, rows=3, required=False, hint=_("The other side never reads it.")
    )

    def __init__(self, *args: Any, questions: Sequence[EvaluationQuestion], **kwargs: Any) -> None:
        """Ask the questions of the programme's kind between the whole and the words."""
        super().__init__(*args, **kwargs)
        for one in questions:
            self.fields[f"q-{one.key}"] = forms.TypedChoiceField(
                label=str(one.text),
                coerce=int,
                empty_value=None,
                required=False,
                choices=SCALE,
            )
        self.order_fields(["score", *(f"q-{one.key}" for one in questions), "text", "advice"])

    def clean(self) -> dict[str, Any]:
        """Gather the answers by question."""
        cleaned = super().clean() or self.cleaned_data
        answers = {name[2:]: cleaned.pop(name) for name in list(cleaned) if name.startswith("q-")}
        cleaned["answers"] = {key: value for key, value in answers.items() if value is not None}
        return cleaned


class HiringForm(Form):
    """That the host hired somebody."""

    hired_on = DayField(label=_("First day of the job"))
    position = forms.CharField(label=_("As what"), required=False, max_length=NAME_ROOM)
    evidence = forms.CharField(
        label=_("What shows it"), max_length=LINE_ROOM, help_text=_("Such as the contract and where it is kept.")
    )


class SupervisorForm(Form):
    """Who looks after somebody at a side."""

    side = forms.ChoiceField(label=_("At which side"))
    name = forms.CharField(label=pgettext_lazy("of a person", "Name"), max_length=NAME_ROOM)
    email = forms.EmailField(
        label=_("Email address"), required=False, help_text=_("They sign, check in and evaluate by link or account.")
    )
    starts_on = DayField(label=pgettext_lazy("of a supervisor", "From"))

    def __init__(self, *args: Any, sides: Iterable[Side], **kwargs: Any) -> None:
        """Offer the sides of the placement."""
        super().__init__(*args, **kwargs)
        choose_side(self, [one for one in sides if one != Side.PERSON])


class MilestoneForm(Form):
    """That a milestone was reached."""

    milestone = forms.TypedChoiceField(label=_("Milestone"), coerce=int)
    reached_on = DayField(label=_("Reached on"), required=False, help_text=_("Empty: not reached after all."))
    note = forms.CharField(label=_("Note"), required=False, max_length=LINE_ROOM)

    def __init__(self, *args: Any, milestones: Iterable[Milestone], **kwargs: Any) -> None:
        """Offer the milestones of the placement."""
        super().__init__(*args, **kwargs)
        self.fields["milestone"].choices = [(one.pk, str(one.name)) for one in milestones]  # type: ignore[attr-defined]


class DegreeForm(Form):
    """When the degree was conferred."""

    degree_on = DayField(label=_("Conferred on"), help_text=_("The day on the certificate."))


class LeaveForm(Form):
    """Days away from a post."""

    starts_on = DayField(label=_("First day away"))
    ends_on = DayField(label=_("Last day away"))
    is_paid = forms.BooleanField(label=_("The post was paid on these days"), required=False)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)


class StipendForm(Form):
    """Money that was paid for a month."""

    month_on = DayField(label=_("For the month of"), help_text=_("Any day of it."))
    amount = forms.DecimalField(
        label=pgettext_lazy("money", "Amount"), min_value=0, max_value=MOST_MONEY, decimal_places=2
    )
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    paid_on = DayField(label=_("Paid on"))


def choose_side(form: Form, sides: Iterable[Side]) -> None:
    """Ask for a side among several; where there is one alone, it is understood."""
    choices = [(one.value, one.label) for one in sides]
    form.fields["side"].choices = choices  # type: ignore[attr-defined]
    if len(choices) == 1:
        form.fields["side"].widget = forms.HiddenInput()
        form.fields["side"].initial = choices[0][0]
