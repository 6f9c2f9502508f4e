"""Which agreements somebody may know of, and what stands in them."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState
from accord.agreements.models import Agreement, Commitment, Engagement, Fact, Party, Source
from accord.agreements.queries._life import with_life
from accord.agreements.rules import EVERY_ROLE
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.people.enums import Role


def agreements_visible_to(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements that the actor may know of, by key."""
    if actor.holds(*EVERY_ROLE):
        return Agreement.objects.order_by("key")
    mine = Party.objects.filter(institution__in=actor.institutions(*EVERY_ROLE)).values("agreement")
    return Agreement.objects.filter(pk__in=mine).order_by("key")


def promises_visible_to(actor: Actor) -> QuerySet[Commitment]:
    """Return the promises of the agreements that the actor may know of."""
    return Commitment.objects.filter(agreement__in=agreements_visible_to(actor).order_by().values("pk"))


def engagements_visible_to(actor: Actor) -> QuerySet[Engagement]:
    """Return the meetings of the agreements that the actor may know of, but struck ones."""
    seen = agreements_visible_to(actor).order_by().values("pk")
    return Engagement.objects.filter(agreement__in=seen, struck_at=None)


def agreements_with_all(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add the parties and how the agreement stands, so that lists can say them without a query each."""
    return with_life(agreements).prefetch_related(
        Prefetch("parties", Party.objects.select_related("institution").order_by("position"))
    )


def find_agreement(actor: Actor, key: str) -> Agreement:
    """Return the agreement with its parties; raises `NotThere` for those who may not know of it."""
    agreement = agreements_with_all(agreements_visible_to(actor)).filter(key=key).first()
    if agreement is None:
        raise NotThere(_("There is no agreement of this name among those you may see."))
    return agreement


def find_public(token: str) -> Agreement:
    """Return the agreement whose public page has this address; raises `NotThere` where it is not public."""
    agreement = agreements_with_all(Agreement.objects.filter(public_token=token, is_public=True)).first()
    if agreement is None:
        raise NotThere(_("There is no public page at this address."))
    return agreement


def partners_of(actor: Actor) -> frozenset[int]:
    """Return the institutions that are party to an agreement which the actor may know of; one query."""
    parties = Party.objects.filter(agreement__in=agreements_visible_to(actor).order_by().values("pk"))
    return frozenset(parties.values_list("institution", flat=True))


def institutions_of(agreement: Agreement) -> frozenset[int]:
    """Return the institutions that are party to the agreement; no query when parties are loaded."""
    return frozenset(party.institution_id for party in agreement.parties.all())


def parties_of(agreement: Agreement) -> list[Party]:
    """Return the parties in their order."""
    return list(agreement.parties.all())


def party_of_actor(actor: Actor, agreement: Agreement) -> Party | None:
    """Return the party for which the actor is partnership officer; stewards act for the coordinator."""
    parties = parties_of(agreement)
    mine = actor.institutions(Role.OFFICER)
    own = [party for party in parties if party.institution_id in mine]
    if own or not actor.holds(Role.STEWARD):
        return own[0] if own else None
    return next((party for party in parties if party.is_coordinator), parties[0])


def facts_of(agreement: Agreement) -> Iterable[Fact]:
    """Return what the sources state beside the promises."""
    return agreement.facts.select_related("source").order_by("position")


def public_agreements() -> list[Agreement]:
    """Return the agreements whose parties opened a public page."""
    return list(agreements_with_all(Agreement.objects.filter(is_public=True)).order_by("key"))


def quoted_sources(actor: Actor) -> list[Source]:
    """Return the sources of the agreements the actor may know of, or of the public ones, with what they state."""
    agreements = Agreement.objects.filter(is_public=True) if actor.is_nobody else agreements_visible_to(actor)
    return list(
        Source.objects.filter(agreement__in=agreements.order_by().values("pk"))
        .select_related("agreement")
        .prefetch_related("facts", "citations__commitment")
        .order_by("agreement__key", "position")
    )


def sources_of(agreement: Agreement) -> list[Source]:
    """Return the documents that the agreement quotes, in their order."""
    return list(agreement.sources.order_by("position"))


def kin_of(actor: Actor, agreement: Agreement) -> list[Agreement]:
    """Return the agreement that this one renews and the signed ones that renew it, as far as the actor may know.

    Takes one query, and none for an agreement without kin whose life was loaded.
    """
    if agreement.renews_id is None and getattr(agreement, "life_renewed_on", agreement) is None:
        return []
    kin = Q(pk=agreement.renews_id) | Q(renews=agreement, state=AgreementState.SIGNED)
    return list(agreements_visible_to(actor).filter(kin).order_by("signed_on", "key"))


def only(agreement: Agreement) -> QuerySet[Agreement]:
    """Return a queryset of this one agreement, for reads that take many."""
    return Agreement.objects.filter(pk=agreement.pk)
