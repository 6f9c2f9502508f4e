"""Settled slates: what was decided in which order, and the file that shows later that nothing was changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from accord.kernel.text import Bilingual
from accord.programmes.models import Decision, Slate
from accord.programmes.queries._slates import SlateRow


@dataclass(frozen=True, slots=True)
class SettledRow:
    """A line of a settled slate as the office reads it."""

    rank: int
    reference: str
    applicant_id: int
    applicant: Bilingual | str
    score: Decimal | None
    outcome: str
    position: int | None
    draw: str
    reason: str
    note: str
    told_at: datetime | None


def settled_rows(slate: Slate) -> list[SettledRow]:
    """Return what a settled slate said of each application that it decided, in its order; one query."""
    ranks = {one["reference"]: one["rank"] for one in slate.order}
    rows = Decision.objects.filter(slate=slate).select_related("application__applicant")
    found = [
        SettledRow(
            rank=ranks.get(one.application.reference, 0),
            reference=one.application.reference,
            applicant_id=one.application.applicant_id,
            applicant=one.application.applicant.name,
            score=one.score,
            outcome=one.outcome,
            position=one.reserve_position,
            draw=one.draw,
            reason=one.reason,
            note=one.note,
            told_at=one.told_at,
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (one.rank, one.reference))


def settled_order(rows: Sequence[SlateRow]) -> list[dict[str, Any]]:
    """Return a slate as it is kept once it is settled: references from the best score down, and no names."""
    return [line_of_order(one.rank, one.reference, one.score, one.outcome, one.tie, one.draw) for one in rows]


def line_of_order(
    rank: int, reference: str, score: Decimal | None, outcome: str, tie: int = 0, draw: str = ""
) -> dict[str, Any]:
    """Return a line of a settled order; `tie` and `draw` stand only where equal scores were told apart by the draw."""
    return {
        "reference": reference,
        "rank": rank,
        "score": None if score is None else str(score),
        "tie": tie,
        "draw": draw,
        "outcome": str(outcome),
    }


def written_order(order: Sequence[Mapping[str, Any]]) -> str:
    """Return a settled order as the text that its digest is taken of."""
    return json.dumps(order, ensure_ascii=False, sort_keys=True, indent=1)


def digest_of_order(order: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of a settled order."""
    return sha256(written_order(order).encode()).hexdigest()
