"""What is not right yet with answers: everything at once at submission, one answer at a time while somebody writes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from accord.engines.questionnaire._clean import clean_one
from accord.engines.questionnaire._clean_lists import MEMBER
from accord.engines.questionnaire._clean_text import clipped
from accord.engines.questionnaire._figures import count_words, day_words, written
from accord.engines.questionnaire._problem_words import not_answered, problem
from accord.engines.questionnaire._shown import shown
from accord.engines.questionnaire.refusals import SourceMissing
from accord.engines.questionnaire.types import Figure, Json, Kind, Problem, Question, Questionnaire, Section

Sources = Mapping[str, Sequence[str]]

LONGEST_LINE, LONGEST_LINK = 200, 2_000
CHARACTERS_A_WORD, FEWEST_CHARACTERS = 20, 1_000
"""A text of allowed words holds at most so many characters: a limit of words alone lets a book pass as one word."""
_MEGABYTE: Final = 1_000_000
_EMAIL: Final = re.compile(r"[^\s@<>()\[\],;:\"]+@[\w-]+(?:\.[\w-]+)*\.[\w-]{2,}")
_HTTPS: Final = re.compile(r"https://((?:[\w-]+\.)+[\w-]{2,})(?::\d{1,5})?(?:[/?#][^\s\\<>\"]*)?", re.IGNORECASE)
_HTTP: Final = re.compile(r"http://\S+", re.IGNORECASE)


def check(
    questionnaire: Questionnaire, answers: Mapping[str, object], *, sources: Sources | None = None
) -> tuple[Problem, ...]:
    """Will return everything that keeps the answers from being submitted, in the order of the form.

    `sources` holds the entries that each ranking chooses from; a ranking that is answered needs its own.
    """
    seen = shown(questionnaire, answers)
    return tuple(
        one for section in seen.sections for one in problems_of_section(section, answers, sources or {}, strict=True)
    )


def problems_of_section(
    section: Section, answers: Mapping[str, object], sources: Sources, *, strict: bool
) -> Iterator[Problem]:
    """Yield what is missing and what is not right in the shown questions of a section."""
    for question in section.questions:
        if not question.asks:
            continue
        value = clean_one(question, answers.get(question.key))
        if value is None:
            found: Sequence[Problem] = [not_answered(question)] if question.required else []
        else:
            if strict and question.kind is Kind.RANKING and question.source not in sources:
                raise SourceMissing(question.source)
            found = check_one(question, value, sources=sources)
        yield from (replace(one, section=section.key) for one in found)


def check_one(question: Question, value: object, *, sources: Sources | None = None) -> tuple[Problem, ...]:
    """Will say what is not right yet with one answer; nothing of one that is still missing."""
    clean = value if isinstance(value, Problem) else clean_one(question, value)
    if isinstance(clean, Problem):
        return (clean,)
    if clean is None:
        return ()
    if question.kind is Kind.RANKING and isinstance(clean, list):
        return tuple(_ranking(question, clean, (sources or {}).get(question.source)))
    return tuple(_CHECKS[question.kind](question, clean))


def _short(question: Question, value: Json) -> Iterator[Problem]:
    yield from _length(question, str(value), question.most)


def _length(question: Question, text: str, most: Figure | None) -> Iterator[Problem]:
    if most is not None and len(text) > most:
        yield problem(question, "too-many-characters", found=written(len(text)), most=written(most))


def _long(question: Question, value: Json) -> Iterator[Problem]:
    text = str(value)
    words = count_words(text)
    if question.most is not None and words > question.most:
        yield problem(question, "too-many-words", found=written(words), most=written(question.most))
    elif question.most is not None:
        yield from _length(question, text, max(FEWEST_CHARACTERS, CHARACTERS_A_WORD * question.most))
    if question.least is not None and words < question.least:
        yield problem(question, "too-few-words", found=written(words), least=written(question.least))


def _choice(question: Question, value: Json) -> Iterator[Problem]:
    chosen = value if isinstance(value, list) else [value]
    for one in chosen:
        if isinstance(one, dict):
            text = str(one["other"])
            if not text:
                yield problem(question, "other-empty")
            yield from _length(question, text, LONGEST_LINE)
    yield from _count(question, len(chosen), "chosen")


def _count(question: Question, found: int, what: str, least: Figure | None = None) -> Iterator[Problem]:
    wanted = question.least if least is None else least
    if wanted is not None and found < wanted:
        yield problem(question, f"too-few-{what}", found=found, least=written(wanted))
    if question.most is not None and found > question.most:
        yield problem(question, f"too-many-{what}", found=found, most=written(question.most))


def _number(question: Question, value: Json) -> Iterator[Problem]:
    if not isinstance(value, int | float):
        return
    if question.whole and not isinstance(value, int):
        yield problem(question, "not-whole", found=written(value))
    if question.least is not None and value < question.least:
        yield problem(question, "too-small", found=written(value), least=written(question.least))
    if question.most is not None and value > question.most:
        yield problem(question, "too-large", found=written(value), most=written(question.most))


def _date(question: Question, value: Json) -> Iterator[Problem]:
    day = date.fromisoformat(str(value))
    if question.earliest and day < question.earliest:
        yield problem(question, "too-early", found=day_words(day), earliest=day_words(question.earliest))
    if question.latest and day > question.latest:
        yield problem(question, "too-late", found=day_words(day), latest=day_words(question.latest))


def _file(question: Question, value: Json) -> Iterator[Problem]:
    files = [file for file in value if isinstance(file, dict)] if isinstance(value, list) else []
    for entry, file in enumerate(files, 1):
        name, size = str(file["name"]), file["bytes"]
        if ending_of(name) not in question.types:
            types = ", ".join(question.types)
            yield problem(question, "file-type", entry, name=clipped(name), types=types)
        if isinstance(size, int) and question.megabytes and size > question.megabytes * _MEGABYTE:
            yield problem(question, "file-too-large", entry, name=clipped(name), most=question.megabytes)
        if size == 0:
            yield problem(question, "file-empty", entry, name=clipped(name))
    if question.most is not None and len(files) > question.most:
        yield problem(question, "too-many-files", found=len(files), most=written(question.most))


def ending_of(name: str) -> str:
    """Return the type of file that a name ends in, empty where it has none."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return "jpg" if ending == "jpeg" else ending


def _link(question: Question, value: Json) -> Iterator[Problem]:
    text = str(value)
    if len(text) > LONGEST_LINK:
        yield problem(question, "too-many-characters", found=written(len(text)), most=written(LONGEST_LINK))
    elif _HTTP.fullmatch(text):
        yield problem(question, "link-not-https")
    elif not (found := _HTTPS.fullmatch(text)):
        yield problem(question, "not-a-link", text=clipped(text))
    elif question.hosts and not _lies_at(found[1].lower(), question.hosts):
        yield problem(question, "other-host", hosts=", ".join(question.hosts))


def _lies_at(host: str, hosts: Sequence[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _ranking(question: Question, value: list[Json], offer: Sequence[str] | None) -> Iterator[Problem]:
    seen: set[str] = set()
    offered = None if offer is None else set(offer)
    for entry, key in enumerate(map(str, value), 1):
        if key in seen:
            yield problem(question, "ranked-twice", entry)
        elif offered is not None and key not in offered:
            yield problem(question, "not-on-offer", entry)
        seen.add(key)
    # Nobody can rank more than there is.
    least = question.least or 0
    yield from _count(question, len(value), "ranked", least if offered is None else min(least, len(offered)))


def _members(question: Question, value: Json) -> Iterator[Problem]:
    members = [member for member in value if isinstance(member, dict)] if isinstance(value, list) else []
    seen: set[str] = set()
    for entry, member in enumerate(members, 1):
        email = str(member["email"]).casefold()
        if not all(member[name] for name in MEMBER):
            yield problem(question, "member-incomplete", entry)
        if any(len(str(member[name])) > LONGEST_LINE for name in MEMBER):
            longest = max(len(str(member[name])) for name in MEMBER)
            yield problem(question, "too-many-characters", entry, found=longest, most=LONGEST_LINE)
        if email and not _EMAIL.fullmatch(email):
            yield problem(question, "member-email", entry)
        elif email in seen:
            yield problem(question, "member-twice", entry)
        seen |= {email} - {""}
    yield from _count(question, len(members), "members")


def _nothing(question: Question, value: Json) -> Iterator[Problem]:  # noqa: ARG001 (checks share a form)
    yield from ()


_CHECKS: Final[dict[Kind, Callable[[Question, Json], Iterator[Problem]]]] = {
    Kind.SHORT: _short,
    Kind.LONG: _long,
    Kind.CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.FILE: _file,
    Kind.LINK: _link,
    Kind.MEMBERS: _members,
    Kind.AGREE: _nothing,
    Kind.TEXT: _nothing,
}
