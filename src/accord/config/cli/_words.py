"""Sentences that commands print, in English and in Simplified Chinese, from tables of both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Sentences = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a command in one language, ``en`` or ``zh-hans``."""

    sentences: Sentences
    language: str

    def __call__(self, code: str, **figures: object) -> str:
        """Return one sentence with its figures."""
        return self.sentences[code][self.language != "en"].format(**figures)

    def listed(self, names: Iterable[object]) -> str:
        """Return names with the comma of the language between them."""
        return (", " if self.language == "en" else "、").join(map(str, names))


def figure(value: float) -> str:
    """Return a number as people write it: 81.5, 70, 0.3333."""
    return f"{round(value, 4):.10g}"
