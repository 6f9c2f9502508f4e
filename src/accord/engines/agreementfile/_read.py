"""Reads an agreement file: everything that is wrong with it in one run, and never an exception."""

from __future__ import annotations

from collections.abc import Collection

from accord.engines.agreementfile._build import build
from accord.engines.agreementfile._check import Checked, check_tree
from accord.engines.agreementfile._findings import Findings
from accord.engines.agreementfile._format import AGREEMENT
from accord.engines.agreementfile._rules import check_rules
from accord.engines.agreementfile._tree import decode, grow
from accord.engines.agreementfile.types import Reading, Severity


def read(text: str, *, measures: Collection[str] | None = None) -> Reading:
    """Read an agreement from its text, and report every problem by line and column.

    `measures` are the known codes; None leaves measures unchecked. Nothing is raised, whatever the text.
    """
    return _read(text, measures, Findings())


def read_bytes(data: bytes, *, measures: Collection[str] | None = None) -> Reading:
    """Read an agreement from the bytes of a file, which have to be UTF-8."""
    findings = Findings()
    text = decode(data, findings)
    if text is None:
        return Reading(None, findings.in_order())
    return _read(text, measures, findings)


def _read(text: str, measures: Collection[str] | None, findings: Findings) -> Reading:
    root = grow(text, findings)
    checked = Checked() if root is None else check_tree(root, AGREEMENT, findings)
    check_rules(checked, measures, findings)
    problems = findings.in_order()
    sound = not any(problem.severity is Severity.ERROR for problem in problems)
    return Reading(build(checked.values) if sound else None, problems)
