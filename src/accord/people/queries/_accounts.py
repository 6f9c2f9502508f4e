"""An account as its holder sees it: ways to sign in, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.people.models import Account

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SignedInAt:
    """One session: where from, since when, and whether it is the one that looks."""

    pk: int
    browser: str
    ip: str
    since: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity at a provider that is connected to an account."""

    pk: int
    provider: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How an account may be signed in to."""

    waiting_address: str
    has_password: bool
    has_app: bool
    passkeys: int
    recovery_codes: int
    identities: tuple[Identity, ...]

    @property
    def has_second(self) -> bool:
        """Say whether signing in with the password asks for more."""
        return self.has_app or self.passkeys > 0


def ways_in(account: Account) -> WaysIn:
    """Return how the account may be signed in to; three queries."""
    second = list(Authenticator.objects.filter(user=account))
    codes = [one for one in second if one.type == Authenticator.Type.RECOVERY_CODES]
    waiting = EmailAddress.objects.filter(user=account, verified=False).order_by("pk").last()
    return WaysIn(
        waiting_address=waiting.email if waiting else "",
        has_password=account.has_usable_password(),
        has_app=any(one.type == Authenticator.Type.TOTP for one in second),
        passkeys=sum(one.type == Authenticator.Type.WEBAUTHN for one in second),
        recovery_codes=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        identities=identities_of(account),
    )


def identities_of(account: Account) -> tuple[Identity, ...]:
    """Return the identities that are connected to the account, oldest first."""
    names = provider_names()
    rows = SocialAccount.objects.filter(user=account).order_by("date_joined", "pk")
    return tuple(
        Identity(row.pk, names.get(row.provider, row.provider), row.extra_data.get("name", ""), row.date_joined)
        for row in rows
    )


def provider_names() -> dict[str, str]:
    """Return the identity providers of this installation, by id, in the reader's language."""
    side = "zh-hans" if (get_language() or "").startswith("zh") else "en"
    return {provider.id: provider.name[side] for provider in settings.PROVIDERS}


def sessions_of(account: Account, *, key: str | None, at: datetime) -> list[SignedInAt]:
    """Return where the account is signed in, latest first; `key` is the session that looks. Two queries.

    Those that ended by themselves, or by a change of password, are left out.
    """
    rows = list(UserSession.objects.filter(user=account).order_by("-created_at", "-pk"))
    kept = Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=at)
    hashes = {one.session_key: one.get_decoded().get("_auth_user_hash") for one in kept}
    present = account.get_session_auth_hash()
    return [
        SignedInAt(row.pk, browser_words(row.user_agent), row.ip, row.created_at, row.session_key == key)
        for row in rows
        if hashes.get(row.session_key) == present
    ]


def browser_words(agent: str) -> str:
    """Return a browser's own description as people say it."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), _("Unknown browser"))
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return _("%(browser)s on %(system)s") % {"browser": browser, "system": system} if system else browser


def language_of_address(email: str) -> str:
    """Return the language in which whoever has the address reads; empty where nobody has it or said."""
    return Account.objects.filter(email__iexact=email).values_list("language", flat=True).first() or ""


def account_by_address(email: str) -> Account | None:
    """Return the account that signs in with this address, or None."""
    return Account.objects.filter(email__iexact=email).first()
