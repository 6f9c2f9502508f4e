"""The slow, obvious version: one programme with a variable a pair and a row a rule, for HiGHS.

HiGHS sits in a process of its own, because its package and that of OR-Tools carry the same library and cannot share
one. Run as a script, this reads a programme a line, as JSON, and answers each with its greatest total or null.
"""

import atexit
import json
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # the script stands alone
    from accord.engines.assignment import ReviewProblem


def dense(problem: "ReviewProblem") -> npt.NDArray[np.float64]:
    fits = problem.fits
    if isinstance(fits, np.ndarray):
        return fits.astype(np.float64)
    table = np.zeros((len(problem.items), len(problem.reviewers)))
    for item in range(len(problem.items)):
        for at in range(fits.start[item], fits.start[item + 1]):
            table[item, fits.reviewer[at]] = fits.fit[at]
    return table


def best_total(
    problem: "ReviewProblem", *, strong: tuple[int, float] | None = None, highest: float = 1.0, whole: bool = True
) -> float | None:
    """Return the greatest total of whole reviews, or of chances up to ``highest``; None where nothing keeps the rules."""
    fits = dense(problem)
    n, m = fits.shape
    conflicts, fixed = ({tuple(pair) for pair in pairs.tolist()} for pairs in (problem.conflicts, problem.fixed))
    low, high = np.zeros((n, m)), np.full((n, m), highest)
    if problem.floor is not None:
        high[fits < problem.floor] = 0
    for pair in conflicts:
        high[pair] = 0
    for pair in fixed:
        low[pair] = high[pair] = 1
    rows: list[tuple[float, float, list[int]]] = []
    for item in range(n):
        demand, mine = int(problem.demand[item]), np.arange(m) + item * m
        rows.append((demand, demand, mine.tolist()))
        rows.append((int(problem.seniors[item]), demand, mine[problem.senior].tolist()))
        if problem.share is not None:
            places = range(len(problem.institutions))
            rows += [(0, problem.share, mine[problem.institution == place].tolist()) for place in places]
        if strong is not None:
            rows.append((min(strong[0], demand), demand, mine[fits[item] >= strong[1]].tolist()))
    loads = list(zip(problem.least.tolist(), problem.most.tolist(), strict=True))
    rows += [(*loads[one], (np.arange(n) * m + one).tolist()) for one in range(m)]
    programme = {"gain": fits.ravel().tolist(), "low": low.ravel().tolist(), "high": high.ravel().tolist()}
    return _ask({**programme, "rows": rows, "whole": whole})


def strongest(problem: "ReviewProblem", count: int) -> float | None:
    """Return the highest fit of which every item can have ``count`` reviewers, by trying each from the top."""
    levels = np.unique(dense(problem))[::-1].tolist()
    return next((one for one in levels if best_total(problem, strong=(count, one)) is not None), None)


@cache
def _process() -> "subprocess.Popen[str]":
    process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(process.communicate)
    return process


def _ask(programme: dict[str, Any]) -> float | None:
    process = _process()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(programme) + "\n")
    process.stdin.flush()
    answer: float | None = json.loads(process.stdout.readline())
    return answer


def _answer(programme: dict[str, Any]) -> float | None:
    import highspy  # noqa: PLC0415 - in the script's own process alone, see above

    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    for column, (gain, low, high) in enumerate(
        zip(programme["gain"], programme["low"], programme["high"], strict=True)
    ):
        highs.addVar(low, high)
        highs.changeColCost(column, -gain)
        if programme["whole"]:
            highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for low, high, columns in programme["rows"]:
        highs.addRow(low, high, len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns)))
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return -float(highs.getInfo().objective_function_value)


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()
