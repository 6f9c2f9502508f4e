"""What each kind of programme has, and the workflows that calls begin with; read once from the files beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from accord.engines import workflow
from accord.kernel.text import Bilingual
from accord.programmes.enums import Ask, Counted, Need, PersonLevel, Side, Term, WorkflowActor

FOLDER = Path(__file__).parents[1]

VOCABULARY = workflow.Vocabulary(actors=tuple(WorkflowActor), needs=tuple(Need), asks=tuple(Ask))
"""The words that workflows of calls may use."""


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone that placements of a kind begin with, and after how many months it is due."""

    key: str
    name: Bilingual
    months: int


@dataclass(frozen=True, slots=True)
class EvaluationQuestion:
    """Something that an evaluation asks, answered from 1 to 5: by which sides, and at which terms."""

    key: str
    text: Bilingual
    sides: tuple[Side, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class KindTraits:
    """What programmes of a kind have: places or not, what is counted, who signs, who comes, how often one reports."""

    code: str
    has_places: bool
    counts: tuple[Counted, ...]
    sides: tuple[Side, ...]
    levels: tuple[PersonLevel, ...]
    diary_days: int
    check_in_days: int
    questions: tuple[EvaluationQuestion, ...]
    milestones: tuple[PlannedMilestone, ...]
    workflow: str
    form: str


@cache
def kinds() -> Mapping[str, KindTraits]:
    """Return the traits of every kind, by its code."""
    return {code: _traits(code, entry) for code, entry in _file("kinds.yaml")["kinds"].items()}


@cache
def standard_workflows() -> Mapping[str, Mapping[str, Any]]:
    """Return the workflows that a call may begin with, as data, by name."""
    return _file("workflows.yaml")


def workflow_of(definition: Mapping[str, Any]) -> workflow.Workflow:
    """Return the workflow of a call; raises `engines.workflow.WorkflowRefused` with every fault."""
    return workflow.read(definition, VOCABULARY)


def _file(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def _traits(code: str, entry: Mapping[str, Any]) -> KindTraits:
    return KindTraits(
        code=code,
        has_places=entry["has_places"],
        counts=tuple(Counted(one) for one in entry["counts"]),
        sides=tuple(Side(one) for one in entry["sides"]),
        levels=tuple(PersonLevel(one) for one in entry["levels"]),
        diary_days=entry["diary_days"],
        check_in_days=entry["check_in_days"],
        questions=tuple(_questions()[key] for key in entry["questions"]),
        milestones=tuple(
            PlannedMilestone(one["key"], Bilingual(one["name"]["en"], one["name"]["zh-hans"]), one["months"])
            for one in entry["milestones"]
        ),
        workflow=entry["workflow"],
        form=entry["form"],
    )


@cache
def _questions() -> Mapping[str, EvaluationQuestion]:
    return {
        key: EvaluationQuestion(
            key=key,
            text=Bilingual(one["text"]["en"], one["text"]["zh-hans"]),
            sides=tuple(Side(side) for side in one["sides"]),
            terms=tuple(Term(term) for term in one["terms"]),
        )
        for key, one in _file("kinds.yaml")["questions"].items()
    }
