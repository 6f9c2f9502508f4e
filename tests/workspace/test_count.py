"""What measures count of a team: the rules against a day-by-day version, and lines that are closed, never changed."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, moment
from tests.workspace.scene import MOVED_IN, Scene

from accord.measures.queries import Asked, Clocks, tally_by_day
from accord.workspace import models, operations
from accord.workspace.enums import Fate, GraduationRule, TeamKind, TenancyState
from accord.workspace.operations._count import (
    Heard,
    Let,
    Line,
    Reported,
    area_lines,
    report_lines,
    resident_lines,
    surviving_lines,
)
from accord.workspace.queries import Spell, joined, months_after, years_after

FIRST = date(2020, 1, 1)
DAYS = 2500
LET_END = date(2020, 3, 1)


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def lettings(draw: st.DrawFn) -> list[Let]:
    """Draw the spaces of tenancies that follow each other, each space within its tenancy."""
    marks = sorted(draw(st.lists(st.integers(0, DAYS), min_size=2, max_size=6, unique=True)))
    lets = []
    for tenancy, (start, end) in enumerate(zip(marks[::2], marks[1::2], strict=False)):
        for space in range(draw(st.integers(0, 3))):
            one, other = sorted(draw(st.lists(st.integers(start, end), min_size=2, max_size=2, unique=True)))
            area = draw(st.sampled_from([None, Decimal(20), Decimal("35.50")]))
            lets.append(Let(tenancy, space, area, Spell(_day(one), _day(other))))
    return lets


def reports() -> st.SearchStrategy[list[Reported]]:
    """Draw reports for any days, two of one day among them."""
    rows = st.lists(st.tuples(st.integers(-400, DAYS), st.integers(0, 3), st.integers(0, 2)), max_size=6)
    return rows.map(
        lambda found: [
            Reported(number, _day(day), jobs * 2, jobs, rights) for number, (day, jobs, rights) in enumerate(found)
        ]
    )


@given(lettings())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_resident_and_area_on_each_day_are_those_of_the_spaces_held_that_day(lets: list[Let]) -> None:
    resident, area = list(resident_lines(lets)), list(area_lines(lets))

    for day in _some_days(let.days for let in lets):
        held = [let for let in lets if _holds(let.days, day)]
        assert _total(resident, day) == (1 if held else 0)
        assert _total(area, day) == sum((let.area_m2 or 0 for let in held), Decimal(0))


@given(lettings(), reports())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_heads_on_each_day_are_those_of_the_last_report(lets: list[Let], found: list[Reported]) -> None:
    resident = joined(let.days for let in lets)

    lines = list(report_lines(found, resident))

    edges = [Spell(one.stands_on, years_after(one.stands_on, 1)) for one in found]
    for day in _some_days([*resident, *edges]):
        last = max(
            (one for one in found if one.stands_on <= day), key=lambda one: (one.stands_on, one.report), default=None
        )
        is_resident = any(_holds(let.days, day) for let in lets)
        counts = last if is_resident else None
        is_fresh = counts is not None and day <= years_after(counts.stands_on, 1)
        assert _total(_of(lines, "jobs"), day) == (counts.jobs if counts and is_fresh else 0)
        assert _total(_of(lines, "research_jobs"), day) == (counts.research_jobs if counts and is_fresh else 0)
        assert _total(_of(lines, "ip"), day) == (1 if counts and counts.rights else 0)


@given(st.lists(st.tuples(st.integers(0, DAYS), st.sampled_from(Fate)), max_size=6), st.sampled_from(Fate))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_graduate_counts_on_each_day_by_what_was_last_heard(later: list[tuple[int, Fate]], first: Fate) -> None:
    heard = [Heard(FIRST, first), *(Heard(_day(day), fate) for day, fate in sorted(later, key=lambda one: one[0]))]

    lines = list(surviving_lines(1, heard))

    for day in _some_days(Spell(one.on, years_after(one.on, 1)) for one in heard):
        last = [one for one in heard if one.on <= day][-1:]
        is_alive = bool(last) and (
            last[0].fate == Fate.MERGED or (last[0].fate == Fate.TRADING and day <= years_after(last[0].on, 1))
        )
        assert _total(lines, day) == (1 if is_alive and day < date(2025, 1, 1) else 0)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_the_same_day_of_a_later_month_is_its_last_where_it_is_shorter(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


@pytest.mark.django_db
def test_a_signed_tenancy_counts_its_team_and_its_area(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(MOVED_IN))

    assert _open(scene.team) == [
        ("area", Decimal(60), MOVED_IN, LET_END, f"space:{scene.office.pk}"),
        ("resident", Decimal(1), MOVED_IN, LET_END, f"tenancy:{scene.tenancy.pk}"),
    ]


@pytest.mark.django_db
def test_counting_twice_changes_nothing(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(MOVED_IN))
    before = list(models.TeamSpan.objects.order_by("pk").values())

    operations.count_team(team=scene.team, at=moment(date(2019, 5, 1)))

    assert list(models.TeamSpan.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_what_was_known_before_stays_known_for_the_days_before(scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(MOVED_IN))
    models.Tenancy.objects.filter(pk=scene.tenancy.pk).update(
        state=TenancyState.ENDED,
        left_on=date(2019, 7, 1),
        ended_at=moment(date(2019, 7, 1)),
        ended_by=scene.operator.person,
    )

    operations.count_team(team=scene.team, at=moment(date(2019, 7, 1)))

    lines = models.TeamSpan.objects.filter(what="resident").order_by("known_at")
    assert list(lines.values_list("ends_on", "known_at", "unknown_at")) == [
        (LET_END, moment(MOVED_IN), moment(date(2019, 7, 1))),
        (date(2019, 7, 1), moment(date(2019, 7, 1)), None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [TeamKind.SERVICE, TeamKind.PARTNER])
def test_service_firms_and_partners_are_not_counted(scene: Scene, kind: TeamKind) -> None:
    models.Team.objects.filter(pk=scene.team.pk).update(kind=kind)

    operations.count_team(team=scene.team, at=moment(MOVED_IN))

    assert _open(scene.team) == []


@pytest.mark.django_db
def test_an_offer_and_a_tenancy_without_space_are_not_counted(scene: Scene) -> None:
    scene.tenancy.spaces.all().update(is_held=False)
    models.Tenancy.objects.create(
        team=scene.other_team,
        number="T-2",
        starts_on=MOVED_IN,
        currency="CNY",
        offered_at=moment(MOVED_IN),
        offered_by=scene.operator.person,
        answer_by_on=MOVED_IN,
    )

    operations.count_teams(teams=[scene.team, scene.other_team], at=moment(MOVED_IN))

    assert not models.TeamSpan.objects.exists()


@pytest.mark.django_db
def test_only_reports_that_stand_are_counted_and_a_correction_takes_the_place_of_the_struck(scene: Scene) -> None:
    struck = _report(scene, jobs=90, on=date(2019, 4, 1))
    operations.count_team(team=scene.team, at=moment(date(2019, 4, 1)))
    models.TeamReport.objects.filter(pk=struck.pk).update(
        struck_at=moment(date(2019, 4, 2)), struck_by=scene.operator.person
    )
    report = _report(scene, jobs=9, on=date(2019, 4, 1))

    operations.count_team(team=scene.team, at=moment(date(2019, 4, 2)))

    assert [line for line in _open(scene.team) if line[0] in {"jobs", "research_jobs", "ip"}] == [
        ("ip", Decimal(1), date(2019, 4, 1), LET_END, f"report:{report.pk}"),
        ("jobs", Decimal(9), date(2019, 4, 1), LET_END, f"report:{report.pk}"),
        ("research_jobs", Decimal(3), date(2019, 4, 1), LET_END, f"report:{report.pk}"),
    ]


@pytest.mark.django_db
def test_a_merged_graduate_counts_for_five_years_and_a_struck_graduation_for_none(scene: Scene) -> None:
    graduation = models.Graduation.objects.create(
        team=scene.other_team,
        rule=GraduationRule.MERGED,
        graduated_on=MOVED_IN,
        evidence="Register of companies",
        recorded_at=moment(MOVED_IN),
        recorded_by=scene.operator.person,
    )
    operations.count_team(team=scene.other_team, at=moment(MOVED_IN))
    known = _open(scene.other_team)

    graduation.struck_at, graduation.struck_by = moment(date(2019, 4, 1)), scene.operator.person
    graduation.save()
    operations.count_team(team=scene.other_team, at=moment(date(2019, 4, 1)))

    assert known == [("surviving", Decimal(1), MOVED_IN, date(2024, 3, 1), f"team:{scene.other_team.pk}")]
    assert _open(scene.other_team) == []


@pytest.mark.django_db
def test_lines_are_changes_that_rise_and_fall(cast: Cast, scene: Scene) -> None:
    operations.count_team(team=scene.team, at=moment(MOVED_IN))
    promise = cast.promise("resident-teams")

    levels = [
        tally_by_day([Asked(promise.pk, "workspace.resident_teams")], Clocks(day, moment(day, 23)))[promise.pk].total()
        for day in (date(2019, 2, 28), MOVED_IN, date(2020, 2, 29), LET_END)
    ]

    assert levels == [0, 1, 1, 0]


def _report(scene: Scene, jobs: int, on: date) -> models.TeamReport:
    return models.TeamReport.objects.create(
        team=scene.team,
        quarter_on=on,
        stands_on=on,
        jobs=jobs,
        research_jobs=jobs // 3,
        patents_held=1,
        reported_at=moment(on),
        reported_by=scene.operator.person,
    )


def _open(team: models.Team) -> list[tuple[object, ...]]:
    lines = models.TeamSpan.objects.filter(team=team, unknown_at=None).order_by("what", "starts_on")
    return list(lines.values_list("what", "amount", "starts_on", "ends_on", "record"))


def _some_days(spells: Iterable[Spell]) -> list[date]:
    """Return the days around every edge: between two edges nothing can change."""
    edges = {day for spell in spells for day in (spell.starts_on, spell.ends_on) if day is not None}
    around = {edge + timedelta(days=step) for edge in edges for step in (-1, 0, 1, 2)}
    return sorted(around | {years_after(FIRST, 5) + timedelta(days=step) for step in (-1, 0)})


def _holds(days: Spell, day: date) -> bool:
    return days.starts_on <= day and (days.ends_on is None or day < days.ends_on)


def _of(lines: Sequence[Line], what: str) -> list[Line]:
    return [line for line in lines if line.what == what]


def _total(lines: Sequence[Line], day: date) -> Decimal:
    return sum((line.amount for line in lines if _holds(line.days, day)), Decimal(0))
