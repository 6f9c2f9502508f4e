"""How far somebody is, section by section: the task list."""

from collections.abc import Mapping

from accord.engines.questionnaire._check import Sources, problems_of_section
from accord.engines.questionnaire._shown import shown
from accord.engines.questionnaire.types import Questionnaire, Section, SectionProgress, State


def progress(
    questionnaire: Questionnaire, answers: Mapping[str, object], *, sources: Sources | None = None
) -> tuple[SectionProgress, ...]:
    """Will return every shown section with its state and what it lacks; rankings are checked if `sources` has theirs.

    A section without an answer is not started, also where nothing in it is required; then it lacks nothing.
    """
    seen = shown(questionnaire, answers)
    begun = {*seen.answers, *seen.unclear}
    return tuple(_section(section, answers, begun, sources or {}) for section in seen.sections)


def _section(section: Section, answers: Mapping[str, object], begun: set[str], sources: Sources) -> SectionProgress:
    missing = tuple(problems_of_section(section, answers, sources, strict=False))
    asked = [question.key for question in section.questions if question.asks]
    if asked and not begun.intersection(asked):
        return SectionProgress(section, State.NOT_STARTED, missing)
    return SectionProgress(section, State.BEGUN if missing else State.DONE, missing)
