"""Names of tables and headings, compared as people read them."""

import re
import unicodedata
from dataclasses import dataclass

BETWEEN = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True)
class Name:
    """What a table is called in English and in Chinese, and how else."""

    en: str
    zh: str
    also: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Return every name that is understood."""
        return (self.en, self.zh, *self.also)


def plain(text: str) -> str:
    """Return a heading without what people do not mean: case, full width, underscores, spaces around."""
    return BETWEEN.sub(" ", unicodedata.normalize("NFKC", text)).strip(" *:").casefold()
