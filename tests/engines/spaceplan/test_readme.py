"""The worked example of the README says what happens, and every code is told there."""

import re
from pathlib import Path
from typing import Any

from accord.engines import spaceplan

README = Path(spaceplan.__file__).with_name("README.md")


def test_worked_example_is_true() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    said: dict[str, Any] = {name: getattr(spaceplan, name) for name in spaceplan.__all__}

    exec(code, said)

    found = {one.team: one for one in said["plan"].placements}
    assert found["Ada"].units == ("1.02", "1.03")
    assert found["Bo"].units == ()
    assert found["Bo"].reason.code is spaceplan.Code.TAKEN
    assert found["Bo"].reason.params["held_by"] == ("Ada",)
    assert said["plan"].cost == said["plan"].at_least == 2
    assert said["verdict"].breaches == ()


def test_every_reason_and_change_is_told() -> None:
    text = README.read_text()

    assert [one.value for one in (*spaceplan.Code, *spaceplan.Change) if f"`{one.value}`" not in text] == []
