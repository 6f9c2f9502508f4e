"""What the office types in about applications: the words of a step, questions, notes."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import Ask
from accord.ui.forms import DayField, Form

MOST_WORDS = 5000


class StepForm(Form):
    """The words that a step asks for; only those are there."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The applicant reads it, in these words."),
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Say why. The applicant reads it.")},
    )
    note = forms.CharField(
        label=_("Note for the office"),
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Write a note on why, for the office.")},
    )
    question = forms.CharField(
        label=_("Question"),
        help_text=_("The applicant reads it, in these words."),
        max_length=MOST_WORDS,
        widget=forms.Textarea,
        error_messages={"required": _("Write what you want to know from the applicant.")},
    )
    due_on = DayField(
        label=_("Answer by"),
        help_text=_("The last day, in the zone of the call."),
        error_messages={"required": _("Say until when you need the answer.")},
    )

    def __init__(self, *args: Any, asks: Collection[str], **kwargs: Any) -> None:
        """Keep the inputs that the step asks for; a note may always be written."""
        super().__init__(*args, **kwargs)
        for ask, name in ((Ask.REASON, "reason"), (Ask.QUESTION, "question"), (Ask.DUE, "due_on")):
            if ask not in asks:
                del self.fields[name]
        if Ask.NOTE not in asks:
            self.fields["note"].required = False
            self.fields["note"].help_text = _("Applicants and reviewers never see it.")


class BulkForm(StepForm):
    """A step for many: whom it moves, and the words that it asks for."""

    field_order = ("applications", "reason", "note")
    applications = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("to a call", "Applications"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pick at least one application.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the applications for which nothing is missing."""
        super().__init__(*args, **kwargs)
        field = self.fields["applications"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = list(choices)


class NoteForm(Form):
    """A note of the office."""

    text = forms.CharField(
        label=_("Note for the office"),
        help_text=_("Applicants and reviewers never see it."),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
