"""Writes SVG elements with escaped text and finite, short numbers."""

import math
from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from accord.ui.charts.types import Size
from accord.ui.say import is_wide

_FONT_PX = 12.0
_BROAD = "WMmw@%—"


def number(value: float) -> str:
    """Return a coordinate with at most one decimal; raise ValueError when it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"a chart cannot draw {value}")
    return f"{round(value, 1) + 0.0:g}"


def element(name: str, *children: str, **attributes: Any) -> SafeString:
    """Return one element; `cls` is written as class, underscores in attribute names as hyphens."""
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    inner = "".join(conditional_escape(child) for child in children)
    return mark_safe(f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>")  # noqa: S308 (all parts are escaped above)


def drawing(
    size: Size, title: str, description: str, children: Iterable[str], *, height: int = 0, **attributes: Any
) -> SafeString:
    """Return the outer `<svg>` of a slot, named by title and description."""
    width, usual = size.pixels
    tall = height or usual
    return element(
        "svg",
        element("title", title),
        element("desc", description) if description else SafeString(),
        *children,
        cls=f"chart chart-{size}",
        role="img",
        width=width,
        height=tall,
        viewBox=f"0 0 {width} {tall}",
        **attributes,
    )


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """Return path data of straight lines through the points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def steps(points: Iterable[tuple[float, float]], end_x: float) -> str:
    """Return path data that holds each level until the next point, and the last until `end_x`."""
    data, moved = "", False
    for x, y in points:
        data += f"H{number(x)}V{number(y)}" if moved else f"M{number(x)} {number(y)}"
        moved = True
    return f"{data}H{number(end_x)}"


def text_width(text: str) -> float:
    """Return a cautious width of a text at the charts' font size, in pixels."""
    return sum(_FONT_PX if is_wide(letter) or letter in _BROAD else _FONT_PX * 0.62 for letter in text)


def _name(key: str) -> str:
    return "class" if key == "cls" else key if key == "viewBox" else key.replace("_", "-")


def _value(value: Any) -> str:
    return number(value) if isinstance(value, int | float) else conditional_escape(str(value))
