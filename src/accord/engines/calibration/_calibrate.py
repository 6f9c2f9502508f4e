"""Scores less the bias of who gave them, and only where there is one."""

from collections.abc import Collection, Sequence

import numpy as np

from accord.engines.calibration._exact import Exact, Fit, exact, squares
from accord.engines.calibration._large import Large, large
from accord.engines.calibration._panel import Panel, read
from accord.engines.calibration._parts import parts
from accord.engines.calibration._variance import Variances, estimate
from accord.engines.calibration.types import Calibration, Floats, Ints, Reason

EXACT_UP_TO = 600
"""Reviewers; beyond, the eigenvalues of their matrix take longer than the probes."""
EVIDENCE = 2.71
"""Without bias this is passed by one panel in twenty: half of them show none, the rest a chi-squared of 1 degree."""
LEAST_FREEDOM = 5
"""Scores beyond one an item and one a reviewer: with fewer, noise and bias cannot be told apart."""


def calibrate(
    reviewer: Sequence[str],
    item: Sequence[str],
    score: Sequence[float] | Floats,
    *,
    reviewers: Collection[str] | None = None,
    items: Collection[str] | None = None,
) -> Calibration:
    """Will set raw and calibrated scores side by side: score = quality of item + bias of reviewer + noise.

    The three columns are one row a review; higher scores are better. ``reviewers`` and ``items`` list the ids
    that may occur; without them any may. Qualities are fixed effects, biases random ones whose variance is
    estimated by restricted maximum likelihood; without evidence for it every score stays as it was given.
    Refuses, as a ``CalibrationRefused`` of its own kind that names the ids, what ``types`` lists.
    Linear in the reviews beyond 600 reviewers, cubic in the reviewers below. Patterson and Thompson 1971;
    Henderson 1975.
    """
    panel = read(reviewer, item, score, reviewers, items)
    item_part, reviewer_part = parts(panel)
    found = int(reviewer_part.max()) + 1
    missing = _too_little(panel, found)
    variances = Variances(0.0, _noise(panel), 0.0)
    fit = _untouched(panel)
    if missing is None:
        solver = _solver(panel)
        variances = estimate(solver.spectrum())
        if variances.evidence >= EVIDENCE:
            fit = solver.fit(variances.ratio)
    reason = missing or _reason(variances, found)
    unscored = tuple(sorted(set(items or ()) - set(panel.items)))
    return _result(panel, fit, variances, (item_part, reviewer_part), reason, unscored)


def _solver(panel: Panel) -> Exact | Large:
    return exact(panel) if len(panel.reviewers) <= EXACT_UP_TO else large(panel)


def _too_little(panel: Panel, found: int) -> Reason | None:
    if found == len(panel.reviewers):
        return Reason.NOT_CONNECTED
    freedom = len(panel.score) - len(panel.items) - (len(panel.reviewers) - found)
    return Reason.TOO_FEW_REVIEWS if freedom < LEAST_FREEDOM else None


def _reason(variances: Variances, found: int) -> Reason:
    if variances.evidence < EVIDENCE:
        return Reason.NO_BIAS_FOUND
    return Reason.BIAS_FOUND if found == 1 else Reason.BIAS_FOUND_IN_PARTS


def _noise(panel: Panel) -> float:
    freedom = len(panel.score) - len(panel.items)
    return squares(panel) / freedom if freedom else float("nan")


def _untouched(panel: Panel) -> Fit:
    zeros = np.zeros(len(panel.reviewers))
    return Fit(zeros, np.asarray(1 / panel.per_item), zeros)


def _result(
    panel: Panel,
    fit: Fit,
    variances: Variances,
    numbered: tuple[Ints, Ints],
    reason: Reason,
    unscored: tuple[str, ...],
) -> Calibration:
    used = reason in {Reason.BIAS_FOUND, Reason.BIAS_FOUND_IN_PARTS}
    noise = variances.noise if used else _noise(panel)
    raw = panel.over_items(panel.score) / panel.per_item
    # Without a bias the mean is not worked out again, so that it stays the same to the last bit.
    calibrated = panel.over_items(panel.score - fit.bias[panel.reviewer]) / panel.per_item if used else raw.copy()
    arrays = {
        "raw": raw,
        "calibrated": calibrated,
        "raw_rank": _ranks(raw),
        "calibrated_rank": _ranks(calibrated),
        "item_error": np.sqrt(noise * fit.item_variance),
        "item_reviews": panel.per_item,
        "bias": fit.bias,
        "bias_error": np.sqrt(noise * fit.bias_variance),
        "reviewer_reviews": panel.per_reviewer,
        "item_part": numbered[0],
        "reviewer_part": numbered[1],
        "score_item": panel.item,
        "score_reviewer": panel.reviewer,
        "score": panel.score,
    }
    for array in arrays.values():
        array.setflags(write=False)
    return Calibration(
        items=panel.items,
        reviewers=panel.reviewers,
        parts=int(numbered[1].max()) + 1,
        noise_variance=noise,
        bias_variance=noise * variances.ratio,
        variance_ratio=variances.ratio,
        evidence=variances.evidence,
        used=used,
        reason=reason,
        unscored=unscored,
        **arrays,
    )


def _ranks(values: Floats) -> Ints:
    """Rank 1 for the highest; equal values share the better rank, a difference of rounding counts as none."""
    order = np.argsort(-values, kind="stable")
    falls = np.diff(values[order]) < -1e-9 * max(float(np.abs(values).max()), 1.0)
    rank = np.empty(len(values), dtype=np.int64)
    rank[order] = 1 + np.maximum.accumulate(np.concatenate(([0], np.where(falls, np.arange(1, len(values)), 0))))
    return rank
