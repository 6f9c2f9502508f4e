"""The plain rule: in the order of priority each team takes the free place that costs least; then places are traded.

Trading: a team takes a place it likes better, and at most a few others that stand in the way take the next best for
them, if all of it together is an improvement: first of who has a place, then of the points. It ends when no such
step is left, or after a fixed number of looks, so the result depends on the problem alone.
"""

from collections.abc import Sequence
from typing import Final

from accord.engines.spaceplan._ground import bits
from accord.engines.spaceplan._market import Market

IN_THE_WAY: Final = 3
"""How many teams may be asked to make room at once."""

DEPTH: Final = 2
"""How long a chain of teams making room for one another may be."""

LOOKS: Final = 400_000
"""Places looked at in trading before it ends in any case."""

EACH: Final = 6_000
"""Places looked at for one step of one team, so that a hopeless one does not use up what others need."""

Choice = int | None
"""The number of a place among a team's choices, or none."""


class Seating:
    """Which choice every team holds, kept in step with what is taken and by whom."""

    def __init__(self, market: Market, at: Sequence[Choice] = ()) -> None:
        self.market = market
        self.at: list[Choice] = [None] * len(market.wants)
        self.taken = 0
        self.holder: dict[int, int] = {}
        self.looks = LOOKS
        self.until = 0
        self.without = _without(market)
        for team, choice in enumerate(at or _sitting(market)):
            self.put(team, choice)

    def mask(self, team: int) -> int:
        """Return the units that a team holds."""
        choice = self.at[team]
        return 0 if choice is None else self.market.choices[team].masks[choice]

    def put(self, team: int, choice: Choice) -> None:
        """Give a team another place, or none."""
        for bit in bits(self.mask(team)):
            # Somebody who took the unit in the same trade keeps it.
            if self.holder.get(bit) == team:
                del self.holder[bit]
        self.at[team] = choice
        self.holder.update(dict.fromkeys(bits(self.mask(team)), team))
        self.taken = 0
        for held in map(self.mask, range(len(self.at))):
            self.taken |= held

    def price(self, team: int, choice: Choice) -> int:
        """Return what a choice costs alone; none costs more than all places of all levels after it together."""
        return self.without[team] if choice is None else self.market.choices[team].costs[choice]

    def fill(self) -> None:
        """Give every team without a place, in the order of priority, the free one that costs least."""
        for team, choices in enumerate(self.market.choices):
            if self.at[team] is None:
                free = (number for number, mask in enumerate(choices.masks) if not mask & self.taken)
                choice = next(free, None)
                if choice is not None:
                    self.put(team, choice)

    def trade(self) -> None:
        """Trade places until no step improves the plan."""
        going = True
        while going and self.looks > 0:
            going = False
            # Those without a place first: what they gain outweighs any points.
            for team in sorted(range(len(self.at)), key=lambda team: (self.at[team] is not None, team)):
                while self.looks > 0 and self._improve(team):
                    going = True

    def _improve(self, team: int) -> bool:
        """Take the first trade that begins with this team and improves the plan."""
        market, now = self.market, self.price(team, self.at[team])
        links = list(market.linked(team))
        hope = sum(cost for _, _, cost in links)
        choices = market.choices[team]
        own = self.mask(team)
        self.until = self.looks - EACH
        for number, (cost, mask) in enumerate(zip(choices.costs, choices.masks, strict=True)):
            if cost - now >= hope or self.looks < self.until:
                return False
            if number == self.at[team]:
                continue
            moved: dict[int, Choice] = {team: number}
            rise = self._clear(mask, hope - (cost - now), self.taken & ~own, 0, moved, DEPTH)
            if rise is not None and cost - now + rise + self._nearer(moved) < 0:
                for one, choice in moved.items():
                    self.put(one, choice)
                return True
        return False

    def _clear(
        self, mask: int, budget: int, taken: int, fresh: int, moved: dict[int, Choice], depth: int
    ) -> int | None:
        """Find other places for those who hold units of this set; return what that costs, or None if too much.

        ``fresh`` are units taken in this very trade, which stay taken.
        """
        self.looks -= 1
        hit = mask & taken
        if not hit:
            return 0
        if hit & fresh or not depth:
            return None
        way = sorted({self.holder[bit] for bit in bits(hit)})
        if len(way) > IN_THE_WAY:
            return None
        for one in way:
            taken &= ~self.mask(one)
        taken |= mask
        fresh |= mask
        spent = 0
        for one in way:
            rise = self._elsewhere(one, budget - spent, taken, fresh, moved, depth - 1)
            if rise is None:
                return None
            spent += rise
            for other in moved:
                held = self._held(other, moved)
                taken, fresh = taken | held, fresh | held
        return spent

    def _held(self, team: int, moved: dict[int, Choice]) -> int:
        choice = moved[team]
        return 0 if choice is None else self.market.choices[team].masks[choice]

    def _elsewhere(
        self, team: int, budget: int, taken: int, fresh: int, moved: dict[int, Choice], depth: int
    ) -> int | None:
        """Find the next best place for a team that makes room, for less than ``budget`` more."""
        now, choices = self.price(team, self.at[team]), self.market.choices[team]
        for number, (cost, mask) in enumerate(zip(choices.costs, choices.masks, strict=True)):
            rise = cost - now
            if rise >= budget or self.looks < self.until:
                return None
            self.looks -= 1
            if not mask & taken:
                moved[team] = number
                return rise
            if depth and number != self.at[team]:
                trial = moved | {team: number}
                more = self._clear(mask, budget - rise, taken, fresh, trial, depth)
                if more is not None:
                    moved.update(trial)
                    return rise + more
        if not self.market.wants[team].sitting and self.without[team] - now < budget:
            moved[team] = None
            return self.without[team] - now
        return None

    def _nearer(self, moved: dict[int, Choice]) -> int:
        """Return how much more the wishes for neighbours would cost after a trade."""
        links = [link for link in self.market.links if link[0] in moved or link[1] in moved]
        if not links:
            return 0
        people = {team for link in links for team in link[:2]}
        before = {team: self.mask(team) for team in people if self.at[team] is not None}
        after = before | {team: self._held(team, moved) for team in people & moved.keys()}
        kept = {team: mask for team, mask in after.items() if mask}
        return self.market.apart(kept, links) - self.market.apart(before, links)


def _sitting(market: Market) -> list[Choice]:
    """Return the choices before anybody is placed: those who sit somewhere sit there."""
    return [
        choices.run.tolist().index(-1) if one.sitting else None
        for one, choices in zip(market.wants, market.choices, strict=True)
    ]


def _without(market: Market) -> list[int]:
    """Return what having no place costs each team, so that no sum of later levels or of points outweighs it."""
    weight = (
        1 + sum(max(choices.costs, default=0) for choices in market.choices) + sum(link[2] for link in market.links)
    )
    scale = [0] * len(market.classes)
    for level in reversed(range(len(scale))):
        scale[level] = weight
        weight *= 1 + market.levels(range(len(market.wants)))[level]
    return [market.penalty[team] * scale[market.level[team]] for team in range(len(market.wants))]


def best_fit(market: Market) -> list[Choice]:
    """Will place by priority and best fit alone: what trading is measured against."""
    seating = Seating(market)
    seating.fill()
    return seating.at


def traded(market: Market, at: Sequence[Choice]) -> list[Choice]:
    """Will improve given places by trading; the result is never worse."""
    seating = Seating(market, at)
    seating.fill()
    seating.trade()
    return seating.at
