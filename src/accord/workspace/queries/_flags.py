"""What makes a report deserve a second look: stated bounds over plain numbers, asked of nobody.

A flag refuses nothing and accuses nobody; it says where an operator should ask. Small teams move by leaps, so a jump
needs a few people as well as a factor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accord.workspace.enums import ReportFlag

JUMP_FACTOR = 2
"""More than doubled, or less than half, against the report before."""
JUMP_LEAST = 5
"""Of how many people a jump is at least."""
CROWDED_BELOW_M2 = Decimal(4)
"""The let area for each person who works there, below which one asks whether the count or the area is wrong."""
UNCHANGED_TIMES = 4
"""How many reports before must say the very same."""


@dataclass(frozen=True, slots=True)
class HeadCount:
    """The numbers of one report."""

    jobs: int
    research_jobs: int
    part_time: int = 0
    interns: int = 0
    patents_applied: int = 0
    patents_held: int = 0

    @property
    def people(self) -> int:
        """Return everybody who works there."""
        return self.jobs + self.part_time + self.interns


def flags_of(
    count: HeadCount, *, before: Sequence[HeadCount] = (), is_late: bool = False, area_m2: Decimal | None = None
) -> list[ReportFlag]:
    """Return why a report deserves a look; `before` are the reports before it, the latest first."""
    found = {
        ReportFlag.LATE: is_late,
        ReportFlag.JUMP: bool(before) and _jumps(count, before[0]),
        ReportFlag.RESEARCH_OVER_JOBS: count.research_jobs > count.jobs,
        ReportFlag.NOBODY: count.jobs == 0,
        ReportFlag.CROWDED: bool(area_m2 and count.people and area_m2 / count.people < CROWDED_BELOW_M2),
        ReportFlag.UNCHANGED: len(before) >= UNCHANGED_TIMES and set(before[:UNCHANGED_TIMES]) == {count},
    }
    return [flag for flag, holds in found.items() if holds]


def _jumps(count: HeadCount, last: HeadCount) -> bool:
    """Say whether jobs or research jobs leapt."""
    pairs = ((count.jobs, last.jobs), (count.research_jobs, last.research_jobs))
    return any(_leaps(now, then) for now, then in pairs)


def _leaps(now: int, then: int) -> bool:
    more, less = max(now, then), min(now, then)
    return more > JUMP_FACTOR * less and more - less >= JUMP_LEAST
