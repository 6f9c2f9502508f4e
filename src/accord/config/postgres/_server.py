"""Starting the server, and knowing whether it runs: only an answered connection counts."""

import contextlib
import hashlib
import os
import shlex
import stat
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from ._account import Account
from ._binaries import version
from ._cluster import ROLE, folder_errors, start_failed
from ._errors import ForeignFolderError, StartFailedError
from ._keeper import servers_of

PORT = 5432
DATABASE = "accord"
_SOCKET = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_FOLDER = 84  # bytes; the kernel takes 107 with the socket's own name
_PRIVATE = 0o700
_LIST_SIGN = ","  # libpq would read two hosts
_NO_PROCESS = 2**31 - 1  # above every kernel's highest process number
_PATIENCE = 30.0  # seconds; those whom a killed postmaster left behind need about two
_RECOVERY_PATIENCE = 600.0  # seconds; replaying the log after a crash
_LOG = "accord.log"
_LOG_BYTES = 10_000_000
_TRY_AGAIN = ("shared memory block", "is another postmaster", "is another server running")
_SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "max_locks_per_transaction": "512",  # dropping the whole schema at once takes one for each of some 12,000 objects
}
_CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Answer(StrEnum):
    """What a connection was answered."""

    UP = "up"
    NO_DATABASE = "no database"
    COMING_OR_GOING = "coming or going"
    DOWN = "down"


def socket_folder(cluster: Path, account: Account) -> Path:
    """Return the folder for the socket: the data folder or, where its path will not do, one under /tmp.

    Raises:
        ForeignFolderError: somebody else made that private folder.

    """
    if len(os.fsencode(cluster)) <= _LONGEST_SOCKET_FOLDER and _LIST_SIGN not in str(cluster):
        return cluster
    # With the inode, since a folder that was deleted and made anew may still have its old server.
    name = f"{cluster}:{cluster.stat().st_ino}".encode()
    folder = Path("/tmp") / f"accord-pg-{account.uid}-{hashlib.sha256(name).hexdigest()[:16]}"  # noqa: S108 - checked below
    with folder_errors(folder):
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=_PRIVATE)
        found = folder.lstat()
        if found.st_uid == os.geteuid() != account.uid:
            account.give(folder)
            found = folder.lstat()
    if found.st_uid != account.uid or found.st_mode != stat.S_IFDIR | _PRIVATE:
        raise ForeignFolderError(f"{folder} is not Accord's own: remove it, or choose a shorter path with --data-dir.")
    return folder


def url_of(sockets: Path, database: str = DATABASE) -> str:
    """Write the address of a database as libpq and Django read it."""
    host = "".join(chr(byte) if _plain(byte) else f"%{byte:02X}" for byte in os.fsencode(sockets))
    return f"postgresql://{ROLE}@/{database}?host={host}&port={PORT}"


def ask(sockets: Path) -> Answer:
    """Connect, and tell what came back."""
    import psycopg  # noqa: PLC0415 - 60 ms that commands without a database need not pay

    if not (sockets / _SOCKET).exists():
        return Answer.DOWN
    try:
        psycopg.connect(url_of(sockets), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return _meaning(str(error))
    return Answer.UP


def start(cluster: Path, sockets: Path, account: Account, *, durable: bool, on_progress: Callable[[str], None]) -> bool:
    """See that the server runs and has our database; tell whether it had to be started.

    The caller holds the lock that lets one process at a time in here.

    Raises:
        StartFailedError, DiskFullError: PostgreSQL would not start; its last words are quoted.

    """
    began = time.monotonic()
    started = False
    while (answer := ask(sockets)) is not Answer.UP:
        waited = time.monotonic() - began
        if answer is Answer.NO_DATABASE:
            _make_database(sockets)
        elif answer is Answer.COMING_OR_GOING:
            _still_patient(waited, _RECOVERY_PATIENCE, cluster)
        elif servers_of(cluster):
            _still_patient(waited, _PATIENCE, cluster)
        else:
            if not started:
                on_progress(f"Starting PostgreSQL {version()}")
            _disarm_leftovers(cluster, sockets)
            started = _start_once(cluster, sockets, account, durable=durable, may_retry=waited < _PATIENCE) or started
    return started


def _plain(byte: int) -> bool:
    return chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "/._-~")


def _meaning(words: str) -> Answer:
    if f'database "{DATABASE}" does not exist' in words:
        return Answer.NO_DATABASE
    if "too many clients" in words or "connection slots are reserved" in words:
        return Answer.UP
    if "starting up" in words or "shutting down" in words or "recovery" in words or "not yet accepting" in words:
        return Answer.COMING_OR_GOING
    return Answer.DOWN


def _make_database(sockets: Path) -> None:
    import psycopg  # noqa: PLC0415 - as above
    from psycopg import sql  # noqa: PLC0415 - as above

    with psycopg.connect(url_of(sockets, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def _still_patient(waited: float, patience: float, cluster: Path) -> None:
    if waited > patience:
        raise StartFailedError(
            f"The PostgreSQL that runs in {cluster} has not answered for {waited:.0f} seconds. "
            f"Read {cluster / _LOG}, end the processes {servers_of(cluster)}, and try again."
        )
    time.sleep(0.05)


def _disarm_leftovers(cluster: Path, sockets: Path) -> None:
    """Point a left-over pid file at a process that cannot exist, and drop a left-over socket.

    After a reboot its number may belong to any program, which PostgreSQL would take for a running server.
    The file is not deleted: its other lines let PostgreSQL find out whether orphans of the dead server still
    use its memory.
    """
    for name in (_SOCKET, f"{_SOCKET}.lock"):
        (sockets / name).unlink(missing_ok=True)
    path = cluster / "postmaster.pid"
    try:
        lines = path.read_text().splitlines(keepends=True)
    except FileNotFoundError:
        return
    path.write_text("".join([f"{_NO_PROCESS}\n", *lines[1:]]))


def _start_once(cluster: Path, sockets: Path, account: Account, *, durable: bool, may_retry: bool) -> bool:
    log = cluster / _LOG
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(cluster / f"{_LOG}.1")
    read_from = log.stat().st_size if log.exists() else 0
    settings = _SETTINGS | ({} if durable else _CARELESS)
    # Dots instead of paths, since pg_ctl pastes them into a line for the shell without care.
    settings["unix_socket_directories"] = "." if sockets == cluster else str(sockets)
    options = shlex.join(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))
    code, said = account.run(
        "pg_ctl",
        ["start", "-w", "-t", "120", "-s", "--pgdata=.", f"--log={_LOG}", f"--options={options}"],
        folder=cluster,
    )
    if code == 0:
        return True
    words = said + (log.read_bytes()[read_from:].decode(errors="replace") if log.exists() else "")
    if not may_retry or not any(sign in words.lower() for sign in _TRY_AGAIN):
        raise start_failed(cluster, words)
    time.sleep(0.2)
    return False
