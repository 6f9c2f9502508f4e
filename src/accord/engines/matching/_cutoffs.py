"""Cutoffs: what it took to hold a seat, by node; and how anybody checks their own result from them alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from accord.engines.matching._blocking import Pressure
from accord.engines.matching._findings import Cutoff, Seats
from accord.engines.matching._lottery import edge_draws, pair_draws
from accord.engines.matching._seating import NO_BOOST, Seating, seating, weakest
from accord.engines.matching._wants import Standing, Ties, standing
from accord.engines.matching.types import UNLIMITED, Market, Mechanism, Outcome

BY_DRAW: Final = frozenset({Mechanism.FAIR_MATCH, Mechanism.HOST_FIRST, Mechanism.PRIORITY})


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """What an applicant knows of one choice: how they ranked it, the own score, and the own draws.

    ``taste`` is the draw that orders choices ranked equally, lower first; it matters only among those.
    """

    programme: str
    rank: int
    score: float
    draw: int
    taste: int = 0
    eligible: bool = True


def cutoffs_of(
    market: Market, mechanism: Mechanism, seats: Seating, by: Standing, found: Pressure
) -> tuple[Cutoff, ...]:
    """Return the cutoff of every node; draws and scores only where the mechanism goes by them."""
    boost, lowest = weakest(seats, by.score, np.flatnonzero((seats.place >= 0) & ~seats.fixed))
    counts = seats.full & (boost < NO_BOOST) & (mechanism is not Mechanism.FAIR_SPREAD)
    drawn = counts & found.ties.decided & (mechanism in BY_DRAW)
    columns = [one.tolist() for one in (seats.full, seats.closed, counts, drawn, counts & (boost == 1), lowest)]
    rows = zip(_kinds(market, seats), _unders(market, seats), _places(market, seats), *columns, strict=True)
    return tuple(
        Cutoff(
            node=label,
            under=under if kind is Seats.ALL else None,
            seats=kind,
            group=group,
            places=places,
            full=full,
            closed=closed,
            favoured=favoured or (seats.boosted and kind is Seats.RESERVED),
            score=score if counted else None,
            draw=_threshold(found.ties, node) if by_draw else None,
        )
        for node, ((kind, group, label), under, places, full, closed, counted, by_draw, favoured, score) in enumerate(
            rows
        )
    )


def own_choices(market: Market, outcome: Outcome, applicant: str) -> tuple[OwnChoice, ...]:
    """Return what this applicant may be told about their own choices, enough for ``verify_from_cutoffs``."""
    person = market.applicants.index(applicant)
    by = standing(market, outcome.mechanism, outcome.lottery, seating(market, outcome))
    edges = np.array(market.edges_of(person), np.int64)
    draws = edge_draws(market, by.lottery, edges)
    tastes = pair_draws(market, f"{outcome.lottery.seed}\0taste", edges)
    return tuple(
        OwnChoice(
            programme=market.programmes[market.programme[edge]],
            rank=int(market.rank[edge]),
            score=float(by.score[edge]),
            draw=int(draw),
            taste=int(taste),
            eligible=bool(market.bar[edge] == 0),
        )
        for edge, draw, taste in zip(edges.tolist(), draws, tastes, strict=True)
    )


def verify_from_cutoffs(cutoffs: Iterable[Cutoff], own: Sequence[OwnChoice], *, group: str = "") -> str | None:
    """Return the programme that somebody with these choices must have got, or None, from published cutoffs alone.

    Nobody else's data is needed: the place is the best choice at which the own score and draw reach the cutoff of
    every full node on the way up. Holds for fair match and the order of priority, and for whoever was not placed
    by decision (the cutoff view of stability: Azevedo and Leshno, JPE 124, 2016).
    """
    published = {(one.node, one.seats, one.group): one for one in cutoffs}
    for choice in sorted(own, key=lambda one: (one.rank, one.taste)):
        if choice.eligible and any(_reaches(choice, way) for way in _ways(published, choice.programme, group)):
            return choice.programme
    return None


Published = dict[tuple[str, Seats, str], Cutoff]


def _ways(published: Published, programme: str, group: str) -> list[tuple[int, list[Cutoff]]]:
    """Return the ways into a programme, each with its boost and the nodes on it: a reserved seat, an open one."""
    whole = [published[programme, Seats.ALL, ""]]
    while whole[-1].under is not None:
        whole.append(published[whole[-1].under, Seats.ALL, ""])
    reserved = published.get((programme, Seats.RESERVED, group))
    open_seats = published.get((programme, Seats.OPEN, ""))
    ways = [(int(reserved.favoured), [reserved, *whole])] if reserved else []
    return [*ways, (0, [open_seats, *whole] if open_seats else whole)]


def _reaches(choice: OwnChoice, way: tuple[int, list[Cutoff]]) -> bool:
    boost, nodes = way
    return all(_clears(choice, boost, node) for node in nodes)


def _clears(choice: OwnChoice, boost: int, node: Cutoff) -> bool:
    if node.closed:
        return False
    if not node.full:
        return True
    if node.score is None or (node.favoured and not boost):
        return False
    if boost and not node.favoured:
        return True
    least = (node.score, node.draw or 0)
    return (choice.score, choice.draw) >= least


def _kinds(market: Market, seats: Seating) -> list[tuple[Seats, str, str]]:
    """Return for every node which seats it stands for, the group, and its name."""
    found = [(Seats.ALL, "", label) for label in market.tree.label]
    more: dict[int, tuple[Seats, str, str]] = {}
    for (programme, group), node in seats.kept.items():
        more[node] = (Seats.RESERVED, market.groups[group], market.programmes[programme])
        more[int(seats.pool[programme])] = (Seats.OPEN, "", market.programmes[programme])
    return [*found, *(more[node] for node in range(len(found), len(seats.cap)))]


def _unders(market: Market, seats: Seating) -> list[str | None]:
    """Return the name of the limit over every node of the market; None for those within a programme."""
    labels = market.tree.label
    named = [labels[node] if node >= 0 else None for node in market.tree.parent.tolist()]
    return [*named, *(None for _ in range(len(labels), len(seats.cap)))]


def _places(market: Market, seats: Seating) -> list[int | None]:
    """Return how many each node takes in all, fixed placements among them; None without a limit."""
    own = len(market.tree.cap)
    caps = [*market.tree.cap.tolist(), *seats.cap[own:].tolist()]
    return [None if cap >= UNLIMITED // 2 else max(cap, 0) for cap in caps]


def _threshold(ties: Ties, node: int) -> int:
    """Return a draw that parts those let in from those turned away, halfway between and nobody's own."""
    let_in, refused = int(ties.let_in[node]), int(ties.refused[node])
    return let_in - (let_in - refused) // 2
