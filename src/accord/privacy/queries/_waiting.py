"""What waits for stewards, and what references of this context lead to."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.finding import Waiting
from accord.kernel.records import RecordKind, Shown
from accord.kernel.refused import NotThere
from accord.privacy.models import DataRequest
from accord.privacy.queries._own import open_requests
from accord.privacy.queries._transfers import find_transfer
from accord.privacy.rules import may_decide, may_keep_transfers


def waiting_for(actor: Actor, most: int) -> Sequence[Waiting]:
    """Return the requests that wait for a steward, the most urgent first; one query."""
    if not may_decide(actor):
        return ()
    return [
        Waiting(
            title=_("Request of %(name)s: %(what)s") % {"name": one.person.name, "what": one.get_kind_display()},
            url=reverse("privacy:request", args=[one.pk]),
            act=_("Answer"),
            since=one.received_at,
            due=datetime.combine(one.due_on, time.max, tzinfo=UTC),
        )
        for one in open_requests().exclude(person__in=actor.persons)[:most]
    ]


def waiting_count(actor: Actor) -> QuerySet[DataRequest, int] | None:
    """Return a one for each request that waits for the actor, to be added up; None for all but stewards."""
    if not may_decide(actor):
        return None
    waiting = open_requests().select_related(None).exclude(person__in=actor.persons)
    return waiting.order_by().values_list(Value(1), flat=True)


def _shown_request(actor: Actor, pk: int) -> Shown:
    """Return a request as a reference leads to it: for stewards and for the person."""
    rows = DataRequest.objects.filter(pk=pk)
    if not may_decide(actor):
        rows = rows.filter(person=actor.person_id or 0) if actor.for_person is None else rows.none()
    found = rows.first()
    if found is None:
        raise NotThere(_("There is no request of this number among those you may see."))
    return Shown(str(found.get_kind_display()), reverse("privacy:request", args=[pk]))


def _shown_transfer(actor: Actor, pk: int) -> Shown:
    """Return a record of the register as a reference leads to it: for stewards."""
    if not may_keep_transfers(actor):
        raise NotThere(_("There is no transfer of this number in the register."))
    found = find_transfer(pk)
    return Shown(found.recipient.name, reverse("privacy:transfer", args=[pk]), may_change=True)


def find_kinds() -> tuple[RecordKind, ...]:
    """Return what references of this context lead to."""
    return (
        RecordKind("data-request", "privacy.DataRequest", _("Request about one's data"), _shown_request),
        RecordKind("transfer", "privacy.TransferRecord", _("Transfer abroad"), _shown_transfer),
    )
