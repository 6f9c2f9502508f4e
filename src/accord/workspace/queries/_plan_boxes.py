"""Where the shapes of a plan lie: the box around a shape of SVG, after its transforms; so that a word can stand in it.

Curves are boxed by their control points, so a box may be larger than its shape, never smaller.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEP = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_TURN = re.compile(r"([a-zA-Z]+)\(([^)]*)\)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}


@dataclass(frozen=True, slots=True)
class Matrix:
    """A transform of the plane: x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def at(self, point: Point) -> Point:
        """Return where a point goes."""
        x, y = point
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    def then(self, inner: "Matrix") -> "Matrix":
        """Return the transform that does the inner one first and then this one."""
        (e, f) = self.at((inner.e, inner.f))
        return Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            e,
            f,
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle along the axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """Return its middle."""
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)


def matrix_of(said: str) -> Matrix:
    """Return what a transform attribute says; what cannot be read turns nothing."""
    whole = Matrix()
    for name, words in _TURN.findall(said):
        numbers = _numbers(words)
        whole = whole.then(_one(name, numbers))
    return whole


def box_around(points: Iterable[Point]) -> Box | None:
    """Return the box around points, or None for none."""
    kept = list(points)
    if not kept:
        return None
    xs, ys = [x for x, _y in kept], [y for _x, y in kept]
    return Box(min(xs), min(ys), max(xs), max(ys))


def points_of(name: str, said: Mapping[str, str]) -> list[Point]:
    """Return points whose box holds a shape; none for what is no shape."""
    if name in {"polygon", "polyline"}:
        numbers = _numbers(said.get("points", ""))
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    if name == "path":
        return list(_along(said.get("d", "")))
    if name == "rect":
        x, y, width, height = (_first(said.get(key, "")) for key in ("x", "y", "width", "height"))
        return _corners(x, y, x + width, y + height)
    if name in {"circle", "ellipse"}:
        x, y, r = (_first(said.get(key, "")) for key in ("cx", "cy", "r"))
        rx, ry = (_first(said.get(key, "")) or r for key in ("rx", "ry"))
        return _corners(x - rx, y - ry, x + rx, y + ry)
    return []


def _corners(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _numbers(text: str) -> list[float]:
    return [float(one) for one in NUMBER.findall(text)]


def _first(text: str) -> float:
    return next(iter(_numbers(text)), 0.0)


def _one(name: str, numbers: Sequence[float]) -> Matrix:
    """Return one transform of a list."""
    first = numbers[0] if numbers else 0.0
    second = numbers[1] if len(numbers) > 1 else None
    if name == "matrix" and len(numbers) == 6:  # noqa: PLR2004 (as SVG says)
        return Matrix(*numbers)
    if name == "translate":
        return Matrix(e=first, f=second or 0.0)
    if name == "scale" and numbers:
        return Matrix(a=first, d=first if second is None else second)
    if name == "rotate":
        turn = math.radians(first)
        around = (numbers[1], numbers[2]) if len(numbers) > 2 else (0.0, 0.0)  # noqa: PLR2004 (angle and a point)
        spin = Matrix(math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn))
        x, y = spin.at(around)
        return Matrix(spin.a, spin.b, spin.c, spin.d, around[0] - x, around[1] - y)
    if name in {"skewX", "skewY"}:
        slant = math.tan(math.radians(first))
        return Matrix(c=slant) if name == "skewX" else Matrix(b=slant)
    return Matrix()


def _along(path: str) -> Iterator[Point]:
    """Yield the ends and control points of a path."""
    at = start = (0.0, 0.0)
    for letter, words in _STEP.findall(path):
        kind, is_relative = letter.upper(), letter.islower()
        if kind == "Z":
            at = start
            continue
        numbers, size = _numbers(words), _TAKES[kind]
        for place in range(0, len(numbers) - size + 1, size):
            origin = at if is_relative else (0.0, 0.0)
            step = _points_in(kind, numbers[place : place + size], origin, at)
            yield from step
            at = step[-1]
            if kind == "M" and place == 0:
                start = at


def _points_in(kind: str, numbers: Sequence[float], origin: Point, at: Point) -> list[Point]:
    """Return the points of one step; its last is where the pen comes to stand."""
    x, y = origin
    if kind == "H":
        return [(x + numbers[0], at[1])]
    if kind == "V":
        return [(at[0], y + numbers[0])]
    pairs = numbers[5:] if kind == "A" else numbers
    return [(x + one, y + other) for one, other in zip(pairs[::2], pairs[1::2], strict=True)]
