"""The format as a JSON Schema, for completion and checks in editors.

It knows keys, types, choices and what each kind of promise needs; references, the calendar and the order of
dates are beyond a schema and are told by `read`.
"""

from __future__ import annotations

from typing import Any, Final

from accord.engines.agreementfile._format import AGREEMENT
from accord.engines.agreementfile._rules import FORBIDS, NEEDS
from accord.engines.agreementfile._scalars import MAX_URL
from accord.engines.agreementfile._shape import (
    DATE_PATTERN,
    KEY_PATTERN,
    MEASURE_PATTERN,
    MISSING,
    STATED_DATE_PATTERN,
    URL_PATTERN,
    Address,
    Amount,
    Choice,
    Day,
    Field,
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
from accord.engines.agreementfile.types import ClauseType

_LARGEST: Final = 999_999_999_999.9999
_LAST_YEAR: Final = 2199


def json_schema() -> dict[str, Any]:
    """Give the schema (draft 2020-12) of version 1 of the format."""
    definitions: dict[str, Any] = {}
    root = _record(AGREEMENT, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:accord:agreement:1",
        "title": "Agreement file",
        "description": "One agreement: its parties, its sources and its promises.",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _record(record: Record, definitions: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "required": [field.key for field in record.fields if field.required],
        "properties": {field.key: _field(field, definitions) for field in record.fields},
    }
    extra = {
        "promise": _promise_kinds,
        "signing": _some_signing,
        "amendment": _some_change,
        "clause": _clause_types,
    }.get(record.name)
    return schema | (extra() if extra else {})


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = {"title": field.title, "description": field.about, **_shape(field.shape, definitions)}
    if field.default is not MISSING and isinstance(field.default, bool):
        schema["default"] = field.default
    if field.examples:
        schema["examples"] = list(field.examples)
    return schema


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911 - one line for each shape
    match shape:
        case Record():
            return _defined(shape.name, shape, definitions)
        case TwoWords():
            return _two_words(shape, definitions)
        case Many():
            return _many(shape, definitions)
        case KeysOrWords():
            return {"anyOf": [_many(shape.keys, definitions), _two_words(shape.words, definitions)]}
        case Words():
            return _words(shape)
        case Key():
            return {"type": "string", "pattern": KEY_PATTERN, "maxLength": shape.longest}
        case Choice():
            return {"enum": [str(option) for option in shape.options]}
    return _plain(shape)


def _plain(shape: Shape) -> dict[str, Any]:
    match shape:
        case MeasureCode():
            return {"type": "string", "pattern": MEASURE_PATTERN, "maxLength": MAX_URL}
        case Address():
            return {"type": "string", "pattern": URL_PATTERN, "maxLength": MAX_URL}
        case Day():
            return _day(shape)
        case Amount():
            return {"type": "number", "minimum" if shape.zero else "exclusiveMinimum": 0, "maximum": _LARGEST}
        case Position():
            return {"type": "integer", "minimum": 1, "maximum": 999_999}
    return {"const": shape.number} if isinstance(shape, Version) else {"type": "boolean"}


def _day(shape: Day) -> dict[str, Any]:
    if not shape.coarse:
        return {"type": "string", "format": "date", "pattern": DATE_PATTERN}
    year = {"type": "integer", "minimum": 1900, "maximum": _LAST_YEAR}
    return {"anyOf": [{"type": "string", "pattern": STATED_DATE_PATTERN}, year]}


def _words(shape: Words) -> dict[str, Any]:
    pattern = r"\S" if shape.lines else r"^[^\n]*\S[^\n]*$"
    return {"type": "string", "minLength": 1, "maxLength": shape.longest, "pattern": pattern}


def _two_words(shape: TwoWords, definitions: dict[str, Any]) -> dict[str, Any]:
    name = shape.name or ("prose" if shape.words.lines else "title")
    side = _words(shape.words)
    definitions[name] = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "en": {"title": "English", **side},
            "zh-hans": {"title": "Simplified Chinese", **side},
        },
    }
    return {"$ref": f"#/$defs/{name}"}


def _many(shape: Many, definitions: dict[str, Any]) -> dict[str, Any]:
    item = _shape(shape.item, definitions)
    several: dict[str, Any] = {"type": "array", "minItems": shape.least, "items": item}
    if shape.distinct:
        several["uniqueItems"] = True
    return {"anyOf": [item, several]} if shape.single else several


def _defined(name: str, record: Record, definitions: dict[str, Any]) -> dict[str, Any]:
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _record(record, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _promise_kinds() -> dict[str, Any]:
    return {
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": str(kind)}}, "required": ["kind"]},
                "then": {
                    "required": list(NEEDS.get(kind, ())),
                    "properties": dict.fromkeys(forbidden, False),
                },
            }
            for kind, forbidden in FORBIDS.items()
        ]
    }


def _clause_types() -> dict[str, Any]:
    owns = {"properties": {"type": {"const": str(ClauseType.FOREGROUND_IP)}}}
    return {"if": {"required": ["ip-mode"]}, "then": owns}


def _some_signing() -> dict[str, Any]:
    return {"anyOf": [{"required": ["on"]}, {"required": ["cited"]}]}


def _some_change() -> dict[str, Any]:
    return {"anyOf": [{"required": ["target"]}, {"required": ["due"]}]}
