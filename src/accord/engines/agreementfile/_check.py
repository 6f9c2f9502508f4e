"""Walks a tree along the format: every value checked, every problem reported, nothing raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from accord.engines.agreementfile import _scalars as scalars
from accord.engines.agreementfile._findings import Findings, Place
from accord.engines.agreementfile._shape import (
    Address,
    Amount,
    Choice,
    Day,
    Flag,
    Key,
    KeysOrWords,
    Many,
    MeasureCode,
    Position,
    Record,
    Shape,
    TwoWords,
    Version,
    Words,
)
from accord.engines.agreementfile._tree import Mapping, Node, Scalar, Sequence
from accord.engines.agreementfile.types import Bilingual

_SCALARS: Final[dict[type, Callable[..., Any]]] = {
    Words: scalars.words,
    Key: scalars.key,
    MeasureCode: scalars.measure,
    Address: scalars.address,
    Choice: scalars.choice,
    Day: scalars.day,
    Amount: scalars.amount,
    Position: scalars.position,
    Flag: scalars.flag,
    Version: scalars.version,
}
_EXPECTED: Final[dict[type, str]] = {
    TwoWords: "two-words",
    Many: "list",
    KeysOrWords: "keys-or-words",
    Record: "mapping",
}
_FOUND: Final[dict[type, str]] = {Scalar: "value", Sequence: "list", Mapping: "mapping"}


@dataclass(slots=True)
class Reference:
    """A key that must be declared somewhere in the file."""

    family: str
    key: str
    place: Place
    where: str


@dataclass(slots=True)
class Checked:
    """What the walk found: values by key (None where one is wrong), places by path, keys and references."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    key_places: dict[str, Place] = field(default_factory=dict)
    declared: dict[str, dict[str, Place]] = field(default_factory=lambda: defaultdict(dict))
    references: list[Reference] = field(default_factory=list)


def check_tree(root: Node, record: Record, findings: Findings) -> Checked:
    """Check a whole file."""
    walk = _Walk(findings)
    walk.checked.values = walk.value(root, record, "") or {}
    return walk.checked


class _Walk:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.checked = Checked()

    def value(self, node: Node, shape: Shape, where: str) -> Any:
        """Check one value of any shape; None where it is wrong."""
        self.checked.places[where] = node.place
        if isinstance(node, Scalar):
            if node.refused:
                return None
            if scalars.is_empty(node):
                self.findings.add("empty-value", node.place, where)
                return None
            return self._scalar(node, shape, where)
        return self._mapping(node, shape, where) if isinstance(node, Mapping) else self._list(node, shape, where)

    def _mapping(self, node: Mapping, shape: Shape, where: str) -> Any:
        match shape:
            case Record():
                return self._record(node, shape, where)
            case TwoWords():
                return self._two_words(node, shape, where)
            case KeysOrWords():
                return self._two_words(node, shape.words, where)
            case Many(single=True):
                value = self.value(node, shape.item, where)
                return () if value is None else (value,)
        return self._wrong_type(node, shape, where)

    def _list(self, node: Sequence, shape: Shape, where: str) -> Any:
        match shape:
            case Many():
                return self._many(node, shape, where)
            case KeysOrWords():
                return self._many(node, shape.keys, where)
        return self._wrong_type(node, shape, where)

    def _wrong_type(self, node: Node, shape: Shape, where: str) -> None:
        expected, found = _EXPECTED.get(type(shape), "value"), _FOUND[type(node)]
        better = _likely(node, shape)
        self.findings.add("wrong-type", node.place, where, expected=expected, found=found, nearest=better)

    def _scalar(self, node: Scalar, shape: Shape, where: str) -> Any:
        check = _SCALARS.get(type(shape))
        if check is None:
            return self._wrong_type(node, shape, where)
        value = check(node, shape, where, self.findings)
        if value is not None and isinstance(shape, Key):
            self._remember_key(value, shape, node.place, where)
        elif value is not None and isinstance(shape, MeasureCode):
            self.checked.references.append(Reference("measure", value, node.place, where))
        return value

    def _remember_key(self, key: str, shape: Key, place: Place, where: str) -> None:
        if shape.refers:
            self.checked.references.append(Reference(shape.refers, key, place, where))
        elif shape.declares:
            known = self.checked.declared[shape.declares]
            if key in known:
                self.findings.add("repeated-key", place, where, key=key, line=str(known[key].line))
            known.setdefault(key, place)

    def _record(self, node: Mapping, record: Record, where: str) -> dict[str, Any]:
        present = self._known_entries(node, [field.key for field in record.fields], where)
        for wanted in record.fields:
            if wanted.required and wanted.key not in present:
                path = _join(where, wanted.key)
                self.findings.add("missing-key", node.place, path, key=wanted.key, record=record.name)
        if not node.entries:
            self.findings.add("empty-value", node.place, where)
        return {
            wanted.key: self.value(present[wanted.key], wanted.shape, _join(where, wanted.key))
            for wanted in record.fields
            if wanted.key in present
        }

    def _known_entries(self, node: Mapping, known: list[str], where: str) -> dict[str, Node]:
        """Report unknown and doubled keys; give the first value of each known key."""
        first: dict[str, tuple[Scalar, Node]] = {}
        for key, value in node.entries:
            path = _join(where, key.text)
            if key.text in first:
                line = str(first[key.text][0].place.line)
                self.findings.add("duplicate-key", key.place, path, key=key.text[:60], line=line)
            elif key.text == "<<":
                self.findings.add("merge-key", key.place, path)
            elif key.text not in known:
                close = scalars.nearest(key.text, [name for name in known if name not in first])
                shown = key.text[:60]
                self.findings.add("unknown-key", key.place, path, key=shown, nearest=close, known=", ".join(known))
            first.setdefault(key.text, (key, value))
            self.checked.key_places.setdefault(path, key.place)
        return {text: value for text, (_, value) in first.items() if text in known}

    def _two_words(self, node: Mapping, shape: TwoWords, where: str) -> Bilingual | None:
        present = self._known_entries(node, ["en", "zh-hans"], where)
        sides = {
            language: self.value(value, shape.words, _join(where, language)) for language, value in present.items()
        }
        if not present:
            self.findings.add("no-language", node.place, where)
        for language in ("en", "zh-hans"):
            if present and language not in present:
                self.findings.add("missing-language", node.place, where, language=language)
        if not sides or None in sides.values():
            return None
        return Bilingual(en=sides.get("en"), zh_hans=sides.get("zh-hans"))

    def _many(self, node: Sequence, shape: Many, where: str) -> tuple[Any, ...]:
        if len(node.items) < shape.least:
            found = str(len(node.items))
            self.findings.add("too-few", node.place, where, least=str(shape.least), found=found)
        values = tuple(self.value(item, shape.item, f"{where}[{i}]") for i, item in enumerate(node.items))
        if shape.distinct:
            for i, value in enumerate(values):
                if value is not None and value in values[:i]:
                    self.findings.add("repeated-entry", node.items[i].place, f"{where}[{i}]", key=str(value))
        return values


def _likely(node: Node, shape: Shape) -> str:
    """Guess how a single word was meant where a list or a bilingual text belongs."""
    if not isinstance(node, Scalar) or len(node.text) > 60 or "\n" in node.text:  # noqa: PLR2004 - a line of advice
        return ""
    match shape:
        case TwoWords():
            return f"{{en: {node.text}}}"
        case KeysOrWords() | Many(item=Key()):
            return f"[{node.text}]"
    return ""


def _join(where: str, key: str) -> str:
    name = key if len(key) <= 60 else key[:59] + "…"  # noqa: PLR2004 - a path stays readable
    return f"{where}.{name}" if where else name
