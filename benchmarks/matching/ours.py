"""Runs Accord on one instance: ``python -m benchmarks.matching.ours CASE FILE``; prints one JSON object.

As for the peers, the time is from dictionaries of names to the matching, in seconds of the processor, so that what
else runs here counts little; the dictionaries are made before.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from accord.engines.matching import (
    Lottery,
    Market,
    Mechanism,
    Outcome,
    Spread,
    check,
    market_from_dicts,
    match,
)

SEED = Lottery("benchmark")
TIMES = 5


def main() -> None:
    """Will run one case, the median of five times, and print time, memory and matching."""
    case, data = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    build = _builder(data)
    solve = _solver(case)
    solve(build())
    seconds, checks = [], []
    for _ in range(TIMES if len(data["wishes"]) <= 100_000 else 1):
        started = time.process_time()
        market = build()
        outcome = solve(market)
        seconds.append(time.process_time() - started)
        started = time.process_time()
        certificate = check(market, outcome)
        checks.append(time.process_time() - started)
    print(json.dumps(_found(market, outcome, seconds, checks) | {"sound": certificate.sound}))


def _found(market: Market, outcome: Outcome, seconds: list[float], checks: list[float]) -> dict[str, Any]:
    placed = np.flatnonzero(outcome.edge >= 0)
    names = [market.programmes[one] for one in market.programme[outcome.edge[placed]]]
    pairs = [(int(market.applicants[a][1:]), int(name[1:])) for a, name in zip(placed, names, strict=True)]
    ranks = market.rank[outcome.edge[placed]]
    return {
        "seconds": median(seconds),
        "check_seconds": median(checks),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairs": sorted(pairs) if len(pairs) <= 20_000 else [],
        "profile": np.bincount(ranks)[1:].tolist(),
    }


def _builder(data: dict[str, Any]) -> Callable[[], Market]:
    wishes = {f"a{a}": [f"p{p}" for p in row] for a, row in enumerate(data["wishes"])}
    places = {f"p{p}": number for p, number in enumerate(data["places"])}
    if not data["lecturer"]:
        rankings = {f"p{p}": [f"a{a}" for a in row] for p, row in enumerate(data["rankings"])}
        return lambda: market_from_dicts(wishes, places, rankings=rankings)
    rankings = {f"l{j}": [f"a{a}" for a in row] for j, row in enumerate(data["rankings"])}
    limits = {f"l{j}": number for j, number in enumerate(data["lecturer_places"])}
    under = {f"p{p}": f"l{j}" for p, j in enumerate(data["lecturer"])}
    return lambda: market_from_dicts(wishes, places, rankings=rankings, limits=limits, under=under)


def _solver(case: str) -> Callable[[Market], Outcome]:
    if case in set(Spread):
        return lambda market: match(market, Mechanism.FAIR_SPREAD, lottery=SEED, spread=Spread(case))
    return lambda market: match(market, Mechanism.FAIR_MATCH, lottery=SEED)


if __name__ == "__main__":
    main()
