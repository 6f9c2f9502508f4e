"""Doors to placements: who reads what, every act by account and by link, and what a partner opens the board down to."""

from dataclasses import replace
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import moment
from tests.programmes.placed import AFTER, ARRIVED, agreed, arrived, begun, completed, door, ended, recorded
from tests.programmes.scene import Scene

from accord.kernel.finding import waits
from accord.kernel.models import World
from accord.outbox.models import Message
from accord.people import operations as people
from accord.people.queries import actor_for
from accord.programmes import operations
from accord.programmes.enums import LOOK_AFTER, SIGN_LEARNING, ProgrammeKind, Side
from accord.programmes.models import LearningSignature, Placement
from accord.programmes.operations import Terms

pytestmark = pytest.mark.django_db
TOKEN = "a-token-that-nobody-guesses-" + "x" * 16


@pytest.fixture(autouse=True)
def _in_january(scene: Scene) -> None:
    """Let the world stand on 6 January 2020, after the agreed last day."""
    del scene  # made before
    World(is_demo=True, demo_day=date(2020, 1, 6), seed=1, scale=1.0, built_at=AFTER).save()


def url(name: str, placement: Placement, *parts: object) -> str:
    """Return the address of a page of a placement."""
    return reverse(f"programmes:{name}", args=[placement.reference, *parts])


def text(client: Client, address: str, status: int = 200) -> str:
    """Return what a page says."""
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def link_for(placement: Placement, purpose: str, scene: Scene) -> str:
    """Make a link for the supervisor at the host's side; return its token."""
    operations.name_supervisor(
        placement=placement, side=Side.HOST, name="Wu Lan", email="wu@example.org", by=scene.manager.person, at=AFTER
    )
    supervisor = placement.supervisors.get(name="Wu Lan")
    people.make_link(
        person=supervisor.person,
        purpose=purpose,
        record=f"placement:{placement.pk}",
        expires_at=moment(date(2099, 1, 1)).replace(year=2020, month=4),
        token=TOKEN,
        uses=5,
        by=scene.manager.person,
        at=AFTER,
    )
    return TOKEN


def test_the_page_shows_the_name_to_those_who_look_after_and_the_reference_to_a_partner(scene: Scene) -> None:
    placement = completed(scene)
    address = url("placement", placement)

    for reader in (scene.manager, scene.second, scene.bank_contact, scene.cast.owner, scene.cast.executive):
        assert "Second" in text(reader.client, address)
    shown = text(scene.cast.partner.client, address)
    assert placement.reference in shown
    assert "Second" not in shown
    assert "Payments desk" not in shown
    text(scene.cast.outsider.client, address, 404)


def test_the_list_and_its_exports_leave_names_out_for_a_partner(scene: Scene) -> None:
    arrived(scene)

    for asked in ("", "?format=csv", "?sort=who"):
        address = reverse("programmes:placements") + asked
        assert b"Second" in scene.manager.client.get(address).getvalue()
        assert b"Second" not in scene.cast.partner.client.get(address).getvalue()


def test_the_board_opens_down_to_the_placement_without_the_name(scene: Scene) -> None:
    scene.programme.kind = ProgrammeKind.EXCHANGE
    scene.programme.save()
    placement = recorded(scene, home=scene.cast.ours.institution)
    promise = next(
        one for one in scene.cast.agreement.commitments.all() if one.measure_code == "programmes.exchange_people"
    )
    address = reverse("measures:counted", args=[scene.cast.agreement.key, promise.key])
    assert placement.reference not in text(scene.cast.partner.client, address)

    operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=moment(ARRIVED))

    record = reverse("measures:record", args=[scene.cast.agreement.key, "placement", placement.pk])
    page = text(scene.cast.partner.client, address)
    assert placement.reference in page
    assert record in page
    opened = scene.cast.partner.client.get(record, follow=True)
    assert opened.redirect_chain[-1][0] == url("placement", placement)
    assert "Third" not in page + opened.content.decode()


def test_every_act_of_a_running_placement_is_done_on_its_page(scene: Scene) -> None:
    placement = arrived(scene)
    person, host, office = scene.second.client, scene.bank_contact.client, scene.manager.client
    for client, act, given in (
        (person, "diary", {"done_on": "2019-12-20", "text": "Cleared the backlog.", "hours": "7.5"}),
        (person, "check-in", {"side": "person", "going": "mixed", "text": "Few people are there."}),
        (host, "check-in", {"side": "host", "going": "well"}),
        (person, "evaluate-mid", {"score": "4", "q-tasks": "5", "text": "Good."}),
        (office, "supervisor", {"side": "home", "name": "Prof. Ye", "starts_on": "2019-10-08"}),
        (office, "learning", {"tasks": "Clear.", "starts_on": "2019-10-08", "ends_on": "2019-12-31"}),
        (host, "end", {"left_on": "2019-12-31"}),
        (person, "evaluate-end", {"score": "5", "advice": "Send more."}),
        (host, "evaluate-end", {"score": "4", "q-reliable": "5"}),
        (office, "hiring", {"hired_on": "2020-01-02", "evidence": "Contract 7"}),
    ):
        address = url("placement-act", placement, act)
        text(client, address)
        answer = client.post(address, given)
        assert answer.status_code == 302, (act, answer.content.decode()[:3000])
    placement.refresh_from_db()
    assert placement.completed_at is not None
    page = text(office, url("placement", placement))
    for words in ("Cleared the backlog.", "Few people are there.", "Send more.", "Prof. Ye", "Contract 7"):
        assert words in page
    seen_by_host = text(host, url("placement", placement))
    assert "Send more." not in seen_by_host


def test_what_long_placements_have_beside_is_recorded_by_the_office(scene: Scene) -> None:
    scene.programme.kind = ProgrammeKind.POSTDOC
    scene.programme.save()
    placement = recorded(scene, level="postdoc", stipend_minor=500_000, currency="CNY")
    operations.confirm_arrival(placement=placement, arrived_on=ARRIVED, by=scene.manager.person, at=AFTER)
    milestone = placement.milestones.get(key="plan")
    client = scene.manager.client
    for act, given in (
        ("leave", {"starts_on": "2019-11-01", "ends_on": "2019-11-03", "reason": "Family"}),
        ("stipend", {"month_on": "2019-10-01", "amount": "5000", "currency": "CNY", "paid_on": "2019-10-31"}),
        ("milestone", {"milestone": str(milestone.pk), "reached_on": "2019-11-08"}),
    ):
        assert client.post(url("placement-act", placement, act), given).status_code == 302
    page = text(client, url("placement", placement))
    assert "CNY 5,000" in page
    leave = placement.leaves.get()
    assert client.post(url("strike-placement-record", placement, "leave", leave.pk)).status_code == 302
    assert client.post(url("strike-placement-record", placement, "leave", 0)).status_code == 404
    leave.refresh_from_db()
    assert leave.struck_by == scene.manager.person


def test_a_refusal_stands_at_its_field_and_nothing_is_lost(scene: Scene) -> None:
    answer = scene.second.client.post(
        url("placement-act", arrived(scene), "diary"), {"done_on": "2019-09-01", "text": "What I typed"}
    )

    assert answer.status_code == 422
    assert "What I typed" in answer.content.decode()
    assert list(answer.context["form"].errors) == ["done_on"]


@pytest.mark.parametrize(
    ("who", "act", "status"),
    [
        ("second", "end", 403),
        ("second", "hiring", 403),
        ("bank_contact", "diary", 403),
        ("bank_contact", "cancel", 403),
        ("manager", "diary", 403),
        ("manager", "nothing", 404),
        ("third", "end", 404),
    ],
)
def test_what_is_for_another_side_is_refused(scene: Scene, who: str, act: str, status: int) -> None:
    assert getattr(scene, who).client.get(url("placement-act", arrived(scene), act)).status_code == status


def test_three_sides_sign_by_account_and_link_and_the_days_follow(scene: Scene) -> None:
    placement = begun(scene)
    terms = Terms(tasks="Clear payments.", starts_on=ARRIVED, ends_on=date(2020, 1, 31))
    agreement = operations.make_learning_agreement(placement=placement, terms=terms, by=scene.manager.person, at=AFTER)
    token = link_for(placement, SIGN_LEARNING, scene)
    page = text(Client(), reverse("programmes:sign-by-link", args=[token]))
    assert agreement.digest in page
    sent = {"digest": agreement.digest, "name": "Wu Lan", "side": "host"}
    assert Client().post(reverse("programmes:sign-by-link", args=[token]), sent).status_code == 200
    for reader, side in ((scene.second, "person"), (scene.cast.owner, "home")):
        given = {"digest": agreement.digest, "name": side, "side": side}
        assert reader.client.post(url("sign-learning", placement), given).status_code == 302

    agreement.refresh_from_db()
    placement.refresh_from_db()
    assert agreement.holds_at is not None
    assert (placement.starts_on, placement.ends_on) == (ARRIVED, date(2020, 1, 31))
    signed = LearningSignature.objects.order_by("side").values_list("side", "name", "digest")
    assert list(signed) == [
        ("home", "home", agreement.digest),
        ("host", "Wu Lan", agreement.digest),
        ("person", "person", agreement.digest),
    ]


def test_what_changed_since_it_was_opened_is_not_signed(scene: Scene) -> None:
    placement = begun(scene)
    first = agreed(scene, placement)
    changed = replace(Terms(tasks="Other work.", starts_on=ARRIVED, ends_on=ARRIVED))
    second = operations.make_learning_agreement(placement=placement, terms=changed, by=scene.manager.person, at=AFTER)

    given = {"digest": first.digest, "name": "Second", "side": "person"}
    answer = scene.second.client.post(url("sign-learning", placement), given)

    assert answer.status_code == 422
    assert not LearningSignature.objects.exists()
    first.refresh_from_db()
    assert (first.dropped_at is None, second.dropped_at is None) == (False, True)


def test_who_looks_after_somebody_does_it_all_by_link(scene: Scene) -> None:
    placement = begun(scene)
    token = link_for(placement, LOOK_AFTER, scene)
    start = reverse("programmes:look-after-by-link", args=[token])
    for act, given in (
        ("arrival", {"arrived_on": "2019-10-08"}),
        ("check-in", {"side": "host", "going": "badly", "text": "Does not come."}),
        ("end", {"left_on": "2019-12-31"}),
        ("evaluate-end", {"score": "2"}),
    ):
        assert f"{start}{act}/" in text(Client(), start)
        answer = Client().post(f"{start}{act}/", given)
        assert answer.status_code == 200, act
        assert b"It is kept" in answer.content, act
    placement.refresh_from_db()
    assert (placement.arrived_on, placement.left_on) == (ARRIVED, date(2019, 12, 31))
    assert placement.evaluations.get().given_by.email == "wu@example.org"
    assert Client().get(f"{start}hiring/").status_code == 404
    told = Message.objects.filter(topic="programmes.placement-care")
    assert [one.subject.en for one in told] == [f"Placement {placement.reference} needs care: In danger"]


def test_a_link_of_somebody_who_no_longer_looks_after_opens_nothing(scene: Scene) -> None:
    placement = arrived(scene)
    token = link_for(placement, LOOK_AFTER, scene)
    supervisor = placement.supervisors.get(name="Wu Lan")
    operations.end_supervision(supervisor=supervisor, ends_on=date(2020, 1, 5), by=scene.manager.person, at=AFTER)

    assert Client().get(reverse("programmes:look-after-by-link", args=[token])).status_code == 404


def test_those_without_an_account_are_asked_by_letter_with_a_link(scene: Scene) -> None:
    placement = begun(scene)
    operations.name_supervisor(
        placement=placement, side=Side.HOST, name="Wu Lan", email="wu@example.org", by=scene.manager.person, at=AFTER
    )
    terms = Terms(tasks="Clear payments.", starts_on=ARRIVED, ends_on=ARRIVED)
    operations.make_learning_agreement(placement=placement, terms=terms, by=scene.manager.person, at=AFTER, door=door())

    (letter,) = mail.outbox
    assert letter.to == ["wu@example.org"]
    assert "https://x.example/sign/token-1" in letter.body
    assert "Second" not in f"{letter.subject} {letter.body}"


def test_an_offer_begins_on_the_page_of_its_call_and_a_placement_is_recorded_by_hand(scene: Scene) -> None:
    placement = begun(scene)
    offer = placement.offer
    Placement.objects.all().update(offer=None)
    call = [scene.programme.key, scene.call.key]
    assert "SUM-19-0002" in text(scene.manager.client, reverse("programmes:call-placements", args=call))
    address = reverse("programmes:begin-placement", args=[*call, offer.pk if offer else 0])
    text(scene.manager.client, address)
    given = {"level": "master", "starts_on": "2019-10-08", "ends_on": "2019-12-31", "percent": "50"}
    assert scene.manager.client.post(address, given).status_code == 302
    assert offer is not None
    assert offer.placements.get().percent == 50
    by_hand = reverse("programmes:record-placement", args=[scene.programme.key])
    new = {**given, "person": "new@example.org", "person_name": "Zhao Min", "title_0": "Desk", "host": scene.lab.pk}
    assert scene.manager.client.post(by_hand, new).status_code == 302
    assert str(Placement.objects.order_by("-pk")[0].person.name) == "Zhao Min"


def test_the_list_asks_as_often_for_many_as_for_few(scene: Scene) -> None:
    recorded(scene)
    count = _queries(scene)
    for number in range(5):
        recorded(scene, starts_on=date(2019, 10, 9 + number))
    assert _queries(scene) == count <= 12


def _queries(scene: Scene) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(scene.manager.client, reverse("programmes:placements"))
    return len(asked)


def test_what_waits_leads_to_the_page_where_it_is_done(scene: Scene) -> None:
    placement = ended(scene)
    actor = actor_for(scene.second.person.account, on=date(2020, 1, 6))
    found = waits.get("programmes-evaluate")
    assert found is not None
    assert [one.url for one in found.listed(actor, 9)] == [url("placement-act", placement, "evaluate-end")]
    assert found.number(actor) == 1
