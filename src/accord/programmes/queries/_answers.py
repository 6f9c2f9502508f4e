"""Answers in words, section by section, as the office reads them and as reviewers may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.engines import questionnaire
from accord.engines.questionnaire import Json, Kind, Question
from accord.kernel.text import Bilingual
from accord.programmes.models import Application
from accord.programmes.queries._forms import both
from accord.ui import say

Words = Bilingual | str | Promise
NOTHING = "–"
TELLS_WHO = (Kind.MEMBERS,)
"""Kinds of questions whose answers are names of people, whatever the form says of them."""


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """A file of an answer: which attachment it is, its name here, and how large."""

    ref: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A question with its answer in words; files stand apart."""

    key: str
    label: Bilingual
    words: Words
    files: tuple[AnsweredFile, ...] = ()
    is_identity: bool = False
    is_for_hosts: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """A section of the form with its questions and answers."""

    title: Bilingual
    lines: tuple[AnswerLine, ...]


def answer_sections(application: Application, *, blind: bool = False, to_hosts: bool = False) -> list[AnswerSection]:
    """Return what was answered, in the order of the form; every question that shows, answered or not.

    Blind, questions that tell who applies are left out, and files go by number; to hosts, only what is meant for
    them. No query.
    """
    asked = questionnaire.read(application.form.definition)
    look = questionnaire.visible_to_hosts if to_hosts else questionnaire.shown
    seen = look(asked, application.answers)
    number, sections = 0, []
    for section in seen.sections:
        lines = []
        for question in section.questions:
            if not question.asks or (blind and tells_who(question)):
                continue
            files = _files(question, seen.answers.get(question.key), number if blind else None)
            number += len(files)
            lines.append(_line(question, seen.answers.get(question.key), files))
        if lines:
            sections.append(AnswerSection(both(section.title), tuple(lines)))
    return sections


def tells_who(question: Question) -> bool:
    """Say whether an answer tells who applies."""
    return question.identity or question.kind in TELLS_WHO


def _line(question: Question, value: Json, files: tuple[AnsweredFile, ...]) -> AnswerLine:
    words = NOTHING if value is None else "" if files else answer_words(question, value)
    return AnswerLine(
        question.key,
        both(question.label),
        words,
        files,
        is_identity=tells_who(question),
        is_for_hosts=question.to_hosts,
    )


def _files(question: Question, value: Json, counted: int | None) -> tuple[AnsweredFile, ...]:
    """Return the files of an answer; with a number to count on from, under names that say nothing."""
    if question.kind is not Kind.FILE or not isinstance(value, list):
        return ()
    found = []
    for turn, one in enumerate((each for each in value if isinstance(each, dict)), 1):
        name = str(one.get("name", ""))
        if counted is not None:
            name = str(_("File %(number)s") % {"number": counted + turn}) + _ending(question, name)
        size = one.get("bytes")
        ref = str(one.get("ref", ""))
        found.append(AnsweredFile(ref if ref.isdecimal() else "", name, size if isinstance(size, int) else 0))
    return tuple(found)


def _ending(question: Question, name: str) -> str:
    """Return how a name ends where that is a type of file; what follows the last point may itself be a name."""
    ending = name.rpartition(".")[2].lower()
    return f".{ending}" if ending in {*question.types, *questionnaire.FILE_TYPES, "jpeg"} else ""


def answer_words(question: Question, value: Json) -> Words:
    """Return one answer in words."""
    written = _WRITTEN.get(question.kind)
    return str(value) if written is None else written(question, value)


def _chosen(question: Question, value: Json) -> Bilingual:
    """Return the options that were chosen, and an answer in own words as it was written."""
    labels = {one.key: both(one.label) for one in question.options}
    chosen = []
    for one in _list(value):
        own = one.get("other") if isinstance(one, Mapping) else one
        chosen.append(labels.get(str(own), Bilingual(str(own), str(own))))
    return Bilingual(", ".join(one.en for one in chosen), "、".join(one.zh_hans or one.en for one in chosen))


def _number(question: Question, value: Json) -> Words:
    figure = say.count(value) if isinstance(value, int | float) else str(value)
    if question.unit is None:
        return figure
    return Bilingual(f"{figure} {question.unit.en}", f"{figure}{question.unit.zh_hans}")


def _member(one: Mapping[str, Any]) -> str:
    return ", ".join(str(one[name]) for name in ("name", "email", "institution") if one.get(name))


def _list(value: Json) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _agreed(_question: Question, value: Json) -> Words:
    return pgettext_lazy("an answer", "Agreed") if value else pgettext_lazy("an answer", "Not agreed")


_WRITTEN: Mapping[Kind, Callable[[Question, Json], Words]] = {
    Kind.CHOICE: _chosen,
    Kind.NUMBER: _number,
    Kind.DATE: lambda _question, value: say.day(date.fromisoformat(str(value))),
    Kind.AGREE: _agreed,
    Kind.RANKING: lambda _question, value: " · ".join(f"{rank}. {one}" for rank, one in enumerate(_list(value), 1)),
    Kind.MEMBERS: lambda _question, value: "\n".join(_member(one) for one in _list(value) if isinstance(one, Mapping)),
}
