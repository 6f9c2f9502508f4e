"""Input of signing in and of the account: our words and parts around what django-allauth checks."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from allauth.socialaccount import forms as social
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import Form
from accord.ui.say import Text

_PASSWORD_HINT = _("At least 12 characters. Several words that you can remember are good.")
_CODE = (
    pgettext_lazy("six figures", "Code"),
    _("Six figures from the authenticator app, or one of your recovery codes."),
)


class SignInForm(Form):
    """E-mail address and password."""

    username = forms.EmailField(
        label=_("Email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class Worded:
    """Gives a form of allauth our labels and hints before `Form` makes its messages of them."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {}
    without: ClassVar[tuple[str, ...]] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make allauth's form, then reword it."""
        super().__init__(*args, **kwargs)
        for name in self.without:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            label, hint = self.words.get(name, (field.label or "", ""))
            field.label, field.help_text = str(label), str(hint)
            field.widget.attrs.pop("placeholder", None)


class ForgottenForm(Form, Worded, account.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address to which the way to a new password goes."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"email": (_("Email address"), "")}


class NewPasswordForm(Form, Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """A new password by a link from a mail."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"password1": (_("New password"), _PASSWORD_HINT)}
    without = ("password2",)


class ChangePasswordForm(Form, Worded, account.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The present password and the new one."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), _PASSWORD_HINT),
    }
    without = ("password2",)


class SetPasswordForm(Form, Worded, account.SetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """A first password, of somebody who signs in by other means."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"password1": (_("Password"), _PASSWORD_HINT)}
    without = ("password2",)


class AddressForm(Form, Worded, account.AddEmailForm):  # type: ignore[misc]  # allauth ships no types
    """The address to change to."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {
        "email": (_("New email address"), _("We send a link there. The present address holds until you open it."))
    }


class ConfirmItsYouForm(Form, Worded, account.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The password once more."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"password": (_("Password"), "")}


class CodeForm(Form, Worded, second.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the second factor, at sign-in."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"code": _CODE}


class CodeAgainForm(Form, Worded, second.ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """A code of the second factor, once more."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"code": _CODE}


class ActivateAppForm(Form, Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """The first code of an authenticator app."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {
        "code": (pgettext_lazy("six figures", "Code"), _("Six figures that the app shows now."))
    }


class AddPasskeyForm(Form, Worded, passkeys.AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """What to call a passkey."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {
        "name": (_("Name"), _("So that you can tell your passkeys apart, such as “Phone” or “Work laptop”.")),
        "passwordless": (_("Sign in with this passkey alone, without password"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Suggest what passkeys are for."""
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(Form, Worded, passkeys.EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Another name for a passkey."""

    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {"name": (_("Name"), "")}


class NewcomerForm(Form, Worded, social.SignupForm):  # type: ignore[misc]  # allauth ships no types
    """What an identity provider did not tell of somebody new."""

    name = forms.CharField(max_length=200)
    words: ClassVar[Mapping[str, tuple[Text, Text]]] = {
        "name": (_("Your name"), _("As others see it.")),
        "email": (_("Email address"), _("We send a link there to confirm it.")),
    }
    field_order = ("name", "email")
