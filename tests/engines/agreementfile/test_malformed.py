"""Files with faults: each says in its first lines what has to be reported, and nothing else may be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accord.engines.agreementfile import read_bytes

FOLDER = Path(__file__).parent / "malformed"
FILES = sorted(FOLDER.glob("*.yaml"))
MEASURES = {"programmes.placements_started", "learning.learner_days", "workspace.resident_teams"}
EXPECT = re.compile(r"# expect: (\d+):(\d+) ([a-z0-9-]+)(?: \| (.+?))?\r?$")


def expectations(path):
    """Read `# expect: LINE:COLUMN code | part of the advice` from the head of a file."""
    lines = path.read_bytes().decode("utf-8-sig", "replace").split("\n")
    found = [EXPECT.match(line) for line in lines if line.startswith("# expect:")]
    return [(int(m[1]), int(m[2]), m[3], m[4] or "") for m in found]


def test_there_are_fifty_files_at_least():
    assert len(FILES) >= 50
    assert all(expectations(path) for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_is_reported_at_its_place_with_advice(path):
    expected = expectations(path)

    problems = read_bytes(path.read_bytes(), measures=MEASURES).problems

    assert [(p.line, p.column, p.code) for p in problems] == [
        (line, column, code) for line, column, code, _ in expected
    ]
    assert all(part in p.advice for p, (_, _, _, part) in zip(problems, expected, strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_with_an_error_gives_no_agreement(path):
    reading = read_bytes(path.read_bytes(), measures=MEASURES)

    assert reading.errors
    assert reading.agreement is None
