"""Measures that are a quotient: what stood above and below the line, day by day."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import make_cast, moment
from tests.workspace.scene import make_scene

from accord.kernel.clock import end_of
from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual
from accord.measures import queries
from accord.workspace.models import FloorRun, TeamSpan

START = date(2019, 7, 10)
DAYS = st.integers(0, 20).map(lambda n: START + timedelta(days=n))
LINES = st.lists(st.tuples(st.sampled_from(["resident", "ip"]), DAYS, st.integers(1, 20)), max_size=6)


def level(lines: list[tuple], what: str, on: date) -> int:
    """Count, line by line, what holds on a day."""
    return sum(1 for kind, begun, days in lines if kind == what and begun <= on < begun + timedelta(days=days))


class TestRatio(TestCase):
    """The level of a ratio is the quotient of its parts, on each day and whatever the order of the records."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lines=LINES, as_of=DAYS)
    def test_level_is_the_quotient_of_the_parts(self, lines: list[tuple], as_of: date) -> None:
        scene = make_scene(make_cast())
        promise = scene.cast.promise("resident-teams")
        for number, (what, begun, days) in enumerate(lines):
            TeamSpan.objects.create(
                team=scene.team,
                what=what,
                amount=1,
                starts_on=begun,
                ends_on=begun + timedelta(days=days),
                record=f"team:{number}",
                known_at=moment(START),
            )

        asked = queries.Asked(promise.pk, "workspace.ip_share")
        type(promise).objects.filter(pk=promise.pk).update(measure_code="workspace.ip_share")
        tally = queries.tally_by_day([asked], queries.Clocks(as_of, end_of(as_of)))[promise.pk]
        above, below = level(lines, "ip", as_of), level(lines, "resident", as_of)
        expected = Decimal(100 * above) / below if below else Decimal(0)
        assert tally.total() == expected.quantize(Decimal("0.0001"), ROUND_HALF_UP)


@pytest.mark.django_db
def test_area_that_was_struck_no_longer_stands_below_the_line() -> None:
    scene = make_scene(make_cast())
    promise = scene.cast.promise("resident-teams")
    type(promise).objects.filter(pk=promise.pk).update(measure_code="workspace.density")
    TeamSpan.objects.create(
        team=scene.team, what="resident", amount=1, starts_on=START, record="tenancy:1", known_at=moment(START)
    )
    asked = [queries.Asked(promise.pk, "workspace.density")]

    whole = queries.tally_by_day(asked, queries.Clocks(START, end_of(START)))[promise.pk].total()
    FloorRun.objects.filter(floor=scene.first).update(struck_at=moment(START), struck_by=scene.cast.owner.person)
    half = queries.tally_by_day(asked, queries.Clocks(START, end_of(START)))[promise.pk].total()

    assert (whole, half) == (Decimal("0.5"), Decimal(1))


def test_measure_with_one_part_of_a_ratio_is_refused() -> None:
    words = Bilingual("x", "x")

    with pytest.raises(ValueError, match="a ratio, and nothing else"):
        Measure("a.b", words, words, words, Kind.RATIO, words, words, changes=TeamSpan.objects.all)
