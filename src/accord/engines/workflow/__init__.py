"""How an application moves, as data: stages, steps, who takes them, and what they need. See README.md."""

from accord.engines.workflow._ahead import path_to_end
from accord.engines.workflow._compare import compare, stages_lost
from accord.engines.workflow._data import as_data, digest
from accord.engines.workflow._messages import FAULT_CODES, REFUSAL_CODES
from accord.engines.workflow._moves import moves, take
from accord.engines.workflow._read import MOST_NAME, MOST_STAGES, MOST_STEPS, MOST_TOLD, read
from accord.engines.workflow._words import LANGUAGES, Language, Words
from accord.engines.workflow.refusals import Fault, StageUnknown, StepRefused, WorkflowRefused
from accord.engines.workflow.types import PHASES, Difference, Move, Phase, Stage, Step, Vocabulary, Workflow

__all__ = [
    "FAULT_CODES",
    "LANGUAGES",
    "MOST_NAME",
    "MOST_STAGES",
    "MOST_STEPS",
    "MOST_TOLD",
    "PHASES",
    "REFUSAL_CODES",
    "Difference",
    "Fault",
    "Language",
    "Move",
    "Phase",
    "Stage",
    "StageUnknown",
    "Step",
    "StepRefused",
    "Vocabulary",
    "Words",
    "Workflow",
    "WorkflowRefused",
    "as_data",
    "compare",
    "digest",
    "moves",
    "path_to_end",
    "read",
    "stages_lost",
    "take",
]
