"""Input of the agreements context: its forms, and how its lists are filtered, searched and sorted."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.agreements.enums import EngagementKind
from accord.people.queries import Person
from accord.ui.forms import BilingualField, DayField, Form
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

MOST_BYTES = 1024 * 1024

ENGAGEMENTS = Table(
    name="engagements",
    columns=(
        Column("held_on", _("Day"), kind="day", sort="held_on"),
        Column("kind", _("Kind"), sort="kind", value="get_kind_display"),
        Column(
            "title",
            _("What it was"),
            url=lambda row: reverse("agreements:engagement", args=[row.agreement.key, row.pk]),
        ),
        Column("place", _("Place")),
        Column("attendees", pgettext_lazy("how many", "People"), kind="number", sort="attendees"),
        Column("provenance", _("Provenance"), kind="provenance", value="provenance"),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple((kind.value, kind.label) for kind in EngagementKind)),
        Filter("since", _("Since"), kind="day", lookup="held_on__gte"),
        Filter("until", _("Until"), kind="day", lookup="held_on__lte"),
    ),
    search=("title__en", "title__zh-hans"),
    default_sort="-held_on",
    empty=Empty(_("No meetings yet"), _("Visits, summits and steering meetings of the parties stand here.")),
)


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
    """A meeting of the parties that took place; `people` are those who can be ticked as having come."""

    autosaved = True
    kind = forms.ChoiceField(label=_("Kind"), choices=EngagementKind.choices)
    title = BilingualField(label=_("What it was"), max_length=200)
    held_on = DayField(label=_("Day"))
    place = BilingualField(label=_("Place"), required=False, max_length=200)
    attendees = forms.IntegerField(
        label=_("People who took part"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("Everybody, both sides together; those named below are among them."),
    )
    persons = forms.TypedMultipleChoiceField(
        label=_("Known by name"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    guests = forms.CharField(
        label=_("Guests by name"),
        required=False,
        max_length=20_000,
        help_text=_("One a line: the name, a comma, where they came from."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    minutes = BilingualField(label=_("Minutes"), required=False, multiline=True, max_length=20_000)
    groups = (
        (_("The meeting"), ("kind", "title", "held_on", "place")),
        (_("Who came"), ("attendees", "persons", "guests")),
        (_("What was said"), ("minutes",)),
    )

    def __init__(self, *args: Any, people: Iterable[Person] = (), **kwargs: Any) -> None:
        """Offer these people; without any, there is nobody to tick."""
        super().__init__(*args, **kwargs)
        choices = [(person.pk, str(person.name)) for person in people]
        self.fields["persons"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["persons"]

    def clean(self) -> dict[str, Any]:
        """Name nobody where nobody could be ticked."""
        cleaned = super().clean() or self.cleaned_data
        cleaned.setdefault("persons", [])
        return cleaned

    def clean_guests(self) -> list[tuple[str, str]]:
        """Read one name a line, and where they came from after the first comma."""
        lines = (line.strip() for line in self.cleaned_data["guests"].splitlines())
        parts = (re.split(r"\s*[,，]\s*", line, maxsplit=1) for line in lines if line)
        read = [(part[0][:200], part[1][:200] if len(part) > 1 else "") for part in parts]
        return [one for one in read if one[0]]


class TerminationForm(Form):
    """That an agreement ends before its term."""

    on = DayField(label=_("From which day it no longer holds"))
    why = BilingualField(label=_("Why"), multiline=True, max_length=4000)


class ReviewForm(Form):
    """When the agreement is reviewed next."""

    on = DayField(label=_("Next review"), required=False, help_text=_("Leave it empty where none is planned."))
