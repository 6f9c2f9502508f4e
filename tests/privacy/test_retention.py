"""The declarations: both languages, no cut text, and rules of the clock."""

from datetime import date

import pytest
from django.apps import apps
from django.db import models

from accord.kernel.retention import BY_CLASS, Erasure, RetentionClass, UndeclaredError, activities, both, retained
from accord.kernel.text import Bilingual
from accord.privacy.queries import classes, purposes, register, thresholds
from accord.privacy.rules import due_on

CODES = {"purpose"}
"""Text that no person writes: what contexts announce."""


def test_every_class_is_told_in_words_and_decides_what_erasing_does() -> None:
    assert {*classes()} == {*RetentionClass}
    kept = {kind for kind, words in classes().items() if words.years}
    assert kept.isdisjoint(BY_CLASS)


@pytest.mark.parametrize("words", [{"en": "Cut", "by a comma": None, "zh-hans": "句"}, {"en": "One side"}, {}])
def test_a_text_that_was_cut_or_lacks_a_side_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(UndeclaredError):
        both(words)


def test_texts_purposes_and_thresholds_can_be_read() -> None:
    assert {one.code for one in activities()} >= {"people", "outbox", "privacy", "negotiation"}
    assert all(one.version >= 1 and one.text.zh_hans for one in purposes().values())
    assert [one.people for one in thresholds() if not one.sensitive] == [100_000, 1_000_000]


def test_the_register_names_every_table_that_holds_people() -> None:
    named = {label for line in register() for label in line.tables.split(", ")}

    holding = {one.model for one in retained().values() if one.kind != RetentionClass.IMPERSONAL}
    assert holding - named == set()


def test_what_bears_a_name_never_stays_as_it_is() -> None:
    """A table that says whose row it is and which columns tell of them is emptied or deleted, or says why it is kept."""
    stays = {one.model for one in retained().values() if one.person and one.personal and one.erasure == Erasure.KEEP}

    assert stays == set()


def test_the_history_of_a_row_that_goes_gives_up_its_words() -> None:
    """A row that is deleted leaves its history: whatever words that kept stand among the columns that say something."""
    told = {}
    for one in retained().values():
        kept = getattr(apps.get_model(one.model), "pgh_event_models", {}).values()
        words = {field.name for event in kept for field in event._meta.concrete_fields if _is_words(field)}
        left = words - {*one.personal, *one.secret, *CODES}
        if one.is_of_people and one.erasure == Erasure.DELETE and left:
            told[one.model] = left

    assert told == {}


def _is_words(field: object) -> bool:
    """Say whether somebody may have written it: text, and no code that is chosen from a list."""
    return isinstance(field, (models.CharField, models.TextField)) and not (
        field.choices or field.name.startswith("pgh_")
    )


def test_the_clock_runs_thirty_days() -> None:
    assert due_on(date(2026, 1, 31)) == date(2026, 3, 2)
    assert both({"en": "A", "zh-hans": "甲"}) == Bilingual("A", "甲")
