"""An independent look at an assignment: every rule counted from the pairs, every price added up from the fits.

Nothing here comes from the solvers: the loops go item by item over the problem's own arrays.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, fsum

import numpy as np

from accord.engines.assignment._check_chances import chance_breaches
from accord.engines.assignment._digest import digest
from accord.engines.assignment._fits import fit_of, rows
from accord.engines.assignment._network import Parts
from accord.engines.assignment._rules import Strong, rules_of
from accord.engines.assignment._witness import recounted
from accord.engines.assignment.types import (
    Assignment,
    Breach,
    Check,
    Goal,
    Mask,
    Proof,
    Real,
    ReviewProblem,
    RulePrice,
    Whole,
)

ALLOWED = 1e-9
"""Relative difference of two sums of the same fits in another order."""
COARSEST = 12


@dataclass(frozen=True, slots=True)
class _Indexed:
    """The pairs of an assignment as indices, and breaches found on the way."""

    item: Whole
    reviewer: Whole
    fit: Real


def check(problem: ReviewProblem, assignment: Assignment) -> Check:
    """Will look whether an assignment keeps every rule of a problem, and whether its prices prove its bound.

    One pass over all pairs. Never raises for what an assignment may contain: what is off stands in ``breaches``.
    """
    if assignment.problem != digest(problem):
        return Check(feasible=False, certified=False, at_most=float("inf"), breaches=(Breach("other-problem", ()),))
    item, reviewer = _index(problem.items), _index(problem.reviewers)
    named = [(pair.item, pair.reviewer) for pair in assignment.pairs]
    named += [(chance.item, chance.reviewer) for chance in assignment.chances]
    strangers = {one for pair in named for one in _unknown(*pair, item, reviewer)}
    if strangers:
        return Check(
            feasible=False,
            certified=False,
            at_most=float("inf"),
            breaches=(Breach("unknown-id", tuple(sorted(strangers))),),
        )
    pairs = _Indexed(
        np.array([item[pair.item] for pair in assignment.pairs], dtype=np.int64),
        np.array([reviewer[pair.reviewer] for pair in assignment.pairs], dtype=np.int64),
        np.array([pair.fit for pair in assignment.pairs], dtype=np.float64),
    )
    broken = [*_rule_breaches(problem, pairs), *_figure_breaches(problem, assignment, pairs)]
    broken += _strength_breaches(problem, assignment, pairs)
    if assignment.goal is Goal.RANDOMISED:
        broken += chance_breaches(problem, assignment, item, reviewer)
    at_most, doubtful = _prove(problem, assignment)
    return Check(
        feasible=not broken,
        certified=not doubtful,
        at_most=at_most,
        breaches=(*broken, *doubtful),
    )


def _index(ids: Sequence[str]) -> dict[str, int]:
    return {one: at for at, one in enumerate(ids)}


def _unknown(item: str, reviewer: str, items: dict[str, int], reviewers: dict[str, int]) -> Iterator[str]:
    if item not in items:
        yield item
    if reviewer not in reviewers:
        yield reviewer


def _rule_breaches(problem: ReviewProblem, pairs: _Indexed) -> Iterator[Breach]:
    n, m = len(problem.items), len(problem.reviewers)
    chosen = Counter(zip(pairs.item.tolist(), pairs.reviewer.tolist(), strict=True))
    conflicts = {(int(i), int(j)) for i, j in problem.conflicts}
    fixed = {(int(i), int(j)) for i, j in problem.fixed}
    yield from (Breach("repeated-pair", _ids(problem, pair)) for pair, times in chosen.items() if times > 1)
    yield from (Breach("conflict", _ids(problem, pair)) for pair in sorted(conflicts & set(chosen)))
    yield from (Breach("fixed", _ids(problem, pair)) for pair in sorted(fixed - set(chosen)))
    got, load = np.bincount(pairs.item, minlength=n), np.bincount(pairs.reviewer, minlength=m)
    seniors = np.bincount(pairs.item[problem.senior[pairs.reviewer]], minlength=n)
    yield from _marked("demand", problem.items, got != problem.demand)
    yield from _marked("load", problem.reviewers, (load < problem.least) | (load > problem.most))
    yield from _marked("seniors", problem.items, seniors < problem.seniors)
    yield from _share_breaches(problem, pairs)
    if problem.floor is not None:
        below = {
            (int(pairs.item[at]), int(pairs.reviewer[at]))
            for at in np.flatnonzero(_true_fit(problem, pairs) < problem.floor)
        }
        yield from (Breach("floor", _ids(problem, pair)) for pair in sorted(below - fixed))


def _share_breaches(problem: ReviewProblem, pairs: _Indexed) -> Iterator[Breach]:
    if problem.share is None:
        return
    same = Counter(zip(pairs.item.tolist(), problem.institution[pairs.reviewer].tolist(), strict=True))
    for (item, place), times in sorted(same.items()):
        if place >= 0 and times > problem.share:
            yield Breach("share", (problem.items[item], problem.institutions[place]))


def _marked(code: str, ids: Sequence[str], wrong: Mask) -> Iterator[Breach]:
    yield from (Breach(code, (ids[at],)) for at in np.flatnonzero(wrong).tolist())


def _ids(problem: ReviewProblem, pair: tuple[int, int]) -> tuple[str, str]:
    return problem.items[pair[0]], problem.reviewers[pair[1]]


def _true_fit(problem: ReviewProblem, pairs: _Indexed) -> Real:
    return fit_of(problem, pairs.item, pairs.reviewer)


def _figure_breaches(problem: ReviewProblem, assignment: Assignment, pairs: _Indexed) -> Iterator[Breach]:
    """Will compare fits, loads, sums and total with those that the pairs have."""
    fit = _true_fit(problem, pairs)
    yield from (
        Breach("fit", _ids(problem, (int(pairs.item[at]), int(pairs.reviewer[at]))))
        for at in np.flatnonzero(fit != pairs.fit)
    )
    load = np.bincount(pairs.reviewer, minlength=len(problem.reviewers))
    if load.tolist() != list(assignment.loads):
        yield Breach("loads", ())
    sums = np.bincount(pairs.item, weights=fit, minlength=len(problem.items))
    if len(sums) != len(assignment.item_fits) or not np.allclose(
        sums, assignment.item_fits, rtol=ALLOWED, atol=ALLOWED
    ):
        yield Breach("item-fits", ())
    if not _near(assignment.total, fsum(fit.tolist())):
        yield Breach("total", ())


def _strength_breaches(problem: ReviewProblem, assignment: Assignment, pairs: _Indexed) -> Iterator[Breach]:
    strength = assignment.strength
    if strength is None:
        if assignment.goal is Goal.STRONG:
            yield Breach("strength", ())
        return
    strong = np.bincount(pairs.item[_true_fit(problem, pairs) >= strength.threshold], minlength=len(problem.items))
    yield from _marked("strong", problem.items, strong < np.minimum(strength.count, problem.demand))
    if strength.ceiling is not None and strength.ceiling.kind != "search" and strength.next_threshold is not None:
        above = rules_of(problem, Strong(strength.count, strength.next_threshold))
        again = recounted(above, strength.ceiling, Parts())
        if again != strength.ceiling or again.needed <= again.possible:
            yield Breach("ceiling", ())


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= ALLOWED * (1 + abs(other))


def _prove(problem: ReviewProblem, assignment: Assignment) -> tuple[float, list[Breach]]:
    """Will add up the bound that the prices prove, and say what does not hold of what the certificate states."""
    proof = assignment.certificate
    if len(proof.item_prices) != len(problem.items) or len(proof.reviewer_prices) != len(problem.reviewers):
        return float("inf"), [Breach("prices", ())]
    index, count = _index(problem.items), assignment.strength.count if assignment.strength else None
    wrong = [
        Breach("rule-price", (price.item,))
        for price in proof.rule_prices
        if not price.price >= 0 or not _is_rule(problem, index, price, count)
    ]
    if wrong:
        return float("inf"), wrong
    at_most = _bound(problem, assignment)
    stated = assignment.total if assignment.expected is None else assignment.expected
    if not at_most <= proof.by_prices + ALLOWED * (1 + abs(proof.by_prices)):
        wrong.append(Breach("bound", ()))
    searched = proof.proof is Proof.SEARCH and proof.at_most <= proof.by_prices
    if not (searched or _near(proof.at_most, proof.by_prices)) or proof.at_most < stated - ALLOWED * (1 + abs(stated)):
        wrong.append(Breach("at-most", ()))
    if not _near(proof.gap, max(0.0, proof.at_most - stated)) or proof.improving_pairs:
        wrong.append(Breach("gap", ()))
    return at_most, wrong


def _is_rule(problem: ReviewProblem, index: dict[str, int], price: RulePrice, strong: int | None) -> bool:
    """Will say whether a rule as wide as this one holds in the problem."""
    item = index.get(price.item, -1)
    known = price.institution is None or price.institution in problem.institutions
    if item < 0 or not known:
        return False
    demand = int(problem.demand[item])
    rooms = []
    if price.institution is not None and problem.share is not None:
        rooms.append(problem.share)
    if price.junior:
        rooms.append(demand - int(problem.seniors[item]))
    if price.weak and strong is not None:
        rooms.append(demand - min(strong, demand))
    return any(room <= price.most for room in rooms)


def _bound(problem: ReviewProblem, assignment: Assignment) -> float:
    """Will add up: demands and loads at their prices, rules at theirs, and what pairs earn beyond all of these."""
    proof, strength = assignment.certificate, assignment.strength
    threshold = strength.threshold if strength else float("-inf")
    at_reviewer = np.array(proof.reviewer_prices)
    by_item: dict[str, list[RulePrice]] = {}
    for price in proof.rule_prices:
        by_item.setdefault(price.item, []).append(price)
    likely = assignment.highest / assignment.denominator
    most, grid = np.minimum(problem.most, len(problem.items)), 0
    worth = [float(np.where(at_reviewer > 0, most, problem.least) @ at_reviewer)]
    for item, name in enumerate(problem.items):
        fit = rows(problem.fits, item, item + 1, len(problem.reviewers))[0]
        extra = fit - proof.item_prices[item] - at_reviewer
        rules = by_item.get(name, [])
        for rule in rules:
            extra -= rule.price * _counts(problem, rule, fit, threshold)
        free, fixed = _free(problem, item, fit)
        worth.append(
            int(problem.demand[item]) * proof.item_prices[item] + sum(rule.most * rule.price for rule in rules)
        )
        worth.append(likely * float(extra[free & (extra > 0)].sum()) + float(extra[fixed].sum()))
        while grid <= COARSEST and (np.ldexp(fit, grid) != np.rint(np.ldexp(fit, grid))).any():
            grid += 1
    bound = fsum(worth)
    # On a grid of fits no total lies between two steps, so what is left above the last one proves nothing.
    step = 2.0**grid * assignment.denominator
    return floor(bound * step * (1 + 1e-13) + ALLOWED) / step if grid <= COARSEST else bound


def _counts(problem: ReviewProblem, rule: RulePrice, fit: Real, threshold: float) -> Mask:
    counts: Mask = np.ones(len(fit), dtype=np.bool_)
    if rule.institution is not None:
        counts &= problem.institution == problem.institutions.index(rule.institution)
    if rule.junior is not None:
        counts &= problem.senior != rule.junior
    if rule.weak is not None:
        counts &= (fit < threshold) == rule.weak
    return counts


def _free(problem: ReviewProblem, item: int, fit: Real) -> tuple[Mask, Whole]:
    """Will give which reviewers an item may have, without the fixed ones, and those."""
    free: Mask = np.ones(len(fit), dtype=np.bool_) if problem.floor is None else fit >= problem.floor
    fixed = _of_item(problem.fixed, item)
    free[_of_item(problem.conflicts, item)] = False
    free[fixed] = False
    return free, fixed


def _of_item(pairs: Whole, item: int) -> Whole:
    first, last = np.searchsorted(pairs[:, 0], (item, item + 1))
    return pairs[first:last, 1]
