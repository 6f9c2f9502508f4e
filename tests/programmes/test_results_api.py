"""Places by program: wishes, the match with its reasons, and the answer to an offer; each one's own."""

import pytest
from tests.api.conftest import Caller, caller_for, pointers
from tests.programmes.own import matched, open_call, own_application
from tests.programmes.scene import Scene, _host, _place

from accord.programmes.models import Application, Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plenty")]


@pytest.fixture
def mine(scene: Scene) -> Caller:
    """Return a program of an applicant who holds no role."""
    return caller_for(scene.applicant)


@pytest.fixture
def offered(scene: Scene) -> Application:
    """Return their application, to which a place is offered."""
    return matched(scene, scene.applicant.person, "API-19-0001")


def test_places_are_ranked_of_the_order_that_was_seen(scene: Scene, mine: Caller) -> None:
    call = open_call(scene, "wishes")
    host = _host(scene.cast, call, scene.bank, scene.bank_contact)
    for code in ("P-01", "P-02"):
        _place(host, code, f"Desk {code}", 2)
    one = own_application(call, "API-19-0002", "draft", scene.applicant.person, "To learn.")
    address = f"/applications/{one.reference}/wishes"
    seen = mine.get(address)
    assert (seen.json()["wishes"], [each["code"] for each in seen.json()["places"]]) == ([], ["P-01", "P-02"])

    kept = mine("PUT", address, {"wishes": ["P-02", "P-01"]}, if_match=seen.headers["ETag"])

    assert (kept.status_code, kept.json()["wishes"]) == (200, ["P-02", "P-01"])
    assert mine("PUT", address, {"wishes": []}, if_match=seen.headers["ETag"]).status_code == 412
    strange = mine("PUT", address, {"wishes": ["P-02", "P-09"]}, if_match=kept.headers["ETag"])
    assert (strange.status_code, pointers(strange)) == (422, ["#/wishes/1"])
    twice = mine("PUT", address, {"wishes": ["P-02", "P-02"]}, if_match=kept.headers["ETag"])
    assert (twice.status_code, twice.json()["code"]) == (422, "ranking-forged")


def test_the_match_says_why(mine: Caller, offered: Application) -> None:
    told = mine.get(f"/applications/{offered.reference}/result").json()

    assert (told["place"], told["rank"], told["words"]) == (
        "P-01",
        1,
        "You have a place: Payments desk, your first choice.",
    )
    assert [(one["choice"], one["host"]["en"], one["is_held"]) for one in told["choices"]] == [
        (1, "Harvest Bank", True)
    ]


def test_an_offer_is_accepted_once(mine: Caller, offered: Application) -> None:
    address = f"/applications/{offered.reference}/offer"
    seen = mine.get(address)
    assert (seen.json()["state"], seen.json()["waits"]) == ("open", True)

    assert mine.post(f"{address}/acceptance", {}).status_code == 428
    assert mine.post(f"{address}/acceptance", {}, if_match='"9"').status_code == 412
    taken = mine.post(f"{address}/acceptance", {}, if_match=seen.headers["ETag"])

    assert (taken.status_code, taken.json()["state"], taken.json()["waits"]) == (200, "accepted", False)
    again = mine.post(f"{address}/acceptance", {}, if_match=taken.headers["ETag"])
    assert (again.status_code, again.json()["version"]) == (200, taken.json()["version"])
    late = mine.post(f"{address}/refusal", {"reason": "Elsewhere."}, if_match=taken.headers["ETag"])
    assert (late.status_code, late.json()["code"]) == (409, "offer-over")


def test_an_offer_is_declined_with_a_reason(mine: Caller, offered: Application) -> None:
    address = f"/applications/{offered.reference}/offer"
    gone = mine.post(f"{address}/refusal", {"reason": "Elsewhere."}, if_match=mine.get(address).headers["ETag"])

    assert (gone.status_code, gone.json()["state"]) == (200, "declined")
    assert Offer.objects.get(application=offered).answer_reason == "Elsewhere."


def test_offers_and_results_are_ones_own(scene: Scene, offered: Application) -> None:
    for other in (scene.second, scene.manager, scene.cast.partner, scene.bank_contact):
        caller = caller_for(other)
        for part in ("offer", "result", "decision", "wishes"):
            assert caller.get(f"/applications/{offered.reference}/{part}").status_code == 404
        assert caller.post(f"/applications/{offered.reference}/offer/acceptance", {}, if_match="*").status_code == 404
