"""Stops a database server when its last client is gone, however that client went.

Runs as a script of its own, outside every client's session, with the standard library alone: it must start
in milliseconds, and it must go on when its client is killed. It inherits two open files: the lock that says
"this folder has a keeper", and the lock that every client shares for as long as it lives.
"""

import contextlib
import fcntl
import os
import select
import shutil
import signal
import sys
import time
from pathlib import Path

FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT  # PostgreSQL's names for the two ways to stop
SECONDS_TO_STOP = 60.0
_LOOK_EVERY = 0.25


def servers_of(cluster: Path, *, deleted: bool = False) -> list[int]:
    """List the processes of PostgreSQL that run in this data folder and are nobody's child among them.

    That is the postmaster, or, if it was killed, those it left behind. With `deleted`, those of a folder
    that was at this place and was deleted under its server; they have nothing left to serve.
    """
    where = f"{cluster} (deleted)" if deleted else str(cluster)
    parents = {pid: parent for pid in _all_processes() if (parent := _parent_in(pid, where)) is not None}
    return [pid for pid, parent in parents.items() if parent not in parents]


def stop(servers: list[int], *, seconds: float = SECONDS_TO_STOP) -> None:
    """Stop these servers: politely, and at once when that takes longer than `seconds`."""
    watched = [descriptor for pid in servers if (descriptor := _pinned(pid)) is not None]
    for how in (FAST, IMMEDIATE):
        for descriptor in watched:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(descriptor, how)
        if _all_gone(watched, seconds):
            break
    for descriptor in watched:
        os.close(descriptor)


def keep(*, keeper: int, clients: int, cluster: Path, linger: float, sockets: Path | None, remove: Path | None) -> None:
    """Wait for the last client to leave, then stop the server and tidy up.

    `linger` is how many seconds the server stays for a next client; `sockets` is a folder that was made for
    the socket alone; `remove` is a folder to delete afterwards, for databases that are thrown away.
    """
    _wait_until_unused(clients, linger)
    # If the folder was deleted, whatever runs at its place by now is another's.
    ours = servers_of(cluster) if os.fstat(clients).st_nlink else []
    stop([*ours, *servers_of(cluster, deleted=True)])
    if sockets is not None:
        shutil.rmtree(sockets, ignore_errors=True)
    if remove is not None:
        shutil.rmtree(remove, ignore_errors=True)
    # In this order: whoever gets the clients' lock must find the keeper's place free.
    os.close(keeper)
    os.close(clients)


def _wait_until_unused(clients: int, linger: float) -> None:
    while True:
        fcntl.flock(clients, fcntl.LOCK_EX)
        if linger <= 0:
            return
        fcntl.flock(clients, fcntl.LOCK_UN)
        _sleep_while_there(clients, linger)
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(clients, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return


def _sleep_while_there(descriptor: int, seconds: float) -> None:
    until = time.monotonic() + seconds
    while os.fstat(descriptor).st_nlink and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, _LOOK_EVERY))


def _all_gone(descriptors: list[int], seconds: float) -> bool:
    """Wait until every process behind these descriptors has ended; False if time runs out."""
    until = time.monotonic() + seconds
    gone = True
    for descriptor in descriptors:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        gone = bool(poll.poll(max(0.0, until - time.monotonic()) * 1000)) and gone
    return gone


def _pinned(pid: int) -> int | None:
    """Open a descriptor of the process if it still is a PostgreSQL; its number may be another's by now."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return None
    if _name_and_parent(pid)[0] == "postgres":
        return descriptor
    os.close(descriptor)
    return None


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _parent_in(pid: int, where: str) -> int | None:
    """Return the parent of this process if it is a PostgreSQL at work in that folder, else None."""
    try:
        if str(Path(f"/proc/{pid}/cwd").readlink()) != where:
            return None
    except OSError:
        return None
    name, parent = _name_and_parent(pid)
    return parent if name == "postgres" else None


def _name_and_parent(pid: int) -> tuple[str, int]:
    try:
        name, rest = Path(f"/proc/{pid}/stat").read_text().split("(", 1)[1].rsplit(")", 1)
    except OSError:
        return "", 0
    return name, int(rest.split()[1])


def main(arguments: list[str]) -> None:
    """Leave the caller's session and keep the server; the caller goes on once this process stands alone."""
    keeper, clients, cluster, linger, sockets, remove = arguments
    if os.fork():
        os._exit(0)
    os.setsid()
    keep(
        keeper=int(keeper),
        clients=int(clients),
        cluster=Path(cluster),
        linger=float(linger),
        sockets=Path(sockets) if sockets else None,
        remove=Path(remove) if remove else None,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
