"""The second set, made another way: small worlds of people, queues and rooms instead of a curve and a die.

Nothing here is shared with the first set: each world is stepped person by person with the standard library's
random numbers, and the target is what a first run of the same world delivered, off by the same hopefulness.
It is simulated too, and says nothing about real partnerships by itself.
"""

from collections import deque
from collections.abc import Callable
from math import exp
from random import Random

import numpy as np

from benchmarks.forecast.commitments import Run

Weeks = list[tuple[int, int]]
"""For each week: what arrived and what left."""


def agents(each: int, seed: int) -> list[Run]:
    """Will make ``each`` commitments in every world."""
    return [_run(name, number, seed) for name in WORLDS for number in range(each)]


def _run(name: str, number: int, seed: int) -> Run:
    rng = Random(f"{name}/{number}/{seed}")
    weeks, scale = rng.randint(26, 130), exp(rng.uniform(0, 2.5))
    settings = rng.random()
    pilot = WORLDS[name](rng, weeks, scale, settings)
    found = WORLDS[name](rng, weeks, scale, settings)
    hoped = sum(a - b for a, b in pilot) * exp(rng.gauss(0.08, 0.30))
    changes = np.array([float(a - b) for a, b in found])
    events = np.array([a + b for a, b in found], dtype=np.int64)
    return Run(name, f"{name}-{number}", changes, events, float(max(round(hoped), 3)))


def _chance_count(rng: Random, mean: float) -> int:
    """Will count arrivals in one week, one gap after another."""
    count, at = 0, rng.expovariate(mean) if mean > 0 else 1.0
    while at < 1.0:
        count += 1
        at += rng.expovariate(mean)
    return count


def admissions(rng: Random, weeks: int, scale: float, settings: float) -> Weeks:
    """Applications wait for a panel that meets every few weeks and can only decide so many."""
    every, seats = rng.randint(2, 6), max(int(scale * (3 + 5 * settings)), 1)
    waiting: deque[int] = deque()
    out: Weeks = []
    for week in range(weeks):
        waiting.extend([week] * _chance_count(rng, scale * 1.5))
        admitted = 0
        if week % every == 0:
            decided = [waiting.popleft() for _ in range(min(seats, len(waiting)))]
            admitted = sum(rng.random() < (0.7 if week - since < 12 else 0.4) for since in decided)
        out.append((admitted, 0))
    return out


def word_of_mouth(rng: Random, weeks: int, scale: float, settings: float) -> Weeks:
    """A pool of possible members; those inside bring in others, until few are left outside."""
    inside, outside = max(round(scale), 1), round(scale * (40 + 60 * settings))
    out: Weeks = []
    for _ in range(weeks):
        pull = 0.004 + 0.12 * inside / (inside + outside)
        joined = sum(rng.random() < pull for _ in range(outside))
        inside, outside = inside + joined, outside - joined
        out.append((joined, 0))
    return out


def tenants(rng: Random, weeks: int, scale: float, settings: float) -> Weeks:
    """Rooms let for half a year at a time; a tenant renews or goes, and no more come than there are rooms."""
    rooms, renew = round(scale * 12), 0.6 + 0.35 * settings
    ends: list[int] = []
    out: Weeks = []
    for week in range(weeks):
        due = sum(end == week for end in ends)
        left = sum(rng.random() > renew for _ in range(due))
        ends = [end for end in ends if end != week] + [week + 26] * (due - left)
        moved = min(_chance_count(rng, scale * 0.4), rooms - len(ends))
        ends += [week + 26] * moved
        out.append((moved, left))
    return out


def projects(rng: Random, weeks: int, scale: float, settings: float) -> Weeks:
    """Projects start in calls and deliver after a delay of their own; some fail; a whole call may slip."""
    done = [0] * (weeks + 1)
    gap = rng.randint(8, 20)
    for call in range(-gap * 3, weeks, gap):
        slip = rng.choice([0, 0, 0, 6, 12])
        for _ in range(_chance_count(rng, scale * 4)):
            ready = call + slip + round(rng.gammavariate(4, 4 + 4 * settings))
            if 0 <= ready < weeks and rng.random() < 0.8:
                done[ready] += 1
    return [(count, 0) for count in done[:weeks]]


def champions(rng: Random, weeks: int, scale: float, settings: float) -> Weeks:
    """A few people do the work; each may leave, and a newcomer takes time to learn."""
    skill = [1.0] * rng.randint(2, 5)
    out: Weeks = []
    for _ in range(weeks):
        out.append((sum(_chance_count(rng, scale * 0.5 * one) for one in skill), 0))
        skill = [0.0 if rng.random() < 0.012 + 0.01 * settings else min(one + 0.05, 1.0) for one in skill]
    return out


WORLDS: dict[str, Callable[[Random, int, float, float], Weeks]] = {
    "admissions": admissions,
    "word-of-mouth": word_of_mouth,
    "tenants": tenants,
    "projects": projects,
    "champions": champions,
}
