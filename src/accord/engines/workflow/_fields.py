"""Reads single values of a definition and notes what is wrong with them; None stands for what cannot be used."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from accord.engines.workflow._messages import advice, fault_words, term
from accord.engines.workflow._words import LANGUAGES, Words
from accord.engines.workflow.refusals import Fault

MOST_KEY: Final = 60
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS: Final = ((bool, "yes or no"), (str, "a text"), (int | float, "a number"), (Mapping, "a mapping"))


class Faults:
    """The faults of one definition, as they are found."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def in_order(self) -> tuple[Fault, ...]:
        """Return the faults by their place, entry after entry."""
        return tuple(sorted(self.found, key=lambda one: _place(one.where)))

    def add(self, code: str, where: str, **params: object) -> None:
        """Note a fault."""
        self.found.append(Fault(code, where, fault_words(code, params)))

    def wrong_kind(self, where: str, value: object, expected: str) -> None:
        """Note that a value is of another kind than belongs there."""
        self.add("wrong-kind", where, found=term(_kind(value)), expected=term(expected))

    def unknown(self, code: str, where: str, word: str, known: tuple[str, ...]) -> None:
        """Note a word that is not known, with the nearest that is."""
        near = get_close_matches(word[:100].lower(), known, n=1, cutoff=0.6)
        self.add(code, where, key=shown(word), advice=advice(near[0] if near else "", known))


def _place(where: str) -> list[str | int]:
    # Figures and other parts alternate, so that like is compared with like.
    return [int(part) if part.isdecimal() else part for part in re.split(r"([0-9]+)", where)]


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "something else")


def shown(value: object) -> str:
    """Return a word of the definition as a sentence can quote it."""
    text = "".join("\N{REPLACEMENT CHARACTER}" if _is_odd(one) else one for one in str(value))
    return text if len(text) <= MOST_KEY else f"{text[:MOST_KEY]}…"


def _is_odd(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character != "\n"


def mapping(
    value: object, where: str, faults: Faults, *, needs: tuple[str, ...], may: tuple[str, ...] = ()
) -> Mapping[str, Any] | None:
    """Will check a mapping's keys: all of ``needs``, none beside these and ``may``."""
    if not isinstance(value, Mapping):
        faults.wrong_kind(where, value, "a mapping")
        return None
    for key in needs:
        if key not in value:
            faults.add("missing-key", where, key=key)
    for key in value:
        if key not in (*needs, *may):
            faults.unknown("extra-key", where, str(key), (*needs, *may))
    return value


def entries(value: object, where: str, most: int, faults: Faults) -> list[Any] | None:
    """Will check that a value is a list with something in it, and not too much."""
    if not isinstance(value, list | tuple):
        faults.wrong_kind(where, value, "a list")
    elif not value:
        faults.add("empty-list", where)
    elif len(value) > most:
        faults.add("too-many", where, found=len(value), most=most)
    else:
        return list(value)
    return None


def text(value: object, where: str, faults: Faults) -> str | None:
    """Will check that a value is a text."""
    if isinstance(value, str):
        return value
    faults.wrong_kind(where, value, "a text")
    return None


def key(value: object, where: str, faults: Faults) -> str | None:
    """Will check the form of a key; one in a wrong form is returned all the same, for others may refer to it."""
    word = text(value, where, faults)
    if word is not None and (not _KEY.fullmatch(word) or len(word) > MOST_KEY):
        faults.add("key-form", where, key=shown(word), most=MOST_KEY)
    return word


def flag(value: object, where: str, faults: Faults) -> bool | None:
    """Will check a true or false."""
    if isinstance(value, bool):
        return value
    faults.wrong_kind(where, value, "yes or no")
    return None


def one_of(value: object, where: str, faults: Faults, *, known: tuple[str, ...], code: str) -> str | None:
    """Will check a word against those that are known."""
    word = text(value, where, faults)
    if word is not None and word not in known:
        faults.unknown(code, where, word, known)
        return None
    return word


def some_of(value: object, where: str, faults: Faults, *, known: tuple[str, ...], code: str) -> tuple[str, ...]:
    """Will check a list of words, each known and named once; returns those that are."""
    if not isinstance(value, list | tuple):
        faults.wrong_kind(where, value, "a list")
        return ()
    kept: list[str] = []
    for at, entry in enumerate(value):
        word = one_of(entry, f"{where}[{at}]", faults, known=known, code=code)
        if word in kept:
            faults.add("repeated", f"{where}[{at}]", key=word)
        elif word is not None:
            kept.append(word)
    return tuple(kept)


def words(value: object, where: str, most: int, faults: Faults) -> Words | None:
    """Will check a text in both languages."""
    if not isinstance(value, Mapping):
        faults.wrong_kind(where, value, "two languages")
        return None
    for extra in value:
        if extra not in LANGUAGES:
            faults.unknown("extra-key", where, str(extra), LANGUAGES)
    english, chinese = (_side(value.get(language), where, language, most, faults) for language in LANGUAGES)
    return None if english is None or chinese is None else Words(english, chinese)


def _side(value: object, where: str, language: str, most: int, faults: Faults) -> str | None:
    place = f"{where}.{language}"
    side = text("" if value is None else value, place, faults)
    if side is None:
        return None
    side = side.strip()
    if not side:
        faults.add("missing-language", place, language=term(language))
    elif len(side) > most:
        faults.add("text-too-long", place, found=len(side), most=most)
    elif odd := next((at for at, one in enumerate(side, 1) if _is_odd(one)), 0):
        faults.add("odd-character", place, place=odd)
    else:
        return side
    return None
