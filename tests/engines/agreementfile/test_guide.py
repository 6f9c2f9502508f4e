"""The guide is part of the product: its example must read, and no key may be missing from it."""

from __future__ import annotations

import re
from pathlib import Path

from accord.engines.agreementfile import json_schema, read

GUIDE = (Path(__file__).parents[3] / "docs" / "agreement-file.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_reads_without_a_problem():
    example = re.search(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)

    assert read(example[1]).problems == ()


def test_every_key_and_every_choice_stands_in_the_guide():
    records = [json_schema(), *json_schema()["$defs"].values()]
    keys = {key for record in records for key in record["properties"]} - {"en", "zh-hans"}
    choices = {c for record in records for key in record["properties"].values() for c in key.get("enum", ())}

    assert sorted(key for key in keys if f"`{key}`" not in GUIDE) == []
    assert sorted(choice for choice in choices if not re.search(rf"\b{choice}\b", GUIDE)) == []
