"""What `accord measures` does once Django is set up."""

from difflib import get_close_matches
from typing import Any

import click
from django.utils.translation import override

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._tables import table
from accord.kernel.measure import Measure
from accord.measures.queries import catalogue

WORDS = ("name", "definition", "unit", "rule", "scheme", "distinct_by")


def found(code: str | None) -> list[Measure]:
    """Return one measure, or all.

    Raises:
        StopError: the catalogue has no such code; the nearest ones are named.

    """
    every = catalogue()
    if code is None:
        return list(every.values())
    if code not in every:
        near = get_close_matches(code, every, n=3)
        hint = f"Nearest: {', '.join(near)}." if near else "`accord measures` lists them."
        raise StopError(f"There is no measure {code}. {hint}", Exit.NOT_FOUND)
    return [every[code]]


def as_data(one: Measure) -> dict[str, Any]:
    """Return a measure for programs."""
    return {
        "code": one.code,
        "kind": one.kind.value,
        "context": one.context,
        "counted_here": one.is_counted_here,
        "period": one.period or None,
        "dimensions": list(one.dimensions),
        **{word: getattr(one, word).as_dict() for word in WORDS},
    }


def tell_all(measures: list[Measure], language: str) -> None:
    """Print the catalogue as a table."""
    with override(language):
        rows = [
            (one.code, str(one.name), str(one.unit), one.kind.value, "records" if one.is_counted_here else "evidence")
            for one in measures
        ]
        table(("Code", "Name", "Unit", "Kind", "Counted from"), rows)


def tell_one(one: Measure, language: str) -> None:
    """Print everything that the catalogue says of one measure."""
    with override(language):
        click.echo(f"{one.code} · {one.name}")
        rows = [(word.replace("_", " "), str(getattr(one, word))) for word in WORDS[1:] if getattr(one, word)]
        rows += [("kind", one.kind.value), ("counted from", "records" if one.is_counted_here else "evidence")]
        for head, text in rows:
            click.echo(f"  {head:<13} {text}")
