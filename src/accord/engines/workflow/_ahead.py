"""What usually happens next: the way that the definition lists first."""

from collections.abc import Callable
from typing import Final

from accord.engines.workflow.types import Phase, Stage, Step, Workflow

Wanted = Callable[[Stage], bool]
# What is tried, one after the other: (which end, through which stages).
_USUAL: Final[tuple[tuple[Wanted, Wanted], ...]] = (
    (lambda end: end.phase is Phase.DONE, lambda stage: stage.phase is not Phase.QUESTION),
    (lambda end: end.phase is Phase.DONE, lambda _: True),
    (lambda _: True, lambda _: True),
)


def path_to_end(workflow: Workflow, stage: str) -> tuple[Step, ...]:
    """Will give the usual way from a stage to an end: from each stage the first step listed that still gets there.

    It never comes back to a stage that it passed. It ends in the phase ``done`` if any way does, and asks no question
    on the way unless it must. At an end it is empty. Refuses with ``StageUnknown``.
    """
    here = workflow.stage(stage)
    for is_wanted, may_pass in _USUAL:
        ends = frozenset(one.key for one in workflow.stages if one.ends and is_wanted(one))
        open_stages = frozenset(one.key for one in workflow.stages if may_pass(one)) | {stage}
        if here.key in _leading(workflow, ends, open_stages):
            return _first_way(workflow, stage, ends, open_stages)
    return ()


def _first_way(workflow: Workflow, stage: str, ends: frozenset[str], may_pass: frozenset[str]) -> tuple[Step, ...]:
    way: list[Step] = []
    while stage not in ends:
        may_pass = may_pass - {stage}
        leading = _leading(workflow, ends, may_pass)
        step = next(one for one in workflow.steps_from(stage) if one.to in leading)
        way.append(step)
        stage = step.to
    return tuple(way)


def _leading(workflow: Workflow, ends: frozenset[str], may_pass: frozenset[str]) -> set[str]:
    """Return the stages from which such an end is reached through these stages alone."""
    leading, grew = set(ends & may_pass), True
    while grew:
        more = {
            stage
            for step in workflow.steps
            if step.to in leading
            for stage in step.from_stages
            if stage in may_pass and stage not in leading
        }
        leading |= more
        grew = bool(more)
    return leading
