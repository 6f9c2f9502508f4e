"""What an agreement file says, as frozen values; nothing here reads or writes.

The names follow the keys of the file (`docs/agreement-file.md`), so that the path of a problem or of a
difference reads like the way through these values: `promises[2].due`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

FORMAT_VERSION: Final = 1


class PartyKind(StrEnum):
    """What sort of body a party is."""

    UNIVERSITY = "university"
    COMPANY = "company"
    ZONE = "zone"
    ASSOCIATION = "association"
    GOVERNMENT = "government"


class PromiseKind(StrEnum):
    """How a promise is kept: by reaching a number, by getting something done, or by going on."""

    TARGET = "target"
    MILESTONE = "milestone"
    STANDING = "standing"


class ClauseType(StrEnum):
    """What a clause settles: the checklist of the UIDP Contract Accords, with data, term and law beside it."""

    GOOD_FAITH = "good-faith"
    STATEMENT_OF_WORK = "statement-of-work"
    LIABILITY = "liability"
    PUBLICATION = "publication"
    OTHER_RESULTS = "other-results"
    BACKGROUND_IP = "background-ip"
    FOREGROUND_IP = "foreground-ip"
    EXPORT_CONTROL = "export-control"
    COPYRIGHT = "copyright"
    CONFIDENTIALITY = "confidentiality"
    MATERIAL_TRANSFER = "material-transfer"
    GIFTS = "gifts"
    BUDGET = "budget"
    SPECIALISED_SERVICES = "specialised-services"
    DATA = "data"
    CONFLICT_OF_INTEREST = "conflict-of-interest"
    SOFTWARE = "software"
    TERM_AND_TERMINATION = "term-and-termination"
    GOVERNING_LAW = "governing-law"
    OTHER = "other"


class IpMode(StrEnum):
    """Who owns what comes out of the work, and who may use it: the models of the Lambert toolkit."""

    UNIVERSITY_OWNS_NONEXCLUSIVE = "university-owns-nonexclusive"
    UNIVERSITY_OWNS_OPTION_EXCLUSIVE = "university-owns-option-exclusive"
    UNIVERSITY_OWNS_OPTION_ASSIGNMENT = "university-owns-option-assignment"
    COMPANY_OWNS = "company-owns"
    COMPANY_OWNS_NO_PUBLICATION = "company-owns-no-publication"
    EACH_OWNS_OWN = "each-owns-own"
    JOINT = "joint"


class Severity(StrEnum):
    """Whether a problem keeps the file out (error) or is advice only (warning)."""

    ERROR = "error"
    WARNING = "warning"


class Change(StrEnum):
    """What happened to the value at a path."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in English and in simplified Chinese; a missing side is None, and one side is always there."""

    en: str | None = None
    zh_hans: str | None = None

    def side(self, language: str) -> str:
        """Give the text in `language` ("en" or "zh-hans"), or the other side where that one is missing."""
        first, second = (self.zh_hans, self.en) if language == "zh-hans" else (self.en, self.zh_hans)
        return first or second or ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages that have no text here."""
        return tuple(name for name, text in (("en", self.en), ("zh-hans", self.zh_hans)) if text is None)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as exact as its source gives it: a day, a month (day is None) or a year (month is None too)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def first_day(self) -> date:
        """The earliest day that this date can mean."""
        return date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something stands: a source by its key, and the paragraph, counted from 1 after the headline."""

    source: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """When and where it was signed. `on` is None where a source says that it was signed but not when."""

    on: date | None = None
    at: Bilingual | None = None
    cited: Citation | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """How long it runs: first day, last day, and the day of the next review (`from` in the file)."""

    start: date | None = None
    until: date | None = None
    review: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A body that promises or is promised something; `signs` is False for one that only is named."""

    key: str
    name: Bilingual
    kind: PartyKind
    short: str | None = None
    coordinator: bool = False
    signs: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is cited."""

    key: str
    title: Bilingual
    published: date | None = None
    publisher: Bilingual | None = None
    url: str | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the board."""

    key: str
    title: Bilingual


@dataclass(frozen=True, slots=True)
class Baseline:
    """A level that a source states for one day; stated, never counted from records."""

    amount: Decimal
    on: date
    source: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """An interim target: the level to be reached by the end of a day."""

    on: date
    level: Decimal


@dataclass(frozen=True, slots=True)
class Done:
    """That a source states a milestone to be done, and on which day, month or year."""

    on: StatedDate
    source: str
    paragraph: int | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A later agreement on one promise; the original target and deadline stay as they were signed."""

    agreed: date
    why: Bilingual
    target: Decimal | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """One promise: who owes what to whom, in which measure, how much and by when.

    `by` and `to` are party keys. Where the promise is owed to somebody who is no party, `to` is empty and
    `to_others` names them. `start` None means the day of signing.
    """

    key: str
    section: str
    title: Bilingual
    text: Bilingual
    kind: PromiseKind
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    to_others: Bilingual | None = None
    measure: str | None = None
    target: Decimal | None = None
    about: bool = False
    start: date | None = None
    due: date | None = None
    baseline: Baseline | None = None
    plan: tuple[PlanPoint, ...] = ()
    done: Done | None = None
    cited: tuple[Citation, ...] = ()
    owner: Bilingual | None = None
    amendments: tuple[Amendment, ...] = ()

    @property
    def current_target(self) -> Decimal | None:
        """The target after all amendments."""
        return next((a.target for a in reversed(self.amendments) if a.target is not None), self.target)

    @property
    def current_due(self) -> date | None:
        """The deadline after all amendments."""
        return next((a.due for a in reversed(self.amendments) if a.due is not None), self.due)


@dataclass(frozen=True, slots=True)
class ClauseAmendment:
    """A later text of one clause; the text that was signed stays beside it."""

    agreed: date
    text: Bilingual
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the contract, word for word. `ip_mode` belongs to foreground IP alone."""

    key: str
    type: ClauseType
    title: Bilingual
    text: Bilingual
    ip_mode: IpMode | None = None
    amendments: tuple[ClauseAmendment, ...] = ()

    @property
    def current_text(self) -> Bilingual:
        """The text after all amendments."""
        return self.amendments[-1].text if self.amendments else self.text


@dataclass(frozen=True, slots=True)
class Terminated:
    """That the agreement ended before its term: from which day it no longer holds, and why."""

    on: date
    why: Bilingual


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a source states that nobody promised."""

    text: Bilingual
    cited: Citation
    on: StatedDate | None = None


@dataclass(frozen=True, slots=True)
class AgreementFile:
    """One agreement: its parties, its sources, its promises and its clauses, in the order of the file.

    `notice_days` counts back from the end of the term; `renews` is the key of the agreement that this one follows.
    """

    key: str
    title: Bilingual
    parties: tuple[Party, ...]
    sections: tuple[Section, ...]
    promises: tuple[Commitment, ...]
    summary: Bilingual | None = None
    signed: Signing | None = None
    term: Term | None = None
    public: bool = False
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    clauses: tuple[Clause, ...] = ()
    notice_days: int | None = None
    renews: str | None = None
    terminated: Terminated | None = None

    def start_of(self, promise: Commitment) -> date | None:
        """Give the first day of a promise: its own start, else the day of signing, else None."""
        return promise.start or (self.signed.on if self.signed else None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file, and how to mend it.

    `line` and `column` count from 1; `where` is the path (`promises[2].due`, empty for the file as a whole);
    `what` and `advice` are the English rendering, `render` gives the other language from `code` and `params`.
    """

    line: int
    column: int
    where: str
    code: str
    what: str
    advice: str
    severity: Severity = Severity.ERROR
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A problem in words of one language."""

    what: str
    advice: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: the agreement where no error was found, and every problem in the file's order."""

    agreement: AgreementFile | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the file out."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that are advice only."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs between two versions of an agreement.

    `path` names promises, clauses, parties, sources and sections by key (`promises[resident-teams].due`), since a
    position may move; `before` and `after` are the values as text; `refusal` says why the change cannot be
    applied to a signed agreement and what to do instead, or is None; `render_refusal` gives it in Chinese.
    """

    path: str
    kind: Change
    before: str | None
    after: str | None
    refusal: str | None = None
    refusal_code: str | None = None
