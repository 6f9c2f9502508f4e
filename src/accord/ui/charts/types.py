"""What every chart shares: its sizes, its numbers and its face."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from django.utils.safestring import SafeString

Point = tuple[date, float]
"""A day and the level reached by its end, in the chart's unit."""


class Size(StrEnum):
    """A slot that charts are drawn for; text has the same size in all of them."""

    ROW = "row"
    CARD = "card"
    PAGE = "page"
    PRINT = "print"

    @property
    def pixels(self) -> tuple[int, int]:
        """Return width and height in CSS pixels."""
        return _PIXELS[self]


_PIXELS = {Size.ROW: (128, 44), Size.CARD: (288, 190), Size.PAGE: (860, 330), Size.PRINT: (680, 250)}


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers behind a chart: stable keys for machines, a header for people, raw values."""

    keys: tuple[str, ...]
    header: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """Return one mapping a row, without empty values."""
        return [
            {key: value for key, value in zip(self.keys, row, strict=True) if value is not None} for row in self.rows
        ]


@runtime_checkable
class Chart(Protocol):
    """Anything that can be drawn, tabulated and handed to a notebook."""

    @property
    def title(self) -> str:
        """The chart's name for people who cannot see it."""

    def svg(self, size: Size | str = Size.PAGE) -> SafeString:
        """Draw as inline SVG for a slot."""

    def rows(self) -> ChartTable:
        """Return the numbers drawn."""

    def vega_lite(self) -> dict[str, Any]:
        """Return a Vega-Lite specification with the numbers inside."""
