"""From text to a tree of nodes that know their line and column, with every fault of the text reported.

PyYAML's events are used instead of its loader: they are not recursive, so depth cannot exhaust the stack, and
keys and values stay the words that were written (`on` is not true, 2019-02-30 is not lost).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias

import yaml

from accord.engines.agreementfile._findings import Findings, Place

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 12
MAX_NODES: Final = 50_000
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")
_TAB_INDENT = re.compile(r" *\t[ \t]*(?=\S)")
MAX_FAULTS: Final = 20
_KEPT: Final = re.compile(r" *(- +)*[a-z-]+:(?= )")
_SYNTAX: Final = (
    (r"while scanning a quoted scalar", "unclosed-quote"),
    (r"mapping values are not allowed", "colon-in-text"),
    (r"could not find expected ':'", "missing-colon"),
    (r"expected ',' or", "unclosed-bracket"),
    (r"cannot start any token", "reserved-character"),
    (r"unknown escape character|hexdecimal number|Unicode character escape", "bad-escape"),
    (
        r"did not find expected key|expected '-' indicator|block sequence entries are not allowed",
        "bad-indent",
    ),
)


@dataclass(slots=True)
class Scalar:
    """One value as written; `plain` is False inside quotes and block text, `refused` that it was reported."""

    place: Place
    text: str
    plain: bool
    refused: bool = False


@dataclass(slots=True)
class Sequence:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys and values, in order, duplicates included."""

    place: Place
    entries: list[tuple[Scalar, Node]] = field(default_factory=list)


Node: TypeAlias = Scalar | Sequence | Mapping


def decode(data: bytes, findings: Findings) -> str | None:
    """Turn bytes into text, or report why they are none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        findings.add("not-utf8", Place(line, column), "", byte=f"0x{data[error.start]:02X}")
        return None


def grow(text: str, findings: Findings) -> Node | None:
    """Parse `text` into a tree; None where it holds nothing to look at.

    A line that breaks the syntax is reported, emptied and passed over, so that the lines below are read too;
    `findings.cut` is then set.
    """
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "replace")) > MAX_BYTES:
        findings.add("too-large", Place(1, 1), "", limit="1 MiB")
        return None
    clean = _clean(text, findings)
    root = _grow_around_faults(clean, findings)
    if root is None and not findings.cut:
        findings.add("empty-file", Place(1, 1), "")
    return root


def _clean(text: str, findings: Findings) -> str:
    """Report and take out what YAML cannot hold, keeping every line and column."""
    if text.startswith("\ufeff"):
        findings.add("byte-order-mark", Place(1, 1), "")
        text = text[1:]
    lines = text.split("\n")
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        lines[number] = _clean_line(line, number + 1, above, findings)
    return "\n".join(lines)


def _clean_line(line: str, number: int, above: str, findings: Findings) -> str:
    for match in _FORBIDDEN.finditer(line):
        name = f"U+{ord(match[0]):04X}"
        if not findings.add("control-character", Place(number, match.start() + 1), "", name=name):
            break
    line = _FORBIDDEN.sub(" ", line)
    indent = _TAB_INDENT.match(line)
    if indent is None:
        return line if line.strip() else ""
    findings.add("tab", Place(number, indent[0].index("\t") + 1), "")
    return _indent_like(above) + line[indent.end() :]


def _indent_like(above: str) -> str:
    """Give the indentation that a line with tabs most likely means: that of the line above it."""
    indent = re.match(r" *(- +)*", above)
    return " " * (len(indent[0]) if indent else 0) + ("  " if above.rstrip().endswith(":") else "")


def _grow_around_faults(text: str, findings: Findings) -> Node | None:
    """Grow the tree; after a fault, take the faulty value or else the line out and begin again."""
    lines = text.split("\n")
    for _ in range(MAX_FAULTS):
        grower = _Grower(findings)
        fault = grower.grow("\n".join(lines))
        if fault is None or not 0 < fault <= len(lines) or not lines[fault - 1].strip():
            return grower.root
        kept = _KEPT.match(lines[fault - 1])
        lines[fault - 1] = kept[0] if kept and kept[0] != lines[fault - 1].rstrip("\r") else ""
    return grower.root


def _quote_opened_above(lines: list[str], number: int) -> Place | None:
    """Find the text whose missing end mark made the next quotation mark, on line `number`, end it instead."""
    for quote in "\"'":
        if number > len(lines) or quote not in lines[number - 1]:
            continue
        above = next((n for n in range(number - 1, 0, -1) if quote in lines[n - 1]), 0)
        opening = re.search(rf"[:\-,\[{{] +({quote})[^{quote}]*$", lines[above - 1]) if above else None
        if opening:
            return Place(above, opening.start(1) + 1)
    return None


class _Mark(Protocol):
    """A mark of either parser of PyYAML, both from 0."""

    line: int
    column: int


def _marked(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping still being read; `node` is None where it stands in place of a key."""

    node: Sequence | Mapping | None
    key: Scalar | None = None
    awaits_key: bool = True


class _Grower:
    """Builds the tree from events with a stack of its own."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def grow(self, text: str) -> int | None:
        """Grow `root`; give the line whose syntax stopped it, or None."""
        try:
            for event in self._events(text):
                if not self._take(event):
                    break
        except yaml.MarkedYAMLError as error:
            return self._report(error, text)
        except yaml.YAMLError as error:
            self._stop("yaml-syntax", Place(1, 1), detail=str(error).splitlines()[0])
        return None

    def _events(self, text: str) -> Iterator[yaml.Event]:
        return iter(yaml.parse(text, Loader=yaml.CSafeLoader))

    def _take(self, event: yaml.Event) -> bool:
        """Take one event; False ends the reading."""
        place = _marked(event.start_mark)
        match event:
            case yaml.DocumentStartEvent():
                return self._begin(place)
            case yaml.AliasEvent():
                self.findings.add("alias", place, "", name=event.anchor or "")
                return self._place(Scalar(place, "", plain=True, refused=True))
            case yaml.ScalarEvent():
                self._refuse_extras(event, place)
                return self._place(Scalar(place, event.value, plain=event.style is None or event.style == ""))
            case yaml.SequenceStartEvent():
                self._refuse_extras(event, place)
                return self._open(Sequence(place))
            case yaml.MappingStartEvent():
                self._refuse_extras(event, place)
                return self._open(Mapping(place))
            case yaml.CollectionEndEvent():
                self.stack.pop()
        return True

    def _begin(self, place: Place) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.findings.add("second-document", place, "")
        return self.documents == 1

    def _refuse_extras(self, event: yaml.NodeEvent, place: Place) -> None:
        """Report anchors and tags; both would make the file say more than it shows."""
        if event.anchor:
            self.findings.add("anchor", place, "", name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self.findings.add("tag", place, "", name=tag.replace("tag:yaml.org,2002:", "!!"))

    def _open(self, node: Sequence | Mapping) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            return self._stop("too-deep", node.place, limit=str(MAX_DEPTH))
        kept = self._place(node)
        stands_as_key = bool(self.stack) and self.root is not node and not self._holds(node)
        self.stack.append(_Open(None if stands_as_key else node))
        return kept

    def _holds(self, node: Node) -> bool:
        """Whether the innermost open collection took `node` in."""
        parent = self.stack[-1].node
        if isinstance(parent, Sequence):
            return bool(parent.items) and parent.items[-1] is node
        return isinstance(parent, Mapping) and bool(parent.entries) and parent.entries[-1][1] is node

    def _place(self, node: Node) -> bool:
        """Put a node where it belongs; False once there are too many."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            return self._stop("too-many-nodes", node.place, limit=str(MAX_NODES))
        if not self.stack:
            self.root = node
            return True
        parent = self.stack[-1]
        if isinstance(parent.node, Sequence):
            parent.node.items.append(node)
        elif isinstance(parent.node, Mapping):
            self._place_in_mapping(parent, parent.node, node)
        return True

    def _place_in_mapping(self, parent: _Open, mapping: Mapping, node: Node) -> None:
        if parent.awaits_key:
            if not isinstance(node, Scalar):
                self.findings.add("key-not-text", node.place, "")
            parent.key = node if isinstance(node, Scalar) else None
        elif parent.key is not None:
            mapping.entries.append((parent.key, node))
        parent.awaits_key = not parent.awaits_key

    def _report(self, error: yaml.MarkedYAMLError, text: str) -> int:
        words = f"{error.context or ''} {error.problem or ''}"
        mark = error.problem_mark or error.context_mark
        code = next((code for pattern, code in _SYNTAX if re.search(pattern, words)), "yaml-syntax")
        if code in {"unclosed-quote", "unclosed-bracket", "missing-colon"} and error.context_mark:
            mark = error.context_mark
        lines = text.split("\n")
        place = _marked(mark)
        opened = _quote_opened_above(lines, place.line)
        if opened:
            code, place = "unclosed-quote", opened
        shown = lines[place.line - 1].strip()[:60] if place.line <= len(lines) else ""
        self._stop(code, place, detail=error.problem or "", shown=shown)
        return place.line

    def _stop(self, code: str, place: Place, **params: str) -> bool:
        self.findings.add(code, place, "", **params)
        self.findings.cut = place
        return False
