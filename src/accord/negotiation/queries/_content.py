"""A text that was put forward, or the draft, as frozen rows that a page can show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accord.agreements.enums import IP_MEANINGS, IpMode
from accord.engines import agreementfile as file
from accord.kernel.text import Bilingual
from accord.measures.queries import measure


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as the text names it."""

    key: str
    name: Bilingual
    short: str
    is_coordinator: bool
    signs: bool


@dataclass(frozen=True, slots=True)
class Later:
    """An amendment as the text has it; `is_new` where it is yet to be signed."""

    number: int
    agreed_on: date
    target: Decimal | None
    due_on: date | None
    text: Bilingual
    why: Bilingual
    is_new: bool


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause of the text with its amendments."""

    number: int
    key: str
    type: str
    title: Bilingual
    text: Bilingual
    ip_mode: str
    amendments: tuple[Later, ...]
    is_new: bool

    @property
    def place(self) -> str:
        """Return the place at which changes are requested."""
        return f"clause:{self.key}"

    @property
    def ip_words(self) -> str:
        """Return who owns results by this clause, with what that means; nothing where it does not say."""
        if not self.ip_mode:
            return ""
        mode = IpMode(self.ip_mode)
        return f"{mode.label}{_(': ')}{IP_MEANINGS[mode]}"


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise of the text with its amendments."""

    number: int
    key: str
    section: Bilingual
    title: Bilingual
    text: Bilingual
    kind: str
    promisors: tuple[Bilingual, ...]
    beneficiaries: tuple[Bilingual, ...]
    measure: Bilingual
    unit: Bilingual
    target: Decimal | None
    is_about: bool
    starts_on: date | None
    due_on: date | None
    owner: Bilingual
    amendments: tuple[Later, ...]
    is_new: bool

    @property
    def place(self) -> str:
        """Return the place at which changes are requested."""
        return f"promise:{self.key}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a text says."""

    key: str
    title: Bilingual
    summary: Bilingual
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    notice_days: int | None
    renews: str
    parties: tuple[PartyLine, ...]
    clauses: tuple[ClauseLine, ...]
    promises: tuple[PromiseLine, ...]

    def title_of(self, place: str) -> Bilingual:
        """Return the name of a place of the text; empty for the head and for what is not there."""
        kind, _colon, key = place.partition(":")
        rows: tuple[ClauseLine | PromiseLine, ...] = self.clauses if kind == "clause" else self.promises
        known = {row.place: row.title for row in rows}
        return known.get(f"{kind}:{key}", Bilingual())

    def has_place(self, place: str) -> bool:
        """Say whether a change can be requested at this place."""
        return place == "head" or bool(self.title_of(place))


def content_of(text: file.AgreementFile, base: file.AgreementFile | None = None) -> Content:
    """Return what a file says; with the agreement that it amends, what is not signed yet is marked as new."""
    names = {party.key: said(party.name) for party in text.parties}
    sections = {section.key: said(section.title) for section in text.sections}
    term = text.term or file.Term()
    held_clauses = {one.key: len(one.amendments) for one in base.clauses} if base else None
    held_promises = {one.key: len(one.amendments) for one in base.promises} if base else None
    return Content(
        key=text.key,
        title=said(text.title),
        summary=said(text.summary),
        starts_on=term.start,
        ends_on=term.until,
        review_on=term.review,
        notice_days=text.notice_days,
        renews=text.renews or "",
        parties=tuple(
            PartyLine(one.key, said(one.name), one.short or "", one.coordinator, one.signs) for one in text.parties
        ),
        clauses=tuple(_clause(number, one, held_clauses) for number, one in enumerate(text.clauses, start=1)),
        promises=tuple(
            _promise(number, one, held_promises, names.__getitem__, sections.__getitem__)
            for number, one in enumerate(text.promises, start=1)
        ),
    )


def said(text: file.Bilingual | None) -> Bilingual:
    """Return a text of the file as pages show it."""
    return Bilingual() if text is None else Bilingual(en=text.en or "", zh_hans=text.zh_hans or "")


def _clause(number: int, clause: file.Clause, held: dict[str, int] | None) -> ClauseLine:
    """Return one clause."""
    known = len(clause.amendments) if held is None else held.get(clause.key, 0)
    return ClauseLine(
        number=number,
        key=clause.key,
        type=clause.type.value,
        title=said(clause.title),
        text=said(clause.text),
        ip_mode=clause.ip_mode.value if clause.ip_mode else "",
        amendments=tuple(
            Later(n, one.agreed, None, None, said(one.text), said(one.why), n > known)
            for n, one in enumerate(clause.amendments, start=1)
        ),
        is_new=held is not None and clause.key not in held,
    )


def _promise(
    number: int,
    promise: file.Commitment,
    held: dict[str, int] | None,
    name_of: Callable[[str], Bilingual],
    section_of: Callable[[str], Bilingual],
) -> PromiseLine:
    """Return one promise."""
    found = measure(promise.measure or "")
    known = len(promise.amendments) if held is None else held.get(promise.key, 0)
    others = (said(promise.to_others),) if promise.to_others else ()
    return PromiseLine(
        number=number,
        key=promise.key,
        section=section_of(promise.section),
        title=said(promise.title),
        text=said(promise.text),
        kind=promise.kind.value,
        promisors=tuple(name_of(key) for key in promise.by),
        beneficiaries=tuple(name_of(key) for key in promise.to) or others,
        measure=found.name if found else Bilingual(),
        unit=found.unit if found else Bilingual(),
        target=promise.target,
        is_about=promise.about,
        starts_on=promise.start,
        due_on=promise.due,
        owner=said(promise.owner),
        amendments=tuple(
            Later(n, one.agreed, one.target, one.due, Bilingual(), said(one.why), n > known)
            for n, one in enumerate(promise.amendments, start=1)
        ),
        is_new=held is not None and promise.key not in held,
    )
