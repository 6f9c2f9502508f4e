"""What a check found, for people and for programs, and how checks ask the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: its name, whether all is well, what is there, and how to mend it where it is not."""

    name: str
    ok: bool
    what: str
    mend: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the finding for programs."""
        return {"check": self.name, "ok": self.ok, "what": self.what, "mend": None if self.ok else self.mend}


def faults(name: str, found: Sequence[str], mend: str, *, fine: str = "") -> Finding:
    """Return a finding that is well when nothing was found, and names the first few otherwise."""
    named = "; ".join(sorted(found)[:MOST_NAMED])
    more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return Finding(name, not found, named + more if found else fine, mend)


def rows(statement: str, values: Sequence[Any] | None = None) -> list[Any]:
    """Return every row that a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found


def column(statement: str, values: Sequence[Any] | None = None) -> list[str]:
    """Return the first value of each row as text."""
    return [str(row[0]) for row in rows(statement, values)]


def one(statement: str, values: Sequence[Any] | None = None) -> Any:
    """Return the first value of the first row."""
    return rows(statement, values)[0][0]
