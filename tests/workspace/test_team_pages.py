"""The pages of teams and reports: what is shown to whom, the form by link, and how many queries a list takes."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast, moment
from tests.workspace.scene import Scene

from accord.kernel.models import World
from accord.people import operations as people
from accord.people.models import SignedLink
from accord.workspace import operations
from accord.workspace.enums import REPORT_QUARTER
from accord.workspace.models import Funding, Team, TeamReport
from accord.workspace.operations import Heads

BASE = "/workspace/dreamworks/"
TODAY = date(2019, 9, 30)
QUARTER = date(2019, 7, 1)
SAID = {
    "jobs": "12",
    "research_jobs": "7",
    "part_time": "0",
    "interns": "0",
    "patents_applied": "1",
    "patents_held": "0",
    "stands_on": "2019-09-30",
}
MONEY = {"funding_kind": "equity", "amount": "5000000", "received_on": "2019-08-01", "source": "Lake Capital"}


@pytest.fixture(autouse=True)
def _world(cast: Cast) -> None:
    """Let it be the end of September 2019."""
    del cast
    World.objects.create(is_demo=True, demo_day=TODAY, seed=1, scale=1, built_at=moment(TODAY))


@pytest.fixture
def told(scene: Scene) -> Scene:
    """Let the team have reported with money, revenue and a remark."""
    by: dict[str, Any] = {"by": scene.operator.person, "at": moment(TODAY, 0)}
    operations.record_baseline(team=scene.team, heads=Heads(3, 2), stands_on=date(2019, 3, 1), **by)
    round_ = operations.open_round(site=scene.site, quarter_on=QUARTER, due_on=date(2019, 10, 15), **by)
    heads = Heads(11, 6, revenue_minor=765_432_00, note="Two of us went to Leeds")
    operations.report_quarter(team=scene.team, round=round_, heads=heads, stands_on=TODAY, **by)
    operations.record_funding(
        team=scene.team,
        kind="equity",
        amount_minor=5_000_000_00,
        currency="CNY",
        received_on=TODAY,
        source="Lake Capital",
        **by,
    )
    return scene


def link(scene: Scene, uses: int = 5) -> str:
    """Make a link for somebody without an account, while a round is open; return its address."""
    by: dict[str, Any] = {"by": scene.operator.person, "at": moment(TODAY, 0)}
    operations.open_round(site=scene.site, quarter_on=QUARTER, due_on=date(2019, 10, 15), **by)
    people.make_link(
        person=scene.worker.person,
        purpose=REPORT_QUARTER,
        record=f"team:{scene.team.pk}",
        expires_at=moment(date(2019, 11, 1)),
        token="the-token",
        uses=uses,
        **by,
    )
    return "/workspace/links/report/the-token/"


def _file(client: Client, url: str) -> str:
    """Return a list as the file that it is exported to."""
    answer: Any = client.get(url)
    return b"".join(answer.streaming_content).decode()


PRIVATE = ("765,432", "Leeds", "Lake Capital", "5,000,000", ">Worker<", "Worker ")


def shown(client: Client, report: TeamReport) -> str:
    return client.get(f"{BASE}teams/lantern/").text + client.get(f"{BASE}reports/{report.pk}/").text


def test_the_house_and_the_team_see_money_remarks_and_people(told: Scene) -> None:
    report = TeamReport.objects.get(quarter_on=QUARTER)
    for who in (told.operator, told.lead, told.worker, told.cast.executive):
        text = shown(who.client, report)
        assert [word for word in ("765,432", "Leeds", "Lake Capital", "5,000,000", "Worker") if word not in text] == []


@pytest.mark.parametrize("who", ["partner", "rival"])
def test_a_partner_and_other_teams_see_heads_and_no_money(told: Scene, who: str) -> None:
    member = told.rival if who == "rival" else told.cast.partner
    text = shown(member.client, TeamReport.objects.get(quarter_on=QUARTER))

    assert "11" in text
    assert "Domestic" in text
    assert [word for word in PRIVATE if word in text] == []


def test_history_hides_money_and_remarks(told: Scene) -> None:
    report = TeamReport.objects.get(quarter_on=QUARTER)
    text = told.cast.partner.client.get(f"/history/report:{report.pk}/").text

    assert "Leeds" not in text
    assert "76543200" not in text


def test_an_outsider_learns_of_nothing(told: Scene) -> None:
    report = TeamReport.objects.get(quarter_on=QUARTER)
    for path in ("teams/", "teams/lantern/", f"reports/{report.pk}/", "reports/2019-Q3/"):
        assert told.cast.outsider.client.get(BASE + path).status_code == 404


def test_the_list_counts_people_once_and_narrows(told: Scene) -> None:
    text = told.operator.client.get(f"{BASE}teams/").text
    assert "1 team is resident" in text
    assert "2 people work in them" in text

    asked = f"{BASE}teams/?standing=resident&origin=domestic&stale=2019-10-01&format=csv"
    found = _file(told.operator.client, asked)
    assert "Lantern" in found
    assert "Harbour" not in found


def test_a_link_shows_the_last_values_takes_a_report_and_a_correction(scene: Scene) -> None:
    operations.record_baseline(
        team=scene.team,
        heads=Heads(9, 4),
        stands_on=date(2019, 3, 1),
        by=scene.operator.person,
        at=moment(TODAY, 0),
    )
    url, nobody = link(scene), Client()

    page = nobody.get(url).text
    first = nobody.post(url, SAID | MONEY)
    again = nobody.get(url).text
    second = nobody.post(url, SAID | {"jobs": "13"})

    assert 'value="9"' in page
    assert "Last time: 9 (1 Mar 2019)." in page
    assert "12 jobs, 7 of them in research" in first.text
    assert "What you send now replaces it" in again
    assert "13 jobs" in second.text
    assert list(TeamReport.objects.filter(struck_at=None, quarter_on=QUARTER).values_list("jobs")) == [(13,)]
    assert list(Funding.objects.values_list("amount_minor", "source")) == [(5_000_000_00, "Lake Capital")]


def test_a_link_used_up_says_that_it_was_used(scene: Scene) -> None:
    url, nobody = link(scene, uses=1), Client()
    nobody.post(url, SAID)

    answer = nobody.get(url)

    assert answer.status_code == 410
    assert "This link was used" in answer.text


def test_a_link_without_an_open_round_says_so(scene: Scene) -> None:
    url = link(scene)
    scene.site.rounds.update(due_on=date(2019, 8, 1))

    answer = Client().get(url)

    assert answer.status_code == 410
    assert "The round that this link was made for is over" in answer.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"research_jobs": "13"}, "Enter 12 or fewer"),
        ({"jobs": ""}, "Enter the jobs."),
        ({"jobs": "-1"}, "Enter 0 or more."),
        ({"stands_on": "2019-06-30"}, "2019-07-01 at the earliest"),
        ({"amount": "100"}, "Choose the kind of money."),
        ({"funding_kind": "grant"}, "Enter the amount."),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_unused(scene: Scene, wrong: dict[str, str], words: str) -> None:
    url = link(scene)

    answer = Client().post(url, SAID | wrong)

    assert answer.status_code == 422
    assert words in answer.text
    assert SignedLink.objects.get().uses_left == 5
    assert not TeamReport.objects.exists()


def test_a_lead_reports_signed_in_and_a_member_does_not(scene: Scene) -> None:
    operations.open_round(
        site=scene.site,
        quarter_on=QUARTER,
        due_on=date(2019, 10, 15),
        by=scene.operator.person,
        at=moment(TODAY, 0),
    )
    url = f"{BASE}reports/2019-Q3/lantern/"

    assert [one.client.get(url).status_code for one in (scene.lead, scene.worker, scene.rival)] == [200, 403, 403]
    assert scene.lead.client.post(url, SAID).status_code == 302
    assert "Lantern" in scene.lead.client.get(f"{BASE}teams/lantern/").text


def test_a_round_says_who_is_missing(scene: Scene) -> None:
    client = scene.operator.client
    asked = client.post(f"{BASE}reports/ask/", {"quarter": "2019-Q3", "due_on": "2019-10-15"}, follow=True).text
    scene.site.rounds.update(due_on=date(2019, 9, 29))
    overdue = client.get(f"{BASE}reports/2019-Q3/").text

    assert "0 of 1 teams have reported" in asked
    assert "1 is still to come." in asked
    assert "1 is overdue." in overdue
    assert "Lantern" in _file(client, f"{BASE}reports/2019-Q3/?state=missing&format=csv")
    assert "Lantern" not in _file(client, f"{BASE}reports/2019-Q3/?state=reported&format=csv")


def test_a_flagged_report_is_looked_at(told: Scene) -> None:
    client, report = told.operator.client, TeamReport.objects.get(quarter_on=QUARTER)
    assert "More than doubled or halved" in client.get(f"{BASE}reports/flagged/").text
    assert "Look at the report" in client.get("/waiting/").text

    client.post(f"{BASE}reports/{report.pk}/look/")

    assert "Nothing to look at" in client.get(f"{BASE}reports/flagged/").text


def test_a_team_is_registered_with_a_new_contact_and_changed_in_place(scene: Scene) -> None:
    client = scene.operator.client
    sent = {
        "name_0": "Orchard",
        "name_1": "果园",
        "key": "orchard",
        "kind": "incubated",
        "origin": "international",
        "country": "GB",
        "stage": "seed",
        "contact": "fang@example.org",
        "contact_name": "王芳",
    }
    assert client.post(f"{BASE}teams/new/", sent).status_code == 302
    team = Team.objects.get(key="orchard")
    assert team.contact is not None
    assert (team.contact.name.zh_hans, team.contact.email) == ("王芳", "fang@example.org")

    page = client.get(f"{BASE}teams/orchard/change/")
    carried = dict(page.context["form"].carried)
    del sent["key"], sent["contact_name"]
    assert client.post(f"{BASE}teams/orchard/change/", sent | carried | {"stage": "growth"}).status_code == 302
    assert client.post(f"{BASE}teams/orchard/change/", sent | carried | {"stage": "idea"}).status_code == 409
    team.refresh_from_db()
    assert (team.stage, team.version) == ("growth", 2)


def test_an_unknown_contact_without_a_name_is_refused(scene: Scene) -> None:
    sent = {"name_0": "A", "key": "a", "kind": "incubated", "origin": "domestic", "stage": "seed", "contact": "x@y.cn"}

    answer = scene.operator.client.post(f"{BASE}teams/new/", sent)

    assert answer.status_code == 422
    assert "Nobody is known by this" in answer.text


def test_a_table_is_checked_and_then_brought_in(scene: Scene) -> None:
    client, url = scene.operator.client, f"{BASE}teams/bring-in/"
    text = "short name,name,origin,stage\norchard,Orchard,domestic,seed\nbad one,Bad,domestic,seed\n"

    checked = client.post(url, {"file": SimpleUploadedFile("teams.csv", text.encode())})
    assert "small letters" in checked.text
    assert ">Team</th>" in checked.text
    assert not Team.objects.filter(key="orchard").exists()
    done = client.post(url, {"carried": checked.context["carried"], "rows": "good"})

    assert "What the table did" in done.text
    assert Team.objects.filter(key="orchard").exists()


def test_pages_are_chinese_for_chinese_readers(told: Scene) -> None:
    told.operator.client.cookies.load({"django_language": "zh-hans"})
    with translation.override("zh-hans"):
        text = told.operator.client.get(f"{BASE}teams/lantern/", headers={"accept-language": "zh-hans"}).text

    assert "人数" in text


LISTS = {"teams/": 11, "reports/": 10, "reports/2019-Q3/": 12, "reports/flagged/": 9, "teams/lantern/": 19}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("many", [False, True])
def test_lists_take_as_many_queries_for_many_rows(
    told: Scene, django_assert_num_queries: DjangoAssertNumQueries, path: str, many: bool
) -> None:
    if many:
        _more(told)
    told.operator.client.get(BASE + path)

    with django_assert_num_queries(LISTS[path]):
        told.operator.client.get(BASE + path)


def _more(scene: Scene) -> None:
    """Let twelve more teams live there and report oddly."""
    by: dict[str, Any] = {"by": scene.operator.person, "at": moment(TODAY, 2)}
    round_ = scene.site.rounds.get()
    for number in range(12):
        team = Team.objects.get(pk=scene.other_team.pk)
        team.pk, team.key, team.registered_at = None, f"team-{number}", moment(TODAY, 1)
        team.save()
        scene.tenancy.pk, scene.tenancy.number, scene.tenancy.team = None, f"T-{number}", team
        scene.tenancy.save()
        for person in (scene.worker.person, scene.rival.person):
            operations.add_member(team=team, person=person, role="lead", starts_on=TODAY, **by)
        if number % 2:
            operations.report_quarter(team=team, round=round_, heads=Heads(0, 0), stands_on=TODAY, **by)
    for quarter_on in (date(2019, 1, 1), date(2019, 4, 1)):
        made = operations.open_round(site=scene.site, quarter_on=quarter_on, due_on=TODAY, **by)
        operations.report_quarter(team=scene.team, round=made, heads=Heads(5, 1), stands_on=TODAY, **by)
