"""Who negotiates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import BilingualField, Form


class StartForm(Form):
    """What is to be negotiated, for whom and with whom."""

    title = BilingualField(
        label=_("What it is about"), max_length=200, help_text=_("The name of the agreement; it can still be changed.")
    )
    coordinator = forms.ChoiceField(label=_("You write the draft for"))
    other = forms.ChoiceField(label=_("With whom"), help_text=_("More parties can be added to the draft."))


class AddPartyForm(Form):
    """A further institution."""

    institution = forms.ChoiceField(label=_("Institution"))
    signs = forms.BooleanField(label=_("It signs the agreement"), required=False, initial=True)


class PartyForm(Form):
    """Under which name a party stands and whom to turn to."""

    name = BilingualField(label=_("Name in the agreement"), max_length=200)
    short = forms.CharField(
        label=_("Short name"), max_length=30, required=False, help_text=_("For tables, at most 30 characters.")
    )
    signs = forms.BooleanField(label=_("It signs the agreement"), required=False)
    contact = forms.EmailField(
        label=_("Contact"),
        required=False,
        help_text=_("The email address of a person known here. They are told of everything that happens."),
    )
    backup = forms.EmailField(label=_("Backup"), required=False, help_text=_("Who steps in for the contact."))
