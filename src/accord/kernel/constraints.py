"""What the database refuses, turned into refusals that people can read."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from accord.kernel.refused import Refused


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
