"""Runs the comparison: ``python -m benchmarks.assignment [--json] [--quick] [--openreview PATH] [--bids PATH]``."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks._form import Line, alone, emit, options, smaller_is_better, table

BENCH = "assignment"
SECONDS, MEGABYTES, FIT, WEAKEST = "s", "MB at the peak", "total fit", "fit of the weakest item"
OPEN = "total fit that the bound leaves open"
GIGABYTES = 14
PATIENCE = 1800
TOLERANCE = 1e-4
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
HEAD = ("instance", "solver", "s", "s by the clock", "total", "weakest", "gap", "rules broken", "MB", "MB of input")
DESCRIPTION = (
    "Review assignment against OR-Tools fed all pairs. --openreview PATH names a checkout of openreview-matcher, "
    "--bids PATH the file aamas2015.in of perturbed-maximization; each adds its lines."
)
SAYING = """
Every solver ran in a process of its own, one core, in this run; ours from records to the certified result, theirs
from arrays. Seconds are those of the processor, so that what else runs here counts little; those by the clock include
our check. Randomised: no pair likelier than 1/2. Crossing: a senior an item and one reviewer of an institution, 30
solves. OR-Tools fed all pairs solves the same problem in fits rounded to 2**-24; where its line has no figure
it did not finish within {gigabytes} GB. The openreview solvers build their arcs in Python loops, which is most of
their time, and cut fits to hundredths.
"""

Result = dict[str, float]


class Bench:
    """Runs jobs, and keeps a row of each for the table that people see."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []

    def run(self, name: str, solver: str, **job: Any) -> Result | None:
        """Will measure one solver on one instance; None where it could not finish."""
        order = json.dumps({"solver": solver, "gigabytes": GIGABYTES, **job})
        command = [sys.executable, "-m", "benchmarks.assignment.worker", order]
        try:
            done = subprocess.run(
                command, check=True, capture_output=True, text=True, timeout=PATIENCE, env=os.environ | THREADS
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as stopped:
            why = str(stopped.stderr or stopped).strip().splitlines()[-1:]
            self.rows.append((name, solver, *"–––––––", " ".join(why)[:60]))
            return None
        found: Result = json.loads(done.stdout.splitlines()[-1])
        figures = (
            f"{found['seconds']:.2f}",
            f"{found['clock']:.2f}",
            f"{found['total']:.4f}",
            f"{found['weakest']:.4f}",
        )
        gap = f"{found['gap']:.1e}" if "gap" in found else "–"
        broken = f"{found.get('unmet', 0):.0f}"
        self.rows.append((name, solver, *figures, gap, broken, f"{found['megabytes']:.0f}", f"{found['base']:.0f}"))
        return found


def main() -> None:
    """Will run every solver on every instance asked for, and print the lines."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--openreview", type=Path)
    parser.add_argument("--bids", type=Path)
    given, rest = parser.parse_known_args()
    asked = options(BENCH, DESCRIPTION, rest)
    bench = Bench()
    emit(_lines(bench, given, quick=asked.quick), as_json=asked.json)
    if not asked.json:
        print()
        table(HEAD, bench.rows)
        print(SAYING.format(gigabytes=GIGABYTES))


def _lines(bench: Bench, given: argparse.Namespace, *, quick: bool) -> Iterator[Line]:
    small, large = ((500, 200), (2000, 800)) if quick else ((2000, 800), (10_000, 5_000))
    yield from _synthetic(bench, "synthetic", small)
    yield from _synthetic(bench, "certified", large)
    yield from _unrivalled(bench, "randomised", small)
    yield from _unrivalled(bench, "crossing", small)
    if given.openreview:
        yield from _openreview(bench, given.openreview, small)
    if given.bids:
        yield from _bids(bench, given.openreview, given.bids)


def _ours(bench: Bench, name: str, solver: str, **job: Any) -> Result:
    found = bench.run(name, solver, **job)
    if found is None:
        raise SystemExit(f"{name}: {bench.rows[-1][-1]}")
    return found


def _synthetic(bench: Bench, kind: str, shape: tuple[int, int]) -> Iterator[Line]:
    name = f"{kind}-{shape[0]}x{shape[1]}"
    ours = _ours(bench, name, "best-total", shape=shape)
    theirs = bench.run(name, "all-pairs", shape=shape)
    if theirs is not None and theirs["total"] > ours["total"] + TOLERANCE * shape[0]:
        raise SystemExit(f"{name}: all pairs give {theirs['total']}, ours {ours['total']}.")
    for figure, unit in (("seconds", SECONDS), ("megabytes", MEGABYTES)):
        yield _against(f"{name}-{figure}", ours, theirs, figure, unit)
    yield alone(BENCH, f"{name}-gap", ours["gap"], OPEN)
    yield alone(BENCH, f"{name}-check-seconds", ours["check"], SECONDS)


def _unrivalled(bench: Bench, goal: str, shape: tuple[int, int]) -> Iterator[Line]:
    name = f"{goal}-{shape[0]}x{shape[1]}"
    ours = _ours(bench, name, goal, shape=shape)
    yield alone(BENCH, f"{name}-seconds", ours["seconds"], SECONDS)
    yield alone(BENCH, f"{name}-gap", ours["gap"], OPEN)


def _openreview(bench: Bench, home: Path, shape: tuple[int, int]) -> Iterator[Line]:
    for solver, goal in (("minmax", "best-total"), ("fairflow", "strong-2")):
        name = f"{solver}-{shape[0]}x{shape[1]}"
        ours = _ours(bench, name, goal, shape=shape)
        theirs = bench.run(name, solver, shape=shape, openreview=str(home))
        yield from _quality(name, ours, theirs)


def _bids(bench: Bench, home: Path | None, path: Path) -> Iterator[Line]:
    for solver, goal, least in (("minmax", "best-total", 0), ("minmax", "best-total", 6), ("fairflow", "strong-2", 0)):
        name = f"bids-{solver}-least-{least}"
        job = {"bids": str(path), "least": least}
        ours = _ours(bench, name, goal, **job)
        theirs = bench.run(name, solver, openreview=str(home), **job) if home else None
        yield from _quality(name, ours, theirs)


def _quality(name: str, ours: Result, theirs: Result | None) -> Iterator[Line]:
    yield _against(f"{name}-seconds", ours, theirs, "seconds", SECONDS)
    for figure, unit in (("total", FIT), ("weakest", WEAKEST)):
        if theirs is None:
            yield alone(BENCH, f"{name}-{figure}", ours[figure], unit)
        else:
            yield Line(BENCH, f"{name}-{figure}", ours[figure], theirs[figure], ours[figure] / theirs[figure], unit)


def _against(case: str, ours: Result, theirs: Result | None, figure: str, unit: str) -> Line:
    if theirs is None:
        return alone(BENCH, case, ours[figure], unit)
    return smaller_is_better(BENCH, case, ours[figure], theirs[figure], unit)


if __name__ == "__main__":
    main()
