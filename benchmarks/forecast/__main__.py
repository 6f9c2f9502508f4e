"""Runs the comparison: ``python -m benchmarks.forecast [--json] [--quick]``."""

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from importlib.util import find_spec

from accord.engines.forecast import TooEarly, forecast
from benchmarks._form import Line, Options, emit, nearer_is_better, options, smaller_is_better, table
from benchmarks.forecast.agents import agents
from benchmarks.forecast.commitments import START, Run
from benchmarks.forecast.scoring import METHODS, OURS, Marks, accord, mark, mean_by_commitment
from benchmarks.forecast.simulated import simulated

BENCH = "forecast"
SEED = 20190930
EACH, EACH_QUICK = 56, 6
SETS = 4
"""One set of 504 commitments leaves the Brier score uncertain by about .006; four halve that."""
WORLDS_EACH, WORLDS_QUICK = 60, 8
MILESTONE_KINDS = ("deadline-rush", "s-curve", "steady")
GOAL = 0.80
INSIDE = "share inside the 80 % range"
BRIER = "Brier score"


def main() -> None:
    """Will score every method on both sets, and milestones against none, and print the lines."""
    asked = options(BENCH, "Accord's forecasts against five usual methods, on commitments whose end is known.")
    if find_spec("statsmodels") is None:
        sys.exit("statsmodels is missing: pip install --require-hashes -r requirements-bench.txt")
    lines = [
        *_compare("simulated", _simulated(asked), asked),
        *_compare("worlds", agents(WORLDS_QUICK if asked.quick else WORLDS_EACH, SEED), asked),
        *_milestones(asked),
    ]
    emit(lines, as_json=asked.json)


def _simulated(asked: Options) -> list[Run]:
    if asked.quick:
        return simulated(EACH_QUICK, SEED)
    return [run for number in range(SETS) for run in simulated(EACH, SEED + number)]


def _compare(name: str, runs: Sequence[Run], asked: Options) -> Iterator[Line]:
    marks = {method: mark(call, runs) for method, call in METHODS.items()}
    if not asked.json:
        _tell(name, runs, marks)
    ours = marks.pop(OURS)
    brier, inside, crps = _mean("brier", ours), _mean("inside80", ours), _mean("crps", ours)
    best = min(marks.values(), key=partial(_mean, "brier"))
    nearest = min(marks.values(), key=lambda peer: abs(_mean("inside80", peer) - GOAL))
    sharpest = min(marks.values(), key=partial(_mean, "crps"))
    yield smaller_is_better(BENCH, f"brier-{name}", brier, _mean("brier", best), BRIER)
    yield _coverage(name, inside, _mean("inside80", nearest), len(runs))
    yield smaller_is_better(BENCH, f"crps-{name}", crps, _mean("crps", sharpest), "CRPS over the target")
    for method, peer in marks.items():
        yield smaller_is_better(BENCH, f"brier-{name}-{method}", brier, _mean("brier", peer), BRIER)
        yield _coverage(f"{name}-{method}", inside, _mean("inside80", peer), len(runs))
    slowest = marks["ets"].milliseconds
    yield smaller_is_better(BENCH, f"time-{name}-ets", ours.milliseconds, slowest, "ms a forecast, median")


def _coverage(case: str, ours: float, peer: float, commitments: int) -> Line:
    noise = (GOAL * (1 - GOAL) / commitments) ** 0.5
    return nearer_is_better(BENCH, f"coverage80-{case}", ours, peer, INSIDE, goal=GOAL, noise=noise)


def _mean(column: str, marks: Marks) -> float:
    return float(getattr(marks, column).mean())


def _tell(name: str, runs: Sequence[Run], marks: dict[str, Marks]) -> None:
    asked = 3 * len(runs)
    print(f"\n{name}: {len(runs)} commitments, {asked} forecasts; the gate would hold back {_held_back(runs)}\n")
    head = ("method", "Brier", "inside 80 %", "inside 50 %", "CRPS / target", "ms")
    columns = ("brier", "inside80", "inside50", "crps")
    rows = [
        (method, *(f"{_mean(column, found):.3f}" for column in columns), f"{found.milliseconds:.2f}")
        for method, found in marks.items()
    ]
    table(head, rows)
    peers = [method for method in marks if method != OURS]
    best = min(peers, key=lambda method: _mean("brier", marks[method]))
    ours = marks[OURS].brier
    brier, least, most = mean_by_commitment(ours, SEED)
    gain, low, high = mean_by_commitment(ours - marks[best].brier, SEED)
    print(f"\nBrier of accord: {brier:.3f}, 95 % interval {least:.3f} to {most:.3f}")
    print(f"Brier less the best peer's ({best}): {gain:+.3f}, 95 % interval {low:+.3f} to {high:+.3f}\n")
    _tell_kinds(runs, marks[OURS])


def _tell_kinds(runs: Sequence[Run], ours: Marks) -> None:
    kinds = list(dict.fromkeys(run.kind for run in runs))
    rows = []
    for kind in kinds:
        mine = [3 * at + moment for at, run in enumerate(runs) if run.kind == kind for moment in range(3)]
        rows.append((kind, f"{ours.brier[mine].mean():.3f}", f"{ours.inside80[mine].mean():.2f}"))
    table(("accord, by kind", "Brier", "inside 80 %"), rows)
    print()


def _held_back(runs: Sequence[Run]) -> int:
    days = [(run, weeks, START + timedelta(weeks=weeks)) for run in runs for weeks in run.weeks_at()]
    answers = (forecast(run.pledge, run.history(weeks), as_of=on, key=run.name) for run, weeks, on in days)
    return sum(isinstance(answer, TooEarly) for answer in answers)


def _milestones(asked: Options) -> Iterator[Line]:
    """Will compare our own forecasts with four milestones, right within a quarter, against none."""
    for kind in MILESTONE_KINDS:
        each = EACH_QUICK if asked.quick else 150
        planned, flat = (
            mark(accord, simulated(each, SEED + SETS, kinds=(kind,), milestones=with_plan))
            for with_plan in (True, False)
        )
        yield smaller_is_better(BENCH, f"brier-milestones-{kind}", _mean("brier", planned), _mean("brier", flat), BRIER)
        with_plan, without = _mean("inside80", planned), _mean("inside80", flat)
        yield _coverage(f"milestones-{kind}", with_plan, without, each)


if __name__ == "__main__":
    main()
