"""Two people, one record: a change names the version it was made from, and an older one is a clash."""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Clash


class Versioned(Protocol):
    """A record with an integer row version."""

    version: int


def expect(record: Versioned, version: int) -> None:
    """Refuse a change made from another version than the record's; the record must be locked.

    Raises `Clash` with the record's own version in `detail["version"]`.
    """
    if record.version != version:
        raise Clash(
            _("Somebody changed this in the meantime. Look at both versions and decide which one holds."),
            version=record.version,
        )
