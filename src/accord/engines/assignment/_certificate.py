"""From potentials to prices in units of fit, and from prices to an upper bound that holds for every assignment."""

from math import floor, ldexp
from typing import NamedTuple

import numpy as np

from accord.engines.assignment._fits import blocks, fit_of
from accord.engines.assignment._network import Layout, Parts
from accord.engines.assignment._rules import ALL_WEAK, JUNIOR, PLACE, WEAK
from accord.engines.assignment._search import Found
from accord.engines.assignment._solve import Solved
from accord.engines.assignment._weights import Weights
from accord.engines.assignment.types import OptimalityCertificate, Proof, Real, RulePrice, Whole

FLOAT_ERROR = 1e-13
"""More than the relative error of NumPy's pairwise sums over as many pairs as fit into memory."""


class Prices(NamedTuple):
    """What a seat of each item, reviewer and rule is worth; a rule's price is 0 or more."""

    item: Real
    reviewer: Real
    low: Real
    cell: Real
    toll: Real


def certificate(found: Found, drawn: Weights, parts: Parts, total: float, solves: int) -> OptimalityCertificate:
    """Will state the prices and the bound that they prove, for a result of ``total`` (expected, if drawn)."""
    first = found.first
    prices = _prices(first.layout, first.potential, drawn.unit)
    by_prices = _to_grid(_bound(first, prices, drawn.unit, parts), drawn, parts)
    searched = _in_fits(found.at_most, drawn)
    proof = found.proof if searched < by_prices else Proof.PRICES
    at_most = by_prices if proof is Proof.PRICES else max(total, searched)
    return OptimalityCertificate(
        item_prices=tuple(prices.item.tolist()),
        reviewer_prices=tuple(prices.reviewer.tolist()),
        rule_prices=(*_rule_prices(first.layout, prices), *_tolls(first.layout, drawn.unit)),
        priced_pairs=first.priced,
        improving_pairs=0,
        by_prices=by_prices,
        at_most=at_most,
        gap=max(0.0, at_most - total),
        proof=proof,
        solves=solves,
    )


def _prices(layout: Layout, potential: Whole, unit: float) -> Prices:
    n, sink = len(layout.problem.items), layout.sink
    item = potential[:n]
    low = potential[sink + 1 : layout.first_cell] - item if layout.rules.grades else np.zeros(n, dtype=np.int64)
    cell = potential[layout.first_cell :] - potential[layout.cell_parents] - layout.cell_tolls
    at_sink = potential[sink]
    return Prices(
        *(
            np.asarray(price * unit)
            for price in (item - at_sink, at_sink - potential[n:sink], low, cell, layout.cell_tolls)
        )
    )


def _bound(first: Solved, prices: Prices, unit: float, parts: Parts) -> float:
    """Will add up what all seats are worth, and by how much open pairs earn more than their prices.

    Weak duality: it holds whatever the prices are, so rounding them to floats costs nothing but a wider gap.
    """
    layout, problem = first.layout, first.layout.problem
    most = np.minimum(problem.most, len(problem.items))
    worth = [
        problem.demand * prices.item,
        most * np.maximum(prices.reviewer, 0),
        problem.least * np.minimum(prices.reviewer, 0),
        layout.rules.low_room * prices.low,
        layout.cell_rooms * prices.cell,
        np.array([rule.most * rule.price for rule in _tolls(layout, unit)], dtype=np.float64),
    ]
    nodes = _by_node(layout, prices)
    beyond = [0.0]
    for block in blocks(problem):
        extra = block.fit - nodes[layout.block_tails(block.start, block.fit)] - prices.reviewer
        beyond.append(float(extra[block.open & (extra > 0)].sum()) * parts.most / parts.whole)
    item, reviewer = problem.fixed.T
    fit = fit_of(problem, item, reviewer)
    earned = fit - nodes[layout.tails(item, reviewer, fit)] - prices.reviewer[reviewer]
    # Fixed pairs are certain: they count in full where they were counted in part, and also where they earn less.
    worth.append(earned - np.maximum(earned, 0) * parts.most / parts.whole)
    size = sum(float(np.abs(part).sum()) for part in worth) + sum(beyond)
    return sum(float(part.sum()) for part in worth) + sum(beyond) + FLOAT_ERROR * size


def _by_node(layout: Layout, prices: Prices) -> Real:
    out = np.zeros(layout.nodes)
    n = len(layout.problem.items)
    out[:n] = prices.item
    if layout.rules.grades:
        out[layout.sink + 1 : layout.first_cell] = prices.item + prices.low
    out[layout.first_cell :] = out[layout.cell_parents] + prices.cell + prices.toll
    return out


def _to_grid(bound: float, drawn: Weights, parts: Parts) -> float:
    """Will round a bound down to a total that can occur, where fits lie on a grid."""
    if not drawn.exact:
        return bound
    step = 2.0**drawn.scale * parts.whole
    return floor(bound * step) / step


def _in_fits(weight: int, drawn: Weights) -> float:
    if drawn.exact:
        return ldexp(weight >> drawn.shift, -drawn.scale)
    # A fit may have been rounded down by half a unit; a draw only ever adds.
    return ldexp(weight / 2**drawn.shift + drawn.problem.reviews / 2, -drawn.scale)


def _rule_prices(layout: Layout, prices: Prices) -> list[RulePrice]:
    problem, rules = layout.problem, layout.rules
    low = [
        RulePrice(
            item=problem.items[at],
            institution=None,
            junior=True if rules.by_seniors else None,
            weak=None if rules.by_seniors else True,
            most=int(rules.low_room[at]),
            price=float(prices.low[at]),
        )
        for at in np.flatnonzero(prices.low).tolist()
    ]
    bound = np.flatnonzero(prices.cell).tolist()
    return low + [_cell_price(layout, at, float(prices.cell[at])) for at in bound]


def _tolls(layout: Layout, unit: float) -> list[RulePrice]:
    problem, rules = layout.problem, layout.rules
    return [
        RulePrice(
            item=problem.items[item],
            institution=None if family == ALL_WEAK else problem.institutions[family],
            junior=None,
            weak=True if family == ALL_WEAK else None,
            most=rules.room(item, family),
            price=toll * unit,
        )
        for (item, family), toll in sorted(layout.tolls.items())
    ]


def _cell_price(layout: Layout, at: int, price: float) -> RulePrice:
    rules = layout.rules
    item, code = divmod(int(layout.cell_keys[at]), layout.span)
    place = code // PLACE - 1
    return RulePrice(
        item=layout.problem.items[item],
        institution=layout.problem.institutions[place] if place >= 0 else None,
        junior=bool(code & JUNIOR) if rules.by_seniors else None,
        weak=bool(code & WEAK) if rules.strong is not None else None,
        most=int(layout.cell_rooms[at]),
        price=price,
    )
