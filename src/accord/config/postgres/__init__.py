"""PostgreSQL as a part of Accord: started when needed, stopped when the last user of it is gone.

    with running(Path("var/pg")) as server:
        os.environ["DATABASE_URL"] = server.url

No server is anybody's child. Whoever uses a data folder holds a lock on it for as long as it lives, which
the kernel gives back however it ends; a keeper outside all sessions waits for that lock and then stops the
server. Locks in the data folder: `start.lock` lets one process at a time look and start, `clients.lock` is
shared by all who use the server, `keeper.lock` belongs to the keeper.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import _cluster, _keeper, _locks, _server
from ._account import Account, account_for
from ._binaries import binary, version
from ._errors import (
    AccordPostgresError,
    AccountMissingError,
    BinariesMissingError,
    DiskFullError,
    FolderRefusedError,
    FolderUnwritableError,
    ForeignFolderError,
    LockTimeoutError,
    OtherVersionError,
    StartFailedError,
)

__all__ = [
    "AccordPostgresError",
    "AccountMissingError",
    "BinariesMissingError",
    "DiskFullError",
    "FolderRefusedError",
    "FolderUnwritableError",
    "ForeignFolderError",
    "LockTimeoutError",
    "OtherVersionError",
    "Server",
    "StartFailedError",
    "binary",
    "running",
    "throwaway",
    "version",
]

LINGER_SECONDS = 10.0
_LOCK_PATIENCE = 180.0
_SHM = Path("/dev/shm")  # noqa: S108 - memory, for databases that are thrown away; folders in it are made by mkdtemp
_SHM_BYTES = 1_000_000_000


def _silent(_line: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL that runs and that nobody stops inside the block.

    `url` is for libpq, psycopg and DATABASE_URL; `settings` are the same as Django's HOST, PORT, NAME, USER;
    `started` tells whether this call had to start it; `ensure()` starts it again if it was killed meanwhile,
    and tells whether it had to.
    """

    url: str
    settings: dict[str, str]
    started: bool
    ensure: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Folder:
    """One data folder and how its server is to be treated."""

    data: Path
    linger: float
    durable: bool = True
    remove: bool = False

    def lock(self, name: str) -> Path:
        return self.data / f"{name}.lock"


@contextlib.contextmanager
def running(
    data: Path, *, linger: float = LINGER_SECONDS, on_progress: Callable[[str], None] = _silent
) -> Iterator[Server]:
    """Have the database of this data folder inside the block; make it and start it first if need be.

    When the last process that uses it is gone, even if it was killed, the server stops after `linger`
    seconds; until then the next command finds it up. `on_progress` gets a line for each step that takes time.

    Raises:
        AccordPostgresError: a subclass that says what is wrong and how to mend it.

    """
    with _using(_Folder(data.resolve(), linger), on_progress) as server:
        yield server


@contextlib.contextmanager
def throwaway(*, on_progress: Callable[[str], None] = _silent) -> Iterator[Server]:
    """Have an empty database inside the block, gone afterwards: in memory if there is room, not crash-safe.

    It goes even if this process is killed.

    Raises:
        AccordPostgresError: as for `running`.

    """
    data = _throwaway_folder().resolve()
    try:
        with _using(_Folder(data, linger=0.0, durable=False, remove=True), on_progress) as server:
            yield server
        _wait_until_removed(data)
    finally:
        if not any(data.glob("cluster/postmaster.pid")):
            shutil.rmtree(data, ignore_errors=True)


@contextlib.contextmanager
def _using(folder: _Folder, on_progress: Callable[[str], None]) -> Iterator[Server]:
    _cluster.make_folder(folder.data)
    wait = partial(_locks.held, patience=_LOCK_PATIENCE, on_wait=partial(on_progress, "Waiting for another Accord"))
    with contextlib.ExitStack() as held:
        with wait(folder.lock("start"), fcntl.LOCK_EX):
            held.enter_context(wait(folder.lock("clients"), fcntl.LOCK_SH))
            sockets, started = _bring_up(folder, on_progress)

        def ensure() -> bool:
            with wait(folder.lock("start"), fcntl.LOCK_EX):
                return _bring_up(folder, on_progress)[1]

        yield Server(
            url=_server.url_of(sockets),
            settings={
                "HOST": str(sockets),
                "PORT": str(_server.PORT),
                "NAME": _server.DATABASE,
                "USER": _cluster.ROLE,
            },
            started=started,
            ensure=ensure,
        )


def _bring_up(folder: _Folder, on_progress: Callable[[str], None]) -> tuple[Path, bool]:
    """Make what is missing: database, keeper, server. The caller holds both locks."""
    cluster = _cluster.cluster_in(folder.data)
    account = account_for(cluster)
    _share_locks(folder, account)
    if not _cluster.check(cluster):
        _cluster.make(cluster, account, durable=folder.durable, on_progress=on_progress)
    sockets = _server.socket_folder(cluster, account)
    _see_that_it_has_a_keeper(folder, cluster, sockets)
    started = _server.start(cluster, sockets, account, durable=folder.durable, on_progress=on_progress)
    return sockets, started


def _share_locks(folder: _Folder, account: Account) -> None:
    # What root made, the owner of the database must be able to use as well.
    for name in ("start", "clients", "keeper"):
        if folder.lock(name).exists():
            account.give(folder.lock(name))


def _see_that_it_has_a_keeper(folder: _Folder, cluster: Path, sockets: Path) -> None:
    place = _locks.take(folder.lock("keeper"), fcntl.LOCK_EX)
    if place is None:
        return
    clients = os.open(folder.lock("clients"), os.O_RDONLY | os.O_CLOEXEC)
    own_folder = "" if sockets == cluster else str(sockets)
    remove = str(folder.data) if folder.remove else ""
    try:
        subprocess.run(  # noqa: S603 - our own program and arguments; returns once the keeper stands alone
            [
                sys.executable,
                "-I",
                "-S",
                _keeper.__file__,
                str(place),
                str(clients),
                str(cluster),
                str(folder.linger),
                own_folder,
                remove,
            ],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(place, clients),
            cwd="/",
            timeout=60,
        )
    finally:
        os.close(place)
        os.close(clients)


def _throwaway_folder() -> Path:
    with contextlib.suppress(OSError):
        if shutil.disk_usage(_SHM).free >= _SHM_BYTES:
            return _passable(Path(tempfile.mkdtemp(prefix="accord-", dir=_SHM)))
    return _passable(Path(tempfile.mkdtemp(prefix="accord-")))


def _passable(folder: Path) -> Path:
    folder.chmod(0o755)  # the cluster inside is 0700; root's server runs as another user and must pass
    return folder


def _wait_until_removed(data: Path) -> None:
    until = time.monotonic() + _keeper.SECONDS_TO_STOP
    while data.exists() and time.monotonic() < until:
        time.sleep(0.01)
