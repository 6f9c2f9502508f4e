"""HiGHS in a process of its own: its package and that of OR-Tools carry the same library and cannot share one.

Run as a script it reads a network and its cost vectors a line, as JSON, and answers each with the least totals.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:  # the script stands alone
    from accord.engines.flow import Network

Vector = npt.NDArray[np.int64]


class Highs:
    """The process, asked one network at a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def totals(self, network: "Network", costs: list[Vector]) -> list[int]:
        """The least total of each vector in turn, by linear programmes that hold the earlier totals."""
        case = {name: getattr(network, name).tolist() for name in ("supply", "tail", "head", "lower", "upper")}
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({**case, "costs": [cost.tolist() for cost in costs]}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def running() -> Iterator[Highs]:
    """Start the process, and end it by closing its input."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, __file__], stdin=pipe, stdout=pipe, text=True) as process:
        yield Highs(process)


def solve(case: dict[str, Any]) -> list[int]:
    """Answer one line."""
    import highspy  # noqa: PLC0415 - in the script's own process alone, see above

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    tail, head, every = np.array(case["tail"]), np.array(case["head"]), np.arange(len(case["tail"]))
    for low, high in zip(case["lower"], case["upper"], strict=True):
        solver.addVar(float(low), float(high))
    for node, supply in enumerate(case["supply"]):
        row = (tail == node).astype(float) - (head == node)
        solver.addRow(float(supply), float(supply), len(every), every, row)
    out: list[int] = []
    for cost in case["costs"]:
        for arc, price in enumerate(cost):
            solver.changeColCost(arc, float(price))
        solver.run()
        assert solver.getModelStatus() in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        out.append(round(solver.getInfo().objective_function_value))
        solver.addRow(float(out[-1]), float(out[-1]), len(every), every, np.array(cost, dtype=float))
    return out


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(solve(json.loads(line))) + "\n")
        sys.stdout.flush()
