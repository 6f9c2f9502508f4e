"""Speaks with an Accord installation by its API."""

from accord_client._calls import Answer, Unchanged, Upload
from accord_client._operations import Operations
from accord_client._problems import (
    Conflict,
    NotAllowed,
    NotKnown,
    NotThere,
    Problem,
    Refused,
    Stale,
    TooMany,
    VersionMissing,
)


class Accord(Operations):
    """An Accord installation, asked as one person: `Accord("https://…", token="accord_…")`."""


__all__ = [
    "Accord",
    "Answer",
    "Conflict",
    "NotAllowed",
    "NotKnown",
    "NotThere",
    "Problem",
    "Refused",
    "Stale",
    "TooMany",
    "Unchanged",
    "Upload",
    "VersionMissing",
]
