"""The API's description before Redocly's linter: no error by its recommended rules."""

import json
import subprocess
from pathlib import Path

import pytest

from accord.config.api import api


@pytest.mark.django_db
def test_linter_finds_no_error(node_home: Path, tmp_path: Path) -> None:
    described = {**api.describe(), "servers": [{"url": "https://accord.example.org"}]}
    page = tmp_path / "openapi.json"
    page.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    rules = tmp_path / "redocly.yaml"
    rules.write_text(json.dumps({"extends": ["recommended"], "rules": {}}), encoding="utf-8")

    done = subprocess.run(
        [node_home / "node_modules" / ".bin" / "redocly", "lint", page, "--config", rules, "--format=json"],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "REDOCLY_TELEMETRY": "off", "CI": "1", "HOME": str(tmp_path)},
    )

    found = json.loads(done.stdout)
    assert [problem for problem in found["problems"] if problem["severity"] == "error"] == []
    assert done.returncode == 0, done.stderr
