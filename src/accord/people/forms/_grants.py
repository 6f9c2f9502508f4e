"""Input for roles, standing in, tokens, links and saved views."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.people.enums import TokenScope
from accord.people.queries import Institution, Person
from accord.ui.forms import BilingualField, DayField, Form

EVERYWHERE = "everywhere"
CHOOSE = ("", _("Choose one"))
TOKEN_DAYS = ((30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("A year")))
LINK_DAYS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")))

FindPerson = Callable[[str], Person | None]


def _place(value: str) -> int | None:
    """Return the institution's number, or None for everywhere."""
    return None if value == EVERYWHERE else int(value)


class GrantForm(Form):
    """Who gets which role, where, from when until when."""

    person = forms.CharField(label=_("Person"), help_text=_("Their key or email address."), max_length=254)
    role = forms.ChoiceField(label=_("Role"))
    institution = forms.TypedChoiceField(label=_("Institution"), coerce=_place, empty_value=None)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Ends on"), required=False, help_text=_("From this day on the role opens nothing."))

    def __init__(
        self,
        *args: Any,
        find: FindPerson,
        roles: Iterable[tuple[str, Any]],
        institutions: Iterable[Institution],
        everywhere: bool,
        **kwargs: Any,
    ) -> None:
        """Offer the roles and the institutions that the reader may grant."""
        super().__init__(*args, **kwargs)
        self._find = find
        self.fields["role"].choices = [CHOOSE, *roles]  # type: ignore[attr-defined]
        places: list[tuple[Any, Any]] = [(one.pk, str(one.name)) for one in institutions]
        if everywhere:
            places.append((EVERYWHERE, _("Everywhere")))
        self.fields["institution"].choices = places if len(places) == 1 else [CHOOSE, *places]  # type: ignore[attr-defined]
        self.fields["person"].widget.attrs |= {"list": "known-people", "autocomplete": "off", "spellcheck": "false"}

    def clean_person(self) -> Person:
        """Return the person, looked for among those whom the reader may choose."""
        return _found(self._find, self.cleaned_data["person"])


class EndForm(Form):
    """The day on which something ends."""

    ends_on = DayField(label=_("Ends on"), help_text=_("From this day on the role opens nothing."))


class StandInForm(Form):
    """Who stands in, from when until when, and why."""

    taker = forms.CharField(label=_("Person"), help_text=_("Their key or email address."), max_length=254)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Ends on"), help_text=_("From this day on the person no longer stands in for you."))
    reason = forms.CharField(label=_("Why"), required=False, max_length=200)

    def __init__(self, *args: Any, find: FindPerson, **kwargs: Any) -> None:
        """Look for the person among those who may stand in."""
        super().__init__(*args, **kwargs)
        self._find = find
        self.fields["taker"].widget.attrs |= {"list": "known-people", "autocomplete": "off", "spellcheck": "false"}

    def clean_taker(self) -> Person:
        """Return the person, looked for among those who may stand in."""
        return _found(self._find, self.cleaned_data["taker"])


class TokenForm(Form):
    """What a token is for, what it opens and how long it lives."""

    name = forms.CharField(label=_("What it is for"), max_length=100, help_text=_("Such as the program's name."))
    scope = forms.ChoiceField(
        label=_("What it opens"), choices=TokenScope, widget=forms.RadioSelect, initial=TokenScope.READ
    )
    days = forms.TypedChoiceField(label=_("How long it holds"), choices=TOKEN_DAYS, coerce=int, initial=90)


class LinkForm(Form):
    """Whom a link is for, what for, and how long it holds."""

    person = forms.CharField(label=_("Person"), help_text=_("Their key or email address."), max_length=254)
    purpose = forms.ChoiceField(label=_("What for"))
    days = forms.TypedChoiceField(label=_("How long it holds"), choices=LINK_DAYS, coerce=int, initial=30)

    def __init__(self, *args: Any, find: FindPerson, purposes: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        """Offer what links to this kind of record may be for."""
        super().__init__(*args, **kwargs)
        self._find = find
        self.fields["purpose"].choices = list(purposes)  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        """Return the person, looked for among those whom the reader may choose."""
        return _found(self._find, self.cleaned_data["person"])


class ViewForm(Form):
    """A name for a list as it stands."""

    name = forms.CharField(label=_("Name of this view"), max_length=100)
    path = forms.CharField(widget=forms.HiddenInput, max_length=300)
    query = forms.CharField(widget=forms.HiddenInput, required=False)


class RenameForm(Form):
    """Another name for a saved view."""

    name = forms.CharField(label=_("Name of this view"), max_length=100)


class DetailsForm(Form):
    """What a person corrects of their own details, without an account."""

    name = BilingualField(
        label=_("Name"), max_length=200, help_text=_("As it is to be shown, in either language or both.")
    )
    orcid = forms.CharField(label=_("ORCID iD"), required=False, max_length=60)
    version = forms.IntegerField(widget=forms.HiddenInput)


def _found(find: FindPerson, words: str) -> Person:
    """Return the person with this key or address; refuse where there is none among those offered."""
    person = find(words.strip())
    if person is None:
        raise forms.ValidationError(_("Nobody here has this key or email address. Choose one from the list."))
    return person
