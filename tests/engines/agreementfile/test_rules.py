"""The rules that no malformed file shows, each by one edit of a good file."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.engines.agreementfile import read
from accord.engines.agreementfile._messages import MESSAGES

HERE = Path(__file__).parent
EXAMPLE = (HERE.parents[2] / "examples" / "agreements" / "chengdu-cass.yaml").read_text(encoding="utf-8")
WHY = "why: {en: Sold., zh-hans: 已出售。}"
CLAUSES = """clauses:
  - key: results
    type: foreground-ip
    ip-mode: joint
    title: {en: Results, zh-hans: 成果}
    text: {en: Both own them., zh-hans: 双方共有。}
"""
LATER = f"""    amendments:
      - {{agreed: 2019-11-01, text: {{en: Each owns its own., zh-hans: 各有所属。}}, {WHY}}}
"""
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
    ("parties:\n", "term: {until: 2022-06-21}\nnotice-days: 90\nparties:\n", []),
    ("parties:\n", "notice-days: 90\nparties:\n", ["notice-without-end"]),
    ("parties:\n", "term: {until: 2022-06-21}\nnotice-days: 0\nparties:\n", ["position-form"]),
    ("parties:\n", "renews: chengdu-2015\nparties:\n", []),
    ("parties:\n", "renews: chengdu-cass\nparties:\n", ["renews-itself"]),
    ("parties:\n", f"terminated: {{on: 2020-03-01, {WHY}}}\nparties:\n", []),
    ("parties:\n", f"terminated: {{on: 2019-06-21, {WHY}}}\nparties:\n", ["terminated-before-signing"]),
    ("parties:\n", f"term: {{until: 2020-02-28}}\nterminated: {{on: 2020-03-01, {WHY}}}\nparties:\n", ["terminated-after-end"]),
    ("facts:\n", f"{CLAUSES}facts:\n", []),
    ("facts:\n", f"{CLAUSES.replace('joint', 'shared')}facts:\n", ["unknown-choice"]),
    ("facts:\n", f"{CLAUSES.replace('foreground-ip', 'background-ip')}facts:\n", ["ip-mode-elsewhere"]),
    ("facts:\n", f"{CLAUSES}  - {{key: results, type: other, title: {{en: A, zh-hans: 甲}}, text: {{en: B, zh-hans: 乙}}}}\nfacts:\n", ["repeated-key"]),
    ("facts:\n", f"{CLAUSES}{LATER}facts:\n", []),
    ("facts:\n", f"{CLAUSES}{LATER.replace('2019-11', '2019-05')}facts:\n", ["amendment-before-signing"]),
    ("facts:\n", f"{CLAUSES}{LATER}{LATER.replace('    amendments:', '').replace('2019-11', '2019-10')[1:]}facts:\n", ["amendment-order"]),
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


def test_a_draft_is_neither_amended_nor_terminated():
    unsigned = EXAMPLE.replace(
        "signed:\n  on: 2019-06-22\n  at: {en: London, zh-hans: 伦敦}\n  cited: {source: announcement, paragraph: 1}\n",
        "",
    )
    ended = unsigned.replace("parties:\n", f"terminated: {{on: 2020-03-01, {WHY}}}\nparties:\n", 1)
    amended = unsigned.replace("facts:\n", f"{CLAUSES}{LATER}facts:\n", 1)

    assert [problem.code for problem in read(ended).problems] == ["terminated-draft"]
    assert [problem.code for problem in read(amended).problems] == ["amendment-of-draft"]


def test_every_code_is_shown_by_a_file_or_a_test():
    """A message that nothing provokes would be dead."""
    shown = {path.read_bytes().decode("utf-8", "replace") for path in (HERE / "malformed").glob("*.yaml")}
    tests = [path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py")]

    seen = "\n".join([*shown, *tests])

    assert [code for code in MESSAGES if f"{code}" not in seen] == []
