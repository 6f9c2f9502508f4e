"""Small texts in several languages, and affinity by its definition."""

from collections.abc import Mapping, Sequence
from math import log, sqrt

from hypothesis import strategies as st

from accord.engines.affinity._terms import terms

WORDS = [
    "river",
    "Rivers",
    "soil",
    "water",
    "graph",
    "theory",
    "the",
    "水质",
    "河流模型",
    "图论",
    "土",
    "AI",
    "x",
    "3D",
]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
submissions = st.dictionaries(st.sampled_from([f"s{at}" for at in range(6)]), texts, min_size=1)
profiles = st.dictionaries(st.sampled_from([f"r{at}" for at in range(5)]), st.lists(texts, max_size=6), min_size=1)


def vector(text: str, archive: Sequence[str]) -> dict[str, float]:
    """Weights by term, of length 1, or empty."""
    found = terms(text)
    weights = {}
    for term in set(found):
        held = sum(term in terms(other) for other in archive)
        weights[term] = (1 + log(found.count(term))) * (1 + log((1 + len(archive)) / (1 + held)))
    length = sqrt(sum(value**2 for value in weights.values()))
    return {term: value / length for term, value in weights.items()}


def slow_affinity(asked: Mapping[str, str], written: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], float]:
    """Mean of the three highest cosines, pair by pair and term by term."""
    archive = sorted({text for mine in written.values() for text in mine})
    found = {}
    for item, text in asked.items():
        one = vector(text, archive)
        for who, papers in written.items():
            others = [vector(paper, archive) for paper in papers]
            cosines = sorted((sum(one[term] * other.get(term, 0) for term in one) for other in others), reverse=True)
            found[item, who] = sum(cosines[:3]) / len(cosines[:3]) if cosines else 0.0
    return found
