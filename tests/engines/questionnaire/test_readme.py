"""The worked example of the README says what happens, and names every kind, key and test."""

import doctest
from pathlib import Path

from accord.engines import questionnaire
from accord.engines.questionnaire._format import COMMON, OWN

README = Path(questionnaire.__file__).with_name("README.md")


def test_worked_example_is_true() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False)

    assert failed == 0
    assert tried > 8


def test_every_word_of_a_definition_is_told() -> None:
    said = README.read_text()
    words = {*questionnaire.Kind, *questionnaire.Op, *COMMON, *(key for keys in OWN.values() for key in keys)}

    assert sorted(word for word in words if f"`{word}`" not in said) == []


def test_every_public_function_is_told() -> None:
    said = README.read_text()
    functions = [name for name in questionnaire.__all__ if name[0].islower()]

    assert [name for name in functions if f"`{name}`" not in said] == []
