"""Keeps an outcome in a file, reads it back, and finds what is off about one that was published."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._words import Words
from accord.config.cli.placing._breaches import BREACHES
from accord.config.cli.placing._settings import Settings, settings_from_data
from accord.engines.matching import (
    Certificate,
    Market,
    MarketError,
    Outcome,
    block_words,
    check,
    fault_words,
    outcome_as_data,
    outcome_from_data,
)

FORMATS: Final = {"accord match 1"}
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """A published result as it stands in its file: what it claims, and the settings it was made with."""

    path: Path
    settings: Settings
    outcome: Data
    certificate: Data


def result_data(market: Market, outcome: Outcome, certificate: Certificate, settings: Settings) -> Data:
    """Return an outcome for programs, with its certificate and what it takes to repeat it."""
    (name,) = FORMATS
    return {
        "format": name,
        "settings": settings.as_data(),
        "outcome": outcome_as_data(market, outcome),
        "certificate": certificate.as_data(),
    }


def read_result(path: Path, language: str) -> Result:
    """Return what a result file claims.

    Raises:
        StopError: the file is no such result.

    """
    words = Words(BREACHES, language)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        known = data["format"] in FORMATS
        found = Result(path, settings_from_data(data["settings"]), dict(data["outcome"]), dict(data["certificate"]))
    except (ValueError, KeyError, TypeError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise StopError(words("unreadable", file=path, detail=detail), Exit.NOT_SOUND) from None
    if not known:
        raise StopError(words("unreadable", file=path, detail=data["format"]), Exit.NOT_SOUND)
    return found


def outcome_of(market: Market, result: Result) -> Outcome:
    """Return the outcome that a result claims.

    Raises:
        MarketError: it is not one of this market.

    """
    return outcome_from_data(market, result.outcome)


def faults_of(certificate: Certificate, language: str) -> Iterator[str]:
    """Yield in words what keeps an outcome from being sound."""
    yield from (fault_words(certificate, number, language) for number in range(len(certificate.faults)))
    if certificate.stable is False:
        yield from (block_words(one, language) for one in certificate.blocking if not one.by_decision)


def differences(market: Market, told: Outcome, here: Outcome, language: str) -> Iterator[str]:
    """Yield in words whom a repetition places elsewhere."""
    words = Words(BREACHES, language)
    for who, first, second in zip(market.applicants, told.edge.tolist(), here.edge.tolist(), strict=True):
        if first != second:
            yield words("repeat", who=who, told=_place(market, first), here=_place(market, second))


def certificate_differences(certificate: Certificate, published: Mapping[str, Any], language: str) -> Iterator[str]:
    """Yield in words which parts of a published certificate are not what the outcome gives."""
    words = Words(BREACHES, language)
    # Through JSON and back, so that tuples and lists compare as what a file can hold.
    here = json.loads(json.dumps(certificate.as_data()))
    for key in sorted({*here, *published}):
        if here.get(key) != published.get(key):
            yield words("certificate", where=key)


def verdict(market: Market, outcome: Outcome, result: Result, language: str) -> list[str]:
    """Return in words everything that is off about an outcome and the certificate published with it."""
    certificate = check(market, outcome)
    return [*faults_of(certificate, language), *certificate_differences(certificate, result.certificate, language)]


def refusal(error: MarketError, language: str) -> str:
    """Return in words that a repetition is refused."""
    return Words(BREACHES, language)("repeat-refused", words=error.words(language))


def _place(market: Market, edge: int) -> str:
    return market.programmes[market.programme[edge]] if edge >= 0 else "–"
