"""What the parties answer to a text."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import BilingualField, DayField, Form

PROSE, REASON, SHORT = 4000, 2000, 200


class VersionForm(Form):
    """Which state of a record the person decides on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PutForwardForm(Form):
    """The draft as it was read, and what changed in words."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = BilingualField(
        label=_("What changed"),
        max_length=REASON,
        multiline=True,
        required=False,
        help_text=_("One or two sentences for the other parties. The exact changes are shown beside it."),
    )


class AskForm(Form):
    """A requested change at one place."""

    asked = forms.CharField(
        label=_("What should change, and why"),
        max_length=PROSE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Enter what should change.")},
    )
    proposed = BilingualField(
        label=_("Wording that you would accept"),
        max_length=PROSE,
        multiline=True,
        required=False,
        help_text=_("The whole text of this place. The coordinator can take it over as it is."),
    )


class ReplyForm(Form):
    """A reply to a requested change."""

    text = forms.CharField(
        label=_("Your reply"),
        max_length=PROSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter your reply.")},
    )


class AcceptForm(VersionForm):
    """That a requested change is accepted, with or without its wording."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    take_over = forms.BooleanField(
        label=_("Take the proposed wording over into the draft"), required=False, initial=True
    )
    why = forms.CharField(
        label=_("Remark"), max_length=REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class DeclineForm(VersionForm):
    """Why a requested change is declined."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All parties read it, and it stays in the history."),
        error_messages={"required": _("Enter the reason: the party that asked reads it.")},
    )


class ApproveForm(Form):
    """The text, and the impact, that were read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    impact_digest = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class SignForm(Form):
    """Who signed, when and where."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    signatory = forms.CharField(
        label=_("Name of who signed"), max_length=SHORT, help_text=_("As it stands under the signature.")
    )
    office = forms.CharField(
        label=pgettext_lazy("signature", "Office"),
        max_length=SHORT,
        help_text=_("Such as President or Vice-Chancellor."),
    )
    signed_on = DayField(label=_("Day of signing"))
    place = BilingualField(label=_("Place of signing"), max_length=SHORT, required=False)


class ReasonForm(Form):
    """Why a negotiation is withdrawn."""

    why = forms.CharField(
        label=_("Reason"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All parties read it, and it stays in the history."),
        error_messages={"required": _("Enter the reason: all parties read it.")},
    )
