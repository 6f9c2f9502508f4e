"""The form by which a table of spaces or of teams is sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import Form

MOST_SHEET_BYTES = 2 * 1024 * 1024


class SheetForm(Form):
    """A table."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or Excel (.xlsx), at most 2 MB and 2,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be read at once."""
        chosen = self.cleaned_data["file"]
        if chosen.size > MOST_SHEET_BYTES:
            raise ValidationError(_("Choose a file of at most 2 MB, or bring it in in parts."))
        return chosen
