"""Whether this machine can answer requests now: database, tables, queue and storage, each in plain words.

Quick enough to be asked every second, and cautious in what it tells: a stranger may ask. What exactly failed stands
in the log.
"""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from accord.config.findings import column, one
from accord.kernel.store import FolderStore, Store

NO_FILE = "0" * 64
BUCKET_ASKED_EVERY = 10.0

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """Something that requests need is not there; the text says what."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that requests need, whether it is there, and a few words."""

    name: str
    ready: bool
    what: str


def parts() -> list[Part]:
    """Ask everything that requests need."""
    return [_asked(name, check) for name, check in CHECKS.items()]


def _asked(name: str, check: Callable[[], str]) -> Part:
    try:
        return Part(name, ready=True, what=check())
    except NotReadyError as error:
        return Part(name, ready=False, what=str(error))
    except Exception:
        logger.warning("Not ready: %s", name, exc_info=True)
        return Part(name, ready=False, what="does not answer")


def _database() -> str:
    one("SELECT 1")
    return "answers"


def _tables() -> str:
    """Older tables cannot be used; newer ones can, so that machines are brought to a new version one by one."""
    missing = _known() - set(column("SELECT app || '.' || name FROM django_migrations"))
    if missing:
        raise NotReadyError(f"{len(missing)} migrations are missing; run `accord manage migrate`")
    return "are those of this version"


@cache
def _known() -> frozenset[str]:
    """Return the migrations of this version, read from the disk once a process."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(f"{app}.{name}" for app, name in loader.graph.nodes)


def _queue() -> str:
    one("SELECT count(*) FROM (SELECT FROM procrastinate_jobs LIMIT 1) AS any_job")
    return "takes jobs"


def _storage() -> str:
    can_keep(settings.FILE_STORE)
    return "can be used"


def can_keep(store: Store) -> None:
    """See that files can be kept, writing nothing.

    Raises:
        NotReadyError: the folder cannot be written.
        StoreError: the bucket cannot be reached.

    """
    if isinstance(store, FolderStore):
        folder = next(one for one in (store.folder, *store.folder.parents) if one.exists())
        if not os.access(folder, os.W_OK | os.X_OK):
            raise NotReadyError("cannot be written")
        return
    now = time.monotonic()
    if now - _bucket_answered.get(id(store), -BUCKET_ASKED_EVERY) >= BUCKET_ASKED_EVERY:
        store.has(NO_FILE)
        _bucket_answered[id(store)] = now


_bucket_answered: dict[int, float] = {}
"""When a bucket answered last: each question costs money, and anybody may ask."""

CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "tables": _tables,
    "queue": _queue,
    "storage": _storage,
}
