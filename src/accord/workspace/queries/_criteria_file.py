"""The rules by which incubators are judged, read from `criteria.yaml` and checked.

Every number of a rule stands in that file alone. A fault in it is told by its place and by what stands there instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from accord.kernel.text import LANGUAGES, Bilingual
from accord.workspace.enums import CriterionValue

FILE: Final = Path(__file__).parents[1] / "criteria.yaml"
MONEY: Final = frozenset({CriterionValue.SEED_FUND})
JOINS: Final = ("all", "any")
SOURCE_KEYS: Final = ("key", "year", "title", "number", "issuer", "reading")
EARLIEST, LATEST = 1900, 2200


class WrongCriteriaError(ValueError):
    """The file of criteria says something that cannot be meant; the words say where and what."""


@dataclass(frozen=True, slots=True)
class RuleSource:
    """Where the numbers of a set come from, and how they were read."""

    key: str
    year: int
    title: Bilingual
    number: Bilingual
    issuer: Bilingual
    reading: Bilingual


@dataclass(frozen=True, slots=True)
class Demand:
    """A value and the least that is asked of it; none where the source states no number."""

    value: CriterionValue
    at_least: Decimal | None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One rule: its demands, of which all must hold, or any."""

    code: str
    name: Bilingual
    rule: Bilingual
    demands: tuple[Demand, ...]
    is_any: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one level, with their source; `note` says what the source leaves open."""

    key: str
    name: Bilingual
    source: RuleSource
    criteria: tuple[Criterion, ...]
    note: Bilingual

    def find(self, code: str) -> Criterion | None:
        """Return the criterion with this code, if there is one."""
        return next((one for one in self.criteria if one.code == code), None)


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """Return the sets of rules of the shipped file; raises `WrongCriteriaError`."""
    return read_criteria(FILE.read_text(encoding="utf-8"))


def read_criteria(text: str) -> tuple[RuleSet, ...]:
    """Return the sets of rules that a text holds, in its order; raises `WrongCriteriaError` at the first fault."""
    try:
        whole = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongCriteriaError(f"criteria.yaml is no YAML: {error}") from error
    whole = _mapping(whole, "criteria.yaml", needs=("sources", "sets"))
    sources: dict[str, RuleSource] = {}
    for number, raw in enumerate(_rows(whole["sources"], "sources")):
        source = _source(raw, f"sources.{number}")
        _once(source.key, sources, f"sources.{number}.key")
        sources[source.key] = source
    sets: dict[str, RuleSet] = {}
    for number, raw in enumerate(_rows(whole["sets"], "sets")):
        one = _set(raw, f"sets.{number}", sources, sets)
        _once(one.key, sets, f"sets.{number}.key")
        sets[one.key] = one
    return tuple(sets.values())


def _source(raw: Any, at: str) -> RuleSource:
    found = _mapping(raw, at, needs=SOURCE_KEYS)
    year = found["year"]
    if not isinstance(year, int) or not EARLIEST <= year <= LATEST:
        raise WrongCriteriaError(f"{at}.year: {year!r} is no year; write it as 2018")
    words = {name: _words(found[name], f"{at}.{name}") for name in ("title", "number", "issuer", "reading")}
    return RuleSource(key=_key(found["key"], f"{at}.key"), year=year, **words)


def _set(raw: Any, at: str, sources: Mapping[str, RuleSource], sets: Mapping[str, RuleSet]) -> RuleSet:
    found = _mapping(raw, at, needs=("key", "source", "name", "criteria"), may=("like", "note"))
    known = _among(found["source"], sources, f"{at}.source")
    base = _among(found["like"], sets, f"{at}.like") if "like" in found else None
    criteria = {one.code: one for one in base.criteria} if base else {}
    own: set[str] = set()
    for number, each in enumerate(_rows(found["criteria"], f"{at}.criteria")):
        place = f"{at}.criteria.{number}"
        one = _criterion(each, place, criteria, is_own=base is None)
        _once(one.code, own, f"{place}.code")
        own.add(one.code)
        criteria[one.code] = one
    return RuleSet(
        key=_key(found["key"], f"{at}.key"),
        name=_words(found["name"], f"{at}.name"),
        source=known,
        criteria=tuple(criteria.values()),
        note=_words(found["note"], f"{at}.note") if "note" in found else Bilingual(),
    )


def _criterion(raw: Any, at: str, known: Mapping[str, Criterion], *, is_own: bool) -> Criterion:
    """Return one criterion; in a set that is like another it may say its demands alone."""
    code = _key(_mapping(raw, at, needs=("code",), may=("name", "rule", *JOINS))["code"], f"{at}.code")
    base = None if is_own else known.get(code)
    found = _mapping(raw, at, needs=("code",) if base else ("code", "name", "rule"), may=("name", "rule", *JOINS))
    joins = [join for join in JOINS if join in found]
    if len(joins) != 1:
        raise WrongCriteriaError(f"{at}: write either `all` or `any`, with what is asked for")
    rows = _rows(found[joins[0]], f"{at}.{joins[0]}")
    demands = tuple(_demand(each, f"{at}.{joins[0]}.{number}") for number, each in enumerate(rows))
    if base:
        return replace(base, demands=demands, is_any=joins[0] == "any")
    name, rule = (_words(found[part], f"{at}.{part}") for part in ("name", "rule"))
    return Criterion(code, name, rule, demands, is_any=joins[0] == "any")


def _demand(raw: Any, at: str) -> Demand:
    found = _mapping(raw, at, needs=("value", "at_least"), may=("currency",))
    value = CriterionValue(_among(found["value"], {one.value: one.value for one in CriterionValue}, f"{at}.value"))
    least, currency = found["at_least"], str(found.get("currency", ""))
    if least is not None and (isinstance(least, bool) or not isinstance(least, int | float) or least <= 0):
        raise WrongCriteriaError(f"{at}.at_least: {least!r} is no number above 0; write one, or null for none stated")
    if (value in MONEY) != bool(currency):
        hint = "name its currency" if value in MONEY else "is no money: leave the currency out"
        raise WrongCriteriaError(f"{at}: {value.value} {hint}")
    return Demand(value, None if least is None else Decimal(str(least)), currency)


def _mapping(raw: Any, at: str, *, needs: Sequence[str], may: Sequence[str] = ()) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise WrongCriteriaError(f"{at}: expected names with values, found {type(raw).__name__}")
    if missing := [name for name in needs if name not in raw]:
        raise WrongCriteriaError(f"{at}: {', '.join(missing)} is missing")
    if odd := [str(name) for name in raw if name not in {*needs, *may}]:
        raise WrongCriteriaError(f"{at}: {', '.join(odd)} means nothing here; known are {', '.join((*needs, *may))}")
    return raw


def _rows(raw: Any, at: str) -> Sequence[Any]:
    if not isinstance(raw, list) or not raw:
        raise WrongCriteriaError(f"{at}: expected a list with at least one row")
    return raw


def _words(raw: Any, at: str) -> Bilingual:
    found = _mapping(raw, at, needs=LANGUAGES)
    if empty := [name for name in LANGUAGES if not isinstance(found[name], str) or not found[name].strip()]:
        raise WrongCriteriaError(f"{at}: the text in {', '.join(empty)} is empty")
    return Bilingual.of({name: found[name].strip() for name in LANGUAGES})


def _key(raw: Any, at: str) -> str:
    text = str(raw)
    if not text.replace("-", "").isalnum() or not text.isascii() or text != text.lower():
        raise WrongCriteriaError(f"{at}: {text!r} is no key; use small letters, figures and hyphens")
    return text


def _among(raw: Any, known: Mapping[str, Any], at: str) -> Any:
    if raw not in known:
        raise WrongCriteriaError(f"{at}: {raw!r} is not known; choose one of {', '.join(known)}")
    return known[raw]


def _once(key: str, seen: "Mapping[str, Any] | set[str]", at: str) -> None:
    if key in seen:
        raise WrongCriteriaError(f"{at}: {key!r} stands here twice")
