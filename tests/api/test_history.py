"""Histories by program: what was changed by whom, how it stood, the way back, and a head that somebody kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.api.conftest import Caller, caller_for
from tests.cast import Cast

from accord.agreements.models import Agreement
from accord.history import operations, queries


@pytest.fixture
def path(cast: Cast) -> str:
    """Return the address of the agreement's history."""
    return f"/history/agreement:{cast.agreement.pk}"


def publish(caller: Caller, *, is_public: bool = True) -> None:
    """Open or close the public page."""
    answer = caller("PATCH", "/agreements/chengdu-cass", {"is_public": is_public}, if_match="*")
    assert answer.status_code == 200


def test_a_change_is_told_and_undone_by_program(owner: Caller, partner: Caller, path: str) -> None:
    publish(owner)
    line = partner.get(f"{path}?part=agreements.agreement&limit=1").json()["items"][0]
    change = f"{path}/changes/{line['part']}/{line['event']}"
    seen = partner.get(change).json()
    undone = partner.post(f"{change}/undo")
    again = partner.post(f"{change}/undo")

    assert (line["who"], line["field"], line["old"], line["new"]) == ("Owner", "Public page", "No", "Yes")
    assert (seen["may_undo"], [one["name"] for one in seen["fields"]]) == (True, ["is_public"])
    assert (undone.status_code, undone.json()["may_undo"]) == (200, False)
    assert (again.status_code, again.json()["code"]) == (409, "cannot-be-undone")
    assert not Agreement.objects.get().is_public
    assert [row["who"] for row in partner.get(f"{path}?part=agreements.agreement&limit=2").json()["items"]] == [
        "Partner",
        "Owner",
    ]


def test_who_only_reads_undoes_nothing(cast: Cast, owner: Caller, path: str) -> None:
    publish(owner)
    line = owner.get(f"{path}?part=agreements.agreement&limit=1").json()["items"][0]
    change = f"{path}/changes/{line['part']}/{line['event']}"
    reader, executive = caller_for(cast.owner, "read"), caller_for(cast.executive)

    answers = [reader.post(f"{change}/undo"), executive.post(f"{change}/undo")]

    assert [one.json()["code"] for one in answers] == ["scope-missing", "not-allowed"]
    assert executive.get(change).json()["why_not"] != ""
    assert Agreement.objects.get().is_public


def test_record_as_it_stood(owner: Caller, path: str) -> None:
    publish(owner)
    before = (timezone.now() - timedelta(days=1)).isoformat().replace("+", "%2B")

    now, then = owner.get(f"{path}/then").json(), owner.get(f"{path}/then?moment={before}")
    wrong = owner.get(f"{path}/then?moment=2019-09-30")

    assert [one["new"] for one in now["rows"][0]["fields"] if one["name"] == "is_public"] == ["Yes"]
    assert (now["rows"][0]["table"], then.json()["rows"]) == ("Agreement", [])
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/history/agreement:999",
        "/history/nothing:1",
        "/history/agreement:1/changes/agreements.agreement/1",
        "/history/x",
    ],
)
def test_what_is_not_there_is_no_fault(outsider: Caller, path: str) -> None:
    assert outsider.get(path).status_code == 404


def test_kept_head_is_held_against_the_chain(owner: Caller, cast: Cast) -> None:
    empty = owner.get("/seals/head")
    operations.seal_events(at=timezone.now())
    head = owner.get("/seals/head").json()

    same = owner.get(f"/seals/{head['number']}/check?sha256={head['digest'].upper()}").json()
    other = owner.get(f"/seals/{head['number']}/check?sha256={'0' * 64}").json()

    kept = queries.head()
    assert kept is not None
    assert (empty.status_code, head["digest"]) == (404, kept.digest)
    assert (same["holds"], other["holds"]) == (True, False)
    assert [one["number"] for one in owner.get("/seals").json()["items"]] == [head["number"]]


def test_list_costs_the_same_at_few_and_many_rows(owner: Caller, path: str, django_assert_num_queries: Any) -> None:
    publish(owner)
    address = f"{path}?limit=200"
    owner.get(address)

    with django_assert_num_queries(10):
        few = len(owner.get(address).json()["items"])
    for number in range(6):
        publish(owner, is_public=bool(number % 2))
    with django_assert_num_queries(10):
        assert len(owner.get(address).json()["items"]) > few
