"""Bilingual content: one value, two languages, and an honest gap where one is missing."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language

EN = "en"
ZH = "zh-hans"
LANGUAGES = (EN, ZH)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and Simplified Chinese; either side may be missing (empty)."""

    en: str = ""
    zh_hans: str = ""

    @classmethod
    def of(cls, value: "Mapping[str, str] | Bilingual | str | None") -> "Bilingual":
        """Make one from a mapping with the keys `en` and `zh-hans`, or from English text."""
        if isinstance(value, Bilingual):
            return value
        if isinstance(value, str):
            return cls(en=value)
        parts = value or {}
        return cls(en=parts.get(EN, ""), zh_hans=parts.get(ZH, ""))

    def as_dict(self) -> dict[str, str]:
        """Return the sides that are there, keyed by language."""
        return {code: text for code, text in ((EN, self.en), (ZH, self.zh_hans)) if text}

    def side(self, language: str) -> str:
        """Return one side, empty when it is missing."""
        return self.zh_hans if language == ZH else self.en

    def language_for(self, language: str | None = None) -> str:
        """Return the language that will be shown to a reader of `language` (default: the active one)."""
        wanted = language or get_language() or EN
        wanted = ZH if wanted.startswith("zh") else EN
        if self.side(wanted) or not (self.en or self.zh_hans):
            return wanted
        return EN if wanted == ZH else ZH

    def is_missing(self, language: str | None = None) -> bool:
        """Say whether the reader's own language is missing, so that the other side is shown."""
        wanted = language or get_language() or EN
        return self.language_for(wanted) != (ZH if wanted.startswith("zh") else EN)

    def __str__(self) -> str:
        """Return the text in the reader's language, or the other side when it is missing."""
        return self.side(self.language_for())

    def __bool__(self) -> bool:
        """Say whether there is any text."""
        return bool(self.en or self.zh_hans)


def tidied(text: Bilingual) -> Bilingual:
    """Return a text of one line without doubled or trailing spaces."""
    return Bilingual(*(" ".join(unicodedata.normalize("NFC", side).split()) for side in (text.en, text.zh_hans)))


def trimmed(text: Bilingual) -> Bilingual:
    """Return a text of several lines without spaces around it."""
    return Bilingual(*(unicodedata.normalize("NFC", side).strip() for side in (text.en, text.zh_hans)))


class BilingualField(models.JSONField):
    """Stores a `Bilingual` as `{"en": …, "zh-hans": …}`; the missing side has no key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Default to an empty text."""
        kwargs.setdefault("default", Bilingual)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Bilingual | None:
        """Turn the stored mapping into a `Bilingual`."""
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else Bilingual.of(loaded)

    def to_python(self, value: Any) -> Bilingual | None:
        """Accept a mapping, a `Bilingual` or English text."""
        return None if value is None else Bilingual.of(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 (Django's signature)
        """Store the sides that are there."""
        plain = value.as_dict() if isinstance(value, Bilingual) else value
        return super().get_db_prep_value(plain, connection, prepared)

    def value_to_string(self, obj: models.Model) -> Any:
        """Serialise as the stored mapping."""
        return Bilingual.of(self.value_from_object(obj)).as_dict()
