"""Floor plans: what is taken in of a file, what is refused, and how spaces are drawn."""

import pytest

from accord.workspace.models import Floor
from accord.workspace.operations import PlanRefused, read_plan
from accord.workspace.queries import Marked, draw_plan
from accord.workspace.queries._plan_boxes import box_around, matrix_of, points_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="10 20 200 100">'


def read(inside: str, head: str = HEAD) -> str:
    """Return what is kept of a drawing."""
    return read_plan(f"{head}{inside}</svg>".encode()).svg


def mark(code: str, **more: object) -> Marked:
    """Return a space for a plan."""
    return Marked(code=code, state="free", mark="▲", words=f"{code} & co", url=f"/{code}/", **more)  # type: ignore[arg-type]


def test_shapes_and_words_are_kept_and_shifted_to_the_corner() -> None:
    plan = read_plan(
        f'{HEAD}<g id="A-1"><path d="M0 0 L5 5z" style="fill:#fff;stroke:red"/></g><text>Hall &amp; way</text></svg>'.encode()
    )

    assert (plan.width, plan.height, plan.ids) == (200, 100, ("A-1",))
    assert plan.svg == (
        '<svg xmlns="http://www.w3.org/2000/svg"><g transform="translate(-10 -20)"><g id="A-1">'
        '<path d="M0 0 L5 5z" fill="#fff" stroke="red"></path></g><text>Hall &amp; way</text></g></svg>'
    )


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<rect onload="x()" width="1" height="1"/>', "a handler (onload)"),
        ('<rect ONCLICK="x()"/>', "a handler (ONCLICK)"),
        ("<foreignObject><p/></foreignObject>", "<foreignObject>"),
        ('<a xlink:href="javascript:x()"><rect/></a>', "a link to elsewhere (javascript:x())"),
        ('<image href="https://example.org/a.png"/>', "a link to elsewhere (https://example.org/a.png)"),
        ('<use href="data:image/svg+xml,x"/>', "a link to elsewhere"),
        ('<rect fill="url(https://example.org/#a)"/>', "a link to elsewhere"),
        ('<rect style="fill:url( //example.org/#a)"/>', "a link to elsewhere"),
        ("<set attributeName='href'/>", "<set>"),
        ("<animate/>", "<animate>"),
        ("<iframe/>", "<iframe>"),
    ],
)
def test_what_could_act_or_reach_out_is_refused_by_name(inside: str, named: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        read(f'<rect width="5" height="5"/>{inside}')

    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg", "no SVG that can be read"),
        (b"<html/>", "does not begin with &lt;svg&gt;".replace("&lt;", "<").replace("&gt;", ">")),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', "declares entities"),
        (b'<?xml-stylesheet href="a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>', "a link to a style sheet"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" height="1"/></svg>', "no size or no shapes"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', "no size or no shapes"),
        (b" " * (1024 * 1024 + 1), "larger than 1 MB"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 20_001 + b"</svg>", "more than 20,000 shapes"),
    ],
)
def test_what_is_no_plan_is_refused_with_its_reason(content: bytes, words: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        read_plan(content)

    assert words in str(refused.value)


def test_harmless_extras_are_left_out_and_named() -> None:
    plan = read_plan(
        f"{HEAD}<defs><style>@import 'x'</style></defs><title>t</title><rect width='5' height='5' class='a' data-x='1'/></svg>".encode()
    )

    assert plan.left_out == ("<defs>",)
    assert "import" not in plan.svg
    assert '<rect width="5" height="5"></rect>' in plan.svg


def test_shapes_of_an_imported_plan_become_links_by_their_ids() -> None:
    plan = read_plan(
        f'{HEAD}<g transform="translate(10 20)"><rect id="a-1" width="40" height="30"/></g></svg>'.encode()
    )
    floor = Floor(plan=plan.svg, width=plan.width, height=plan.height)

    drawn = draw_plan(floor, [mark("A-1"), mark("A-2")], "Plan")

    assert drawn is not None
    assert drawn.codes == {"A-1"}
    assert (
        '<a class="place is-free" href="/A-1/" aria-label="A-1 &amp; co"><title>A-1 &amp; co</title><rect' in drawn.svg
    )
    assert '<text x="20" y="15"' in drawn.svg
    assert "▲ A-1</text>" in drawn.svg
    assert "id=" not in drawn.svg


def test_a_floor_without_plan_is_drawn_from_outlines() -> None:
    drawn = draw_plan(Floor(), [mark("A-1", outline=[[0, 0], [40, 0], [40, 30]]), mark("A-2")], "Plan <1>")

    assert drawn is not None
    assert drawn.codes == {"A-1"}
    assert '<polygon points="0,0 40,0 40,30"/>' in drawn.svg
    assert 'aria-label="Plan &lt;1&gt;"' in drawn.svg
    assert draw_plan(Floor(), [mark("A-2")], "") is None


@pytest.mark.parametrize(
    ("name", "said", "box"),
    [
        ("rect", {"x": "1", "y": "2", "width": "3", "height": "4"}, (1, 2, 4, 6)),
        ("circle", {"cx": "5", "cy": "5", "r": "2"}, (3, 3, 7, 7)),
        ("polygon", {"points": "0,0 4 0 4,6"}, (0, 0, 4, 6)),
        ("path", {"d": "M1 1 h4 v5 H1 z m1 1 l1,1"}, (1, 1, 5, 6)),
        ("path", {"d": "m1,1c0,9 4-1 5 5"}, (1, 0, 6, 10)),
        ("path", {"d": "M0 0A5 5 0 0 1 10 0"}, (0, 0, 10, 0)),
    ],
)
def test_boxes_hold_their_shapes(name: str, said: dict[str, str], box: tuple[float, ...]) -> None:
    found = box_around(points_of(name, said))

    assert found is not None
    assert (found.left, found.top, found.right, found.bottom) == box


def test_transforms_follow_each_other() -> None:
    turned = matrix_of("translate(10 5) scale(2) rotate(90)").at((1, 0))

    assert turned == pytest.approx((10, 7))
    assert matrix_of("rotate(180 5 5)").at((0, 0)) == pytest.approx((10, 10))
    assert matrix_of("matrix(1 0 0 1 3 4) skewX(0)").at((0, 0)) == (3, 4)
