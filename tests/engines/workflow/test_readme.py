"""The example of the README runs, and every code and phase is told there."""

import doctest
import re
from pathlib import Path

from accord.engines import workflow

README = Path(workflow.__file__).with_name("README.md")


def test_worked_example_is_true() -> None:
    failed, tried = doctest.testfile(str(README), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (failed, tried > 0) == (0, True)


def test_every_code_and_phase_is_told() -> None:
    told = set(re.findall(r"`([a-z-]+)`", README.read_text()))

    assert {*workflow.FAULT_CODES, *workflow.REFUSAL_CODES, *workflow.PHASES} - told == set()
