"""Shape of what is sent to the files context, and how its list is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.files.enums import FileType
from accord.ui.forms import Form
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

MEGABYTE = 1024 * 1024

FILES = Table(
    name="files",
    columns=(
        Column("name", _("File"), sort="name", url=lambda row: f"/files/{row.pk}/"),
        Column("kind", _("Kind"), value="blob.get_kind_display", sort="blob__kind"),
        Column("size", _("Size in kB"), kind="number", value=lambda row: -(-row.blob.size // 1024), sort="blob__size"),
        Column("note", _("What it is")),
        Column("attached_by", _("Attached by"), value=lambda row: row.attached_by.name),
        Column("attached_at", _("When"), kind="moment", sort="attached_at"),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple((one.value, one.label) for one in FileType), lookup="blob__kind"),
    ),
    search=("name", "note"),
    default_sort="-attached_at",
    empty=Empty(_("No files yet"), _("Minutes, signed copies and other papers of this record stand here.")),
)


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
