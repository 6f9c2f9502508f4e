"""Runs one peer on one instance: ``python peers.py PEER FILE``. Imports nothing of Accord; prints one JSON object.

The time is from dictionaries to the matching. The dictionaries, with the names the peer wants, are made before.
"""

import json
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STACK = 2**30
Pairs = dict[int, int]


def main() -> None:
    """Will run the peer with a deep stack, since one of them copies deeply, and print what it found."""
    sys.setrecursionlimit(10**7)
    threading.stack_size(STACK)
    runner = threading.Thread(target=_run, args=(sys.argv[1], Path(sys.argv[2])))
    runner.start()
    runner.join()


def _run(peer: str, path: Path) -> None:
    data = json.loads(path.read_text())
    prepared = PEERS[peer](data)
    started = _busy()
    pairs = prepared()
    seconds = _busy() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "pairs": sorted(pairs.items())}))


def _busy() -> float:
    """Return the seconds of the processor so far, those of finished children (a solver) included."""
    return time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])


def _matching_hr(data: dict[str, Any]) -> Callable[[], Pairs]:
    from matching.games import HospitalResident

    residents = {f"r{a}": [f"h{p}" for p in row] for a, row in enumerate(data["wishes"])}
    hospitals = {f"h{p}": [f"r{a}" for a in row] for p, row in enumerate(data["rankings"])}
    places = {f"h{p}": places for p, places in enumerate(data["places"])}

    def solve() -> Pairs:
        solved = HospitalResident.create_from_dictionaries(residents, hospitals, places).solve()
        return {int(r.name[1:]): int(h.name[1:]) for h, row in solved.items() for r in row}

    return solve


def _matching_spa(data: dict[str, Any]) -> Callable[[], Pairs]:
    from matching.games import StudentAllocation

    students = {f"s{a}": [f"p{p}" for p in row] for a, row in enumerate(data["wishes"])}
    supervisors = {f"l{j}": [f"s{a}" for a in row] for j, row in enumerate(data["rankings"])}
    offered = {f"p{p}": f"l{j}" for p, j in enumerate(data["lecturer"])}
    places = {f"p{p}": places for p, places in enumerate(data["places"])}
    taken = {f"l{j}": places for j, places in enumerate(data["lecturer_places"])}

    def solve() -> Pairs:
        game = StudentAllocation.create_from_dictionaries(students, supervisors, offered, places, taken)
        return {int(s.name[1:]): int(p.name[1:]) for p, row in game.solve().items() for s in row}

    return solve


def _algmatch_hr(data: dict[str, Any]) -> Callable[[], Pairs]:
    from algmatch import HospitalResidentsProblem

    given = {
        "residents": dict(enumerate(data["wishes"])),
        "hospitals": {
            p: {"capacity": places, "preferences": row}
            for p, (places, row) in enumerate(zip(data["places"], data["rankings"]))
        },
    }
    return lambda: _by_applicant(HospitalResidentsProblem(dictionary=given).get_stable_matching(), "resident_sided")


def _algmatch_spa(data: dict[str, Any]) -> Callable[[], Pairs]:
    from algmatch import StudentProjectAllocation

    given = {
        "students": dict(enumerate(data["wishes"])),
        "projects": {
            p: {"capacity": places, "lecturer": j}
            for p, (places, j) in enumerate(zip(data["places"], data["lecturer"]))
        },
        "lecturers": {
            j: {"capacity": places, "preferences": row}
            for j, (places, row) in enumerate(zip(data["lecturer_places"], data["rankings"]))
        },
    }
    return lambda: _by_applicant(
        StudentProjectAllocation(dictionary=given, optimised_side="students").get_stable_matching(), "student_sided"
    )


def _by_applicant(solved: Any, side: str) -> Pairs:
    if solved is None:
        raise RuntimeError("the peer found no stable matching")
    return {int(who[1:]): int(what[1:]) for who, what in solved[side].items() if what}


def _profile(objective: str) -> Callable[[dict[str, Any]], Callable[[], Pairs]]:
    """Return a runner of matchingproblems: as many students as possible, then this objective; one thread of CBC."""

    def prepare(data: dict[str, Any]) -> Callable[[], Pairs]:
        from matchingproblems import solver

        path = Path(tempfile.mkdtemp()) / "instance.txt"
        path.write_text(_as_text(data))
        arguments = ["-f", str(path), "-na", "3", "-maxsize", "1", f"-{objective}", "2"]

        def solve() -> Pairs:
            asked = solver.Solver(arguments)
            asked.solve(msg=False, timeLimit=None, threads=1, write=False)
            found = next(line for line in asked.get_results().splitlines() if line.startswith("matching:"))
            held = {}
            for student, project in enumerate(re.findall(r"\d+", found)):
                if int(project):
                    held[student] = int(project) - 1
            return held

        return solve

    return prepare


def _as_text(data: dict[str, Any]) -> str:
    """Return the instance in the format of matchingproblems, which counts from 1."""
    rows = [f"{len(data['wishes'])} {len(data['places'])} {len(data['lecturer_places'])}"]
    rows += [f"{a}: " + " ".join(str(p + 1) for p in row) for a, row in enumerate(data["wishes"], 1)]
    projects = enumerate(zip(data["places"], data["lecturer"]), 1)
    rows += [f"{p}: 0: {places}: {lecturer + 1}" for p, (places, lecturer) in projects]
    rows += [f"{j}: 0: {places}: {places}:" for j, places in enumerate(data["lecturer_places"], 1)]
    return "\n".join(rows) + "\n"


PEERS = {
    "matching-hr": _matching_hr,
    "matching-spa": _matching_spa,
    "algmatch-hr": _algmatch_hr,
    "algmatch-spa": _algmatch_spa,
    "matchingproblems-greedy": _profile("gre"),
    "matchingproblems-generous": _profile("gen"),
    "matchingproblems-least-cost": _profile("mincost"),
}

if __name__ == "__main__":
    main()
