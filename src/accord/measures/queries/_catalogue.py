"""The catalogue of measures: what each context offers, and the definitions that still wait for their context."""

from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import yaml
from django.apps import apps

from accord.kernel.measure import Kind, Measure
from accord.kernel.text import Bilingual

HOUSE = "accord."


class MeasureTwiceError(Exception):
    """Two places define the same measure; the text names the code."""


@cache
def catalogue() -> dict[str, Measure]:
    """Return every measure by its code, sorted; those a context offers are counted here, the rest wait for it."""
    offered = _offered()
    definitions = {row["code"]: row for row in _definitions()}
    twice = offered.keys() & definitions.keys()
    if twice:
        raise MeasureTwiceError(f"Defined by a context and in catalogue.yaml: {', '.join(sorted(twice))}.")
    waiting = {code: _defined(row) for code, row in definitions.items()}
    return dict(sorted((waiting | offered).items()))


def measure(code: str) -> Measure | None:
    """Return one measure, or None where the catalogue has no such code."""
    return catalogue().get(code)


def _offered() -> dict[str, Measure]:
    """Return what the installed contexts offer in their `metrics.MEASURES`."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith(HOUSE)]
    modules = [import_module(f"{name}.metrics") for name in names if find_spec(f"{name}.metrics")]
    return {one.code: one for module in modules for one in module.MEASURES}


def _definitions() -> list[dict[str, Any]]:
    """Read the definitions that wait for their context."""
    text = files("accord.measures").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def _defined(row: dict[str, Any]) -> Measure:
    """Turn one definition into a measure that nothing counts yet."""
    return Measure(
        code=row["code"],
        name=Bilingual.of(row["name"]),
        definition=Bilingual.of(row["definition"]),
        unit=Bilingual.of(row["unit"]),
        rule=Bilingual.of(row["rule"]),
        scheme=Bilingual.of(row["scheme"]),
        distinct_by=Bilingual.of(row.get("distinct_by")),
        kind=Kind(row["kind"]),
        period=row.get("period", ""),
        dimensions=tuple(row.get("dimensions", ())),
    )
