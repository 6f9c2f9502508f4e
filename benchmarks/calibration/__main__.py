"""Runs the comparison: ``python -m benchmarks.calibration [--json] [--quick] [--gold PATH]``."""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np

from accord.engines.duels import bradley_terry
from benchmarks._form import Line, Options, emit, options, smaller_is_better, table
from benchmarks.calibration import contest, panels
from benchmarks.calibration.gold import PUBLISHED, measure
from benchmarks.calibration.panels import Floats

BENCH = "calibration"
SIZES = ((200, 60, 200), (2000, 800, 6), (20000, 8000, 1))
"""Items, reviewers, and how many panels of that size."""
BIASES = {"bias": 0.8, "no-bias": 0.0}
WRONG = "share of pairs in the wrong order"
GOAL_SECONDS, GOAL_LOSS = 1.0, 0.265
TOSSERS = {"careful": 0.0, "third-toss": 0.3}
CONTESTS = 5


def main() -> None:
    """Will compare calibration with its peers, duels with choix, and affinity where the data are at hand."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--gold", type=Path)
    found, rest = parser.parse_known_args()
    asked = options(
        BENCH,
        "Calibrated scores, duels, and with --gold PATH affinities: PATH is a checkout of "
        "niharshah/goldstandard-reviewer-paper-match.",
        rest,
    )
    if find_spec("choix") is None:
        sys.exit("choix is missing: pip install --require-hashes -r requirements-bench.txt")
    lines = [*_panels(asked), *_contests(asked), *(_gold(found.gold, asked) if found.gold else ())]
    emit(lines, as_json=asked.json)


def _panels(asked: Options) -> Iterator[Line]:
    rows = []
    for items, reviewers, sets in SIZES[:2] if asked.quick else SIZES:
        for name, bias in BIASES.items():
            drawn = [
                panels.draw(items, reviewers, bias, seed) for seed in range(max(sets // (10 if asked.quick else 1), 1))
            ]
            taus = {
                method: float(np.mean([panels.kendall(rank(one), one.quality) for one in drawn]))
                for method, rank in panels.METHODS.items()
            }
            case = f"{name}-{items}x{reviewers}"
            rows.append((case, str(len(drawn)), *(f"{tau:.3f}" for tau in taus.values())))
            for peer in ("raw mean", "plain ridge"):
                ours, theirs = (1 - taus["accord"]) / 2, (1 - taus[peer]) / 2
                yield smaller_is_better(BENCH, f"{case}-{peer.replace(' ', '-')}", ours, theirs, WRONG)
        seconds, _ = _fastest(partial(panels.accord, panels.draw(items, reviewers, BIASES["bias"], 1)))
        yield smaller_is_better(BENCH, f"seconds-{items}x{reviewers}", seconds, GOAL_SECONDS, "s; the peer is the goal")
    if not asked.json:
        table(("panel", "sets", *(f"tau, {method}" for method in panels.METHODS)), rows)
        print()


def _contests(asked: Options) -> Iterator[Line]:
    items, duels = (100, 1200) if asked.quick else (500, 6000)
    rows = []
    for name, share in TOSSERS.items():
        drawn = [contest.draw(items, duels, 60, share, seed) for seed in range(1 if asked.quick else CONTESTS)]
        ours = [_strength(one, judged=True) for one in drawn]
        theirs = [contest.choix(one) for one in drawn]
        right = [
            float(np.mean([panels.kendall(rank, one.strength) for rank, one in zip(ranks, drawn, strict=True)]))
            for ranks in (ours, theirs)
        ]
        plain, alone = _fastest(partial(_strength, drawn[0], judged=False))
        judged, _ = _fastest(partial(_strength, drawn[0], judged=True))
        peer, strength = _fastest(partial(contest.choix, drawn[0]))
        apart = float(np.abs(alone - strength + strength.mean()).max())
        rows.append(
            (name, f"{right[0]:.3f}", f"{right[1]:.3f}", f"{judged:.3f}", f"{plain:.3f}", f"{peer:.3f}", f"{apart:.1e}")
        )
        case = f"duels-{items}x{duels}-{name}"
        yield smaller_is_better(BENCH, f"{case}-choix", (1 - right[0]) / 2, (1 - right[1]) / 2, WRONG)
        yield smaller_is_better(BENCH, f"{case}-seconds-choix", plain, peer, "s, ours with error bars, the same model")
        yield smaller_is_better(
            BENCH, f"{case}-judged-seconds-choix", judged, peer, "s, ours with judges and error bars"
        )
    if not asked.json:
        table(("duels", "tau", "tau, choix", "s", "s, no judges", "s, choix", "most apart"), rows)
        print()


def _strength(one: contest.Contest, *, judged: bool) -> Floats:
    return bradley_terry(one.duels, items=one.names, judged=judged).strength


def _gold(checkout: Path, asked: Options) -> Iterator[Line]:
    found = measure(checkout)
    loss = float(np.mean(found.losses))
    if not asked.json:
        each = " ".join(f"{one:.3f}" for one in found.losses)
        print(f"Gold standard: loss {loss:.4f}, 95 % by bootstrap {found.low:.3f} to {found.high:.3f}; each set {each}")
        print(f"{found.seconds:.2f} s a set\n")
    yield smaller_is_better(BENCH, "affinity-gold-goal", loss, GOAL_LOSS, "loss; the peer is the goal")
    for method, theirs in PUBLISHED.items():
        yield smaller_is_better(BENCH, f"affinity-gold-{method.lower()}", loss, theirs, "loss on the gold standard")


def _fastest(call: Callable[[], Floats]) -> tuple[float, Floats]:
    """Will time three runs and give the shortest time, with the last answer."""
    times = []
    for _ in range(3):
        began = perf_counter()
        answer = call()
        times.append(perf_counter() - began)
    return min(times), answer


if __name__ == "__main__":
    main()
