"""Fits django-allauth to Accord: our words, our people, secrets encrypted at rest, nobody joined by address."""

import base64
import time
from typing import Any

from allauth.account import app_settings as limits
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accord.kernel import clock
from accord.kernel.secret import digest_of
from accord.people import operations
from accord.people.queries import (
    SIGN_IN_ERRORS,
    SIGN_IN_NOTES,
    Account,
    account_name,
    language_of_address,
    tried_too_often,
)
from accord.ui import say

SUBJECT_LETTERS = 191
MINUTE = 60


class TooManyAttempts(ValidationError):  # noqa: N818 (the product's word for it)
    """Signing in was tried too often; `seconds` says when it may be tried again."""

    def __init__(self, seconds: int) -> None:
        """Say how many minutes are left, rounded up."""
        minutes = max(1, -(-seconds // MINUTE))
        self.seconds = seconds
        super().__init__(tried_too_often(minutes), code="too_many_login_attempts")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts come by invitation or by an identity provider, never by themselves."""

    error_messages = SIGN_IN_ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Open no account for whoever comes."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead to this site's own addresses alone."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say our own words; what we have none for is not said."""
        words = message or SIGN_IN_NOTES.get(message_template or "")
        if words:
            known = {name: str(value) for name, value in (message_context or {}).items() if isinstance(value, str)}
            messages.add_message(request, level, str(words) % known if known else str(words), extra_tags=extra_tags)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,  # noqa: ARG002 (allauth's signature)
    ) -> EmailMessage:
        """Return our own letter, in the language of whoever has the address, else in both."""
        to = email if isinstance(email, str) else email[0]
        said = {name: value for name, value in context.items() if isinstance(value, str)}
        request = self.request
        values = {
            "ip": "",
            "when": say.moment(clock.now()),
            "reset_url": request.build_absolute_uri(reverse("account_reset_password")),
            "provider": getattr(context.get("provider"), "name", ""),
            **said,
        }
        return operations.letter(template_prefix, to=to, language=language_of_address(to), values=values)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return an address whose secret part is called `token`, which is kept out of logs."""
        return str(self.request.build_absolute_uri(reverse("people:reset-password", args=[key])))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return an address whose secret part is called `token`, which is kept out of logs."""
        return request.build_absolute_uri(reverse("people:confirm-address", args=[emailconfirmation.key]))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, alike for known and unknown addresses; refuse one too many and say when to come back."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            key = self._get_login_attempts_cache_key(request, **credentials)
            raise TooManyAttempts(_seconds_left(request, key)) from refused

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 (allauth's signature)
        """Count by address, whatever name the site is reached under."""
        return str(credentials.get("email", "")).strip().lower()


def _seconds_left(request: HttpRequest, key: str) -> int:
    """Return when the next attempt will be let through, from the times of those that count still."""
    left = 1.0
    for rate in ratelimit.parse_rates(limits.RATE_LIMITS["login_failed"]):
        found = ratelimit.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key)
        times = cache.get(found, [])
        if len(times) >= rate.amount:
            left = max(left, times[rate.amount - 1] + rate.duration - time.time())
    return int(left + 1)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """People from identity providers, keyed on issuer and subject."""

    error_messages = SIGN_IN_ERRORS

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 (allauth's signature)
        provider: str | None = None,
        client_id: str | None = None,
    ) -> list[SocialApp]:
        """Return the providers of the settings alone; the database holds none."""
        listed = super().list_apps(None, provider=provider, client_id=client_id) if settings.PROVIDERS else []
        return [app for app in listed if app.pk is None]

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Account:  # noqa: ARG002 (allauth's signature)
        """Key the identity on issuer and subject, and keep of what the provider tells only the name."""
        account = sociallogin.account
        user: Account = sociallogin.user
        issuer = _issuer(account.provider)
        subject = f"{issuer}#{account.uid}"
        account.uid = subject if len(subject) <= SUBJECT_LETTERS else f"sha256#{digest_of(subject)}"
        whole = " ".join(filter(None, (data.get("first_name"), data.get("last_name"))))
        account.extra_data = {"issuer": issuer, "name": (data.get("name") or whole)[:200]}
        user.email = (data.get("email") or "").lower()
        return user

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 (allauth's signature)
        """Let people in who have no account where the operator said so of the provider."""
        return any(one.newcomers for one in settings.PROVIDERS if one.id == sociallogin.account.provider)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 (allauth's signature)
        """Ask for what is missing; with name and address there, ask nothing."""
        return bool(sociallogin.account.extra_data.get("name"))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """Fill the form with what the provider told."""
        return {"email": sociallogin.user.email, "name": sociallogin.account.extra_data.get("name", "")}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Account:
        """Make person, account and identity together."""
        given = form.cleaned_data if form else self.get_signup_form_initial_data(sociallogin)
        account = operations.admit_newcomer(
            issuer=sociallogin.account.extra_data["issuer"],
            subject=sociallogin.account.uid,
            name=given["name"],
            email=given["email"],
            at=clock.now(),
        )
        sociallogin.user = account
        if form and not any(one.email == account.email for one in sociallogin.email_addresses):
            sociallogin.email_addresses = []
        sociallogin.save(request)
        return account


def _issuer(provider: str) -> str:
    """Return who vouches: the issuer, entity or server that the settings name for the provider."""
    return next((one.issuer for one in settings.PROVIDERS if one.id == provider), provider)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Second factors: their secrets are encrypted with a key drawn from the installation's own."""

    error_messages = SIGN_IN_ERRORS

    def encrypt(self, text: str) -> str:
        """Return the secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; one made under an earlier key of the installation is read too."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """Return the picture to scan as it stands in a page, without the XML declaration."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """Name the person on the device."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": account_name(user)}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(secret: str) -> bytes:
    drawn = HKDF(SHA256(), length=32, salt=None, info=b"accord second factor").derive(secret.encode())
    return base64.urlsafe_b64encode(drawn)
