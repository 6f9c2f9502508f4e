"""Makes what others stand on, once: institutions, persons, accounts, roles."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.models import World
from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.people.models import Account, Institution, Person, RoleGrant


class EmailTaken(Refused):
    """Another account has this e-mail address."""

    code = "email-taken"


def ensure_institution(*, key: str, name: Bilingual, kind: str) -> Institution:
    """Return the institution with this key; make it when there is none. An existing one is left as it is."""
    institution, _made = Institution.objects.get_or_create(key=key, defaults={"name": name, "kind": kind})
    return institution


def register_person(*, key: str, name: Bilingual, sort_key: str = "", is_simulated: bool = False) -> Person:
    """Return the person with this key; make them when there is none."""
    person, _made = Person.objects.get_or_create(
        key=key,
        defaults={"name": name, "sort_key": sort_key or str(name).casefold(), "is_simulated": is_simulated},
    )
    return person


def command_line() -> Person:
    """Return the person under whom the command line writes; the history shows it as such."""
    return register_person(key="command-line", name=Bilingual("Command line", "命令行"))


@transaction.atomic
def open_account(*, person: Person, email: str, password: str | None) -> Account:
    """Give the person a way to sign in; without a password only a demo role's click signs in.

    Raises `EmailTaken` when another person has the address. Doing it twice changes nothing.
    """
    existing = Account.objects.filter(email__iexact=email).first()
    if existing is not None and existing.person_id != person.pk:
        raise EmailTaken(_("Another account uses this e-mail address. Use a different one."), field="email")
    if existing is not None:
        return existing
    account = Account(email=email, person=person)
    account.set_password(password)
    account.save()
    return account


def grant_role(
    *, person: Person, role: str, institution: Institution | None, starts_on: date, ends_on: date | None = None
) -> RoleGrant:
    """Grant the person a role from a day on; the same grant twice is one grant."""
    grant, _made = RoleGrant.objects.get_or_create(
        person=person, role=role, institution=institution, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    return grant


def take_demo_role(*, world: World, key: str, at: datetime) -> Account:
    """Return the account of a demo person, to be signed in by one click.

    Raises `NotAllowed` outside a demo world, and for anybody who is not simulated.
    """
    del at
    account = Account.objects.filter(person__key=key, person__is_simulated=True, is_active=True).first()
    if not world.is_demo or account is None:
        raise NotAllowed(_("Demo roles exist in a demo world only. Sign in with your e-mail address and password."))
    return account
