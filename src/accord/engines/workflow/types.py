"""The values that enter and leave the workflow engine."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from accord.engines.workflow._words import Words
from accord.engines.workflow.refusals import StageUnknown


class Phase(StrEnum):
    """What a stage means, whatever it is called: the one thing that figures and code may go by."""

    DRAFT = "draft"
    SCREENING = "screening"
    QUESTION = "question"
    REVIEW = "review"
    DECISION = "decision"
    OFFER = "offer"
    PLACEMENT = "placement"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


PHASES: Final = tuple(Phase)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a definition may use: who acts, what can be needed, what a step can ask for."""

    actors: Collection[str]
    needs: Collection[str] = ()
    asks: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Where an application can stand; ``tells`` is what the applicant reads there."""

    key: str
    name: Words
    phase: Phase
    tells: Words | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A way from some stages to another: who takes it, what must be met before, what is asked on the way."""

    key: str
    name: Words
    from_stages: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    tells: Words | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A definition that was read without a fault; stages and steps stand in its order."""

    start: str
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]

    def stage(self, key: str) -> Stage:
        """Return a stage; refuses with ``StageUnknown`` where this version has none of that key."""
        for one in self.stages:
            if one.key == key:
                return one
        raise StageUnknown(key)

    def step(self, key: str) -> Step | None:
        """Return a step, or None."""
        return next((one for one in self.steps if one.key == key), None)

    def steps_from(self, stage: str) -> tuple[Step, ...]:
        """Return the steps that lead out of a stage, whoever takes them."""
        self.stage(stage)
        return tuple(one for one in self.steps if stage in one.from_stages)


@dataclass(frozen=True, slots=True)
class Move:
    """A step that somebody may take from where it stands, as soon as nothing is ``missing``."""

    step: Step
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that another version changes.

    ``what`` is stage, step, start, stages or steps; ``kind`` is added, removed, changed or moved. ``before`` and
    ``after`` are plain values of ``field``, as in the definition.
    """

    what: Literal["start", "stage", "step", "stages", "steps"]
    kind: Literal["added", "removed", "changed", "moved"]
    key: str
    field: str
    before: object
    after: object
    words: Words
