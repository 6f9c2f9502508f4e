"""Stories turned into deliveries: repeatable, within the day, with totals that the scale leaves alone."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest

from accord.demo.simulation import simulate, tell, weekly_amounts
from accord.demo.stories import OPENED, SCENES, STORIES
from accord.demo.types import Delivery, Fate, Promised, Scene, Story
from accord.kernel.text import Bilingual

DAY = date(2019, 9, 30)
STORY = Story(
    name="a story",
    title=Bilingual("A story"),
    of=Promised("sample-park", "completions", "sample-university", "sample-park"),
    starts=date(2019, 1, 7),
    weekly=10,
    entries=2,
    one=Bilingual("1 thing"),
    many=Bilingual("{n} things"),
    document="Sheet {i}",
)


def made(*, seed: int = 2019, scale: float = 1, as_of: date = DAY) -> list[Delivery]:
    return simulate(STORIES, SCENES, seed=seed, scale=scale, as_of=as_of, known_from=OPENED)


def test_the_same_seed_gives_the_same_deliveries_and_another_seed_others() -> None:
    assert made() == made()
    assert made() != made(seed=2020)


def test_a_later_day_only_adds_weeks() -> None:
    early = weekly_amounts(STORY, np.random.default_rng(1), date(2019, 6, 3))
    late = weekly_amounts(STORY, np.random.default_rng(1), date(2019, 9, 2))

    assert late[: len(early)] == early
    assert len(late) == len(early) + 13


@pytest.mark.parametrize("scale", [0.01, 0.1, 1, 3, 100])
def test_the_scale_leaves_the_total_and_splits_no_unit(scale: float) -> None:
    told = list(tell(STORY, seed=5, scale=scale, as_of=DAY))

    assert sum(one.amount for one in told) == sum(one.amount for one in tell(STORY, seed=5, scale=1, as_of=DAY))
    assert all(one.amount == int(one.amount) >= 1 for one in told)


def test_the_scale_multiplies_the_entries() -> None:
    few, some, many = (len(list(tell(STORY, seed=5, scale=scale, as_of=DAY))) for scale in (0.01, 1, 3))

    assert 5 <= few <= 8
    assert 2 * some < many
    assert 5 * few < some


def test_a_pause_and_an_end_bring_nothing() -> None:
    quiet = replace(STORY, pauses=((date(2019, 3, 4), date(2019, 4, 1)),), until=date(2019, 6, 3))

    days = [one.occurred_on for one in tell(quiet, seed=5, scale=1, as_of=DAY)]

    assert not [day for day in days if date(2019, 3, 4) <= day < date(2019, 4, 1)]
    assert date(2019, 5, 20) < max(days) < date(2019, 6, 3)


def test_nothing_is_known_of_the_demo_day_or_later() -> None:
    end = datetime.combine(DAY, time(), tzinfo=UTC)

    moments = [
        moment
        for one in made()
        for moment in (one.recorded_at, one.confirmed_at, one.contested_at, one.withdrawn_at)
        if moment
    ]

    assert max(moments) < end
    assert end - max(moments) < timedelta(days=7)


def test_nothing_is_recorded_before_its_agreement_was_opened() -> None:
    assert all(one.recorded_at.date() >= OPENED[one.of.agreement] for one in made())


def test_what_is_decided_later_still_waits() -> None:
    scene = Scene(STORY.of, 1, date(2019, 9, 2), Bilingual("One"), "Sheet", fate=Fate.CONTESTED, reason="No.")
    decided_on = date(2019, 9, 2 + scene.recorded_after + scene.decided_after)

    before, after = (
        simulate([], [scene], seed=1, scale=1, as_of=day, known_from=OPENED)
        for day in (decided_on, decided_on + timedelta(days=1))
    )

    assert [(one.fate, one.reason) for one in before] == [(Fate.WAITING, "")]
    assert [(one.fate, one.reason) for one in after] == [(Fate.CONTESTED, "No.")]


@pytest.mark.parametrize("scale", [0.01, 1])
def test_failures_of_every_kind_are_part_of_the_story(scale: float) -> None:
    fates = Counter(one.fate for one in made(scale=scale))

    assert set(fates) == set(Fate)
    assert fates[Fate.CONFIRMED] > sum(fates.values()) / 2


def test_some_entries_come_weeks_late_and_most_do_not() -> None:
    delays = [(one.recorded_at.date() - one.occurred_on).days for one in made() if one.of.agreement == "sample-park"]

    late = sum(delay > 20 for delay in delays) / len(delays)

    assert 0.01 < late < 0.15


def test_an_objection_carries_its_reason_and_nothing_else_does() -> None:
    assert all(not one.reason for one in made() if one.fate in {Fate.CONFIRMED, Fate.WAITING})
    assert all(one.reason for one in made() if one.contested_at)
