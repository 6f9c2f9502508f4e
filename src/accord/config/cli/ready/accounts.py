"""What `accord account` does once Django is set up."""

import re
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accord.config.cli._exits import Exit, StopError
from accord.kernel import clock
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.people import operations
from accord.people.enums import Role
from accord.people.queries import Person, account_by_address, actor_for, institutions_by_key

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@transaction.atomic
def open_account(*, email: str, name: str, role: str, institution: str | None, by: str | None, password: str) -> None:
    """Make person, account and grant where they are missing.

    Raises:
        StopError: the address or the password cannot be used, there is no such institution, or nobody grants it.

    """
    try:
        validate_email(email)
        validate_password(password)
    except ValidationError as error:
        raise StopError(" ".join(error.messages), Exit.USAGE) from error
    found = institutions_by_key([institution]) if institution else {}
    if institution and institution not in found:
        raise StopError(
            f"There is no institution {institution}. Apply an agreement that names it first.", Exit.NOT_FOUND
        )
    person = operations.register_person(key=_key(email), name=_name(name))
    operations.open_account(person=person, email=email, password=password)
    world = World.current()
    day, moment, where = clock.today(world), clock.now(world), found.get(institution or "")
    if by:
        steward = _steward(by, on=day)
        operations.grant_role(person=person, role=role, institution=where, starts_on=day, by=steward, at=moment)
        return
    try:
        operations.grant_first_role(person=person, role=role, institution=where, starts_on=day, at=moment)
    except operations.StewardThere as refused:
        raise StopError(
            "This installation has a steward, and a grant keeps who made it. Add --by with the steward's address.",
            Exit.USAGE,
        ) from refused


def _steward(email: str, *, on: date) -> Person:
    """Return the steward with this address.

    Raises:
        StopError: there is none.

    """
    account = account_by_address(email)
    if account is None or not actor_for(account, on=on).holds(Role.STEWARD):
        raise StopError(f"{email} is no steward's address. Name one with --by.", Exit.NOT_FOUND)
    return account.person


def reset_account(*, email: str) -> int:
    """Take the second factors from the account with this address; return how many there were.

    Raises:
        StopError: there is no such account.

    """
    account = account_by_address(email)
    if account is None:
        raise StopError(f"There is no account with the address {email}. Check the spelling.", Exit.NOT_FOUND)
    return operations.take_away_second_factor(account=account, at=clock.now(World.current()))


def _key(email: str) -> str:
    """Return the person's key: their address as a slug."""
    return re.sub(r"[^a-z0-9]+", "-", email.lower()).strip("-")[:60]


def _name(name: str) -> Bilingual:
    """Return the name on the side of its script; the other side is missing, not guessed."""
    return Bilingual(zh_hans=name) if CHINESE.search(name) else Bilingual(en=name)
