"""Any sequence of booking, changing, approving, cancelling and closing keeps what must hold, against a naive oracle.

The oracle keeps a plain list of what holds the room. After every step the room, as the database has it, must be the
same; every refusal must be one that the oracle gives too, and no wish that waits may be left waiting beside room.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workspace.booked import HOUR, MONDAY, NOW, book, book_as_rival, set_rules
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.workspace import models, operations
from accord.workspace.enums import HOLDING
from accord.workspace.queries import Span

BUFFER = timedelta(minutes=15)
QUOTA = 240
SLOT = st.integers(0, 9)
LENGTH = st.integers(1, 4)
WHICH = st.integers(0, 5)
STEPS = st.one_of(
    st.tuples(st.just("book"), SLOT, LENGTH, st.booleans(), st.sampled_from(["refuse", "wait"])),
    st.tuples(st.just("ask"), SLOT, LENGTH, st.booleans()),
    st.tuples(st.just("series"), SLOT, LENGTH, st.booleans()),
    st.tuples(st.just("move"), WHICH, SLOT, LENGTH),
    st.tuples(st.just("approve"), WHICH),
    st.tuples(st.just("decline"), WHICH),
    st.tuples(st.just("cancel"), WHICH),
    st.tuples(st.just("close"), SLOT, LENGTH, st.booleans()),
    st.tuples(st.just("lift"), WHICH),
)


@dataclass
class Oracle:
    """What holds the room, told by hand: each date with its while and whose hours it uses."""

    held: dict[int, Span] = field(default_factory=dict)
    closed: dict[int, Span] = field(default_factory=dict)

    def takes(self, span: Span, *, but: int = 0) -> bool:
        """Say whether something holds the room in a while, one of two dates keeping its buffers to the other."""
        around = wide(span)
        others = [wide(one) for pk, one in self.held.items() if pk != but]
        return any(around.overlaps(one) for one in [*others, *self.closed.values()])


def wide(span: Span) -> Span:
    """Return a while with its buffers."""
    return Span(span.starts_at - BUFFER, span.ends_at + BUFFER)


@pytest.fixture
def rules(scene: Scene) -> Iterator[Scene]:
    """Give the room buffers and teams a quota."""
    set_rules(scene, before_minutes=15, after_minutes=15, quota_minutes=QUOTA)
    return scene


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=3, max_size=10))
def test_any_sequence_keeps_what_must_hold(rules: Scene, steps: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        oracle = Oracle()
        for number, step in enumerate(steps):
            _take(rules, oracle, step, UUID(int=number + 1))
            _expect_same(rules, oracle)
        transaction.set_rollback(True)


def _take(scene: Scene, oracle: Oracle, step: tuple[object, ...], key: UUID) -> None:
    """Do one step; a refusal must have a reason that the oracle sees."""
    name, *given_ = step
    try:
        with transaction.atomic():
            STEP[str(name)](scene, oracle, key, *given_)  # type: ignore[operator]  # each takes what its step holds
    except operations.SpaceTaken:
        assert oracle.held or oracle.closed
    except (operations.QuotaExceeded, operations.BookingOver, operations.BookingsInTheWay):
        pass


def _span(slot: int, length: int) -> Span:
    begins = MONDAY + slot * HOUR / 2
    return Span(begins, begins + length * HOUR / 2)


def _book(  # the step's values, in its order
    scene: Scene, oracle: Oracle, key: UUID, slot: int, length: int, theirs: bool, when_taken: str
) -> None:
    span, who = _span(slot, length), book_as_rival if theirs else book
    was_taken = oracle.takes(span)
    booked = who(scene, span.starts_at, span.minutes, key=key, when_taken=when_taken)
    (one,) = booked.occurrences
    assert (one.state == "waiting") == was_taken
    if one.state == "confirmed":
        oracle.held[one.pk] = span


def _ask(scene: Scene, oracle: Oracle, key: UUID, slot: int, length: int, theirs: bool) -> None:
    del oracle
    span, who = _span(slot, length), book_as_rival if theirs else book
    set_rules(scene, needs_approval=True)
    try:
        who(scene, span.starts_at, span.minutes, key=key)
    finally:
        set_rules(scene, needs_approval=False)


def _series(scene: Scene, oracle: Oracle, key: UUID, slot: int, length: int, theirs: bool) -> None:
    span, who = _span(slot, length), book_as_rival if theirs else book
    booked = who(scene, span.starts_at, span.minutes, key=key, rule="FREQ=DAILY;COUNT=2", when_taken="skip")
    for one in booked.occurrences:
        when = Span.of(one.during)
        assert not oracle.takes(when)
        oracle.held[one.pk] = when


def _move(scene: Scene, oracle: Oracle, key: UUID, which: int, slot: int, length: int) -> None:
    del key
    dates = list(models.Occurrence.objects.filter(kind="booking").order_by("pk"))
    if not dates:
        return
    date, span = dates[which % len(dates)], _span(slot, length)
    was_taken = oracle.takes(span, but=date.pk)
    moved = operations.change_occurrence(
        occurrence=date, by=scene.lead.person, at=NOW, starts_at=span.starts_at, minutes=span.minutes
    )
    is_same = span == Span.of(date.during)
    assert is_same or not was_taken
    if moved.state == "confirmed":
        oracle.held[moved.pk] = span
        _follow(oracle)


def _approve(scene: Scene, oracle: Oracle, key: UUID, which: int) -> None:
    del key
    asked = list(models.Occurrence.objects.filter(state__in=["requested", "waiting"]).order_by("pk"))
    if not asked:
        return
    date = asked[which % len(asked)]
    was_taken = oracle.takes(Span.of(date.during))
    operations.approve_request(occurrence=date, by=scene.operator.person, at=NOW)
    assert not was_taken
    oracle.held[date.pk] = Span.of(date.during)


def _decline(scene: Scene, oracle: Oracle, key: UUID, which: int) -> None:
    del key, oracle
    asked = list(models.Occurrence.objects.filter(state__in=["requested", "waiting"]).order_by("pk"))
    if asked:
        operations.decline_request(occurrence=asked[which % len(asked)], by=scene.operator.person, at=NOW)


def _cancel(scene: Scene, oracle: Oracle, key: UUID, which: int) -> None:
    del key
    dates = list(models.Occurrence.objects.filter(kind="booking").order_by("pk"))
    if dates:
        date = dates[which % len(dates)]
        operations.cancel_occurrence(occurrence=date, by=scene.lead.person, at=NOW)
        oracle.held.pop(date.pk, None)
        _follow(oracle)


def _close(scene: Scene, oracle: Oracle, key: UUID, slot: int, length: int, cancels: bool) -> None:
    del key
    span = _span(slot, length)
    in_the_way = {pk for pk, one in oracle.held.items() if wide(one).overlaps(span)}
    closure = operations.close_for(
        site=scene.site,
        space=scene.room,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        reason=Bilingual("Works"),
        by=scene.operator.person,
        at=NOW,
        cancel_bookings=cancels,
    )
    assert cancels or not in_the_way
    for pk in in_the_way:
        del oracle.held[pk]
    oracle.closed[closure.pk] = span


def _lift(scene: Scene, oracle: Oracle, key: UUID, which: int) -> None:
    del key
    if oracle.closed:
        pk = sorted(oracle.closed)[which % len(oracle.closed)]
        operations.lift_closure(closure=models.Closure.objects.get(pk=pk), by=scene.operator.person, at=NOW)
        del oracle.closed[pk]
        _follow(oracle)


def _follow(oracle: Oracle) -> None:
    """Let who waits in, as the oracle would: whatever came true must have had room."""
    came = models.Occurrence.objects.filter(state="confirmed", kind="booking").exclude(pk__in=oracle.held)
    for one in came.order_by("made_at", "pk"):
        span = Span.of(one.during)
        assert not oracle.takes(span), "it came true where there was no room"
        oracle.held[one.pk] = span


STEP = {
    "book": _book,
    "ask": _ask,
    "series": _series,
    "move": _move,
    "approve": _approve,
    "decline": _decline,
    "cancel": _cancel,
    "close": _close,
    "lift": _lift,
}


def _expect_same(scene: Scene, oracle: Oracle) -> None:
    """Expect that the database holds what the oracle holds, and that quotas are what was drawn on them."""
    rows = models.Occurrence.objects.filter(space=scene.room, kind="booking", state__in=HOLDING)
    assert {one.pk: Span.of(one.during) for one in rows} == oracle.held
    spans = sorted(oracle.held.values())
    assert all(not wide(one).overlaps(wide(other)) for one, other in pairwise(spans))
    for use in models.QuotaUse.objects.all():
        drawn = [one.minutes for one in rows if one.quota_id == use.pk]
        assert use.minutes == sum(drawn) <= QUOTA
    assert not any(wide(one).overlaps(closed) for one in spans for closed in oracle.closed.values())
