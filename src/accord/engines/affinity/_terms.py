"""From text to terms: words as they stand, and every two neighbouring characters where no spaces part the words."""

import re
from itertools import pairwise
from unicodedata import normalize

from accord.engines.affinity.types import Document

UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
"""Kana, Han characters and Hangul; their compatible forms are folded into these before."""
RUNS = re.compile(rf"([{UNSPACED}]+)|([^\W_{UNSPACED}]{{2,}})")


def text_of(document: Document | str) -> str:
    """Will join title and abstract, so that no term reaches across."""
    return document if isinstance(document, str) else f"{document.title}\n{document.abstract}"


def terms(text: str) -> list[str]:
    """Will give the terms of a text in order: wide and narrow forms, capitals and small letters are one.

    A word is letters and digits, two at least. A run of Chinese characters gives its bigrams; a single one
    stands for itself. Words and bigrams of one text share one index, so mixed text needs no setting.
    """
    found: list[str] = []
    for run, word in RUNS.findall(normalize("NFKC", text).casefold()):
        if word:
            found.append(word)
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(map("".join, pairwise(run)))
    return found
