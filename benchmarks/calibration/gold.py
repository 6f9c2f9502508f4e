"""The gold standard of reviewers' expertise: read from a checkout, scored by its authors' own measure."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import perf_counter

import numpy as np

from accord.engines.affinity import Document, affinity

SETS = range(1, 11)
PUBLISHED = {"TPMS": 0.281, "ACL": 0.296, "ELMo": 0.345, "SPECTER": 0.269, "SPECTER+MFR": 0.238}
DRAWS, SEED = 1000, 58


@dataclass(frozen=True)
class Gold:
    """The loss on each of the ten sets, the bounds of the mean by bootstrap over people, and seconds a set."""

    losses: tuple[float, ...]
    low: float
    high: float
    seconds: float


def measure(checkout: Path) -> Gold:
    """Will work out affinities on all ten sets and score them."""
    expertise = _expertise(checkout)
    by_person, times = [], []
    for number in SETS:
        submissions, profiles = _texts(checkout / "evaluation_datasets" / f"d_20_{number}")
        began = perf_counter()
        found = affinity(submissions, profiles)
        times.append(perf_counter() - began)
        if found.matrix is None:
            raise AssertionError("without `top` the matrix is whole")
        said = {
            who: dict(zip(found.items, column, strict=True))
            for who, column in zip(found.reviewers, found.matrix.T.tolist(), strict=True)
        }
        by_person.append([_mistakes(said[who], known) for who, known in expertise.items()])
    table = np.array(by_person)
    drawn = np.random.default_rng(SEED).integers(0, len(expertise), (DRAWS, len(expertise)))
    means = (table[:, drawn, 0].sum(axis=2) / table[:, drawn, 1].sum(axis=2)).mean(axis=0)
    losses = table[:, :, 0].sum(axis=1) / table[:, :, 1].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5]).tolist()
    return Gold(tuple(losses.tolist()), low, high, float(np.median(times)))


def _expertise(checkout: Path) -> dict[str, dict[str, float]]:
    with (checkout / "data" / "evaluations.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["ParticipantID"]: {row[f"Paper{at}"]: float(row[f"Expertise{at}"]) for at in SETS if row[f"Paper{at}"]}
            for row in csv.DictReader(file, delimiter="\t")
        }


def _texts(folder: Path) -> tuple[dict[str, Document], dict[str, Sequence[Document]]]:
    submitted = json.loads((folder / "submissions.json").read_text(encoding="utf-8"))
    submissions = {one: _document(found) for one, found in submitted.items()}
    return submissions, {path.stem[1:]: list(_papers(path)) for path in sorted((folder / "archives").glob("*.jsonl"))}


def _papers(path: Path) -> Iterator[Document]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield _document(json.loads(line))


def _document(found: dict[str, dict[str, str | None]]) -> Document:
    return Document(found["content"]["title"] or "", found["content"]["abstract"] or "")


def _mistakes(said: dict[str, float], known: dict[str, float]) -> tuple[float, float]:
    """Weigh each pair of papers in the wrong order by how far apart they are, half for a tie; and all pairs."""
    lost = most = 0.0
    for one, other in combinations(known, 2):
        far = known[one] - known[other]
        agree = (said[one] - said[other]) * far
        most += abs(far)
        lost += abs(far) * (0.0 if agree > 0 else 1.0 if agree < 0 else 0.5)
    return lost, most
