"""Checks one's own place from published cutoffs alone, without anybody else's data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._shape import see_shape
from accord.config.cli._words import Words
from accord.config.cli.placing._asked import Asked
from accord.config.cli.placing._market import own_rows
from accord.config.cli.placing._result import Result
from accord.engines.matching import (
    Choice,
    Cutoff,
    Draws,
    Limit,
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Person,
    Programme,
    Seats,
    market_from_records,
    own_choices,
    verify_from_cutoffs,
)

BY_CUTOFFS: Final = frozenset({Mechanism.FAIR_MATCH, Mechanism.PRIORITY})
SENTENCES: Final = {
    "agrees": (
        "{who}: by your own scores and the published cutoffs your place is {place}. The result says the same.",
        "{who}：根据您自己的分数和公布的录取线，您的安排应为{place}，与结果一致。",
    ),
    "differs": (
        (
            "{who}: by your own scores and the published cutoffs your place is {place}, and the result says {told}. "
            "Ask for the result to be checked."
        ),
        "{who}：根据您自己的分数和公布的录取线，您的安排应为{place}，而结果为{told}。可要求复核。",
    ),
    "decided": (
        "{who}: your place, {told}, was decided before the match.",
        "{who}：您的安排{told}在匹配之前已经确定。",
    ),
    "nowhere": ("none", "无"),
    "other-way": (
        "Cutoffs tell who is placed where only in fair-match and priority-order, and this result is {mechanism}.",
        "只有fair-match和priority-order可以仅凭录取线得出安排，而此结果采用{mechanism}。",
    ),
    "unreadable": (
        "{file} is no result of accord match: {detail}. Give the file that -o wrote, unchanged.",
        "{file}不是accord match的结果文件：{detail}。提供由-o写出的原文件。",
    ),
}


def own_places(asked: Asked, result: Result) -> Iterator[tuple[bool, str]]:
    """Yield for everybody in the file whether the published place follows from the cutoffs, and that in words.

    Raises:
        StopError: the way of placing does not go by cutoffs, or the result is none.
        FaultyTablesError, MarketError: something is wrong with the own choices.

    """
    words = Words(SENTENCES, asked.language)
    choices, people = own_rows(asked.file, asked.beside)
    try:
        outcome, told, decided = _published(result.outcome)
        cutoffs = _cutoffs(result.certificate["cutoffs"])
    except (KeyError, TypeError, ValueError) as error:
        detail = f"{type(error).__name__}: {error}"
        raise StopError(words("unreadable", file=result.path, detail=detail), Exit.NOT_SOUND) from None
    if outcome.mechanism not in BY_CUTOFFS:
        raise StopError(words("other-way", mechanism=outcome.mechanism.value), Exit.REFUSED)
    market = _market(cutoffs, choices, people)
    groups = {one.id: one.group for one in people}
    for who in market.applicants:
        place = verify_from_cutoffs(cutoffs, _own(market, outcome, who), group=groups.get(who, ""))
        figures = {name: value or words("nowhere") for name, value in (("place", place), ("told", told.get(who)))}
        agrees = who in decided or place == told.get(who)
        yield agrees, words("decided" if who in decided else "agrees" if agrees else "differs", who=who, **figures)


def _published(data: Mapping[str, Any]) -> tuple[Outcome, dict[str, str], set[str]]:
    """Return rule and lottery of a result as an outcome without people, the places told, and who was decided."""
    nobody = np.zeros(0, np.int64)
    lottery = Lottery(str(data["lottery"]["seed"]), Draws(data["lottery"]["draws"]))
    bare = Outcome(Mechanism(data["mechanism"]), lottery, nobody, nobody, digest="")
    told = {str(one["applicant"]): str(one["programme"]) for one in data["placements"]}
    return bare, told, set(data["kept"] or ())


def _market(cutoffs: Sequence[Cutoff], choices: Sequence[Choice], people: Sequence[Person]) -> Market:
    """Return a market of nobody else, under the published limits: draws may go by the topmost of them."""
    under = {one.node: one.under for one in cutoffs if one.seats is Seats.ALL}
    above = set(under.values())
    programmes = [Programme(name, None, under=limit) for name, limit in under.items() if name not in above]
    limits = [Limit(name, None, under=limit) for name, limit in under.items() if name in above]
    return market_from_records(choices, programmes, limits=limits, people=people)


def _own(market: Market, outcome: Outcome, who: str) -> Any:
    nowhere = np.full(len(market.applicants), -1, np.int64)
    bare = Outcome(outcome.mechanism, outcome.lottery, nowhere, nowhere, digest="")
    return own_choices(market, bare, who)


def _cutoffs(rows: Sequence[Mapping[str, Any]]) -> list[Cutoff]:
    """Return published cutoffs; refuse those that do not form a tree."""
    found = [_cutoff(one) for one in rows]
    under = {one.node: one.under for one in found if one.seats is Seats.ALL}
    for node, first in under.items():
        seen, above = {node}, first
        while above is not None:
            # A limit that lies under itself would never end, and one that is not published says nothing.
            if above in seen or above not in under:
                raise ValueError(above)
            seen.add(above)
            above = under[above]
    for one in found:
        if one.node not in under:
            raise ValueError(one.node)
    return found


def _cutoff(data: Mapping[str, Any]) -> Cutoff:
    draw = data["draw"]
    found = Cutoff(**{**data, "seats": Seats(data["seats"]), "draw": None if draw is None else int(draw, 16)})
    see_shape(replace(found, draw=None), Cutoff, "cutoffs")
    return found
