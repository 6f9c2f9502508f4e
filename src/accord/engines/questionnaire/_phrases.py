"""Says conditions in plain words: what has to be answered how."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from accord.engines.questionnaire._figures import day_words, written
from accord.engines.questionnaire.types import All, Condition, Figure, Kind, Not, One, Op, Question, Words

_OTHER: Final = Words("other", "其他")
_TICKED: Final = (Words("{q} is ticked", "{q}已勾选"), Words("{q} is not ticked", "{q}未勾选"))
_ANSWERED: Final = (Words("{q} is answered", "{q}已作答"), Words("{q} is not answered", "{q}未作答"))
_IS: Final = (Words("{q} is {v}", "{q}为{v}"), Words("{q} is not {v}", "{q}不为{v}"))
_IN: Final = (
    Words("{q} is one of: {v}", "{q}为以下之一：{v}"),
    Words("{q} is none of: {v}", "{q}不为以下任何一项：{v}"),
)
_CONTAINS: Final = (Words("{q} includes {v}", "{q}包含{v}"), Words("{q} does not include {v}", "{q}不包含{v}"))
_AGED: Final = {
    Op.AGED_AT_LEAST: (
        Words("{q}: {v} years or older on {day}", "{q}：截至{day}已满{v}周岁"),
        Words("{q}: younger than {v} years on {day}", "{q}：截至{day}未满{v}周岁"),
    ),
    Op.AGED_AT_MOST: (
        Words("{q}: {v} years or younger on {day}", "{q}：截至{day}不超过{v}周岁"),
        Words("{q}: older than {v} years on {day}", "{q}：截至{day}超过{v}周岁"),
    ),
}
_LATER: Final = {
    Op.AT_LEAST: (Words("{q} is {v} or later", "{q}不早于{v}"), Words("{q} is before {v}", "{q}早于{v}")),
    Op.AT_MOST: (Words("{q} is {v} or earlier", "{q}不晚于{v}"), Words("{q} is after {v}", "{q}晚于{v}")),
}
_MORE: Final = {
    Op.AT_LEAST: (Words("{q} is {v} or more", "{q}不小于{v}"), Words("{q} is less than {v}", "{q}小于{v}")),
    Op.AT_MOST: (Words("{q} is {v} or less", "{q}不大于{v}"), Words("{q} is more than {v}", "{q}大于{v}")),
}
_COUNT: Final = {
    Op.AT_LEAST: (Words("{q} has {v} or more", "{q}不少于{v}项"), Words("{q} has fewer than {v}", "{q}少于{v}项")),
    Op.AT_MOST: (Words("{q} has {v} or fewer", "{q}不多于{v}项"), Words("{q} has more than {v}", "{q}多于{v}项")),
}


def describe(condition: Condition, questions: Iterable[Question]) -> Words:
    """Return a condition in plain words, in both languages, without a full stop."""
    return _say(condition, {question.key: question for question in questions}, negated=False, inner=False)


def quoted(words: Words) -> Words:
    """Return a text in quotation marks."""
    return Words(f"“{words.en}”", f"“{words.zh_hans}”")


def joined(parts: Iterable[Words], english: str, chinese: str) -> Words:
    """Return texts in a row, with what stands between them in each language."""
    listed = list(parts)
    return Words(english.join(part.en for part in listed), chinese.join(part.zh_hans for part in listed))


def filled(words: Words, **params: Words) -> Words:
    """Return a text with its placeholders filled in each language."""
    return Words(
        *(words.side(side).format(**{k: v.side(side) for k, v in params.items()}) for side in ("en", "zh-hans"))
    )


def _say(condition: Condition, questions: Mapping[str, Question], *, negated: bool, inner: bool) -> Words:
    match condition:
        case One():
            return _test(condition, questions[condition.question], negated=negated)
        case Not(part):
            return _say(part, questions, negated=not negated, inner=inner)
    if len(condition.parts) == 1:
        return _say(condition.parts[0], questions, negated=negated, inner=inner)
    parts = [_say(part, questions, negated=negated, inner=True) for part in condition.parts]
    # Denied, "all" becomes "any" of the parts denied, and the other way round.
    together = isinstance(condition, All) is not negated
    words = joined(parts, ", and ", "，并且") if together else joined(parts, ", or ", "，或者")
    return Words(f"({words.en})", f"（{words.zh_hans}）") if inner else words


def _test(test: One, question: Question, *, negated: bool) -> Words:
    denied = negated is not (test.op is Op.IS_NOT or (test.op is Op.ANSWERED and test.value is False))
    day = Words("", "") if test.day is None else day_words(test.day)
    pair = _pair(test.op, question)
    return filled(pair[denied], q=quoted(question.label), v=_values(test, question), day=day)


def _pair(op: Op, question: Question) -> tuple[Words, Words]:
    """The words for an answer that passes, and for one that does not."""
    if op in _AGED:
        return _AGED[op]
    if op in _MORE:
        return {Kind.DATE: _LATER, Kind.NUMBER: _MORE}.get(question.kind, _COUNT)[op]
    answered = _TICKED if question.kind is Kind.AGREE else _ANSWERED
    return {Op.IN: _IN, Op.CONTAINS: _CONTAINS, Op.ANSWERED: answered}.get(op, _IS)


def _values(test: One, question: Question) -> Words:
    if isinstance(test.value, bool):
        return Words("", "")
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    return joined((value_words(value, question, bare=test.op in _AGED) for value in values), ", ", "、")


def value_words(value: str | Figure, question: Question, *, bare: bool = False) -> Words:
    """Return one value of a question as a reader knows it; `bare` leaves out the unit."""
    if isinstance(value, int | float):
        number = Words(written(value), written(value))
        unit = None if bare else question.unit
        return Words(f"{number.en} {unit.en}", f"{number.zh_hans}{unit.zh_hans}") if unit else number
    if question.kind is Kind.DATE:
        return day_words(date.fromisoformat(value))
    if question.kind is Kind.CHOICE:
        return next((option.label for option in question.options if option.key == value), _OTHER)
    return quoted(Words(value, value))
