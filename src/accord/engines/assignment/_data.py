"""Assignments as plain data that JSON can hold, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from accord.engines.assignment.types import (
    Assignment,
    Chance,
    Goal,
    OptimalityCertificate,
    Pair,
    Proof,
    RulePrice,
    Strength,
    Witness,
)


def as_data(assignment: Assignment) -> dict[str, Any]:
    """Will turn an assignment into dicts, lists, texts and numbers."""
    return asdict(assignment)


def from_data(data: Mapping[str, Any]) -> Assignment:
    """Will build the assignment again that ``as_data`` was given, also after JSON made lists of its tuples.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for data of another shape.
    """
    strength = data["strength"]
    return Assignment(
        **{
            **data,
            "goal": Goal(data["goal"]),
            "pairs": tuple(Pair(**one) for one in data["pairs"]),
            "loads": tuple(data["loads"]),
            "item_fits": tuple(data["item_fits"]),
            "certificate": _certificate(data["certificate"]),
            "strength": None if strength is None else _strength(strength),
            "chances": tuple(Chance(**one) for one in data["chances"]),
        }
    )


def _certificate(data: Mapping[str, Any]) -> OptimalityCertificate:
    return OptimalityCertificate(
        **{
            **data,
            "item_prices": tuple(data["item_prices"]),
            "reviewer_prices": tuple(data["reviewer_prices"]),
            "rule_prices": tuple(RulePrice(**one) for one in data["rule_prices"]),
            "proof": Proof(data["proof"]),
        }
    )


def _strength(data: Mapping[str, Any]) -> Strength:
    ceiling = data["ceiling"]
    named = (
        None
        if ceiling is None
        else Witness(**{**ceiling, "items": tuple(ceiling["items"]), "reviewers": tuple(ceiling["reviewers"])})
    )
    return Strength(**{**data, "ceiling": named})
