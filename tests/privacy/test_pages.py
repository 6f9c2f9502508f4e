"""What people see of their own data, and what stewards do with what they ask."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.cast import Cast
from tests.privacy.conftest import NOW

from accord.kernel.store import FolderStore
from accord.outbox.models import InboxNote, Message
from accord.people.models import Person
from accord.privacy import operations
from accord.privacy.models import Consent, DataRequest, PersonalCopy, SetAside, TransferRecord

pytestmark = pytest.mark.django_db


def test_every_page_opens_and_closed_ones_say_why(cast: Cast) -> None:
    own = ["/privacy/", "/privacy/consents/", "/privacy/requests/", "/privacy/requests/new/", "/privacy/register/"]
    kept = ["/privacy/requests/received/", "/privacy/restricted/", "/privacy/transfers/", "/privacy/transfers/new/"]

    assert {path: cast.outsider.client.get(path).status_code for path in own} == dict.fromkeys(own, 200)
    assert {path: cast.owner.client.get(path).status_code for path in kept} == dict.fromkeys(kept, 403)
    assert {path: cast.steward.client.get(path).status_code for path in own + kept} == dict.fromkeys(own + kept, 200)


def test_agreeing_and_withdrawing_take_one_press_each_and_stay_on_record(cast: Cast) -> None:
    client = cast.owner.client
    client.post("/privacy/consents/news/give/", {"version": "1"})
    client.post("/privacy/consents/news/give/", {"version": "1"})
    assert "You agree since" in client.get("/privacy/").content.decode()
    client.post("/privacy/consents/news/withdraw/")
    client.post("/privacy/consents/news/withdraw/")

    kept = Consent.objects.get()
    assert (kept.purpose, kept.text_version, kept.language, kept.channel) == ("news", 1, "en", "page")
    assert kept.withdrawn_at is not None
    assert "Withdrawn" in client.get("/privacy/consents/").content.decode()


@pytest.mark.parametrize(("purpose", "version"), [("news", "2"), ("news", "x"), ("unknown", "1")])
def test_a_text_that_was_not_on_the_page_is_not_agreed_to(cast: Cast, purpose: str, version: str) -> None:
    cast.owner.client.post(f"/privacy/consents/{purpose}/give/", {"version": version})

    assert not Consent.objects.exists()


def test_a_request_is_answered_within_its_clock_and_the_person_is_told(cast: Cast) -> None:
    cast.owner.client.post("/privacy/requests/new/", {"kind": "access", "words": ""})
    asked = DataRequest.objects.get()
    path = f"/privacy/requests/{asked.pk}/"

    assert (asked.due_on - asked.received_at.date()).days == 30
    assert InboxNote.objects.filter(person=cast.steward.person, message__topic="privacy.request-received").count() == 1
    assert cast.owner.client.post(path, decision(asked)).status_code == 403
    assert cast.outsider.client.get(path).status_code == 404
    assert cast.steward.client.post(path, decision(asked)).status_code == 302
    told = InboxNote.objects.get(person=cast.owner.person, message__topic="privacy.request-answered")
    assert "See what is kept: Granted." in told.message.body.en
    assert PersonalCopy.objects.get().person == cast.owner.person


def decision(asked: DataRequest, state: str = "granted", reason: str = "") -> dict[str, str]:
    return {"state": state, "reason": reason, "version": str(asked.version)}


def test_who_refuses_says_why_and_an_answer_is_given_once(cast: Cast) -> None:
    cast.owner.client.post("/privacy/requests/new/", {"kind": "objection", "words": "No pictures of me."})
    asked = DataRequest.objects.get()
    path = f"/privacy/requests/{asked.pk}/"

    assert cast.steward.client.post(path, decision(asked, "refused")).status_code == 422
    cast.steward.client.post(path, decision(asked, "refused", "There are none."))
    assert cast.steward.client.post(path, decision(asked)).status_code == 403

    asked.refresh_from_db()
    assert (asked.state, asked.reason, asked.decided_by) == ("refused", "There are none.", cast.steward.person)


def test_granting_an_erasure_erases_names_what_stays_and_sends_one_last_letter(cast: Cast, someone: Person) -> None:
    operations.ask(person=someone, kind="erasure", words="Zheng asks", language="zh-hans", by=someone, at=NOW)
    asked = DataRequest.objects.get()

    cast.steward.client.post(f"/privacy/requests/{asked.pk}/", decision(asked))

    page = cast.steward.client.get(f"/privacy/requests/{asked.pk}/").content.decode()
    letter = Message.objects.get(key=f"privacy:last-letter:{asked.pk}")
    assert f"Erased person {someone.pk}" in page
    assert "What was delivered" in page
    assert letter.letter["to"] == ["qiaomu.zheng@example.org"]
    assert "抹除我的数据" in letter.letter["body"]
    letter.deliveries.update(state="sent", sent_at=NOW)
    assert (operations.forget_last_letters(at=NOW), operations.forget_last_letters(at=NOW)) == (1, 0)
    assert letter.deliveries.get().address == "erased"


def test_restricting_by_request_and_lifting_it(cast: Cast, someone: Person) -> None:
    operations.ask(person=someone, kind="restriction", words="", language="en", by=someone, at=NOW)
    asked = DataRequest.objects.get()
    cast.steward.client.post(f"/privacy/requests/{asked.pk}/", decision(asked))
    assert f"Restricted person {someone.pk}" in cast.steward.client.get("/privacy/restricted/").content.decode()

    cast.steward.client.post(f"/privacy/restricted/{someone.pk}/lift/")

    assert not SetAside.objects.exists()
    assert Person.objects.get(pk=someone.pk).email == "qiaomu@example.org"


def test_a_steward_does_not_answer_themselves_and_sees_only_others_waiting(cast: Cast) -> None:
    cast.steward.client.post("/privacy/requests/new/", {"kind": "access", "words": ""})
    asked = DataRequest.objects.get()

    assert cast.steward.client.post(f"/privacy/requests/{asked.pk}/", decision(asked)).status_code == 403
    assert "Request of" not in cast.steward.client.get("/").content.decode()
    cast.owner.client.post("/privacy/requests/new/", {"kind": "access", "words": ""})
    assert "Request of Owner" in cast.steward.client.get("/").content.decode()


def test_an_overdue_request_says_so(cast: Cast) -> None:
    long_ago = NOW - timedelta(days=31)
    operations.ask(person=cast.owner.person, kind="access", words="", language="en", by=cast.owner.person, at=long_ago)

    assert "Overdue" in cast.steward.client.get("/privacy/requests/?state=late").content.decode()


def test_a_copy_is_fetched_by_its_person_alone(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FolderStore(tmp_path)
    monkeypatch.setattr(settings, "FILE_STORE", store)
    cast.owner.client.post("/privacy/copies/")
    copy = PersonalCopy.objects.get()
    path = f"/privacy/copies/{copy.pk}/"
    assert "is made in a moment" in cast.owner.client.get(path).content.decode()
    assert cast.owner.client.get(f"{path}file/").status_code == 404
    operations.make_copy(copy_id=copy.pk, store=store, clock=lambda: copy.asked_at)

    answer = cast.owner.client.get(f"{path}file/")

    assert answer["Content-Type"] == "application/zip"
    assert b"".join(answer).startswith(b"PK")
    assert [cast.steward.client.get(one).status_code for one in (path, f"{path}file/")] == [404, 404]


def test_a_transfer_is_entered_changed_and_refused_where_it_cannot_be(cast: Cast) -> None:
    form = {
        "exporter_id": cast.ours.institution_id, "recipient_id": cast.theirs.institution_id, "country": "uk",
        "categories_0": "Names", "basis": "standard-contract", "contract_number": "", "starts_on": "2026-01-01",
    }  # fmt: skip
    post = cast.steward.client.post
    assert post("/privacy/transfers/new/", form).status_code == 422
    assert post("/privacy/transfers/new/", form | {"contract_number": "7", "filed_on": "2026-01-02"}).status_code == 302
    kept = TransferRecord.objects.get()
    path = f"/privacy/transfers/{kept.pk}/"
    post(path, form | {"version": "1", "basis": "exempt"})
    clash = post(path, form | {"version": "1", "basis": "consent"})

    kept.refresh_from_db()
    assert (kept.country, kept.basis, kept.version, clash.status_code) == ("GB", "exempt", 2, 422)
    assert cast.owner.client.post(path, form).status_code == 403


def test_the_register_is_drawn_from_what_tables_declare_and_can_be_exported(cast: Cast) -> None:
    page = cast.outsider.client.get("/privacy/register/").content.decode()
    file = b"".join(cast.outsider.client.get("/privacy/register/?format=csv").streaming_content).decode()

    assert "Directory and accounts" in page
    assert "Names and places" in file
