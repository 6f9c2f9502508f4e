"""Takes in a floor's plan as SVG: only shapes and words are kept, and what could act or reach out is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.kernel.versions import expect
from accord.people.queries import Person
from accord.workspace.models import Floor

MOST_BYTES: Final = 1024 * 1024
MOST_SHAPES: Final = 20_000
MOST_DEEP: Final = 60
LONGEST_ID: Final = 40

SVG: Final = "http://www.w3.org/2000/svg"
SHAPES: Final = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"}
)
LEFT_OUT: Final = frozenset(
    {
        "title",
        "desc",
        "metadata",
        "style",
        "defs",
        "symbol",
        "use",
        "marker",
        "pattern",
        "clipPath",
        "mask",
        "filter",
        "linearGradient",
        "radialGradient",
        "stop",
        "switch",
        "view",
        "textPath",
        "font",
        "font-face",
        "cursor",
    }
)
"""Harmless, and not kept; with all that stands in them."""
UNSEEN: Final = frozenset({"title", "desc", "metadata"})
"""Of these, what nobody misses."""
NUMBERS: Final = r"[-+0-9.eE,\s]*"
_PAINT: Final = re.compile(r"none|currentColor|transparent|[a-zA-Z]{3,30}|#[0-9a-fA-F]{3,8}|rgba?\([0-9.,%\s]+\)")
_NUMBER: Final = re.compile(r"[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?(?:px|mm|cm|in|pt|pc|%)?")
_LIST: Final = re.compile(NUMBERS)
_PATH: Final = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]*")
_TRANSFORM: Final = re.compile(r"(?:\s*(?:matrix|translate|scale|rotate|skewX|skewY)\([-+0-9.eE,\s]*\)[\s,]*)*")
_WORD: Final = re.compile(r"[a-zA-Z-]{1,30}")
_ID: Final = re.compile(r"[^<>&\"'\x00-\x1f]{1,40}")
ATTRIBUTES: Final[Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(("fill", "stroke", "color"), _PAINT),
    **dict.fromkeys(
        (
            *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
            *("stroke-width", "stroke-miterlimit", "stroke-dashoffset", "opacity", "fill-opacity", "stroke-opacity"),
            *("font-size", "font-weight", "letter-spacing"),
        ),
        _NUMBER,
    ),
    **dict.fromkeys(("points", "viewBox", "stroke-dasharray"), _LIST),
    **dict.fromkeys(
        (
            *("fill-rule", "clip-rule", "stroke-linecap", "stroke-linejoin", "text-anchor", "font-style"),
            *("dominant-baseline", "visibility", "display"),
        ),
        _WORD,
    ),
    "d": _PATH,
    "transform": _TRANSFORM,
    "id": _ID,
}
"""Every attribute that is kept, and what it may say."""
_STYLED: Final = frozenset(ATTRIBUTES) - {"id", "d", "points", "viewBox", "transform", "width", "height", "x", "y"}
_REACHING: Final = re.compile(r"url\(\s*['\"]?\s*[^#'\"\s)]|javascript:|expression\(|@import", re.IGNORECASE)
_LINKS: Final = frozenset({"href", "src", "xlink:href"})


class PlanRefused(Refused):
    """A file holds what no plan needs; the sentence names it."""

    code = "plan-refused"


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as it would be kept: its text, its size, the ids of its shapes, and what was left out of the file."""

    svg: str
    width: int
    height: int
    ids: tuple[str, ...]
    left_out: tuple[str, ...]


@transaction.atomic
def set_floor_plan(*, floor: Floor, version: int, plan: PlanRead | None, by: Person, at: datetime) -> Floor:
    """Keep a plan that was read, or with None drop it, so that the floor is drawn from outlines. Twice is once.

    Raises `Clash` for an older version.
    """
    del by, at  # the history keeps both
    held = Floor.objects.select_for_update().get(pk=floor.pk)
    text = plan.svg if plan else ""
    if held.plan == text:
        return held
    expect(held, version)
    held.plan = text
    if plan is not None:
        held.width, held.height = plan.width, plan.height
    held.version += 1
    held.save(update_fields=["plan", "width", "height", "version"])
    return held


def read_plan(content: bytes) -> PlanRead:
    """Return the plan that a file holds. Raises `PlanRefused`, naming all that is refused, once."""
    if len(content) > MOST_BYTES:
        raise PlanRefused(_("The file is larger than 1 MB. Simplify the drawing and choose it again."), field="file")
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003 (expat's own: this is the whole file)
    except expat.ExpatError as error:
        raise PlanRefused(
            _("The file is no SVG that can be read: line %(line)s is not well formed. Export it again as plain SVG.")
            % {"line": error.lineno},
            field="file",
        ) from error
    if reader.refused:
        raise PlanRefused(
            _("The file holds what a plan must not hold: %(what)s. Export it as plain SVG without these.")
            % {"what": "; ".join(str(one) for one in dict.fromkeys(reader.refused))},
            field="file",
        )
    return reader.read()


@dataclass(slots=True)
class _Open:
    """An element on the way: whether it is kept."""

    name: str
    kept: bool


@dataclass(slots=True)
class _Reader:
    """Hears a file element by element, writes down what is kept, and notes what is not."""

    parser: expat.XMLParserType = field(init=False)
    parts: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    refused: list[str | Promise] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)
    ids: dict[str, None] = field(default_factory=dict)
    root: dict[str, str] = field(default_factory=dict)
    shapes: int = 0

    def __post_init__(self) -> None:
        """Listen."""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def entity(self, *_declared: object) -> None:
        """Stop reading at once: what stands for other text can stand for endless text."""
        raise PlanRefused(
            _("The file declares entities, which stand for other text. Export it as plain SVG without them."),
            field="file",
        )

    def instruction(self, target: str, _data: str) -> None:
        """Refuse what would load a style sheet; others do nothing and are not kept."""
        if target == "xml-stylesheet":
            self.refused.append(_("a link to a style sheet"))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element in, leave it out, or note why the file is refused."""
        space, _gap, local = name.rpartition(" ")
        inside = self.open[-1].kept if self.open else True
        if not self.open and (space, local) != (SVG, "svg"):
            self.refused.append(_("no drawing: the file does not begin with <svg>"))
        self.shapes += 1
        if self.shapes > MOST_SHAPES or len(self.open) > MOST_DEEP:
            self.refused.append(_("more than 20,000 shapes, or shapes within shapes without end"))
            self.open.append(_Open(local, kept=False))
            return
        self._refuse_acting(space, local, attributes)
        kept = inside and space == SVG and local in SHAPES
        if inside and not kept and space == SVG and local not in UNSEEN:
            self.left_out[f"<{local}>"] = None
        self.open.append(_Open(local, kept))
        if kept:
            clean = self._clean(attributes)
            self._open_tag(local, clean)

    def _refuse_acting(self, space: str, local: str, attributes: Mapping[str, str]) -> None:
        """Note what acts or reaches out: scripts, handlers, foreign content, pictures, links."""
        if space == SVG and local not in SHAPES | LEFT_OUT:
            self.refused.append(f"<{local}>")
        for name, value in attributes.items():
            _space, _gap, plain = name.rpartition(" ")
            if plain.lower().startswith("on"):
                self.refused.append(_("a handler (%(name)s)") % {"name": plain})
            elif (plain in _LINKS and not value.strip().startswith("#")) or _REACHING.search(value):
                self.refused.append(_("a link to elsewhere (%(value)s)") % {"value": value.strip()[:60]})

    def _clean(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """Return the attributes that are kept; what a style says of paint and lines becomes attributes."""
        said = {name: value for name, value in attributes.items() if name != "style"}
        for rule in attributes.get("style", "").split(";"):
            name, _colon, value = rule.partition(":")
            if name.strip() in _STYLED:
                said[name.strip()] = value.strip()
        kept = {}
        for name, value in said.items():
            allowed = ATTRIBUTES.get(name)
            if allowed is not None and allowed.fullmatch(value.strip()):
                kept[name] = value.strip()
        return kept

    def _open_tag(self, local: str, kept: dict[str, str]) -> None:
        if not self.root:
            self.root = {**kept, "kept": "yes"}
            return
        if kept.get("id"):
            self.ids[kept["id"]] = None
        name = "g" if local == "svg" else local  # a drawing within the drawing has its own frame; here it has none
        self.parts.append(f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")

    def end(self, _name: str) -> None:
        """Close an element that was kept."""
        last = self.open.pop()
        if last.kept and self.open:
            self.parts.append(f"</{'g' if last.name == 'svg' else last.name}>")

    def words(self, text: str) -> None:
        """Keep words that are drawn."""
        if self.open and self.open[-1].kept and self.open[-1].name in {"text", "tspan"}:
            self.parts.append(escape(text))

    def read(self) -> PlanRead:
        """Return the plan. Raises `PlanRefused` for a drawing without size or without a shape."""
        box = _box(self.root)
        if box is None or not self.parts:
            raise PlanRefused(
                _("The drawing has no size or no shapes. Export it with a viewBox, or with width and height."),
                field="file",
            )
        left, top, width, height = box
        shift = f"<g transform={quoteattr(f'translate({-left:g} {-top:g})')}>" if left or top else "<g>"
        return PlanRead(
            svg=f"<svg xmlns={quoteattr(SVG)}>{shift}{''.join(self.parts)}</g></svg>",
            width=max(1, round(width)),
            height=max(1, round(height)),
            ids=tuple(self.ids),
            left_out=tuple(self.left_out),
        )


def _box(root: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    """Return left, top, width and height of the drawing area, or None where nothing says it."""
    try:
        numbers = [float(one) for one in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if one]
        if not numbers:
            sides = [re.sub(r"[a-z%]+$", "", root.get(name, "")) for name in ("width", "height")]
            numbers = [0.0, 0.0, *(float(one) for one in sides)]
        left, top, width, height = numbers
    except ValueError:
        return None
    most = 1_000_000
    return (left, top, width, height) if 0 < width < most and 0 < height < most else None
