"""Duels: from "this one is better" to a ranking with error bars, and the pair to ask about next. See README.md."""

from accord.engines.duels._advice import advise, chance_better
from accord.engines.duels._next import next_pair
from accord.engines.duels._rank import bradley_terry
from accord.engines.duels.types import (
    Advice,
    BadSetting,
    Duel,
    DuelsRefused,
    Judge,
    NextPair,
    NoDuels,
    NothingLeft,
    Ranking,
    SelfDuel,
    UnknownItem,
    WinnerNotInDuel,
)

__all__ = [
    "Advice",
    "BadSetting",
    "Duel",
    "DuelsRefused",
    "Judge",
    "NextPair",
    "NoDuels",
    "NothingLeft",
    "Ranking",
    "SelfDuel",
    "UnknownItem",
    "WinnerNotInDuel",
    "advise",
    "bradley_terry",
    "chance_better",
    "next_pair",
]
