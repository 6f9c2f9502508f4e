"""Plans of who moves where: a dry run with a reason for each team, another policy, and what publishing does."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.cast import moment
from tests.workspace.scene import Scene

from accord.kernel.text import Bilingual
from accord.workspace import operations, queries
from accord.workspace.enums import ApplicationState, Origin, PlanMethod, PlanState, SpaceKind, Stage, TenancyState
from accord.workspace.models import Application, Plan, Space, Team, Tenancy, TenancySpace
from accord.workspace.queries import PlanTerms

pytestmark = pytest.mark.django_db

FROM, TODAY = date(2019, 12, 1), date(2019, 9, 30)
NOW = moment(TODAY)
ADDRESS = "/workspace/dreamworks/plans/"


def newcomer(scene: Scene, key: str, stage: str = Stage.SEED) -> Team:
    """Register another team."""
    return operations.register_team(
        site=scene.site,
        key=key,
        name=Bilingual(key.title(), ""),
        origin=Origin.DOMESTIC,
        stage=stage,
        by=scene.operator.person,
        at=NOW,
    )


def waits(scene: Scene, team: Team, area: int, **wish: Any) -> Application:
    """Put a team on the waiting list."""
    return operations.apply_for_space(
        team=team, area_m2=Decimal(area), people=4, from_on=TODAY, by=scene.operator.person, at=NOW, **wish
    )


def planned(scene: Scene, **change: Any) -> Plan:
    """Make a plan as the operator would."""
    given: dict[str, Any] = {"name": "Moves in winter", "from_on": FROM, "terms": PlanTerms()}
    return operations.make_plan(site=scene.site, by=scene.operator.person, at=NOW, **(given | change))


def said(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return for each team its spaces and the reason in words."""
    return {row.team_key: (row.spaces, row.reason) for row in queries.plan_rows(plan, None)}


def test_plan_gives_each_team_a_place_or_the_reason_why_not(scene: Scene) -> None:
    waits(scene, scene.other_team, 70, price_limit_minor=400_000)
    waits(scene, newcomer(scene, "tower"), 500)
    waits(scene, newcomer(scene, "broth"), 90, kind=SpaceKind.LAB, features=["fume-hood"])
    waits(scene, newcomer(scene, "penny"), 75, price_limit_minor=100_000)

    plan = planned(scene)

    assert said(plan) == {
        "harbour": ("A-002", "No place on offer suits it better."),
        "tower": ("", "Nothing is large enough: the largest has 140 m², it needs 500."),
        "broth": ("", "No place of the right size has all that it needs. Missing: fume-hood."),
        "penny": ("", "The cheapest place that fits is CNY 3,200.00 a month, over its limit of CNY 1,000.00."),
    }
    assert Tenancy.objects.count() == 1
    assert (plan.state, plan.status, plan.cost) == (PlanState.DRAFT, "proven", 1000)


def test_who_stands_further_up_the_waiting_list_gets_the_place(scene: Scene) -> None:
    waits(scene, newcomer(scene, "later", Stage.MATURE), 75)
    waits(scene, newcomer(scene, "named", Stage.MATURE), 75, has_priority=True)
    waits(scene, newcomer(scene, "early", Stage.IDEA), 75)

    stated, by_day = planned(scene), planned(scene, terms=PlanTerms(order="day"), name="By day")

    assert said(stated)["named"][0] == "A-002"
    assert said(stated)["early"][1] == "All that fits goes to teams that come first: its best, A-002, to Named."
    assert said(by_day)["later"][0] == "A-002"
    assert [row.team_key for row in queries.plan_rows(by_day, stated) if row.changed == "yes"] == ["later", "named"]


def test_team_that_may_move_makes_room_and_is_told_why(scene: Scene) -> None:
    Space.objects.filter(pk=scene.office.pk).update(features=["view"])
    waits(scene, scene.other_team, 50, features=["view"], price_limit_minor=300_000)

    stays, moves = planned(scene), planned(scene, name="With a move", terms=PlanTerms(movers=(scene.team.pk,)))

    assert said(stays)["harbour"] == ("", "What would fit, A-001, stays let to Lantern.")
    assert said(moves)["harbour"] == ("", "All that fits goes to teams that come first: its best, A-001, to Lantern.")
    assert said(moves)["lantern"] == ("A-001", "Stays where it is: no place on offer is worth a move.")


def test_same_plan_again_is_the_draft_there_is(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)

    assert planned(scene) == planned(scene)
    assert planned(scene, terms=PlanTerms(waste=2)) != planned(scene)
    assert Plan.objects.count() == 2


def test_plan_without_anybody_to_place_is_refused(scene: Scene) -> None:
    with pytest.raises(operations.NobodyToPlace, match="Nobody waits for space"):
        planned(scene)


def test_what_is_offered_or_closes_is_not_given_out(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)
    Space.objects.filter(pk=scene.next_office.pk).update(ends_on=date(2020, 6, 1))

    plan = planned(scene)

    assert said(plan)["harbour"] == ("", "Nothing is large enough: the largest has 60 m², it needs 70.")


def publish(scene: Scene, plan: Plan) -> operations.Published:
    """Publish a plan as the operator would."""
    return operations.publish_plan(
        plan=plan, ends_on=date(2021, 12, 1), answer_by_on=date(2019, 10, 15), by=scene.operator.person, at=NOW
    )


def test_published_plan_offers_and_moves_once(scene: Scene) -> None:
    application = waits(scene, scene.other_team, 70)
    grown = waits(scene, scene.team, 95, kind=SpaceKind.LAB)
    plan = planned(scene)

    done, again = publish(scene, plan), publish(scene, plan)

    (offer,) = done.offers
    assert [held.space for held in offer.spaces.all()] == [scene.next_office]
    assert (offer.team, offer.state, offer.starts_on) == (scene.other_team, TenancyState.OFFERED, FROM)
    assert [one.team for one in done.moved] == [scene.team]
    held = TenancySpace.objects.filter(tenancy=scene.tenancy).order_by("starts_on")
    assert [(one.space, one.starts_on, one.ends_on) for one in held] == [
        (scene.office, date(2019, 3, 1), FROM),
        (scene.lab, FROM, date(2020, 3, 1)),
    ]
    assert (again.offers, again.moved) == ((), ())
    application.refresh_from_db()
    grown.refresh_from_db()
    assert (application.state, grown.state) == (ApplicationState.OFFERED, ApplicationState.PLACED)


def test_waiting_team_gets_what_a_moving_team_leaves(scene: Scene) -> None:
    waits(scene, scene.team, 95, kind=SpaceKind.LAB)
    waits(scene, scene.other_team, 58)
    waits(scene, newcomer(scene, "second"), 79)

    done = publish(scene, planned(scene))

    assert {one.team.key: one.spaces.get().space.code for one in done.offers} == {"harbour": "A-001", "second": "A-002"}


def test_plan_is_not_published_over_changed_records(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)
    plan = planned(scene)
    waits(scene, newcomer(scene, "fresh"), 70)

    with pytest.raises(operations.PlanOutdated, match="Make it again and compare"):
        publish(scene, plan)

    assert Tenancy.objects.count() == 1


def test_dropped_plan_is_not_published_nor_a_published_one_dropped(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)
    plan = planned(scene)
    for _ in range(2):
        operations.drop_plan(plan=plan, by=scene.operator.person, at=NOW)
    with pytest.raises(operations.PlanClosed):
        publish(scene, plan)

    other = planned(scene)
    publish(scene, other)
    with pytest.raises(operations.PlanClosed):
        operations.drop_plan(plan=other, by=scene.operator.person, at=NOW)


def test_search_says_how_good_the_plan_is(scene: Scene) -> None:
    pytest.importorskip("ortools")
    waits(scene, scene.other_team, 70)

    assert (planned(scene, method=PlanMethod.SEARCH).status, planned(scene).digest) == ("proven", planned(scene).digest)


def test_terms_survive_being_kept() -> None:
    terms = replace(PlanTerms(), movers=(3, 1), split=5, fixed={"4": [7]})

    assert PlanTerms.from_data(json.loads(json.dumps(terms.as_data()))) == terms


def test_page_says_why_and_what_would_have_to_change(scene: Scene) -> None:
    waits(scene, scene.other_team, 70, price_limit_minor=100_000)
    plan = planned(scene)

    page = scene.operator.client.get(f"{ADDRESS}{plan.pk}/teams/harbour/").text

    assert "The cheapest place that fits is CNY 3,200.00 a month, over its limit of CNY 1,000.00." in page
    assert "With a limit higher by CNY 2,200.00, at CNY 3,200.00 a month, it could have A-002." in page


def test_reason_is_told_in_chinese(scene: Scene) -> None:
    waits(scene, newcomer(scene, "tower"), 500)
    plan = planned(scene)

    with translation.override("zh-hans"):
        assert said(plan)["tower"][1] == "没有足够大的空间：最大的为140平方米，需要500平方米。"


def test_form_makes_a_plan_and_begins_from_an_earlier_one(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)
    TenancySpace.objects.update(ends_on=None)
    answers = {"name": "Winter", "from_on": str(FROM), "order": "day", "method": "rule", "movers": [scene.team.pk]}
    answers |= {"waste": "3", "wish": "1", "beside": "1", "move": "9", "share_percent": "40", "slack_m2": "0"}

    sent = scene.operator.client.post(f"{ADDRESS}make/", answers)

    plan = Plan.objects.get()
    assert sent["Location"] == f"{ADDRESS}{plan.pk}/"
    assert PlanTerms.from_data(plan.policy) == PlanTerms(
        order="day",
        strict=False,
        waste=3,
        wish=1,
        beside=1,
        move=9,
        share_percent=40,
        slack_m2=0,
        movers=(scene.team.pk,),
    )
    again = scene.operator.client.get(f"{ADDRESS}make/?like={plan.pk}").text
    assert 'value="Winter"' in again


def test_lists_go_out_as_a_file(scene: Scene) -> None:
    waits(scene, scene.other_team, 70)
    plan = planned(scene)

    sent = scene.operator.client.get(f"{ADDRESS}{plan.pk}/?format=csv")

    text = b"".join(sent.streaming_content).decode() if sent.streaming else sent.text
    assert "A-002" in text
    assert plan.digest in text


@pytest.mark.parametrize(("who", "status"), [("operator", 200), ("lead", 403), ("rival", 403)])
def test_plans_are_the_operators_matter(scene: Scene, who: str, status: int) -> None:
    waits(scene, scene.other_team, 70)
    plan = planned(scene)

    for address in (
        ADDRESS,
        f"{ADDRESS}{plan.pk}/",
        f"{ADDRESS}{plan.pk}/publish/",
        f"{ADDRESS}{plan.pk}/teams/harbour/",
    ):
        assert getattr(scene, who).client.get(address).status_code == status
    assert scene.cast.outsider.client.get(f"{ADDRESS}{plan.pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 8])
@pytest.mark.parametrize(("page", "count"), [("", 9), ("plan", 12)])
def test_pages_ask_the_same_number_of_queries(scene: Scene, number: int, page: str, count: int) -> None:
    for each in range(number):
        waits(scene, newcomer(scene, f"team-{each}"), 20)
    plan = planned(scene)
    for each in range(number):
        planned(scene, name=f"Plan {each}", from_on=FROM + timedelta(days=each))
    address = f"{ADDRESS}{plan.pk}/" if page else ADDRESS

    scene.operator.client.get(address)
    with CaptureQueriesContext(connection) as seen:
        scene.operator.client.get(address)

    assert len(seen) == count
