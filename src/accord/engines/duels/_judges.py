"""How far each judge can be trusted: every answer is careful, or a coin toss.

A judge answers as Bradley and Terry say with chance r, and tosses a coin else: P(a beats b) = r s(a - b) + (1 - r) / 2.
Expectation and maximisation in turn (Dempster, Laird and Rubin 1977) give strengths and r together; the idea of a
judge's own reliability is that of CrowdBT (Chen et al., WSDM 2013). A judge here is at worst ignored, never taken
at the opposite of their word, and one odd answer of a good judge loses weight by itself.
"""

import numpy as np

from accord.engines.duels._record import Record
from accord.engines.duels._strength import sigmoid, strengths
from accord.engines.duels.types import Floats

CAREFUL, TOSSED = 4.5, 0.5
"""What is known of a judge before any answer: as much as five answers, one half of one tossed."""
UNKNOWN = CAREFUL / (CAREFUL + TOSSED)
MOST_ROUNDS = 500
STILL = 1e-6


def with_reliability(record: Record, spread: float) -> tuple[Floats, Floats, int]:
    """Will give strengths, the reliability of every judge, and the number of rounds until nothing moved."""
    trusted = np.full(len(record.judges), UNKNOWN)
    now, _ = strengths(record, record.weight, spread, np.zeros(len(record.items)))
    answered = record.by_judge(record.weight)
    rounds, change = 0, np.inf
    while change >= STILL and rounds < MOST_ROUNDS:
        careful = _careful(record, now, trusted)
        # Neither half of a round lowers the penalised likelihood, so neither does the round; one Newton step
        # is enough for that.
        further = (record.by_judge(record.weight * careful) + CAREFUL) / (answered + CAREFUL + TOSSED)
        moved, _ = strengths(record, record.weight * careful, spread, now, most=1)
        change = max(float(np.abs(moved - now).max()), float(np.abs(further - trusted).max()))
        now, trusted, rounds = moved, further, rounds + 1
    return now, trusted, rounds


def likelihood(record: Record, spread: float, at: Floats, trusted: Floats) -> float:
    """Will give the penalised log-likelihood that every round raises."""
    trust = trusted[record.judge]
    chance = trust * sigmoid(at[record.winner] - at[record.loser]) + (1 - trust) / 2
    prior = CAREFUL * np.log(trusted) + TOSSED * np.log1p(-trusted)
    return float(record.weight @ np.log(chance) + prior.sum() - at @ at / (2 * spread**2))


def information(record: Record, spread: float, at: Floats, trusted: Floats) -> Floats:
    """Will give the expected (Fisher) information about the strengths, as a dense matrix; reliabilities as known."""
    trust, size = trusted[record.judge], len(record.items)
    careful = sigmoid(at[record.winner] - at[record.loser])
    chance = trust * careful + (1 - trust) / 2
    known = record.weight * (trust * careful * (1 - careful)) ** 2 / (chance * (1 - chance))
    between = np.bincount(record.winner * size + record.loser, known, size * size).reshape(size, size)
    return np.asarray(np.diag(record.by_item(known, known) + 1 / spread**2) - between - between.T)


def _careful(record: Record, at: Floats, trusted: Floats) -> Floats:
    trust = trusted[record.judge]
    careful = trust * sigmoid(at[record.winner] - at[record.loser])
    return np.asarray(careful / (careful + (1 - trust) / 2))
