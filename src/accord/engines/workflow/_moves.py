"""Which steps can be taken from a stage, and taking one."""

from collections.abc import Collection, Mapping

from accord.engines.workflow.refusals import StepRefused
from accord.engines.workflow.types import Move, Stage, Step, Workflow


def moves(workflow: Workflow, stage: str, *, actors: Collection[str], facts: Mapping[str, bool]) -> tuple[Move, ...]:
    """Will list the steps that these actors have from here, each with the needs that are not met yet.

    What ``facts`` does not name is not met. Refuses with ``StageUnknown`` where the workflow has no such stage.
    """
    return tuple(Move(step, _missing(step, facts)) for step in workflow.steps_from(stage) if _is_by(step, actors))


def take(workflow: Workflow, stage: str, step: str, *, actors: Collection[str], facts: Mapping[str, bool]) -> Stage:
    """Will say where a step leads; refuses with ``StepRefused`` unless it may be taken now."""
    here = workflow.stage(stage)
    found = workflow.step(step)
    if found is None:
        raise StepRefused("unknown-step", step, stage)
    names = (found.name, here.name)
    if stage not in found.from_stages:
        raise StepRefused("not-from-here", step, stage, names=names)
    if not _is_by(found, actors):
        raise StepRefused("not-yours", step, stage, names=names, by=found.by)
    if missing := _missing(found, facts):
        raise StepRefused("needs-missing", step, stage, names=names, by=found.by, missing=missing)
    return workflow.stage(found.to)


def _is_by(step: Step, actors: Collection[str]) -> bool:
    return not frozenset(step.by).isdisjoint(actors)


def _missing(step: Step, facts: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(need for need in step.needs if not facts.get(need, False))
