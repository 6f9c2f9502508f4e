"""Which reports deserve a second look: each bound from both sides."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accord.workspace.enums import ReportFlag
from accord.workspace.queries import HeadCount, flags_of

USUAL = HeadCount(jobs=12, research_jobs=7, part_time=2, interns=1, patents_applied=1)


def test_a_usual_report_has_no_flags() -> None:
    assert flags_of(USUAL, before=[replace(USUAL, jobs=11)], area_m2=Decimal(60)) == []


@pytest.mark.parametrize(
    ("then", "now", "jumps"),
    [(6, 12, False), (6, 13, True), (12, 6, False), (13, 6, True), (1, 5, False), (1, 6, True), (0, 5, True)],
)
def test_a_jump_is_more_than_double_or_half_and_five_people(then: int, now: int, jumps: bool) -> None:
    flags = flags_of(HeadCount(now, 0), before=[HeadCount(then, 0)])

    assert (ReportFlag.JUMP in flags) is jumps


def test_research_jobs_jump_by_themselves() -> None:
    assert flags_of(HeadCount(20, 14), before=[HeadCount(20, 6)]) == [ReportFlag.JUMP]


def test_a_first_report_jumps_from_nothing() -> None:
    assert flags_of(HeadCount(40, 20)) == []


def test_more_researchers_than_jobs() -> None:
    assert flags_of(HeadCount(5, 6)) == [ReportFlag.RESEARCH_OVER_JOBS]


def test_nobody_at_all() -> None:
    assert flags_of(HeadCount(0, 0, part_time=3)) == [ReportFlag.NOBODY]


@pytest.mark.parametrize(
    ("area", "crowded"), [(Decimal(60), False), (Decimal("59.99"), True), (None, False), (Decimal(0), False)]
)
def test_crowding_counts_everybody_against_what_is_let(area: Decimal | None, crowded: bool) -> None:
    assert (ReportFlag.CROWDED in flags_of(USUAL, area_m2=area)) is crowded


@pytest.mark.parametrize(("times", "unchanged"), [(3, False), (4, True), (5, True)])
def test_unchanged_is_the_same_as_the_last_four(times: int, unchanged: bool) -> None:
    assert (ReportFlag.UNCHANGED in flags_of(USUAL, before=[USUAL] * times)) is unchanged


def test_one_other_number_among_the_last_four_is_a_change() -> None:
    before = [USUAL, USUAL, replace(USUAL, patents_applied=2), USUAL]

    assert flags_of(USUAL, before=before) == []


def test_late_is_said_first() -> None:
    assert flags_of(HeadCount(0, 1), is_late=True) == [
        ReportFlag.LATE,
        ReportFlag.RESEARCH_OVER_JOBS,
        ReportFlag.NOBODY,
    ]
