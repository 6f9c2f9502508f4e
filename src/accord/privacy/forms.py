"""Input of the privacy context."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.privacy.enums import Channel, RequestKind, RequestState, TransferBasis
from accord.ui.forms import BilingualField, DayField, Form

FindPerson = Callable[[str], Person | None]
DECISIONS = (RequestState.GRANTED, RequestState.PARTLY, RequestState.REFUSED)
DECISION_WORDS = {
    RequestState.GRANTED: _("Grant it"),
    RequestState.PARTLY: _("Grant it in part, and say what"),
    RequestState.REFUSED: _("Refuse it, and say why"),
}


class RequestForm(Form):
    """What somebody asks of their own data."""

    kind = forms.ChoiceField(
        label=_("Request"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is asked.")},
    )
    words = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("What is to be corrected, or what you object to."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where nobody could act without them."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") in {RequestKind.CORRECTION, RequestKind.OBJECTION} and not given.get("words"):
            self.add_error("words", _("Say what is to be corrected, or what you object to."))
        return given


class ReceivedForm(RequestForm):
    """What somebody asked by another way; a steward enters it."""

    person = forms.CharField(label=_("Person"), help_text=_("Their key or email address."), max_length=254)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(one.value, one.label) for one in Channel if one != Channel.PAGE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    field_order = ("person", "channel", "kind", "words")

    def __init__(self, *args: Any, find: FindPerson, **kwargs: Any) -> None:
        """Look for the person among those who can ask."""
        super().__init__(*args, **kwargs)
        self._find = find
        self.fields["words"].label = _("In their words")

    def clean_person(self) -> Person:
        """Return the person."""
        found = self._find(self.cleaned_data["person"].strip())
        if found is None:
            raise forms.ValidationError(_("Nobody has this key or email address. Look in the list of people."))
        return found


class DecisionForm(Form):
    """The answer to a request."""

    state = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(one.value, DECISION_WORDS[one]) for one in DECISIONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Answer in words"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text=_("The person reads it. Needed where something is refused."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class TransferForm(Form):
    """A transfer of personal data abroad."""

    exporter_id = forms.TypedChoiceField(label=_("Exporter"), coerce=int)
    recipient_id = forms.TypedChoiceField(label=_("Recipient"), coerce=int)
    country = forms.CharField(label=_("Country"), max_length=2, help_text=_("Two letters, such as GB."))
    categories = BilingualField(label=_("Categories of data"))
    is_sensitive = forms.BooleanField(
        label=_("Sensitive data"), required=False, help_text=_("Identity numbers, health, places, accounts, children.")
    )
    basis = forms.ChoiceField(
        label=_("What allows it"),
        choices=TransferBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what allows it.")},
    )
    contract_number = forms.CharField(label=_("Number of the contract"), required=False, max_length=100)
    filed_on = DayField(label=_("Filed on"), required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False)
    groups = (
        (_("Who and where"), ("exporter_id", "recipient_id", "country")),
        (_("What"), ("categories", "is_sensitive")),
        (_("On which basis"), ("basis", "contract_number", "filed_on")),
        (_("When"), ("starts_on", "ends_on")),
    )

    def __init__(self, *args: Any, institutions: Mapping[int, Bilingual], **kwargs: Any) -> None:
        """Offer the institutions."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose one")), *((number, str(name)) for number, name in institutions.items())]
        for name in ("exporter_id", "recipient_id"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # both are choice fields
