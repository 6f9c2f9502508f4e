"""Brings in the programs of others that Accord is tested against, once, each beside Accord and never inside it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

HERE = Path(__file__).parent
HOME = HERE.parents[1] / "var" / "conformance"
MANIFEST, REQUIREMENTS = HERE / "package.json", HERE / "requirements.txt"
SECONDS = 60
NO_NODE = "Conformance tests were SKIPPED: they need node and npm. Install Node.js 20 or newer."
skipped = pytest.StashKey[bool]()

StartProgram = Callable[..., Popen[bytes]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark all tests of this folder; skip them where there is no npm, but not in CI."""
    ours = [item for item in items if HERE in Path(item.path).parents]
    for item in ours:
        item.add_marker("conformance")
    if os.environ.get("CI") or (shutil.which("npm") and shutil.which("node")):
        return
    for item in ours:
        item.add_marker(pytest.mark.skip(reason=NO_NODE))
        config.stash[skipped] = True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say once, and loudly, that conformance tests did not run."""
    if config.stash.get(skipped, False):
        terminalreporter.write_line(NO_NODE, red=True, bold=True)


@pytest.fixture(scope="session")
def node_home() -> Path:
    """Return the folder whose `node_modules` hold what package.json lists; installed at the first call."""
    home = HOME / "node"
    with _once(home, MANIFEST.read_text()) as missing:
        if missing:
            shutil.copy(MANIFEST, home / "package.json")
            words = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
            subprocess.run(words, cwd=home, check=True)
    return home


@pytest.fixture(scope="session")
def peer_python() -> Path:
    """Return an interpreter of its own with what requirements.txt lists; nothing of it enters Accord's process."""
    home = HOME / "python"
    with _once(home, REQUIREMENTS.read_text()) as missing:
        if missing:
            venv.create(home, with_pip=True)
            python = home / "bin" / "python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
    return home / "bin" / "python"


class _once:  # noqa: N801 (reads as a word)
    """Says whether something must still be installed; two test processes take turns, the second finds it there."""

    def __init__(self, home: Path, wanted: str) -> None:
        self.home, self.wanted, self.stamp = home, wanted, home / "installed.txt"

    def __enter__(self) -> bool:
        self.home.mkdir(parents=True, exist_ok=True)
        self.lock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        for _second in range(10 * SECONDS):
            try:
                self.lock.bind(f"\0accord-conformance-{self.home}"[:100])
                break
            except OSError:
                time.sleep(1)
        return not self.stamp.exists() or self.stamp.read_text() != self.wanted

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self.stamp.write_text(self.wanted)
        self.lock.close()


@pytest.fixture(scope="session")
def start_program() -> Iterator[StartProgram]:
    """Return a function that starts a program, waits until its port answers, and ends it with the tests."""
    with ExitStack() as stack:

        def start(
            words: list[object], *, port: int, cwd: Path | None = None, env: dict[str, str] | None = None
        ) -> Popen[bytes]:
            program = Popen([str(word) for word in words], cwd=cwd, env={**_bare(), **(env or {})}, stdout=sys.stderr)
            stack.callback(_end, program)
            _wait(program, port)
            return program

        yield start


def _bare() -> dict[str, str]:
    """Return the environment without what is Accord's own."""
    ours = {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "DATABASE_URL"}
    return {name: value for name, value in os.environ.items() if name not in ours and not name.startswith("ACCORD_")}


def _end(program: Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _wait(program: Popen[bytes], port: int) -> None:
    for _try in range(SECONDS * 10):
        if program.poll() is not None:
            pytest.fail(f"{program.args} ended with {program.returncode}")
        with socket.socket() as there:
            if there.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"{program.args} does not answer at port {port}")


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Return a function that returns a port nobody listens at."""

    def find() -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            return port

    return find
