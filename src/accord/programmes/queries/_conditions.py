"""Conditions as lines that one chooses: what can be asked of which question, in words, and back into data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.engines.questionnaire import Kind, One, Op, Question
from accord.kernel.text import Bilingual
from accord.programmes.queries._forms import both

TYPED = "?"
"""Stands in a line where its value is typed beside it."""

_TO_TYPE: Mapping[tuple[Kind, Op], Any] = {
    (Kind.NUMBER, Op.AT_LEAST): _("is at least the value beside"),
    (Kind.NUMBER, Op.AT_MOST): _("is at most the value beside"),
    (Kind.DATE, Op.AT_LEAST): _("is on the day beside or later"),
    (Kind.DATE, Op.AT_MOST): _("is on the day beside or earlier"),
    (Kind.DATE, Op.AGED_AT_LEAST): _("makes a person at least as many years old as beside"),
    (Kind.DATE, Op.AGED_AT_MOST): _("makes a person at most as many years old as beside"),
    (Kind.SHORT, Op.IS): _("is exactly the text beside"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a condition: what was chosen, and the value typed beside it."""

    code: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A condition as lines that all hold, or of which one holds."""

    lines: tuple[Line, ...]
    is_any: bool = False


def lines_on_offer(
    questions: Sequence[Question],
) -> list[tuple[Bilingual, list[tuple[str, Bilingual | str | Promise]]]]:
    """Return what can be asked of each question, as groups of codes with words."""
    groups = [(both(one.label), list(_lines_of(one))) for one in questions]
    return [(label, lines) for label, lines in groups if lines]


def _lines_of(question: Question) -> Iterator[tuple[str, Bilingual | str | Promise]]:
    for test in _tests_of(question):
        value = "" if isinstance(test.value, bool) else str(test.value)
        code = f"{question.key}|{test.op}|{value or str(test.value).lower()}"
        yield code, both(questionnaire.describe(test, [question]))
    for (kind, op), words in _TO_TYPE.items():
        if kind is question.kind:
            yield f"{question.key}|{op}|{TYPED}", words


def _tests_of(question: Question) -> Iterator[One]:
    """Yield every test whose value is known beforehand."""
    keys = [option.key for option in question.options] + (["other"] if question.other else [])
    ops = (Op.CONTAINS,) if question.several else (Op.IS, Op.IS_NOT)
    if question.kind is Kind.CHOICE:
        yield from (One(question.key, op, key) for op in ops for key in keys)
    if question.asks:
        yield One(question.key, Op.ANSWERED, value=True)
    if question.kind is Kind.AGREE:
        yield One(question.key, Op.ANSWERED, value=False)


def condition_of(lines: Lines, questions: Sequence[Question], day: date) -> dict[str, Any] | None:
    """Return lines as a definition keeps a condition; None where there is no line. Ages are those on `day`."""
    known = {one.key: one for one in questions}
    tests = [_test(one, known, day) for one in lines.lines if one.code]
    if len(tests) <= 1:
        return tests[0] if tests else None
    return {"any" if lines.is_any else "all": tests}


def _test(line: Line, known: Mapping[str, Question], day: date) -> dict[str, Any]:
    key, op, value = line.code.split("|", 2)
    kept: Any = line.typed.strip() if value == TYPED else value
    question = known.get(key)
    if op == Op.ANSWERED:
        kept = value == "true"
    elif op in {Op.AGED_AT_LEAST, Op.AGED_AT_MOST}:
        kept = int(kept) if kept.isdecimal() else kept
    elif question is not None and question.kind in {Kind.NUMBER, Kind.DATE}:
        clean = questionnaire.clean_one(question, kept)
        kept = kept if isinstance(clean, questionnaire.Problem) else clean
    test: dict[str, Any] = {"question": key, op: kept}
    return test | ({"day": day.isoformat()} if op in {Op.AGED_AT_LEAST, Op.AGED_AT_MOST} else {})


def lines_in(condition: Any) -> Lines | None:
    """Return a condition as lines; None where it is nested, or says what no line can say."""
    if condition is None:
        return Lines(())
    if not isinstance(condition, Mapping):
        return None
    inner = next((condition[word] for word in ("all", "any") if word in condition), [condition])
    lines = [_line(one) for one in inner] if isinstance(inner, list) else [None]
    sound = tuple(one for one in lines if one is not None)
    return Lines(sound, is_any="any" in condition) if len(sound) == len(lines) else None


def _line(test: Any) -> Line | None:
    if not isinstance(test, Mapping) or "question" not in test:
        return None
    op = next((one for one in Op if one.value in test), None)
    if op is None or op is Op.IN:
        return None
    value = test[op.value]
    if isinstance(value, bool):
        return Line(f"{test['question']}|{op}|{str(value).lower()}")
    typed = {one for _kind, one in _TO_TYPE} - {Op.IS}
    if op in typed:
        return Line(f"{test['question']}|{op}|{TYPED}", str(value))
    return Line(f"{test['question']}|{op}|{value}")
