"""Pages of the waiting list, tenancies, benefits and graduates: who sees what, and how many queries a list takes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.cast import moment
from tests.workspace.scene import Scene
from tests.workspace.test_tenancies import apply, offer, signed, who

from accord.kernel.models import World
from accord.people import operations as people
from accord.workspace import models, operations
from accord.workspace.enums import ANSWER_OFFER, GraduationRule, TenancyState

pytestmark = pytest.mark.django_db
HOME = "/workspace/dreamworks"
TODAY = date(2019, 4, 15)


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    """Let it be a day between applying and answering, and speak English."""
    World.objects.create(is_demo=True, demo_day=TODAY, seed=7, scale=1.0, built_at=moment(TODAY))
    with translation.override("en"):
        yield


def text(client: Client, path: str, status: int = 200) -> str:
    """Return a page."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


class TestOwnView:
    """What a team sees of itself, and others do not."""

    def test_a_team_reads_why_it_stands_where_it_does_without_any_name(self, scene: Scene) -> None:
        apply(scene, scene.team, has_priority=True)
        apply(scene, scene.other_team)

        page = text(scene.rival.client, f"{HOME}/teams/harbour/space/")

        assert "Place 2 of 2" in page
        assert "1 team that the agreement names" in page
        assert "Lantern" not in page

    def test_the_operator_reads_who_stands_before(self, scene: Scene) -> None:
        apply(scene, scene.team, has_priority=True)
        behind = apply(scene, scene.other_team)

        assert "Lantern" in text(scene.operator.client, f"{HOME}/waiting/{behind.pk}/")

    def test_another_team_learns_neither_application_nor_tenancy(self, scene: Scene) -> None:
        assert text(scene.rival.client, f"{HOME}/teams/lantern/space/", 403)
        assert text(scene.rival.client, f"{HOME}/tenancies/{scene.tenancy.pk}/", 404)
        assert text(scene.rival.client, f"{HOME}/tenancies/", 403)
        assert text(scene.rival.client, f"{HOME}/teams/lantern/benefits/", 403)

    def test_a_partner_reads_tenancies_without_rents(self, scene: Scene) -> None:
        partner, operator = scene.cast.partner.client, scene.operator.client

        for path in (f"{HOME}/tenancies/", f"{HOME}/tenancies/{scene.tenancy.pk}/"):
            assert "2,400" in text(operator, path)
            assert "A-001" in text(partner, path)
            assert "2,400" not in text(partner, path)

    def test_a_lead_applies_and_a_plain_member_does_not(self, scene: Scene) -> None:
        wish = {"kind": "office", "area_m2": "60", "people": "9", "from_on": "2019-06-01"}

        refused = scene.worker.client.post(f"{HOME}/teams/lantern/apply/", wish)
        answer = scene.lead.client.post(f"{HOME}/teams/lantern/apply/", wish | {"has_priority": "on"})

        assert (refused.status_code, answer.status_code) == (403, 302)
        (made,) = models.Application.objects.all()
        assert (made.team, made.has_priority, made.applied_by) == (scene.team, False, scene.lead.person)

    def test_a_lead_accepts_and_cannot_answer_for_others(self, scene: Scene) -> None:
        made = offer(scene)
        path = f"{HOME}/teams/harbour/offers/{made.pk}/"

        assert scene.lead.client.post(path, {"answer": "accept"}).status_code == 403
        assert scene.rival.client.post(path, {"answer": "accept"}).status_code == 302

        made.refresh_from_db()
        assert (made.state, made.signed_by) == (TenancyState.SIGNED, scene.rival.person)

    def test_the_offer_waits_for_the_lead_until_it_is_answered(self, scene: Scene) -> None:
        made = offer(scene)
        waiting = text(scene.rival.client, "/waiting/")
        operations.decline_offer(tenancy=made, **who(scene))

        assert "Accept or decline the offer of space" in waiting
        assert "Accept or decline the offer of space" not in text(scene.rival.client, "/waiting/")


class TestLink:
    """Who has no account answers by a link."""

    def test_looking_uses_nothing_up_and_answering_does(self, scene: Scene, client: Client) -> None:
        made = offer(scene)
        people.make_link(
            person=scene.rival.person,
            purpose=ANSWER_OFFER,
            record=f"tenancy:{made.pk}",
            expires_at=moment(TODAY) + timedelta(days=9),
            token="by-this-link",
            **who(scene),
        )
        path = "/workspace/answer/by-this-link/"

        pages = [text(client, path) for _time in range(2)]
        done = client.post(path, {"answer": "decline", "reason": "Too dark."})

        made.refresh_from_db()
        assert all("A-002" in page and "CNY 2,400" in page for page in pages)
        assert (done.status_code, made.state, made.end_note) == (200, TenancyState.DECLINED, "Too dark.")
        assert client.get(path).status_code == 410

    def test_an_unknown_link_leads_nowhere(self, scene: Scene, client: Client) -> None:
        offer(scene)

        assert client.get("/workspace/answer/unknown/").status_code == 404


class TestOperator:
    """What the operator does on pages."""

    def test_an_offer_is_made_from_the_spaces_that_fit(self, scene: Scene) -> None:
        wish = apply(scene, scene.other_team)
        path = f"{HOME}/waiting/{wish.pk}/offer/"
        page = text(scene.operator.client, path)
        terms = {
            "spaces": [str(scene.next_office.pk)],
            "monthly": "3000",
            "relief_percent": "50",
            "notice_days": "60",
            "answer_by_on": "2019-05-10",
            "number": "T-7",
        }

        answer = scene.operator.client.post(path, terms)

        made = models.Tenancy.objects.get(number="T-7")
        (row,) = made.spaces.all()
        assert "A-002 · 80 m²" in page
        assert "A-001" not in page
        assert (answer.status_code, row.monthly_minor, row.relief_percent) == (302, 300_000, Decimal(50))
        assert (made.starts_on, made.ends_on) == (date(2019, 6, 1), date(2020, 6, 1))

    def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(self, scene: Scene) -> None:
        made = signed(scene)

        answer = scene.operator.client.post(
            f"{HOME}/tenancies/{made.pk}/notice/", {"notice_on": "2019-09-01", "leaves_on": "2019-09-10"}
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The contract asks for 60 days of notice. Choose 31 Oct 2019 or a later day." in page

    def test_an_early_exit_asks_why(self, scene: Scene) -> None:
        made = signed(scene)
        path = f"{HOME}/tenancies/{made.pk}/end/"

        without = scene.operator.client.post(path, {"left_on": "2019-12-01", "reason": "early"})
        said = scene.operator.client.post(path, {"left_on": "2019-12-01", "reason": "early", "note": "Moved."})

        assert (without.status_code, said.status_code) == (422, 302)

    def test_the_benefits_of_a_period_are_exported(self, scene: Scene) -> None:
        signed(scene)

        answer = scene.operator.client.get(f"{HOME}/benefits/?since=2019-06-01&until=2019-06-30&format=csv")

        lines = b"".join(answer).decode()
        assert "Harbour,800,0,0,0,800" in lines


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/tenancies/", 9),
        ("/tenancies/ends/", 9),
        ("/waiting/", 8),
        ("/benefits/?since=2019-01-01&until=2020-12-31", 11),
        ("/graduates/", 9),
    ],
)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(scene: Scene, path: str, most: int) -> None:
    _people_of_the_house(scene, 1)
    few = _queries(scene, path)
    _people_of_the_house(scene, 9)

    many = _queries(scene, path)

    assert few == many == most


def _queries(scene: Scene, path: str) -> int:
    text(scene.operator.client, f"{HOME}{path}")
    with CaptureQueriesContext(connection) as found:
        text(scene.operator.client, f"{HOME}{path}")
    return len(found)


def _people_of_the_house(scene: Scene, number: int) -> None:
    """Let more teams wait, have space, and graduate."""
    for one in range(number):
        teams = [_team(scene, f"{kind}-{number}-{one}") for kind in ("waits", "stays", "left")]
        apply(scene, teams[0])
        spaces = [_desk(scene, f"{number}-{one}-{kind}") for kind in "ab"]
        for team, space in zip(teams[1:], spaces, strict=True):
            signed(scene, space=space, team=team, number=f"T-{team.key}", starts_on=date(2019, 3, 1))
        operations.graduate(
            team=teams[2],
            rule=GraduationRule.LISTED,
            graduated_on=date(2019, 4, 12),
            evidence="Prospectus",
            **who(scene, TODAY),
        )


def _team(scene: Scene, key: str) -> models.Team:
    return models.Team.objects.create(
        site=scene.site,
        key=key,
        name=scene.team.name,
        origin="domestic",
        stage="seed",
        registered_at=moment(TODAY),
        registered_by=scene.operator.person,
    )


def _desk(scene: Scene, code: str) -> models.Space:
    return models.Space.objects.create(
        floor=scene.first,
        code=code,
        kind="desk",
        capacity=1,
        door_token=code,
        starts_on=date(2019, 1, 1),
        added_at=moment(TODAY),
    )
