"""An installation with both announced agreements, used through the command line as people use it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from accord.config.postgres import throwaway

ROOT = Path(__file__).parents[3]
AGREEMENTS = sorted((ROOT / "examples" / "agreements").glob("*.yaml"))


@dataclass(frozen=True)
class Installation:
    """A data folder and a database, and the command line on both."""

    folder: Path
    url: str

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
        kept |= {"DATABASE_URL": self.url, "ACCORD_DATA_DIR": str(self.folder), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, "-P", "-m", "accord", *map(str, arguments)],
            check=False,
            capture_output=True,
            text=True,
            env=kept | more,
            cwd=ROOT,
            timeout=120,
        )

    def data(self, *arguments: str | Path) -> object:
        """Run a reading command and return what it printed as JSON."""
        ended = self.run(*arguments, "--json")
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Run SQL on the database."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Have an installation with both agreements; made once, by the command that people use."""
    with throwaway() as server:
        made = Installation(tmp_path_factory.mktemp("installation"), server.url)
        ended = made.run("agreement", "apply", *AGREEMENTS)
        assert ended.returncode == 0, ended.stderr
        yield made


@pytest.fixture
def copied(original: Installation, tmp_path: Path) -> Callable[[str], Installation]:
    """Return a maker of databases beside the original: copies of it, or empty ones."""

    def make(name: str, *, of: str = "accord") -> Installation:
        with psycopg.connect(original.url.replace("/accord?", "/postgres?"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {of}")
        return Installation(tmp_path / name, original.url.replace("/accord?", f"/{name}?"))

    return make
