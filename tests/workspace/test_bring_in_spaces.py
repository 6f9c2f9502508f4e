"""A table of spaces on its way in: each fault has its own words, and nothing is half done."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from tests.cast import moment
from tests.workspace.scene import Scene

from accord.kernel.sheets import Grid
from accord.people.enums import ImportOutcome
from accord.workspace import models, operations

pytestmark = pytest.mark.django_db
HEAD = ["building", "level", "code", "kind", "area", "people", "features", "price", "booking rules"]
DAYS = ["in operation from", "out of operation from"]
AT = moment(date(2019, 9, 30))
GOOD = ["a", "0", "B-001", "office", "20", "4", "window, sink", "800", "", "", ""]


def run(scene: Scene, *rows: list[str], keep: bool = True, only_good: bool = True) -> Any:
    """Bring in rows."""
    tokens = (f"token-{n}" for n in count())
    said: dict[str, Any] = {
        "grid": Grid("spaces", [[*HEAD, *DAYS], *rows]),
        "site": scene.site,
        "tokens": lambda: next(tokens),
        "by": scene.operator.person,
        "at": AT,
    }
    return operations.bring_in_spaces(**said, only_good=only_good) if keep else operations.check_spaces(**said)


def row(**cells: str) -> list[str]:
    """Return the good row with other cells."""
    names = ["building", "level", "code", "kind", "area", "people", "features", "price", "rules", "start", "end"]
    return [cells.get(name, cell) for name, cell in zip(names, GOOD, strict=True)]


def test_a_check_keeps_nothing_and_bringing_in_twice_changes_nothing(scene: Scene) -> None:
    assert [one.outcome for one in run(scene, GOOD, keep=False).rows] == [ImportOutcome.NEW]
    assert not models.Space.objects.filter(code="B-001").exists()

    assert [one.outcome for one in run(scene, GOOD).rows] == [ImportOutcome.NEW]
    assert [one.outcome for one in run(scene, GOOD).rows] == [ImportOutcome.SAME]

    made = models.Space.objects.get(code="B-001")
    assert (made.area_m2, made.monthly_minor, made.features, made.starts_on) == (
        Decimal(20),
        80000,
        ["window", "sink"],
        AT.date(),
    )


def test_an_empty_cell_leaves_what_stands_there(scene: Scene) -> None:
    report = run(scene, row(code="a-001", area="", people="12", features="", price="", rules="rooms"))

    assert [(change.column, change.before, change.after) for change in report.rows[0].changes] == [
        ("People", "10", "12"),
        ("Booking rules", "", scene.by_time.name),
    ]
    scene.office.refresh_from_db()
    assert (scene.office.capacity, scene.office.area_m2, scene.office.policy) == (12, Decimal(60), scene.by_time)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"building": "Tower"}, "building", "has no building “Tower”"),
        ({"level": "7"}, "level", "has no floor at level 7"),
        ({"rules": "Never"}, "booking rules", "has no booking rules “Never”"),
        ({"area": "0"}, "area", "more than zero"),
        ({"area": ""}, "area", "only desks and equipment go without"),
        ({"start": "2019-10-01", "end": "2019-09-01"}, "out of operation from", "The end lies before the start"),
        ({"kind": ""}, "kind", "A new space needs a kind"),
        ({"kind": "palace"}, "kind", "palace"),
        ({"area": "900"}, "area", "The floor has 1000.00 m²"),
        ({"price": "-1"}, "price", "nought or more"),
        ({"code": "A-001", "area": "70", "end": "2019-12-01"}, "out of operation from", "It is let on days after that"),
    ],
)
def test_each_fault_has_its_own_words(scene: Scene, cells: dict[str, str], column: str, words: str) -> None:
    report = run(scene, row(**cells))

    (problem,) = report.rows[0].problems
    assert problem.column == column
    assert words in problem.sentence


def test_the_same_code_twice_on_a_floor_names_the_first_row(scene: Scene) -> None:
    report = run(scene, GOOD, row(code="b-001", area="30"), row(level="1"), keep=False)

    assert [one.outcome for one in report.rows] == [ImportOutcome.NEW, ImportOutcome.FAULT, ImportOutcome.NEW]
    assert str(report.rows[1].title) == "b-001"
    assert "Row 2 has the space b-001 on the same floor" in report.rows[1].problems[0].sentence


def test_the_same_code_follows_itself_on_other_days(scene: Scene) -> None:
    report = run(scene, row(start="2019-10-01", end="2019-12-01"), row(start="2019-12-01", area="30"), only_good=False)

    assert report.is_kept
    assert models.Space.objects.filter(code="B-001").count() == 2


def test_all_or_nothing_keeps_nothing_of_a_table_with_a_fault(scene: Scene) -> None:
    report = run(scene, GOOD, row(code="B-002", area="0"), only_good=False)

    assert not report.is_kept
    assert not models.Space.objects.filter(code__startswith="B-").exists()
