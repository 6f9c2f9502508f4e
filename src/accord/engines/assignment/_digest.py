"""The digest of a problem: the same for the same records in any order, another one for any other problem."""

import json
from hashlib import sha256

import numpy as np

from accord.engines.assignment.types import ReviewProblem, Sparse


def digest(problem: ReviewProblem) -> str:
    """Will give the SHA-256 of the problem's canonical bytes, as hexadecimal digits.

    Fits count as float64 in the order of sorted ids; those of 0 are left out, so dense and sparse fits agree.
    """
    found = sha256()
    rules = {
        "items": problem.items,
        "reviewers": problem.reviewers,
        "institutions": problem.institutions,
        "share": problem.share,
        "floor": problem.floor,
    }
    found.update(json.dumps(rules, ensure_ascii=False, separators=(",", ":")).encode())
    for figures in (
        problem.demand,
        problem.seniors,
        problem.least,
        problem.most,
        problem.senior,
        problem.institution,
        problem.conflicts,
        problem.fixed,
    ):
        found.update(figures.astype("<i8").tobytes())
    for item in range(len(problem.items)):
        reviewer, fit = _row(problem, item)
        kept = fit != 0
        found.update(int(kept.sum()).to_bytes(8, "little"))
        found.update(reviewer[kept].astype("<i8").tobytes() + fit[kept].astype("<f8").tobytes())
    return found.hexdigest()


def _row(problem: ReviewProblem, item: int) -> tuple[np.ndarray, np.ndarray]:
    fits = problem.fits
    if isinstance(fits, Sparse):
        inside = slice(int(fits.start[item]), int(fits.start[item + 1]))
        return fits.reviewer[inside], fits.fit[inside]
    return np.arange(fits.shape[1]), fits[item]
