"""The one form of every benchmark: a table for people; with ``--json`` one object a line."""

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import isfinite, isnan


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison. ``ratio`` is how many times better than the peer: above 1 we are ahead."""

    bench: str
    case: str
    ours: float
    peer: float
    ratio: float
    unit: str


@dataclass(frozen=True, slots=True)
class Options:
    """What every benchmark takes."""

    json: bool
    quick: bool


def options(bench: str, description: str, argv: Sequence[str] | None = None) -> Options:
    """Will read the two switches that every benchmark has."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{bench}", description=description)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--quick", action="store_true", help="use fewer cases; the figures are rougher")
    found = parser.parse_args(argv)
    return Options(json=found.json, quick=found.quick)


def smaller_is_better(bench: str, case: str, ours: float, peer: float, unit: str) -> Line:
    """Will make the line of a figure such as an error or a time."""
    return Line(bench, case, ours, peer, peer / ours if ours else float("inf"), unit)


def alone(bench: str, case: str, ours: float, unit: str) -> Line:
    """Will make the line of a figure that no peer here can be compared with."""
    return Line(bench, case, ours, float("nan"), float("nan"), unit)


def nearer_is_better(bench: str, case: str, ours: float, peer: float, unit: str, *, goal: float, noise: float) -> Line:
    """Will make the line of a figure with a goal: the ratio is the peer's distance from it over ours.

    Neither distance counts as smaller than ``noise``, what chance alone would move the figure.
    """
    return Line(bench, case, ours, peer, max(abs(peer - goal), noise) / max(abs(ours - goal), noise), unit)


def emit(lines: Iterable[Line], *, as_json: bool) -> None:
    """Will print the lines to standard output, as a table or as JSON."""
    if as_json:
        for line in lines:
            print(json.dumps({name: _plain(value) for name, value in asdict(line).items()}))
        return
    rows = [(line.case, _short(line.ours), _short(line.peer), _short(line.ratio), line.unit) for line in lines]
    table(("case", "ours", "peer", "times better", "unit"), rows)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Will print rows as a Markdown table, so that documents can quote it as it stands."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    print(_row(head, widths))
    print(_row(["-" * width for width in widths], widths))
    for row in rows:
        print(_row(row, widths))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _short(value: float) -> str:
    if isnan(value):
        return "–"
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def _plain(value: object) -> object:
    # JSON has neither infinity nor "no number": a perfect result and a peer that was not run are written as null.
    return None if isinstance(value, float) and not isfinite(value) else value
