"""Reads a definition whole: every fault in one run, and a questionnaire only where there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from accord.engines.questionnaire._conditions import Scope, condition_at
from accord.engines.questionnaire._format import MOST_QUESTIONS, MOST_SECTIONS
from accord.engines.questionnaire._logic import looked_at
from accord.engines.questionnaire._read_question import question_at
from accord.engines.questionnaire._shape import Faults, entries_at, join, key_at, mapping_at, needs, only, words_at
from accord.engines.questionnaire.refusals import QuestionnaireRefused
from accord.engines.questionnaire.types import Condition, Question, Questionnaire, Section, Words

_SECTION = ("key", "title", "help", "questions", "show_if")


@dataclass(frozen=True, slots=True)
class _Row:
    """A question as it stands, and itself where it is sound but for its condition."""

    found: Mapping[str, object]
    where: str
    question: Question | None


@dataclass(frozen=True, slots=True)
class _Page:
    """A section as it stands, with its questions."""

    found: Mapping[str, object]
    where: str
    key: str | None
    title: Words | None
    help: Words | None
    rows: tuple[_Row, ...]


def read(data: object) -> Questionnaire:
    """Will return the questionnaire of a definition, as JSON or YAML gives it; refuses with every fault at once."""
    faults = Faults()
    pages = _pages(data, faults)
    _keys_differ([(row.found.get("key"), row.where) for page in pages for row in page.rows], faults)
    _keys_differ([(page.key, page.where) for page in pages], faults)
    sections = _with_conditions(pages, faults)
    if faults.found:
        raise QuestionnaireRefused(tuple(faults.found))
    return Questionnaire(sections)


def _pages(data: object, faults: Faults) -> tuple[_Page, ...]:
    found = mapping_at(data, "", faults)
    if found is None or not needs(found, "", faults, ("sections",)):
        return ()
    only(found, "", faults, ("sections",))
    entries = entries_at(found["sections"], "sections", faults, 1, MOST_SECTIONS)
    pages = [_page(entry, f"sections[{at}]", faults) for at, entry in enumerate(entries)]
    count = sum(len(page.rows) for page in pages if page)
    if count > MOST_QUESTIONS:
        faults.add("too-many", "sections", found=count, most=MOST_QUESTIONS)
    return tuple(page for page in pages if page)


def _page(value: object, where: str, faults: Faults) -> _Page | None:
    found = mapping_at(value, where, faults)
    if found is None:
        return None
    only(found, where, faults, _SECTION)
    needs(found, where, faults, ("key", "title", "questions"))
    key = key_at(found["key"], join(where, "key"), faults) if "key" in found else None
    title, helped = (
        words_at(found[name], join(where, name), faults) if name in found else None for name in ("title", "help")
    )
    path = join(where, "questions")
    entries = entries_at(found["questions"], path, faults, 1, MOST_QUESTIONS) if "questions" in found else ()
    rows = [_row(entry, f"{path}[{at}]", faults) for at, entry in enumerate(entries)]
    return _Page(found, where, key, title, helped, tuple(row for row in rows if row))


def _row(value: object, where: str, faults: Faults) -> _Row | None:
    found = mapping_at(value, where, faults)
    return None if found is None else _Row(found, where, question_at(found, where, faults))


def _keys_differ(keys: list[tuple[object, str]], faults: Faults) -> None:
    seen: set[str] = set()
    for key, where in keys:
        if isinstance(key, str) and key in seen:
            faults.add("repeated-key", join(where, "key"), key=key)
        elif isinstance(key, str):
            seen.add(key)


def _with_conditions(pages: tuple[_Page, ...], faults: Faults) -> tuple[Section, ...]:
    """Read conditions in the order in which questions are asked, so that each sees what came before it."""
    keys = [row.found.get("key") for page in pages for row in page.rows]
    declared = frozenset(key for key in keys if isinstance(key, str))
    earlier: dict[str, Question | None] = {}
    sections = []
    for page in pages:
        whole = _condition(page.found, page.where, faults, Scope(dict(earlier), declared))
        questions = []
        for row in page.rows:
            own = _condition(row.found, row.where, faults, Scope(earlier, declared))
            _identity_is_kept(row, (whole, own), earlier, faults)
            _hosts_are_not_told(row, (whole, own), earlier, faults)
            if row.question:
                questions.append(replace(row.question, show_if=own))
            if isinstance(key := row.found.get("key"), str):
                earlier[key] = row.question
        if page.key and page.title:
            sections.append(Section(page.key, page.title, tuple(questions), page.help, whole))
    return tuple(sections)


def _condition(found: Mapping[str, object], where: str, faults: Faults, scope: Scope) -> Condition | None:
    if "show_if" not in found:
        return None
    return condition_at(found["show_if"], join(where, "show_if"), faults, scope)


def _identity_is_kept(
    row: _Row, conditions: tuple[Condition | None, ...], earlier: Mapping[str, Question | None], faults: Faults
) -> None:
    """Will note a question whose mere presence tells a blind reviewer who applies."""
    if row.question is None or row.question.identity or not row.question.asks:
        return
    telling = next((one.key for one in _seen_by(conditions, earlier) if one.identity), None)
    if telling:
        faults.add("identity-told", row.where, key=telling)


def _hosts_are_not_told(
    row: _Row, conditions: tuple[Condition | None, ...], earlier: Mapping[str, Question | None], faults: Faults
) -> None:
    """Will note a question whose mere presence tells a host of an answer that it may not read."""
    if row.question is None or not row.question.to_hosts:
        return
    telling = next((one.key for one in _seen_by(conditions, earlier) if not one.to_hosts), None)
    if telling:
        faults.add("hosts-told", row.where, key=telling)


def _seen_by(conditions: tuple[Condition | None, ...], earlier: Mapping[str, Question | None]) -> Iterator[Question]:
    """Yield the sound questions on which these conditions turn."""
    for condition in conditions:
        for key in looked_at(condition) if condition else ():
            if one := earlier.get(key):
                yield one
