"""What the draft says."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.agreements.enums import IP_MEANINGS, ClauseType, IpMode, PromiseKind
from accord.measures.queries import catalogue
from accord.negotiation.queries import NegotiationParty
from accord.ui.forms import BilingualField, DayField, Form
from accord.ui.say import Text

format_html_lazy = lazy(format_html, SafeString)  # choices are made once, and said in each reader's language
LONG, PROSE, SHORT = 20_000, 4000, 200
LEAST = Decimal("0.0001")


class HeadForm(Form):
    """The agreement as a whole."""

    autosaved = True
    title = BilingualField(label=_("Title"), max_length=SHORT)
    summary = BilingualField(label=_("Summary"), max_length=PROSE, multiline=True, required=False)
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False)
    review_on = DayField(label=_("Review"), required=False, help_text=_("When the parties look at it together."))
    notice_days = forms.IntegerField(
        label=_("Notice, in days"),
        min_value=1,
        max_value=3650,
        required=False,
        help_text=_("How long before the last day notice is given, to renew it or to let it end."),
    )
    groups: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = (
        (_("How long it runs"), ("starts_on", "ends_on", "review_on", "notice_days")),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and a notice before an end that is not known."""
        cleaned = super().clean() or self.cleaned_data
        first, last, review = (cleaned.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not be before the first."))
        if review and ((first and review < first) or (last and review > last)):
            self.add_error("review_on", _("The review lies between the first day and the last."))
        if cleaned.get("notice_days") and not last and "ends_on" not in self.errors:
            self.add_error("notice_days", _("Enter the last day as well: notice counts back from it."))
        return cleaned


class ClauseForm(Form):
    """A clause of the draft."""

    autosaved = True
    type = forms.ChoiceField(label=_("What it settles"), choices=ClauseType.choices)
    title = BilingualField(label=_("Heading"), max_length=SHORT)
    text = BilingualField(
        label=_("Text"),
        max_length=LONG,
        multiline=True,
        help_text=_("Word for word, as it shall be signed. One language is enough; the other is shown as missing."),
    )
    ip_mode = forms.ChoiceField(
        label=_("Who owns the results"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For the clause on foreground IP alone: what comes out of the work."),
        choices=[
            ("", _("Not said here")),
            *(
                (mode.value, format_html_lazy("<span><b>{}</b>{}{}</span>", mode.label, _(": "), IP_MEANINGS[mode]))
                for mode in IpMode
            ),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an IP mode on another clause."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ip_mode") and cleaned.get("type") != ClauseType.FOREGROUND_IP:
            self.add_error(
                "ip_mode", _("Only the clause on foreground IP says who owns results. Choose “Not said here”.")
            )
        return cleaned


class ClauseAmendmentForm(Form):
    """A new wording for a signed clause."""

    autosaved = True
    text = BilingualField(label=_("New text"), max_length=LONG, multiline=True)
    why = BilingualField(
        label=_("Reason"), max_length=PROSE, multiline=True, help_text=_("It stands beside both texts for ever.")
    )


class PromiseForm(Form):
    """A promise of the draft."""

    autosaved = True
    title = BilingualField(label=_("Promise in a few words"), max_length=SHORT)
    text = BilingualField(label=_("Promise in whole sentences"), max_length=PROSE, multiline=True)
    section = forms.ChoiceField(label=_("Heading on the board"))
    kind = forms.ChoiceField(
        label=_("How it is kept"),
        widget=forms.RadioSelect,
        choices=[
            (PromiseKind.TARGET.value, _("By reaching a number by a day")),
            (PromiseKind.MILESTONE.value, _("By getting something done")),
            (PromiseKind.STANDING.value, _("By going on as long as the agreement runs")),
        ],
    )
    promisors = forms.MultipleChoiceField(label=_("Promised by"), widget=forms.CheckboxSelectMultiple)
    beneficiaries = forms.MultipleChoiceField(
        label=_("Promised to"), widget=forms.CheckboxSelectMultiple, required=False
    )
    beneficiary_text = BilingualField(
        label=_("Promised to others"),
        max_length=SHORT,
        required=False,
        help_text=_("Where it is owed to somebody who is no party, such as doctoral students."),
    )
    measure_code = forms.ChoiceField(
        label=_("Counted in"), required=False, help_text=_("What one of the number is, and by which rule it counts.")
    )
    target = forms.DecimalField(
        label=pgettext_lazy("promise", "Target"), min_value=LEAST, max_digits=16, decimal_places=4, required=False
    )
    is_about = forms.BooleanField(label=_("The number is meant as “about”"), required=False)
    due_on = DayField(label=pgettext_lazy("promise", "Deadline"), required=False)
    starts_on = DayField(
        label=_("First day that counts"), required=False, help_text=_("Without it, the day of signing.")
    )
    owner = BilingualField(
        label=_("Sees to it"), max_length=SHORT, required=False, help_text=_("The office or person who answers for it.")
    )
    groups: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = (
        (_("Who owes it to whom"), ("promisors", "beneficiaries", "beneficiary_text")),
        (_("How much and by when"), ("kind", "measure_code", "target", "is_about", "due_on", "starts_on")),
        (_("Where it stands"), ("section", "owner")),
    )

    def clean(self) -> dict[str, Any]:
        """Say what each kind of promise needs and what it never has."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("beneficiaries") and not cleaned.get("beneficiary_text"):
            self.add_error("beneficiaries", _("Choose to whom it is promised, or name others below."))
        if cleaned.get("beneficiaries") and cleaned.get("beneficiary_text"):
            self.add_error("beneficiary_text", _("Choose parties or name others, not both."))
        for name, sentence in self._wrong(cleaned):
            if name not in self.errors:
                self.add_error(name, str(sentence))
        return cleaned

    def _wrong(self, cleaned: dict[str, Any]) -> list[tuple[str, Text]]:
        """Return what does not fit the kind."""
        kind, found = cleaned.get("kind"), []
        if kind == PromiseKind.TARGET:
            found += [(name, said) for name, said in _NEEDED if not cleaned.get(name)]
        elif kind == PromiseKind.MILESTONE:
            found += [(name, said) for name, said in _NOT_FOR_MILESTONES if cleaned.get(name)]
        elif kind == PromiseKind.STANDING:
            found += [(name, said) for name, said in _NOT_FOR_STANDING if cleaned.get(name)]
        start, due = cleaned.get("starts_on"), cleaned.get("due_on")
        if start and due and due < start:
            found.append(("due_on", _("The deadline must not be before the first day that counts.")))
        return found


def offering(form: PromiseForm, parties: Sequence[NegotiationParty], subjects: Mapping[str, Text]) -> PromiseForm:
    """Return the form with the parties, the headings and the measures to choose from."""
    fields: Any = form.fields
    named = [(party.institution.key, str(party.name)) for party in parties]
    fields["promisors"].choices = named
    fields["beneficiaries"].choices = named
    fields["section"].choices = [(key, str(title)) for key, title in subjects.items()]
    measures = (
        (code, _("%(name)s, in %(unit)s") % {"name": m.name, "unit": m.unit}) for code, m in catalogue().items()
    )
    fields["measure_code"].choices = [("", _("Nothing")), *sorted(measures, key=lambda one: one[1].casefold())]
    return form


def worded(answers: Mapping[str, Any], subjects: Mapping[str, Text]) -> dict[str, Any]:
    """Return a promise's answers as its wording has them: the heading with its title, sides that do not change."""
    section = answers["section"]
    kept = {name: value for name, value in answers.items() if name != "section"}
    sides = {name: tuple(answers[name]) for name in ("promisors", "beneficiaries")}
    return {**kept, **sides, "section_key": section, "section_title": subjects[section]}


_NEEDED: tuple[tuple[str, Text], ...] = (
    ("measure_code", _("Choose what the number is counted in.")),
    ("target", _("Enter the number to reach.")),
    ("due_on", _("Enter the last day to reach it.")),
)
_NOT_FOR_MILESTONES: tuple[tuple[str, Text], ...] = (
    ("measure_code", _("A milestone is done or not; leave the measure empty.")),
    ("target", _("A milestone has no number; leave this empty.")),
    ("is_about", _("A milestone has no number; clear this.")),
)
_NOT_FOR_STANDING: tuple[tuple[str, Text], ...] = (
    ("target", _("A standing promise has no number; leave this empty.")),
    ("is_about", _("A standing promise has no number; clear this.")),
    ("due_on", _("A standing promise has no deadline; leave this empty.")),
)


class PromiseAmendmentForm(Form):
    """A new target or deadline for a signed promise."""

    target = forms.DecimalField(
        label=_("New target"),
        min_value=LEAST,
        max_digits=16,
        decimal_places=4,
        required=False,
        help_text=_("Leave it empty to keep the present one."),
    )
    due_on = DayField(label=_("New deadline"), required=False, help_text=_("Leave it empty to keep the present one."))
    why = BilingualField(
        label=_("Reason"), max_length=PROSE, multiline=True, help_text=_("It stands beside both figures for ever.")
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Ask for no target where the promise is a milestone."""
        super().__init__(*args, **kwargs)
        if kind == PromiseKind.MILESTONE:
            del self.fields["target"]

    def clean(self) -> dict[str, Any]:
        """Refuse an amendment that changes nothing."""
        cleaned = super().clean() or self.cleaned_data
        names = [name for name in ("target", "due_on") if name in self.fields]
        if not any(cleaned.get(name) or name in self.errors for name in names):
            self.add_error(names[0], _("Enter a new target, a new deadline or both."))
        return cleaned
