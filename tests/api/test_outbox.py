"""Notices and connected systems by program: one's own inbox, wishes, secrets that are shown and never kept."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from tests.api.conftest import Caller, caller_for
from tests.cast import Cast

from accord.kernel.models import IdempotencyRecord
from accord.kernel.text import Bilingual
from accord.outbox import operations
from accord.outbox.models import Delivery, Endpoint, Preference, QuietHours

SYSTEM = {"name": "Register", "url": "https://register.example.org/in", "institution": "dreamworks"}
TOPIC = "measures.evidence-decided"


def tell(cast: Cast, number: int = 1) -> None:
    """Tell the owner something."""
    operations.notify(
        topic=TOPIC,
        people=[cast.owner.person.pk],
        subject=Bilingual(f"Notice {number}"),
        body=Bilingual("Read it."),
        key=f"told:{number}",
        at=timezone.now(),
    )


def test_notices_are_read_marked_and_nobody_elses(cast: Cast, owner: Caller, partner: Caller) -> None:
    tell(cast, 1)
    tell(cast, 2)
    one = owner.get("/notices?state=unread&limit=1").json()["items"][0]
    path = f"/notices/{one['id']}"

    read, unread = owner.post(f"{path}/read").json(), owner.post(f"{path}/unread").json()
    theirs = [partner.get(path), partner.post(f"{path}/read")]
    marked = owner.post("/notices/read").json()

    assert (one["subject"]["en"], read["read_at"] is None, unread["read_at"]) == ("Notice 2", False, None)
    assert [each.status_code for each in theirs] == [404, 404]
    assert (marked, owner.get("/notices?state=unread").json()["items"]) == ({"marked": 2}, [])


def test_wishes_change_from_the_version_that_was_read(owner: Caller, cast: Cast) -> None:
    seen = owner.get("/notice-settings")
    change = {"topics": [{"topic": TOPIC, "mail": "weekly"}], "quiet": {"starts": "22:00", "ends": "07:00"}}
    changed = owner("PATCH", "/notice-settings", change, if_match=seen.headers["ETag"])
    stale = owner("PATCH", "/notice-settings", {}, if_match=seen.headers["ETag"])
    kept = owner("PATCH", "/notice-settings", {"topics": [{"topic": TOPIC, "inbox": False}]}, if_match="*").json()
    dropped = owner("PATCH", "/notice-settings", {"quiet": None}, if_match="*").json()

    mine = next(one for one in kept["topics"] if one["topic"] == TOPIC)
    assert (changed.status_code, stale.status_code) == (200, 412)
    assert (mine["mail"], mine["inbox"], kept["quiet"]) == ("weekly", False, {"starts": "22:00", "ends": "07:00"})
    assert (dropped["quiet"], QuietHours.objects.count()) == (None, 0)
    assert Preference.objects.get(person=cast.owner.person, told="mail", topic=TOPIC).pace == "weekly"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"topics": [{"topic": "nothing.such", "mail": "off"}]}, "#/topics/0/topic"),
        ({"topics": [{"topic": TOPIC, "mail": "hourly"}]}, "#/topics/0/mail"),
        ({"quiet": {"starts": "22:00", "ends": "22:00"}}, "#/quiet_until"),
        ({"quiet": {"starts": "25:00", "ends": "07:00"}}, "#/quiet/starts"),
    ],
)
def test_wishes_that_cannot_be_are_refused_at_their_place(owner: Caller, change: Any, pointer: str) -> None:
    answer = owner("PATCH", "/notice-settings", change, if_match="*")

    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_secret_is_shown_once_given_again_by_its_key_and_kept_nowhere(owner: Caller) -> None:
    made = owner.post("/webhooks", SYSTEM, idempotency_key="k1")
    again = owner.post("/webhooks", SYSTEM, idempotency_key="k1")
    other = owner.post("/webhooks", {**SYSTEM, "name": "Other"}, idempotency_key="k1")
    path = f"/webhooks/{made.json()['id']}"

    secret = made.json()["secret"]
    assert (made.status_code, made.headers["Cache-Control"], secret[:6]) == (201, "no-store", "whsec_")
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (made.json(), "true")
    assert (other.status_code, other.json()["code"], Endpoint.objects.count()) == (422, "key-reused", 1)
    assert secret not in owner.get(path).content.decode()
    assert [secret in repr(row) for row in IdempotencyRecord.objects.values_list()] == [False]


def test_replaced_secret_signs_for_a_day_and_does_not_come_back(owner: Caller) -> None:
    first = owner.post("/webhooks", SYSTEM).json()
    path = f"/webhooks/{first['id']}/secrets"
    second, again = owner.post(path, idempotency_key="k2"), owner.post(path, idempotency_key="k2")
    third = owner.post(path, idempotency_key="k3")
    late = owner.post(path, idempotency_key="k2")

    assert len({first["secret"], second.json()["secret"], third.json()["secret"]}) == 3
    assert (second.json()["secret"], second.json()["old_secret_until_at"] is None) == (again.json()["secret"], False)
    assert (late.status_code, late.json()["code"]) == (409, "clash")
    assert owner.post(path, idempotency_key="k3").json()["secret"] == third.json()["secret"]


def test_system_is_changed_paused_tried_and_told_again(owner: Caller) -> None:
    number = owner.post("/webhooks", SYSTEM).json()["id"]
    path = f"/webhooks/{number}"
    seen = owner.get(path)
    new = {"name": "Renamed", "url": SYSTEM["url"], "topics": [TOPIC]}
    changed = owner("PUT", path, new, if_match=seen.headers["ETag"])
    stale = owner("PUT", path, new, if_match=seen.headers["ETag"])
    strange = owner("PUT", path, {**new, "topics": ["nothing.such"]}, if_match="*")
    states = [owner.post(f"{path}/{act}").json()["state"] for act in ("pause", "resume", "try")]
    Delivery.objects.update(state="given_up", tries=3)
    (post,) = owner.get(f"{path}/posts?state=given_up").json()["items"]
    replayed = owner.post(f"{path}/replay", {"since": "2019-01-01"}).json()
    whole = owner.post(f"{path}/posts/{post['id']}/replay").json()

    assert (changed.json()["name"], stale.status_code, stale.json()["code"]) == ("Renamed", 412, "stale")
    assert [one["pointer"] for one in strange.json()["errors"]] == ["#/topics"]
    assert states == ["paused", "active", "active"]
    assert (post["topic"], replayed, whole["state"], whole["webhook_id"][:4]) == (
        "outbox.ping",
        {"posts": 1},
        "queued",
        "msg_",
    )


def test_address_inside_is_refused(owner: Caller) -> None:
    answers = [owner.post("/webhooks", {**SYSTEM, "url": url}) for url in ("http://register.example.org", "x")]

    assert [one.status_code for one in answers] == [422, 422]
    assert {one.json()["errors"][0]["pointer"] for one in answers} == {"#/url"}


def test_system_of_another_institution_is_not_there(owner: Caller, partner: Caller, cast: Cast) -> None:
    number = owner.post("/webhooks", SYSTEM).json()["id"]
    reader = caller_for(cast.owner, "read")

    assert partner.get(f"/webhooks/{number}").status_code == 404
    assert partner.post(f"/webhooks/{number}/secrets").status_code == 404
    assert (reader.get(f"/webhooks/{number}").status_code, reader.post("/webhooks", SYSTEM).status_code) == (200, 403)


COUNTS = {"/notices": 4, "/webhooks": 4, "/webhooks/{number}/posts": 5}


@pytest.mark.parametrize(("path", "queries"), COUNTS.items(), ids=COUNTS)
def test_list_costs_the_same_at_few_and_many_rows(
    owner: Caller, cast: Cast, django_assert_num_queries: Any, path: str, queries: int
) -> None:
    number = owner.post("/webhooks", SYSTEM).json()["id"]
    address = path.format(number=number)
    _more(cast, number, range(1))
    owner.get(address)

    with django_assert_num_queries(queries):
        assert len(owner.get(address).json()["items"]) > 0
    _more(cast, number, range(1, 5))
    with django_assert_num_queries(queries):
        assert len(owner.get(address).json()["items"]) > 3


def _more(cast: Cast, number: int, which: range) -> None:
    """Tell, connect and try some more."""
    first = Endpoint.objects.get(pk=number)
    for each in which:
        tell(cast, each)
        operations.ping_endpoint(endpoint=first, key=f"trial:{each}", at=timezone.now())
        operations.add_endpoint(
            institution_id=cast.ours.institution_id,
            name=f"System {each}",
            url=f"https://register.example.org/{each}",
            topics=[],
            mark=UUID(int=each + 100),
            caution=operations.Caution(),
            by=cast.owner.person,
            at=timezone.now(),
        )
