"""List pages: narrowing, order, pages, columns, exports, and addresses typed by hand."""

import io
import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from accord.ui.parts import State
from accord.ui.tables import Column, Filter, Table

DAY = date(2019, 9, 30)
KINDS = (("lease", "Lease"), ("desk", "Desk"))


@dataclass(frozen=True)
class Team:
    name: str


@dataclass(frozen=True)
class Record:
    team: Team
    on: date | None
    change: int
    kind: str
    state: State


ROWS = [
    Record(Team(f"Team {n:03}"), DAY - timedelta(days=n), n % 5 - 2, KINDS[n % 2][0], State("done", _("Confirmed")))
    for n in range(120)
]
TABLE = Table(
    name="records",
    columns=(
        Column("team", "Team", value="team.name", sort="team.name", url=lambda row: f"/team/{row.team.name[-3:]}/"),
        Column("on", "Day", kind="day", sort="on"),
        Column("change", "Change", kind="signed", sort="change"),
        Column("state", "State", kind="state"),
        Column("kind", "Kind", hidden=True),
    ),
    filters=(Filter("kind", "Kind", choices=KINDS), Filter("since", "Since", kind="day", lookup="on__gte")),
    search=("team.name",),
    default_sort="-on",
)


def page(query="", rows=ROWS):
    return TABLE.page(QueryDict(query), rows)


def names(found):
    return [str(row[0].content) for row in found.rows]


def test_a_bare_address_shows_the_first_fifty_in_the_usual_order():
    found = page()

    assert (found.matched, found.total, len(found.rows)) == (120, 120, 50)
    assert names(found)[:2] == ["Team 000", "Team 001"]
    assert [str(cell.content) for cell in found.rows[0][1:3]] == ['<span class="nowrap">30 Sep 2019</span>', "−2"]
    assert found.rows[0][0].url == "/team/000/"
    assert found.notices == []


def test_filters_and_search_narrow_and_can_each_be_removed():
    found = page("kind=desk&since=2019-09-20&q=team+00&size=25")

    assert names(found) == ["Team 001", "Team 003", "Team 005", "Team 007", "Team 009"]
    assert (found.matched, found.total) == (5, 120)
    assert [(pill.label, pill.remove_url) for pill in found.pills] == [
        ("“team 00”", "?kind=desk&since=2019-09-20&size=25"),
        ("Kind: Desk", "?since=2019-09-20&q=team+00&size=25"),
        ("Since: 2019-09-20", "?kind=desk&q=team+00&size=25"),
    ]
    assert found.clear_url == "?size=25"


def test_sorting_turns_round_and_says_its_direction():
    down = page("sort=-team&page=2")

    head = down.headings[0]
    assert names(page("sort=-team"))[0] == "Team 119"
    assert (head.direction, head.url) == ("descending", "?sort=team")
    assert names(down)[0] == "Team 069"


def test_gaps_come_last_in_both_directions():
    rows = [Record(Team("gap"), None, 1, "desk", State("done", "x")), *ROWS[:2]]

    assert names(page("sort=on", rows))[-1] == "gap"
    assert names(page("sort=-on", rows))[-1] == "gap"


def test_columns_are_chosen_in_the_address():
    assert [head.key for head in page("cols=team,kind").headings] == ["team", "kind"]
    assert [head.key for head in page("cols=team&cols=kind").headings] == ["team", "kind"]
    assert [head.key for head in page("cols=nope").headings] == ["team", "on", "change", "state"]


def test_pages_link_first_last_and_near_ones():
    found = page("size=25&page=3&kind=")

    assert [link.label for link in found.pages.links] == ["1", "2", "3", "4", "5"]
    assert [link.label for link in found.pages.links if link.current] == ["3"]
    assert found.pages.following.endswith("page=4")


@pytest.mark.parametrize(
    "query",
    [
        "page=x",
        "page=-1",
        "page=0",
        "page=99999",
        "page=" + "9" * 50,
        "page=٣",
        "size=lots",
        "sort=nope",
        "sort=--on",
        "sort=state",
        "kind=castle",
        "since=soon",
        "since=2019-13-45",
        "format=exe",
    ],
)
def test_odd_addresses_fall_back_with_a_notice(query):
    found = page(query)

    assert len(found.notices) == 1
    assert found.rows
    assert found.matched == 120


@pytest.mark.parametrize("query", ["q=%00", "cols=%00", "page=", "x=1&x=2", "q=%FF"])
def test_harmless_oddities_are_passed_over(query):
    assert page(query).matched <= 120


def test_other_parameters_stay_in_every_link():
    found = page("as_of=2019-09-01&kind=desk")

    assert all("as_of=2019-09-01" in link.url for link in (*found.exports, *found.sizes))
    assert ("as_of", "2019-09-01") in found.kept


def test_csv_holds_the_whole_filtered_list_with_notes_first():
    answer = TABLE.export(page("format=csv&kind=desk"), "teams", ("Demonstration world", "simulated"))

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[:4] == [
        "# Demonstration world",
        "# simulated",
        "team,on,change,state",
        "Team 001,2019-09-29,-1,Confirmed",
    ]
    assert len(lines) == 3 + 60
    assert answer.headers["Content-Disposition"] == 'attachment; filename="teams.csv"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_file_runs_as_a_formula(start):
    rows = [Record(Team(f"{start}cmd|' /C calc'!A0"), DAY, -1, "desk", State("done", "x"))]

    text = b"".join(TABLE.export(page("format=csv", rows)).streaming_content).decode()
    book = load_workbook(io.BytesIO(TABLE.export(page("format=xlsx", rows)).content))
    cell = book.active.cell(2, 1)

    assert f"'{start}cmd" in text
    assert ",-1," in text
    assert cell.data_type == "s"


def test_excel_keeps_numbers_and_labels():
    book = load_workbook(io.BytesIO(TABLE.export(page("format=xlsx"), "teams", ("simulated",)).content))

    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][0] == "simulated"
    assert rows[1] == ("Team", "Day", "Change", "State")
    assert rows[2] == ("Team 000", "2019-09-30", -2, "Confirmed")
    assert len(rows) == 122


def test_json_is_whole_and_says_its_notes():
    answer = TABLE.export(page("format=json&since=2019-09-29"), notes=("simulated",))

    told = json.loads(b"".join(answer.streaming_content))
    assert told["notes"] == ["simulated"]
    assert told["count"] == len(told["rows"]) == 2
    assert told["rows"][0] == {"team": "Team 000", "on": "2019-09-30", "change": -2, "state": "Confirmed"}


def test_an_empty_list_is_one_page():
    found = page("", [])

    assert (found.matched, found.total, list(found.rows), list(found.pages.links)) == (0, 0, [], [])
