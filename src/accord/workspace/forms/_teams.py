"""Input about teams, who works in them, what they report and the money they receive."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.queries import Person
from accord.ui import say
from accord.ui.forms import BilingualField, DayField, Form
from accord.workspace.enums import FundingKind, MemberRole, Origin, Stage, TeamKind
from accord.workspace.queries import TeamReport, in_major, quarter_key, quarter_name, read_quarter

NAME_ROOM, LINE_ROOM, TEXT_ROOM = 200, 200, 2000
MOST = 100_000
Choices = Sequence[tuple[Any, Any]]
FindPerson = Callable[[str], Person | None]


def _number(label: Any, hint: Any = "", *, required: bool = True) -> forms.IntegerField:
    """Return a field for a head count."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"})
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=0, max_value=MOST, widget=widget
    )


def _money(label: Any, hint: Any = "") -> forms.DecimalField:
    """Return a field for an amount in the currency's own unit."""
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"})
    return forms.DecimalField(
        label=label, help_text=hint, required=False, min_value=0, max_digits=14, decimal_places=2, widget=widget
    )


def nobody(words: str) -> Person | None:
    """Find nobody; stands in where a form only reads back what was sent."""
    del words
    return None


class KnownPersonMixin(forms.Form):
    """Finds a person by key or email address; a name beside an address that nobody has means somebody new."""

    find: FindPerson
    who, called = "person", "person_name"

    def clean_known(self, cleaned: dict[str, Any]) -> None:
        """Put the person found, or the address of somebody new, where the words stood."""
        words = (cleaned.get(self.who) or "").strip()
        found = self.find(words) if words else None
        if words and found is None and not ("@" in words and cleaned.get(self.called)):
            self.add_error(
                self.who,
                _("Nobody is known by this. Enter an email address, and the name beside it to add the person."),
            )
        cleaned["found"], cleaned["address"] = found, "" if found else words


class TeamForm(Form, KnownPersonMixin):
    """What is known of a team."""

    who, called = "contact", "contact_name"
    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    kind = forms.ChoiceField(label=_("Kind"), choices=TeamKind.choices, initial=TeamKind.INCUBATED)
    origin = forms.ChoiceField(label=_("Origin"), choices=Origin.choices)
    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=2,
        help_text=_("Two letters, such as CN or GB. Needed for an international team."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    field = BilingualField(
        label=_("Field"), required=False, max_length=LINE_ROOM, help_text=_("What it works on, such as payments.")
    )
    summary = BilingualField(label=_("Summary"), required=False, max_length=TEXT_ROOM, multiline=True)
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    institution = forms.TypedChoiceField(
        label=_("Registered as"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Where the team is an institution of its own in the directory."),
    )
    founders_from = forms.TypedMultipleChoiceField(
        label=_("Founders come from"),
        required=False,
        coerce=int,
        help_text=_("Universities and companies where the founders studied or worked."),
    )
    contact = forms.CharField(
        label=_("Contact"),
        required=False,
        max_length=254,
        help_text=_("Who is asked for the quarterly report: an email address, or the key of a person."),
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    contact_name = forms.CharField(
        label=_("Name of the contact"),
        required=False,
        max_length=NAME_ROOM,
        help_text=_("Only for somebody who is not known here yet."),
    )
    groups = ((_("Contact"), ("contact", "contact_name")),)

    def __init__(self, *args: Any, institutions: Choices = (), find: FindPerson = nobody, **kwargs: Any) -> None:
        """Offer the institutions that the reader may see."""
        super().__init__(*args, **kwargs)
        self.find = find
        self.fields["institution"].choices = [("", _("None")), *institutions]  # type: ignore[attr-defined]
        self.fields["founders_from"].choices = list(institutions)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the contact."""
        cleaned = super().clean() or self.cleaned_data
        self.clean_known(cleaned)
        return cleaned


class NewTeamForm(TeamForm):
    """A team and the short name that its address bears."""

    key = forms.SlugField(
        label=pgettext_lazy("in addresses", "Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as lantern-pay. It stays."),
        error_messages={"invalid": _("Use small letters, digits and hyphens, such as lantern-pay.")},
    )
    field_order = ("name", "key")


class MemberForm(Form, KnownPersonMixin):
    """Who works in a team from a day on."""

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
    role = forms.ChoiceField(
        label=pgettext_lazy("in a team", "Part"), choices=MemberRole.choices, initial=MemberRole.MEMBER
    )
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, find: FindPerson = nobody, **kwargs: Any) -> None:
        """Know how a person is found."""
        super().__init__(*args, **kwargs)
        self.find = find

    def clean(self) -> dict[str, Any]:
        """Find the person."""
        cleaned = super().clean() or self.cleaned_data
        self.clean_known(cleaned)
        return cleaned


class EndMemberForm(Form):
    """From which day somebody no longer works in a team."""

    ends_on = DayField(
        label=_("No longer from"),
        help_text=_("The first day on which it no longer holds. The day it began means it was a mistake."),
    )


NUMBERS = ("jobs", "research_jobs", "part_time", "interns", "patents_applied", "patents_held")


class HeadsForm(Form):
    """What a team says of itself; beside each field stands what it said last time."""

    jobs = _number(pgettext_lazy("people employed", "Jobs"), _("People employed for at least 32 hours a week."))
    research_jobs = _number(_("Of them in research"), _("At least half of their time in research and development."))
    part_time = _number(_("Part-time staff"), _("Employed for fewer than 32 hours a week."))
    interns = _number(_("Interns"))
    patents_applied = _number(_("Patents applied for"), _("Applications that are alive."))
    patents_held = _number(_("Rights held"), _("Valid patents, software and design rights of the company itself."))
    revenue = _money(_("Revenue of the quarter"))
    note = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=TEXT_ROOM,
        help_text=_("What the operator should know, such as why a number leapt."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    stands_on = DayField(label=_("Heads counted for"))
    groups: ClassVar[tuple[tuple[Any, tuple[str, ...]], ...]] = (
        (_("People"), ("jobs", "research_jobs", "part_time", "interns", "stands_on")),
        (_("Intellectual property"), ("patents_applied", "patents_held")),
        (_("Money and remarks"), ("revenue", "note")),
    )

    def __init__(self, *args: Any, last: TeamReport | None = None, currency: str = "", **kwargs: Any) -> None:
        """Fill in what was said last time, and say so beside each field."""
        filled = {name: getattr(last, name) for name in NUMBERS} if last else {}
        kwargs["initial"] = {"part_time": 0, "interns": 0} | filled | dict(kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["revenue"].help_text = _("In %(currency)s.") % {"currency": currency}
        if last:
            for name in NUMBERS:
                self._say_last(name, say.count(getattr(last, name)), last.stands_on)
            if last.revenue_minor is not None:
                self._say_last("revenue", say.count(in_major(last.revenue_minor, last.currency)), last.stands_on)

    def _say_last(self, name: str, value: str, day: date) -> None:
        """Add what was said last time to the hint of a field."""
        said = _("Last time: %(value)s (%(day)s).") % {"value": value, "day": say.day(day)}
        self.fields[name].help_text = f"{self.fields[name].help_text} {said}".strip()

    def clean(self) -> dict[str, Any]:
        """Refuse more researchers than jobs, where the team itself can mend it."""
        cleaned = super().clean() or self.cleaned_data
        jobs, research = cleaned.get("jobs"), cleaned.get("research_jobs")
        if jobs is not None and research is not None and research > jobs:
            self.add_error(
                "research_jobs", _("Enter %(jobs)s or fewer: people in research are part of the jobs.") % {"jobs": jobs}
            )
        return cleaned


class _Received(Form):
    """Money that came in; the parts are needed together."""

    funding_kind = forms.ChoiceField(
        label=_("Kind of money"), required=False, choices=[("", _("None")), *FundingKind.choices]
    )
    amount = _money(_("Amount received"))
    received_on = DayField(label=_("Came in on"), required=False)
    source = forms.CharField(label=_("From whom"), required=False, max_length=LINE_ROOM)

    def refuse_half(self, cleaned: dict[str, Any]) -> None:
        """Refuse money that is told in part."""
        parts = ("funding_kind", "amount", "received_on")
        if not any(cleaned.get(name) for name in (*parts, "source")):
            return
        sentences = (_("Choose the kind of money."), _("Enter the amount."), _("Enter the day it came in."))
        for name, sentence in zip(parts, sentences, strict=True):
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, sentence)


class ReportForm(HeadsForm, _Received):
    """A quarterly report on one page: the numbers, and money that came in."""

    groups = (
        *HeadsForm.groups,
        (_("Investment that came in this quarter"), ("funding_kind", "amount", "received_on", "source")),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse money that is told in part, beside odd numbers."""
        cleaned = super().clean()
        self.refuse_half(cleaned)
        return cleaned


class FundingForm(Form):
    """Money that a team received."""

    kind = forms.ChoiceField(label=_("Kind of money"), choices=FundingKind.choices)
    amount = forms.DecimalField(
        label=_("Amount received"),
        max_digits=14,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )
    currency = forms.CharField(
        label=_("Currency"), max_length=3, min_length=3, widget=forms.TextInput(attrs={"class": "short"})
    )
    received_on = DayField(label=_("Came in on"))
    source = forms.CharField(label=_("From whom"), required=False, max_length=LINE_ROOM)
    is_from_site = forms.BooleanField(label=_("From the seed fund of this work space"), required=False)


class RoundForm(Form):
    """Which quarter is asked for, and until when."""

    quarter = forms.ChoiceField(label=_("Quarter"))
    due_on = DayField(label=_("Due on"), help_text=_("Teams are reminded seven days before and on the day."))

    def __init__(self, *args: Any, quarters: Sequence[date], **kwargs: Any) -> None:
        """Offer the quarters that may be asked for."""
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(quarter_key(one), quarter_name(one)) for one in quarters]  # type: ignore[attr-defined]

    def clean_quarter(self) -> date:
        """Return the first day of the quarter."""
        chosen = read_quarter(self.cleaned_data["quarter"])
        if chosen is None:
            raise ValidationError(_("Choose one of the listed answers."))
        return chosen


class QuestionForm(Form):
    """What a team is asked about its report."""

    question = forms.CharField(
        label=_("Question to the team"), max_length=TEXT_ROOM, widget=forms.Textarea(attrs={"rows": 3})
    )
