"""Reads one question but for its condition: the keys of its kind, and what they may say together."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from accord.engines.questionnaire._format import (
    COMMON,
    DEFAULTS,
    FILE_TYPES,
    MEGABYTES,
    MOST_OPTIONS,
    NEEDED,
    OWN,
    SPANS,
    keys_of,
)
from accord.engines.questionnaire._shape import (
    Faults,
    count_at,
    day_at,
    entries_at,
    figure_at,
    flag_at,
    join,
    key_at,
    mapping_at,
    needs,
    only,
    said,
    text_at,
    words_at,
)
from accord.engines.questionnaire.types import Kind, Option, Question

_HOST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_MOST_TEXTS: Final = 50
_ATTRIBUTE: Final = {"from": "source"}
_EVERY_KEY: Final = frozenset({*COMMON, *(key for keys in OWN.values() for key in keys)})


def question_at(found: Mapping[str, object], where: str, faults: Faults) -> Question | None:
    """Return a question without its condition, or None with every fault in it."""
    before = len(faults.found)
    kind = _kind(found, where, faults)
    if kind is None:
        _read_keys(found, where, faults, Kind.TEXT, ("key", "label", "help"))
        return None
    known = keys_of(kind)
    _only_of_kind(found, where, faults, kind, known)
    needs(found, where, faults, ("key", "label", *NEEDED.get(kind, ())))
    values = _read_keys(found, where, faults, kind, known)
    if len(faults.found) > before:
        return None
    question = Question(kind=kind, **(DEFAULTS.get(kind, {}) | values))
    _together(question, found, where, faults)
    return question if len(faults.found) == before else None


def _kind(found: Mapping[str, object], where: str, faults: Faults) -> Kind | None:
    if not needs(found, where, faults, ("kind",)):
        return None
    word = text_at(found["kind"], join(where, "kind"), faults)
    if word is None:
        return None
    if word not in set(Kind):
        faults.unknown(word, join(where, "kind"), [kind.value for kind in Kind])
        return None
    return Kind(word)


def _only_of_kind(found: Mapping[str, object], where: str, faults: Faults, kind: Kind, known: tuple[str, ...]) -> None:
    for key in found:
        if key in _EVERY_KEY and key not in known:
            faults.add("not-for-kind", join(where, key), key=key, kind=kind.value)
    only({key: 0 for key in found if key not in _EVERY_KEY}, where, faults, known)


def _read_keys(
    found: Mapping[str, object], where: str, faults: Faults, kind: Kind, known: tuple[str, ...]
) -> dict[str, Any]:
    values = {}
    for key in known:
        if key in found and key in _READERS:
            values[_ATTRIBUTE.get(key, key)] = _READERS[key](found[key], join(where, key), faults, kind)
    return values


def _options(value: object, where: str, faults: Faults, kind: Kind) -> tuple[Option, ...]:  # noqa: ARG001 (readers share a form)
    entries = entries_at(value, where, faults, 1, MOST_OPTIONS)
    options = [_option(entry, f"{where}[{at}]", faults) for at, entry in enumerate(entries)]
    seen: set[str] = set()
    for at, option in enumerate(options):
        if option and option.key in seen:
            faults.add("repeated-key", f"{where}[{at}].key", key=option.key)
        if option and option.key == "other":
            faults.add("reserved-key", f"{where}[{at}].key")
        seen |= {option.key} if option else set()
    return tuple(option for option in options if option)


def _option(value: object, where: str, faults: Faults) -> Option | None:
    found = mapping_at(value, where, faults)
    if found is None:
        return None
    only(found, where, faults, ("key", "label"))
    if not needs(found, where, faults, ("key", "label")):
        return None
    key = key_at(found["key"], join(where, "key"), faults)
    label = words_at(found["label"], join(where, "label"), faults)
    return Option(key, label) if key and label else None


def _bound(value: object, where: str, faults: Faults, kind: Kind) -> Any:
    return figure_at(value, where, faults) if kind is Kind.NUMBER else count_at(value, where, faults, SPANS[kind])


def _types(value: object, where: str, faults: Faults, kind: Kind) -> tuple[str, ...]:  # noqa: ARG001 (readers share a form)
    texts = _texts(value, where, faults)
    for path, text in texts:
        if text not in FILE_TYPES:
            faults.unknown(text, path, FILE_TYPES)
    return tuple(text for _, text in texts)


def _hosts(value: object, where: str, faults: Faults, kind: Kind) -> tuple[str, ...]:  # noqa: ARG001 (readers share a form)
    texts = _texts(value, where, faults)
    for path, text in texts:
        if not _HOST.fullmatch(text):
            faults.add("host-form", path, text=text[:60])
    return tuple(text for _, text in texts)


def _texts(value: object, where: str, faults: Faults) -> list[tuple[str, str]]:
    """Return the texts of a list with their paths; one that stands there twice is a fault."""
    texts: dict[str, str] = {}
    for at, entry in enumerate(entries_at(value, where, faults, 1, _MOST_TEXTS)):
        path = f"{where}[{at}]"
        text = text_at(entry, path, faults)
        if text in texts:
            faults.add("repeated-entry", path, key=str(text)[:60])
        elif text is not None:
            texts[text] = path
    return [(path, text) for text, path in texts.items()]


_Reader = Callable[[object, str, Faults, Kind], Any]


def _plain(reader: Callable[[object, str, Faults], Any]) -> _Reader:
    return lambda value, where, faults, _kind: reader(value, where, faults)


_READERS: Final[dict[str, _Reader]] = {
    "key": _plain(key_at),
    "label": _plain(words_at),
    "help": _plain(words_at),
    "required": _plain(flag_at),
    "identity": _plain(flag_at),
    "to_hosts": _plain(flag_at),
    "several": _plain(flag_at),
    "other": _plain(flag_at),
    "whole": _plain(flag_at),
    "unit": _plain(words_at),
    "earliest": _plain(day_at),
    "latest": _plain(day_at),
    "from": _plain(key_at),
    "megabytes": lambda value, where, faults, _kind: count_at(value, where, faults, MEGABYTES),
    "least": _bound,
    "most": _bound,
    "options": _options,
    "types": _types,
    "hosts": _hosts,
}


def _together(question: Question, found: Mapping[str, object], where: str, faults: Faults) -> None:
    """Will note what each key may say alone and not beside the others."""
    bounds = [(name, getattr(question, name)) for name in ("least", "most") if name in found]
    least, most = question.least, question.most
    if question.kind is Kind.CHOICE:
        _choice_bounds(question, bounds, where, faults)
    if least is not None and most is not None and least > most:
        faults.add("least-over-most", join(where, "least"), least=said(least), most=said(most))
    if question.earliest and question.latest and question.earliest > question.latest:
        faults.add(
            "least-over-most",
            join(where, "earliest"),
            least=question.earliest.isoformat(),
            most=question.latest.isoformat(),
        )
    if question.whole:
        for name, bound in bounds:
            if not isinstance(bound, int):
                faults.add("not-whole", join(where, name), found=said(bound))
    if question.kind is Kind.MEMBERS and not question.identity:
        faults.add("members-tell", join(where, "identity"))


def _choice_bounds(question: Question, bounds: list[tuple[str, Any]], where: str, faults: Faults) -> None:
    count = len(question.options) + question.other
    for name, bound in bounds:
        if not question.several:
            faults.add("needs-several", join(where, name), key=name)
        elif bound > count:
            faults.add("out-of-range", join(where, name), found=bound, least=1, most=count)
