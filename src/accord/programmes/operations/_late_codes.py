"""Gives out the code by which somebody may submit after the deadline, and takes it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.secret import digest_of
from accord.people.queries import Person
from accord.programmes.models import Call
from accord.programmes.operations._calls import CallNotPublished, DatesOdd, live_call

SHORTEST_CODE = 8


class CodeShort(Refused):
    """The code could be guessed."""

    code = "code-short"


@transaction.atomic
def set_late_code(*, call: Call, code: str, until: datetime | None, by: Person, at: datetime) -> Call:
    """Give a call a code by which one may submit after the deadline, until a moment; without a code, take it back.

    Raises `CallOver`, `CallNotPublished`, `CodeShort`, `DatesOdd`.
    """
    del by  # the history keeps it
    held = live_call(call)
    plain = code.strip()
    if plain:
        _refuse_odd(held, plain, until, at)
    digest, ends = (digest_of(plain), until) if plain else ("", None)
    if (held.late_code_digest, held.late_until_at) == (digest, ends):
        return held
    held.late_code_digest, held.late_until_at, held.version = digest, ends, held.version + 1
    held.save(update_fields=["late_code_digest", "late_until_at", "version"])
    return held


def _refuse_odd(call: Call, code: str, until: datetime | None, at: datetime) -> None:
    if call.published_at is None:
        raise CallNotPublished(_("Publish the call first. Until then its deadline can be moved."))
    if len(code) < SHORTEST_CODE:
        raise CodeShort(_("Write a code of at least %(least)s characters.") % {"least": SHORTEST_CODE}, field="code")
    if until is None or until <= max(call.closes_at, at):
        raise DatesOdd(_("Enter a moment after the deadline, and not one that is past."), field="until")
