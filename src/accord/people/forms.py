"""Input of the people context."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import Form


class SignInForm(Form):
    """E-mail address and password."""

    username = forms.EmailField(
        label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
