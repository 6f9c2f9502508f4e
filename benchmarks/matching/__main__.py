"""Runs the comparison: ``python -m benchmarks.matching [--json] [--quick]``."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._form import Line, alone, emit, options, smaller_is_better
from benchmarks._peers import ROOT, peer_python
from benchmarks.matching.instances import Instance, hospital_residents, student_project

BENCH = "matching"
MS, MEGABYTES = "ms", "MB"
PEERS = ROOT / "benchmarks" / "matching" / "peers.py"
OBJECTIVES = {"greedy": "greedy", "generous": "generous", "least-cost": "least-cost"}
SAYING = """
Ours and theirs: from dictionaries of names to the matching, in time of the processor (a peer's solver included), one
core, in this run; every matching was compared.
At 10,000 the ratios mostly measure how the peers search and shorten Python lists, which grows with the square of
their length; ours is arrays. The lines without a peer are ours alone.
"""


def main() -> None:
    """Will compare with every peer on instances of both sizes, then run alone on what only we can."""
    asked = options(BENCH, "Hospital-residents, student-project and profile-optimal matching against three packages.")
    with tempfile.TemporaryDirectory() as folder:
        emit(_lines(Path(folder), quick=asked.quick), as_json=asked.json)
    if not asked.json:
        print(SAYING)


def _lines(folder: Path, *, quick: bool) -> Iterator[Line]:
    for size in (1000,) if quick else (1000, 10_000):
        yield from _stable(folder, f"hospital-residents-{size}", hospital_residents(size), "hr")
        yield from _stable(folder, f"student-project-{size}", student_project(size), "spa")
    yield from _profiles(folder, 100 if quick else 500)
    for size in (10_000,) if quick else (100_000, 1_000_000):
        yield from _alone(folder, size)


def _stable(folder: Path, case: str, instance: Instance, kind: str) -> Iterator[Line]:
    path = _written(folder, case, instance)
    ours = _ours("fair-match", path)
    for peer in ("matching", "algmatch"):
        theirs = _theirs(f"{peer}-{kind}", path)
        if theirs["pairs"] != ours["pairs"]:
            raise SystemExit(f"{case}: {peer} found another matching.")
        yield smaller_is_better(BENCH, f"{case}-{peer}", ours["seconds"] * 1000, theirs["seconds"] * 1000, MS)


def _profiles(folder: Path, size: int) -> Iterator[Line]:
    instance = student_project(size)
    path = _written(folder, f"profile-optimal-{size}", instance)
    total, peer_total = 0.0, 0.0
    for objective in OBJECTIVES:
        ours, theirs = _ours(objective, path), _theirs(f"matchingproblems-{objective}", path)
        _refuse_other_profile(objective, ours["profile"], _profile(instance, theirs["pairs"]))
        case = f"profile-optimal-{size}-{objective}"
        yield smaller_is_better(BENCH, case, ours["seconds"] * 1000, theirs["seconds"] * 1000, MS)
        total, peer_total = total + ours["seconds"], peer_total + theirs["seconds"]
    yield smaller_is_better(BENCH, f"profile-optimal-{size}-matchingproblems", total * 1000, peer_total * 1000, MS)


def _refuse_other_profile(objective: str, ours: list[int], theirs: list[int]) -> None:
    """Refuse unequal profiles; of least cost there may be several, so there the sums must agree."""
    if objective == "least-cost":
        ours, theirs = ([sum(one), sum(rank * count for rank, count in enumerate(one, 1))] for one in (ours, theirs))
    if ours != theirs:
        raise SystemExit(f"{objective}: our profile is {ours}, theirs {theirs}.")


def _profile(instance: Instance, pairs: list[tuple[int, int]]) -> list[int]:
    ranks = [instance.wishes[applicant].index(project) + 1 for applicant, project in pairs]
    return list(map(int, np.bincount(ranks)[1:]))


def _alone(folder: Path, size: int) -> Iterator[Line]:
    case = f"hospital-residents-{size}"
    ours = _ours("fair-match", _written(folder, case, hospital_residents(size)))
    yield alone(BENCH, f"{case}-alone", ours["seconds"] * 1000, MS)
    yield alone(BENCH, f"{case}-check", ours["check_seconds"] * 1000, MS)
    yield alone(BENCH, f"{case}-memory", ours["megabytes"], MEGABYTES)


def _written(folder: Path, case: str, instance: Instance) -> Path:
    path = folder / f"{case}.json"
    path.write_text(json.dumps(instance.as_data()))
    return path


def _ours(case: str, path: Path) -> dict[str, Any]:
    found = _run([sys.executable, "-m", "benchmarks.matching.ours", case, str(path)])
    if not found["sound"]:
        raise SystemExit(f"{case}: the certificate of our matching is not sound.")
    return found


def _theirs(peer: str, path: Path) -> dict[str, Any]:
    return _run([str(peer_python()), "-W", "ignore", str(PEERS), peer, str(path)])


def _run(command: list[str]) -> dict[str, Any]:
    """Return what a process of its own printed last; it may use one core and one thread."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | threads | {"PYTHONPATH": paths if command[0] == sys.executable else ""},
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=_on_one_core,
    )
    if done.returncode or not done.stdout.strip():
        raise SystemExit(f"{' '.join(command[1:4])} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found | {"pairs": [tuple(pair) for pair in found["pairs"]]}


def _on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
