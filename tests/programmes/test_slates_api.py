"""Slates by program: what is proposed, decided and settled, who is told, and what anybody may check afterwards."""

import json
from hashlib import sha256
from typing import Any

import pytest
from tests.api.conftest import Caller, caller_for, pointers
from tests.cast import member
from tests.programmes.deciding import SEED, WHY, due, let_go, one_due, panel_of, reviewed
from tests.programmes.scene import Scene

from accord.people.enums import Role
from accord.programmes import models
from accord.programmes.models import Slate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plenty")]
HERE = "/programmes/summer/calls/2019"
REASON = {"en": WHY.en, "zh-hans": WHY.zh_hans}


@pytest.fixture
def office(scene: Scene) -> Caller:
    """Return a program of whoever runs the programme, with three decisions due and one seat."""
    due(scene, ["90", "80", "70"], quota=1, reserve=1)
    return caller_for(scene.manager)


def opened(office: Caller) -> Any:
    """Open the slate by program."""
    tag = office.get(f"{HERE}/slate").headers["ETag"]
    return office("PUT", f"{HERE}/slate", {"quota": 1, "reserve_length": 1}, if_match=tag)


def test_a_slate_is_opened_of_the_state_that_was_seen(office: Caller) -> None:
    seen = office.get(f"{HERE}/slate")
    assert (seen.json()["number"], seen.json()["total"], seen.json()["accepted"]) == (None, 3, 1)

    assert office("PUT", f"{HERE}/slate", {"quota": 2, "reserve_length": 0}).status_code == 428
    assert office("PUT", f"{HERE}/slate", {"quota": 2, "reserve_length": 0}, if_match='"1"').status_code == 412
    kept = office("PUT", f"{HERE}/slate", {"quota": 2, "reserve_length": 0}, if_match=seen.headers["ETag"])

    assert (kept.json()["number"], kept.json()["quota"], kept.json()["accepted"]) == (1, 2, 2)
    wrong = office("PUT", f"{HERE}/slate", {"quota": -1, "reserve_length": 0}, if_match=kept.headers["ETag"])
    assert (wrong.status_code, pointers(wrong)) == (422, ["#/quota"])
    assert Slate.objects.count() == 1


def test_lines_are_filtered_and_sorted_as_on_the_page(office: Caller) -> None:
    opened(office)
    lines = office.get(f"{HERE}/slate/lines").json()["items"]
    assert [(one["reference"], one["score"], one["proposed"]) for one in lines] == [
        ("SUM-19-D001", 90.0, "accept"),
        ("SUM-19-D002", 80.0, "reserve"),
        ("SUM-19-D003", 70.0, "decline"),
    ]
    assert [one["rank"] for one in office.get(f"{HERE}/slate/lines?sort=-rank&limit=1").json()["items"]] == [3]
    assert len(office.get(f"{HERE}/slate/lines?proposed=decline").json()["items"]) == 1


def test_one_line_is_decided_of_its_version_with_reason_and_note(office: Caller) -> None:
    opened(office)
    line = f"{HERE}/slate/lines/SUM-19-D003"
    assert office.get(line).headers["ETag"] == '"0"'
    silent = office.post(f"{line}/decision", {"outcome": "decline"}, if_match='"0"')
    assert (silent.status_code, silent.json()["code"], pointers(silent)) == (422, "reason-needed", ["#/reason"])
    bare = office.post(f"{line}/decision", {"outcome": "reserve"}, if_match='"0"')
    assert (bare.status_code, bare.json()["code"], pointers(bare)) == (422, "note-needed", ["#/note"])
    odd = office.post(f"{line}/decision", {"outcome": "perhaps"}, if_match='"0"')
    assert (odd.status_code, pointers(odd)) == (422, ["#/outcome"])

    done = office.post(f"{line}/decision", {"outcome": "decline", "reason": REASON}, if_match='"0"')

    assert (done.status_code, done.json()["decided"], done.json()["reason"]) == (200, "decline", WHY.en)
    assert done.headers["ETag"] == '"1"'
    stale = office.post(f"{line}/decision", {"outcome": "reserve", "note": "Look again."}, if_match='"0"')
    assert stale.status_code == 412


def test_several_are_decided_at_once_or_none(office: Caller) -> None:
    tag = opened(office).headers["ETag"]
    several = {"outcome": "decline", "reason": REASON, "note": "Too early."}
    strange = {**several, "references": ["SUM-19-D002", "SUM-19-0002"]}
    refused = office.post(f"{HERE}/slate/decisions", strange, if_match=tag)
    assert (refused.status_code, pointers(refused)) == (409, ["#/references/1"])
    assert models.Decision.objects.count() == 0

    done = office.post(
        f"{HERE}/slate/decisions", {**several, "references": ["SUM-19-D002", "SUM-19-D003"]}, if_match=tag
    )

    assert done.json()["decided"] == 2
    assert set(models.Decision.objects.values_list("outcome", "reason")) == {("decline", WHY.en)}


def test_a_settled_slate_is_told_by_another_person_and_stays_checked(scene: Scene, office: Caller) -> None:
    first = opened(office).headers["ETag"]
    taken = office.post(f"{HERE}/slate/proposals", {"reason": REASON}, if_match=first)
    assert taken.json()["decided"] == 3
    assert office.post(f"{HERE}/slate/settlement", {}, if_match=first).status_code == 412

    done = office.post(f"{HERE}/slate/settlement", {}, if_match=taken.headers["ETag"]).json()

    assert (done["number"], done["decided"], done["accepted"], done["told_at"]) == (1, 3, 1, None)
    assert office.get(f"{HERE}/draw").status_code == 404
    order = office.get(f"{HERE}/slates/1/order").json()
    assert sha256(order["written"].encode()).hexdigest() == order["digest"] == done["digest"]
    assert [one["reference"] for one in order["order"]] == ["SUM-19-D001", "SUM-19-D002", "SUM-19-D003"]
    let_go(Slate.objects.get(), scene.cast.owner.person)
    rows = office.get(f"{HERE}/slates").json()
    assert (rows["reserve"], rows["items"][0]["told_at"] is not None) == (["SUM-19-D002"], True)
    lines = office.get(f"{HERE}/slates/1/lines?outcome=reserve").json()["items"]
    assert [(one["reference"], one["position"]) for one in lines] == [("SUM-19-D002", 1)]
    drawn = caller_for(scene.cast.outsider).get(f"{HERE}/draw").json()
    assert (drawn["seed"], sha256(SEED.encode()).hexdigest()) == (SEED, drawn["sealed"])


def test_one_moves_up_once_however_often_it_is_sent(scene: Scene, office: Caller) -> None:
    tag = opened(office).headers["ETag"]
    tag = office.post(f"{HERE}/slate/proposals", {"reason": REASON}, if_match=tag).headers["ETag"]
    office.post(f"{HERE}/slate/settlement", {}, if_match=tag)
    let_go(Slate.objects.get(), scene.cast.owner.person)
    address = f"{HERE}/reserve/promotions"

    made = office.post(address, {"number": 1}, idempotency_key="up-1")
    again = office.post(address, {"number": 1}, idempotency_key="up-1")

    assert (made.status_code, made.json()["number"], made.json()["accepted"]) == (201, 2, 1)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (made.json(), "true")
    assert office.post(address, {"number": 1}).status_code == 409
    assert pointers(office.post(address, {"number": 0})) == ["#/number"]


def test_nobody_decides_where_they_applied(scene: Scene, office: Caller) -> None:
    one_due(scene, panel_of(scene), 4, "60", person=scene.manager.person)

    assert office.get(f"{HERE}/slate").status_code == 200
    refused = office("PUT", f"{HERE}/slate", {"quota": 1, "reserve_length": 1}, if_match="*")

    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")


def test_nothing_of_a_decision_is_known_by_program_before_it_is_told(scene: Scene) -> None:
    due(scene, [], quota=0)
    scene.draft.delete()
    one = one_due(scene, panel_of(scene), 1, "90", person=scene.applicant.person, reference="SUM-19-MINE")
    reviewed(one, "Say more about clearing.")
    office, mine = caller_for(scene.manager), caller_for(scene.applicant)
    tag = office.get(f"{HERE}/slate").headers["ETag"]
    tag = office("PUT", f"{HERE}/slate", {"quota": 0, "reserve_length": 0}, if_match=tag).headers["ETag"]
    tag = office.post(f"{HERE}/slate/proposals", {"reason": REASON}, if_match=tag).headers["ETag"]
    assert office.post(f"{HERE}/slate/settlement", {}, if_match=tag).status_code == 200
    own = f"/applications/{one.reference}"

    said = json.dumps([mine.get(own).json(), mine.get("/applications").json()])
    assert mine.get(f"{own}/decision").status_code == 404
    assert not [each for each in (WHY.en, "not accepted", "Say more") if each in said]
    let_go(Slate.objects.get(), scene.cast.owner.person)

    told = mine.get(f"{own}/decision").json()
    assert (told["outcome"], told["reason"], told["comments"]) == ("decline", WHY.en, ["Say more about clearing."])
    assert caller_for(scene.second).get(f"{own}/decision").status_code == 404


def test_letters_are_let_go_by_program_by_another_person(scene: Scene, office: Caller) -> None:
    officer = caller_for(scene.cast.owner)
    tag = opened(officer).headers["ETag"]
    tag = officer.post(f"{HERE}/slate/proposals", {"reason": REASON}, if_match=tag).headers["ETag"]
    settled = officer.post(f"{HERE}/slate/settlement", {}, if_match=tag).json()
    held = next(one for one in officer.get("/held-letters").json()["items"] if one["key"] == settled["letters"])
    address = f"/held-letters/{held['id']}"

    own = officer.post(f"{address}/release", {}, if_match="*")

    assert (own.status_code, own.json()["code"]) == (403, "own-letters")
    assert office.get(address).status_code == 404
    colleague = caller_for(member("colleague", Role.OFFICER, scene.cast.ours.institution))
    seen = colleague.get(address)
    assert colleague.post(f"{address}/release", {}).status_code == 428
    gone = colleague.post(f"{address}/release", {}, if_match=seen.headers["ETag"])
    assert (gone.status_code, gone.json()["released_at"] is not None) == (200, True)
    assert colleague.post(f"{address}/release", {}, if_match=seen.headers["ETag"]).status_code == 412
    assert colleague.post(f"{address}/cancellation", {}, if_match="*").json()["code"] == "batch-decided"
    assert office.get(f"{HERE}/slates").json()["items"][0]["told_at"] is not None
