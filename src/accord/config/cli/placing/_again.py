"""Matches again after a first round, and says who moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._tables import table
from accord.config.cli._words import Words
from accord.config.cli.placing._asked import Asked
from accord.config.cli.placing._breaches import BREACHES
from accord.config.cli.placing._result import Result, outcome_of, read_result
from accord.config.cli.placing._sentences import MOVES
from accord.config.cli.placing._settings import Settings
from accord.engines.matching import Change, Market, Move, Outcome, Policy, Rematch, digest, rematch

QUIET = frozenset({Change.STAYS, Change.STILL_WAITING})


@dataclass(frozen=True, slots=True)
class Round:
    """An outcome with its market, and against the round before who moves; None where there was none.

    Of a later round the market is the file's with everything fixed that was to be kept.
    """

    market: Market
    outcome: Outcome
    moves: tuple[Move, ...] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a published result claims, with its market, and what a later round gives again; None for a first one."""

    market: Market
    outcome: Outcome
    again: Outcome | None = None


def solved(market: Market, asked: Asked) -> Round:
    """Return the outcome that is asked for, of a first round or of a later one."""
    if asked.previous is None:
        return Round(market, asked.solved(market))
    found = _rematched(market, asked, asked.previous, asked.settings())
    return Round(found.market, found.outcome, found.moves)


def claimed(market: Market, asked: Asked, result: Result) -> Claim:
    """Return what a published result claims.

    Raises:
        MarketError: the result is none of this market, or the engine refuses to match again.
        StopError: the result carries on from a round that is not at hand.

    """
    if asked.previous is not None and result.settings.policy is not None:
        again = _rematched(market, asked, asked.previous, result.settings)
        return Claim(again.market, outcome_of(again.market, result), again.outcome)
    # A later round that had nothing to keep is a first round of its file, and needs no other.
    if result.settings.policy is not None and result.outcome.get("digest") != digest(market):
        raise StopError(Words(BREACHES, asked.language)("previous-needed"), Exit.USAGE)
    return Claim(market, outcome_of(market, result))


def _rematched(market: Market, asked: Asked, previous: Path, settings: Settings) -> Rematch:
    before = read_result(previous, asked.language)
    old = asked.previous_source().market(asked.reserve_order or before.settings.reserve_order)
    return rematch(
        market,
        outcome_of(old, before),
        old,
        policy=Policy(settings.policy or Policy.IMPROVE_ALL),
        effort=settings.effort,
        must_run=settings.must_run,
    )


def moves_data(moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Return who moves, for programs; whoever stays or still waits is left out."""
    return [
        {"applicant": one.applicant, "before": one.before, "after": one.after, "change": one.change.value}
        for one in moves
        if one.change not in QUIET
    ]


def tell_moves(moves: Sequence[Move], words: Words) -> None:
    """Print who moves, and where."""
    told, nowhere = Words(MOVES, words.language), words("nowhere")
    shown = [
        [one.applicant, one.before or nowhere, one.after or nowhere, told(one.change)]
        for one in moves
        if one.change not in QUIET
    ]
    click.echo("\n" + words("moves"))
    if shown:
        table([words(key) for key in ("applicant", "before", "after", "move")], shown, indent="  ")
    else:
        click.echo("  " + words("no-moves"))
