"""The workflow of a call as it is walked: which steps somebody has, what each lacks, and where one stands."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from accord.engines import workflow
from accord.kernel.text import Bilingual
from accord.programmes.enums import Need, WorkflowActor
from accord.programmes.models import Application, Call
from accord.programmes.queries._facts import NEEDED, facts_of, words_of
from accord.programmes.queries._kinds import workflow_of

ACTORS: Mapping[str, str | Promise] = {
    WorkflowActor.APPLICANT: _("the applicant"),
    WorkflowActor.OFFICE: _("the office"),
    WorkflowActor.CLOCK: _("Accord by itself"),
}
"""Who takes a step, in words."""

PHASE_NAMES: Mapping[str, str | Promise] = {
    "draft": pgettext_lazy("of an application", "Draft"),
    "screening": pgettext_lazy("of an application", "Screening"),
    "question": pgettext_lazy("of an application", "Waits for the applicant"),
    "review": pgettext_lazy("of an application", "Review"),
    "decision": pgettext_lazy("of an application", "Decision"),
    "offer": pgettext_lazy("of an application", "Place or offer"),
    "placement": pgettext_lazy("of an application", "Placement"),
    "done": pgettext_lazy("of an application", "Completed"),
    "declined": pgettext_lazy("of an application", "Declined"),
    "withdrawn": pgettext_lazy("of an application", "Withdrawn"),
}
"""Phases in words, the same for every workflow."""


@dataclass(frozen=True, slots=True)
class StepAhead:
    """A step that somebody has from where an application stands, and in words what it lacks."""

    key: str
    name: Bilingual
    to: Bilingual
    to_phase: str
    asks: tuple[str, ...]
    missing: tuple[str | Promise, ...]

    @property
    def is_ready(self) -> bool:
        """Say whether nothing is missing."""
        return not self.missing

    @property
    def lacks(self) -> str:
        """Return all that is missing, in the reader's language."""
        return joined_words(self.missing)


def flow_of(call: Call) -> workflow.Workflow:
    """Return the workflow of a call; raises `engines.workflow.WorkflowRefused` where it does not hold together."""
    return _read(json.dumps(call.workflow, sort_keys=True))


@lru_cache(maxsize=256)
def _read(definition: str) -> workflow.Workflow:
    found: Mapping[str, Any] = json.loads(definition)
    return workflow_of(found)


def stage_name(call: Call, key: str) -> Bilingual:
    """Return what a stage of a call is called; its key where the workflow lost it."""
    stage = next((one for one in flow_of(call).stages if one.key == key), None)
    return Bilingual.of(stage.name) if stage else Bilingual(key, key)


def stage_names(call: Call) -> dict[str, Bilingual]:
    """Return what every stage of a call is called, in the order of the workflow."""
    return {one.key: Bilingual.of(one.name) for one in flow_of(call).stages}


def step_name(call: Call, key: str) -> Bilingual:
    """Return what a step of a call is called; its key where the workflow lost it."""
    step = flow_of(call).step(key)
    return Bilingual.of(step.name) if step else Bilingual(key, key)


def stage_tells(application: Application) -> Bilingual:
    """Return what the applicant reads where the application stands; empty where the workflow says nothing."""
    stage = next((one for one in flow_of(application.call).stages if one.key == application.stage), None)
    return Bilingual.of(stage.tells) if stage and stage.tells else Bilingual()


def steps_ahead(
    application: Application, *, actors: Collection[str], at: datetime, but: Collection[str] = ()
) -> list[StepAhead]:
    """Return the steps that these actors have from where the application stands, ready ones first as they are written.

    `but` names steps that are left out.
    """
    flow = flow_of(application.call)
    own = [one for one in flow.steps_from(application.stage) if not frozenset(one.by).isdisjoint(actors)]
    needs = {need for one in own for need in one.needs}
    facts = facts_of([application], at=at, only=needs)[application.pk]
    found = workflow.moves(flow, application.stage, actors=actors, facts={str(k): v for k, v in facts.items()})
    return [_ahead(flow, one) for one in found if one.step.key not in but]


def _ahead(flow: workflow.Workflow, move: workflow.Move) -> StepAhead:
    goal = flow.stage(move.step.to)
    return StepAhead(
        key=move.step.key,
        name=Bilingual.of(move.step.name),
        to=Bilingual.of(goal.name),
        to_phase=goal.phase,
        asks=move.step.asks,
        missing=tuple(words_of(one) for one in move.missing),
    )


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a workflow in words: who takes it, where it leads, what it needs and asks for."""

    key: str
    name: Bilingual
    to: Bilingual
    who: str
    needs: str
    asks: str


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage of a workflow in words, with the steps that lead on from it."""

    key: str
    name: Bilingual
    phase: str | Promise
    tells: Bilingual
    ends: bool
    steps: tuple[StepShown, ...]


def joined_words(parts: Iterable[object]) -> str:
    """Return several phrases as one, with the signs of the reader's language between."""
    return pgettext("between several phrases", "; ").join(map(str, parts))


ASKS: Mapping[str, str | Promise] = {
    "reason": _("a reason, which the applicant reads"),
    "note": _("a note for the office"),
    "question": _("a question to the applicant"),
    "due": _("a day for the answer"),
}
"""What a step asks for, in words."""


def workflow_shown(call: Call) -> list[StageShown]:
    """Return the workflow of a call in words, stage by stage."""
    flow = flow_of(call)
    return [
        StageShown(
            key=one.key,
            name=Bilingual.of(one.name),
            phase=PHASE_NAMES[one.phase],
            tells=Bilingual.of(one.tells) if one.tells else Bilingual(),
            ends=one.ends,
            steps=tuple(_step_shown(flow, step) for step in flow.steps_from(one.key)),
        )
        for one in flow.stages
    ]


def _step_shown(flow: workflow.Workflow, step: workflow.Step) -> StepShown:
    return StepShown(
        key=step.key,
        name=Bilingual.of(step.name),
        to=Bilingual.of(flow.stage(step.to).name),
        who=joined_words(ACTORS[one] for one in step.by),
        needs=joined_words(NEEDED[Need(one)] for one in step.needs),
        asks=joined_words(ASKS[one] for one in step.asks),
    )


def workflow_words() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """Return the words that a definition may use, each with what it means, in four groups."""
    return [
        (_("Phases"), list(PHASE_NAMES.items())),
        (_("Who takes a step"), [(str(key), words) for key, words in ACTORS.items()]),
        (_("What a step needs"), [(str(key), words) for key, words in NEEDED.items()]),
        (_("What a step asks for"), list(ASKS.items())),
    ]
