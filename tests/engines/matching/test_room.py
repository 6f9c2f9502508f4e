"""Who is let in, and who has to leave: one limit "all" over the programmes P, Q and R."""

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._room import Room

ALL = 3


def room_of(*slots: tuple[int, int], cap: tuple[int, int, int, int] = (2, 2, 2, 2), size: tuple[int, ...] = ()) -> Room:
    """Return an empty room. A slot is its programme and level, one for each applicant; later keys are higher."""
    count = len(slots)
    key = np.array([level * 100 + number for number, (_, level) in enumerate(slots)])
    plan = Layout(
        start=np.arange(count + 1),
        leaf=np.array([leaf for leaf, _ in slots]),
        key=key,
        edge=np.arange(count),
        seat=np.zeros(count, np.int64),
        parent=np.array([ALL, ALL, ALL, -1]),
        cap=np.array(cap),
        size=np.array(size or (1,) * count),
    )
    return Room(plan, key.tolist(), [level for _, level in slots])


def test_weakest_leaves_the_lowest_limit_that_is_full() -> None:
    room = room_of((0, 1), (1, 0), (0, 2), cap=(1, 1, 1, 2))
    room.enter((0,))
    room.enter((1,))

    assert room.takes((2,))
    assert room.enter((2,)) == [0]


def test_weaker_newcomer_is_not_let_in() -> None:
    room = room_of((0, 1), (0, 0), cap=(1, 1, 1, 2))
    room.enter((0,))

    assert not room.takes((1,))


def test_two_are_let_in_only_where_each_limit_would_choose_both() -> None:
    room = room_of((0, 3), (0, 1), (0, 4), (0, 2), (1, 2), cap=(2, 2, 2, 9))
    room.enter((0,))
    room.enter((1,))

    assert not room.takes((2, 3))
    assert room.takes((2, 4))
    assert room.enter((2, 4)) == [1]


def test_one_of_two_who_stays_needs_no_further_seat() -> None:
    room = room_of((0, 1), (1, 1), (2, 1), cap=(1, 1, 1, 9))
    room.enter((0, 1))

    assert room.takes((2, 1), own=(0, 1))
    room.leave((0, 1))
    assert room.enter((2, 1)) == []


def test_own_seat_makes_way_for_an_equal_never_for_a_lower_level() -> None:
    room = room_of((0, 1), (1, 1), (2, 0), cap=(1, 1, 1, 1))
    room.enter((1,))

    assert room.takes((0,), own=(1,))
    assert not room.takes((2,), own=(1,))


def test_own_seat_makes_way_once() -> None:
    room = room_of((0, 1), (1, 1), (2, 1), (1, 2), cap=(1, 2, 1, 2))
    room.enter((0,))
    room.enter((3,))

    assert room.takes((1,), own=(0,))
    assert not room.takes((1, 2), own=(0,))


def test_team_displaces_as_many_weaker_as_it_needs_and_no_more() -> None:
    room = room_of((0, 0), (0, 1), (0, 3), (0, 2), cap=(3, 2, 2, 9), size=(1, 1, 1, 2))
    for slot in range(3):
        room.enter((slot,))

    assert room.takes((3,))
    assert room.enter((3,)) == [0, 1]
