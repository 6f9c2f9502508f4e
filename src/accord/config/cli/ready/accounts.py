"""What `accord account` does once Django is set up."""

import re

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accord.config.cli._exits import Exit, StopError
from accord.kernel import clock
from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.people import operations
from accord.people.queries import account_by_address, institutions_by_key

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@transaction.atomic
def open_account(*, email: str, name: str, role: str, institution: str | None, password: str) -> None:
    """Make person, account and grant where they are missing.

    Raises:
        StopError: the address or the password cannot be used, or there is no such institution.

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
    starts_on = clock.today(World.current())
    operations.grant_role(person=person, role=role, institution=found.get(institution or ""), starts_on=starts_on)


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
