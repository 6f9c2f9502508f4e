"""Opens and closes the public page."""

from datetime import datetime

from django.db import transaction

from accord.agreements.models import Agreement
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.people.queries import Person


@transaction.atomic
def set_public(*, agreement: Agreement, public: bool, by: Person, at: datetime) -> Agreement:
    """Open or close the agreement's public page and badge; doing it twice changes nothing."""
    del by, at
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.is_public != public:
        held.is_public = public
        held.version += 1
        held.digest = file.digest(as_file(held))
        held.save(update_fields=["is_public", "version", "digest"])
    return held
