"""The workflow of a call as its office types it in, and the panel that reviews its applications."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from django import forms
from django.utils.translation import gettext_lazy as _

from accord.review.enums import ScoreRule
from accord.ui.forms import DayField, Form

MOST_SIGNS = 100_000


class WorkflowForm(Form):
    """Stages and steps, written as they are kept."""

    definition = forms.CharField(
        label=_("Stages and steps"),
        help_text=_("Names and texts in both languages. What each word means stands below."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "spellcheck": "false"}),
        error_messages={"required": _("Write the stages and the steps.")},
    )

    def clean_definition(self) -> Mapping[str, Any]:
        """Return what was written as plain data."""
        text = self.cleaned_data["definition"]
        try:
            found = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise forms.ValidationError(
                _("Line %(line)s cannot be read. Look at its indents, colons and brackets.")
                % {"line": mark.line + 1 if mark else 1}
            ) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Begin with start, stages and steps, each on a line of its own."))
        return found


def workflow_text(definition: Mapping[str, Any]) -> str:
    """Return a workflow as the form shows it."""
    return str(yaml.safe_dump(definition, allow_unicode=True, sort_keys=False, width=160, default_flow_style=None))


class OpenPanelForm(Form):
    """A panel for the applications of a call; who knows whom is the call's own."""

    rubric = forms.TypedChoiceField(label=_("Rubric"), coerce=int, error_messages={"required": _("Choose a rubric.")})
    reviews_each = forms.IntegerField(label=_("Reviews for each application"), min_value=1, max_value=20, initial=3)
    max_load = forms.IntegerField(
        label=_("Most applications for one reviewer"), min_value=1, max_value=1000, initial=20
    )
    score_counts = forms.ChoiceField(
        label=_("Score that counts"),
        help_text=_("Stated beforehand: it stays once the first review is submitted."),
        choices=ScoreRule.choices,
    )
    due_on = DayField(label=_("Reviews due on"), help_text=_("The last day, in the zone of the call."))

    def __init__(self, *args: Any, rubrics: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the rubrics of the house."""
        super().__init__(*args, **kwargs)
        field = self.fields["rubric"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = list(rubrics)


class AlikeForm(Form):
    """What the office finds of two applications that look alike."""

    is_same = forms.TypedChoiceField(
        label=_("What are they?"),
        choices=[("yes", _("The same applicant, twice")), ("no", _("Two different applicants"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    note = forms.CharField(label=_("Note for the office"), max_length=500, required=False)


class SheetForm(Form):
    """A table that somebody filled in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel or CSV, with the headings of the empty table."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another one.")},
    )
