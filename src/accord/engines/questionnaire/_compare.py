"""What is new in a version, in words: for the applicant whose draft was carried over, and for who publishes it."""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from accord.engines.questionnaire._difference_words import (
    ASIDE,
    FLAGS,
    KIND_NAMES,
    LIMITS,
    OPTIONS,
    QUESTION,
    SECTION,
    UNLIMITED,
)
from accord.engines.questionnaire._figures import day_words, written
from accord.engines.questionnaire._format import COMMON
from accord.engines.questionnaire._phrases import describe, filled, joined, quoted
from accord.engines.questionnaire.types import (
    Change,
    Condition,
    Difference,
    Question,
    Questionnaire,
    Section,
    Words,
)


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """Will return every difference between two versions, in the order of the new one, what is gone last."""
    return (*_new_sections(old, new), *_new_questions(old, new), *_gone(old, new))


def _new_sections(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    before = {section.key: section for section in old.sections}
    shifted = _shifted([section.key for section in old.sections], [section.key for section in new.sections])
    for section in new.sections:
        was, title = before.get(section.key), quoted(section.title)
        if was is None:
            yield Difference(Change.ADDED, section.key, "", filled(SECTION["added"], title=title))
            continue
        if section.key in shifted:
            yield Difference(Change.MOVED, section.key, "", filled(SECTION["moved"], title=title))
        for words in _section_words(was, section, new):
            yield Difference(Change.CHANGED, section.key, "", words)


def _section_words(was: Section, section: Section, new: Questionnaire) -> Iterator[Words]:
    title = quoted(section.title)
    if was.title != section.title:
        yield filled(SECTION["title"], title=title, old=quoted(was.title))
    if was.help != section.help:
        yield filled(SECTION["help"], title=title)
    yield from _condition_words(was.show_if, section.show_if, title, new)


def _new_questions(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    before = {question.key: (section, question) for section in old.sections for question in section.questions}
    for section in new.sections:
        stayed = [key for key in before if before[key][0].key == section.key]
        shifted = _shifted(stayed, [question.key for question in section.questions])
        for question in section.questions:
            label = quoted(question.label)
            if question.key not in before:
                words = filled(QUESTION["added"], label=label)
                yield Difference(Change.ADDED, section.key, question.key, words)
                continue
            stood, was = before[question.key]
            if stood.key != section.key:
                words = filled(QUESTION["section"], label=label, title=quoted(section.title))
                yield Difference(Change.MOVED, section.key, question.key, words)
            elif question.key in shifted:
                yield Difference(Change.MOVED, section.key, question.key, filled(QUESTION["moved"], label=label))
            for words in _question_words(was, question, new):
                yield Difference(Change.CHANGED, section.key, question.key, words)


def _gone(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    sections = {section.key for section in new.sections}
    questions = {question.key for question in new.questions}
    for section in old.sections:
        if section.key not in sections:
            words = filled(SECTION["removed"], title=quoted(section.title))
            yield Difference(Change.REMOVED, section.key, "", words)
        for question in section.questions:
            if question.key not in questions:
                words = filled(QUESTION["removed"], label=quoted(question.label))
                yield Difference(Change.REMOVED, section.key, question.key, words)


def _shifted(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Of what is in both, the keys that stand elsewhere beside the others."""
    common = set(before) & set(after)
    first, second = [key for key in before if key in common], [key for key in after if key in common]
    if first == second:
        return set()
    stayed = {
        key
        for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        for key in second[block.b : block.b + block.size]
    }
    return common - stayed


def _question_words(was: Question, now: Question, new: Questionnaire) -> Iterator[Words]:
    label = quoted(now.label)
    if was.label != now.label:
        yield filled(QUESTION["label"], label=label, old=quoted(was.label))
    if was.help != now.help:
        yield filled(QUESTION["help"], label=label)
    if was.kind is not now.kind:
        yield filled(QUESTION["kind"], label=label, new=KIND_NAMES[now.kind], old=KIND_NAMES[was.kind])
    yield from _flags(was, now, label)
    yield from _condition_words(was.show_if, now.show_if, label, new)
    if was.kind is now.kind:
        yield from _options(was, now, label)
        yield from _limits(was, now, label)


def _flags(was: Question, now: Question, label: Words) -> Iterator[Words]:
    for name, (switched_on, switched_off) in FLAGS.items():
        if getattr(was, name) != getattr(now, name) and (was.kind is now.kind or name in COMMON):
            yield filled(switched_on if getattr(now, name) else switched_off, label=label)


def _options(was: Question, now: Question, label: Words) -> Iterator[Words]:
    before = {option.key: option.label for option in was.options}
    after = {option.key: option.label for option in now.options}
    for key, option in after.items():
        if key not in before:
            yield filled(OPTIONS["added"], label=label, option=quoted(option))
        elif before[key] != option:
            yield filled(OPTIONS["label"], label=label, option=quoted(option), old=quoted(before[key]))
    for key, option in before.items():
        if key not in after:
            yield filled(OPTIONS["removed"], label=label, option=quoted(option))
    if _shifted(list(before), list(after)):
        yield filled(OPTIONS["moved"], label=label)


def _limits(was: Question, now: Question, label: Words) -> Iterator[Words]:
    for name, words in LIMITS.get(now.kind, {}).items():
        old, new = getattr(was, name), getattr(now, name)
        if old != new:
            yield filled(ASIDE, label=label, what=words, new=_said(new), old=_said(old))


def _said(value: object) -> Words:
    if isinstance(value, Words):
        return value
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple) and value:
        return joined((Words(one, one) for one in value), ", ", "、")
    if isinstance(value, int | float):
        return Words(written(value), written(value))
    return Words(value, value) if isinstance(value, str) and value else UNLIMITED


def _condition_words(was: Condition | None, now: Condition | None, name: Words, new: Questionnaire) -> Iterator[Words]:
    if was == now:
        return
    if now is None:
        yield filled(QUESTION["always"], label=name)
    else:
        yield filled(QUESTION["only-if"], label=name, condition=describe(now, new.questions))
