"""Answers `accord match`: places people and shows it, or checks a result that somebody published."""

import json
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._refusals import refused_by_engine, refused_tables
from accord.config.cli._tables import emit
from accord.config.cli._talk import Talk
from accord.config.cli._words import Words
from accord.config.cli._written import write_table
from accord.config.cli.placing import _tell as tell
from accord.config.cli.placing._again import Round, claimed, moves_data, solved, tell_moves
from accord.config.cli.placing._asked import Asked, repeated
from accord.config.cli.placing._breaches import BREACHES
from accord.config.cli.placing._own import own_places
from accord.config.cli.placing._result import (
    Result,
    differences,
    faults_of,
    read_result,
    refusal,
    result_data,
    verdict,
)
from accord.config.cli.placing._sentences import SENTENCES
from accord.engines.matching import Explanation, Market, MarketError, Outcome, check, explain
from accord.kernel.sheets import FaultyTablesError

JSON = ".json"


def answer(asked: Asked, talk: Talk) -> int:
    """Return the exit code of what was asked; faults of the tables and refusals of the engine are told in words."""
    try:
        if asked.cutoffs:
            return _checked_own(asked, read_result(asked.cutoffs, asked.language))
        return _checked(asked, read_result(asked.check, asked.language)) if asked.check else _placed(asked, talk)
    except FaultyTablesError as error:
        return refused_tables(error, str(asked.file), asked.language, as_json=asked.as_json)
    except MarketError as error:
        return refused_by_engine(error, asked.language, as_json=asked.as_json)


def _placed(asked: Asked, talk: Talk) -> int:
    words = Words(SENTENCES, asked.language)
    market = asked.source().market(asked.reserve_order)
    found = solved(market, asked)
    certificate = check(found.market, found.outcome)
    # Nobody's word is taken for it, not even the engine's own: what does not hold is neither shown nor written.
    if not certificate.sound:
        return _tell_off(list(faults_of(certificate, asked.language)), asked)
    explained = explanations(found.market, found.outcome, asked.explain, words)
    data = _data(result_data(found.market, found.outcome, certificate, asked.settings()), found, explained)
    _write(asked, found, data, talk)
    if asked.as_json:
        emit(data)
        return Exit.DONE
    if not asked.output:
        tell.tell_places(found.market, found.outcome, words)
    tell.tell_certificate(certificate, words)
    if found.moves is not None:
        tell_moves(found.moves, words)
    tell.tell_explanations(_lines(explained, asked.language))
    return Exit.DONE


def _data(data: dict[str, Any], found: Round, explained: Sequence[Explanation]) -> dict[str, Any]:
    more = {} if found.moves is None else {"moves": moves_data(found.moves)}
    return data | more | ({"explanations": [one.as_data() for one in explained]} if explained else {})


def _write(asked: Asked, found: Round, data: dict[str, Any], talk: Talk) -> None:
    words = Words(SENTENCES, asked.language)
    for path in asked.output:
        if path.suffix.casefold() == JSON:
            path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            write_table(path, tell.head(words), tell.rows(found.market, found.outcome, words))
        talk.say(words("wrote", file=path))


def explanations(market: Market, outcome: Outcome, people: Sequence[str], words: Words) -> list[Explanation]:
    """Return what each of these applicants may be told.

    Raises:
        StopError: somebody is not in the file.

    """
    for who in people:
        if who not in market.applicants:
            near = get_close_matches(who, market.applicants, 1)
            hint = words("hint", near=near[0]) if near else ""
            raise StopError(words("unknown-applicant", who=who, hint=hint), Exit.NOT_FOUND)
    return [explain(market, outcome, who) for who in people]


def _lines(explained: Sequence[Explanation], language: str) -> dict[str, list[str]]:
    return {one.applicant: one.words(language).splitlines() for one in explained}


def _checked(asked: Asked, result: Result) -> int:
    market = asked.source().market(asked.reserve_order or result.settings.reserve_order)
    try:
        claim = claimed(market, asked, result)
    except MarketError as error:
        return _tell_off([error.words(asked.language)], asked)
    off = verdict(claim.market, claim.outcome, result, asked.language)
    try:
        again = claim.again or repeated(market, claim.outcome, result.settings)
        off += differences(claim.market, claim.outcome, again, asked.language)
    except MarketError as error:
        off.append(refusal(error, asked.language))
    return _tell_off(off, asked) if off else _tell_sound(asked, result, claim.market, claim.outcome)


def _checked_own(asked: Asked, result: Result) -> int:
    found = list(own_places(asked, result))
    off = [line for agrees, line in found if not agrees]
    if asked.as_json:
        emit({"ok": not off, "problems": [{"what": line} for line in off]})
    else:
        click.echo("\n".join(line for _, line in found))
    return Exit.NOT_SOUND if off else Exit.DONE


def _tell_sound(asked: Asked, result: Result, market: Market, outcome: Outcome) -> int:
    if asked.as_json:
        emit({"ok": True, "problems": []})
        return Exit.DONE
    words = Words(SENTENCES, asked.language)
    placed = int((outcome.edge >= 0).sum())
    click.echo(Words(BREACHES, asked.language)("sound", file=asked.file, result=result.path, placed=placed))
    tell.tell_certificate(check(market, outcome), words)
    tell.tell_explanations(_lines(explanations(market, outcome, asked.explain, words), asked.language))
    return Exit.DONE


def _tell_off(off: list[str], asked: Asked) -> int:
    """Name what does not hold; return the exit code for it."""
    if asked.as_json:
        emit({"ok": False, "problems": [{"what": line} for line in off]})
        return Exit.NOT_SOUND
    click.echo(Words(BREACHES, asked.language)("not-sound", n=len(off)))
    for line in off:
        click.echo("  " + line)
    return Exit.NOT_SOUND
