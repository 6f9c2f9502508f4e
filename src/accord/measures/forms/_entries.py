"""What is entered: deliveries, decisions on them, a person's own forecast."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import BilingualField, DayField, Form

LEAST, MOST = 5, 95


class EvidenceForm(Form):
    """A delivery of one promise, with its document."""

    occurred_on = DayField(label=_("Day it happened"))
    label = BilingualField(label=_("What was delivered"), max_length=200)
    amount = forms.DecimalField(
        label=_("Amount"),
        max_digits=16,
        decimal_places=4,
        help_text=_("The change: what was added, or with a minus sign what fell away."),
    )
    share = forms.DecimalField(
        label=_("Share that counts here, in %"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        help_text=_("Leave it empty for the whole. Less where the same delivery also counts for another promise."),
    )
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        help_text=_("What proves it and where it is kept, so that the other side can find it."),
    )
    document_url = forms.URLField(label=_("Web address of the document"), required=False, assume_scheme="https")

    def clean_amount(self) -> Decimal:
        """Refuse an entry that changes nothing."""
        amount: Decimal = self.cleaned_data["amount"]
        if amount == 0:
            raise forms.ValidationError(_("Enter an amount other than 0."))
        return amount


class CompletionForm(Form):
    """The completion of a milestone, with its document."""

    occurred_on = DayField(label=_("Day it was done"))
    label = BilingualField(label=_("What was done"), max_length=200)
    document = forms.CharField(
        label=_("Document"),
        max_length=300,
        help_text=_("What proves it and where it is kept, so that the other side can find it."),
    )
    document_url = forms.URLField(label=_("Web address of the document"), required=False, assume_scheme="https")


class VersionForm(Form):
    """Which state of the entry the person decides on."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(VersionForm):
    """Why an entry is contested or withdrawn."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both sides read it, and it stays in the history."),
        error_messages={"required": _("Enter a reason: what is wrong with this entry?")},
    )


class OverrideForm(Form):
    """A person's own forecast."""

    percent = forms.IntegerField(
        label=_("Chance in 100"),
        min_value=LEAST,
        max_value=MOST,
        help_text=_("From 5 to 95. It is shown beside the computed forecast and scored like it."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Enter a reason: what do you know that the records do not show?")},
    )
