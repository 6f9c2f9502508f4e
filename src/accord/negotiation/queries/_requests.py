"""Requested changes as pages show them."""

from collections.abc import Sequence

from django.db.models import CharField, Count, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.negotiation.enums import RequestState
from accord.negotiation.models import ChangeRequest, DraftClause, DraftPromise, Negotiation, Reply


def requests_of(negotiation: Negotiation) -> QuerySet[ChangeRequest]:
    """Return every requested change of a negotiation, the latest first, with the number of replies."""
    rows = ChangeRequest.objects.filter(text__negotiation=negotiation).select_related("text__negotiation", "party")
    return rows.annotate(
        reply_count=Count("replies"),
        last_said_at=Max("replies__said_at"),
        place_title=Coalesce(_title_of(DraftClause, "clause:"), _title_of(DraftPromise, "promise:")),
    ).order_by("-asked_at", "-pk")


def _title_of(model: type[DraftClause | DraftPromise], mark: str) -> Subquery:
    """Return the title of the draft's row at a request's place, for places that begin with the mark."""
    own = Concat(Value(mark), "key", output_field=CharField())
    rows = model._default_manager.annotate(at=own).filter(  # noqa: SLF001 (Django's public name for it)
        negotiation=OuterRef("text__negotiation"), at=OuterRef("place")
    )
    return Subquery(rows.values("title")[:1])


def open_requests(negotiation: Negotiation) -> list[ChangeRequest]:
    """Return the requested changes that wait for an answer, the oldest first."""
    rows = ChangeRequest.objects.filter(text__negotiation=negotiation, state=RequestState.OPEN)
    return list(rows.select_related("text", "party").order_by("asked_at", "pk"))


def find_request(negotiation: Negotiation, pk: int) -> ChangeRequest:
    """Return one requested change with who asked and decided; raises `NotThere`."""
    rows = ChangeRequest.objects.filter(text__negotiation=negotiation, pk=pk)
    found = rows.select_related("text__negotiation", "party", "asked_by", "decided_by").first()
    if found is None:
        raise NotThere(_("There is no request of this number in this negotiation."))
    return found


def replies_of(request: ChangeRequest) -> Sequence[Reply]:
    """Return what was replied, in order."""
    return list(request.replies.select_related("party", "said_by").order_by("said_at", "pk"))


def by_place(requests: Sequence[ChangeRequest]) -> dict[str, list[ChangeRequest]]:
    """Return requested changes by the place they stand at."""
    found: dict[str, list[ChangeRequest]] = {}
    for request in requests:
        found.setdefault(request.place, []).append(request)
    return found
