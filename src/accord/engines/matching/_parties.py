"""Who applies as one: single people, teams and couples, with what each may hold, best first."""

from dataclasses import dataclass

from accord.engines.matching._layout import Layout, fixed_edges
from accord.engines.matching._levels import wish_levels
from accord.engines.matching.types import NOBODY, Couple, Market

Seats = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """One or two applicants. Each option has a slot for every member, -1 for no place.

    ``level`` grows along the options; two of one level are equally liked.
    """

    members: tuple[int, ...]
    options: tuple[Seats, ...]
    level: tuple[int, ...]

    def better_than(self, held: Seats | None) -> tuple[Seats, ...]:
        """Return the options that are preferred to the one held; None stands for nothing at all."""
        if held is None:
            return self.options
        least = self.level[self.options.index(held)]
        return tuple(one for one, level in zip(self.options, self.level, strict=True) if level < least)


def parties_of(market: Market, plan: Layout) -> list[Party]:
    """Return all parties, in the order of their first members; somebody in a couple never applies alone."""
    joined = {one for couple in market.couples for one in (couple.first, couple.second)}
    level = wish_levels(market, plan).tolist()
    start = plan.start.tolist()
    singles = [who for who in range(len(plan.size)) if who not in joined]
    found = [_single(who, range(start[who], start[who + 1]), level) for who in singles]
    slots = _slots_by_programme(market, plan, joined)
    found += [_couple(couple, slots) for couple in market.couples]
    return sorted(found, key=lambda party: party.members)


def _single(who: int, slots: range, level: list[int]) -> Party:
    return Party((who,), tuple((slot,) for slot in slots), tuple(level[slot] for slot in slots))


def _slots_by_programme(market: Market, plan: Layout, joined: set[int]) -> dict[tuple[int, int], list[int]]:
    """Return the slots of people in couples by applicant and programme; a fixed place needs no slot any more."""
    held = fixed_edges(market)
    found: dict[tuple[int, int], list[int]] = {}
    for who in sorted(joined):
        if held[who] >= 0:
            found[who, int(market.programme[held[who]])] = [NOBODY]
            continue
        found[who, NOBODY] = [NOBODY]
        for slot in range(int(plan.start[who]), int(plan.start[who + 1])):
            found.setdefault((who, int(market.programme[plan.edge[slot]])), []).append(slot)
    return found


def _couple(couple: Couple, slots: dict[tuple[int, int], list[int]]) -> Party:
    """Return the party of a couple; the kinds of seats of one pair follow each other in the order of reserves."""
    found: dict[Seats, None] = {}
    for pair in couple.choices:
        firsts, seconds = slots.get((couple.first, pair[0]), []), slots.get((couple.second, pair[1]), [])
        both = [(x + y, x, y) for x in range(len(firsts)) for y in range(len(seconds))]
        found.update(dict.fromkeys((firsts[x], seconds[y]) for _, x, y in sorted(both)))
    return Party((couple.first, couple.second), tuple(found), tuple(range(len(found))))
