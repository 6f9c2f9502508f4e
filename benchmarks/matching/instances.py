"""Instances as every package here takes them: preference lists by number, drawn from a seed."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

WISHES = 10
SKEW = 5.0


@dataclass(frozen=True, slots=True)
class Instance:
    """Lists of numbers from 0: what applicants wish, who ranks whom, how many places there are.

    In a hospital-residents instance a programme ranks for itself and ``lecturer`` is empty; in a student-project
    instance ``lecturer[p]`` ranks for project ``p`` and takes ``lecturer_places`` in all.
    """

    wishes: list[list[int]]
    places: list[int]
    rankings: list[list[int]]
    lecturer: list[int] = field(default_factory=list)
    lecturer_places: list[int] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """Return plain lists for a file."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def hospital_residents(applicants: int, seed: int = 1) -> Instance:
    """Will draw ten wishes each among a tenth as many programmes of ten places; the liked ones five times as often."""
    draw = np.random.default_rng(seed)
    programmes = max(WISHES, applicants // 10)
    wishes = _wishes(draw, applicants, programmes)
    quality = draw.normal(size=applicants)
    return Instance(wishes.tolist(), [10] * programmes, _rankings(draw, wishes, quality, programmes))


def student_project(students: int, seed: int = 1) -> Instance:
    """Will draw ten wishes each among half as many projects, of a twentieth as many lecturers who rank students."""
    draw = np.random.default_rng(seed)
    projects, lecturers = max(WISHES, students // 2), max(2, students // 20)
    wishes = _wishes(draw, students, projects)
    lecturer = draw.integers(lecturers, size=projects)
    lecturer[:lecturers] = np.arange(lecturers)
    places = draw.integers(1, 4, size=projects)
    offered = np.bincount(lecturer, weights=places, minlength=lecturers)
    largest = np.zeros(lecturers, np.int64)
    np.maximum.at(largest, lecturer, places)
    taken = np.maximum(largest, np.minimum(offered, 18)).astype(np.int64)
    rankings = _rankings(draw, lecturer[wishes], draw.normal(size=students), lecturers)
    return Instance(wishes.tolist(), places.tolist(), rankings, lecturer.tolist(), taken.tolist())


def _wishes(draw: np.random.Generator, applicants: int, programmes: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return ten different programmes for each applicant: one draw after another, skipping what was drawn before."""
    likely = np.cumsum(np.linspace(1, SKEW, programmes))
    wishes = np.empty((applicants, WISHES), np.int64)
    waiting = np.arange(applicants)
    while len(waiting):
        drawn = np.searchsorted(likely, draw.uniform(0, likely[-1], (len(waiting), 2 * WISHES)), side="right")
        order = np.argsort(drawn, axis=1, kind="stable")
        in_order = np.take_along_axis(drawn, order, axis=1)
        first = np.ones(drawn.shape, np.bool_)
        np.put_along_axis(first, order[:, 1:], in_order[:, 1:] != in_order[:, :-1], axis=1)
        enough = first.sum(axis=1) >= WISHES
        kept = first & (np.cumsum(first, axis=1) <= WISHES)
        wishes[waiting[enough]] = drawn[enough][kept[enough]].reshape(-1, WISHES)
        waiting = waiting[~enough]
    return wishes


def _rankings(
    draw: np.random.Generator, wishes: np.ndarray[Any, np.dtype[np.int64]], quality: Any, judges: int
) -> list[list[int]]:
    """Return for every judge those who wish for it, best first: quality and as much noise."""
    owner = np.repeat(np.arange(len(wishes)), wishes.shape[1])
    pairs = np.stack(np.divmod(np.unique(wishes.ravel() * len(wishes) + owner), len(wishes)))
    score = quality[pairs[1]] + draw.normal(size=pairs.shape[1])
    order = np.lexsort((-score, pairs[0]))
    ends = np.searchsorted(pairs[0][order], np.arange(judges + 1))
    ranked = pairs[1][order]
    return [ranked[ends[judge] : ends[judge + 1]].tolist() for judge in range(judges)]
