"""A text in both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["en", "zh-hans"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-hans")


@dataclass(frozen=True, slots=True, eq=False)
class Words(Mapping[str, str]):
    """One text in both languages, read as the mapping that it was written as: ``words["zh-hans"]``."""

    en: str
    zh_hans: str

    def __getitem__(self, language: str) -> str:
        if language not in LANGUAGES:
            raise KeyError(language)
        return self.zh_hans if language == "zh-hans" else self.en

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)

    def __hash__(self) -> int:
        return hash((self.en, self.zh_hans))
