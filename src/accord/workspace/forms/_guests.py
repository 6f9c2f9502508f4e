"""Guests as people type them: an address a line, with a name where it is known."""

import re
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

MOST_GUESTS = 50
SEPARATORS = re.compile(r"\s*[,，;；]\s*")


def read_guests(text: str) -> list[tuple[str, str]]:
    """Return (address, name) of each line, every address once. Raises `ValidationError` with the line that is wrong."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            address, name = _read(line.strip(), number)
            found.setdefault(address, name)
    if len(found) > MOST_GUESTS:
        raise ValidationError(_("Invite at most %(most)s guests; these are %(count)s.") % _counts(found))
    return list(found.items())


def _read(line: str, number: int) -> tuple[str, str]:
    """Return address and name of a line: `ada@example.org, Ada`, the other way round, or `Ada <ada@example.org>`."""
    if "<" in line:
        name, address = parseaddr(line)
    else:
        parts = SEPARATORS.split(line, maxsplit=1)
        address = next((one for one in parts if "@" in one), parts[0])
        name = next((one for one in parts if one is not address), "")
    try:
        validate_email(address)
    except ValidationError as error:
        sentence = _("Line %(number)s: “%(line)s” holds no email address such as name@example.org.")
        raise ValidationError(sentence % {"number": number, "line": line[:80]}) from error
    return address.lower(), name.strip()[:200]


def _counts(found: dict[str, str]) -> dict[str, int]:
    return {"most": MOST_GUESTS, "count": len(found)}
