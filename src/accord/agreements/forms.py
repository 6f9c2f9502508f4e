"""Input of the agreements context."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import EngagementKind
from accord.ui.forms import BilingualField, DayField, Form

MOST_BYTES = 1024 * 1024


class FileForm(Form):
    """An agreement file, chosen or pasted."""

    file = forms.FileField(
        label=_("Agreement file"),
        required=False,
        help_text=_("A YAML file, at most 1 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/yaml"}),
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "class": "code", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the file's content where one was chosen, else the pasted text."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("file")
        if chosen is None and not cleaned.get("text", "").strip():
            self.add_error("file", _("Choose an agreement file, or paste its text."))
        elif chosen is not None and chosen.size > MOST_BYTES:
            self.add_error("file", _("Choose a file of at most 1 MB."))
        elif "file" not in self.errors:
            cleaned["content"] = chosen.read() if chosen is not None else cleaned["text"].encode()
        return cleaned


class EngagementForm(Form):
    """A meeting of the parties that took place."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EngagementKind.choices)
    title = BilingualField(label=_("What it was"), max_length=200)
    held_on = DayField(label=_("Day"))
    place = BilingualField(label=_("Place"), required=False, max_length=200)
    attendees = forms.IntegerField(
        label=_("People who took part"), min_value=1, max_value=1_000_000, help_text=_("Both sides together.")
    )
