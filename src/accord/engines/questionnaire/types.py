"""What enters and leaves the questionnaire engine, as frozen values; nothing here reads or decides.

The names follow the keys of a definition (README.md), so that the path of a fault reads like the way through these
values: ``sections[1].questions[0].label``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, Union

Json: TypeAlias = Union[str, int, float, bool, list["Json"], dict[str, "Json"], None]  # noqa: UP007 (names itself, and stands beside `|`)
"""The value of an answer, as JSON holds it."""

Figure = int | float
"""A number of at most 15 digits, so that it is written and read back without loss."""


class Kind(StrEnum):
    """What sort of answer a question wants; ``text`` is a paragraph that wants none."""

    SHORT = "short"
    LONG = "long"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    LINK = "link"
    RANKING = "ranking"
    MEMBERS = "members"
    AGREE = "agree"
    TEXT = "text"


class Op(StrEnum):
    """What a condition asks of one answer."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    AGED_AT_LEAST = "aged_at_least"
    AGED_AT_MOST = "aged_at_most"
    CONTAINS = "contains"
    ANSWERED = "answered"


class State(StrEnum):
    """How far somebody is with a section."""

    NOT_STARTED = "not-started"
    BEGUN = "begun"
    DONE = "done"


class Change(StrEnum):
    """What became of a section or a question from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in English and in simplified Chinese; both sides are always there."""

    en: str
    zh_hans: str

    def side(self, language: str) -> str:
        """Return the text in ``en`` or ``zh-hans``."""
        return self.zh_hans if language == "zh-hans" else self.en

    def as_dict(self) -> dict[str, str]:
        """Return both sides, keyed by language."""
        return {"en": self.en, "zh-hans": self.zh_hans}


@dataclass(frozen=True, slots=True)
class One:
    """One question's answer against a value; ``day`` is the one for which an age is asked."""

    question: str
    op: Op
    value: str | bool | Figure | tuple[str | Figure, ...]
    day: date | None = None


@dataclass(frozen=True, slots=True)
class All:
    """That every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """That one part at least holds (``any`` in a definition)."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """That a part does not hold."""

    part: "Condition"


Condition = One | All | Either | Not


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers of a choice."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Which of the attributes after ``show_if`` count depends on the kind (table in README.md).

    ``least`` and ``most`` count what the kind counts: characters, words, chosen options, files, ranked places,
    members; of a number they are its bounds. ``identity`` says that the answer tells who applies, ``to_hosts`` that
    hosts whom the applicant ranks may read it.
    """

    key: str
    kind: Kind
    label: Words
    help: Words | None = None
    required: bool = True
    identity: bool = False
    to_hosts: bool = False
    show_if: Condition | None = None
    least: Figure | None = None
    most: Figure | None = None
    options: tuple[Option, ...] = ()
    several: bool = False
    other: bool = False
    whole: bool = False
    unit: Words | None = None
    earliest: date | None = None
    latest: date | None = None
    types: tuple[str, ...] = ()
    megabytes: int | None = None
    hosts: tuple[str, ...] = ()
    source: str = ""

    @property
    def asks(self) -> bool:
        """Whether an answer is wanted at all."""
        return self.kind is not Kind.TEXT


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one title: one page of the form."""

    key: str
    title: Words
    questions: tuple[Question, ...]
    help: Words | None = None
    show_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole form; made by ``read``, which refuses what does not hold together."""

    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which it stands."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, key: str) -> Question | None:
        """Return the question of a key, if there is one."""
        return next((one for one in self.questions if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a definition: where it stands, a stable code, and how to mend it."""

    code: str
    where: str
    words: Words


@dataclass(frozen=True, slots=True)
class Problem:
    """What is not right yet with an answer. ``entry`` counts files, places or members from 1, where one is meant."""

    section: str
    question: str
    label: Words
    code: str
    words: Words
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is asked, given the answers so far: sections with the questions that show, and the answers that count.

    ``answers`` holds canonical values of shown questions alone; ``unclear`` names the shown questions whose value
    cannot be read, which count as not answered.
    """

    sections: tuple[Section, ...]
    answers: Mapping[str, Json]
    unclear: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How far one shown section is, and all that keeps it from being done."""

    section: Section
    state: State
    missing: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """An answer that was carried over and deserves a look, and why."""

    question: Question
    words: Words


@dataclass(frozen=True, slots=True)
class Gone:
    """What the new version has no place for. ``question`` is as it was asked, None if it was not."""

    key: str
    value: Json
    words: Words
    question: Question | None


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft in the new version: its answers, the keys that stayed, what to look at, what is kept apart."""

    answers: Mapping[str, Json]
    kept: tuple[str, ...]
    unsure: tuple[Unsure, ...]
    gone: tuple[Gone, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new between two versions; ``question`` is empty where a section itself changed."""

    change: Change
    section: str
    question: str
    words: Words


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of who may apply: the condition, why it is asked, and what is told to whom it does not hold for.

    ``questions`` are those it looks at. ``among`` is the questionnaire whose hidden answers do not count.
    """

    key: str
    condition: Condition
    words: Words
    refusal: Words
    questions: tuple[Question, ...]
    among: Questionnaire | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds: None where an answer that it needs is not there. ``words`` tell it to the applicant."""

    rule: Rule
    holds: bool | None
    words: Words
