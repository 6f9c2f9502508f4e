"""What differs between two versions of an agreement, and what a signed agreement refuses.

Once signed, what was promised stays: figures and deadlines change by an amendment, which keeps both the old
and the new. Texts, titles and citations may be mended at any time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from accord.engines.agreementfile._build import take_apart
from accord.engines.agreementfile._format import AGREEMENT
from accord.engines.agreementfile._write import one_line
from accord.engines.agreementfile.types import AgreementFile, Change, Difference


class _Step(NamedTuple):
    path: str
    kind: Change
    before: Any
    after: Any


_PROMISE: Final = r"promises\[[^\]]+\]"
_CLAUSE: Final = r"clauses\[[^\]]+\]"
_EITHER: Final = r"(promises|clauses)\[[^\]]+\]"
_ANY: Final = frozenset(Change)
_LOST: Final = frozenset({Change.CHANGED, Change.REMOVED})
# The first rule whose pattern meets the path, and whose kinds hold the change, refuses it.
_REFUSED: Final = (
    (r"agreement", _ANY, "other-agreement"),
    (r"signed", frozenset({Change.REMOVED}), "stays-signed"),
    (r"signed\.on", _LOST, "stays-signed"),
    (_PROMISE, frozenset({Change.REMOVED}), "promise-stays"),
    (_CLAUSE, frozenset({Change.REMOVED}), "clause-stays"),
    (_EITHER + r"\.amendments\[\d+\](\..*)?", _LOST, "amendment-stays"),
    (_EITHER + r"\.amendments", frozenset({Change.REMOVED}), "amendment-stays"),
    (_EITHER + r"\.amendments\[\d+\]\..*", _ANY, "amendment-stays"),
    (_CLAUSE + r"\.(type|ip-mode|title|text)", _ANY, "clause-stays"),
    (r"clauses\.order", _ANY, "clause-stays"),
    (r"renews", _LOST, "renewal-stays"),
    (r"terminated(\..*)?", _LOST, "termination-stays"),
    (_PROMISE + r"\.(target|due)", _ANY, "amend-instead"),
    (_PROMISE + r"\.(measure|baseline)(\..*)?", _LOST, "figure-stays"),
    (_PROMISE + r"\.baseline\..*", _ANY, "figure-stays"),
    (_PROMISE + r"\.(kind|about|start|by|to)(\..*)?", _ANY, "terms-stay"),
)
_WORDS: Final = {
    "other-agreement": (
        "This is another agreement. Put it in a file of its own.",
        "这是另一份协议。请单独存为一个文件。",
    ),
    "stays-signed": (
        "The agreement is signed, and the signing stays. Begin a new agreement with a key of its own.",
        "协议已签署，签署信息保持不变。请使用新的键另立协议。",
    ),
    "promise-stays": (
        "A signed promise is not removed. Add an amendment instead, or end it by a later agreement.",
        "已签署的承诺不能删除。请改为添加修订，或以后续协议终止它。",
    ),
    "clause-stays": (
        "A signed clause stays as it was agreed. Add an amendment instead, with the day, the text and the reason.",
        "已签署的条款保持不变。应在该条款下追加修订，写明日期、新文本和原因。",
    ),
    "renewal-stays": (
        "What the signed agreement renews stays. Name another one in a new agreement instead.",
        "已签署协议的续签关系保持不变。应在新协议中写明。",
    ),
    "termination-stays": (
        "The termination stays as it was recorded. Begin a new agreement that `renews` this one instead.",
        "终止记录保持不变。应另立协议，并以 `renews` 指明续签本协议。",
    ),
    "amendment-stays": (
        "An amendment stays as it was agreed. Append a further amendment instead.",
        "修订保持议定时的内容。请在其后追加新的修订。",
    ),
    "amend-instead": (
        "What was signed stays. Add an amendment instead, with the day, the new value and the reason.",
        "已签署的数字和期限保持不变。请改为添加修订，写明日期、新值和原因。",
    ),
    "figure-stays": (
        "Measure and baseline stay as signed. Add an amendment instead, or a new promise beside this one.",
        "承诺的计量指标和基数保持不变。请改为添加修订，或在旁边新增承诺。",
    ),
    "terms-stay": (
        "Who promised what to whom stays as signed. Add a new promise beside it instead.",
        "已签署的承诺方、受益方和条件保持不变。请在旁边新增承诺。",
    ),
}


def compare(old: AgreementFile | None, new: AgreementFile) -> tuple[Difference, ...]:
    """List what differs, in the order of the format; with no `old`, the agreement as a whole is added.

    Each difference that a signed `old` does not allow carries a refusal that says what to do instead.
    """
    if old is None:
        return (Difference("", Change.ADDED, None, new.key),)
    steps = _values(take_apart(old, AGREEMENT), take_apart(new, AGREEMENT), "")
    return tuple(_difference(step, signed=old.signed is not None) for step in steps)


def render_refusal(difference: Difference, language: str = "en") -> str | None:
    """Give the refusal of a difference in one language ("en" or "zh-hans"), or None."""
    if difference.refusal_code is None:
        return None
    english, chinese = _WORDS[difference.refusal_code]
    return chinese if language == "zh-hans" else english


def _difference(step: _Step, *, signed: bool) -> Difference:
    code = _refusal_code(step) if signed or step.path == "agreement" else None
    return Difference(
        path=step.path,
        kind=step.kind,
        before=None if step.before is None else one_line(step.before),
        after=None if step.after is None else one_line(step.after),
        refusal=_WORDS[code][0] if code else None,
        refusal_code=code,
    )


def _refusal_code(step: _Step) -> str | None:
    for pattern, kinds, code in _REFUSED:
        if step.kind in kinds and re.fullmatch(pattern, step.path):
            return code
    return None


def _values(before: Any, after: Any, path: str) -> Iterator[_Step]:
    if before == after:
        return
    if _is_keyed(before or after) and _is_keyed(after or before):
        yield from _keyed_lists(before or (), after or (), path)
    elif before is None or after is None:
        yield _Step(path, Change.ADDED if before is None else Change.REMOVED, before, after)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _mappings(before, after, path)
    elif path.endswith((".amendments", "facts")):
        yield from _numbered_lists(before, after, path)
    else:
        yield _Step(path, Change.CHANGED, before, after)


def _mappings(before: dict[str, Any], after: dict[str, Any], path: str) -> Iterator[_Step]:
    for key in [*before, *(key for key in after if key not in before)]:
        yield from _values(before.get(key), after.get(key), f"{path}.{key}" if path else key)


def _is_keyed(value: Any) -> bool:
    """Whether `value` is a list of parties, sources, sections, promises or clauses."""
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], dict) and "key" in value[0]


def _keyed_lists(before: tuple[Any, ...], after: tuple[Any, ...], path: str) -> Iterator[_Step]:
    old, new = ({item["key"]: item for item in items} for items in (before, after))
    for key in [*old, *(key for key in new if key not in old)]:
        yield from _values(old.get(key), new.get(key), f"{path}[{key}]")
    kept = [key for key in old if key in new]
    moved = [key for key in new if key in old]
    if kept != moved:
        yield _Step(f"{path}.order", Change.CHANGED, tuple(kept), tuple(moved))


def _numbered_lists(before: tuple[Any, ...], after: tuple[Any, ...], path: str) -> Iterator[_Step]:
    for index in range(max(len(before), len(after))):
        old = before[index] if index < len(before) else None
        new = after[index] if index < len(after) else None
        yield from _values(old, new, f"{path}[{index}]")
