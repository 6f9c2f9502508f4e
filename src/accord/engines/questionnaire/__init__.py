"""Questionnaires as data: read, asked, checked, carried into a new version, and judged by rules. See README.md."""

from accord.engines.questionnaire._carry import carry
from accord.engines.questionnaire._check import check, check_one
from accord.engines.questionnaire._clean import clean_one
from accord.engines.questionnaire._compare import compare
from accord.engines.questionnaire._figures import count_words
from accord.engines.questionnaire._format import FILE_TYPES, keys_of, ops_of
from accord.engines.questionnaire._phrases import describe
from accord.engines.questionnaire._progress import progress
from accord.engines.questionnaire._read import read
from accord.engines.questionnaire._rules import explain, judge, read_rules, rules_data
from accord.engines.questionnaire._shown import shown, visible_to_hosts, visible_to_reviewers
from accord.engines.questionnaire._write import as_data, digest
from accord.engines.questionnaire.refusals import QuestionnaireRefused, SourceMissing
from accord.engines.questionnaire.types import (
    All,
    Carried,
    Change,
    Condition,
    Difference,
    Either,
    Fault,
    Figure,
    Gone,
    Json,
    Kind,
    Not,
    One,
    Op,
    Option,
    Problem,
    Question,
    Questionnaire,
    Rule,
    Section,
    SectionProgress,
    Shown,
    State,
    Unsure,
    Verdict,
    Words,
)

__all__ = [
    "FILE_TYPES",
    "All",
    "Carried",
    "Change",
    "Condition",
    "Difference",
    "Either",
    "Fault",
    "Figure",
    "Gone",
    "Json",
    "Kind",
    "Not",
    "One",
    "Op",
    "Option",
    "Problem",
    "Question",
    "Questionnaire",
    "QuestionnaireRefused",
    "Rule",
    "Section",
    "SectionProgress",
    "Shown",
    "SourceMissing",
    "State",
    "Unsure",
    "Verdict",
    "Words",
    "as_data",
    "carry",
    "check",
    "check_one",
    "clean_one",
    "compare",
    "count_words",
    "describe",
    "digest",
    "explain",
    "judge",
    "keys_of",
    "ops_of",
    "progress",
    "read",
    "read_rules",
    "rules_data",
    "shown",
    "visible_to_hosts",
    "visible_to_reviewers",
]
