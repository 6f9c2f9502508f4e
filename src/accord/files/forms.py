"""Shape of what is sent to the files context."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import Form

MEGABYTE = 1024 * 1024


class FileForm(Form):
    """One file and a word about it."""

    file = forms.FileField(label=_("File"), error_messages={"required": _("Choose a file.")}, max_length=400)
    note = forms.CharField(label=_("What it is"), required=False, max_length=300)

    def __init__(self, *arguments: Any, at_most: int, is_too_large: bool = False, **named: Any) -> None:
        """Say how large a file may be, in bytes, and whether the one sent was cut off for being larger."""
        super().__init__(*arguments, **named)
        self.fields["file"].help_text = _(
            "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text or CSV; at most %(most)s MB."
        ) % {"most": at_most // MEGABYTE}
        if is_too_large:
            self.fields["file"].error_messages["required"] = _(
                "The file is larger than %(most)s MB. Make it smaller, or send it in parts."
            ) % {"most": at_most // MEGABYTE}
