"""Brings the lines that measures count in line with what should hold; what was known before stays."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accord.kernel.text import Bilingual
from accord.programmes.models import CountedLine


@dataclass(frozen=True, slots=True)
class Line:
    """What should be counted of a record: on a day, or on each day from it until another."""

    programme: int
    what: str
    record: str
    part: str
    label: Bilingual
    amount: Decimal
    starts_on: date
    ends_on: date | None = None
    is_simulated: bool = False


def settle_lines(*, records: Collection[str], wanted: Iterable[Line], at: datetime) -> None:
    """Close the lines of these records that no longer hold, and open those that do; nothing changes where all agree.

    Call it while what the lines are worked out from is locked.
    """
    missing = set(wanted)
    for row in CountedLine.objects.filter(record__in=records, unknown_at=None):
        line = _line_of(row)
        if line in missing:
            missing.remove(line)
            continue
        row.unknown_at = max(at, row.known_at)
        row.save(update_fields=["unknown_at"])
    CountedLine.objects.bulk_create(
        row_of(line, at) for line in sorted(missing, key=lambda one: (one.what, one.starts_on, one.record, one.part))
    )


def _line_of(row: CountedLine) -> Line:
    return Line(
        programme=row.programme_id,
        what=row.what,
        record=row.record,
        part=row.part,
        label=row.label,
        amount=row.amount_each,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        is_simulated=row.is_simulated,
    )


def row_of(line: Line, at: datetime) -> CountedLine:
    """Return a line as it is kept from a moment on."""
    return CountedLine(
        programme_id=line.programme,
        what=line.what,
        record=line.record,
        part=line.part,
        label=line.label,
        amount_each=line.amount,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        is_simulated=line.is_simulated,
        known_at=at,
    )
