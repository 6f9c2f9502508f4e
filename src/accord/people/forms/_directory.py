"""Input about institutions, units and people."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.countries import read_country
from accord.kernel.identifiers import LEI, ORCID, ROR, USCC, Scheme, WrongIdentifier
from accord.people.enums import InstitutionKind
from accord.ui.display import zone_choices
from accord.ui.forms import BilingualField, DayField, Form

NAME_ROOM, LINE_ROOM = 300, 200
MOST_BYTES = 2 * 1024 * 1024
Choices = Sequence[tuple[Any, Any]]


class IdentifierField(forms.CharField):
    """An identifier of a scheme, as people paste it; gives its one written form, or says what is wrong with it."""

    def __init__(self, scheme: Scheme, **kwargs: Any) -> None:
        """Take any length, since an address is longer than what stands in it."""
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(required=False, max_length=LINE_ROOM, **kwargs)
        self.scheme = scheme

    def clean(self, value: Any) -> str:
        """Read the identifier."""
        try:
            return self.scheme.read(super().clean(value))
        except WrongIdentifier as wrong:
            raise ValidationError(str(wrong)) from wrong


class CountryField(forms.CharField):
    """A country by its two letters; gives them in capitals."""

    default_error_messages = {"invalid": _("Enter two letters of a country, such as CN or GB.")}

    def __init__(self, **kwargs: Any) -> None:
        """Ask for two letters, and none where it is not known."""
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))
        kwargs.setdefault("help_text", _("Two letters, such as CN or GB."))
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Read the code."""
        code = read_country(super().clean(value))
        if code is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return code


def _zones() -> list[tuple[str, Any]]:
    return [("", pgettext_lazy("a time zone", "Not known")), *zone_choices()]


class InstitutionForm(Form):
    """What is known of an institution."""

    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    kind = forms.ChoiceField(label=_("Kind"), choices=InstitutionKind.choices)
    country = CountryField(label=_("Country"))
    city = BilingualField(label=_("City"), required=False, max_length=LINE_ROOM)
    website = forms.URLField(label=_("Website"), required=False, max_length=300, assume_scheme="https")
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=_zones)
    ror = IdentifierField(
        ROR, label=_("ROR ID"), help_text=_("Research organisations, such as 02jx3x895 or its address at ror.org.")
    )
    lei = IdentifierField(LEI, label=_("LEI"), help_text=_("Legal Entity Identifier: 20 letters and digits."))
    uscc = IdentifierField(
        USCC, label=_("Unified Social Credit Code"), help_text=_("Organisations in China: 18 letters and digits.")
    )
    groups = ((_("Identifiers"), ("ror", "lei", "uscc")),)


class UnitForm(Form):
    """A unit's name and the unit it stands under."""

    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    parent = forms.ChoiceField(label=_("Stands under"), required=False)

    def __init__(self, *args: Any, parents: Choices = (), **kwargs: Any) -> None:
        """Offer the units it may stand under, and the institution itself."""
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("The institution itself")), *parents]  # type: ignore[attr-defined]


class CloseUnitForm(Form):
    """The day from which a unit is closed."""

    closed_on = DayField(label=_("Closed from"))


class PersonForm(Form):
    """What is known of a person."""

    name = BilingualField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=LINE_ROOM,
        help_text=_("As the person writes it, in one piece: Li Wei, 李伟."),
    )
    sort_key = forms.CharField(
        label=_("Sorts as"),
        required=False,
        max_length=LINE_ROOM,
        help_text=_("What lists sort by, such as li wei. Left empty, the English name is taken, else the Chinese one."),
    )
    email = forms.EmailField(
        label=_("Email address"),
        required=False,
        help_text=_("Where to write. It opens no account, and is shown only to those who may change this person."),
    )
    orcid = IdentifierField(ORCID, label=_("ORCID iD"), help_text=_("Such as 0000-0002-1825-0097, or its address."))
    country = CountryField(label=_("Country"), help_text=_("Where the person works or lives: two letters, such as CN."))


class _AtPlace(Form):
    """Since when, until when and as what somebody belongs to a place."""

    title = BilingualField(
        label=_("As"), required=False, max_length=LINE_ROOM, help_text=_("Such as Professor, or Programme manager.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day on which it no longer holds. Empty: no end known.")
    )


class AffiliationForm(_AtPlace):
    """Where a person belongs, and since when."""

    place = forms.ChoiceField(label=_("Institution or unit"))
    field_order: Iterable[str] | None = ("place", "title", "starts_on", "ends_on")

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        """Offer the places to which whoever asks may add people."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose one")), *places]  # type: ignore[attr-defined]


class ChangeAffiliationForm(_AtPlace):
    """The same for an affiliation that is there: it stays with its institution."""

    unit = forms.ChoiceField(label=pgettext_lazy("of an institution", "Unit"), required=False)
    field_order: Iterable[str] | None = ("unit", "title", "starts_on", "ends_on")

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        """Offer the units of the institution."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("The institution itself")), *units]  # type: ignore[attr-defined]


class EndAffiliationForm(Form):
    """The first day on which somebody no longer belongs."""

    ends_on = DayField(
        label=_("No longer from"),
        help_text=_("The first day on which it no longer holds. The day it began means it was a mistake."),
    )


class NewPersonForm(PersonForm, AffiliationForm):
    """A person and the place where they belong."""

    field_order: Iterable[str] | None = (
        "name",
        "sort_key",
        "email",
        "orcid",
        "country",
        "place",
        "title",
        "starts_on",
        "ends_on",
    )
    groups = ((_("Belongs to"), ("place", "title", "starts_on", "ends_on")),)


class SheetForm(Form):
    """A table with institutions or people."""

    file = forms.FileField(
        label=_("Table"),
        help_text=_("CSV or Excel (.xlsx), at most 2 MB and 2,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be read at once."""
        chosen = self.cleaned_data["file"]
        if chosen.size > MOST_BYTES:
            raise ValidationError(_("Choose a file of at most 2 MB, or bring it in in parts."))
        return chosen
