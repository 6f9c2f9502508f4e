"""What waits for an actor in negotiations, and what a search finds of them."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Agreement
from accord.kernel.access import Actor
from accord.kernel.finding import Found, Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.words import likest
from accord.negotiation.enums import NegotiationState, RequestState
from accord.negotiation.models import (
    Approval,
    ChangeRequest,
    DraftClause,
    DraftHead,
    DraftPromise,
    Negotiation,
    NegotiationParty,
    Signature,
    TextVersion,
)
from accord.negotiation.queries._courses import negotiations_visible_to, with_parties
from accord.negotiation.rules import may_draft
from accord.people.enums import Role

TO_WRITE = Q(is_coordinator=True, negotiation__state=NegotiationState.DRAFT)
ANSWERED_IN = (NegotiationState.IN_REVIEW, NegotiationState.APPROVED)
TO_ANSWER = Q(is_coordinator=True, asked__gt=0, negotiation__state__in=ANSWERED_IN)
TO_APPROVE = Q(negotiation__state=NegotiationState.IN_REVIEW, must=True, has_approved=False, asks=False)
TO_SIGN = Q(negotiation__state=NegotiationState.APPROVED, must=True, has_signed=False, asks=False)


def waiting_for(actor: Actor, limit: int) -> list[Waiting]:
    """Return what the actor's institutions have to do in negotiations, the oldest first; one query."""
    mine = actor.institutions(Role.OFFICER)
    if not mine:
        return []
    rows = _due(mine).select_related("negotiation").order_by(F("since"), "pk")[:limit]
    return [waiting for row in rows for waiting in _expanded(row)][:limit]


def waiting_count(actor: Actor) -> QuerySet[NegotiationParty, int] | None:
    """Return how much each party of the actor's has to do, as numbers to add up; None where nothing can wait."""
    mine = actor.institutions(Role.OFFICER)
    if not mine:
        return None
    acts = (Case(When(one, then=1), default=0) for one in (TO_WRITE, TO_ANSWER, TO_APPROVE, TO_SIGN))
    return _due(mine).order_by().values_list(reduce(add, acts), flat=True)


def _due(institutions: frozenset[int]) -> QuerySet[NegotiationParty, Any]:
    """Return the parties of these institutions that have something to do, with what it is."""
    latest = TextVersion.objects.filter(negotiation=OuterRef("negotiation")).order_by("-number")
    asked = ChangeRequest.objects.filter(text__negotiation=OuterRef("negotiation"), state=RequestState.OPEN).order_by()
    counted = asked.values("text__negotiation").annotate(n=Count("pk")).values("n")
    return (
        NegotiationParty.objects.filter(institution__in=institutions, removed_at=None)
        .annotate(
            latest=Subquery(latest.values("pk")[:1]),
            number=Subquery(latest.values("number")[:1]),
            since=Coalesce(Subquery(latest.values("put_forward_at")[:1]), F("negotiation__started_at")),
            asked=Coalesce(Subquery(counted), 0),
            asks=Exists(asked.filter(party=OuterRef("pk"))),
        )
        .annotate(
            must=Exists(TextVersion.objects.filter(pk=OuterRef("latest"), signing__contains=[OuterRef("pk")])),
            has_approved=Exists(Approval.objects.filter(text=OuterRef("latest"), party=OuterRef("pk"))),
            has_signed=Exists(Signature.objects.filter(text=OuterRef("latest"), party=OuterRef("pk"))),
        )
        .filter(TO_WRITE | TO_ANSWER | TO_APPROVE | TO_SIGN)
    )


def _expanded(row: Any) -> Iterator[Waiting]:
    """Yield each thing that one party has to do in one negotiation."""
    state, key = row.negotiation.state, [row.negotiation.key]
    is_free = row.must and not row.asks
    acts = (
        (row.is_coordinator and state == NegotiationState.DRAFT, _("Write the draft"), "draft"),
        (row.is_coordinator and row.asked > 0 and state in ANSWERED_IN, _("Answer requests"), "requests"),
        (
            state == NegotiationState.IN_REVIEW and is_free and not row.has_approved,
            _("Review and approve version %(number)s") % {"number": row.number},
            "approve",
        ),
        (state == NegotiationState.APPROVED and is_free and not row.has_signed, _("Sign"), "sign"),
    )
    for is_due, act, route in acts:
        if is_due:
            yield Waiting(
                title=row.negotiation.title,
                url=reverse(f"negotiation:{route}", args=key),
                act=act,
                context=row.negotiation.get_kind_display(),
                since=row.since,
            )


def find_by_words(actor: Actor, words: str, limit: int) -> list[Found]:
    """Return the negotiations whose title or key has the words in either language; one query."""
    rows = likest(negotiations_visible_to(actor), words, ("title",), "key")[:limit]
    return [
        Found(
            kind=_("Negotiation"),
            title=row.title,
            url=reverse("negotiation:negotiation", args=[row.key]),
            context=row.get_state_display(),
            rank=row.likeness,
        )
        for row in rows
    ]


def negotiations_of(actor: Actor, agreement: Agreement) -> QuerySet[Negotiation]:
    """Return the negotiations that an agreement came from, and those of its amendments and renewal."""
    own = Q(base=agreement) | Q(result=agreement)
    return with_parties(negotiations_visible_to(actor).filter(own))


def shown_negotiation(actor: Actor, pk: int) -> Shown:
    """Return a negotiation as a reference leads to it; raises `NotThere`."""
    found = with_parties(negotiations_visible_to(actor)).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no negotiation of this number among those you may see."))
    return Shown(found.title, reverse("negotiation:negotiation", args=[found.key]), _drafts(actor, found))


DRAFTED: dict[str, type[DraftHead | DraftClause | DraftPromise]] = {
    one.__name__: one for one in (DraftHead, DraftClause, DraftPromise)
}


def shown_draft(name: str, actor: Actor, pk: int) -> Shown:
    """Return a row of a draft to those who write it; raises `NotThere` for all others."""
    row = DRAFTED[name]._default_manager.filter(pk=pk).first()  # noqa: SLF001 (Django's public name for it)
    visible = with_parties(negotiations_visible_to(actor))
    found = visible.filter(pk=row.negotiation_id).first() if row else None
    if row is None or found is None or not _drafts(actor, found):
        raise NotThere(_("There is nothing of this number in a draft that you write."))
    return Shown(row.title, reverse("negotiation:draft", args=[found.key]), may_change=True)


def _drafts(actor: Actor, negotiation: Negotiation) -> bool:
    """Say whether the actor writes the draft."""
    parties: Sequence[NegotiationParty] = negotiation.present  # type: ignore[attr-defined]
    return any(may_draft(actor, one.institution_id) for one in parties if one.is_coordinator)
