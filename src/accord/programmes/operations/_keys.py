"""Short names of programmes and calls, as they stand in addresses."""

import re
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class KeyOdd(Refused):
    """The short name could be no part of an address."""

    code = "key-odd"


class KeyTaken(Refused):
    """Another programme, or another call of the programme, bears this short name."""

    code = "key-taken"


def refuse_odd_key(key: str, reserved: Collection[str] = ()) -> None:
    """Refuse a short name that could be no part of an address, or that stands for something else there."""
    if not _KEY.fullmatch(key):
        raise KeyOdd(
            _("Write the short name in small letters, digits and single hyphens, such as summer-2020."), field="key"
        )
    if key in reserved:
        raise KeyOdd(
            _("“%(key)s” stands for something else in addresses. Choose another short name.") % {"key": key},
            field="key",
        )


def key_taken(key: str) -> KeyTaken:
    """Return the refusal of a short name that another record bears."""
    return KeyTaken(_("The short name “%(key)s” is taken. Choose another one.") % {"key": key}, field="key")
