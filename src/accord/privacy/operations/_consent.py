"""What people agree to, one purpose at a time."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.enums import PersonState
from accord.people.queries import Person
from accord.privacy.enums import Channel
from accord.privacy.models import Consent
from accord.privacy.queries import purposes


class UnknownPurpose(Refused):
    """Nobody asks for consent to this."""

    code = "unknown-purpose"


class OlderText(Refused):
    """The text was changed since the person read it."""

    code = "older-text"
    status = 409


@transaction.atomic
def give_consent(
    *, person: Person, purpose: str, text_version: int, language: str, channel: Channel, by: Person, at: datetime
) -> Consent:
    """Keep that a person agrees to one purpose, in the words of the version they read. Twice changes nothing.

    One given to an older text ends by it. Raises `UnknownPurpose`, also for somebody erased, and `OlderText`.
    """
    asked = purposes().get(purpose)
    if asked is None or person.state == PersonState.ERASED:
        raise UnknownPurpose(_("Accord does not ask for this. Look at the page again."))
    if asked.version != text_version:
        raise OlderText(_("The text was changed in the meantime. Read the new one, then decide."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    held = Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).first()
    if held is not None and held.text_version == text_version:
        return held
    if held is not None:
        _end(held, by=by, at=at)
    try:
        with transaction.atomic():
            return Consent.objects.create(
                person=person,
                purpose=purpose,
                text_version=text_version,
                language=language,
                channel=channel,
                given_at=at,
                given_by=by,
            )
    except IntegrityError:
        return Consent.objects.get(person=person, purpose=purpose, withdrawn_at=None)  # given at the same moment


@transaction.atomic
def withdraw_consent(*, person: Person, purpose: str, by: Person, at: datetime) -> Consent | None:
    """Withdraw a consent; nothing done before becomes wrong by it. Twice changes nothing; None where there is none."""
    held = Consent.objects.select_for_update().filter(person=person, purpose=purpose, withdrawn_at=None).first()
    return _end(held, by=by, at=at) if held is not None else None


def _end(held: Consent, *, by: Person, at: datetime) -> Consent:
    held.withdrawn_at, held.withdrawn_by = at, by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return held
