"""The common shell of every Vega-Lite specification."""

from collections.abc import Sequence
from datetime import date
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


def spec(title: str, description: str, values: Sequence[dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
    """Return a specification with inline data; days become ISO text."""
    plain = [{key: _plain(value) for key, value in row.items()} for row in values]
    return {
        "$schema": SCHEMA,
        "title": title,
        "description": description or title,
        "width": "container",
        "data": {"values": plain},
        **body,
    }


def only(kind: str) -> list[dict[str, str]]:
    """Return the transform that keeps the rows of one kind."""
    return [{"filter": f"datum.kind === '{kind}'"}]


def days(field: str = "day") -> dict[str, Any]:
    """Return the encoding of a day axis."""
    return {"field": field, "type": "temporal", "title": None}


def levels(field: str, title: str | None = None) -> dict[str, Any]:
    """Return the encoding of a level axis."""
    return {"field": field, "type": "quantitative", "title": title}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
