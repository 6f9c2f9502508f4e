"""What the database refuses, turned into refusals that people can read."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.operations import NameMissing


def broken(error: IntegrityError) -> str:
    """Return the name of the constraint that refused; empty where the database names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


@contextmanager
def refused_as(refusals: Mapping[str, Callable[[], Refused]]) -> Iterator[None]:
    """Run the block in a savepoint; where one of these constraints refuses it, raise its refusal instead."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusals.get(broken(error))
        if refusal is None:
            raise
        raise refusal() from error


def tidied(text: Bilingual) -> Bilingual:
    """Return a text of one line without doubled or trailing spaces."""
    return Bilingual(*(" ".join(unicodedata.normalize("NFC", side).split()) for side in (text.en, text.zh_hans)))


def named(name: Bilingual) -> Bilingual:
    """Return the name as it is kept. Raises `NameMissing` where neither side is there."""
    kept = tidied(name)
    if not kept:
        raise NameMissing(_("Enter the name in English, in Chinese or in both."), field="name")
    return kept
