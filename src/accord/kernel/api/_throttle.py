"""How many requests a caller may send: one allowance that refills steadily, shared by all processes.

The generic cell rate algorithm: a row says when everything asked so far will have been earned. A request moves that
moment on by one step and is refused when it would lie further ahead than the whole allowance. One statement a
request; rows of different callers never wait for each other.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

WINDOW = timedelta(minutes=1)
QUIET = timedelta(hours=1)

TAKE = """
    INSERT INTO kernel_ratebucket AS held (caller, spent_at) VALUES (%(caller)s, %(at)s + %(step)s)
    ON CONFLICT (caller) DO UPDATE SET spent_at = greatest(held.spent_at, %(at)s) + %(step)s
    WHERE greatest(held.spent_at, %(at)s) + %(step)s <= %(at)s + %(window)s
    RETURNING spent_at
"""
LOOK = "SELECT spent_at FROM kernel_ratebucket WHERE caller = %(caller)s"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a request: the limit, how many more are taken now, when all are there again, and the wait."""

    limit: int
    left: int
    full_in: int
    wait: int = 0

    @property
    def is_spent(self) -> bool:
        """Say whether this request was one too many."""
        return self.wait > 0

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"default";q={self.limit};w={round(WINDOW.total_seconds())}',
            "RateLimit": f'"default";r={self.left};t={self.full_in}',
        }


def take(*, caller: str, limit: int, at: datetime) -> Allowance:
    """Count one request of a caller against its allowance of so many a minute."""
    step = WINDOW / limit
    given: dict[str, Any] = {"caller": caller, "at": at, "step": step, "window": WINDOW}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, given)
        row = cursor.fetchone()
        if row is not None:
            ahead = row[0] - at
            return Allowance(limit, max(int((WINDOW - ahead) / step), 0), math.ceil(ahead.total_seconds()))
        cursor.execute(LOOK, given)
        ahead = cursor.fetchone()[0] - at
    wait = math.ceil((ahead + step - WINDOW).total_seconds())
    return Allowance(limit, 0, math.ceil(ahead.total_seconds()), max(wait, 1))
