"""A floor's plan as SVG: drawn from outlines, or as it was imported, with each space marked by how it stands.

A space is told by a word and a shape beside its colour; the words are also its name for those who do not see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accord.workspace.models import Floor
from accord.workspace.queries._plan_boxes import Box, Matrix, Point, box_around, matrix_of, points_of

EDGE = 0.02
"""What is kept free around a drawing whose size nobody said, as a share of it."""
LARGEST_WORD = 1 / 45
"""The height of a word, at most, as a share of the drawing's width."""
WORD_WIDE = 0.75
"""How wide a letter is, in its height, with some room around the word."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A space as it stands in a plan: its code, its state with the shape for it, its words, its page, its outline."""

    code: str
    state: str
    mark: str
    words: str | Promise
    url: str
    outline: Sequence[Sequence[float]] = ()


@dataclass(frozen=True, slots=True)
class PlanDrawn:
    """A plan, and the codes of the spaces that stand in it."""

    svg: SafeString
    codes: frozenset[str]


def draw_plan(floor: Floor, spaces: Sequence[Marked], label: str) -> PlanDrawn | None:
    """Return the plan of a floor, or None where there is neither an imported plan nor an outline."""
    if floor.plan:
        return _imported(floor, spaces, label)
    outlined = [one for one in spaces if one.outline]
    box = box_around((x, y) for one in outlined for x, y in one.outline)
    if box is None:
        return None
    frame = (0.0, 0.0, float(floor.width), float(floor.height))
    if not floor.width or not floor.height:
        edge = EDGE * max(box.right - box.left, box.bottom - box.top, 1)
        frame = (box.left - edge, box.top - edge, box.right - box.left + 2 * edge, box.bottom - box.top + 2 * edge)
    drawn = format_html_join("", "{}", ((_polygon(one, frame[2]),) for one in outlined))
    return PlanDrawn(_framed(frame, label, drawn), frozenset(one.code for one in outlined))


def _framed(
    frame: tuple[float, float, float, float], label: str, drawn: SafeString, *, kind: str = "drawn"
) -> SafeString:
    """Return the whole drawing."""
    box = " ".join(f"{one:g}" for one in frame)
    return format_html(
        '<svg class="floor-plan is-{}" viewBox="{}" role="group" aria-label="{}">{}</svg>', kind, box, label, drawn
    )


def _polygon(space: Marked, wide: float) -> SafeString:
    """Return a space as its outline, with its word."""
    points = [(x, y) for x, y in space.outline]
    said = " ".join(f"{x:g},{y:g}" for x, y in points)
    box = box_around(points)
    word = _word(space, box, wide) if box else ""
    return format_html("{}{}{}</a>", _anchor(space), format_html('<polygon points="{}"/>', said), word)


def _anchor(space: Marked) -> SafeString:
    """Return the beginning of the link that a space is."""
    return format_html(
        '<a class="place is-{}" href="{}" aria-label="{}"><title>{}</title>',
        space.state,
        space.url,
        space.words,
        space.words,
    )


def _word(space: Marked, box: Box, wide: float) -> SafeString:
    """Return the shape and the code of a space in the middle of its box, as large as fits."""
    said = f"{space.mark} {space.code}"
    width, height = box.right - box.left, box.bottom - box.top
    size = min(wide * LARGEST_WORD, width / (len(said) * WORD_WIDE), height * 0.6)
    x, y = box.middle
    return format_html(
        '<text x="{}" y="{}" font-size="{}" aria-hidden="true">{}</text>', f"{x:g}", f"{y:g}", f"{size:.3g}", said
    )


def _imported(floor: Floor, spaces: Sequence[Marked], label: str) -> PlanDrawn:
    """Return the imported plan with the spaces marked whose code is the id of a shape in it."""
    writer = _Writer({one.code.casefold(): one for one in spaces})
    writer.run(floor.plan)
    wide = float(floor.width)
    words = format_html_join(
        "",
        '<g class="place is-{}">{}</g>',
        ((space.state, _word(space, box, wide)) for space, points in writer.found if (box := box_around(points))),
    )
    drawn = mark_safe("".join(writer.parts))  # noqa: S308 (cleaned when it was taken in: `operations.read_plan`)
    frame = (0.0, 0.0, wide, float(floor.height))
    whole = format_html('{}<g class="place-words">{}</g>', drawn, words)
    return PlanDrawn(
        _framed(frame, label, whole, kind="imported"), frozenset(space.code for space, _points in writer.found)
    )


@dataclass(slots=True)
class _Writer:
    """Writes a cleaned plan anew, with links around the shapes that are spaces, and notes where these lie."""

    spaces: Mapping[str, Marked]
    parts: list[str] = field(default_factory=list)
    found: list[tuple[Marked, list[Point]]] = field(default_factory=list)
    turns: list[Matrix] = field(default_factory=lambda: [Matrix()])
    within: list[tuple[Marked, list[Point]] | None] = field(default_factory=list)

    def run(self, plan: str) -> None:
        """Write the plan."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        parser.Parse(plan, True)  # noqa: FBT003 (expat's own: this is the whole text)

    def start(self, name: str, said: dict[str, str]) -> None:
        """Begin an element; a space begins a link first, unless it stands within another space."""
        turn = self.turns[-1].then(matrix_of(said.get("transform", "")))
        self.turns.append(turn)
        outer = next((one for one in reversed(self.within) if one), None)
        space = self.spaces.get(said.get("id", "").casefold()) if outer is None and name != "svg" else None
        begun: tuple[Marked, list[Point]] | None = (
            (space, []) if space is not None and space not in (one for one, _points in self.found) else None
        )
        if begun is not None:
            self.found.append(begun)
            self.parts.append(_anchor(begun[0]))
        self.within.append(begun)
        for _space, points in filter(None, (begun or outer,)):
            points.extend(turn.at(one) for one in points_of(name, said))
        if name != "svg":
            self.parts.append(_tag(name, said.items()))

    def end(self, name: str) -> None:
        """End an element, and the link around it."""
        self.turns.pop()
        if name != "svg":
            self.parts.append(f"</{name}>")
        if self.within.pop() is not None:
            self.parts.append("</a>")

    def words(self, text: str) -> None:
        """Write words."""
        self.parts.append(format_html("{}", text))


def _tag(name: str, said: Iterable[tuple[str, str]]) -> str:
    """Return the beginning of an element; ids stay behind, for the page has its own."""
    return format_html(
        "<{}{}>", name, format_html_join("", ' {}="{}"', (one for one in said if one[0] not in {"id", "xmlns"}))
    )
