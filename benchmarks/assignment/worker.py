"""One measurement in a process of its own: ``python -m benchmarks.assignment.worker JOB``; the answer is JSON.

A job names the solver, the instance and, for openreview-matcher, the folder of its checkout.
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from accord.engines.assignment import Assignment, Goal, Item, Reviewer, ReviewProblem, assign, check, problem
from benchmarks.assignment.instances import REVIEWS, Instance, bids, synthetic

Chosen = npt.NDArray[np.int64]
SCALE = 2**24
GIGABYTE = 2**30
CROSSING_SOLVES = 30
HOUSES = 40
GOALS: dict[str, Callable[[ReviewProblem], Assignment]] = {
    "best-total": lambda built: assign(built, seed="benchmark"),
    "strong-2": lambda built: assign(built, Goal.STRONG, strong=2, seed="benchmark"),
    "crossing": lambda built: assign(built, seed="benchmark", limit=CROSSING_SOLVES),
    "randomised": lambda built: assign(built, Goal.RANDOMISED, highest=Fraction(1, 2), seed="benchmark"),
}


def main() -> None:
    """Will run the job named on the command line."""
    job = json.loads(sys.argv[1])
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (job["gigabytes"] * GIGABYTE, job["gigabytes"] * GIGABYTE))
    instance = bids(Path(job["bids"]), least=job["least"]) if job.get("bids") else synthetic(*job["shape"])
    base = _peak()
    started = time.perf_counter()
    found = _run(job, instance)
    clock = time.perf_counter() - started
    print(json.dumps({**found, "clock": clock, "base": base, "megabytes": _peak()}))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run(job: dict[str, Any], instance: Instance) -> dict[str, float]:
    solver = job["solver"]
    if solver in GOALS:
        return _ours(GOALS[solver], instance, crossing=solver == "crossing")
    started = time.process_time()
    chosen = _all_pairs(instance) if solver == "all-pairs" else _openreview(solver, Path(job["openreview"]), instance)
    return {"seconds": time.process_time() - started, **_totals(instance, chosen)}


def _ours(goal: Callable[[ReviewProblem], Assignment], instance: Instance, *, crossing: bool) -> dict[str, float]:
    """Will assign and check; where rules cross, with a senior an item and one reviewer of an institution."""
    items, reviewers = instance.shape
    names = [f"item-{at:06}" for at in range(items)], [f"reviewer-{at:06}" for at in range(reviewers)]
    pairs = [(names[0][item], names[1][one]) for item, one in instance.conflicts.tolist()]
    started = time.process_time()
    built = problem(
        [Item(name, REVIEWS, int(crossing)) for name in names[0]],
        [
            Reviewer(name, instance.most, instance.least, at % 3 == 0, f"house-{at % HOUSES}")
            for at, name in enumerate(names[1])
        ],
        instance.fits,
        conflicts=pairs,
        share=1 if crossing else None,
    )
    ready = time.process_time()
    found = goal(built)
    assigned = time.process_time()
    seen = check(built, found)
    checked = time.process_time()
    if not (seen.feasible and seen.certified):
        raise SystemExit(f"The check does not agree: {seen.breaches[:3]}")
    return {
        "seconds": assigned - started,
        "build": ready - started,
        "check": checked - assigned,
        "total": found.total if found.expected is None else found.expected,
        "weakest": min(found.item_fits),
        "gap": found.certificate.gap,
        "solves": found.certificate.solves,
    }


def _totals(instance: Instance, chosen: Chosen) -> dict[str, float]:
    item, reviewer = chosen
    fit = instance.fits[item, reviewer].astype(np.float64)
    load, got = (
        np.bincount(side, minlength=size) for side, size in zip((reviewer, item), instance.shape[::-1], strict=True)
    )
    return {
        "total": float(fit.sum()),
        "weakest": float(np.bincount(item, weights=fit, minlength=instance.shape[0]).min()),
        "unmet": int((got != REVIEWS).sum()) + int(((load < instance.least) | (load > instance.most)).sum()),
    }


def _all_pairs(instance: Instance) -> Chosen:
    """Will hand every open pair to OR-Tools at once, as arrays; least loads are set aside at the sink."""
    solver = import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    items, reviewers = instance.shape
    open_pairs = np.ones(instance.shape, dtype=np.bool_)
    open_pairs[instance.conflicts[:, 0], instance.conflicts[:, 1]] = False
    item, reviewer = (side.astype(np.int32) for side in np.nonzero(open_pairs))
    cost = -np.rint(instance.fits[open_pairs].astype(np.float64) * SCALE).astype(np.int64)
    del open_pairs
    solver.add_arcs_with_capacity_and_unit_cost(item, reviewer + np.int32(items), np.ones(len(item), np.int64), cost)
    del cost
    ends = np.arange(items, items + reviewers, dtype=np.int32)
    sink = np.full(reviewers, items + reviewers, dtype=np.int32)
    spare = np.full(reviewers, instance.most - instance.least)
    solver.add_arcs_with_capacity_and_unit_cost(ends, sink, spare, np.zeros(reviewers, np.int64))
    supply = np.full(items + reviewers + 1, -instance.least)
    supply[:items] = REVIEWS
    supply[-1] = instance.least * reviewers - REVIEWS * items
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    if solver.solve() != solver.OPTIMAL:
        raise SystemExit("OR-Tools gave up")
    used = np.flatnonzero(solver.flows(np.arange(len(item), dtype=np.int32)))
    return np.stack([item[used], reviewer[used]]).astype(np.int64)


def _openreview(solver: str, home: Path, instance: Instance) -> Chosen:
    """Will run a solver of the checkout, whose package is entered by the back door: its front wants Gurobi."""
    package = ModuleType("peer")
    package.__path__ = [str(home / "matcher" / "solvers")]
    sys.modules["peer"] = package
    place, name = {"minmax": ("minmax_solver", "MinMaxSolver"), "fairflow": ("fairflow", "FairFlow")}[solver]
    items, reviewers = instance.shape
    scores = instance.fits.astype(np.float64)
    constraint = np.zeros(instance.shape, dtype=np.int64)
    constraint[instance.conflicts[:, 0], instance.conflicts[:, 1]] = -1
    encoder = SimpleNamespace(cost_matrix=scores * -100, constraint_matrix=constraint, aggregate_score_matrix=scores)
    made = getattr(import_module(f"peer.{place}"), name)(
        [instance.least] * reviewers,
        [instance.most] * reviewers,
        [REVIEWS] * items,
        encoder,
        allow_zero_score_assignments=True,
    )
    return np.stack(np.nonzero(made.solve())).astype(np.int64)


if __name__ == "__main__":
    main()
