"""What the API refuses, as exceptions.

Problem
├── NotKnown        401
├── NotAllowed      403
├── NotThere        404
├── Conflict        409
├── Stale           412
├── Refused         422
├── VersionMissing  428
└── TooMany         429
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class Problem(Exception):  # noqa: N818 (the standard's word for it)
    """A request was refused; `detail` says how to mend it, `code` is for programs."""

    by_status: ClassVar[dict[int, type[Problem]]] = {}

    def __init__(self, status: int, members: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        """Keep what the answer said."""
        self.status = status
        self.code = str(members.get("code", ""))
        self.title = str(members.get("title", ""))
        self.detail = str(members.get("detail", ""))
        self.errors: Sequence[Mapping[str, str]] = members.get("errors", ())
        self.request_id = str(members.get("request_id") or headers.get("X-Request-ID", ""))
        self.members = dict(members)
        self.headers = dict(headers)
        places = "".join(
            f"\n  {one.get('pointer') or one.get('parameter')}: {one.get('detail')}" for one in self.errors
        )
        super().__init__(f"{status} {self.code}: {self.detail}{places}")

    @classmethod
    def of(cls, status: int, members: Mapping[str, Any], headers: Mapping[str, str]) -> Problem:
        """Return the problem of a status."""
        return cls.by_status.get(status, Problem)(status, members, headers)


class NotKnown(Problem):
    """No token, or one that opens nothing (any more)."""


class NotAllowed(Problem):
    """The person, or the token, may not do this."""


class NotThere(Problem):
    """There is nothing here that the person may know of."""


class Conflict(Problem):
    """It does not fit the present state."""


class Stale(Problem):
    """The record changed since the version that was named."""

    @property
    def version(self) -> int:
        """Return the version that holds."""
        return int(self.members.get("version", 0))


class Refused(Problem):
    """Some of what was sent does not fit; `errors` names each place."""


class VersionMissing(Problem):
    """A change must name the version that it is made from."""


class TooMany(Problem):
    """More requests than the limit allows."""


Problem.by_status = {
    401: NotKnown,
    403: NotAllowed,
    404: NotThere,
    409: Conflict,
    412: Stale,
    422: Refused,
    428: VersionMissing,
    429: TooMany,
}
