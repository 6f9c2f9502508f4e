"""Small random problems with every kind of rule."""

import numpy as np
from hypothesis import strategies as st

from accord.engines.assignment import Item, ProblemRefused, Reviewer, ReviewProblem, problem

QUARTERS = st.integers(0, 4).map(lambda steps: steps / 4)
FINE = st.floats(-1, 1, allow_nan=False, width=32).map(float)


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    seniors: bool = True,
    share: bool = True,
    fixed: bool = True,
    fine: bool | None = None,
) -> ReviewProblem:
    """Return a problem of up to 5 items and 7 reviewers; it may have no assignment, but never contradicts itself."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(2, 7))
    items = [
        Item(f"item-{at}", demand, draw(st.integers(0, min(1, demand))) if seniors else 0)
        for at in range(n)
        for demand in [draw(st.integers(1, min(3, m)))]
    ]
    reviewers = [
        Reviewer(
            f"reviewer-{at}",
            most,
            draw(st.sampled_from([0, 0, min(1, most)])),
            senior=draw(st.booleans()),
            institution=draw(st.sampled_from([None, "A", "B"])),
        )
        for at in range(m)
        for most in [draw(st.integers(1, 4))]
    ]
    fits = FINE if (draw(st.booleans()) if fine is None else fine) else QUARTERS
    pairs = [(item.id, one.id) for item in items for one in reviewers]
    table = {pair: draw(fits) for pair in pairs}
    conflicts = draw(st.lists(st.sampled_from(pairs), max_size=3))
    decided = draw(st.lists(st.sampled_from(pairs), max_size=2 if fixed else 0))
    kept = [pair for pair in decided if pair not in conflicts]
    limit = draw(st.sampled_from([None, 1, 1])) if share else None
    floor = draw(st.sampled_from([None, None, 0.25]))
    for hard in (kept, []):
        try:
            return problem(items, reviewers, table, conflicts=conflicts, fixed=hard, share=limit, floor=floor)
        except ProblemRefused:
            continue
    raise AssertionError


def crossing(seed: int, n: int = 30, m: int = 14) -> ReviewProblem:
    """Return a problem in which every item needs a senior and takes one reviewer of an institution."""
    source = np.random.default_rng(seed)
    return problem(
        [Item(f"i{at:02}", 3, 1) for at in range(n)],
        [Reviewer(f"r{at:02}", 9, 2, at % 3 == 0, f"h{source.integers(5)}") for at in range(m)],
        source.random((n, m)),
        share=1,
    )
