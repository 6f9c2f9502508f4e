"""Assignments that are hard to game: no pair is more likely than a limit (Jecmen et al. 2020).

The best chances are a flow in parts of a review: with a limit of p/q every review is q units and a pair carries at
most p of them. A draw then rounds that flow so that all demands, loads and rules hold in every draw.
"""

from fractions import Fraction

import numpy as np

from accord.engines.assignment._network import Layout, Parts, network
from accord.engines.assignment._rounding import rounded
from accord.engines.assignment._rules import PLACE, Rules
from accord.engines.assignment._solve import Solved
from accord.engines.assignment.refusals import GoalRefused
from accord.engines.assignment.types import Real, Whole

MOST_PARTS = 1024


def parts_of(highest: Fraction | None, rules: Rules) -> Parts:
    """Will turn the highest chance into parts; raises ``GoalRefused`` where it is none, or rules cross."""
    if highest is None or not 0 < highest <= 1 or highest.denominator > MOST_PARTS:
        raise GoalRefused(
            why_en=f"The highest chance of a pair must be a fraction above 0 and up to 1 with a denominator up to "
            f"{MOST_PARTS}, not {highest}.",
            why_zh=f"配对概率上限须为大于0且不超过1的分数，分母不超过{MOST_PARTS}，而不是{highest}。",
        )
    if rules.crossing:
        raise GoalRefused(
            why_en="A randomised assignment keeps seniority or the institution share in every draw, not both: "
            "leave one of the two out.",
            why_zh="随机分配每次抽签只能同时保证资深要求与机构份额之一：取消其中一项。",
        )
    return Parts(highest.denominator, highest.numerator)


def draw(solved: Solved, rules: Rules, parts: Parts, seed: str) -> tuple[Whole, Whole, Real]:
    """Will draw one assignment from the best chances: its items, reviewers and fits."""
    layout = Layout(rules, _all_cells(solved, rules))
    built = network(layout, solved.item, solved.reviewer, solved.fit, parts)
    amount = _amounts(layout, built.tail, built.head, solved.units)
    taken = np.flatnonzero(rounded(built.tail, built.head, amount, parts.whole, seed)[: len(solved.item)])
    return solved.item[taken], solved.reviewer[taken], solved.fit[taken]


def _all_cells(solved: Solved, rules: Rules) -> dict[tuple[int, int], int]:
    """Will hang every institution into the network: a rule that is slack in the mean must hold in each draw too."""
    if rules.share is None:
        return {}
    code = rules.code(solved.item, solved.reviewer, solved.fit)
    kept = code >= PLACE
    pairs = zip(solved.item[kept].tolist(), code[kept].tolist(), strict=True)
    return dict.fromkeys(pairs, rules.share)


def _amounts(layout: Layout, tail: Whole, head: Whole, units: Whole) -> Whole:
    """Will carry the units of the pairs on to all other arcs, from the inside of the tree outwards."""
    amount = np.zeros(len(tail), dtype=np.int64)
    amount[: len(units)] = units
    rest = np.arange(len(units), len(tail))
    through = np.bincount(tail[: len(units)], weights=units, minlength=layout.nodes).astype(np.int64)
    taken = np.bincount(head[: len(units)], weights=units, minlength=layout.nodes).astype(np.int64)
    to_sink = rest[head[rest] == layout.sink]
    amount[to_sink] = taken[tail[to_sink]]
    # Cells are the last arcs and the innermost: what passes them also passes the grade above them.
    for arc in rest[head[rest] != layout.sink][::-1].tolist():
        amount[arc] = through[head[arc]]
        through[tail[arc]] += through[head[arc]]
    return amount
