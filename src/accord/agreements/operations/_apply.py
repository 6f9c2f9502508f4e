"""Brings an agreement file into the database, whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import AgreementState, PartyRole, Precision
from accord.agreements.models import (
    Agreement,
    Amendment,
    Citation,
    Clause,
    ClauseAmendment,
    Commitment,
    CommitmentParty,
    Fact,
    Party,
    PlanPoint,
    Section,
    Source,
)
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people import operations as people
from accord.people.queries import Person

Model = TypeVar("Model", bound=models.Model)
Key = str | int | date
Fields = dict[str, Any]


class PromiseFrozen(Refused):
    """The file would rewrite what a signed agreement promised."""

    code = "promise-frozen"
    status = 409


class PartStillUsed(Refused):
    """The file leaves out a party, source, section or promise that records point at."""

    code = "part-still-used"
    status = 409


class RenewedUnknown(Refused):
    """The file renews an agreement that is not here, or one of other parties."""

    code = "renewed-unknown"


@dataclass(frozen=True, slots=True)
class Applied:
    """The agreement as it now stands and what changed; no differences where the file was applied before."""

    agreement: Agreement
    differences: tuple[file.Difference, ...]


@transaction.atomic
def apply_file(*, new: file.AgreementFile, by: Person | None, at: datetime, version: int | None = None) -> Applied:
    """Make the agreement equal to the file, in one transaction; `version` is the one it was made from, 0 for none.

    Applying the same file twice changes nothing. Raises `PromiseFrozen`, naming every such line, when the file
    changes what a signed agreement promised: an amendment must be added instead; `RenewedUnknown` when it renews an
    agreement that no party of the file has. Without `by` the command line did it.
    Raises `Clash` where the agreement is no longer of that version.
    """
    held = Agreement.objects.select_for_update().filter(key=new.key).first()
    if version is not None:
        expect(held or Agreement(version=0), version)
    differences = file.compare(None if held is None else as_file(held), new)
    refusals = [one for one in differences if one.refusal]
    if refusals:
        raise PromiseFrozen(
            _("What was signed does not change. Add an amendment to it instead: %(paths)s.")
            % {"paths": ", ".join(one.path for one in refusals)},
            differences=refusals,
        )
    if held is not None and not differences:
        return Applied(held, ())
    return Applied(_write(held, new, by=by, at=at), differences)


def _write(held: Agreement | None, new: file.AgreementFile, *, by: Person | None, at: datetime) -> Agreement:
    """Write every table of the agreement and prove that reading it back gives the file."""
    agreement = held or Agreement(key=new.key, version=0)
    for name, value in {**_agreement_fields(new), "renews": _renewed(new)}.items():
        setattr(agreement, name, value)
    agreement.version += 1
    agreement.applied_at, agreement.applied_by = at, by or people.command_line()
    if agreement.terminated_on and agreement.terminated_at is None:
        agreement.terminated_at, agreement.terminated_by = at, agreement.applied_by
    agreement.save()
    parties = _write_parties(agreement, new)
    sources = _sync(Source, {"agreement": agreement}, "key", _numbered(new.sources, _source_fields))
    sections = _sync(Section, {"agreement": agreement}, "key", _numbered(new.sections, _section_fields))
    fields = _numbered(new.promises, lambda promise: _promise_fields(promise, sources, sections))
    commitments = _sync(Commitment, {"agreement": agreement}, "key", fields)
    for promise in new.promises:
        _write_details(commitments[promise.key], promise, parties, sources)
    clauses = _sync(Clause, {"agreement": agreement}, "key", _numbered(new.clauses, _clause_fields))
    for clause in new.clauses:
        _write_later_texts(clauses[clause.key], clause)
    _drop(Clause, {"agreement": agreement}, clauses)
    facts: dict[Key, Fields] = {number: _fact_fields(fact, sources) for number, fact in enumerate(new.facts)}
    _replace(Fact, {"agreement": agreement}, "position", facts)
    _drop_unnamed(agreement, parties=parties, commitments=commitments, sections=sections, sources=sources)
    written = file.digest(as_file(agreement))
    if written != agreement.digest:
        raise AssertionError(f"{new.key} reads back differently from the file that was applied")
    return agreement


def _renewed(new: file.AgreementFile) -> Agreement | None:
    """Return the agreement that the file renews; it must have a party of the file, or it is as if it were not here."""
    if new.renews is None:
        return None
    parties = [party.key for party in new.parties]
    found = Agreement.objects.filter(key=new.renews, parties__institution__key__in=parties).first()
    if found is None:
        raise RenewedUnknown(
            _("None of these parties has an agreement with the key %(key)s. Bring that one in first, or mend `renews`.")
            % {"key": new.renews}
        )
    return found


def _sync(
    model: type[Model], parent: Mapping[str, models.Model], by: str, wanted: Mapping[Key, Fields]
) -> dict[Key, Model]:
    """Make the parent's rows equal to the wanted ones, matched by one field; return them by that field.

    Only rows that differ are written. Rows no longer wanted stay until `_drop`: others may still point at them.
    """
    manager = model._default_manager  # noqa: SLF001 (Django's public name for it)
    existing: dict[Key, Model] = {getattr(row, by): row for row in manager.filter(**parent)}
    kept: dict[Key, Model] = {}
    for key, fields in wanted.items():
        row = existing.get(key) or model(**parent, **{by: key})
        if row.pk is None or any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()
        kept[key] = row
    return kept


def _drop(model: type[Model], parent: Mapping[str, models.Model], kept: Mapping[Key, Model]) -> None:
    """Delete the parent's rows that were not kept."""
    model._default_manager.filter(**parent).exclude(pk__in=[row.pk for row in kept.values()]).delete()  # noqa: SLF001 (Django's public name)


def _replace(model: type[Model], parent: Mapping[str, models.Model], by: str, wanted: Mapping[Key, Fields]) -> None:
    """Make the parent's rows equal to the wanted ones and drop the others."""
    _drop(model, parent, _sync(model, parent, by, wanted))


def _numbered(items: Sequence[Any], fields: Callable[[Any], Fields]) -> dict[Key, Fields]:
    """Return each item's fields by its key, with its place in the file."""
    return {item.key: {**fields(item), "position": number} for number, item in enumerate(items)}


def _write_parties(agreement: Agreement, new: file.AgreementFile) -> dict[Key, Party]:
    """Write the parties; an institution of the same key is the same institution in every agreement."""
    wanted: dict[Key, Fields] = {}
    keys: dict[Key, str] = {}
    for number, party in enumerate(new.parties):
        institution = people.ensure_institution(key=party.key, name=_text(party.name), kind=party.kind.value)
        keys[institution.pk] = party.key
        wanted[institution.pk] = {
            "name": _text(party.name),
            "short": party.short or "",
            "is_coordinator": party.coordinator,
            "signs": party.signs,
            "position": number,
        }
    rows = _sync(Party, {"agreement": agreement}, "institution_id", wanted)
    return {keys[pk]: row for pk, row in rows.items()}


def _write_details(
    commitment: Commitment, promise: file.Commitment, parties: Mapping[Key, Party], sources: Mapping[Key, Source]
) -> None:
    """Write what hangs on one promise: sides, citations, interim targets, amendments."""
    parent = {"commitment": commitment}
    for role, keys in ((PartyRole.PROMISOR, promise.by), (PartyRole.BENEFICIARY, promise.to)):
        _write_side(commitment, role, {parties[key].pk: number for number, key in enumerate(keys)})
    cited: dict[Key, Fields] = {
        number: {"source_id": sources[one.source].pk, "paragraph": one.paragraph}
        for number, one in enumerate(promise.cited)
    }
    amended: dict[Key, Fields] = {
        number: {"agreed_on": one.agreed, "target": one.target, "due_on": one.due, "why": _text(one.why)}
        for number, one in enumerate(promise.amendments, start=1)
    }
    plan: dict[Key, Fields] = {point.on: {"level": point.level} for point in promise.plan}
    _replace(Citation, parent, "position", cited)
    _replace(PlanPoint, parent, "reached_on", plan)
    _replace(Amendment, parent, "number", amended)


def _write_later_texts(clause: Clause, said: file.Clause) -> None:
    """Write the texts that were agreed after the signing."""
    later: dict[Key, Fields] = {
        number: {"agreed_on": one.agreed, "text": _text(one.text), "why": _text(one.why)}
        for number, one in enumerate(said.amendments, start=1)
    }
    _replace(ClauseAmendment, {"clause": clause}, "number", later)


def _write_side(commitment: Commitment, role: PartyRole, wanted: Mapping[int, int]) -> None:
    """Make one side of the promise equal to the wanted parties, given with their positions."""
    sides = CommitmentParty.objects.filter(commitment=commitment, role=role)
    sides.exclude(party__in=wanted.keys()).delete()
    held = {side.party_id: side for side in sides}
    for party_id, position in wanted.items():
        side = held.get(party_id)
        if side is None:
            CommitmentParty.objects.create(commitment=commitment, role=role, party_id=party_id, position=position)
        elif side.position != position:
            side.position = position
            side.save(update_fields=["position"])


def _drop_unnamed(
    agreement: Agreement,
    *,
    parties: Mapping[Key, Party],
    commitments: Mapping[Key, Commitment],
    sections: Mapping[Key, Section],
    sources: Mapping[Key, Source],
) -> None:
    """Delete what the file no longer names, the pointing rows first; only a draft can lose promises."""
    parent = {"agreement": agreement}
    try:
        _drop(Commitment, parent, commitments)
        _drop(Section, parent, sections)
        _drop(Source, parent, sources)
        _drop(Party, parent, parties)
    except ProtectedError as error:
        raise PartStillUsed(
            _("The file leaves out something that records still point at: %(what)s. Put it back into the file.")
            % {"what": ", ".join(sorted(str(row) for row in error.protected_objects)[:5])}
        ) from error


def _agreement_fields(new: file.AgreementFile) -> Fields:
    """Return the agreement's own columns."""
    signed, term = new.signed, new.term or file.Term()
    cited = signed.cited if signed else None
    return {
        "title": _text(new.title),
        "summary": _text(new.summary),
        "state": AgreementState.SIGNED if signed else AgreementState.DRAFT,
        "signed_on": signed.on if signed else None,
        "signed_place": _text(signed.at if signed else None),
        "signed_source": cited.source if cited else "",
        "signed_paragraph": cited.paragraph if cited else None,
        "starts_on": term.start,
        "ends_on": term.until,
        "review_on": term.review,
        "notice_days": new.notice_days,
        "terminated_on": new.terminated.on if new.terminated else None,
        "terminated_why": _text(new.terminated.why if new.terminated else None),
        "is_public": new.public,
        "digest": file.digest(new),
    }


def _source_fields(source: file.Source) -> Fields:
    """Return a source's own columns."""
    return {
        "title": _text(source.title),
        "published_on": source.published,
        "publisher": _text(source.publisher),
        "url": source.url or "",
        "note": _text(source.note),
    }


def _section_fields(section: file.Section) -> Fields:
    """Return a section's own columns."""
    return {"title": _text(section.title)}


def _promise_fields(promise: file.Commitment, sources: Mapping[Key, Source], sections: Mapping[Key, Section]) -> Fields:
    """Return a commitment's own columns."""
    baseline, done = promise.baseline, promise.done
    return {
        "section_id": sections[promise.section].pk,
        "title": _text(promise.title),
        "text": _text(promise.text),
        "kind": promise.kind.value,
        "beneficiary_text": _text(promise.to_others),
        "owner": _text(promise.owner),
        "measure_code": promise.measure or "",
        "target": promise.target,
        "is_about": promise.about,
        "starts_on": promise.start,
        "due_on": promise.due,
        "baseline_amount": baseline.amount if baseline else None,
        "baseline_on": baseline.on if baseline else None,
        "baseline_source_id": sources[baseline.source].pk if baseline else None,
        "baseline_paragraph": baseline.paragraph if baseline else None,
        "done_on": done.on.first_day if done else None,
        "done_precision": _precision(done.on) if done else "",
        "done_source_id": sources[done.source].pk if done else None,
        "done_paragraph": done.paragraph if done else None,
    }


def _clause_fields(clause: file.Clause) -> Fields:
    """Return a clause's own columns."""
    return {
        "type": clause.type.value,
        "ip_mode": clause.ip_mode.value if clause.ip_mode else "",
        "title": _text(clause.title),
        "text": _text(clause.text),
    }


def _fact_fields(fact: file.Fact, sources: Mapping[Key, Source]) -> Fields:
    """Return a fact's own columns."""
    return {
        "text": _text(fact.text),
        "stated_on": fact.on.first_day if fact.on else None,
        "stated_precision": _precision(fact.on) if fact.on else "",
        "source_id": sources[fact.cited.source].pk,
        "paragraph": fact.cited.paragraph,
    }


def _precision(stated: file.StatedDate) -> Precision:
    """Return how exactly a source states a date."""
    if stated.month is None:
        return Precision.YEAR
    return Precision.MONTH if stated.day is None else Precision.DAY


def _text(text: file.Bilingual | None) -> Bilingual:
    """Return a text as the database keeps it: a missing side is empty."""
    return Bilingual() if text is None else Bilingual(en=text.en or "", zh_hans=text.zh_hans or "")
