"""Which agreements somebody may know of, and what stands in them."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.agreements.models import Agreement, Engagement, Fact, Party, Source
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


def agreements_with_all(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add the parties, so that lists can name them without a query each."""
    return agreements.prefetch_related(
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


def engagements_of(agreement: Agreement) -> QuerySet[Engagement]:
    """Return the meetings that took place and were not struck, latest first."""
    return agreement.engagements.filter(struck_at=None).order_by("-held_on", "-pk")


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


def find_engagement(agreement: Agreement, pk: int) -> Engagement:
    """Return one meeting of the agreement; raises `NotThere`."""
    engagement = agreement.engagements.filter(pk=pk).first()
    if engagement is None:
        raise NotThere(_("There is no meeting of this number in this agreement."))
    return engagement


def only(agreement: Agreement) -> QuerySet[Agreement]:
    """Return a queryset of this one agreement, for reads that take many."""
    return Agreement.objects.filter(pk=agreement.pk)
