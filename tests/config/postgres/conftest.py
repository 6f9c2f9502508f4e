"""Data folders of real servers, and clients in processes of their own that can be killed."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from accord.config.postgres import _cluster, _keeper

SOURCES = Path(_keeper.__file__).parents[3]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": f"{SOURCES}:{sysconfig.get_path('platlib')}",
    "PYTHONDONTWRITEBYTECODE": "1",
}
CLIENT = """
import sys
from pathlib import Path
from accord.config.postgres import running, throwaway
with (running(Path(sys.argv[1]), linger=float(sys.argv[2])) if sys.argv[1] else throwaway()) as server:
    print(server.started, server.url, flush=True)
    sys.stdin.read()
"""


@dataclass
class Client:
    """A process that uses the database until it is told to leave, or is killed."""

    process: subprocess.Popen

    def greeting(self) -> list[str]:
        return self.process.stdout.readline().split()

    def leave(self) -> None:
        self.process.communicate()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def data() -> Iterator[Path]:
    with folder() as path:
        yield path / "pg"


def short_place() -> Path:
    """Choose memory if it has room, since waiting for the disk proves nothing here; a socket's path must be short."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() and shutil.disk_usage(memory).free > 2e9 else Path("/tmp")


def reach(user: str) -> list[str]:
    """Find a command line by which this user runs our code; skips the test where the files are closed to it."""
    switch = ["setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups"]
    # setpriv still has root's powers when it starts a program; what a shell starts has the user's alone.
    switch += ["sh", "-c", 'exec "$@"', "sh"]
    same_version = shutil.which(Path(sys.executable).resolve().name, path="/usr/bin:/usr/local/bin")
    for python in filter(None, (sys.executable, same_version)):
        tried = [*switch, python, "-c", "import accord.config.postgres, psycopg"]
        if subprocess.run(tried, check=False, env=ENVIRONMENT, cwd="/", capture_output=True).returncode == 0:
            return [*switch, python]
    pytest.skip("Python or the checkout is closed to other users")


@contextlib.contextmanager
def folder(owner: str | None = None) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="accord-test-", dir=short_place()))
    path.chmod(0o755)
    if owner:
        shutil.chown(path, owner)
    try:
        yield path
    finally:
        for cluster in [*path.rglob("cluster"), path / "pg" / "cluster"]:
            _keeper.stop([*_keeper.servers_of(cluster), *_keeper.servers_of(cluster, deleted=True)], seconds=10)
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    made = []

    def make(data: Path | str, *, linger: float = 0.0, user: str | None = None) -> Client:
        python = reach(user) if user else [sys.executable]
        process = subprocess.Popen(
            [*python, "-c", CLIENT, str(data), str(linger)],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd="/",
        )
        made.append(Client(process))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def servers(data: Path) -> list[int]:
    cluster = _cluster.cluster_in(data.resolve())
    return [*_keeper.servers_of(cluster), *_keeper.servers_of(cluster, deleted=True)]


def eventually(condition: Callable[[], object], *, seconds: float = 15.0) -> bool:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def kill_postmaster(data: Path) -> None:
    (pid,) = servers(data)
    os.kill(pid, signal.SIGKILL)


def log_of(data: Path) -> str:
    return (data / "cluster" / "accord.log").read_text()


def keepers(data: Path) -> list[int]:
    lines = subprocess.run(
        ["ps", "-wweo", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if "_keeper.py" in line and f"{data}/cluster" in line]
