"""Synthetic panels whose truth is known, and the slow way to everything that the engine works out."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

Row = tuple[list[str], list[str], np.ndarray]


@dataclass(frozen=True)
class Drawn:
    """A panel, the qualities and the biases it was drawn from."""

    reviewer: list[str]
    item: list[str]
    score: np.ndarray
    quality: np.ndarray
    bias: np.ndarray


def draw(items: int, reviewers: int, each: int, *, bias: float, seed: int, noise: float = 0.55) -> Drawn:
    """Every item goes to ``each`` reviewers at random; qualities have a spread of 1."""
    rng = np.random.default_rng(seed)
    quality, biases = rng.normal(0, 1, items), rng.normal(0, bias, reviewers)
    item = np.repeat(np.arange(items), each)
    reviewer = rng.random((items, reviewers)).argsort(axis=1)[:, :each].ravel()
    score = quality[item] + biases[reviewer] + rng.normal(0, noise, len(item))
    return Drawn([f"r{at:05}" for at in reviewer], [f"i{at:05}" for at in item], score, quality, biases)


def kendall(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-a, by every pair."""
    both = np.sign(one[:, None] - one) * np.sign(other[:, None] - other)
    return float(both.sum() / (len(one) * (len(one) - 1)))


@st.composite
def small_panels(draw_from) -> Row:
    """Panels of a few people, connected or not, with some reviewers of one item and items of one review."""
    items, reviewers = draw_from(st.integers(2, 8)), draw_from(st.integers(2, 6))
    cells = [(who, what) for who in range(reviewers) for what in range(items)]
    kept = draw_from(st.lists(st.sampled_from(cells), min_size=4, max_size=len(cells), unique=True))
    if len({who for who, _ in kept}) == 1:
        kept.append(((kept[0][0] + 1) % reviewers, kept[0][1]))
    scores = draw_from(st.lists(st.integers(1, 10), min_size=len(kept), max_size=len(kept)))
    return [f"r{who}" for who, _ in kept], [f"i{what}" for _, what in kept], np.array(scores, dtype=float)


def designs(reviewer: list[str], item: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Who reviewed, and what: one column each, in order of id."""
    who, what = sorted(set(reviewer)), sorted(set(item))
    people = np.array([[one == other for other in who] for one in reviewer], dtype=float)
    things = np.array([[one == other for other in what] for one in item], dtype=float)
    return people, things


def restricted_deviance(row: Row, ratio: float) -> float:
    """-2 log restricted likelihood by its definition, at the noise variance that fits best, less constants."""
    reviewer, item, score = row
    people, things = designs(reviewer, item)
    cover = np.eye(len(score)) + ratio * people @ people.T
    inverse = np.linalg.inv(cover)
    seen = things.T @ inverse @ things
    left = inverse - inverse @ things @ np.linalg.inv(seen) @ things.T @ inverse
    freedom = len(score) - things.shape[1]
    noise = score @ left @ score / freedom
    # The items' own determinant at ratio 0 is a constant that the engine leaves out.
    dets = [np.linalg.slogdet(matrix)[1] for matrix in (cover, seen, things.T @ things)]
    return float(freedom * np.log(noise) + dets[0] + dets[1] - dets[2])


def henderson(row: Row, ratio: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Qualities, biases and their variances in units of noise, from the mixed model equations written out.

    The variances are those of differences from the mean bias of the connected part, found by walking along powers.
    """
    reviewer, item, score = row
    people, things = designs(reviewer, item)
    both = np.hstack((things, people))
    matrix = both.T @ both
    count = things.shape[1]
    matrix[count:, count:] += np.eye(people.shape[1]) / ratio
    inverse = np.linalg.inv(matrix)
    found = inverse @ both.T @ score
    joined = np.linalg.matrix_power(people.T @ things @ things.T @ people, 8) > 0
    level = joined / joined.sum(axis=1, keepdims=True)
    at_item = (things.T @ people > 0) @ joined > 0
    relative = np.eye(len(inverse))
    relative[count:, count:] -= level
    relative[:count, count:] += at_item / at_item.sum(axis=1, keepdims=True)
    spread = np.diag(relative @ inverse @ relative.T)
    return found[:count], found[count:], spread[:count], spread[count:]
