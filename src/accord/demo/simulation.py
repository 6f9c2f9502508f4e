"""Turns stories into deliveries: the same seed, scale and day give the same deliveries on every machine.

Weekly amounts depend on the seed and the story alone; the scale only says into how many entries they are split,
never below one unit each, so that the totals are those of the story at every scale.
"""

import math
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from accord.demo import names
from accord.demo.types import Delivery, Fate, Scene, Story
from accord.kernel.clock import monday_of
from accord.kernel.text import Bilingual

Draws = np.random.Generator
WEEK = timedelta(weeks=1)
FEWEST_GROUPS = 5
CONTESTED, LEFT_WAITING = 0.010, 0.008
RECORDING = (0.7, 0.6)  # days, logarithm's mean and deviation
DECIDING = (3.9, 0.7)  # hours, the same
FIRST_HOURS = 4
LATE_DAYS = (21, 42)
OFFICE_HOURS = (1, 9)  # UTC: nine to five in China
OBJECTIONS = (
    "The amount differs from our copy of the document.",
    "We find this entry twice.",
    "The document names another month.",
)


def simulate(
    stories: Iterable[Story],
    scenes: Iterable[Scene],
    *,
    seed: int,
    scale: float,
    as_of: date,
    known_from: dict[str, date],
) -> list[Delivery]:
    """Return everything recorded before the day, in the order in which it was recorded.

    `known_from` says for each agreement from which day on entries could be made; earlier deliveries wait for it.
    """
    made = [delivery for story in stories for delivery in tell(story, seed=seed, scale=scale, as_of=as_of)]
    made += [stage(scene) for scene in scenes]
    end = datetime.combine(as_of, time(), tzinfo=UTC)
    held = (_not_before(one, known_from[one.of.agreement]) for one in made)
    known = [_as_known(one, end) for one in held if one.recorded_at < end]
    return sorted(known, key=lambda one: (one.recorded_at, one.of.promise, one.label.en, one.amount))


def tell(story: Story, *, seed: int, scale: float, as_of: date) -> Iterator[Delivery]:
    """Yield the deliveries of one story up to the day."""
    draws = np.random.default_rng([seed, zlib.crc32(story.name.encode())])
    amounts = weekly_amounts(story, draws, as_of)
    first = monday_of(story.starts)
    number = story.first
    for week, amount in _grouped(amounts, story.entries * scale):
        for part in _parts(amount, round(story.entries * scale), draws):
            day = first + week * WEEK + timedelta(days=int(draws.integers(0, 5)))
            yield _delivery(story, part, max(day, story.starts), number, seed, draws)
            number += part


def weekly_amounts(story: Story, draws: Draws, as_of: date) -> list[int]:
    """Return the amount of each week from the story's start up to the day."""
    first = monday_of(story.starts)
    end = min(as_of, story.until or as_of)
    weeks = max((end - first).days // 7, 0)
    pace = draws.gamma(story.steady, story.weekly / story.steady, weeks)
    pace *= np.maximum(1 + story.growth * np.arange(weeks), 0)
    for begins, ends in story.pauses:
        for week in range(weeks):
            if begins <= first + week * WEEK < ends:
                pace[week] = 0
    whole = np.floor(np.cumsum(pace) + 0.5).astype(int)
    return [int(amount) for amount in np.diff(whole, prepend=0)]


def _grouped(amounts: Sequence[int], entries: float) -> Iterator[tuple[int, int]]:
    """Yield weeks with their amounts; where less than one entry a week is wanted, several weeks as one."""
    size = 1 if entries >= 1 else round(1 / entries)
    size = max(1, min(size, len(amounts) // FEWEST_GROUPS))
    for start in range(0, len(amounts), size):
        group = amounts[start : start + size]
        if sum(group):
            yield start + len(group) - 1, sum(group)


def _parts(amount: int, wanted: int, draws: Draws) -> list[int]:
    """Return the amount split into the wanted number of parts, each at least one unit."""
    count = max(1, min(amount, wanted))
    if count == 1:
        return [amount]
    spare = draws.multinomial(amount - count, np.full(count, 1 / count))
    return [1 + int(one) for one in spare]


def _delivery(story: Story, amount: int, day: date, number: int, seed: int, draws: Draws) -> Delivery:
    """Return one delivery with the delays and the decision that were drawn for it."""
    delay = int(draws.lognormal(*RECORDING))
    if draws.random() < story.late:
        delay += int(draws.integers(*LATE_DAYS, endpoint=True))
    recorded = _office_hour(day + timedelta(days=delay), draws)
    decided = recorded + timedelta(hours=float(np.round(FIRST_HOURS + draws.lognormal(*DECIDING), 1)))
    luck = draws.random()
    contested = luck < CONTESTED
    return Delivery(
        of=story.of,
        amount=amount * story.sign,
        occurred_on=day,
        label=_label(story, amount, number, seed),
        document=story.document.format(i=number),
        recorded_at=recorded,
        contested_at=decided if contested else None,
        confirmed_at=None if luck < CONTESTED + LEFT_WAITING else decided,
        reason=OBJECTIONS[number % len(OBJECTIONS)] if contested else "",
    )


def median(law: tuple[float, float]) -> float:
    """Return the median of a logarithmic normal law, given by its logarithm's mean and deviation."""
    return math.exp(law[0])


def _label(story: Story, amount: int, number: int, seed: int) -> Bilingual:
    """Return what the entry is called."""
    words = story.one if amount == 1 else story.many
    who, firm = names.person(number, seed), names.company(number)
    return Bilingual(
        words.en.format(n=f"{amount:,}", i=number, person=who.en, company=firm.en),
        words.zh_hans.format(n=f"{amount:,}", i=number, person=who.zh_hans, company=firm.zh_hans),
    )


def _office_hour(day: date, draws: Draws) -> datetime:
    """Return a moment of the day while offices in China are open."""
    opens, closes = OFFICE_HOURS
    minutes = int(draws.integers(opens * 60, closes * 60))
    return datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minutes)


def stage(scene: Scene) -> Delivery:
    """Return the delivery of a scene; nothing about it is drawn."""
    recorded = datetime.combine(scene.occurred_on + timedelta(days=scene.recorded_after), time(3), tzinfo=UTC)
    decided = recorded + timedelta(days=scene.decided_after)
    contested = scene.fate in {Fate.CONTESTED, Fate.CLEARED}
    confirmed = decided + timedelta(days=contested) if scene.fate in {Fate.CONFIRMED, Fate.CLEARED} else None
    return Delivery(
        of=scene.of,
        amount=scene.amount,
        occurred_on=scene.occurred_on,
        label=scene.label,
        document=scene.document,
        recorded_at=recorded,
        contested_at=decided if contested else None,
        confirmed_at=confirmed,
        withdrawn_at=decided if scene.fate == Fate.WITHDRAWN else None,
        reason=scene.reason,
    )


def _not_before(delivery: Delivery, opened_on: date) -> Delivery:
    """Return the delivery recorded no earlier than its agreement, its decision as much later."""
    opened = datetime.combine(opened_on, time(6), tzinfo=UTC)
    wait = max(opened - delivery.recorded_at, timedelta())
    return _moved(delivery, wait) if wait else delivery


def _moved(delivery: Delivery, wait: timedelta) -> Delivery:
    """Return the delivery with all its moments later by the wait."""
    return replace(
        delivery,
        recorded_at=delivery.recorded_at + wait,
        contested_at=delivery.contested_at and delivery.contested_at + wait,
        confirmed_at=delivery.confirmed_at and delivery.confirmed_at + wait,
        withdrawn_at=delivery.withdrawn_at and delivery.withdrawn_at + wait,
    )


def _as_known(delivery: Delivery, end: datetime) -> Delivery:
    """Return the delivery without what was said of it only later."""
    contested = _before(delivery.contested_at, end)
    withdrawn = _before(delivery.withdrawn_at, end)
    return replace(
        delivery,
        contested_at=contested,
        confirmed_at=_before(delivery.confirmed_at, end),
        withdrawn_at=withdrawn,
        reason=delivery.reason if contested or withdrawn else "",
    )


def _before(moment: datetime | None, end: datetime) -> datetime | None:
    """Return the moment if it came before the end."""
    return moment if moment and moment < end else None
