"""Promises as frozen rows, with everything the board says about them before anything is counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from accord.agreements.enums import PartyRole, PromiseKind
from accord.agreements.models import Agreement, Amendment, Citation, Commitment, CommitmentParty, PlanPoint, Source
from accord.kernel.text import Bilingual


@dataclass(frozen=True, slots=True)
class Quote:
    """Where a source states something: the document and the paragraph, counted after the headline."""

    source_key: str
    title: Bilingual
    published_on: date | None
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target as it was agreed: the original (number 0) or an amendment."""

    number: int
    agreed_on: date | None
    target: Decimal | None
    due_on: date | None
    why: Bilingual = field(default_factory=Bilingual)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party by its key and name."""

    pk: int
    key: str
    name: Bilingual
    short: str
    institution_id: int


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise as agreed."""

    pk: int
    key: str
    agreement_id: int
    agreement_key: str
    agreement_title: Bilingual
    section: Bilingual
    title: Bilingual
    text: Bilingual
    kind: PromiseKind
    promisors: tuple[PartyRow, ...]
    beneficiaries: tuple[PartyRow, ...]
    beneficiary_text: Bilingual
    owner: Bilingual
    measure_code: str
    is_about: bool
    starts_on: date | None
    baseline: Decimal | None
    baseline_on: date | None
    baseline_quote: Quote | None
    done_on: date | None
    done_precision: str
    done_quote: Quote | None
    quotes: tuple[Quote, ...]
    plan: tuple[tuple[date, Decimal], ...]
    targets: tuple[TargetLine, ...]

    def target_on(self, day: date) -> TargetLine:
        """Return what was agreed by the day: the original, carried on by the amendments up to then."""
        held = self.targets[0]
        for line in self.targets[1:]:
            if line.agreed_on is not None and line.agreed_on <= day:
                held = TargetLine(
                    line.number, line.agreed_on, line.target or held.target, line.due_on or held.due_on, line.why
                )
        return held


def promise_rows(commitments: QuerySet[Commitment]) -> list[PromiseRow]:
    """Return the promises as rows in the order of the agreement; the same number of queries for any number."""
    loaded = (
        commitments.select_related("agreement", "section")
        .prefetch_related(
            Prefetch("sides", CommitmentParty.objects.select_related("party__institution").order_by("position")),
            Prefetch("citations", Citation.objects.order_by("position")),
            Prefetch("plan", PlanPoint.objects.order_by("reached_on")),
            Prefetch("amendments", Amendment.objects.order_by("number")),
            "agreement__sources",
        )
        .order_by("agreement__key", "section__position", "position", "pk")
    )
    return [_row(commitment) for commitment in loaded]


def _row(commitment: Commitment) -> PromiseRow:
    """Turn one loaded commitment into its row."""
    agreement = commitment.agreement
    sources = {source.pk: source for source in agreement.sources.all()}
    sides = list(commitment.sides.all())
    return PromiseRow(
        pk=commitment.pk,
        key=commitment.key,
        agreement_id=agreement.pk,
        agreement_key=agreement.key,
        agreement_title=agreement.title,
        section=commitment.section.title,
        title=commitment.title,
        text=commitment.text,
        kind=PromiseKind(commitment.kind),
        promisors=_side(sides, PartyRole.PROMISOR),
        beneficiaries=_side(sides, PartyRole.BENEFICIARY),
        beneficiary_text=commitment.beneficiary_text,
        owner=commitment.owner,
        measure_code=commitment.measure_code,
        is_about=commitment.is_about,
        starts_on=commitment.starts_on or agreement.signed_on,
        baseline=commitment.baseline_amount,
        baseline_on=commitment.baseline_on,
        baseline_quote=_quote(sources, commitment.baseline_source_id, commitment.baseline_paragraph),
        done_on=commitment.done_on,
        done_precision=commitment.done_precision,
        done_quote=_quote(sources, commitment.done_source_id, commitment.done_paragraph),
        quotes=tuple(
            quote
            for citation in commitment.citations.all()
            if (quote := _quote(sources, citation.source_id, citation.paragraph))
        ),
        plan=tuple((point.reached_on, point.level) for point in commitment.plan.all()),
        targets=_targets(commitment),
    )


def _side(sides: Iterable[CommitmentParty], role: PartyRole) -> tuple[PartyRow, ...]:
    """Return the parties that stand on one side of the promise."""
    return tuple(
        PartyRow(
            side.party.pk,
            side.party.institution.key,
            side.party.name,
            side.party.short,
            side.party.institution_id,
        )
        for side in sides
        if side.role == role
    )


def _quote(sources: Mapping[int, Source], source_id: int | None, paragraph: int | None) -> Quote | None:
    """Return where something is stated, or None where no source is named."""
    if source_id is None:
        return None
    source = sources[source_id]
    return Quote(source.key, source.title, source.published_on, paragraph)


def _targets(commitment: Commitment) -> tuple[TargetLine, ...]:
    """Return the original target and every amendment."""
    original = TargetLine(0, commitment.agreement.signed_on, commitment.target, commitment.due_on)
    later = (
        TargetLine(one.number, one.agreed_on, one.target, one.due_on, one.why) for one in commitment.amendments.all()
    )
    return (original, *later)


def promises_of(agreement: Agreement) -> list[PromiseRow]:
    """Return the agreement's promises in their order."""
    return promise_rows(Commitment.objects.filter(agreement=agreement))
