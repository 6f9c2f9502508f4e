"""Reads conditions: each looks at earlier questions alone, so that none can depend on itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from accord.engines.questionnaire._clean import OTHER, clean_one
from accord.engines.questionnaire._format import DEEPEST, MOST_OPTIONS, ops_of
from accord.engines.questionnaire._shape import (
    TEXT,
    Faults,
    count_at,
    day_at,
    entries_at,
    figure_at,
    flag_at,
    join,
    listed,
    mapping_at,
    needs,
    only,
    said,
    text_at,
)
from accord.engines.questionnaire.types import All, Condition, Either, Figure, Kind, Not, One, Op, Problem, Question

_AGED: Final = (Op.AGED_AT_LEAST, Op.AGED_AT_MOST)
_AGES: Final = (0, 150)
_COUNTS: Final = (1, 1_000)

Value = str | bool | Figure | tuple[str | Figure, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition may look at: questions asked before, None for one that is faulty itself; all keys there are."""

    earlier: Mapping[str, Question | None]
    declared: frozenset[str]


def condition_at(value: object, where: str, faults: Faults, scope: Scope, depth: int = 0) -> Condition | None:
    """Return a condition, or None with every fault in it."""
    found = mapping_at(value, where, faults)
    if found is None:
        return None
    if depth > DEEPEST:
        faults.add("too-deep", where, most=DEEPEST)
        return None
    if "question" in found:
        return _test(found, where, faults, scope)
    if len(found) == 1:
        ((word, inner),) = found.items()
        if word == "not":
            part = condition_at(inner, join(where, word), faults, scope, depth + 1)
            return None if part is None else Not(part)
        if word in {"all", "any"}:
            parts = _parts(inner, join(where, word), faults, scope, depth + 1)
            return None if parts is None else All(parts) if word == "all" else Either(parts)
    faults.add("condition-form", where, known=listed([op.value for op in Op]))
    return None


def _parts(value: object, where: str, faults: Faults, scope: Scope, depth: int) -> tuple[Condition, ...] | None:
    entries = entries_at(value, where, faults, 1, MOST_OPTIONS)
    parts = [condition_at(one, f"{where}[{at}]", faults, scope, depth) for at, one in enumerate(entries)]
    sound = tuple(part for part in parts if part is not None)
    return sound if sound and len(sound) == len(parts) else None


def _test(found: Mapping[str, object], where: str, faults: Faults, scope: Scope) -> Condition | None:
    before = len(faults.found)
    ops = [op for op in Op if op.value in found]
    only(found, where, faults, ("question", "day", *Op))
    if len(ops) != 1:
        if len(faults.found) == before:
            faults.add("condition-form", where, known=listed([op.value for op in Op]))
        return None
    question = _looked_at(found["question"], join(where, "question"), faults, scope)
    if question is None or len(faults.found) > before:
        return None
    op = ops[0]
    fitting = ops_of(question.kind, several=question.several)
    if op not in fitting:
        kind, known = question.kind.value, listed([one.value for one in fitting])
        faults.add("test-fits-not", where, op=op.value, key=question.key, kind=kind, known=known)
        return None
    day = _day(found, where, faults, op)
    value = _value(question, op, found[op], join(where, op), faults)
    if value is None or len(faults.found) > before:
        return None
    if question.kind is Kind.AGREE:
        return One(question.key, Op.ANSWERED, value)
    return One(question.key, op, value, day)


def _looked_at(value: object, where: str, faults: Faults, scope: Scope) -> Question | None:
    key = text_at(value, where, faults)
    if key is None or key in scope.earlier:
        return None if key is None else scope.earlier[key]
    if key in scope.declared:
        faults.add("later-question", where, key=key)
    else:
        faults.unknown_question(key, where, scope.earlier)
    return None


def _day(found: Mapping[str, object], where: str, faults: Faults, op: Op) -> date | None:
    if op in _AGED:
        return day_at(found["day"], join(where, "day"), faults) if needs(found, where, faults, ("day",)) else None
    if "day" in found:
        faults.add("unknown-key", join(where, "day"), key="day", known=listed(["question", op.value]))
    return None


def _value(question: Question, op: Op, value: object, where: str, faults: Faults) -> Value | None:
    """What is compared with, in the form in which answers are kept."""
    if op is Op.ANSWERED or question.kind is Kind.AGREE:
        return flag_at(value, where, faults)
    if op in _AGED:
        return count_at(value, where, faults, _AGES)
    if op in {Op.AT_LEAST, Op.AT_MOST} and question.kind not in {Kind.NUMBER, Kind.DATE}:
        return count_at(value, where, faults, _COUNTS)
    if op is not Op.IN:
        return _one(question, value, where, faults)
    entries = entries_at(value, where, faults, 1, MOST_OPTIONS)
    each = [_one(question, one, f"{where}[{at}]", faults) for at, one in enumerate(entries)]
    sound = tuple(one for one in each if one is not None)
    return sound if sound and len(sound) == len(each) else None


def _one(question: Question, value: object, where: str, faults: Faults) -> str | Figure | None:
    if question.kind is Kind.CHOICE:
        return _option(question, value, where, faults)
    if question.kind is Kind.NUMBER:
        return figure_at(value, where, faults)
    if question.kind is Kind.DATE:
        day = day_at(value, where, faults)
        return None if day is None else day.isoformat()
    text = text_at(value, where, faults)
    if text is None:
        return None
    clean = clean_one(question, text)
    if isinstance(clean, list):
        (clean,) = clean
    if isinstance(clean, Problem) or not isinstance(clean, str):
        faults.add("value-fits-not", where, key=question.key, found=said(text))
        return None
    return clean


def _option(question: Question, value: object, where: str, faults: Faults) -> str | None:
    known = [option.key for option in question.options] + ([OTHER] if question.other else [])
    if not isinstance(value, str):
        faults.wrong_type(value, where, TEXT)
        return None
    if value not in known:
        faults.unknown(value, where, known)
        return None
    return value
