"""Opens and closes the public page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accord.agreements.models import Agreement
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.kernel.versions import expect
from accord.people.queries import Person


def give_back_public(*, pk: int, version: int, values: Mapping[str, Any], by: Person, at: datetime) -> Agreement:
    """Open or close the public page as it was before, for an undo. Raises `Clash` where it was changed since."""
    held = Agreement.objects.get(pk=pk)
    return set_public(agreement=held, public=bool(values["is_public"]), by=by, at=at, version=version)


@transaction.atomic
def set_public(
    *, agreement: Agreement, public: bool, by: Person, at: datetime, version: int | None = None
) -> Agreement:
    """Open or close the agreement's public page and badge; doing it twice changes nothing.

    Raises `Clash` where a `version` is given and the agreement is no longer of it.
    """
    del by, at
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if version is not None:
        expect(held, version)
    if held.is_public != public:
        held.is_public = public
        held.version += 1
        held.digest = file.digest(as_file(held))
        held.save(update_fields=["is_public", "version", "digest"])
    return held
