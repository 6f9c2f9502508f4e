"""Writes a questionnaire as plain data in one canonical form, and its digest."""

import hashlib
import json
from datetime import date
from enum import Enum
from typing import Any

from accord.engines.questionnaire._format import DEFAULTS, keys_of
from accord.engines.questionnaire.types import (
    All,
    Condition,
    Either,
    Json,
    Not,
    One,
    Option,
    Question,
    Questionnaire,
    Section,
    Words,
)

_BARE = {"required": True, "identity": False, "to_hosts": False}


def as_data(questionnaire: Questionnaire) -> dict[str, Json]:
    """Return the definition as JSON holds it; keys that say what holds without them are left out."""
    return {"sections": [_section(section) for section in questionnaire.sections]}


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of the definition: the same exactly where the same is asked."""
    text = json.dumps(as_data(questionnaire), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"accord questionnaire 1\n" + text.encode()).hexdigest()


def _section(section: Section) -> dict[str, Json]:
    whole: dict[str, Json] = {"key": section.key, "title": _plain(section.title)}
    if section.help:
        whole["help"] = _plain(section.help)
    if section.show_if:
        whole["show_if"] = condition_data(section.show_if)
    return whole | {"questions": [_question(question) for question in section.questions]}


def _question(question: Question) -> Json:
    defaults = _BARE | DEFAULTS.get(question.kind, {})
    found = {key: getattr(question, "source" if key == "from" else key) for key in keys_of(question.kind)}
    return {key: _plain(value) for key, value in found.items() if not _says_nothing(value, defaults.get(key))}


def _says_nothing(value: object, default: object) -> bool:
    """Say whether the same holds without the key; a bound of 0 is one, though it equals False."""
    return value == default if default is not None else value is None or value is False or value in ("", ())


def _plain(value: Any) -> Json:
    match value:
        case Words():
            plain: Json = {**value.as_dict()}
        case Option():
            plain = {"key": value.key, "label": _plain(value.label)}
        case One() | All() | Either() | Not():
            plain = condition_data(value)
        case tuple():
            plain = [_plain(one) for one in value]
        case date():
            plain = value.isoformat()
        case Enum():
            plain = str(value.value)
        case _:
            plain = value
    return plain


def condition_data(condition: Condition) -> Json:
    """Return a condition as it stands in a definition."""
    match condition:
        case One():
            data: dict[str, Json] = {"question": condition.question, condition.op.value: _plain(condition.value)}
            return data | ({"day": condition.day.isoformat()} if condition.day else {})
        case Not(part):
            return {"not": condition_data(part)}
        case All(parts):
            return {"all": [condition_data(part) for part in parts]}
        case Either(parts):
            return {"any": [condition_data(part) for part in parts]}
