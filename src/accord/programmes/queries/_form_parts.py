"""A form that is being built, part by part, whatever is still wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from accord.engines import questionnaire
from accord.engines.questionnaire import Difference, Fault, Question, Questionnaire
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.programmes.models import Call, FormVersion
from accord.programmes.queries._calls import current_form, form_draft
from accord.programmes.queries._forms import both, read_form, saved_forms, standard_forms

_PLACE = re.compile(r"sections\[(\d+)\](?:\.questions\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as the builder lists it."""

    key: str
    kind: str
    label: Bilingual
    is_required: bool
    is_identity: bool
    is_for_hosts: bool
    when: Bilingual
    faults: Sequence[Bilingual] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as the builder lists it, with its questions."""

    key: str
    title: Bilingual
    help: Bilingual
    when: Bilingual
    rows: Sequence[QuestionRow]
    faults: Sequence[Bilingual] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Working:
    """The version that the office works at: the draft, or the published one that a first change begins a draft from."""

    definition: Mapping[str, Any]
    version: int
    draft: FormVersion | None
    current: FormVersion | None
    faults: Sequence[Fault]
    new: Sequence[Difference]


def working_form(call: Call) -> Working:
    """Return what the office works at; two queries."""
    draft, current = form_draft(call), current_form(call)
    shown = draft or current
    definition = shown.definition if shown else {"sections": []}
    read = read_form(definition)
    old = read_form(current.definition).form if current and draft else None
    new = questionnaire.compare(old, read.form) if old and read.form else ()
    return Working(definition, draft.version if draft else 0, draft, current, read.faults, new)


def outline_of(working: Working) -> list[SectionRow]:
    """Return the sections with their questions, each with what is wrong with it."""
    form = read_form(working.definition).form
    told = _by_place(working.faults)
    rows = []
    for at, section in enumerate(working.definition["sections"]):
        read = form.sections[at] if form else None
        questions = tuple(
            _row(one, read.questions[place] if read else None, form, told.get((at, place), ()))
            for place, one in enumerate(section["questions"])
        )
        rows.append(
            SectionRow(
                key=str(section.get("key", "")),
                title=_text(section.get("title")),
                help=_text(section.get("help")),
                when=_when(read, form),
                rows=questions,
                faults=told.get((at, None), ()),
            )
        )
    return rows


def loose_faults(working: Working) -> list[Bilingual]:
    """Return what is wrong with the form as a whole."""
    return [both(one.words) for one in working.faults if not _PLACE.match(one.where)]


def section_in(definition: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return a section of a definition by its key; raises `NotThere`."""
    for one in definition["sections"]:
        if one.get("key") == key:
            found: Mapping[str, Any] = one
            return found
    raise NotThere(f"no section {key}")


def question_in(definition: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return a question of a definition by its key, with its section; raises `NotThere`."""
    for section in definition["sections"]:
        for one in section["questions"]:
            if one.get("key") == key:
                return section, one
    raise NotThere(f"no question {key}")


def sound_questions(definition: Mapping[str, Any], *, before: str = "", before_section: str = "") -> list[Question]:
    """Return the questions that hold together by themselves, up to a question or a section where one is named."""
    found: list[Question] = []
    for section in definition["sections"]:
        if before_section and section.get("key") == before_section:
            break
        for one in section["questions"]:
            if before and one.get("key") == before:
                return found
            question = _alone(one)
            if question is not None:
                found.append(question)
    return found


def questions_before(definition: Mapping[str, Any], section: str, question: str) -> list[Question]:
    """Return what a condition of a question may look at; of a new one, everything up to the end of its section."""
    if question:
        return sound_questions(definition, before=question)
    sections = definition["sections"]
    at = next((at for at, one in enumerate(sections) if one.get("key") == section), len(sections))
    return sound_questions({"sections": sections[: at + 1]})


def words_in(part: Mapping[str, Any], name: str) -> Bilingual:
    """Return a text of a part, empty where it has none."""
    return _text(part.get(name))


def no_such_kind() -> NotThere:
    """Return the refusal of a kind of question that there is not."""
    return NotThere(_("There is no such kind of question."))


def day_of_deadline(call: Call) -> date:
    """Return the day on which a call closes, in its own zone: for which ages are asked."""
    return call.closes_at.astimezone(ZoneInfo(call.time_zone)).date()


def key_for(words: Bilingual, taken: Sequence[str], kind: str) -> str:
    """Return a key for a new part: from its English words, or its kind where it has none; not one that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.en.lower().replace("’", "").replace("'", "")).strip("-")[:40].strip("-")
    base = plain if plain[:1].isalpha() else kind
    number, key = 1, base
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def keys_in(definition: Mapping[str, Any]) -> list[str]:
    """Return every key of questions in a definition."""
    return [str(one.get("key", "")) for section in definition["sections"] for one in section["questions"]]


def asked_form(call: Call) -> Questionnaire | None:
    """Return the form that rules of a call look at: the published version, or its first draft where it is sound."""
    version = current_form(call) or form_draft(call)
    return read_form(version.definition).form if version else None


def forms_to_begin_with(owner: int) -> dict[str, tuple[Bilingual, Mapping[str, Any]]]:
    """Return the forms that a call of a house can begin with, by a key: the standard ones, and its own."""
    standard = {one.key: (one.name, one.definition) for one in standard_forms().values()}
    own = {f"saved-{one.pk}": (one.name, one.definition) for one in saved_forms(owner)}
    return {**standard, **own}


def when_asked(form: Questionnaire, section: questionnaire.Section) -> dict[str, Bilingual]:
    """Return when each question of a section is asked, by key; nothing of those that are always asked."""
    return {
        one.key: both(questionnaire.describe(one.show_if, form.questions))
        for one in section.questions
        if one.show_if is not None
    }


def words_of_faults(faults: Sequence[Fault]) -> list[str]:
    """Return what is wrong, in the reader's words."""
    return [str(both(one.words)) for one in faults]


def words_of_difference(one: Difference) -> Bilingual:
    """Return a difference between two versions in words."""
    return both(one.words)


def _alone(one: Mapping[str, Any]) -> Question | None:
    bare = {name: value for name, value in one.items() if name != "show_if"}
    words = {"en": "-", "zh-hans": "-"}
    form = read_form({"sections": [{"key": "alone", "title": words, "questions": [bare]}]}).form
    return form.questions[0] if form else None


def _row(one: Mapping[str, Any], read: Any, form: Any, faults: Sequence[Bilingual]) -> QuestionRow:
    return QuestionRow(
        key=str(one.get("key", "")),
        kind=str(one.get("kind", "")),
        label=_text(one.get("label")),
        is_required=bool(one.get("required", one.get("kind") != "text")),
        is_identity=bool(one.get("identity", one.get("kind") == "members")),
        is_for_hosts=bool(one.get("to_hosts")),
        when=_when(read, form),
        faults=faults,
    )


def _when(read: Any, form: Any) -> Bilingual:
    if read is None or read.show_if is None:
        return Bilingual()
    return both(questionnaire.describe(read.show_if, form.questions))


def _text(value: Any) -> Bilingual:
    return Bilingual.of(value) if isinstance(value, Mapping | str) else Bilingual()


def _by_place(faults: Sequence[Fault]) -> dict[tuple[int, int | None], list[Bilingual]]:
    found: dict[tuple[int, int | None], list[Bilingual]] = {}
    for one in faults:
        place = _PLACE.match(one.where)
        if place:
            question = int(place[2]) if place[2] else None
            found.setdefault((int(place[1]), question), []).append(both(one.words))
    return found
