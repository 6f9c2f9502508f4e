"""Places couples, teams and singles: deferred acceptance with repair, and an honest report where that fails.

With couples, or teams of more than one, a stable outcome need not exist, and to tell whether one does is NP-hard
(Ronn 1990; McDermid and Manlove 2010). So parties come in one at a time, each taking the best it can have; whoever
is displaced comes again, and a couple leaves both its seats if it loses one (Roth and Peranson 1999). When nobody is
left waiting, those who now have cause to complain come again, until nobody has. Where that does not end, other orders
are tried, all drawn from the lottery: equal scores left to whoever sits there, one complaint at a time, and any option
in place of the best (after Roth and Vande Vate 1990).

Guarantee: where the outcome is called settled, no party blocks it (see ``_joint_blocks``). Where it is not, it is the
one with the fewest blocking parties of all that were met; that there is no stable one is not claimed. Cost: bounded
by ``EFFORT`` options looked at, or those of one attempt if they are more.
"""

from collections.abc import Iterator, Sequence
from enum import IntFlag
from typing import Final

import numpy as np

from accord.engines.matching._layout import Layout
from accord.engines.matching._levels import score_levels
from accord.engines.matching._lottery import Draw, draws_of
from accord.engines.matching._parties import Party, Seats, parties_of
from accord.engines.matching._room import Room
from accord.engines.matching.types import NOBODY, Ints, Lottery, Market

EFFORT: Final = 4_000_000
"""After so many options looked at no further attempt begins."""
ORDERS: Final = 256
ROUNDS: Final = 60
PASSES: Final = 30
LEAST: Final = 1_000
"""An attempt ends when it has looked at everybody's options so many times over, and at so many more."""
STEP: Final = 6364136223846793005


class _Habit(IntFlag):
    """How an attempt goes about it; its number gives one of all eight ways, the first one plain."""

    DRAWS_ASIDE = 1
    ONE_AT_A_TIME = 2
    ANY_OPTION = 4


def hold(market: Market, plan: Layout, lottery: Lottery) -> tuple[Ints, bool]:
    """Return the slot that each applicant holds, or -1, and whether nobody has cause to complain.

    Two of a couple hold a pair they asked for, or nothing; a team is placed as one or not at all.
    """
    parties = parties_of(market, plan)
    names = ["\0".join(market.applicants[one] for one in party.members) for party in parties]
    level = score_levels(market, plan).tolist()
    fewest, found, spent = len(parties) + 1, {}, 0
    share = LEAST + PASSES * sum(len(party.options) for party in parties)
    for order in range(ORDERS):
        draw = draws_of(lottery.seed, (f"joint\0{order}\0{name}" for name in names))
        habit = _Habit(order % 8)
        room = Room(plan, level if _Habit.DRAWS_ASIDE in habit else plan.key.tolist(), level)
        attempt = _Attempt(parties, room, share, draw if _Habit.ANY_OPTION in habit else None)
        count, held = _settle(attempt, draw, gently=_Habit.ONE_AT_A_TIME in habit)
        spent += share - attempt.effort
        if count < fewest:
            fewest, found = count, held
        if fewest == 0 or spent >= EFFORT:
            break
    return _slots(parties, found, len(market.applicants)), fewest == 0


def _settle(attempt: "_Attempt", draw: Draw, *, gently: bool) -> tuple[int, dict[int, Seats]]:
    """Return the fewest blocking parties met, and who held what then."""
    alone = np.array([len(party.members) == 1 for party in attempt.parties])
    attempt.come(np.lexsort((draw, ~alone)).tolist())
    fewest, found = len(attempt.parties) + 1, dict(attempt.held)
    for turn in range(ROUNDS):
        blocking = attempt.blocking()
        if len(blocking) < fewest:
            fewest, found = len(blocking), dict(attempt.held)
        if not blocking or attempt.effort <= 0:
            break
        # An odd factor turns one draw into another order for every round; unsigned numbers wrap around.
        waiting = np.array(blocking)[np.argsort(draw[blocking] * np.uint64(2 * turn + 1))].tolist()
        attempt.come(waiting[:1] if gently else waiting)
    return fewest, found


def _slots(parties: Sequence[Party], held: dict[int, Seats], people: int) -> Ints:
    slots = np.full(people, NOBODY, np.int64)
    for number, seats in held.items():
        slots[list(parties[number].members)] = seats
    return slots


class _Attempt:
    """One order of coming in: who holds what, and how many options may still be looked at."""

    def __init__(self, parties: Sequence[Party], room: Room, effort: int, luck: Draw | None) -> None:
        """Start with nobody placed. With ``luck``, a draw for each party, parties take any option that is better."""
        self.parties = parties
        self.effort = effort
        self.held: dict[int, Seats] = {}
        self._room = room
        self._luck: list[int] | None = luck.tolist() if luck is not None else None
        self._party = {
            slot: number for number, party in enumerate(parties) for option in party.options for slot in option
        }

    def come(self, numbers: Sequence[int]) -> None:
        """Let these parties come, and after each whoever was displaced, the last one first."""
        for number in numbers:
            waiting = [number]
            while waiting and self.effort > 0:
                waiting += self._move_up(waiting.pop())

    def blocking(self) -> list[int]:
        """Return the parties with cause to complain."""
        return [number for number in range(len(self.parties)) if any(True for _ in self._better(number))]

    def _move_up(self, number: int) -> list[int]:
        """Seat a party better, where it can be; return the parties that have to come again."""
        chosen = self._chosen(number)
        if chosen is None:
            return []
        self._room.leave(self.held.pop(number, ()))
        self.held[number] = chosen
        left = self._room.enter(chosen)
        displaced = list(dict.fromkeys(self._party[slot] for slot in left))
        for one in displaced:
            # A couple that loses one seat gives up the other.
            self._room.leave([slot for slot in self.held.pop(one) if slot not in left])
        return displaced

    def _chosen(self, number: int) -> Seats | None:
        if self._luck is None:
            return next(self._better(number), None)
        options = list(self._better(number))
        if not options:
            return None
        # The step of a 64-bit congruential generator; its upper bits are the random ones.
        self._luck[number] = (self._luck[number] * STEP + 1) % 2**64
        return options[(self._luck[number] >> 32) % len(options)]

    def _better(self, number: int) -> Iterator[Seats]:
        """Yield the options, best first, that a party prefers to what it holds and could have."""
        now = self.held.get(number)
        better = self.parties[number].better_than(now)
        self.effort -= len(better) + 1
        return (slots for slots in better if self._room.takes(slots, now or ()))
