"""What the office types in about decisions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.text import Bilingual
from accord.programmes.enums import Outcome
from accord.ui.forms import BilingualField, Form

MOST_WORDS = 5000
MOST_PEOPLE = 1_000_000


class SlateForm(Form):
    """How many are accepted, and how many wait on the reserve list."""

    quota = forms.IntegerField(
        label=_("Accept at most"),
        help_text=_("Leave it empty to accept everybody who has a score, as places allow."),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
    )
    reserve_length = forms.IntegerField(
        label=_("On the reserve list"),
        min_value=0,
        max_value=MOST_PEOPLE,
        error_messages={"required": _("Say how many; 0 for none.")},
    )


class ReasonsForm(Form):
    """A reason in the languages of those who read it: one that was saved, or own words."""

    saved = forms.ChoiceField(label=_("A saved reason"), required=False)
    reason = BilingualField(
        label=_("Reason in your own words"),
        help_text=_(
            "Each applicant reads it in the language in which they applied. Own words go before a saved reason."
        ),
        required=False,
        max_length=MOST_WORDS,
        multiline=True,
    )

    def __init__(self, *args: Any, saved: Sequence[tuple[str, Bilingual]] = (), **kwargs: Any) -> None:
        """Offer the saved reasons."""
        super().__init__(*args, **kwargs)
        self.saved_reasons = dict(saved)
        field = self.fields["saved"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("None")), *((key, str(text)) for key, text in saved)]

    @property
    def words(self) -> Bilingual:
        """Return the reason that was chosen or written; own words go first, side by side."""
        own: Bilingual = self.cleaned_data["reason"]
        kept = self.saved_reasons.get(self.cleaned_data["saved"], Bilingual())
        return own or kept


class ReserveForm(Form):
    """How many of the reserve list move up."""

    number = forms.IntegerField(
        label=_("How many move up"),
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={"required": _("Say how many.")},
    )


class DecideForm(ReasonsForm):
    """An outcome with its reason, and a note for the office."""

    field_order = ("applications", "outcome", "saved", "reason", "note")
    outcome = forms.ChoiceField(
        label=pgettext_lazy("a decision", "Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note for the office"),
        help_text=_("Asked for where you decide otherwise than proposed. Applicants and reviewers never see it."),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecideSeveralForm(DecideForm):
    """One outcome and one reason for several."""

    applications = forms.TypedMultipleChoiceField(
        label=_("Applications"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick at least one application.")},
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        """Offer the applications whose decision is due."""
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = list(choices)
