"""What a site gave its teams: relief by day against a slow count, hours of mentors, services."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import moment
from tests.workspace.scene import Scene
from tests.workspace.test_tenancies import START, signed

from accord.kernel.text import Bilingual
from accord.workspace import models, queries
from accord.workspace.queries import Spell, by_month, months_after, relief_of

FIRST = date(2019, 1, 1)
YEAR = Spell(FIRST, date(2020, 1, 1))


@given(st.integers(0, 10**9), st.integers(0, 10_000), st.integers(0, 900), st.integers(1, 800))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_relief_is_the_sum_over_days_of_the_part_that_each_is_of_its_month(
    monthly: int, percent: int, begin: int, length: int
) -> None:
    start = FIRST + timedelta(days=begin)
    days = [start + timedelta(days=number) for number in range(length)]
    exact = sum(
        (Fraction(monthly * percent, 10_000 * _days_in_month(day)) for day in days),
        Fraction(0),
    )

    found = relief_of(monthly, Decimal(percent) / 100, Spell(start, start + timedelta(days=length)))

    assert abs(found - exact) <= Fraction(1, 2) + Fraction(1, 1000)


@given(st.integers(0, 900), st.integers(1, 800))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_months_are_the_same_days_each_within_one_month(begin: int, length: int) -> None:
    start = FIRST + timedelta(days=begin)

    parts = list(by_month(Spell(start, start + timedelta(days=length))))

    assert sum(part.days() for part in parts) == length
    assert all((one.starts_on.year, one.starts_on.month) == _last(one) for one in parts)


@pytest.mark.django_db
def test_a_whole_year_of_relief_is_twelve_months_of_it(scene: Scene) -> None:
    signed(scene)

    found = queries.benefits_of(scene.other_team, Spell(START, months_after(START, 12)))

    assert [(line.kind, line.value_minor, line.rent_minor) for line in found.lines] == [
        ("relief", 12 * 80_000, 12 * 320_000)
    ]


@pytest.mark.django_db
def test_an_offer_that_was_not_signed_gave_nothing(scene: Scene) -> None:
    made = signed(scene)
    made.spaces.update(is_held=False)

    assert queries.benefits_at(scene.site, YEAR) == []


@pytest.mark.django_db
def test_hours_held_and_services_used_are_added_and_the_rest_is_not(scene: Scene) -> None:
    by = scene.operator.person
    mentor = models.Mentor.objects.create(
        site=scene.site, person=by, starts_on=FIRST, appointed_at=moment(FIRST), appointed_by=by
    )
    for number, (state, minutes) in enumerate([("held", 90), ("held", 30), ("missed", 60)]):
        models.MentorSession.objects.create(
            mentor=mentor,
            starts_at=moment(date(2019, 5, 1 + number)),
            minutes=minutes,
            state=state,
            team=scene.team,
            offered_at=moment(FIRST),
            offered_by=by,
            taken_at=moment(FIRST),
            taken_by=by,
            settled_at=moment(FIRST),
            settled_by=by,
        )
    service = models.Service.objects.create(
        site=scene.site, name=Bilingual("Filing"), unit=Bilingual("case"), value_minor=50_000
    )
    for day, struck in ((date(2019, 5, 1), None), (date(2019, 5, 2), moment(FIRST)), (date(2020, 1, 1), None)):
        models.ServiceUse.objects.create(
            service=service,
            team=scene.team,
            used_on=day,
            quantity=1,
            value_minor=50_000,
            recorded_at=moment(FIRST),
            recorded_by=by,
            struck_at=struck,
            struck_by=by if struck else None,
        )

    (valued,) = queries.benefits_at(scene.site, YEAR, 30_000)
    (counted,) = queries.benefits_at(scene.site, YEAR)

    assert (valued.mentor_hours, valued.mentor_minor, valued.services_minor) == (Decimal("2.00"), 60_000, 50_000)
    assert (counted.mentor_hours, counted.mentor_minor, counted.total_minor) == (Decimal("2.00"), 0, 50_000)


def _days_in_month(day: date) -> int:
    return (months_after(day.replace(day=1), 1) - day.replace(day=1)).days


def _last(part: Spell) -> tuple[int, int]:
    assert part.ends_on is not None
    last = part.ends_on - timedelta(days=1)
    return (last.year, last.month)
