"""Input about programmes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import ProgrammeKind
from accord.ui.forms import BilingualField, Form

NAME_ROOM, TEXT_ROOM = 200, 4000
Choices = Sequence[tuple[Any, Any]]


def key_field(example: str) -> forms.SlugField:
    """Return the field for a short name."""
    return forms.SlugField(
        label=pgettext_lazy("in addresses", "Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, such as %(example)s. It stays.") % {"example": example},
        error_messages={
            "invalid": _("Use small letters, digits and hyphens, such as %(example)s.") % {"example": example}
        },
    )


class ProgrammeForm(Form):
    """What is known of a programme."""

    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    summary = BilingualField(label=_("Summary"), required=False, max_length=TEXT_ROOM, multiline=True)
    agreement = forms.ChoiceField(
        label=_("Delivers to the agreement"),
        required=False,
        help_text=_("Its places and placements count for what is promised there."),
    )
    commitment = forms.ChoiceField(
        label=_("Set up for the promise"), required=False, help_text=_("One of that agreement.")
    )

    def __init__(self, *args: Any, agreements: Choices, promises: Choices, **kwargs: Any) -> None:
        """Offer the agreements of the house, and their promises."""
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = [("", _("None")), *agreements]  # type: ignore[attr-defined]
        self.fields["commitment"].choices = [("", _("None")), *promises]  # type: ignore[attr-defined]


class OpenProgrammeForm(ProgrammeForm):
    """A new programme: whose it is, of which kind, and the short name that its address bears."""

    key = key_field("summer-internships")
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices)
    owner = forms.ChoiceField(label=_("Run by"))
    field_order = ("name", "key", "kind", "owner", "summary", "agreement", "commitment")

    def __init__(self, *args: Any, houses: Choices, **kwargs: Any) -> None:
        """Offer the institutions for which the reader may open programmes."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(houses)  # type: ignore[attr-defined]
