"""Which limits can bind at all, level by level from the lowest: what every mechanism over the forest walks through."""

from dataclasses import dataclass

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching.types import UNLIMITED, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """``levels[h][leaf]`` is the limit of height ``h`` over a leaf; where there is none, a last node without limit.

    A limit stands higher than every limit under it. ``cap`` has that last node appended.
    """

    levels: list[Ints]
    cap: Ints

    def chains(self) -> list[tuple[int, ...]]:
        """Return for every leaf its limits, lowest first."""
        none = len(self.cap) - 1
        columns = [level.tolist() for level in self.levels]
        if not columns:
            return [()] * none
        return [tuple(node for node in row if node != none) for row in zip(*columns, strict=True)]


def limits_of(plan: Layout, *, many_offers: bool = False) -> Limits:
    """Return the limits that could ever be passed; a cap that everybody fits under is left out.

    Everybody takes one seat at a time, unless ``many_offers``: then one person may be counted in every slot.
    """
    paths = plan.paths()
    nodes, deepest = paths.shape
    depth = (paths >= 0).sum(axis=1)
    most = np.bincount(plan.leaf, minlength=nodes).astype(np.int64)
    people = len(plan.leaf) if many_offers else int((np.diff(plan.start) > 0).sum())
    height = np.full(nodes + 1, -1, np.int64)
    reach = np.full(nodes, -1, np.int64)
    for step in range(deepest, 0, -1):
        here = np.flatnonzero(depth == step)
        # Everything below is settled here: `most` could come, and the highest limit below has height `reach`.
        binds = here[plan.cap[here] < np.minimum(most[here], people)]
        reach[binds] += 1
        height[binds] = reach[binds]
        under = here[plan.parent[here] >= 0]
        np.add.at(most, plan.parent[under], np.minimum(most[under], plan.cap[under]))
        np.maximum.at(reach, plan.parent[under], reach[under])
    return Limits(_levels(paths, height), np.append(plan.cap, UNLIMITED))


def _levels(paths: Ints, height: Ints) -> list[Ints]:
    nodes = len(paths)
    levels = np.full((int(height.max()) + 1, nodes), nodes, np.int64)
    for column in paths.T:
        # A path that ended stands at -1, the last height, which is -1 too: no limit.
        leaves = np.flatnonzero(height[column] >= 0)
        levels[height[column[leaves]], leaves] = column[leaves]
    return list(levels)
