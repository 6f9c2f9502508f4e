"""An agreement as the file it was applied from, and what another file would change."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from accord.agreements.enums import AgreementState, PartyRole, Precision
from accord.agreements.models import Agreement, Clause, Commitment, Fact
from accord.engines import agreementfile as file
from accord.kernel.text import Bilingual


def file_by_key(key: str) -> file.AgreementFile | None:
    """Return the agreement of this key as a file, or None where there is none."""
    agreement = Agreement.objects.filter(key=key).first()
    return None if agreement is None else as_file(agreement)


def plan_file(new: file.AgreementFile) -> tuple[file.Difference, ...]:
    """Return what applying the file would change, each refusal with its reason."""
    return file.compare(file_by_key(new.key), new)


def as_file(agreement: Agreement) -> file.AgreementFile:
    """Return the agreement as the values of its file; writing them gives the applied text again."""
    parties = list(agreement.parties.select_related("institution").order_by("position"))
    return file.AgreementFile(
        key=agreement.key,
        title=_text(agreement.title),
        summary=_optional(agreement.summary),
        signed=_signing(agreement),
        term=_term(agreement),
        notice_days=agreement.notice_days,
        renews=agreement.renews.key if agreement.renews else None,
        terminated=_terminated(agreement),
        public=agreement.is_public,
        parties=tuple(
            file.Party(
                key=party.institution.key,
                name=_text(party.name),
                kind=file.PartyKind(party.institution.kind),
                short=party.short or None,
                coordinator=party.is_coordinator,
                signs=party.signs,
            )
            for party in parties
        ),
        sources=tuple(
            file.Source(
                key=source.key,
                title=_text(source.title),
                published=source.published_on,
                publisher=_optional(source.publisher),
                url=source.url or None,
                note=_optional(source.note),
            )
            for source in agreement.sources.order_by("position")
        ),
        sections=tuple(
            file.Section(section.key, _text(section.title)) for section in agreement.sections.order_by("position")
        ),
        promises=tuple(_promise(commitment) for commitment in _commitments(agreement)),
        clauses=tuple(
            _clause(clause) for clause in agreement.clauses.prefetch_related("amendments").order_by("position")
        ),
        facts=tuple(_fact(fact) for fact in agreement.facts.select_related("source").order_by("position")),
    )


def _commitments(agreement: Agreement) -> Iterable[Commitment]:
    """Return the commitments with all that hangs on them, in the order of the file."""
    return (
        agreement.commitments.select_related("section", "baseline_source", "done_source")
        .prefetch_related("sides__party__institution", "citations__source", "plan", "amendments")
        .order_by("position")
    )


def _promise(commitment: Commitment) -> file.Commitment:
    """Return one commitment as the file says it."""
    return file.Commitment(
        key=commitment.key,
        section=commitment.section.key,
        title=_text(commitment.title),
        text=_text(commitment.text),
        kind=file.PromiseKind(commitment.kind),
        by=_side(commitment, PartyRole.PROMISOR),
        to=_side(commitment, PartyRole.BENEFICIARY),
        to_others=_optional(commitment.beneficiary_text),
        measure=commitment.measure_code or None,
        target=commitment.target,
        about=commitment.is_about,
        start=commitment.starts_on,
        due=commitment.due_on,
        baseline=_baseline(commitment),
        plan=tuple(file.PlanPoint(point.reached_on, point.level) for point in commitment.plan.all()),
        done=_done(commitment),
        cited=tuple(file.Citation(one.source.key, one.paragraph) for one in commitment.citations.all()),
        owner=_optional(commitment.owner),
        amendments=tuple(
            file.Amendment(agreed=one.agreed_on, why=_text(one.why), target=one.target, due=one.due_on)
            for one in commitment.amendments.all()
        ),
    )


def _side(commitment: Commitment, role: PartyRole) -> tuple[str, ...]:
    """Return the keys of the parties on one side, in their order."""
    sides = sorted((side for side in commitment.sides.all() if side.role == role), key=lambda side: side.position)
    return tuple(side.party.institution.key for side in sides)


def _baseline(commitment: Commitment) -> file.Baseline | None:
    """Return the stated baseline, if there is one."""
    if commitment.baseline_amount is None or commitment.baseline_on is None or commitment.baseline_source is None:
        return None
    return file.Baseline(
        amount=commitment.baseline_amount,
        on=commitment.baseline_on,
        source=commitment.baseline_source.key,
        paragraph=commitment.baseline_paragraph,
    )


def _done(commitment: Commitment) -> file.Done | None:
    """Return the completion that a source states, if there is one."""
    if commitment.done_on is None or commitment.done_source is None:
        return None
    return file.Done(
        on=_stated(commitment.done_on, commitment.done_precision),
        source=commitment.done_source.key,
        paragraph=commitment.done_paragraph,
    )


def _clause(clause: Clause) -> file.Clause:
    """Return one clause as the file says it."""
    return file.Clause(
        key=clause.key,
        type=file.ClauseType(clause.type),
        title=_text(clause.title),
        text=_text(clause.text),
        ip_mode=file.IpMode(clause.ip_mode) if clause.ip_mode else None,
        amendments=tuple(
            file.ClauseAmendment(agreed=one.agreed_on, text=_text(one.text), why=_text(one.why))
            for one in clause.amendments.all()
        ),
    )


def _fact(fact: Fact) -> file.Fact:
    """Return one stated fact."""
    return file.Fact(
        text=_text(fact.text),
        cited=file.Citation(fact.source.key, fact.paragraph),
        on=None if fact.stated_on is None else _stated(fact.stated_on, fact.stated_precision),
    )


def _stated(day: date, precision: str) -> file.StatedDate:
    """Return a day, a month or a year, as exactly as the source gave it."""
    if precision == Precision.YEAR:
        return file.StatedDate(day.year)
    if precision == Precision.MONTH:
        return file.StatedDate(day.year, day.month)
    return file.StatedDate(day.year, day.month, day.day)


def _signing(agreement: Agreement) -> file.Signing | None:
    """Return when and where it was signed; None for a draft."""
    if agreement.state == AgreementState.DRAFT:
        return None
    cited = file.Citation(agreement.signed_source, agreement.signed_paragraph) if agreement.signed_source else None
    return file.Signing(on=agreement.signed_on, at=_optional(agreement.signed_place), cited=cited)


def _term(agreement: Agreement) -> file.Term | None:
    """Return the term, if any of its days is known."""
    term = file.Term(agreement.starts_on, agreement.ends_on, agreement.review_on)
    return None if term == file.Term() else term


def _terminated(agreement: Agreement) -> file.Terminated | None:
    """Return from which day it no longer holds, and why; None where it was not terminated."""
    if agreement.terminated_on is None:
        return None
    return file.Terminated(agreement.terminated_on, _text(agreement.terminated_why))


def _text(text: Bilingual) -> file.Bilingual:
    """Return a text as the file keeps it: a missing side is None."""
    return file.Bilingual(en=text.en or None, zh_hans=text.zh_hans or None)


def _optional(text: Bilingual) -> file.Bilingual | None:
    """Return a text, or None where both sides are missing."""
    return _text(text) if text else None


def file_text(agreement: Agreement) -> str:
    """Return the canonical text of the agreement's file."""
    return file.write(as_file(agreement))


def file_data(agreement: Agreement) -> dict[str, Any]:
    """Return the agreement's file as plain data, the same keys and values as its text; days in ISO form."""
    plain: dict[str, Any] = json.loads(json.dumps(yaml.safe_load(file_text(agreement)), default=str))
    return plain
