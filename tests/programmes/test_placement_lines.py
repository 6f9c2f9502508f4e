"""What counts of somebody's placements, against counting day by day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.programmes.enums import Counted, Side
from accord.programmes.operations._counted_lines import Line
from accord.programmes.operations._placement_lines import Evaluated, Stay, academic_year, lines_of
from accord.programmes.queries import Spell

FIRST = date(2019, 7, 1)
DAY = timedelta(days=1)
EVERY = tuple(one for one in Counted if not one.startswith("places"))


def stay(pk: int = 1, **facts: object) -> Stay:
    """Return a stay of three months, from Monday 2 September 2019."""
    known: dict[str, object] = {
        "pk": pk,
        "programme": 1,
        "counts": EVERY,
        "reference": f"P{pk}",
        "host": 10,
        "home": 20,
        "arrived_on": date(2019, 9, 2),
        "ends_on": date(2019, 11, 30),
    }
    return Stay(**{**known, **facts})  # type: ignore[arg-type]


def counted(stays: Sequence[Stay], what: Counted) -> list[tuple[date, date | None, Decimal]]:
    """Return the days and amounts of the lines of a kind."""
    return [(one.starts_on, one.ends_on, one.amount) for one in lines_of(stays) if one.what == what]


BOTH = (
    Evaluated(Side.PERSON, date(2019, 12, 3), date(2019, 12, 3), 4),
    Evaluated(Side.HOST, date(2019, 12, 10), date(2019, 12, 12), 5),
)


def test_a_placement_is_completed_on_the_day_the_second_evaluation_came_in_first() -> None:
    done = stay(left_on=date(2019, 11, 30), evaluated=BOTH)

    assert counted([done], Counted.COMPLETED) == [(date(2019, 12, 10), None, Decimal(1))]
    assert counted([stay(left_on=date(2019, 11, 30), evaluated=BOTH[:1])], Counted.COMPLETED) == []
    assert counted([stay(left_on=date(2019, 10, 1), is_broken_off=True, evaluated=BOTH)], Counted.COMPLETED) == []
    assert counted([stay(evaluated=BOTH)], Counted.COMPLETED) == []


def test_evaluated_ahead_it_is_completed_on_the_last_day() -> None:
    ahead = tuple(Evaluated(one, date(2019, 11, 20), date(2019, 11, 20), None) for one in (Side.PERSON, Side.HOST))

    assert counted([stay(left_on=date(2019, 11, 30), evaluated=ahead)], Counted.COMPLETED) == [
        (date(2019, 11, 30), None, Decimal(1))
    ]


def test_a_job_counts_within_twelve_months_of_completion_once_a_host() -> None:
    done = {"left_on": date(2019, 11, 30), "evaluated": BOTH}
    in_time, late = stay(hired_on=date(2020, 12, 10), **done), stay(hired_on=date(2020, 12, 11), **done)
    again = stay(2, hired_on=date(2020, 1, 1), **done)

    assert counted([in_time], Counted.CONVERTED) == [(date(2020, 12, 10), None, Decimal(1))]
    assert counted([late], Counted.CONVERTED) == []
    assert counted([in_time, again], Counted.CONVERTED) == [(date(2020, 1, 1), None, Decimal(1))]
    assert counted([stay(hired_on=date(2019, 12, 1), left_on=date(2019, 11, 30))], Counted.CONVERTED) == []


def test_somebody_counts_once_an_academic_year_and_direction() -> None:
    before, first, same_year = stay(1, arrived_on=date(2019, 8, 31)), stay(2), stay(3, arrived_on=date(2020, 8, 31))
    back = stay(4, home=10, host=20, arrived_on=date(2020, 1, 7))

    assert counted([before, first, same_year, back], Counted.EXCHANGE_PEOPLE) == [
        (date(2019, 8, 31), None, Decimal(1)),
        (date(2019, 9, 2), None, Decimal(1)),
        (date(2020, 1, 7), None, Decimal(1)),
    ]
    assert counted([stay(home=10)], Counted.EXCHANGE_PEOPLE) == []
    assert (academic_year(date(2019, 8, 31)), academic_year(date(2019, 9, 1))) == (2018, 2019)


def test_promises_count_each_for_themselves() -> None:
    assert len(counted([stay(1, promise=1), stay(2, promise=2)], Counted.EXCHANGE_PEOPLE)) == 2


def test_a_candidate_counts_while_both_sides_supervise_until_the_degree() -> None:
    both = ((Side.HOST, Spell(date(2019, 9, 1), None)), (Side.HOME, Spell(date(2019, 10, 1), None)))
    enrolled = stay(degree_on=date(2023, 7, 1), supervised=both)

    assert counted([enrolled], Counted.DOCTORAL_ENROLLED) == [(date(2019, 10, 1), date(2023, 7, 1), Decimal(1))]
    assert counted([enrolled], Counted.DOCTORAL_COMPLETED) == [(date(2023, 7, 1), None, Decimal(1))]
    alone = stay(degree_on=date(2023, 7, 1), supervised=both[:1])
    assert counted([alone], Counted.DOCTORAL_ENROLLED) == counted([alone], Counted.DOCTORAL_COMPLETED) == []


def test_part_months_count_their_fraction_on_the_last_day_of_the_month() -> None:
    half = stay(arrived_on=date(2019, 9, 16), ends_on=date(2019, 11, 10), left_on=date(2019, 10, 31), percent=50)
    away = (Spell(date(2019, 10, 1), date(2019, 10, 11)),)

    assert counted([half], Counted.POSTDOC_MONTHS) == [
        (date(2019, 9, 30), None, Decimal("0.250")),
        (date(2019, 10, 31), None, Decimal("0.500")),
    ]
    assert counted(
        [stay(arrived_on=date(2019, 10, 1), left_on=date(2019, 10, 31), unpaid=away)], Counted.POSTDOC_MONTHS
    ) == [(date(2019, 10, 31), None, Decimal("0.677"))]


def test_scores_count_and_blank_ones_do_not() -> None:
    blank = Evaluated(Side.HOST, date(2019, 12, 10), date(2019, 12, 10), None)

    assert counted([stay(evaluated=(BOTH[0], blank))], Counted.SATISFACTION) == [(date(2019, 12, 3), None, Decimal(4))]


spans = st.tuples(st.integers(0, 200), st.integers(0, 150)).map(
    lambda one: Spell(FIRST + one[0] * DAY, FIRST + (one[0] + one[1] + 1) * DAY)
)


@st.composite
def stays(draw: st.DrawFn) -> list[Stay]:
    """Draw a few stays of one person that may overlap."""
    return [
        stay(
            pk,
            arrived_on=span.starts_on,
            ends_on=span.until,
            left_on=draw(st.sampled_from([None, span.starts_on, span.until])),
            home=draw(st.sampled_from([20, 30])),
            percent=draw(st.sampled_from([50, 100])),
            unpaid=tuple(draw(st.lists(spans, max_size=1))),
            supervised=tuple((side, draw(spans)) for side in (Side.HOST, Side.HOME)),
            degree_on=draw(st.sampled_from([None, span.until])),
        )
        for pk, span in enumerate(draw(st.lists(spans, min_size=1, max_size=3)))
    ]


def days_of(lines: Sequence[Line], what: Counted, until: date) -> Counter[date]:
    """Return how often each day stands in the lines of a kind."""
    return Counter(
        day for one in lines if one.what == what for day in days_between(one.starts_on, one.ends_on or until)
    )


def days_between(first: date, until: date) -> Iterator[date]:
    """Yield every day from one until another."""
    return (first + number * DAY for number in range((until - first).days))


@settings(max_examples=25, deadline=None)
@given(stays())
def test_days_count_as_when_each_day_is_looked_at(drawn: list[Stay]) -> None:
    lines = list(lines_of(drawn))
    horizon = FIRST + 500 * DAY
    spent, enrolled, worked = Counter[date](), Counter[date](), dict[date, Decimal]()
    for day in days_between(FIRST, horizon):
        there = [one for one in drawn if one.arrived_on <= day <= (one.left_on or max(one.ends_on, one.arrived_on))]
        spent[day] += bool(there)
        enrolled[day] += any(_is_candidate(one, day) for one in drawn)
    for one in sorted(drawn, key=lambda each: (each.arrived_on, each.pk)):
        for month, part in _months(one).items():
            worked[month] = min(Decimal(1), worked.get(month, Decimal(0)) + part)

    assert +spent == days_of(lines, Counted.EXCHANGE_MONTHS, horizon)
    assert +enrolled == days_of(lines, Counted.DOCTORAL_ENROLLED, horizon)
    fellow = Counter[date]()
    for line in lines:
        if line.what == Counted.POSTDOC_MONTHS:
            fellow[line.starts_on] += line.amount  # type: ignore[assignment]  # counted in parts
    assert {month: part for month, part in worked.items() if part} == dict(fellow)


def _is_candidate(one: Stay, day: date) -> bool:
    sides = {side for side, spell in one.supervised if spell.starts_on <= day < (spell.until or date.max)}
    return (
        one.arrived_on <= day
        and (one.degree_on is None or day < one.degree_on)
        and (one.left_on is None or day <= one.left_on)
        and {Side.HOST, Side.HOME} <= sides
    )


def _months(one: Stay) -> dict[date, Decimal]:
    """Return the part of each month that was worked, by its last day."""
    worked = Counter[date]()
    for day in days_between(one.arrived_on, (one.left_on or max(one.ends_on, one.arrived_on)) + DAY):
        last = (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        worked[last] += not any(away.starts_on <= day < (away.until or date.max) for away in one.unpaid)
    return {
        last: (Decimal(days * one.percent) / (last.day * 100)).quantize(Decimal("0.001"))
        for last, days in worked.items()
    }
