"""All places that each team could have, priced and sorted, and what a set of places costs together."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from accord.engines.spaceplan._ground import Ground, Whole, ground, pinned
from accord.engines.spaceplan._wants import Wants, costs, open_runs, parts, wants
from accord.engines.spaceplan.types import SpaceProblem


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """The places of one team, the cheapest first: the run (-1: where it sits), its cost and its set of units."""

    run: Whole
    cost: Whole
    costs: list[int]
    masks: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """The problem made ready: the teams to place in the order of priority, each with its choices.

    ``level`` numbers the step in which a team's place counts, ``penalty`` is what having none adds to that step.
    ``links`` are wishes for neighbours between teams of which both may be placed: who wishes, whom, at what cost.
    """

    problem: SpaceProblem
    land: Ground
    held: dict[str, int]
    wants: list[Wants]
    choices: list[Choices]
    level: list[int]
    penalty: list[int]
    scale: list[int]
    classes: list[tuple[str, ...]]
    links: list[tuple[int, int, int]]

    def linked(self, team: int) -> Iterable[tuple[int, int, int]]:
        """Yield the wishes for neighbours that a team has or that name it."""
        return (link for link in self.links if team in link[:2])

    def levels(self, without: Iterable[int]) -> list[int]:
        """Return for every level what these teams without a place add up to."""
        out = [0] * len(self.classes)
        for team in without:
            out[self.level[team]] += self.penalty[team]
        return out

    def apart(self, places: dict[int, int], links: Iterable[tuple[int, int, int]] | None = None) -> int:
        """Return what the wishes for neighbours cost that these places leave unmet."""
        return sum(
            cost
            for one, other, cost in (self.links if links is None else links)
            if one in places and not (other in places and self.land.touch(places[one], places[other]))
        )


def market(problem: SpaceProblem) -> Market:
    """Will price every place of every team that is not pinned."""
    land = ground(problem)
    held = {team: land.mask(keys) for team, keys in pinned(problem).items()}
    rank = {one.key: place for place, one in enumerate(problem.policy.classes)}
    moving = sorted(
        (team for team in problem.teams if team.key not in held),
        key=lambda team: (rank[team.priority], team.waiting, _draw(problem.seed, team.key), team.key),
    )
    wanting = [wants(problem, land, team, held) for team in moving]
    place = {team.key: number for number, team in enumerate(moving)}
    links = [
        (place[team.key], place[other], 100 * problem.policy.beside * one.weight)
        for team, one in zip(moving, wanting, strict=True)
        for other in sorted(team.beside & place.keys())
    ]
    level, penalty, scale, classes = _levels(problem, wanting, rank)
    return Market(
        problem=problem,
        land=land,
        held=held,
        wants=wanting,
        choices=[_choices(problem, land, one) for one in wanting],
        level=level,
        penalty=penalty,
        scale=scale,
        classes=classes,
        links=links,
    )


def _draw(seed: str, key: str) -> str:
    return sha256(f"{seed}\0{key}".encode()).hexdigest()


def _levels(
    problem: SpaceProblem, wanting: list[Wants], rank: dict[str, int]
) -> tuple[list[int], list[int], list[int], list[tuple[str, ...]]]:
    """Return level and penalty of every team, and the scale and the classes of every level.

    The teams of a level count ``scale`` each (times their weight, where places are weighed) and a little more for
    each that stands behind them. All these extras together stay below one ``scale``: how many are placed goes first.
    """
    strict = problem.policy.strict
    names = [one.key for one in problem.policy.classes]
    classes: list[tuple[str, ...]] = [(name,) for name in names] if strict else [tuple(names)]
    level = [rank[one.team.priority] if strict else 0 for one in wanting]
    behind = [0] * len(classes)
    extra = [0] * len(wanting)
    for team in reversed(range(len(wanting))):
        extra[team] = behind[level[team]]
        behind[level[team]] += 1
    scale = [number * number + 1 for number in behind]
    weights = [1 if strict else one.weight for one in wanting]
    penalty = [weights[team] * scale[level[team]] + extra[team] for team in range(len(wanting))]
    return level, penalty, scale, classes


def _choices(problem: SpaceProblem, land: Ground, one: Wants) -> Choices:
    runs = open_runs(land, one)
    price = costs(problem.policy, land, one, runs)
    if one.sitting:
        other = np.fromiter((land.masks[run] != one.seat for run in runs.tolist()), np.bool_, len(runs))
        stay = parts(problem.policy, land, one, one.seat, one.beside, judged=True).total
        runs, price = np.append(runs[other], -1), np.append(price[other], stay)
    order = np.lexsort((runs, price))
    runs, price = runs[order], price[order]
    masks = [land.masks[run] if run >= 0 else one.seat for run in runs.tolist()]
    return Choices(runs, price, price.tolist(), masks)
