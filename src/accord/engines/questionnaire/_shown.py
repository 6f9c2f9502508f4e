"""What is asked, given the answers so far, and what of it a reviewer, or a host, may read."""

from collections.abc import Mapping
from dataclasses import replace

from accord.engines.questionnaire._clean import clean_one
from accord.engines.questionnaire._logic import holds
from accord.engines.questionnaire.types import (
    Condition,
    Json,
    Kind,
    Problem,
    Question,
    Questionnaire,
    Section,
    Shown,
)


def shown(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Shown:
    """Will return what is asked; answers to hidden questions do not count, here or in later conditions."""
    counted: dict[str, Json] = {}
    sections: list[Section] = []
    unclear: list[str] = []
    for section in questionnaire.sections:
        if not _shows(section.show_if, counted):
            continue
        questions = []
        for question in section.questions:
            if not _shows(question.show_if, counted):
                continue
            questions.append(question)
            value = clean_one(question, answers.get(question.key))
            if isinstance(value, Problem):
                unclear.append(question.key)
            elif value is not None:
                counted[question.key] = value
        if questions:
            sections.append(replace(section, questions=tuple(questions)))
    return Shown(tuple(sections), counted, tuple(unclear))


def _shows(condition: Condition | None, counted: Mapping[str, Json]) -> bool:
    return condition is None or holds(condition, counted) is True


def visible_to_reviewers(
    questionnaire: Questionnaire, answers: Mapping[str, object], *, blind: bool
) -> tuple[tuple[Question, Json], ...]:
    """Will return what a reviewer may read: every shown question with its answer, None where there is none.

    Blind, questions that tell who applies are left out, and files go by the question's key and their number.
    """
    seen = shown(questionnaire, answers)
    return tuple(
        (question, _nameless(question, value) if blind else value)
        for section in seen.sections
        for question in section.questions
        if question.asks and not (blind and question.identity)
        for value in (seen.answers.get(question.key),)
    )


def visible_to_hosts(questionnaire: Questionnaire, answers: Mapping[str, object]) -> Shown:
    """Will return the form as hosts that the applicant ranks may read it: what is meant for them, with its answers."""
    seen = shown(questionnaire, answers)
    sections = [
        replace(section, questions=meant)
        for section in seen.sections
        if (meant := tuple(question for question in section.questions if question.to_hosts))
    ]
    keys = {question.key for section in sections for question in section.questions}
    told = {key: value for key, value in seen.answers.items() if key in keys}
    return Shown(tuple(sections), told, tuple(key for key in seen.unclear if key in keys))


def _nameless(question: Question, value: Json) -> Json:
    if question.kind is not Kind.FILE or not isinstance(value, list):
        return value
    files: list[Json] = []
    for number, file in enumerate(value, 1):
        if isinstance(file, dict):
            _, point, ending = str(file["name"]).rpartition(".")
            # What follows the last point of a strange name may itself be a name.
            known = f".{ending.lower()}" if point and ending.lower() in {*question.types, "jpeg"} else ""
            files.append({**file, "name": f"{question.key}-{number}{known}"})
    return files
