"""Why an item has the reviewers it has, and not others who would fit better."""

import numpy as np

from accord.engines.assignment._fits import rows
from accord.engines.assignment.refusals import UnknownId
from accord.engines.assignment.types import (
    Assignment,
    Chosen,
    Goal,
    Mask,
    Passed,
    Real,
    Reason,
    ReviewProblem,
    Whole,
    Why,
)


def why(problem: ReviewProblem, assignment: Assignment, item: str) -> Why:
    """Will explain an item: each reviewer's fit and rank, and why everybody who fits better than the weakest has not
    been chosen, the best fit first.

    Raises ``UnknownId`` for an item that is not there.
    """
    if item not in problem.items:
        raise UnknownId(item, what="items", where="items")
    at = problem.items.index(item)
    fit = rows(problem.fits, at, at + 1, len(problem.reviewers))[0]
    barred, fixed = _of_item(problem.conflicts, at, fit), _of_item(problem.fixed, at, fit)
    may = ~barred & (fixed | (fit >= (-np.inf if problem.floor is None else problem.floor)))
    place = {one: number for number, one in enumerate(problem.reviewers)}
    mine = np.array([place[pair.reviewer] for pair in assignment.pairs if pair.item == item], dtype=np.int64)
    chosen = tuple(
        Chosen(
            problem.reviewers[one],
            float(fit[one]),
            1 + int((may & (fit > fit[one])).sum()),
            bool(fixed[one]),
        )
        for one in sorted(mine.tolist(), key=lambda one: (-fit[one], one))
    )
    better = np.flatnonzero(fit > fit[mine].min()) if len(mine) else np.empty(0, dtype=np.int64)
    order = [one for one in sorted(better.tolist(), key=lambda one: (-fit[one], one)) if one not in set(mine.tolist())]
    case = _Case(problem, assignment, at, fit, mine, barred, may, fixed)
    return Why(item, int(may.sum()), chosen, tuple(case.passed(one) for one in order))


def _of_item(pairs: Whole, item: int, fit: Real) -> Mask:
    mask: Mask = np.zeros(len(fit), dtype=np.bool_)
    first, last = np.searchsorted(pairs[:, 0], (item, item + 1))
    mask[pairs[first:last, 1]] = True
    return mask


class _Case:
    """One item, with all that its explanation looks at."""

    def __init__(
        self,
        problem: ReviewProblem,
        assignment: Assignment,
        item: int,
        fit: Real,
        mine: Whole,
        barred: Mask,
        may: Mask,
        fixed: Mask,
    ) -> None:
        self.problem, self.assignment, self.item, self.fit = problem, assignment, item, fit
        self.mine, self.barred, self.may, self.fixed = mine, barred, may, fixed
        name = problem.items[item]
        self.chances = {one.reviewer: one.parts for one in assignment.chances if one.item == name}

    def passed(self, one: int) -> Passed:
        """Will explain one reviewer who fits better and was not chosen."""
        name = self.problem.reviewers[one]
        return Passed(
            reviewer=name,
            fit=float(self.fit[one]),
            reason=self._reason(one),
            price=max(0.0, self.assignment.certificate.reviewer_prices[one]),
            chance=self.chances.get(name, 0) / self.assignment.denominator,
        )

    def _reason(self, one: int) -> Reason:
        if self.barred[one]:
            return Reason.CONFLICT
        if not self.may[one]:
            return Reason.BELOW_FLOOR
        # Whoever fits less and is not fixed could have made room; without anybody like that, all is decided.
        weaker = [other for other in self.mine.tolist() if self.fit[other] < self.fit[one] and not self.fixed[other]]
        if not weaker:
            return Reason.FIXED_BY_DECISION
        if self.assignment.goal is Goal.RANDOMISED and self.problem.reviewers[one] in self.chances:
            return Reason.CHANCE
        # The first rule that every swap with somebody weaker would break is the reason. A better fit never breaks the
        # rule on strong reviewers.
        for reason, kept in (
            (Reason.INSTITUTION_SHARE, self._keeps_share),
            (Reason.SENIOR_SEAT, self._keeps_seniors),
        ):
            weaker = [other for other in weaker if kept(one, other)]
            if not weaker:
                return reason
        return self._about_loads(one, weaker)

    def _about_loads(self, one: int, weaker: list[int]) -> Reason:
        if self.assignment.loads[one] >= self.problem.most[one]:
            return Reason.FULL
        if all(self.assignment.loads[other] <= self.problem.least[other] for other in weaker):
            return Reason.MINIMUM_LOAD
        return Reason.ELSEWHERE

    def _keeps_share(self, one: int, other: int) -> bool:
        place = self.problem.institution
        if self.problem.share is None or place[one] < 0 or place[one] == place[other]:
            return True
        return int((place[self.mine] == place[one]).sum()) < self.problem.share

    def _keeps_seniors(self, one: int, other: int) -> bool:
        senior = self.problem.senior
        after = int(senior[self.mine].sum()) + int(senior[one]) - int(senior[other])
        return bool(after >= self.problem.seniors[self.item])
