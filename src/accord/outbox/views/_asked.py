"""What doors to systems ask of a request: for which institutions, with which caution, and one mark a press."""

from uuid import UUID, uuid4

from django import forms
from django.conf import settings

from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.outbox import queries, rules
from accord.outbox.operations import Caution


def caution() -> Caution:
    """Return how careful Accord is with addresses here."""
    return Caution(loopback=settings.WEBHOOK_LOOPBACK)


def institutions_of(request: Request) -> dict[int, Bilingual]:
    """Return the institutions that the reader connects systems for. Raises `NotAllowed` where there is none."""
    found = queries.institutions_to_connect(request.actor)
    if not found:
        raise NotAllowed(rules.OFFICERS_ONLY)
    return found


def require_manager(request: Request, institution_id: int) -> None:
    """Refuse those who may not connect systems of the institution."""
    if not rules.may_manage_systems(request.actor, institution_id):
        raise NotAllowed(rules.OFFICERS_ONLY)


def mark_of(request: Request) -> UUID:
    """Return what tells one press of a button from the next: the page's own mark, or a fresh one."""
    try:
        return forms.UUIDField().clean(request.POST.get("mark"))  # type: ignore[no-any-return]
    except forms.ValidationError:
        return uuid4()
