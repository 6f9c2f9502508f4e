from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.engines.agreementfile.strategies import agreements

from accord.engines.agreementfile import json_schema, read, read_bytes, write

ROOT = Path(__file__).parents[3]
FILES = sorted((Path(__file__).parent / "malformed").glob("*.yaml"))
VALIDATOR = Draft202012Validator(json_schema())
# What only the checker knows: references, the calendar, the order of dates, and YAML itself.
BEYOND = {"unknown-party", "unknown-section", "unknown-source", "unknown-measure", "repeated-key", "duplicate-key"} | {
    "no-such-day", "no-such-month", "due-before-start", "plan-order", "plan-outside", "promise-to-self", "tag", "anchor",
    "alias", "amendment-before-signing", "amendment-order", "amendment-of-draft", "stated-too-late", "control-character",
    "until-before-from", "review-outside-term", "too-few-sign", "baseline-without-measure", "empty-file", "renews-itself",
    "terminated-draft", "terminated-before-signing", "terminated-after-end",
}  # fmt: skip
# YAML 1.2, which editors speak, reads these two as text and as 50; the checker asks for the form all readers share.
STRICTER = {"08-no-as-name", "24-exponent"}


class CoreLoader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2's core schema does, which editors use: dates and yes stay text."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
]:
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))


def load(text):
    return yaml.load(text, Loader=CoreLoader)


def accepts(text):
    return VALIDATOR.is_valid(load(text))


def is_yaml(path):
    try:
        load(path.read_bytes().decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return False
    return True


def test_the_published_schema_is_the_current_one():
    published = (ROOT / "docs" / "schema" / "agreement.schema.json").read_text(encoding="utf-8")

    assert published == json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def test_the_schema_is_sound_and_every_key_is_explained():
    Draft202012Validator.check_schema(json_schema())
    records = [json_schema(), *json_schema()["$defs"].values()]

    keys = [key for record in records for key in record["properties"].values()]

    assert all(key.get("title") for key in keys)
    assert all(
        key.get("description")
        for record in records
        for name, key in record["properties"].items()
        if name not in {"en", "zh-hans"}
    )


@pytest.mark.parametrize("name", ["chengdu-cass", "zju-ant"])
def test_the_schema_accepts_the_examples(name):
    assert accepts((ROOT / "examples" / "agreements" / f"{name}.yaml").read_text(encoding="utf-8"))


@settings(max_examples=80, deadline=None)
@given(agreements())
def test_the_schema_accepts_whatever_the_checker_accepts(agreement):
    text = write(agreement)

    assert list(VALIDATOR.iter_errors(load(text))) == []


@pytest.mark.parametrize("path", [p for p in FILES if is_yaml(p) and p.stem not in STRICTER], ids=lambda p: p.stem)
def test_schema_and_checker_agree_on_malformed_files(path):
    codes = {problem.code for problem in read_bytes(path.read_bytes()).errors}

    rejected = not accepts(path.read_bytes().decode("utf-8-sig"))

    assert rejected == bool(codes - BEYOND) or codes <= {"empty-file", "merge-key"}


def mappings(value):
    """Every mapping inside a loaded file."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from mappings(item)
    elif isinstance(value, list):
        for item in value:
            yield from mappings(item)


DAMAGE = st.sampled_from(["remove", "rename", "list", "number", "text", "true", "mapping", "empty"])


@settings(max_examples=150, deadline=None)
@given(agreements(), DAMAGE, st.data())
def test_schema_and_checker_agree_on_random_damage(agreement, damage, data):
    loaded = load(write(agreement))
    victim = data.draw(st.sampled_from(list(mappings(loaded))))
    key = data.draw(st.sampled_from(sorted(victim)))
    if damage == "remove":
        del victim[key]
    elif damage == "rename":
        victim["x" + key] = victim.pop(key)
    else:
        victim[key] = {
            "list": [3],
            "number": 3,
            "text": "Some text",
            "true": True,
            "mapping": {"a": 1},
            "empty": "",
        }[damage]
    text = yaml.safe_dump(loaded, allow_unicode=True)

    codes = {problem.code for problem in read(text).errors}

    # A bare scalar that YAML's versions read differently is refused by the checker, by the schema only sometimes.
    assert accepts(text) == (not codes - BEYOND) or codes - BEYOND == {"quote-text"}
