"""Takes the answers of a draft into a new version: what fits stays, and what does not is told and kept apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from accord.engines.questionnaire._check import check_one
from accord.engines.questionnaire._clean import OTHER, clean_one
from accord.engines.questionnaire._phrases import filled, joined, quoted
from accord.engines.questionnaire.types import (
    Carried,
    Gone,
    Json,
    Kind,
    Problem,
    Question,
    Questionnaire,
    Unsure,
    Words,
)

_TEXTS: Final = frozenset({Kind.SHORT, Kind.LONG})
_NOT_ASKED: Final = Words("This is no longer asked.", "此题不再询问。")
_NEW: Final = Words("This was not asked in the version before. Check the answer.", "前一版本没有此题。核对答案。")
_OTHER_SORT: Final = Words("The question now wants another sort of answer.", "此题现在要求另一种形式的答案。")
_OPTIONS_GONE: Final = Words("No longer among the options: {options}.", "选项中不再有：{options}。")
_ONE_ONLY: Final = Words("Only one option can be chosen now.", "现在只能选择一项。")
_REWORDED: Final = Words("The question read {old} before. Check the answer.", "此题原为{old}。核对答案。")
_OPTION_REWORDED: Final = Words("The option read {old} before. Check the choice.", "选项原为{old}。核对所选项。")
_UNIT: Final = Words("The number is now in another unit: {new}. Check it.", "数字的单位改为：{new}。核对数字。")
_NO_UNIT: Final = Words("none", "无")
_SOURCE: Final = Words(
    "What can be ranked comes from another list now. Check the ranking.", "可排序的内容改自另一列表。核对排序。"
)
_ONE_LINE: Final = Words("The answer now stands on one line. Check it.", "答案现在写成一行。核对答案。")


@dataclass(slots=True)
class _Move:
    """What becomes of one answer: its value, reasons to look at it, and parts that are kept apart."""

    answer: Json = None
    why: list[Words] = field(default_factory=list)
    lost: list[tuple[Json, Words]] = field(default_factory=list)


def carry(old: Questionnaire, new: Questionnaire, answers: Mapping[str, Json]) -> Carried:
    """Will return the answers in the new version; each is in `answers`, in `gone`, or partly in both.

    What cannot be read in either version, half an answer, stays as it is. Carrying again changes nothing.
    """
    before = {question.key: question for question in old.questions if question.asks}
    after = {question.key: question for question in new.questions if question.asks}
    order = [*(key for key in before if key in answers), *(key for key in answers if key not in before)]
    moves = {key: _move(answers[key], before.get(key), after.get(key)) for key in order}
    return Carried(
        answers={key: move.answer for key, move in moves.items() if move.answer is not None},
        kept=tuple(key for key, move in moves.items() if move.answer is not None and not move.why and not move.lost),
        unsure=tuple(Unsure(after[key], words) for key, move in moves.items() for words in move.why),
        gone=tuple(
            Gone(key, value, words, before.get(key)) for key, move in moves.items() for value, words in move.lost
        ),
    )


def _move(value: Json, before: Question | None, after: Question | None) -> _Move:
    if value is None or (before and clean_one(before, value) is None):
        return _Move()
    if after is None:
        return _Move(lost=[(value, _NOT_ASKED)])
    if before is None:
        clean = clean_one(after, value)
        if isinstance(clean, Problem) or clean is None:
            return _Move(lost=[(value, _NOT_ASKED if clean is None else clean.words)])
        return _Move(clean, [_NEW])
    if before.kind is not after.kind and not {before.kind, after.kind} <= _TEXTS:
        return _Move(lost=[(value, _OTHER_SORT)])
    return _same_sort(value, before, after)


def _same_sort(value: Json, before: Question, after: Question) -> _Move:
    was, clean = clean_one(before, value), clean_one(after, value)
    if isinstance(was, Problem) and isinstance(clean, Problem):
        return _Move(value)
    if isinstance(clean, Problem):
        return _chosen(was, before, after) if before.kind is Kind.CHOICE else _Move(lost=[(value, clean.words)])
    return _Move(clean, list(_worth_a_look(value, clean, before, after)))


def _chosen(was: Json | Problem, before: Question, after: Question) -> _Move:
    """A choice of which some options are gone, or of several where now only one is allowed."""
    chosen = was if isinstance(was, list) else [was]
    offered = {option.key for option in after.options} | ({OTHER} if after.other else set())
    fit: list[Json] = [one for one in chosen if not isinstance(one, Problem) and _key(one) in offered]
    lost: list[Json] = [one for one in chosen if not isinstance(one, Problem) and _key(one) not in offered]
    move = _Move()
    if lost:
        names = joined((quoted(_label(one, before)) for one in lost), ", ", "、")
        move.lost.append((lost if before.several else lost[0], filled(_OPTIONS_GONE, options=names)))
    if len(fit) > 1 and not after.several:
        move.lost.append((fit, _ONE_ONLY))
    elif fit:
        clean = clean_one(after, fit)
        if not isinstance(clean, Problem):
            move.answer = clean
            move.why += _worth_a_look(fit, clean, before, after)
    return move


def _key(chosen: Json) -> str:
    return OTHER if isinstance(chosen, dict) else str(chosen)


def _label(chosen: Json, question: Question) -> Words:
    if isinstance(chosen, dict):
        own_words = str(chosen[OTHER])
        return Words(own_words, own_words)
    return next(option.label for option in question.options if option.key == chosen)


def _worth_a_look(value: Json, clean: Json, before: Question, after: Question) -> Iterator[Words]:
    """Yield why an answer that fits deserves a look: the question changed, or a limit that it kept."""
    if before.label != after.label:
        yield filled(_REWORDED, old=quoted(before.label))
    old_labels = {option.key: option.label for option in before.options}
    chosen = {_key(one) for one in (clean if isinstance(clean, list) else [clean])}
    for option in after.options:
        if option.key in chosen and old_labels.get(option.key, option.label) != option.label:
            yield filled(_OPTION_REWORDED, old=quoted(old_labels[option.key]))
    if before.unit != after.unit:
        yield filled(_UNIT, new=after.unit or _NO_UNIT)
    if before.source != after.source:
        yield _SOURCE
    if after.kind is Kind.SHORT and isinstance(value, str) and isinstance(clean, str) and "\n" in value.strip():
        yield _ONE_LINE
    already = {one.code for one in check_one(before, value)}
    yield from (one.words for one in check_one(after, clean) if one.code not in already)
