"""Small random markets for every test of the matching engine: thousands by a seed, or drawn by hypothesis.

for rows in many_rows(1000, Shape(reserves=True), seed=1): ...
@given(some_markets(Shape(depth=3, ties=False)))
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from accord.engines.matching import (
    Bar,
    Choice,
    Draws,
    JointChoice,
    Limit,
    Lottery,
    Market,
    Person,
    Programme,
    ReservedSeats,
    ReserveOrder,
    market_from_records,
)

GROUPS = ("east", "west")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a random market may hold. ``depth`` counts the programme and the limits over it, 1 to 4."""

    people: int = 5
    programmes: int = 4
    depth: int = 3
    ties: bool = True
    taste_ties: bool = False
    bars: bool = True
    unlimited: bool = True
    reserves: bool = False
    fixed: bool = False
    minimums: bool = False
    teams: bool = False
    couples: bool = False


FLAT = Shape(depth=1)
STRICT = Shape(ties=False)
EVERYTHING_STABLE = Shape(depth=4, taste_ties=True, reserves=True, fixed=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of a market, which a test may reorder or change before it builds one."""

    choices: list[Choice]
    programmes: list[Programme]
    limits: list[Limit]
    people: list[Person]
    reserves: list[ReservedSeats]
    couples: list[JointChoice]
    reserve_order: ReserveOrder

    def market(self) -> Market:
        """Return the market of these rows."""
        return market_from_records(
            self.choices,
            self.programmes,
            limits=self.limits,
            people=self.people,
            reserves=self.reserves,
            couples=self.couples,
            reserve_order=self.reserve_order,
        )

    def shuffled(self, random: Random) -> "Rows":
        """Return the same records in another order."""
        names = ("choices", "programmes", "limits", "people", "reserves", "couples")
        return replace(
            self, **{name: random.sample(rows, len(rows)) for name in names for rows in [getattr(self, name)]}
        )


def rows_of(random: Random, shape: Shape) -> Rows:
    """Return the records of one valid random market."""
    limits = _limits(random, shape)
    programmes = _programmes(random, shape, limits)
    if shape.minimums:
        programmes, limits = _with_minimums(random, programmes, limits)
    people = [_person(random, shape, number) for number in range(random.randint(1, shape.people))]
    choices = [choice for person in people for choice in _choices(random, shape, person, programmes)]
    if shape.fixed:
        choices = _with_fixed(random, choices, programmes, limits, people)
    return Rows(
        choices,
        programmes,
        limits,
        people,
        _reserves(random, programmes, people) if shape.reserves else [],
        _couples(random, people, programmes) if shape.couples else [],
        random.choice(list(ReserveOrder)),
    )


def many_rows(count: int, shape: Shape, *, seed: int = 0) -> Iterator[Rows]:
    """Yield the records of ``count`` random markets, the same ones for the same seed."""
    random = Random(seed)
    for _ in range(count):
        yield rows_of(random, shape)


def many_markets(count: int, shape: Shape, *, seed: int = 0) -> Iterator[Market]:
    """Yield ``count`` random markets, the same ones for the same seed."""
    for rows in many_rows(count, shape, seed=seed):
        yield rows.market()


def some_rows(shape: Shape) -> st.SearchStrategy[Rows]:
    """Draw the records of a random market; a failing one shrinks."""
    return st.randoms(use_true_random=False).map(lambda random: rows_of(random, shape))


def some_markets(shape: Shape) -> st.SearchStrategy[Market]:
    """Draw a random market; a failing one shrinks."""
    return some_rows(shape).map(Rows.market)


def some_lotteries() -> st.SearchStrategy[Lottery]:
    """Draw a lottery with a short seed, single or multiple."""
    return st.builds(Lottery, st.sampled_from(["one", "two", "three"]), st.sampled_from(list(Draws)))


def _limits(random: Random, shape: Shape) -> list[Limit]:
    """Return limits named by their depth below the top: L1-0 lies over L2-0, which lies over programmes."""
    found: list[Limit] = []
    above: list[str] = []
    for depth in range(1, shape.depth):
        here = [Limit(f"L{depth}-{n}", _cap(random, shape, 4), 0, _under(random, above)) for n in range(3 - depth % 2)]
        here = here[: random.randint(0 if depth == 1 else 1, len(here))]
        if not here:
            break
        found += here
        above = [row.id for row in here]
    return found


def _under(random: Random, above: list[str]) -> str | None:
    return random.choice(above) if above and random.random() < 0.8 else None


def _cap(random: Random, shape: Shape, most: int) -> int | None:
    return (
        None if shape.unlimited and random.random() < 0.1 else random.randint(0 if random.random() < 0.1 else 1, most)
    )


def _programmes(random: Random, shape: Shape, limits: list[Limit]) -> list[Programme]:
    names = [row.id for row in limits]
    count = random.randint(1, shape.programmes)
    return [Programme(f"P{n}", _cap(random, shape, 3), 0, _under(random, names)) for n in range(count)]


def _with_minimums(
    random: Random, programmes: list[Programme], limits: list[Limit]
) -> tuple[list[Programme], list[Limit]]:
    """Return the same nodes, some with a minimum that no limit over them contradicts."""
    rows: dict[str, Programme | Limit] = {row.id: row for row in [*limits, *programmes]}
    taken: Counter[str] = Counter()
    for name, row in list(rows.items()):
        above = _path(name, rows)
        room = min(_room(rows[one]) for one in above)
        if len(above) > 1:
            room = min(room, _room(rows[above[1]]) - taken[above[1]])
        if room > 0 and random.random() < 0.5:
            minimum = random.randint(1, min(room, 3))
            rows[name] = replace(row, minimum=minimum)
            taken.update(above[1:2] * minimum)
    found = list(rows.values())
    return [row for row in found if isinstance(row, Programme)], [row for row in found if isinstance(row, Limit)]


def _path(name: str, rows: dict[str, Programme | Limit]) -> list[str]:
    found = []
    above: str | None = name
    while above is not None:
        found.append(above)
        above = rows[above].under
    return found


def _room(row: Programme | Limit) -> int:
    cap = row.places if isinstance(row, Programme) else row.at_most
    return 99 if cap is None else cap


def _person(random: Random, shape: Shape, number: int) -> Person:
    size = random.choice((1, 1, 2, 3)) if shape.teams else 1
    group = random.choice((*GROUPS, "")) if shape.reserves else ""
    return Person(f"a{number}", size, group)


def _choices(random: Random, shape: Shape, person: Person, programmes: list[Programme]) -> list[Choice]:
    wanted = random.sample(programmes, random.randint(0 if random.random() < 0.2 else 1, len(programmes)))
    most = 3 if shape.ties else 10**6
    rank, found = 0, []
    for row in wanted:
        rank += 0 if shape.taste_ties and rank and random.random() < 0.3 else 1
        bar = random.choice((Bar.NOT_ELIGIBLE, Bar.CONFLICT)) if shape.bars and random.random() < 0.08 else Bar.NONE
        found.append(Choice(person.id, row.id, rank, float(random.randint(0, most)), bar))
    return found


def _with_fixed(
    random: Random, choices: list[Choice], programmes: list[Programme], limits: list[Limit], people: list[Person]
) -> list[Choice]:
    """Return the same choices, some fixed where every limit still has room."""
    rows: dict[str, Programme | Limit] = {row.id: row for row in [*limits, *programmes]}
    size = {row.id: row.size for row in people}
    load: Counter[str] = Counter()
    done: set[str] = set()
    found = []
    for row in choices:
        above = _path(row.programme, rows)
        fits = all(load[one] + size[row.applicant] <= _room(rows[one]) for one in above)
        if fits and row.applicant not in done and row.bar is Bar.NONE and random.random() < 0.12:
            load.update(above * size[row.applicant])
            done.add(row.applicant)
            row = replace(row, fixed=True)  # noqa: PLW2901 - the fixed row takes the place of the plain one
        found.append(row)
    return found


def _reserves(random: Random, programmes: list[Programme], people: list[Person]) -> list[ReservedSeats]:
    groups = sorted({row.group for row in people if row.group})
    found = []
    for row in programmes:
        left = _room(row)
        for group in groups:
            if left > 0 and random.random() < 0.5:
                seats = random.randint(1, min(left, 2))
                left -= seats
                found.append(ReservedSeats(row.id, group, seats, random.random() < 0.7))
    return found


def _couples(random: Random, people: list[Person], programmes: list[Programme]) -> list[JointChoice]:
    names = random.sample([row.id for row in people], len(people))
    wishes: list[str | None] = [*(row.id for row in programmes), None]
    pairs = [(one, two) for one in wishes for two in wishes if one or two]
    return [
        JointChoice(first, second, tuple(random.sample(pairs, random.randint(1, min(4, len(pairs))))))
        for first, second in zip(names[::2], names[1::2], strict=False)
        if random.random() < 0.6
    ]
