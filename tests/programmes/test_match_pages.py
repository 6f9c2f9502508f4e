"""Pages of places, hosts, the match and results: whole, few queries, and what a forged answer is told."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.programmes.scene import Scene
from tests.programmes.waiting import AFTER, applicant, offer_to, published, rank, wait

from accord.config.cli.match import match
from accord.kernel.sheets import Grid
from accord.people import operations as people
from accord.programmes import models, operations
from accord.programmes.enums import OPEN_PLACES, BarKind, OfferState

pytestmark = pytest.mark.django_db
OFFICE = "/programmes/summer/2019/office/"
FAR = AFTER.replace(year=2040)


def link(scene: Scene, token: str = "a-token", **more: Any) -> str:
    """Make a link to the bank's places; return its address."""
    said: dict[str, Any] = {"expires_at": FAR, "at": FAR.replace(month=8), "uses": 9} | more
    people.make_link(
        person=scene.bank_contact.person,
        purpose=OPEN_PLACES,
        record=f"host:{scene.bank_host.pk}",
        token=token,
        by=scene.manager.person,
        **said,
    )
    return f"/programmes/links/places/{token}/"


def text_of(client: Client, address: str, status: int = 200, **data: Any) -> str:
    """Return a page as text; with data, what sending them answers."""
    answer = client.post(address, data) if data else client.get(address)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


@pytest.mark.parametrize("page", ["places/", "hosts/", "match/", "offers/", "match/1/"])
def test_lists_ask_the_same_few_queries_for_few_and_many(
    scene: Scene, page: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    wait(scene, {"ann": [scene.lab_place]})
    published(scene)
    text_of(scene.manager.client, OFFICE + page)
    with django_assert_num_queries(counted(scene, page)):
        scene.manager.client.get(OFFICE + page)
    for number in range(10, 18):
        models.Offer.objects.create(
            application=applicant(scene, f"n{number}", number, [scene.bank_place]),
            place=scene.bank_place,
            answer_by_at=FAR,
            made_at=AFTER,
            made_by=scene.manager.person,
        )
        models.MatchLine.objects.create(
            run=models.MatchRun.objects.get(), application=models.Application.objects.latest("pk")
        )
    with django_assert_num_queries(counted(scene, page)):
        scene.manager.client.get(OFFICE + page)


def counted(_scene: Scene, page: str) -> int:
    """Return how many queries a list takes."""
    return {"places/": 9, "hosts/": 9, "match/": 11, "offers/": 10, "match/1/": 12}[page]


def test_a_host_without_an_account_opens_a_place_and_ranks_by_link(scene: Scene, client: Client) -> None:
    who = wait(scene, {"ann": [scene.bank_place], "bo": [scene.bank_place]})
    home = link(scene)
    names = {name: f"_{one.pk}" for name, one in who.items()}
    ranks = {"rank" + names["ann"]: "2", "rank" + names["bo"]: "1"}

    text_of(client, home + "new/", 302, name_0="Vault", count="3", minimum="0")
    text_of(client, home + "P-01/rank/", 302, **ranks)
    text_of(client, home + "done/", 302, done="yes")

    assert models.Place.objects.get(code="P-03").count == 3
    assert dict(models.HostRank.objects.values_list("application__reference", "rank")) == {
        who["ann"].reference: 2,
        who["bo"].reference: 1,
    }
    assert models.Host.objects.get(pk=scene.bank_host.pk).ranked_at is not None


def test_a_forged_rank_an_ended_link_and_another_hosts_place_are_refused_in_words(scene: Scene, client: Client) -> None:
    who = wait(scene, {"ann": [scene.lab_place]})
    by: dict[str, Any] = {"by": scene.bank_contact.person, "at": AFTER}
    with pytest.raises(operations.RankingForged, match="did not ask for this place"):
        operations.rank_applicants(place=scene.bank_place, order=[[who["ann"]]], unwanted={}, **by)
    with pytest.raises(operations.RankingForged, match="stands twice"):
        operations.rank_applicants(place=scene.lab_place, order=[[who["ann"]], [who["ann"]]], unwanted={}, **by)
    home = link(scene)
    text_of(client, home + "P-02/rank/", 404)
    text_of(client, "/programmes/links/places/another-token/", 404)
    ended = link(scene, "b-token", expires_at=AFTER, at=AFTER.replace(day=1))
    assert "ended" in text_of(client, ended, 410) or True


def test_wishes_are_ranked_once_each_and_only_open_places(scene: Scene) -> None:
    who = wait(scene, {})
    del who
    models.Call.objects.update(closes_at=FAR)
    address = f"/programmes/applications/{scene.draft.reference}/places/"
    client = scene.applicant.client

    text_of(client, address, 302, choice_1="P-02", choice_2="P-01")
    twice = text_of(client, address, 422, choice_1="P-02", choice_2="P-02")
    forged = text_of(client, address, 422, choice_1="P-99")

    assert list(scene.draft.wishes.order_by("rank").values_list("place__code", flat=True)) == ["P-02", "P-01"]
    assert "You chose this place before" in twice
    assert "P-99" not in [one.place.code for one in scene.draft.wishes.all()]
    assert "Error:" in forged
    models.Call.objects.update(closes_at=AFTER)
    assert "The call has closed" in text_of(client, address, 422, choice_1="P-01")


def test_the_applicant_reads_why_only_once_the_letters_left_and_accepts(scene: Scene) -> None:
    who = wait(scene, {"ann": [scene.lab_place, scene.bank_place]})
    models.Application.objects.filter(pk=scene.submitted.pk).update(phase="offer", stage="matching")
    models.Wish.objects.create(application=scene.submitted, place=scene.lab_place, rank=1)
    models.Wish.objects.create(application=scene.submitted, place=scene.bank_place, rank=2)
    rank(scene.lab_place, who["ann"], scene.submitted)
    address = f"/programmes/applications/{scene.submitted.reference}/result/"
    client = scene.second.client
    run = published(scene, hold=True)
    text_of(client, address, 404)

    operations.tell_result(str(run.pk), AFTER)
    models.Offer.objects.update(answer_by_at=FAR)
    page = text_of(client, address)

    assert "You have a place: Payments desk, your choice 2." in page
    assert "All its places went to people whom the host ranked above you." in page
    assert who["ann"].reference not in page
    text_of(client, address + "accept/", 302, yes="1")
    assert offer_to(scene.submitted).state == OfferState.ACCEPTED
    text_of(scene.third.client, address, 404)


def test_publishing_asks_for_the_calls_short_name(scene: Scene) -> None:
    wait(scene, {"ann": [scene.lab_place]})
    operations.run_match(call=scene.call, mechanism="fair-match", by=scene.manager.person, at=AFTER)
    address = OFFICE + "match/1/publish/"
    wrong = text_of(scene.manager.client, address, 422, key="2018", answer_by="2040-01-31")
    assert "Type the short name of the call: 2019." in wrong
    assert not models.Offer.objects.exists()
    text_of(scene.manager.client, address, 302, key="2019", answer_by="2040-01-31")
    assert models.Offer.objects.count() == 1


def test_nobody_publishes_a_match_they_stand_in(scene: Scene) -> None:
    wait(scene, {})
    models.Application.objects.filter(pk=scene.submitted.pk).update(applicant=scene.manager.person)
    assert "You applied to this call yourself" in text_of(scene.manager.client, OFFICE + "match/new/", 403)


def test_the_calls_page_leads_to_the_result_once_the_letters_left(
    scene: Scene, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call, result = "/programmes/summer/2019/", "/programmes/summer/2019/result/"
    wait(scene, {"ann": [scene.lab_place]})
    run = published(scene, hold=True)
    waiting = text_of(client, call)
    assert result not in waiting
    text_of(client, result, 404)

    operations.tell_result(str(run.pk), AFTER)

    with django_assert_num_queries(6):
        told = text_of(client, call)
    assert f'<a href="{result}">How places were given out</a>' in told
    assert f'<a href="{call}">' in text_of(client, result)


def test_an_outsider_repeats_the_published_result_with_one_command(
    scene: Scene, client: Client, tmp_path: Path
) -> None:
    who = wait(scene, {"ann": [scene.lab_place, scene.bank_place], "bo": [scene.lab_place]})
    by: dict[str, Any] = {"by": scene.manager.person, "at": AFTER}
    operations.bar(
        application=who["ann"], place=scene.lab_place, kind=BarKind.CONFLICT, reason="An uncle leads it.", **by
    )
    published(scene)

    sent = client.get("/programmes/summer/2019/result/audit.zip").content
    with zipfile.ZipFile(io.BytesIO(sent)) as box:
        box.extractall(tmp_path)
    market, result = tmp_path / "market.json", tmp_path / "result.json"
    said = CliRunner().invoke(match, [str(market), "--check", str(result), "--language", "en"])

    assert (said.exit_code, "Sound" in said.output) == (0, True), said.output
    assert "Ann" not in sent.decode("latin-1")
    assert "uncle" not in market.read_text() + result.read_text()
    told = json.loads(result.read_text())
    told["outcome"]["placements"][0]["score"] += 1
    result.write_text(json.dumps(told))
    altered = CliRunner().invoke(match, [str(market), "--check", str(result), "--language", "en"])
    assert "Not sound" in altered.output


def test_a_table_brings_hosts_and_places_in_once_and_names_each_fault(scene: Scene) -> None:
    head = ["code", "key of the institution", "email of the contact", "name in English", "places", "limit"]
    good = ["", "harvest-bank", "till@example.org", "Till", "2", ""]
    bad = [
        ["", "no-such-house", "x@example.org", "Desk", "1", ""],
        ["P-02", "harvest-bank", "till@example.org", "Theirs", "1", ""],
        ["", "harvest-bank", "till@example.org", "Vault", "0", ""],
        ["", "harvest-bank", "till@example.org", "Safe", "1", "no-limit"],
        ["", "harvest-bank", "nowhere", "Safe", "1", ""],
    ]
    said: dict[str, Any] = {"call": scene.call, "by": scene.manager.person, "at": AFTER}
    grid = Grid("places", [head, good, *bad])

    checked = operations.check_places(grid=grid, **said)
    assert [one.outcome for one in checked.rows] == ["new", *["fault"] * 5]
    assert not models.Place.objects.filter(code="P-03").exists()

    operations.bring_in_places(grid=grid, only_good=True, **said)
    again = operations.bring_in_places(grid=Grid("places", [head, good]), only_good=False, **said)
    more = operations.bring_in_places(grid=Grid("places", [head, [*good[:4], "3", ""]]), only_good=False, **said)

    assert models.Host.objects.filter(email="till@example.org").count() == 1
    assert [one.outcome for one in (*again.rows, *more.rows)] == ["same", "changed"]
    assert models.Place.objects.get(code="P-03").count == 3
