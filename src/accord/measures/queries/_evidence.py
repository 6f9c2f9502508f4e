"""Evidence entries: who may see them, where they stand, and what waits for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import Agreement, Commitment, agreements_visible_to
from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.measures.enums import EvidenceState
from accord.measures.models import Evidence, Override
from accord.people.enums import Role


def state_of_evidence(evidence: Evidence) -> EvidenceState:
    """Return where the entry stands now; the same rule as the statement that counts (`_changes`)."""
    if evidence.withdrawn_at:
        return EvidenceState.WITHDRAWN
    if evidence.contested_at and (not evidence.confirmed_at or evidence.confirmed_at <= evidence.contested_at):
        return EvidenceState.CONTESTED
    return EvidenceState.CONFIRMED if evidence.confirmed_at else EvidenceState.WAITING


def in_state(state: str) -> Q:
    """Return the condition for entries that stand in a state now."""
    contested = Q(contested_at__isnull=False) & (Q(confirmed_at=None) | Q(confirmed_at__lte=F("contested_at")))
    conditions = {
        EvidenceState.WITHDRAWN: Q(withdrawn_at__isnull=False),
        EvidenceState.CONTESTED: Q(withdrawn_at=None) & contested,
        EvidenceState.CONFIRMED: Q(withdrawn_at=None, confirmed_at__isnull=False) & ~contested,
        EvidenceState.WAITING: Q(withdrawn_at=None, confirmed_at=None, contested_at=None),
    }
    return conditions[EvidenceState(state)]


def evidence_of(commitment: Commitment) -> QuerySet[Evidence]:
    """Return the entries that are attributed to a promise, latest first, with their share of it and their state."""
    return (
        Evidence.objects.filter(attributions__commitment=commitment)
        .annotate(
            share=F("attributions__share"),
            agreement_key=F("party__agreement__key"),
            state=Case(*(When(in_state(state), then=Value(state.value)) for state in EvidenceState)),
        )
        .select_related("party", "recorded_by")
        .order_by("-occurred_on", "-pk")
    )


def evidence_visible_to(actor: Actor) -> QuerySet[Evidence]:
    """Return the entries of all agreements that the actor may know of."""
    agreements = agreements_visible_to(actor).order_by().values("pk")
    return Evidence.objects.filter(party__agreement__in=agreements)


def find_evidence(actor: Actor, agreement: Agreement, pk: int) -> Evidence:
    """Return one entry of an agreement with all who decided; raises `NotThere`."""
    found = (
        evidence_visible_to(actor)
        .filter(party__agreement=agreement, pk=pk)
        .select_related("party", "party__agreement", "recorded_by", "confirmed_by", "contested_by", "withdrawn_by")
        .prefetch_related("attributions__commitment")
        .first()
    )
    if found is None:
        raise NotThere(_("There is no evidence entry of this number among those you may see."))
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """An evidence entry that waits for somebody's decision."""

    pk: int
    label: object
    amount: Decimal
    occurred_on: date
    recorded_at: datetime
    entered_by: object
    agreement_key: str
    agreement_title: object
    promise_key: str
    promise_title: object


def waiting_for(actor: Actor, *, limit: int = 20, agreement_id: int | None = None) -> list[Waiting]:
    """Return the entries that another party entered and that the actor may confirm or contest, oldest first."""
    mine = actor.institutions(Role.OFFICER)
    if not mine:
        return []
    rows = waiting_entries(mine)
    if agreement_id is not None:
        rows = rows.filter(party__agreement=agreement_id)
    return [
        Waiting(*row)
        for row in rows.order_by("recorded_at", "pk").values_list(
            "pk",
            "label",
            "amount",
            "occurred_on",
            "recorded_at",
            "party__name",
            "party__agreement__key",
            "party__agreement__title",
            "attributions__commitment__key",
            "attributions__commitment__title",
        )[:limit]
    ]


def waiting_entries(institutions: frozenset[int]) -> QuerySet[Evidence]:
    """Return entries in agreements of these institutions that wait and that others entered, each once."""
    waiting = Evidence.objects.filter(in_state(EvidenceState.WAITING))
    ours = waiting.filter(party__agreement__parties__institution__in=institutions).values("pk")
    return waiting.filter(pk__in=ours).exclude(party__institution__in=institutions)


def override_of(commitment: Commitment, at_day: date) -> Override | None:
    """Return a person's own forecast in force at the end of a day."""
    return (
        Override.objects.filter(commitment=commitment, set_at__date__lte=at_day)
        .filter(Q(lifted_at=None) | Q(lifted_at__date__gt=at_day))
        .select_related("set_by")
        .first()
    )


@dataclass(frozen=True, slots=True)
class ProvenanceCounts:
    """How many entries of evidence are recorded and how many simulated."""

    recorded: int
    simulated: int


def provenance_counts(actor: Actor) -> ProvenanceCounts:
    """Return how much of the evidence that the actor may know of is simulated; visitors are told of all."""
    entries = Evidence.objects.all() if actor.is_nobody else evidence_visible_to(actor)
    simulated = entries.filter(is_simulated=True).count()
    return ProvenanceCounts(recorded=entries.count() - simulated, simulated=simulated)
