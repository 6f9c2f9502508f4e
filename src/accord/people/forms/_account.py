"""Input of the account's own settings and of invitations."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accord.people.enums import Role
from accord.ui.display import zone_choices
from accord.ui.forms import BilingualField, Form


class SettingsForm(Form):
    """Language and time zone of an account."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)


class InviteForm(Form):
    """Whom to invite, and the role they will hold."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    place = forms.ChoiceField(label=_("Role for"), help_text=_("The role holds for this institution alone."))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=[("", _("Both")), *settings.LANGUAGES],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, places: list[tuple[str, Any]], roles: list[str], **kwargs: Any) -> None:
        """Offer the institutions and roles that the inviting person may give."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]  # both are choices
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]  # type: ignore[attr-defined]


class NewAccountForm(Form):
    """Name and address of somebody who wants an account of their own accord."""

    name = BilingualField(label=_("Your name"), max_length=100)
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("A link goes there. It opens your account and brings you back here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class AcceptForm(Form):
    """Name and password of somebody who was invited."""

    name = BilingualField(label=_("Your name"), max_length=100)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. Several words that you can remember are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse what is short, common, or only figures."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
