"""Takes a definition apart and notes every fault on the way; whatever stands there, nothing here raises."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Final

from accord.engines.questionnaire._fault_words import FAULTS
from accord.engines.questionnaire._figures import figure_of, written
from accord.engines.questionnaire.types import Fault, Figure, Words

KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_KEY, LONGEST_TEXT = 60, 5_000
LANGUAGES: Final = {"en": Words("English", "英文"), "zh-hans": Words("Chinese", "中文")}

MAPPING = Words("a mapping", "映射")
LIST = Words("a list", "列表")
TEXT = Words("a text", "文本")
NUMBER = Words("a number", "数字")
WHOLE = Words("a whole number", "整数")
FLAG = Words("true or false", "true或false")
NOTHING = Words("nothing", "空值")
OTHER = Words("something else", "其他内容")


class Faults:
    """Every fault that was found so far."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, code: str, where: str, **params: Words | str | int) -> None:
        """Will note a fault, in both languages; what follows a space in the code chooses other words for it."""
        english, chinese = FAULTS[code]
        self.found.append(
            Fault(code.partition(" ")[0], where, Words(_fill(english, "en", params), _fill(chinese, "zh-hans", params)))
        )

    def wrong_type(self, value: object, where: str, expected: Words) -> None:
        """Will note that something else stands where `expected` belongs."""
        self.add("wrong-type", where, found=_named(value), expected=expected)

    def unknown(self, word: str, where: str, known: Collection[str]) -> None:
        """Will note a word that is not among the known ones, with the near one where there is one."""
        near = get_close_matches(word, known, 1)
        if near:
            self.add("unknown-word near", where, word=word, near=near[0])
        else:
            self.add("unknown-word", where, word=word, known=listed(known))

    def unknown_question(self, key: str, where: str, known: Collection[str]) -> None:
        """Will note a question that is not there, with the near one where there is one."""
        near = get_close_matches(key, known, 1)
        if near:
            self.add("unknown-question near", where, key=key, near=near[0])
        else:
            self.add("unknown-question", where, key=key)


def _fill(text: str, language: str, params: Mapping[str, Words | str | int]) -> str:
    sides = {name: one.side(language) if isinstance(one, Words) else one for name, one in params.items()}
    return text.format(**sides)


def _named(value: object) -> Words:
    if value is None:
        return NOTHING
    named = [(bool, FLAG), (int | float, NUMBER), (str, TEXT), (Mapping, MAPPING), (list | tuple, LIST)]
    return next((words for kind, words in named if isinstance(value, kind)), OTHER)


def listed(known: Collection[str]) -> Words:
    """Return a list of words in backticks, as each language writes it."""
    ticked = [f"`{word}`" for word in known]
    return Words(", ".join(ticked), "、".join(ticked))


def join(where: str, key: str) -> str:
    """Return the path of a key below a path."""
    return f"{where}.{key}" if where else key


def mapping_at(value: object, where: str, faults: Faults) -> Mapping[str, object] | None:
    """Return a mapping with texts for keys, or None with a fault."""
    if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
        return value
    faults.wrong_type(value, where, MAPPING)
    return None


def needs(found: Mapping[str, object], where: str, faults: Faults, keys: Collection[str]) -> bool:
    """Say whether all needed keys are there; each that is not is a fault."""
    missing = [key for key in keys if key not in found]
    for key in missing:
        faults.add("missing-key", where, key=key)
    return not missing


def only(found: Mapping[str, object], where: str, faults: Faults, known: Collection[str]) -> None:
    """Will note every key that is not known here."""
    for key in found:
        if key not in known:
            near = get_close_matches(key, known, 1)
            if near:
                faults.add("unknown-key near", join(where, key), key=key, near=near[0])
            else:
                faults.add("unknown-key", join(where, key), key=key, known=listed(known))


def entries_at(value: object, where: str, faults: Faults, least: int, most: int) -> Sequence[object]:
    """Return the entries of a list, empty where it is none; too few or too many are a fault."""
    if not isinstance(value, list | tuple):
        faults.wrong_type(value, where, LIST)
        return ()
    if len(value) < least:
        faults.add("too-few", where, found=len(value), least=least)
    if len(value) > most:
        faults.add("too-many", where, found=len(value), most=most)
        return value[:most]
    return value


def words_at(value: object, where: str, faults: Faults) -> Words | None:
    """Return a text in both languages, or None with a fault for each side that is missing."""
    found = mapping_at(value, where, faults)
    if found is None:
        return None
    only(found, where, faults, LANGUAGES)
    sides = [_side(found, language, where, faults) for language in LANGUAGES]
    return Words(*sides) if all(sides) else None


def _side(found: Mapping[str, object], language: str, where: str, faults: Faults) -> str:
    text = found.get(language, "")
    if not isinstance(text, str):
        faults.wrong_type(text, join(where, language), TEXT)
        return ""
    if not text.strip():
        faults.add("missing-language", where, language=LANGUAGES[language])
    if len(text) > LONGEST_TEXT:
        faults.add("too-long", join(where, language), found=len(text), most=LONGEST_TEXT)
    return text.strip()


def text_at(value: object, where: str, faults: Faults) -> str | None:
    """Return a text, or None with a fault."""
    if isinstance(value, str):
        return value
    faults.wrong_type(value, where, TEXT)
    return None


def key_at(value: object, where: str, faults: Faults) -> str | None:
    """Return a key, or None with a fault."""
    text = text_at(value, where, faults)
    if text is not None and not (KEY.fullmatch(text) and len(text) <= LONGEST_KEY):
        faults.add("key-form", where, text=text[:LONGEST_KEY])
        return None
    return text


def flag_at(value: object, where: str, faults: Faults) -> bool | None:
    """Return true or false, or None with a fault."""
    if isinstance(value, bool):
        return value
    faults.wrong_type(value, where, FLAG)
    return None


def count_at(value: object, where: str, faults: Faults, span: tuple[int, int]) -> int | None:
    """Return a whole number within a span, or None with a fault."""
    if isinstance(value, bool) or not isinstance(value, int):
        faults.wrong_type(value, where, WHOLE)
        return None
    least, most = span
    if not least <= value <= most:
        shown = str(value) if abs(value) < 10**15 else WHOLE
        faults.add("out-of-range", where, found=shown, least=least, most=most)
        return None
    return value


def figure_at(value: object, where: str, faults: Faults) -> Figure | None:
    """Return a number that JSON keeps without loss, or None with a fault."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.wrong_type(value, where, NUMBER)
        return None
    figure = figure_of(value)
    if figure is None:
        faults.add("number-form", where)
    return figure


def day_at(value: object, where: str, faults: Faults) -> date | None:
    """Return a day written as year, month and day (YAML hands over the day itself), or None with a fault."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = text_at(value, where, faults)
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else _no_day(text)
    except ValueError:
        faults.add("date-form", where, text=text[:LONGEST_KEY])
        return None


def _no_day(text: str) -> date:
    raise ValueError(text)


def said(value: str | Figure) -> Words:
    """Return a value of a definition as it may stand in a sentence."""
    text = f"`{value[:LONGEST_KEY]}`" if isinstance(value, str) else written(value)
    return Words(text, text)
