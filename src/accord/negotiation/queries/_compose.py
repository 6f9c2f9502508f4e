"""The draft as an agreement file: one truth for what the parties read, approve and sign."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.agreements.queries import Agreement, as_file
from accord.engines import agreementfile as file
from accord.kernel.measure import known_codes
from accord.kernel.text import Bilingual
from accord.negotiation.enums import NegotiationKind
from accord.negotiation.models import DraftClause, DraftHead, DraftPromise, Negotiation, NegotiationParty
from accord.negotiation.queries._courses import head_of, parties_of

ADVICE_ONLY_OF_FILES = frozenset({"not-cited"})
_SAID_HERE = {
    ("too-few", "by"): (gettext_lazy("A promise names nobody who makes it."), gettext_lazy("Choose who promises.")),
    ("too-few", "to"): (
        gettext_lazy("A promise names nobody to whom it is made."),
        gettext_lazy("Choose a party, or say in words for whom it is."),
    ),
}
"""What a form can mend is said as its reader sees it, not as a file would have it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the draft consists of, and the agreement that it amends."""

    negotiation: Negotiation
    head: DraftHead
    parties: tuple[NegotiationParty, ...]
    clauses: tuple[DraftClause, ...]
    promises: tuple[DraftPromise, ...]
    base: file.AgreementFile | None


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """One thing that keeps the draft from being put forward, or an advice, and the place that mends it."""

    what: str
    advice: str
    place: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """The draft's canonical text with its digest, and what is wrong with it."""

    file: file.AgreementFile
    text: str
    digest: str
    problems: tuple[DraftProblem, ...]

    @property
    def errors(self) -> tuple[DraftProblem, ...]:
        """Return what keeps the draft from being put forward."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def advice(self) -> tuple[DraftProblem, ...]:
        """Return what could be better and keeps nothing."""
        return tuple(problem for problem in self.problems if not problem.is_error)


def draft_of(negotiation: Negotiation) -> Draft:
    """Return the whole draft, what was taken out left away."""
    clauses = DraftClause.objects.filter(negotiation=negotiation, removed_at=None).select_related("changed_by")
    promises = DraftPromise.objects.filter(negotiation=negotiation, removed_at=None).select_related("changed_by")
    return Draft(
        negotiation=negotiation,
        head=head_of(negotiation),
        parties=tuple(parties_of(negotiation)),
        clauses=tuple(clauses.order_by("position", "pk")),
        promises=tuple(promises.order_by("position", "pk")),
        base=base_file(negotiation.base) if negotiation.base else None,
    )


def base_file(agreement: Agreement) -> file.AgreementFile:
    """Return the agreement that is amended or renewed; whether its board is public is no part of what is agreed."""
    return replace(as_file(agreement), public=False)


def base_text(agreement: Agreement) -> str:
    """Return the canonical text by which one knows whether the agreement that is amended is still the same."""
    return file.write(base_file(agreement))


def digest_of(text: str) -> str:
    """Return the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def compose(draft: Draft) -> Composed:
    """Write the draft as a file and read it over; every problem names the place that mends it."""
    made = _amended(draft) if draft.negotiation.kind == NegotiationKind.AMENDMENT else _whole(draft)
    text = file.write(made)
    return Composed(made, text, file.digest(made), tuple(_problems(made, text)))


def read_text(text: str) -> file.AgreementFile:
    """Return what a text says that was put forward; it was without an error then."""
    agreement = file.read(text).agreement
    if agreement is None:
        raise AssertionError("a text that was put forward can be read")
    return agreement


def sealed(
    approved: file.AgreementFile, base: Agreement | None, kind: str, *, signed_on: date, place: Bilingual
) -> file.AgreementFile:
    """Return the approved file with nothing added but the signing: day and place, or the day of the amendments."""
    if kind != NegotiationKind.AMENDMENT or base is None:
        return replace(approved, signed=file.Signing(on=signed_on, at=optional(place)))
    held = as_file(base)
    return replace(
        approved,
        public=held.public,
        promises=_stamped(approved.promises, held.promises, signed_on),
        clauses=_stamped(approved.clauses, held.clauses, signed_on),
    )


def problems_of(made: file.AgreementFile) -> list[DraftProblem]:
    """Return what is wrong with a file that was made here, in the reader's language."""
    return [one for one in _problems(made, file.write(made)) if one.is_error]


def text_of(text: Bilingual) -> file.Bilingual:
    """Return a text as the file keeps it: a missing side is None."""
    return file.Bilingual(en=text.en or None, zh_hans=text.zh_hans or None)


def optional(text: Bilingual) -> file.Bilingual | None:
    """Return a text, or None where both sides are missing."""
    return text_of(text) if text else None


def _stamped(items: tuple, held: tuple, signed_on: date) -> tuple:  # type: ignore[type-arg]
    """Give every amendment that the signed agreement does not have yet the day of signing."""
    known = {one.key: len(one.amendments) for one in held}
    return tuple(
        replace(
            one,
            amendments=tuple(
                later if number < known.get(one.key, 0) else replace(later, agreed=signed_on)
                for number, later in enumerate(one.amendments)
            ),
        )
        for one in items
    )


def _whole(draft: Draft) -> file.AgreementFile:
    """Return a new agreement, or one that renews another."""
    head = draft.head
    return file.AgreementFile(
        key=draft.negotiation.key,
        title=text_of(head.title),
        summary=optional(head.summary),
        parties=tuple(_party(party) for party in draft.parties),
        sections=_sections(draft.promises),
        promises=tuple(_promise(promise) for promise in draft.promises),
        clauses=tuple(_clause(clause) for clause in draft.clauses),
        term=_term(head),
        notice_days=head.notice_days,
        renews=draft.base.key if draft.base else None,
    )


def _amended(draft: Draft) -> file.AgreementFile:
    """Return the signed agreement with what is amended and what is new beside it."""
    base = draft.base
    if base is None:
        raise AssertionError("an amendment has an agreement to amend")
    on = draft.negotiation.started_at.date()
    promises = {one.key: one for one in draft.promises if one.amends}
    clauses = {one.key: one for one in draft.clauses if one.amends}
    added = [one for one in draft.promises if not one.amends]
    known = {section.key for section in base.sections}
    return replace(
        base,
        title=text_of(draft.head.title),
        summary=optional(draft.head.summary),
        term=_term(draft.head),
        notice_days=draft.head.notice_days,
        sections=(*base.sections, *(one for one in _sections(added) if one.key not in known)),
        promises=(*(_with_amendment(one, promises.get(one.key), on) for one in base.promises), *map(_promise, added)),
        clauses=(
            *(_with_new_text(one, clauses.get(one.key), on) for one in base.clauses),
            *(_clause(one) for one in draft.clauses if not one.amends),
        ),
    )


def _with_amendment(held: file.Commitment, wanted: DraftPromise | None, on: date) -> file.Commitment:
    """Return a signed promise with the amendment that the draft has for it."""
    if wanted is None:
        return held
    later = file.Amendment(agreed=_agreed(held, on), why=text_of(wanted.why), target=wanted.target, due=wanted.due_on)
    return replace(held, amendments=(*held.amendments, later))


def _with_new_text(held: file.Clause, wanted: DraftClause | None, on: date) -> file.Clause:
    """Return a signed clause with the wording that the draft has for it."""
    if wanted is None:
        return held
    later = file.ClauseAmendment(agreed=_agreed(held, on), text=text_of(wanted.text), why=text_of(wanted.why))
    return replace(held, amendments=(*held.amendments, later))


def _agreed(held: file.Commitment | file.Clause, on: date) -> date:
    """Return the day that stands in the draft until the day of signing takes its place."""
    return max([on, *(one.agreed for one in held.amendments)])


def _party(party: NegotiationParty) -> file.Party:
    return file.Party(
        key=party.institution.key,
        name=text_of(party.name),
        kind=file.PartyKind(party.institution.kind),
        short=party.short or None,
        coordinator=party.is_coordinator,
        signs=party.signs,
    )


def _sections(promises: Iterable[DraftPromise]) -> tuple[file.Section, ...]:
    """Return the headings that the promises stand under, in the order in which they are first needed."""
    found: dict[str, file.Section] = {}
    for promise in promises:
        found.setdefault(promise.section_key, file.Section(promise.section_key, text_of(promise.section_title)))
    return tuple(found.values())


def _promise(promise: DraftPromise) -> file.Commitment:
    return file.Commitment(
        key=promise.key,
        section=promise.section_key,
        title=text_of(promise.title),
        text=text_of(promise.text),
        kind=file.PromiseKind(promise.kind),
        by=tuple(promise.promisors),
        to=() if promise.beneficiary_text else tuple(promise.beneficiaries),
        to_others=optional(promise.beneficiary_text),
        measure=promise.measure_code or None,
        target=promise.target,
        about=promise.is_about,
        start=promise.starts_on,
        due=promise.due_on,
        owner=optional(promise.owner),
    )


def _clause(clause: DraftClause) -> file.Clause:
    return file.Clause(
        key=clause.key,
        type=file.ClauseType(clause.type),
        title=text_of(clause.title),
        text=text_of(clause.text),
        ip_mode=file.IpMode(clause.ip_mode) if clause.ip_mode else None,
    )


def _term(head: DraftHead) -> file.Term | None:
    term = file.Term(head.starts_on, head.ends_on, head.review_on)
    return None if term == file.Term() else term


def _problems(made: file.AgreementFile, text: str) -> Iterable[DraftProblem]:
    """Read the text over, and say each problem with the place of the draft that mends it."""
    language = "zh-hans" if (get_language() or "en").startswith("zh") else "en"
    if not made.promises:
        yield DraftProblem(
            _("The draft has no promise yet."), _("Add at least one promise."), "promises", is_error=True
        )
        return
    for problem in file.read(text, measures=known_codes()).problems:
        is_error = problem.severity is file.Severity.ERROR
        if problem.code not in ADVICE_ONLY_OF_FILES:
            words = file.render(problem, language=language)
            what, advice = _SAID_HERE.get((problem.code, problem.where.rpartition(".")[2]), (words.what, words.advice))
            yield DraftProblem(str(what), str(advice), _place(problem.where, made), is_error)


def _place(where: str, made: file.AgreementFile) -> str:
    """Return the place of the draft that a path of the file belongs to."""
    name, _bracket, rest = where.partition("[")
    number = rest.partition("]")[0]
    lists: dict[str, Sequence[file.Commitment | file.Clause]] = {"promises": made.promises, "clauses": made.clauses}
    if name in lists and number.isdecimal() and int(number) < len(lists[name]):
        return f"{name.removesuffix('s')}:{lists[name][int(number)].key}"
    return "parties" if name == "parties" else "head"
