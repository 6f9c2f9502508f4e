"""Between checked values and the frozen dataclasses, along the format, both ways."""

from __future__ import annotations

from typing import Any

from accord.engines.agreementfile._format import AGREEMENT
from accord.engines.agreementfile._shape import MISSING, Many, Record, Shape, Version
from accord.engines.agreementfile.types import AgreementFile, Bilingual


def build(values: dict[str, Any]) -> AgreementFile:
    """Make the agreement from values that were checked without an error."""
    agreement: AgreementFile = _build_record(values, AGREEMENT)
    return agreement


def take_apart(thing: Any, record: Record) -> dict[str, Any]:
    """Give the values of a dataclass by key, in the format's order, without what is absent or default."""
    values: dict[str, Any] = {}
    for field in record.fields:
        value = _attribute(thing, field.name, field.shape)
        if value is None or (field.default is not MISSING and value == field.default):
            continue
        values[field.key] = _apart(value, field.shape)
    return values


def _build_record(values: dict[str, Any], record: Record) -> Any:
    arguments: dict[str, Any] = {}
    for field in record.fields:
        if field.key not in values or isinstance(field.shape, Version):
            continue
        value = _built(values[field.key], field.shape)
        name = "to_others" if field.key == "to" and isinstance(value, Bilingual) else field.name
        arguments[name] = value
    return record.becomes(**arguments)


def _built(value: Any, shape: Shape) -> Any:
    if isinstance(shape, Record):
        return _build_record(value, shape)
    if isinstance(shape, Many):
        return tuple(_built(item, shape.item) for item in value)
    return value


def _attribute(thing: Any, name: str, shape: Shape) -> Any:
    if isinstance(shape, Version):
        return shape.number
    value = getattr(thing, name)
    return thing.to_others or value if name == "to" else value


def _apart(value: Any, shape: Shape) -> Any:
    if isinstance(shape, Record):
        return take_apart(value, shape)
    if isinstance(shape, Many):
        return tuple(_apart(item, shape.item) for item in value)
    return value
