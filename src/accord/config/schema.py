"""Whether the database's tables are those of this Accord, told without loading Django where nothing changed.

A stamp in the data folder says for which migration files the database was last brought up to date, and which
migrations it held then. It is believed only while both still agree with the files and with the database.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import psycopg

SOURCE = Path(__file__).resolve().parents[1]
WITH_TABLES = ("django", "procrastinate", "django-pghistory", "django-pgtrigger")
STAMP = "schema.json"
APPLIED = "SELECT app || '.' || name FROM django_migrations"


class NewerDatabaseError(Exception):
    """The database was brought up to date by a newer Accord."""

    exit_code = 4

    def __init__(self, unknown: Iterable[str]) -> None:
        """Name the migrations that this Accord does not know."""
        names = sorted(unknown)
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        super().__init__(
            f"This database was made by a newer Accord: it holds {names[0]}{more}, which this version does not "
            "know. Use that newer version, or another folder with --data-dir."
        )
        self.unknown = names


class OlderDatabaseError(Exception):
    """The database lacks tables that this Accord needs, and this command may not make them."""

    exit_code = 4


def is_current(folder: Path, connection: psycopg.Connection) -> bool:
    """Say whether stamp, migration files and database all agree; costs one small query."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(stamp == {"files": _files(), "applied": _digest(applied(connection))})


def stamp(folder: Path, connection: psycopg.Connection) -> None:
    """Note that the database is up to date with the migration files."""
    draft = folder / f"{STAMP}.{os.getpid()}"
    draft.write_text(json.dumps({"files": _files(), "applied": _digest(applied(connection))}), encoding="utf-8")
    draft.replace(folder / STAMP)


def applied(connection: psycopg.Connection) -> list[str]:
    """Return the migrations that the database holds, as `app.name`; none where there is no such table."""
    with suppress(psycopg.errors.UndefinedTable), connection.transaction():
        return sorted(str(row[0]) for row in connection.execute(APPLIED))
    return []


def is_set_up(connection: psycopg.Connection) -> bool:
    """Say whether Accord has made its tables here."""
    return any(name.startswith("agreements.") for name in applied(connection))


def _files() -> str:
    """Return a digest of everything that migrations come from: our files and the packages that bring some."""
    found = hashlib.sha256(" ".join(version(name) for name in WITH_TABLES).encode())
    for path in sorted(SOURCE.glob("*/migrations/*.py")):
        found.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _digest(names: Iterable[str]) -> str:
    """Return a digest of migration names."""
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
