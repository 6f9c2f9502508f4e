"""Forms as data: those that calls begin with, and reading one with everything that is wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import QuerySet

from accord.engines import questionnaire, workflow
from accord.engines.questionnaire import Fault, Question, Questionnaire, Section
from accord.kernel.text import Bilingual
from accord.programmes.models import FormVersion, SavedForm

FILE = Path(__file__).parents[1] / "forms.yaml"

SOURCES = ("places",)
"""What a ranking can choose from."""

__all__ = ["Fault", "Question", "Questionnaire", "Section"]


@dataclass(frozen=True, slots=True)
class StandardForm:
    """A form that calls of a kind begin with."""

    key: str
    name: Bilingual
    definition: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form, or everything that keeps it from being one."""

    form: Questionnaire | None
    faults: Sequence[Fault] = field(default_factory=tuple)


@cache
def standard_forms() -> Mapping[str, StandardForm]:
    """Return the forms that calls begin with, by key."""
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        key: StandardForm(key, Bilingual.of(entry["name"]), {"sections": entry["sections"]})
        for key, entry in found.items()
    }


def read_form(definition: Any) -> ReadForm:
    """Return the form of a definition, or all its faults."""
    try:
        return ReadForm(questionnaire.read(definition))
    except questionnaire.QuestionnaireRefused as refused:
        return ReadForm(None, refused.faults)


def both(words: questionnaire.Words | workflow.Words) -> Bilingual:
    """Return words of an engine as text that pages show in the reader's language."""
    return Bilingual(words.en, words.zh_hans)


def saved_forms(owner: int) -> QuerySet[SavedForm]:
    """Return the forms that a house keeps, the latest first."""
    return SavedForm.objects.filter(owner=owner).select_related("kept_by").order_by("-kept_at", "-pk")


def sections_of(form: FormVersion | None) -> tuple[Section, ...]:
    """Return the sections of a version that was published; none where there is no version."""
    return questionnaire.read(form.definition).sections if form is not None else ()


def problems_with(questions: Sequence[Question], raw: Mapping[str, Any]) -> list[tuple[str, Bilingual]]:
    """Return what cannot be read, or breaks a limit, in what was typed: by key of the question, in words."""
    return [
        (one.key, both(problem.words))
        for one in questions
        for problem in questionnaire.check_one(one, raw.get(one.key))
    ]
