"""Tables of institutions and people: the report says what each row does, and what it says is what happens."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from tests.cast import LONG_AGO, Cast, Member, moment

from accord.kernel.sheets import Grid
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Affiliation, Institution, Person
from accord.people.operations import InstitutionFacts, PersonFacts, Report

DAY = date(2019, 9, 30)
HOUSES = ["name in English", "中文名称", "kind", "country", "ROR ID"]
PEOPLE = ["name", "email", "ORCID", "institution", "unit", "title", "from", "until"]


@pytest.fixture
def who(db: None) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": people.command_line(), "at": moment(DAY)}


def grid(head: list[str], *rows: list[str]) -> Grid:
    """Return a table."""
    return Grid("table", [head, *rows])


def said(report: Report) -> list[tuple[int, str]]:
    """Return each row's number with its outcome."""
    return [(row.number, str(row.outcome)) for row in report.rows]


@pytest.fixture
def houses(db: None) -> tuple[Institution, Institution]:
    """Return two institutions."""
    names = (("dreamworks", "Jiaozi Dreamworks"), ("cass", "Cass"))
    first, second = (people.ensure_institution(key=key, name=Bilingual(name), kind="company") for key, name in names)
    return first, second


def bring_people(table: Grid, *, only_good: bool = True) -> Report:
    """Bring in people as a steward."""
    return people.bring_in_people(
        grid=table,
        visible=Person.objects.filter(merged_into=None),
        houses=list(Institution.objects.all()),
        all_people=True,
        only_good=only_good,
        by=people.command_line(),
        at=moment(DAY),
    )


def test_report_is_what_happens_and_twice_changes_nothing(who: dict[str, Any]) -> None:
    people.add_institution(facts=InstitutionFacts(Bilingual("Fudan University"), "university"), **who)
    table = grid(
        HOUSES,
        ["University College London", "伦敦大学学院", "university", "uk", "https://ror.org/02jx3x895"],
        ["Fudan University", "复旦大学", "高校", "CN", ""],
        ["", "伦敦大学学院", "", "", "02jx3x895"],
        ["University of Oxford", "", "university", "", "052gg0111"],
        ["Unfinished", "", "", "", ""],
    )
    before = Institution.objects.count()

    checked = people.check_institutions(grid=table, **who)
    assert Institution.objects.count() == before
    done = people.bring_in_institutions(grid=table, only_good=True, **who)

    assert said(checked) == said(done) == [(2, "new"), (3, "changed"), (4, "same"), (5, "fault"), (6, "fault")]
    assert [row.problems for row in checked.rows] == [row.problems for row in done.rows]
    assert (checked.is_kept, done.is_kept) == (False, True)
    ucl = Institution.objects.get(ror="02jx3x895")
    assert (ucl.key, ucl.country, ucl.version) == ("university-college-london", "GB", 1)
    assert said(people.bring_in_institutions(grid=table, only_good=True, **who))[:3] == [
        (2, "same"),
        (3, "same"),
        (4, "same"),
    ]


def test_fault_names_the_cell_and_how_to_mend_it(who: dict[str, Any]) -> None:
    table = grid(HOUSES, ["Oxford", "", "university", "", "052gg0111"], ["Ward", "", "hospital", "", ""])

    rows = people.check_institutions(grid=table, **who).rows

    (ror,), (kind,) = rows[0].problems, rows[1].problems
    assert (ror.column, "Copy it from ror.org." in ror.sentence) == ("ROR ID", True)
    assert (kind.column, "“hospital” is none of the words for this column" in kind.sentence) == ("kind", True)


def test_whole_table_is_brought_in_or_none_of_it(who: dict[str, Any]) -> None:
    table = grid(HOUSES, ["Oxford", "", "university", "", "052gg0110"], ["Ward", "", "hospital", "", ""])
    before = Institution.objects.count()

    refused = people.bring_in_institutions(grid=table, only_good=False, **who)

    assert (refused.is_kept, Institution.objects.count()) == (False, before)
    assert people.bring_in_institutions(grid=grid(*table.rows[:2]), only_good=False, **who).is_kept


def test_row_that_could_mean_two_is_refused(who: dict[str, Any]) -> None:
    for _number in range(2):
        people.add_institution(facts=InstitutionFacts(Bilingual("New College"), "university"), **who)

    report = people.check_institutions(grid=grid(HOUSES, ["New College", "", "university", "", ""]), **who)

    assert said(report) == [(2, "fault")]
    assert "Fill in the short name." in report.rows[0].problems[0].sentence


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (grid(["nmae in english", "kind"], ["A", "company"]), "perhaps name in english is meant"),
        (grid(["name", "name in English"], ["A", "B"]), "two columns have this meaning"),
        (grid([*HOUSES]), "the table has no rows"),
    ],
)
def test_table_that_cannot_be_read_is_refused_as_a_whole(who: dict[str, Any], table: Grid, words: str) -> None:
    report = people.bring_in_institutions(grid=table, only_good=True, **who)

    assert (report.is_kept, report.rows) == (False, ())
    assert words in " ".join(one.sentence[:1].lower() + one.sentence[1:] for one in report.problems).lower()


def test_too_many_rows_are_refused(who: dict[str, Any]) -> None:
    table = grid(HOUSES, *([f"House {number}", "", "company", "", ""] for number in range(2001)))

    report = people.check_institutions(grid=table, **who)

    assert "2001 rows; 2000 can be brought in at once" in report.problems[0].sentence


def test_person_with_several_places_takes_several_rows(houses: tuple[Institution, Institution]) -> None:
    ours, theirs = houses
    table = grid(
        PEOPLE,
        ["Grace Li", "grace@example.org", "", ours.key, "", "Professor", "2019-09-01", ""],
        ["Grace Li", "GRACE@example.org", "0000-0002-1825-0097", str(theirs.name), "", "", "2018/1/1", "2018年7月1日"],
        ["Grace Li", "grace@example.org", "", ours.key, "", "", "", "2020-01-01"],
    )

    report = bring_people(table)

    assert said(report) == [(2, "new"), (3, "changed"), (4, "changed")]
    person = Person.objects.get(name__en="Grace Li")
    assert (person.orcid, person.email) == ("0000-0002-1825-0097", "grace@example.org")
    places = person.affiliations.order_by("starts_on").values_list("institution", "starts_on", "ends_on")
    assert list(places) == [
        (theirs.pk, date(2018, 1, 1), date(2018, 7, 1)),
        (ours.pk, date(2019, 9, 1), date(2020, 1, 1)),
    ]


def test_bringing_people_in_twice_changes_nothing(houses: tuple[Institution, Institution]) -> None:
    ours, _theirs = houses
    table = grid(
        PEOPLE,
        ["Grace Li", "grace@example.org", "", ours.key, "", "Professor", "2019-09-01", ""],
        ["Wang Wei", "", "", ours.key, "", "", "2019-09-01", ""],
        ["Nobody's Own", "", "", "", "", "", "", ""],
    )
    bring_people(table)
    counts = Person.objects.count(), Affiliation.objects.count()

    again = bring_people(table)

    assert said(again) == [(2, "same"), (3, "same"), (4, "same")]
    assert (Person.objects.count(), Affiliation.objects.count()) == counts


def test_namesake_elsewhere_or_with_other_identifiers_is_another_person(
    houses: tuple[Institution, Institution], who: dict[str, Any]
) -> None:
    ours, theirs = houses
    there = people.add_person_at(
        facts=PersonFacts(Bilingual("Wang Wei"), email="one@example.org"), institution=ours, starts_on=LONG_AGO, **who
    )
    table = grid(
        PEOPLE,
        ["Wang Wei", "", "", theirs.key, "", "", "2019-09-01", ""],
        ["Wang Wei", "two@example.org", "", ours.key, "", "", "2019-09-01", ""],
        ["Wang Wei", "", "", ours.key, "", "", "", ""],
    )

    report = bring_people(table)

    assert said(report) == [(2, "new"), (3, "new"), (4, "fault")]
    assert "More than one person is meant" in report.rows[2].problems[0].sentence
    assert there.pk not in {row.pk for row in report.rows}


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (["Li", "", "", "nowhere", "", "", "", ""], "institution", "“nowhere” is no institution"),
        (["Li", "", "", "dreamworks", "Moon base", "", "", ""], "unit", "no one open unit called “Moon base”"),
        (["Li", "", "", "dreamworks", "", "", "3/4/2019", ""], "from", "reads the same everywhere"),
        (["Li", "", "", "dreamworks", "", "", "2019-09-01", "2018-01-01"], "until", "must not come before"),
        (["", "", "", "dreamworks", "", "", "", ""], "name", "A new person needs a name"),
        (["Li", "", "0000-0002-1825-0098", "", "", "", "", ""], "ORCID", "a digit is wrong"),
    ],
)
def test_fault_in_a_person_row_names_its_cell(
    houses: tuple[Institution, Institution], cells: list[str], column: str, words: str
) -> None:
    (row,) = bring_people(grid(PEOPLE, cells)).rows

    assert [(one.column, words in one.sentence) for one in row.problems] == [(column, True)]
    assert not Person.objects.filter(name__en="Li").exists()


def send(member: Member, kind: str, content: bytes, name: str = "table.csv") -> Any:
    """Send a file to be checked."""
    return member.client.post(f"/directory/bring-in/{kind}/", {"file": SimpleUploadedFile(name, content)})


def test_pages_check_then_bring_in(cast: Cast) -> None:
    table = "姓名,机构,起始日期\r\n陈静,dreamworks,2019-09-01\r\n".encode("gb18030")

    checked = send(cast.owner, "people", table)
    assert (checked.status_code, Person.objects.filter(**{"name__zh-hans": "陈静"}).count()) == (200, 0)
    answer = cast.owner.client.post(
        "/directory/bring-in/people/", {"carried": checked.context["carried"], "rows": "all"}
    )

    assert (answer.status_code, answer.context["report"].is_kept) == (200, True)
    assert Person.objects.filter(**{"name__zh-hans": "陈静"}).count() == 1


def test_carried_table_cannot_be_changed_on_the_way(cast: Cast) -> None:
    answer = cast.owner.client.post("/directory/bring-in/people/", {"carried": "x" * 40, "rows": "all"})

    assert answer.status_code == 422
    assert "Choose the file again." in answer.content.decode()


def test_officers_bring_in_people_of_their_own_institution_only(cast: Cast) -> None:
    table = b"name,institution\nGrace Li,dreamworks\nAda Wong,cass\nNo Where,\n"

    report = send(cast.owner, "people", table).context["report"]

    assert said(report) == [(2, "new"), (3, "fault"), (4, "fault")]


def test_officers_do_not_change_strangers_by_a_table(cast: Cast, who: dict[str, Any]) -> None:
    people.add_person_at(
        facts=PersonFacts(Bilingual("Grace Li"), email="grace@example.org"),
        institution=cast.theirs.institution,
        starts_on=LONG_AGO,
        **who,
    )
    table = b"name,email,country,institution\nGrace Li,grace@example.org,CN,dreamworks\n"

    report = send(cast.owner, "people", table).context["report"]

    assert said(report) == [(2, "fault")]
    assert "ask theirs to change" in report.rows[0].problems[0].sentence


def test_who_may_bring_in(cast: Cast) -> None:
    members = ("owner", "executive", "steward", "outsider")
    kinds = ("people", "institutions", "planets")

    got = {
        name: [getattr(cast, name).client.get(f"/directory/bring-in/{kind}/").status_code for kind in kinds]
        for name in members
    }

    assert got == {
        "owner": [200, 403, 404],
        "executive": [403, 403, 404],
        "steward": [200, 200, 404],
        "outsider": [200, 403, 404],
    }


def test_empty_tables_are_read_back(cast: Cast, who: dict[str, Any]) -> None:
    client = cast.steward.client
    csv = client.get("/directory/bring-in/institutions/empty.csv").content
    excel = client.get("/directory/bring-in/people/empty.xlsx").content

    assert csv.decode("utf-8-sig").startswith("name in English,name in Chinese,kind")
    head = [cell.value for cell in next(load_workbook(io.BytesIO(excel)).active.iter_rows())]
    assert head[:2] == ["name in English", "name in Chinese"]
    assert client.get("/directory/bring-in/people/empty.pdf").status_code == 404
    assert "The table has no rows" in send(cast.steward, "people", excel, "people.xlsx").content.decode()


def test_workbook_with_dates_made_by_excel_is_read(cast: Cast) -> None:
    book, out = Workbook(), io.BytesIO()
    for row in (PEOPLE, ["Grace Li", "", "", "dreamworks", "", "", date(2019, 9, 1), None]):
        book.active.append(row)
    book.save(out)

    answer = send(cast.steward, "people", out.getvalue(), "people.xlsx")
    cast.steward.client.post("/directory/bring-in/people/", {"carried": answer.context["carried"], "rows": "all"})

    assert Affiliation.objects.get(person__name__en="Grace Li").starts_on == date(2019, 9, 1)


def test_file_that_is_no_table_is_refused_with_words(cast: Cast) -> None:
    answer = send(cast.steward, "people", b"not a zip", "people.xlsx")

    assert answer.status_code == 422
    assert "Save it again as .xlsx, or as CSV." in answer.content.decode()
