"""The rules that no malformed file shows, each by one edit of a good file."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.engines.agreementfile import read
from accord.engines.agreementfile._messages import MESSAGES

HERE = Path(__file__).parent
EXAMPLE = (HERE.parents[2] / "examples" / "agreements" / "chengdu-cass.yaml").read_text(encoding="utf-8")
EDITS = [
    ("measure: research.licences", "measure: licences", ["measure-form"]),
    ("short: Cass", "short: " + "x" * 31, ["too-long"]),
    ("en: Cass Business School, zh", 'en: "Cass\\nSchool", zh', ["line-break"]),
    ("short: Cass", "short: Cass\n    ? [a]\n    : b", ["key-not-text"]),
    ("short: Cass", "%", ["reserved-character"]),
    ("# yaml-language-server", "% yaml-language-server", ["yaml-syntax"]),
    ("on: 2018-06,", "on: June 2018,", ["stated-date-form"]),
    ("on: 2018-06,", "on: 2018-6-1,", ["stated-date-form"]),
    ("on: 2018-06,", "on: 2018-13,", ["no-such-month"]),
    ("  - {key: growth,", "  - {key: idle, title: {en: Idle, zh-hans: 空}}\n  - {key: growth,", ["unused-section"]),
    ("    cited: {source: announcement, paragraph: 1}\n  - key: exchange-to-c", "  - key: exchange-to-c", ["not-cited"]),
    (
        "signed:\n  on: 2019-06-22\n  at: {en: London, zh-hans: 伦敦}\n  cited: {source: announcement, paragraph: 1}",
        "signed:\n  at: {en: London, zh-hans: 伦敦}",
        ["signing-empty"],
    ),
    ("parties:\n", "term: {from: 2019-06-22, until: 2022-06-21, review: 2023-01-01}\nparties:\n", ["review-outside-term"]),
    ("parties:\n", "term: {from: 2019-06-22, review: 2019-01-01}\nparties:\n", ["review-outside-term"]),
    ("parties:\n", "term: {from: 2019-06-22, until: 2019-11-30}\nparties:\n", ["due-after-term"] * 3),
    ("parties:\n", "term: {from: 2019-06-22, until: 2019-12-31}\nparties:\n", []),
    ("    done: {on: 2018-06, s", "    baseline: {amount: 1, on: 2018-06-01, source: announcement}\n    done: {on: 2018-06, s", ["not-for-kind"]),
    ("due: 2019-12-31", "due: 2019-06-22", []),
    ("due: 2019-12-31", "due: 2019-06-21", ["due-before-start"]),
    ("due: 2019-12-31", "start: 2019-01-01\n    due: 2019-06-21", []),
    ("paragraph: 3}\n    cited", "paragraph: 3}\n    plan: [{on: 2019-12-31, level: 280}]\n    cited", []),
    ("paragraph: 3}\n    cited", "paragraph: 3}\n    plan: [{on: 2020-01-01, level: 280}]\n    cited", ["plan-outside"]),
    ("paragraph: 3}\n    cited", "paragraph: 3}\n    plan: [{on: 2019-06-21, level: 280}]\n    cited", ["plan-outside"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "codes"), EDITS)
def test_one_edit_gives_just_these_problems(old, new, codes):
    assert old in EXAMPLE

    problems = read(EXAMPLE.replace(old, new, 1)).problems

    assert [problem.code for problem in problems] == codes


def test_a_plan_may_reach_an_amended_deadline():
    amended = EXAMPLE.replace(
        "paragraph: 3}\n    cited: {source: announcement, paragraph: 3}\n",
        "paragraph: 3}\n    plan: [{on: 2020-01-31, level: 280}]\n    amendments:\n"
        "      - {agreed: 2019-11-01, due: 2020-01-31, why: {en: Late., zh-hans: 延期。}}\n"
        "    cited: {source: announcement, paragraph: 3}\n",
        1,
    )

    assert read(amended).problems == ()


def test_every_code_is_shown_by_a_file_or_a_test():
    """A message that nothing provokes would be dead."""
    shown = {path.read_bytes().decode("utf-8", "replace") for path in (HERE / "malformed").glob("*.yaml")}
    tests = [path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py")]

    seen = "\n".join([*shown, *tests])

    assert [code for code in MESSAGES if f"{code}" not in seen] == []
