"""A workflow as plain values that JSON and YAML hold, and its digest."""

import json
from hashlib import sha256
from typing import Any

from accord.engines.workflow._words import Words
from accord.engines.workflow.types import Stage, Step, Workflow


def as_data(workflow: Workflow) -> dict[str, Any]:
    """Will turn a workflow into what ``read`` takes; nothing that is empty is written."""
    return {
        "start": workflow.start,
        "stages": [stage_data(one) for one in workflow.stages],
        "steps": [step_data(one) for one in workflow.steps],
    }


def digest(workflow: Workflow) -> str:
    """Will give the SHA-256 of the workflow's canonical JSON, as hexadecimal digits.

    The order of stages and steps counts, for it is shown and says what is usual; that of keys does not.
    """
    text = json.dumps(as_data(workflow), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def stage_data(stage: Stage) -> dict[str, Any]:
    """Will turn a stage into plain values."""
    out = {"key": stage.key, "name": dict(stage.name), "phase": stage.phase.value}
    return {**out, **_told(stage.tells), **({"ends": True} if stage.ends else {})}


def step_data(step: Step) -> dict[str, Any]:
    """Will turn a step into plain values."""
    lists = {"needs": list(step.needs), "asks": list(step.asks)}
    return {
        "key": step.key,
        "name": dict(step.name),
        "from": list(step.from_stages),
        "to": step.to,
        "by": list(step.by),
        **{name: found for name, found in lists.items() if found},
        **_told(step.tells),
    }


def _told(tells: Words | None) -> dict[str, Any]:
    return {} if tells is None else {"tells": dict(tells)}
