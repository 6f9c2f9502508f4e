"""Judges the ways of a definition: whether all stages are reached, and whether all lead to an end.

A step that cannot be read wholly counts as leading from or to everywhere, so that every fault told here remains
when the others are mended.
"""

from collections.abc import Iterator

from accord.engines.workflow._fields import Faults
from accord.engines.workflow._sketch import StageSketch, StepSketch

Way = tuple[frozenset[str], frozenset[str]]


def judge_ways(
    start: str | None, stages: tuple[StageSketch, ...], steps: tuple[StepSketch, ...] | None, faults: Faults
) -> None:
    """Will note every fault of the ways; ``steps`` is None where they cannot be read at all."""
    sketch = _Ways(stages, steps, faults)
    sketch.judge_start(start)
    for step in steps or ():
        sketch.judge_step(step)
    sketch.judge_reach(start)
    sketch.judge_ends()
    _judge_step_names(steps or (), faults)


class _Ways:
    def __init__(self, stages: tuple[StageSketch, ...], steps: tuple[StepSketch, ...] | None, faults: Faults) -> None:
        self.faults = faults
        self.named = all(one.key is not None for one in stages)
        self.where: dict[str, str] = {}
        ends: dict[str, set[bool | None]] = {}
        for one in stages:
            if one.key is not None:
                self.where.setdefault(one.key, one.where)
                ends.setdefault(one.key, set()).add(one.ends)
        self.surely_ends = {key for key, said in ends.items() if said == {True}}
        self.surely_goes_on = {key for key, said in ends.items() if said == {False}}
        everywhere = frozenset(self.where)
        self.ways = [(everywhere, everywhere)] if steps is None else [self._way(one) for one in steps]

    def _way(self, step: StepSketch) -> Way:
        everywhere = frozenset(self.where)
        sources = [stage for _, stage in step.sources or ()]
        read = bool(sources) and all(stage in self.where for stage in sources)
        return (
            frozenset(stage for stage in sources if stage is not None) if read else everywhere,
            frozenset({step.to}) if step.to is not None and step.to in self.where else everywhere,
        )

    def _is_known(self, stage: str | None, where: str) -> bool:
        """Say whether there is such a stage; it is a fault only where all stages have a readable key."""
        if stage is None or stage in self.where:
            return stage is not None
        if self.named:
            self.faults.unknown("unknown-stage", where, stage, tuple(self.where))
        return False

    def judge_start(self, start: str | None) -> None:
        if self._is_known(start, "start") and start in self.surely_ends:
            self.faults.add("start-ends", "start", key=start)

    def judge_step(self, step: StepSketch) -> None:
        self._is_known(step.to, f"{step.where}.to")
        for where, stage in step.sources or ():
            if not self._is_known(stage, where):
                continue
            if stage in self.surely_ends:
                self.faults.add("end-with-steps", where, key=stage)
            elif stage == step.to and step.asks is False:
                self.faults.add("goes-nowhere", where, key=stage)

    def judge_reach(self, start: str | None) -> None:
        if start is None or start not in self.where or not self.named:
            return
        reached = _closure({start}, self.ways)
        for key, where in self.where.items():
            if key not in reached:
                self.faults.add("unreachable", where, key=key)

    def judge_ends(self) -> None:
        leaving = frozenset[str]().union(*(sources for sources, _ in self.ways))
        dead = {key for key in self.surely_goes_on if key not in leaving}
        over = set(self.where) - self.surely_goes_on | dead
        if not over and self.named:
            self.faults.add("no-end", "stages")
            return
        arriving = _closure(over, [(targets, sources) for sources, targets in self.ways])
        for key, where in self.where.items():
            if key in dead:
                self.faults.add("dead-end", where, key=key)
            elif key not in arriving and self.named:
                self.faults.add("no-end-ahead", where, key=key)


def _closure(start: set[str], ways: list[Way]) -> set[str]:
    """Return all that can be reached; a way is taken from any of its sources, to each of its targets."""
    reached, left = set(start), list(ways)
    while usable := [way for way in left if not reached.isdisjoint(way[0])]:
        left = [way for way in left if reached.isdisjoint(way[0])]
        reached.update(*(targets for _, targets in usable))
    return reached


def _judge_step_names(steps: tuple[StepSketch, ...], faults: Faults) -> None:
    taken: dict[tuple[str, str, str], str] = {}
    for step in steps:
        told = {step.where}
        for language, name, stage in _names(step):
            first = taken.setdefault((language, name.casefold(), stage), step.where)
            if first not in told:
                faults.add("same-name", f"{step.where}.name.{language}", key=stage, name=name, first=first)
            told.add(first)


def _names(step: StepSketch) -> Iterator[tuple[str, str, str]]:
    """Yield (language, name, stage) for every stage that a step leads from."""
    for language, name in (step.name or {}).items():
        for _, stage in step.sources or ():
            if stage is not None:
                yield language, name, stage
