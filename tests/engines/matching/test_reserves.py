"""Reserved seats as leaves of the forest against a choice made seat by seat, as Dur, Pathak and Sönmez have it."""

from dataclasses import replace

import pytest
from tests.engines.matching.markets import Rows, Shape, many_rows

from accord.engines.matching import (
    Choice,
    Lottery,
    Market,
    Person,
    Programme,
    ReservedSeats,
    ReserveOrder,
    Seat,
    market_from_records,
    match,
)

LOTTERY = Lottery("seed")
SHAPE = Shape(people=9, programmes=3, depth=1, ties=False, reserves=True)


def chosen(market: Market, programme: int, asking: dict[int, float]) -> set[int]:
    """Return whom a programme takes, seat by seat, from these applicants and their scores."""
    left = sorted(asking, key=lambda who: -asking[who])
    here = [one for one in market.reserves if one.programme == programme]
    seats = int(market.tree.cap[programme]) - sum(one.seats for one in here)
    empty: dict[int, int] = {}

    def merit() -> None:
        for who in left[:seats]:
            left.remove(who)

    def kept() -> None:
        for one in here:
            mine = [who for who in left if market.group[who] == one.group][: one.seats]
            empty[one.group] = one.seats - len(mine)
            for who in mine:
                left.remove(who)

    for step in (kept, merit) if market.reserve_order is ReserveOrder.RESERVE_FIRST else (merit, kept):
        step()
    for one in here:
        if one.opens_up:
            for who in [who for who in left if market.group[who] != one.group][: empty[one.group]]:
                left.remove(who)
    return set(asking) - set(left)


def seat_by_seat(market: Market) -> list[int]:
    """Return the edge of everybody by deferred acceptance, each programme choosing anew from all who ever asked."""
    edges = [[edge for edge in market.edges_of(who) if market.bar[edge] == 0] for who in range(len(market.applicants))]
    asked: list[dict[int, float]] = [{} for _ in market.programmes]
    at = [0] * len(edges)
    while True:
        taken = [chosen(market, programme, asking) for programme, asking in enumerate(asked)]
        held = [next((e for e in own if who in taken[market.programme[e]]), -1) for who, own in enumerate(edges)]
        free = [who for who, edge in enumerate(held) if edge < 0 and at[who] < len(edges[who])]
        if not free:
            return held
        edge = edges[free[0]][at[free[0]]]
        asked[market.programme[edge]][free[0]] = float(market.score[edge])
        at[free[0]] += 1


@pytest.mark.parametrize("order", list(ReserveOrder))
def test_agrees_with_a_choice_made_seat_by_seat(order: ReserveOrder) -> None:
    with_seats = 0
    for rows in many_rows(400, SHAPE, seed=11):
        market = replace(rows, reserve_order=order).market()
        with_seats += bool(market.reserves)

        outcome = match(market, lottery=LOTTERY)

        assert outcome.edge.tolist() == seat_by_seat(market)
    assert with_seats > 200


def three_for_two(order: ReserveOrder) -> Rows:
    """Return two seats, one kept for the east; the strongest and the weakest are from the east."""
    scores = {"ann": 9.0, "bob": 8.0, "cho": 7.0}
    return Rows(
        choices=[Choice(who, "x", 1, score) for who, score in scores.items()],
        programmes=[Programme("x", 2)],
        limits=[],
        people=[Person("ann", group="east"), Person("cho", group="east")],
        reserves=[ReservedSeats("x", "east", 1)],
        couples=[],
        reserve_order=order,
    )


@pytest.mark.parametrize(
    ("order", "seats"),
    [
        (ReserveOrder.RESERVE_FIRST, [Seat.RESERVED, Seat.OPEN, Seat.NONE]),
        (ReserveOrder.MERIT_FIRST, [Seat.OPEN, Seat.NONE, Seat.RESERVED]),
    ],
)
def test_order_decides_whether_a_strong_member_uses_up_the_reserved_seat(
    order: ReserveOrder, seats: list[Seat]
) -> None:
    outcome = match(three_for_two(order).market(), lottery=LOTTERY)

    assert outcome.seat.tolist() == seats


@pytest.mark.parametrize(("opens_up", "placed"), [(True, ["bob", "dan"]), (False, ["bob"])])
def test_seat_that_the_group_leaves_goes_to_others_only_if_it_opens_up(opens_up: bool, placed: list[str]) -> None:
    market = market_from_records(
        [Choice("bob", "x", 1, 8.0), Choice("dan", "x", 1, 7.0)],
        [Programme("x", 2)],
        people=[Person("eve", group="east")],
        reserves=[ReservedSeats("x", "east", 1, opens_up)],
    )

    outcome = match(market, lottery=LOTTERY)

    assert [who for who, seat in zip(market.applicants, outcome.seat, strict=True) if seat == Seat.OPEN] == placed
