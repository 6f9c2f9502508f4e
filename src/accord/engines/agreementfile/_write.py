"""The canonical text: one agreement has exactly one, so that files compare, hash and diff well.

Keys come in the order of the format; what is absent or default is left out. Short mappings stand on one line,
long English texts are folded, and Chinese, which has no spaces to fold at, stays on its line.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from accord.engines.agreementfile._build import take_apart
from accord.engines.agreementfile._format import AGREEMENT
from accord.engines.agreementfile._plain import is_taken_for_something_else
from accord.engines.agreementfile._shape import KeysOrWords, Many, Record, Shape
from accord.engines.agreementfile.types import AgreementFile, Bilingual, StatedDate

WIDTH: Final = 110
HEADER: Final = "# yaml-language-server: $schema=../../docs/schema/agreement.schema.json\n"
_RISKY: Final = re.compile(
    r"""^[\s\-?:,\[\]{}#&*!|>'"%@`=<]|:(\s|$)|\s#|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\s:]$"""
)
_RISKY_INSIDE: Final = re.compile(r"[\[\]{},:?]")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}


def write(agreement: AgreementFile) -> str:
    """Give the canonical YAML text; `read` of it gives the same agreement back."""
    lines: list[str] = []
    for key, value in take_apart(agreement, AGREEMENT).items():
        field = AGREEMENT.field(key)
        if field:
            _put(lines, key, value, field.shape, "")
    return HEADER + "\n".join(lines) + "\n"


def one_line(value: Any) -> str:
    """Write any value of the format on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {one_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(one_line(item) for item in value) + "]"
    if isinstance(value, Bilingual):
        return one_line(_sides(value))
    return _scalar(value, inside=True)


def _put(lines: list[str], key: str, value: Any, shape: Shape, indent: str) -> None:
    """Write `key: value` below `indent`."""
    if isinstance(shape, Many) and shape.single and len(value) == 1:
        _put(lines, key, value[0], shape.item, indent)
    elif isinstance(shape, KeysOrWords):
        _put(lines, key, value, shape.words if isinstance(value, Bilingual) else shape.keys, indent)
    elif isinstance(value, Bilingual):
        _put_words(lines, key, value, indent)
    elif isinstance(shape, Record):
        _put_record(lines, key, value, shape, indent)
    elif isinstance(shape, Many):
        _put_list(lines, key, value, shape, indent)
    elif isinstance(value, str) and not isinstance(value, StrEnum):
        lines.extend(_text_lines(key, value, indent))
    else:
        lines.append(f"{indent}{key}: {_scalar(value)}")


def _put_words(lines: list[str], key: str, value: Bilingual, indent: str) -> None:
    line = f"{indent}{key}: {one_line(value)}"
    if _fits(line) and "\\n" not in line:
        lines.append(line)
        return
    lines.append(f"{indent}{key}:")
    for language, text in _sides(value).items():
        lines.extend(_text_lines(language, text, indent + "  "))


def _put_record(lines: list[str], key: str, value: dict[str, Any], record: Record, indent: str) -> None:
    line = f"{indent}{key}: {one_line(value)}"
    if record.flow and _fits(line):
        lines.append(line)
        return
    lines.append(f"{indent}{key}:")
    _put_fields(lines, value, record, indent + "  ")


def _put_fields(lines: list[str], value: dict[str, Any], record: Record, indent: str) -> None:
    for name, item in value.items():
        field = record.field(name)
        if field:
            _put(lines, name, item, field.shape, indent)


def _put_list(lines: list[str], key: str, value: tuple[Any, ...], shape: Many, indent: str) -> None:
    line = f"{indent}{key}: {one_line(value)}"
    if not isinstance(shape.item, Record) and _fits(line):
        lines.append(line)
        return
    lines.append(f"{indent}{key}:")
    for item in value:
        line = f"{indent}  - {one_line(item)}"
        if isinstance(shape.item, Record) and not (shape.item.flow and _fits(line)):
            first = len(lines)
            _put_fields(lines, item, shape.item, indent + "    ")
            lines[first] = f"{indent}  - {lines[first].lstrip()}"
        else:
            lines.append(line)


def _text_lines(key: str, text: str, indent: str) -> list[str]:
    """Write a text under its key: on its line, folded at spaces, or line by line."""
    line = f"{indent}{key}: {_scalar(text)}"
    block_safe = "  " not in text and not re.search(r"[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", text)
    inner = indent + "  "
    if "\n" in text and block_safe and all(part and part == part.strip() for part in text.split("\n")):
        return [f"{indent}{key}: |-", *(inner + part for part in text.split("\n"))]
    if not _fits(line) and " " in text and "\n" not in text and block_safe and _is_latin(text):
        folded = textwrap.wrap(text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False)
        return [f"{indent}{key}: >-", *(inner + part for part in folded)]
    return [line]


def _is_latin(text: str) -> bool:
    """Whether the text is written in narrow letters, so that folding at spaces makes even lines."""
    return _width(text) <= len(text) * 1.2


def _sides(value: Bilingual) -> dict[str, str]:
    sides = {"en": value.en, "zh-hans": value.zh_hans}
    return {language: text for language, text in sides.items() if text is not None}


def _scalar(value: object, *, inside: bool = False) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize():f}"
        case StrEnum() | int() | StatedDate():
            return str(value)
        case date():
            return value.isoformat()
    return _quoted(str(value), inside=inside)


def _quoted(text: str, *, inside: bool) -> str:
    """Write a text without quotes where every reader of YAML takes it as that text, else in double quotes.

    `inside` brackets, commas and the like need quotes too.
    """
    risky = _RISKY.search(text) or (inside and _RISKY_INSIDE.search(text))
    if text and not risky and not is_taken_for_something_else(text) and text.isprintable():
        return text
    return '"' + "".join(_ESCAPES.get(c) or (c if c.isprintable() else _escape(c)) for c in text) + '"'


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"  # noqa: PLR2004 - YAML's two widths


def _fits(line: str) -> bool:
    return _width(line) <= WIDTH


def _width(text: str) -> int:
    """The width in columns: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def digest(agreement: AgreementFile) -> str:
    """Give the SHA-256 of the canonical text, in hexadecimal: what both sides approve."""
    return hashlib.sha256(write(agreement).encode("utf-8")).hexdigest()
