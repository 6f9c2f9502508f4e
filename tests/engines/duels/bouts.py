"""Synthetic duels whose truth is known, and the slow way to what the engine works out."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from accord.engines.duels import Duel


@dataclass(frozen=True)
class Drawn:
    """Duels, the strengths of the items and the share of careful answers of each judge."""

    duels: list[Duel]
    items: list[str]
    strength: np.ndarray
    careful: np.ndarray


def draw(items: int, duels: int, judges: int, *, seed: int, tossers: float = 0.0, spread: float = 1.5) -> Drawn:
    """Random pairs before random judges, some of whom toss a coin."""
    rng = np.random.default_rng(seed)
    strength, careful = rng.normal(0, spread, items), np.ones(judges)
    careful[: round(judges * tossers)] = 0
    names = [f"i{at:04}" for at in range(items)]
    made = []
    for _ in range(duels):
        one, other = rng.choice(items, 2, replace=False)
        judge = rng.integers(judges)
        chance = careful[judge] / (1 + np.exp(strength[other] - strength[one])) + (1 - careful[judge]) / 2
        winner = one if rng.random() < chance else other
        made.append(Duel(names[one], names[other], names[winner], f"j{judge:03}"))
    return Drawn(made, names, strength, careful)


def kendall(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-a, by every pair."""
    both = np.sign(one[:, None] - one) * np.sign(other[:, None] - other)
    return float(both.sum() / (len(one) * (len(one) - 1)))


@st.composite
def few_duels(draw_from) -> list[Duel]:
    """Up to thirty duels of up to six items before up to three judges, ties among them."""
    items = [f"i{at}" for at in range(draw_from(st.integers(2, 6)))]
    pairs = st.lists(st.sampled_from(items), min_size=2, max_size=2, unique=True)
    sides = draw_from(
        st.lists(st.tuples(pairs, st.sampled_from([0, 0, 1, 1, None]), st.sampled_from("abc")), min_size=1, max_size=30)
    )
    return [Duel(one, other, None if won is None else (one, other)[won], judge) for (one, other), won, judge in sides]


def loss(duels: list[Duel], names: list[str], at: np.ndarray, spread: float) -> float:
    """The penalised negative log-likelihood, duel by duel."""
    strength = dict(zip(names, at, strict=True))
    total = sum(value**2 for value in strength.values()) / (2 * spread**2)
    for duel in duels:
        ahead = strength[duel.left] - strength[duel.right]
        sides = {duel.left: [ahead], duel.right: [-ahead], None: [ahead, -ahead]}[duel.winner]
        total += sum(np.log1p(np.exp(-side)) / len(sides) for side in sides)
    return total


def slow_strengths(duels: list[Duel], names: list[str], spread: float) -> np.ndarray:
    """Plain Newton with derivatives written out for each duel."""
    at, number = np.zeros(len(names)), {name: place for place, name in enumerate(names)}
    for _ in range(60):
        slope, curve = -at / spread**2, np.eye(len(names)) / spread**2
        for duel in duels:
            one, other = number[duel.left], number[duel.right]
            chance = 1 / (1 + np.exp(at[other] - at[one]))
            won = {duel.left: 1.0, duel.right: 0.0, None: 0.5}[duel.winner]
            slope[one] += won - chance
            slope[other] -= won - chance
            arrow = np.zeros(len(names))
            arrow[one], arrow[other] = 1, -1
            curve += chance * (1 - chance) * np.outer(arrow, arrow)
        at = at + 0.5 * np.linalg.solve(curve, slope)
    return at
