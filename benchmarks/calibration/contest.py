"""Contests by duels whose strengths are known, and the peer that ranks them."""

from dataclasses import dataclass
from importlib import import_module

import numpy as np
import numpy.typing as npt

from accord.engines.duels import Duel

Floats = npt.NDArray[np.float64]
SPREAD = 1.5


@dataclass(frozen=True)
class Contest:
    """Duels twice over: for the engine, and as (winner, loser) for the peer; with the true strengths."""

    names: list[str]
    duels: list[Duel]
    wins: list[tuple[int, int]]
    strength: Floats


def draw(items: int, duels: int, judges: int, tossers: float, seed: int) -> Contest:
    """Will draw random pairs before random judges, a share of whom toss a coin."""
    rng = np.random.default_rng(seed)
    strength = rng.normal(0, SPREAD, items)
    names = [f"i{at:05}" for at in range(items)]
    wins, made = [], []
    for _ in range(duels):
        one, other = (int(at) for at in rng.choice(items, 2, replace=False))
        judge = int(rng.integers(judges))
        careful = 1 / (1 + float(np.exp(strength[other] - strength[one])))
        first = rng.random() < (0.5 if judge < judges * tossers else careful)
        winner, loser = (one, other) if first else (other, one)
        wins.append((winner, loser))
        made.append(Duel(names[one], names[other], names[winner], f"j{judge:03}"))
    return Contest(names, made, wins, strength)


def choix(contest: Contest) -> Floats:
    """Will rank by choix with the same penalty as the engine, by its Newton method."""
    found = import_module("choix").opt_pairwise(
        len(contest.names), contest.wins, alpha=1 / (2 * SPREAD**2), method="Newton-CG"
    )
    return np.asarray(found)
