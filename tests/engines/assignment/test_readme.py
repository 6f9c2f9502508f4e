"""The worked example of the README says what happens."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from accord.engines import assignment
from accord.engines.assignment import GoalRefused, check

README = Path(assignment.__file__).with_name("README.md")


def test_worked_example_is_true() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    refused, said = code.split("drawn = "), dict[str, Any](Fraction=Fraction)
    said |= {name: getattr(assignment, name) for name in assignment.__all__}

    exec(refused[0], said)

    found = said["found"]
    assert found.total == found.certificate.at_most == 2.75
    assert [(pair.item, pair.reviewer) for pair in found.pairs] == [
        ("bridge", "Ada"),
        ("bridge", "Bo"),
        ("garden", "Chen"),
        ("garden", "Dora"),
    ]
    assert check(said["review"], found).breaches == ()
    assert said["strong"].strength.threshold == 1.0
    assert said["strong"].strength.next_threshold is None
    with pytest.raises(GoalRefused):
        exec("drawn = " + refused[1], said)


def test_every_goal_and_reason_is_told() -> None:
    text = README.read_text()

    assert all(f"`{goal.name}`" in text for goal in assignment.Goal)
