"""Pages of the slate: what the office does there, what it costs, and what nobody learns before they are told."""

import re
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes.deciding import DAY, LATER, WHY, due, let_go, one_due, opened, panel_of, reviewed, settled
from tests.programmes.scene import WHILE_OPEN, Scene

from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.privacy.models import ReadNote
from accord.programmes import models, operations, queries
from accord.programmes.enums import Outcome
from accord.review.models import Panel

pytestmark = pytest.mark.django_db

SLATE = "/programmes/summer/2019/office/slate/"


def page(client: Client, address: str) -> str:
    """Return a page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def sent(client: Client, address: str, **given: Any) -> str:
    """Return where a form leads that was sent and taken."""
    answer = client.post(address, given)
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return str(answer.headers["Location"])


def test_the_office_opens_decides_and_settles_on_pages_alone(scene: Scene) -> None:
    due(scene, ["90", "80", "70", "60"], quota=2, reserve=1)
    client = scene.manager.client
    assert "4 decisions are due." in page(client, SLATE)
    sent(client, f"{SLATE}keep/", quota="2", reserve_length="1")
    missing = client.post(f"{SLATE}proposals/", {"saved": ""})
    assert missing.status_code == 422
    sent(client, f"{SLATE}proposals/", saved="full")
    refused = client.post(f"{SLATE}decide/SUM-19-D004/", {"outcome": "accept", "version": "1"})
    assert refused.status_code == 422
    sent(client, f"{SLATE}decide/SUM-19-D004/", outcome="accept", note="Vouched for.", version="1")
    stale = client.post(f"{SLATE}decide/SUM-19-D004/", {"outcome": "reserve", "note": "No.", "version": "1"})
    assert stale.status_code == 422
    settle = page(client, f"{SLATE}settle/")
    assert "1 more is accepted than the quota says." in settle
    seen = re.search(r'name="seen" value="(\w+)"', settle)
    assert seen
    assert client.post(f"{SLATE}settle/", {"seen": "other"}).status_code == 422
    done = sent(client, f"{SLATE}settle/", seen=seen[1])
    assert done == f"{SLATE}1/"
    assert "Nobody was told yet." in page(client, done)
    assert "Letters of a settled slate are held back." in page(client, SLATE)


def test_another_quota_shows_what_would_be_and_keeps_nothing(scene: Scene) -> None:
    due(scene, ["90", "80"], quota=1)
    slate = opened(scene)
    tried = page(scene.manager.client, f"{SLATE}?quota=2&reserve_length=0")
    assert "What if:" in tried
    assert tried.count(">Accept<") > page(scene.manager.client, SLATE).count(">Accept<")
    slate.refresh_from_db()
    assert (slate.quota, slate.decisions.count()) == (1, 0)
    assert scene.manager.client.get(f"{SLATE}?quota=many").status_code == 200


def test_several_are_decided_at_once(scene: Scene) -> None:
    rows = due(scene, ["90", "80", "70"], quota=0)
    slate = opened(scene)
    picked = [str(one.pk) for one in rows[:2]]
    sent(scene.manager.client, f"{SLATE}decide/", applications=picked, outcome="decline", saved="fit")
    assert list(slate.decisions.values_list("outcome", flat=True)) == [Outcome.DECLINE] * 2
    assert slate.decisions.filter(reason=dict(queries.saved_reasons(scene.call))["fit"].en).count() == 2


def test_the_slate_is_exported_narrowed_and_sorted(scene: Scene) -> None:
    due(scene, ["9", "100", "70"], quota=1)
    client = scene.manager.client
    raw = page(client, f"{SLATE}?sort=-raw&format=csv")
    assert [line.split(",")[1] for line in raw.splitlines() if "SUM-19" in line] == [
        "SUM-19-D002",
        "SUM-19-D003",
        "SUM-19-D001",
    ]
    assert "SUM-19-D002" not in page(client, f"{SLATE}?proposed=decline&format=csv")


@pytest.mark.parametrize("address", [SLATE, f"{SLATE}?format=csv", f"{SLATE}1/", f"{SLATE}1/?format=csv"])
def test_whose_decision_the_office_read_is_noted(scene: Scene, address: str) -> None:
    rows = due(scene, ["90", "80"], quota=1)
    if "1/" in address:
        settled(scene)

    page(scene.manager.client, address)

    (noted,) = ReadNote.objects.all()
    assert (noted.reader_id, noted.shown) == (scene.manager.person.pk, sorted(one.applicant_id for one in rows))


def test_a_slate_asks_as_many_questions_for_many_as_for_few(scene: Scene) -> None:
    due(scene, ["90", "80"], quota=1)
    opened(scene)
    few = cost(scene)
    panel = panel_of(scene)
    for number in range(10, 40):
        one_due(scene, panel, number, str(number))
    assert (few, cost(scene)) == (12, 12)


def cost(scene: Scene) -> int:
    """Return how many queries the page takes."""
    page(scene.manager.client, SLATE)
    with CaptureQueriesContext(connection) as asked:
        page(scene.manager.client, SLATE)
    return len(asked)


SECRETS = ("is not accepted", "未录取", WHY.en, WHY.zh_hans, "Vouched for by the dean")


def test_nothing_of_a_decision_is_known_before_it_is_told(scene: Scene) -> None:
    due(scene, ["90"], quota=1)
    slate = opened(scene)
    panel = panel_of(scene)
    one = mine_due(scene, panel, 9, "10")
    told: dict[str, Any] = {"slate": slate, "by": scene.manager.person, "at": DAY}
    operations.decide(application=one, outcome=Outcome.DECLINE, reason=WHY, note="Vouched for by the dean", **told)
    operations.settle_slate(**told)
    mine = scene.applicant.client
    for address in addresses_of(one):
        answer = mine.get(address)
        body = answer.content.decode(errors="ignore")
        assert not [each for each in SECRETS if each in body], address
    decision = reverse("programmes:decision", args=[one.reference])
    assert mine.get(decision).status_code == 404
    let_go(slate, scene.cast.owner.person)
    shown = page(mine, decision)
    assert WHY.en in shown
    assert f'href="{decision}"' in page(mine, reverse("programmes:my-application", args=[one.reference]))
    assert "Vouched for by the dean" not in shown


def mine_due(scene: Scene, panel: Panel, number: int, score: str) -> models.Application:
    """Make an application of somebody with an account whose decision is due, in place of their draft."""
    scene.draft.delete()
    return one_due(scene, panel, number, score, person=scene.applicant.person, reference="SUM-19-MINE")


def addresses_of(one: models.Application) -> list[str]:
    """Return the pages on which an applicant might look for the outcome."""
    own = reverse("programmes:my-application", args=[one.reference])
    return [
        own,
        reverse("programmes:my-applications"),
        f"{own}decision/",
        f"{own}result/",
        reverse("programmes:results"),
        reverse("programmes:call", args=["summer", "2019"]),
        "/programmes/summer/2019/draw/",
        SLATE,
        f"{SLATE}1/",
        f"{SLATE}1/order.json",
        "/notices/",
        "/waiting/",
        f"/search/?q={one.reference}",
        f"/search/suggest/?q={one.reference}",
        f"/history/application/{one.pk}/",
        f"/api/v1/programmes/applications/{one.reference}",
        "/",
    ]


def test_no_name_of_a_reviewer_reaches_the_applicant(scene: Scene) -> None:
    due(scene, [], quota=1)
    one = mine_due(scene, panel_of(scene), 1, "90")
    reviewed(one, "Say more about clearing.")
    let_go(settled(scene), scene.cast.owner.person)
    shown = page(scene.applicant.client, reverse("programmes:decision", args=[one.reference]))
    assert "Say more about clearing." in shown
    assert "Reader" not in shown


def test_whoever_applied_to_the_call_decides_nothing_there(scene: Scene) -> None:
    due(scene, ["90"], quota=1)
    one_due(scene, panel_of(scene), 2, "80", person=scene.manager.person)
    opened(scene)
    for address in ("keep/", "proposals/", "decide/", "decide/SUM-19-D001/", "settle/", "reserve/", "reserve/close/"):
        assert scene.manager.client.get(f"{SLATE}{address}").status_code == 403, address


def test_the_reserve_list_moves_up_on_a_page(scene: Scene) -> None:
    due(scene, ["90", "80", "70"], quota=1, reserve=2)
    let_go(settled(scene), scene.cast.owner.person)
    client = scene.manager.client
    assert "Let the next move up" in page(client, SLATE)
    assert sent(client, f"{SLATE}reserve/", number="1") == f"{SLATE}2/"
    again = client.post(f"{SLATE}reserve/", {"number": "1"})
    assert again.status_code == 422
    let_go(models.Slate.objects.get(number=2), scene.cast.owner.person)
    assert sent(client, f"{SLATE}reserve/close/", saved="reserve-over") == f"{SLATE}3/"


def test_decisions_of_a_round_that_was_run_elsewhere_are_read_like_any_others(scene: Scene) -> None:
    due(scene, [])
    scores = {"SUM-19-T001": "4.10", "SUM-19-T002": "4.75", "SUM-19-T003": "4.10"}
    rows = [
        operations.PastApplication(
            reference=reference,
            person=people.register_person(key=reference.lower(), name=Bilingual(reference, "")),
            started_at=WHILE_OPEN,
            submitted_at=WHILE_OPEN,
            decision=operations.PastDecision(Outcome.DECLINE, score=Decimal(score), reason="No place was left."),
        )
        for reference, score in scores.items()
    ]
    operations.take_over_round(call=scene.call, applications=rows, by=scene.manager.person, at=LATER, decided_at=DAY)
    slate = models.Slate.objects.get()
    client = scene.manager.client

    shown = page(client, f"{SLATE}1/")
    order = page(client, f"{SLATE}1/order.json")

    assert shown.index("SUM-19-T002") < shown.index("SUM-19-T001") < shown.index("SUM-19-T003")
    assert sha256(order.encode()).hexdigest() == slate.digest
    models.Call.objects.filter(pk=scene.call.pk).update(finished_at=LATER, finished_by=scene.manager.person)
    assert "so nothing was drawn" in page(Client(), "/programmes/summer/2019/draw/")
