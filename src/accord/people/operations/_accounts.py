"""Accounts: opened for a person, let in from outside, and what their holder chooses."""

from datetime import datetime
from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.secret import digest_of
from accord.kernel.text import LANGUAGES, Bilingual
from accord.people.models import Account, Person
from accord.people.operations._ensure import EmailTaken, register_person

KEY_LETTERS = 32


class UnknownChoice(Refused):
    """No such language or time zone."""

    code = "unknown-choice"


@transaction.atomic
def open_account(*, person: Person, email: str, password: str | None) -> Account:
    """Give the person a way to sign in; without a password only a demo role's click signs in.

    The address counts as confirmed: whoever calls this vouches for it. Raises `EmailTaken` when another person has it.
    Doing it twice changes nothing.
    """
    existing = Account.objects.filter(email__iexact=email).first()
    if existing is not None and existing.person_id != person.pk:
        raise EmailTaken(_("Another account uses this email address. Use a different one."), field="email")
    if existing is not None:
        return existing
    account = Account(email=email.lower(), person=person)
    account.set_password(password)
    account.save()
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


@transaction.atomic
def admit_newcomer(*, issuer: str, subject: str, name: str, email: str, at: datetime) -> Account:
    """Make person and account, without role or password, for somebody whom an identity provider vouches for.

    Keyed on issuer and subject: the same pair twice is one person. The address is not taken as confirmed here. Raises
    `EmailTaken` when another account has the address; identities are never joined by address.
    """
    del at
    key = f"from-{digest_of(f'{issuer} {subject}')[:KEY_LETTERS]}"
    known = Account.objects.filter(person__key=key).first()
    if known is not None:
        return known
    if Account.objects.filter(email__iexact=email).exists():
        raise EmailTaken(_("Another account uses this email address. Use a different one."), field="email")
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in name)
    person = register_person(key=key, name=Bilingual(zh_hans=name) if is_chinese else Bilingual(en=name))
    account = Account(email=email.lower(), person=person)
    account.set_unusable_password()
    account.save()
    return account


@transaction.atomic
def change_settings(*, account: Account, language: str, time_zone: str, at: datetime) -> Account:
    """Keep the language and time zone that the account's holder reads in; empty means as the browser says.

    Raises `UnknownChoice`. Doing it twice changes nothing.
    """
    del at
    if language not in {"", *LANGUAGES} or time_zone not in {"", *available_timezones()}:
        raise UnknownChoice(_("Choose a language and a time zone from the lists."))
    kept = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if (kept.language, kept.time_zone) != (language, time_zone):
        kept.language, kept.time_zone = language, time_zone
        kept.save(update_fields=["language", "time_zone"])
    account.language, account.time_zone = language, time_zone
    return kept


@transaction.atomic
def take_away_second_factor(*, account: Account, at: datetime) -> int:
    """Take app, passkeys and recovery codes from an account whose holder lost them all, and end its sessions.

    Return how many were taken away. Doing it twice changes nothing.
    """
    del at
    taken: int = Authenticator.objects.filter(user=account).delete()[0]
    for session in UserSession.objects.select_for_update().filter(user=account):
        session.end()
    return taken
