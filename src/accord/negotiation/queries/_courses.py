"""Negotiations as an actor may know of them, who acts for which party, and how far each is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.negotiation.enums import NegotiationState, RequestState
from accord.negotiation.models import (
    Approval,
    ChangeRequest,
    DraftHead,
    Negotiation,
    NegotiationParty,
    Signature,
    TextVersion,
)
from accord.negotiation.rules import EVERY_ROLE, Course
from accord.people.enums import Role
from accord.people.queries import Person, recipients


def negotiations_visible_to(actor: Actor) -> QuerySet[Negotiation]:
    """Return the negotiations that the actor may know of, the one that moved last first."""
    everything = Negotiation.objects.order_by("-moved_at", "-pk")
    if actor.holds(*EVERY_ROLE):
        return everything
    mine = NegotiationParty.objects.filter(institution__in=actor.institutions(*EVERY_ROLE), removed_at=None).values(
        "negotiation"
    )
    return everything.filter(pk__in=mine)


def with_parties(negotiations: QuerySet[Negotiation]) -> QuerySet[Negotiation]:
    """Add the parties in force, so that lists can name them without a query each."""
    parties = NegotiationParty.objects.filter(removed_at=None).select_related("institution", "contact", "backup")
    return negotiations.select_related("base", "result", "started_by").prefetch_related(
        Prefetch("parties", parties.order_by("position", "pk"), to_attr="present")
    )


def find_negotiation(actor: Actor, key: str) -> Negotiation:
    """Return the negotiation with its parties; raises `NotThere` for those who may not know of it."""
    found = with_parties(negotiations_visible_to(actor)).filter(key=key).first()
    if found is None:
        raise NotThere(_("There is no negotiation of this name among those you may see."))
    return found


def parties_of(negotiation: Negotiation) -> list[NegotiationParty]:
    """Return the parties in force, in their order; no query where they were loaded with the negotiation."""
    loaded = getattr(negotiation, "present", None)
    if loaded is not None:
        return list(loaded)
    rows = NegotiationParty.objects.filter(negotiation=negotiation, removed_at=None)
    return list(rows.select_related("institution", "contact", "backup").order_by("position", "pk"))


def coordinator_of(negotiation: Negotiation) -> NegotiationParty:
    """Return the party that writes the draft."""
    return next(party for party in parties_of(negotiation) if party.is_coordinator)


def parties_of_actor(actor: Actor, negotiation: Negotiation) -> list[NegotiationParty]:
    """Return the parties for which the actor is partnership officer; stewards act for the coordinator."""
    mine = actor.institutions(Role.OFFICER)
    own = [party for party in parties_of(negotiation) if party.institution_id in mine]
    return own if own or not actor.holds(Role.STEWARD) else [coordinator_of(negotiation)]


def latest_text(negotiation: Negotiation) -> TextVersion | None:
    """Return the text put forward last, or None while the first is being drafted."""
    return TextVersion.objects.filter(negotiation=negotiation).order_by("-number").first()


def texts_of(negotiation: Negotiation) -> list[TextVersion]:
    """Return every text that was put forward, the latest first."""
    rows = TextVersion.objects.filter(negotiation=negotiation).select_related("put_forward_by")
    return list(rows.prefetch_related("approvals__party").order_by("-number"))


def find_text(negotiation: Negotiation, number: int) -> TextVersion:
    """Return one text by its number; raises `NotThere`."""
    found = TextVersion.objects.filter(negotiation=negotiation, number=number).select_related("put_forward_by").first()
    if found is None:
        raise NotThere(_("There is no version of this number in this negotiation."))
    return found


def course_of(negotiation: Negotiation, latest: TextVersion | None) -> Course:
    """Return how far the negotiation is; at most three queries."""
    parties = parties_of(negotiation)
    asking = dict(
        ChangeRequest.objects.filter(text__negotiation=negotiation, state=RequestState.OPEN)
        .order_by()
        .values_list("party")
        .annotate(Count("pk"))
    )
    return Course(
        state=NegotiationState(negotiation.state),
        coordinator=next(party.pk for party in parties if party.is_coordinator),
        parties=frozenset(party.pk for party in parties),
        latest=latest.number if latest else 0,
        signing=frozenset(latest.signing) if latest else frozenset(),
        approved=_said(Approval, latest),
        signed=_said(Signature, latest),
        asking=asking,
    )


def _said(model: type[Approval | Signature], latest: TextVersion | None) -> frozenset[int]:
    """Return the parties that approved, or signed, the latest text."""
    if latest is None:
        return frozenset()
    return frozenset(model._default_manager.filter(text=latest).values_list("party_id", flat=True))  # noqa: SLF001 (Django's public name for it)


@dataclass(frozen=True, slots=True)
class PartyStand:
    """A party as the page shows it: who it is, whom to turn to, and what it said of the latest text."""

    party: NegotiationParty
    approval: Approval | None
    signature: Signature | None
    must_sign: bool


def stands_of(parties: Sequence[NegotiationParty], latest: TextVersion | None) -> list[PartyStand]:
    """Return what each party said of the latest text; two queries."""
    approvals = {one.party_id: one for one in _rows(Approval, latest, "approved_by")}
    signatures = {one.party_id: one for one in _rows(Signature, latest, "entered_by")}
    return [
        PartyStand(
            party=party,
            approval=approvals.get(party.pk),
            signature=signatures.get(party.pk),
            must_sign=party.pk in latest.signing if latest else party.signs,
        )
        for party in parties
    ]


def _rows(model: type, latest: TextVersion | None, person: str) -> list:  # type: ignore[type-arg]
    """Return what was said of the latest text, with who said it."""
    return [] if latest is None else list(model.objects.filter(text=latest).select_related(person))  # type: ignore[attr-defined]


def head_of(negotiation: Negotiation) -> DraftHead:
    """Return the draft's head."""
    return DraftHead.objects.select_related("changed_by").get(negotiation=negotiation)


def address_of(person: Person | None) -> str:
    """Return the address by which somebody is named as contact: their own, or that of their account."""
    if person is None:
        return ""
    return next((one.address for one in recipients([person.pk]) if one.address), "")


def names_in(parties: Sequence[NegotiationParty]) -> dict[str, Bilingual]:
    """Return the parties' names by the key of their institution."""
    return {party.institution.key: party.name for party in parties}
