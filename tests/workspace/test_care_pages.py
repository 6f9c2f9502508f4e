"""Pages of mentors, services and events: what stands there for whom, and how many queries they take."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.cast import moment
from tests.workspace import cared as stock
from tests.workspace.cared import SUBJECT, Cared
from tests.workspace.scene import Scene

from accord.kernel.models import World
from accord.kernel.text import Bilingual
from accord.workspace import operations

pytestmark = pytest.mark.django_db
HOME = "/workspace/dreamworks/"
TODAY = date(2019, 9, 30)
PAGES = [
    ("care/", 13),
    ("mentors/", 10),
    ("mentors/{mentor}/", 10),
    ("mentor-hours/", 10),
    ("mentor-hours/{taken}/", 9),
    ("services/", 9),
    ("services/used/", 9),
    ("events/", 9),
    ("events/{event}/", 10),
    ("announcements/", 9),
    ("staff/", 10),
]


@pytest.fixture
def cared(scene: Scene) -> Cared:
    """Put one of everything at the site, in a demo world of September 2019."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY))
    return stock.furnish(scene)


@pytest.mark.parametrize(("path", "queries"), PAGES)
def test_page_takes_as_many_queries_for_much_as_for_little(
    scene: Scene, cared: Cared, django_assert_num_queries, path: str, queries: int
) -> None:
    path = HOME + path.format(mentor=cared.mentor.pk, taken=cared.taken.pk, event=cared.event.pk)
    operations.sign_up(event=cared.event, by=scene.rival.person, at=stock.SET_UP)
    scene.operator.client.get(path)  # fills what a process keeps

    with django_assert_num_queries(queries):
        assert scene.operator.client.get(path).status_code == 200
    _more(scene, cared)
    with django_assert_num_queries(queries):
        scene.operator.client.get(path)


def _more(scene: Scene, cared: Cared) -> None:
    """Add several of everything."""
    told = {"by": scene.cast.owner.person, "at": stock.SET_UP}
    operations.offer_hours(mentor=cared.mentor, hours=stock.hours(date(2019, 10, 21), starts=8, weeks=2), **told)
    for number in range(4):
        person = stock.someone(f"more-{number}")
        operations.appoint_mentor(site=scene.site, person=person, starts_on=TODAY, **told)
        operations.add_staff(site=scene.site, person=person, is_professional=True, starts_on=TODAY, **told)
        service = operations.add_service(
            site=scene.site, name=Bilingual(f"Service {number}"), unit=Bilingual(), value_minor=5, **told
        )
        operations.record_service(
            service=service, team=scene.team, used_on=stock.SET_UP.date(), quantity=Decimal(1), **told
        )
        event = operations.announce_occasion(
            site=scene.site, facts=stock.facts(starts_at=stock.EVENT_AT - timedelta(days=number)), **told
        )
        operations.sign_up(event=event, by=person, at=stock.SET_UP)
        operations.announce(site=scene.site, title=Bilingual(f"News {number}"), shown_from_on=date(2019, 9, 2), **told)
    operations.sign_up(event=cared.event, by=scene.lead.person, at=stock.SET_UP)


def test_what_an_hour_is_about_stands_there_for_team_and_operator_alone(scene: Scene, cared: Cared) -> None:
    path = f"{HOME}mentor-hours/{cared.taken.pk}/"

    pages = {
        name: who.client.get(path).content.decode()
        for name, who in {
            "operator": scene.operator, "lead": scene.lead, "worker": scene.worker, "rival": scene.rival,
            "partner": scene.cast.partner, "executive": scene.cast.executive,
        }.items()
    }  # fmt: skip
    assert {name for name, page in pages.items() if SUBJECT in page} == {"operator", "lead", "worker"}
    assert {name for name, page in pages.items() if "Lantern" in page} == {"operator", "lead", "worker"}
    listed = scene.rival.client.get(f"{HOME}mentor-hours/?format=csv")
    assert b"Lantern" not in b"".join(listed)


def test_team_takes_an_hour_gives_it_back_and_another_takes_it(scene: Scene, cared: Cared) -> None:
    path = f"{HOME}mentor-hours/{cared.free.pk}/"
    form = {"team": scene.team.pk, "subject": "Sales"}

    assert scene.rival.client.post(f"{path}take/", form).status_code == 422
    assert scene.worker.client.post(f"{path}take/", form).status_code == 302
    rival = {"team": scene.other_team.pk, "subject": "Sales"}
    refused = scene.rival.client.post(f"{path}take/", rival)
    assert (refused.status_code, "Another team has just taken this hour" in refused.content.decode()) == (422, True)
    assert scene.rival.client.post(f"{path}give-back/").status_code == 403
    assert scene.lead.client.post(f"{path}give-back/").status_code == 302
    assert scene.rival.client.post(f"{path}take/", rival).status_code == 302
    assert scene.cast.partner.client.get(f"{path}take/").status_code == 403


def test_people_of_a_team_see_what_their_own_team_used(scene: Scene, cared: Cared) -> None:
    path = f"{HOME}services/used/"

    assert "Legal advice" in scene.worker.client.get(path).content.decode()
    assert "Legal advice" not in scene.rival.client.get(path).content.decode()
    assert scene.cast.partner.client.get(path).status_code == 403


def test_names_of_those_who_sign_up_stand_there_for_the_operator_alone(scene: Scene, cared: Cared) -> None:
    path = f"{HOME}events/{cared.event.pk}/"

    assert scene.worker.client.post(f"{path}sign-up/", {"team": scene.team.pk}).status_code == 302
    assert cared.event.signed_up.get().team == scene.team
    names = {name: "Worker" in who.client.get(path).content.decode() for name, who in (
        ("operator", scene.operator), ("rival", scene.rival), ("partner", scene.cast.partner),
    )}  # fmt: skip
    assert names == {"operator": True, "rival": False, "partner": False}
    assert scene.cast.partner.client.post(f"{path}sign-up/").status_code == 403


def test_full_event_says_so(scene: Scene, cared: Cared) -> None:
    path = f"{HOME}events/{cared.event.pk}/"
    for who in (scene.lead, scene.rival):
        who.client.post(f"{path}sign-up/")

    answer = scene.worker.client.post(f"{path}sign-up/", follow=True).content.decode()

    assert "All places are taken" in answer
    assert cared.event.signed_up.count() == 2


def test_operator_enters_everything_by_forms(scene: Scene, cared: Cared) -> None:
    client = scene.operator.client
    mentor = f"{HOME}mentors/{cared.mentor.pk}/"
    forms = {
        f"{HOME}mentors/new/": {"person": "ada@example.org", "person_name": "Ada", "starts_on": "2019-09-30"},
        f"{mentor}offer/": {
            "first_on": "2019-10-21", "starts": "09:00", "ends": "11:00", "minutes": "30", "weeks": "2",
        },
        f"{HOME}services/new/": {"name_0": "Law", "unit_0": "hour", "value": "10.50", "price": "0"},
        f"{HOME}events/new/": {"title_0": "Night", "on": "2019-10-20", "starts": "22:00", "ends": "01:00"},
        f"{HOME}announcements/new/": {"title_0": "Lift", "shown_from_on": "2019-09-30"},
        f"{HOME}staff/new/": {"person": "bo@example.org", "person_name": "Bo", "starts_on": "2019-09-30"},
        f"{HOME}staff/funds/new/": {"amount": "5000000", "currency": "CNY", "starts_on": "2019-09-30"},
        f"{mentor}end/": {"ends_on": "2019-10-28"},
    }  # fmt: skip

    assert {path: client.post(path, form).status_code for path, form in forms.items()} == dict.fromkeys(forms, 302)
    night = scene.site.occasions.get(title__en="Night")
    assert night.ends_at - night.starts_at == timedelta(hours=3)
    states = [one.state for one in cared.mentor.sessions.filter(starts_at__gt=moment(date(2019, 10, 15)))]
    assert (states.count("offered"), states.count("cancelled")) == (4, 4)
    assert scene.site.services.get(name__en="Law").value_minor == 1050
