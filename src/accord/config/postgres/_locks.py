"""Locks on files of the data folder: held by an open file, so the kernel gives them back however we end."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ._cluster import folder_errors
from ._errors import LockTimeoutError

_LOOK_EVERY = 0.02
_SAY_AFTER = 1.0


def take(path: Path, how: int) -> int | None:
    """Open the file and lock it at once, shared or exclusive; None if somebody holds it otherwise.

    The caller closes the descriptor, which gives the lock back. It is not inherited by programs it starts.
    """
    with folder_errors(path.parent):
        descriptor = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
        if _still_at(path, descriptor):
            return descriptor
    os.close(descriptor)
    return None


@contextlib.contextmanager
def held(path: Path, how: int, *, patience: float, on_wait: Callable[[], None]) -> Iterator[int]:
    """Hold the lock inside the block, waiting for it up to `patience` seconds.

    Raises:
        LockTimeoutError: it was not to be had in that time.

    """
    descriptor = _await(path, how, patience, on_wait)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _await(path: Path, how: int, patience: float, on_wait: Callable[[], None]) -> int:
    began = time.monotonic()
    said = False
    while (descriptor := take(path, how)) is None:
        waited = time.monotonic() - began
        if waited > patience:
            raise LockTimeoutError(
                f"Another Accord has been starting or stopping the database for {waited:.0f} seconds. "
                f"Look for it with `fuser {path}`, end it, and try again."
            )
        if waited > _SAY_AFTER and not said:
            on_wait()
            said = True
        time.sleep(_LOOK_EVERY)
    return descriptor


def _still_at(path: Path, descriptor: int) -> bool:
    # A folder that was deleted and made anew has a new lock file; the old one guards nothing.
    try:
        now = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(now, os.fstat(descriptor))
