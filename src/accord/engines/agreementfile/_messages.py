"""Every problem in words, in both languages: what is wrong, and how to mend it.

`near` is the advice where a likely correction is known; it then stands in the parameter `nearest`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from accord.engines.agreementfile._messages_file import FILE_MESSAGES
from accord.engines.agreementfile._messages_rule import RULE_MESSAGES
from accord.engines.agreementfile._messages_value import VALUE_MESSAGES
from accord.engines.agreementfile._wording import Message, Wording
from accord.engines.agreementfile.types import Problem, Rendered, Severity

MESSAGES: Final[dict[str, Message]] = FILE_MESSAGES | VALUE_MESSAGES | RULE_MESSAGES


class _Term(NamedTuple):
    en: str
    zh: str


# Parameters that are words of the language and not of the file.
_TERMS: Final[dict[str, _Term]] = {
    "value": _Term("a single value", "单个值"),
    "list": _Term("a list", "列表"),
    "mapping": _Term("a mapping of keys", "键值映射"),
    "two-words": _Term("a text in both languages, {en: …, zh-hans: …}", "双语文本 {en: …, zh-hans: …}"),
    "keys-or-words": _Term(
        "a list of party keys, or a text {en: …, zh-hans: …}",
        "协议方键的列表，或双语文本 {en: …, zh-hans: …}",
    ),
    "agreement": _Term("the agreement", "协议"),
    "party": _Term("a party", "协议方"),
    "source": _Term("a source", "来源文件"),
    "section": _Term("a section", "板块"),
    "promise": _Term("a promise", "承诺"),
    "baseline": _Term("a baseline", "基数"),
    "plan-point": _Term("a point of the plan", "阶段目标"),
    "done": _Term("a stated completion", "完成说明"),
    "amendment": _Term("an amendment", "修订"),
    "citation": _Term("a citation", "引用出处"),
    "clause": _Term("a clause", "条款"),
    "clause-amendment": _Term("an amendment", "修订"),
    "termination": _Term("the termination", "终止信息"),
    "fact": _Term("a fact", "既有事实"),
    "signing": _Term("the signing", "签署信息"),
    "term": _Term("the term", "有效期"),
    "target": _Term("target", "目标"),
    "milestone": _Term("milestone", "里程碑"),
    "standing": _Term("standing", "长期"),
}
_TERM_PARAMETERS: Final = frozenset({"expected", "found", "record", "kind"})


def severity_of(code: str) -> Severity:
    """Whether a code keeps the file out."""
    return MESSAGES[code].severity


def words_of(code: str, params: Mapping[str, str], language: str) -> tuple[str, str]:
    """Say what is wrong and how to mend it, in "en" or "zh-hans"."""
    wording: Wording = MESSAGES[code].zh if language == "zh-hans" else MESSAGES[code].en
    spoken = {name: _spoken(name, value, language) for name, value in params.items()}
    advice = wording.near if wording.near and params.get("nearest") else wording.advice
    return wording.what.format(**spoken), advice.format(**spoken)


def render(problem: Problem, language: str = "en") -> Rendered:
    """Give a problem in the words of one language ("en" or "zh-hans")."""
    what, advice = words_of(problem.code, dict(problem.params), language)
    return Rendered(what, advice)


def _spoken(name: str, value: str, language: str) -> str:
    term = _TERMS.get(value) if name in _TERM_PARAMETERS else None
    if term is None:
        return value
    return term.zh if language == "zh-hans" else term.en
