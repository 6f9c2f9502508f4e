"""One operation as the tests ask it: which record, with what body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Ask:
    """The parts of an operation's address, its query and its body; `form` is a form with a file."""

    at: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    query: str = ""
    form: Mapping[str, Any] | None = None


ALL_READ = ("200", "200", "200", "404", "401")
"""Owner, partner, executive of the owner's side, outsider, nobody: the parties read, the others learn nothing."""
ALL_KNOWN = ("200", "200", "200", "200", "401")
OWN = ("200", "404", "404", "404", "401")
"""What belongs to the owner, or to the owner's institution."""
