"""A person's own forecast, kept beside the computed one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Commitment
from accord.kernel.refused import Refused
from accord.measures.models import Override
from accord.people.queries import Person


@transaction.atomic
def set_override(*, commitment: Commitment, percent: int, reason: str, by: Person, at: datetime) -> Override:
    """Put a person's own forecast (5 to 95 in 100) beside the computed one; it takes the former one's place.

    Both are shown, and both are scored when the deadline has passed. Raises `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused(_("Enter a reason: what do you know that the records do not show?"), field="reason")
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    _lift(commitment, by=by, at=at)
    return Override.objects.create(commitment=commitment, percent=percent, reason=reason.strip(), set_at=at, set_by=by)


@transaction.atomic
def lift_override(*, commitment: Commitment, by: Person, at: datetime) -> None:
    """Take a person's own forecast back; it stays in the history and is scored. Twice changes nothing."""
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    _lift(commitment, by=by, at=at)


def _lift(commitment: Commitment, *, by: Person, at: datetime) -> None:
    """End the forecast that is in force, if there is one."""
    for override in Override.objects.filter(commitment=commitment, lifted_at=None):
        override.lifted_at, override.lifted_by = at, by
        override.save(update_fields=["lifted_at", "lifted_by"])
