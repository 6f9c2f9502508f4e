"""The chain of seals: what each digest is made of, and its head.

What a digest says can be worked out by anybody who may read the database; docs/guides/en/history.md has the recipe.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from accord.history.models import Seal, SealPart

FORM = "accord seal 1"
NUMBER, HASH = 8, 32
LEAF_SIZE = NUMBER + HASH


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal: who keeps number and digest can later prove that nothing sealed by then was changed."""

    number: int
    digest: str
    sealed_at: datetime


def head() -> Head | None:
    """Return the head of the chain; None before the first seal."""
    last = Seal.objects.order_by("-number").first()
    return None if last is None else Head(last.number, last.digest, last.sealed_at)


def seals() -> QuerySet[Seal]:
    """Return all seals, latest first."""
    return Seal.objects.order_by("-number")


def seal_text(seal: Seal, parts: Iterable[SealPart]) -> str:
    """Return the lines whose SHA-256 is the seal's digest."""
    lines = [
        FORM,
        str(seal.number),
        seal.previous,
        seal.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
        " ".join(seal.tables),
        str(seal.events),
        *(part_text(part) for part in parts),
    ]
    return "\n".join(lines)


def part_text(part: SealPart) -> str:
    """Return a part's line: table, range, number of events, columns, digest of the leaves."""
    return f"{part.table} {part.after} {part.until} {part.events} {','.join(part.columns)} {part.digest}"


def digest_of(seal: Seal, parts: Iterable[SealPart]) -> str:
    """Return the digest that the seal must have; parts in the order of table and range."""
    return hashlib.sha256(seal_text(seal, parts).encode()).hexdigest()


def leaf(event: int, hashed: bytes) -> bytes:
    """Return an event's leaf: its number in 8 bytes and its hash in 32."""
    return event.to_bytes(NUMBER, "big") + bytes(hashed)


def split_leaf(leaves: memoryview, place: int) -> tuple[int, bytes]:
    """Return the event's number and hash at a place among the leaves."""
    start = place * LEAF_SIZE
    return int.from_bytes(leaves[start : start + NUMBER], "big"), bytes(leaves[start + NUMBER : start + LEAF_SIZE])


def knows(number: int, digest: str) -> bool:
    """Say whether the chain still holds this seal under this number: a kept head that it does not is proof."""
    return Seal.objects.filter(number=number, digest=digest).exists()
