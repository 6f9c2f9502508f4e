"""The examples of the engine's own page run as they stand."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "src/accord/engines/matching/README.md"


def test_examples_run() -> None:
    examples = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)

    names: dict[str, object] = {}
    for example in examples:
        exec(compile(example, "README.md", "exec"), names)

    assert len(examples) == 4
