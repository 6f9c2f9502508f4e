"""The data folder: made whole or not at all, and looked at before anything starts in it."""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ._account import Account
from ._binaries import major, version
from ._errors import (
    AccordPostgresError,
    DiskFullError,
    FolderUnwritableError,
    ForeignFolderError,
    OtherVersionError,
    StartFailedError,
)

ROLE = "accord"
NEEDED_BYTES = 150_000_000  # a new database takes 40 MB, its first gigabyte of log segments comes later
_HALF_DONE = "cluster.new-"
_FULL = "No space left on device"


def cluster_in(data: Path) -> Path:
    """Return the folder below the data folder that PostgreSQL calls its own."""
    return data / "cluster"


def make_folder(data: Path) -> None:
    """Make the data folder, with those above it, and see that this user can write there.

    Raises:
        FolderUnwritableError: it cannot be made or written.
        DiskFullError: there is no room even for a folder.

    """
    with folder_errors(data):
        data.mkdir(parents=True, exist_ok=True)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(data))


def check(cluster: Path) -> bool:
    """Say whether a usable database is in the folder; False if there is none yet.

    Raises:
        ForeignFolderError: something else is there.
        OtherVersionError: another major version of PostgreSQL made it.

    """
    if not cluster.exists():
        return False
    try:
        made_by = (cluster / "PG_VERSION").read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        raise ForeignFolderError(
            f"{cluster} holds something that is no database: move it away, or choose another folder with --data-dir."
        ) from None
    if made_by != str(major()):
        raise OtherVersionError(
            f"The database in {cluster} was made by PostgreSQL {made_by}; this Accord brings PostgreSQL "
            f"{version()}. Run `accord backup` with the Accord that made it, then `accord restore` with this "
            "one into a new --data-dir."
        )
    return True


def make(cluster: Path, account: Account, *, durable: bool, on_progress: Callable[[str], None]) -> None:
    """Make an empty database: beside its place at first, then moved there in one step.

    Raises:
        DiskFullError: under 150 MB are free, or the disk filled up meanwhile.
        StartFailedError: PostgreSQL could not make it.

    """
    on_progress("Making the database")
    for leftover in cluster.parent.glob(f"{_HALF_DONE}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    _need_room(cluster.parent)
    new = cluster.parent / f"{_HALF_DONE}{os.getpid()}"
    with folder_errors(cluster.parent):
        new.mkdir(mode=0o700)
        account.give(new)
    try:
        _initdb(new, account, durable=durable)
        new.rename(cluster)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    if durable:
        _flush(cluster.parent)


def start_failed(cluster: Path, words: str) -> AccordPostgresError:
    """Turn what PostgreSQL said when it failed into the error that tells how to mend it."""
    if _FULL in words:
        return _disk_full(cluster.parent)
    tail = "\n  ".join(words.strip().splitlines()[-8:])
    return StartFailedError(f"PostgreSQL did not start in {cluster}. It said:\n  {tail}")


@contextlib.contextmanager
def folder_errors(folder: Path) -> Iterator[None]:
    """Turn the system's errors about a folder into ones that say how to mend it."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _disk_full(folder) from error
        raise FolderUnwritableError(
            f"Cannot write in {folder}: {error.strerror}. Choose another folder with --data-dir or "
            "ACCORD_DATA_DIR, or make this one writable."
        ) from error


def _initdb(new: Path, account: Account, *, durable: bool) -> None:
    arguments = [
        f"--pgdata={new}",
        f"--username={ROLE}",
        "--auth=reject",
        "--auth-local=trust",  # the socket's folder is closed to everybody else
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--encoding=UTF8",
        *([] if durable else ["--no-sync"]),
    ]
    code, said = account.run("initdb", arguments, dies_with_caller=True)
    if code != 0:
        raise start_failed(new, said)


def _need_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < NEEDED_BYTES:
        raise _disk_full(folder)


def _disk_full(folder: Path) -> DiskFullError:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free
    return DiskFullError(
        f"Too little room on the disk of {folder}: {free / 1e6:,.0f} MB are free, a database needs "
        f"{NEEDED_BYTES / 1e6:,.0f} MB to begin with. Make room, or choose another disk with --data-dir."
    )


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
