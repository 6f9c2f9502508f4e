"""Promises as frozen rows, with everything the board says about them before anything is counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Model, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import PartyRole, PromiseKind
from accord.agreements.models import Agreement, Amendment, Citation, Commitment, CommitmentParty, PlanPoint, Source
from accord.kernel.refused import NotThere
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
    """Return the promises as rows in the order of the agreement; one query for any number.

    What hangs on a promise comes along as JSON, built by the database in the wanted order.
    """
    loaded = (
        commitments.select_related("agreement", "section", "baseline_source", "done_source")
        .annotate(
            its_sides=_hanging(CommitmentParty, "position", SIDE),
            its_citations=_hanging(Citation, "position", CITED),
            its_plan=_hanging(PlanPoint, "reached_on", PLANNED),
            its_amendments=_hanging(Amendment, "number", AMENDED),
        )
        .order_by("agreement__key", "section__position", "position", "pk")
    )
    return [_row(commitment) for commitment in loaded]


SIDE = JSONObject(
    role="role",
    pk="party_id",
    key="party__institution__key",
    name="party__name",
    short="party__short",
    institution="party__institution_id",
)
CITED = JSONObject(key="source__key", title="source__title", published_on="source__published_on", paragraph="paragraph")
PLANNED = JSONObject(on="reached_on", level=Cast("level", CharField()))
AMENDED = JSONObject(
    number="number", agreed_on="agreed_on", target=Cast("target", CharField()), due_on="due_on", why="why"
)


def _hanging(model: type[Model], order: str, shape: JSONObject) -> ArraySubquery:
    """Return a model's rows of the outer commitment, in order, each in the shape."""
    rows = model._default_manager.filter(commitment=OuterRef("pk"))  # noqa: SLF001 (Django's public name for it)
    return ArraySubquery(rows.order_by(order, "pk").values_list(shape))


def _row(commitment: Any) -> PromiseRow:
    """Turn one loaded commitment into its row."""
    agreement = commitment.agreement
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
        promisors=_side(commitment.its_sides, PartyRole.PROMISOR),
        beneficiaries=_side(commitment.its_sides, PartyRole.BENEFICIARY),
        beneficiary_text=commitment.beneficiary_text,
        owner=commitment.owner,
        measure_code=commitment.measure_code,
        is_about=commitment.is_about,
        starts_on=commitment.starts_on or agreement.signed_on,
        baseline=commitment.baseline_amount,
        baseline_on=commitment.baseline_on,
        baseline_quote=_quote(commitment.baseline_source, commitment.baseline_paragraph),
        done_on=commitment.done_on,
        done_precision=commitment.done_precision,
        done_quote=_quote(commitment.done_source, commitment.done_paragraph),
        quotes=tuple(
            Quote(one["key"], Bilingual.of(one["title"]), _day(one["published_on"]), one["paragraph"])
            for one in commitment.its_citations
        ),
        plan=tuple((date.fromisoformat(one["on"]), Decimal(one["level"])) for one in commitment.its_plan),
        targets=_targets(commitment),
    )


def _side(sides: Iterable[dict[str, Any]], role: PartyRole) -> tuple[PartyRow, ...]:
    """Return the parties that stand on one side of the promise."""
    return tuple(
        PartyRow(side["pk"], side["key"], Bilingual.of(side["name"]), side["short"], side["institution"])
        for side in sides
        if side["role"] == role
    )


def _quote(source: Source | None, paragraph: int | None) -> Quote | None:
    """Return where something is stated, or None where no source is named."""
    return None if source is None else Quote(source.key, source.title, source.published_on, paragraph)


def _targets(commitment: Any) -> tuple[TargetLine, ...]:
    """Return the original target and every amendment."""
    original = TargetLine(0, commitment.agreement.signed_on, commitment.target, commitment.due_on)
    later = (
        TargetLine(
            number=one["number"],
            agreed_on=_day(one["agreed_on"]),
            target=None if one["target"] is None else Decimal(one["target"]),
            due_on=_day(one["due_on"]),
            why=Bilingual.of(one["why"]),
        )
        for one in commitment.its_amendments
    )
    return (original, *later)


def _day(text: str | None) -> date | None:
    """Return a day that came as JSON."""
    return None if text is None else date.fromisoformat(text)


def promises_of(agreement: Agreement) -> list[PromiseRow]:
    """Return the agreement's promises in their order."""
    return promise_rows(Commitment.objects.filter(agreement=agreement))


def find_commitment(agreement: Agreement, key: str) -> Commitment:
    """Return one promise of the agreement; raises `NotThere`."""
    commitment = Commitment.objects.filter(agreement=agreement, key=key).select_related("agreement").first()
    if commitment is None:
        raise NotThere(_("This agreement has no promise of this name."))
    return commitment
