"""Files by program: attached once, judged by content, handed out by a short-lived address, taken away."""

import hashlib
from typing import Any

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.api.conftest import Caller, caller_for
from tests.api.test_client import Accord, Upload, in_process
from tests.cast import Cast
from tests.files.samples import PDF, PNG, REFUSED

from accord.files.models import Attachment


@pytest.fixture
def path(cast: Cast) -> str:
    """Return the address of the agreement's files."""
    return f"/records/agreement:{cast.agreement.pk}/files"


def send(caller: Caller, path: str, content: bytes, name: str = "minutes.pdf", **more: Any) -> HttpResponse:
    """Send a file as a form."""
    headers = {name: more.pop(name) for name in ("idempotency_key",) if name in more}
    form = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, content), **more})
    return caller("POST", path, form, content_type=MULTIPART_CONTENT, **headers)


def test_a_file_goes_up_and_comes_back_by_the_client(cast: Cast, one_connection: None) -> None:
    client = Accord("http://testserver", token=caller_for(cast.owner).token, transport=in_process())
    record = f"agreement:{cast.agreement.pk}"

    made = client.attach_file(record, Upload("../minutes.txt", PDF, "Minutes of the kick-off"))
    link = client.read_file_link(made.data["id"]).data
    handed = httpx.Client(transport=in_process()).get(link["url"])
    listed = [row["name"] for row in client.list_files(record, kind="pdf")]
    client.take_file_away(made.data["id"], if_match=made.etag)

    assert (made.data["name"], made.data["note"]) == ("minutes.txt.pdf", "Minutes of the kick-off")
    assert (made.data["kind"], made.data["sha256"]) == ("pdf", hashlib.sha256(PDF).hexdigest())
    assert (handed.content, handed.headers["Content-Type"]) == (PDF, "application/pdf")
    assert listed == ["minutes.txt.pdf"]
    assert list(client.list_files(record)) == []


def test_lost_answer_attaches_one_file_and_another_file_needs_another_key(owner: Caller, path: str) -> None:
    first = send(owner, path, PDF, note="One", idempotency_key="k1")
    again = send(owner, path, PDF, note="One", idempotency_key="k1")
    other = send(owner, path, PNG, note="One", idempotency_key="k1")

    assert (first.status_code, again.headers["Idempotency-Replayed"], first.json()) == (201, "true", again.json())
    assert (other.status_code, other.json()["code"]) == (422, "key-reused")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_the_content_is_not_is_refused(owner: Caller, path: str, name: str) -> None:
    answer = send(owner, path, REFUSED[name], name)

    assert (answer.status_code, answer.json()["code"]) == (415, "file-type")
    assert answer.json()["errors"][0]["pointer"] == "#/file"


def test_file_that_is_too_large_is_refused_before_it_is_kept(owner: Caller, path: str, settings: Any) -> None:
    settings.FILE_BYTES = 1024 * 1024
    sent = send(owner, path, PDF + bytes(1024 * 1024))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    beyond = send(owner, path, PDF + bytes(2 * 1024 * 1024))

    assert (sent.status_code, sent.json()["code"]) == (413, "too-large")
    assert (beyond.status_code, beyond.json()["code"]) == (413, "too-large")
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"no form at all", MULTIPART_CONTENT, 422),
        (b"no boundary", "multipart/form-data", 400),
        (b"{}", "application/json", 415),
        (encode_multipart(BOUNDARY, {"note": "without"}), MULTIPART_CONTENT, 422),
        (encode_multipart(BOUNDARY, {"file": "a word"}), MULTIPART_CONTENT, 422),
        (
            encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.pdf", PDF), "also": "this"}),
            MULTIPART_CONTENT,
            422,
        ),
    ],
)
def test_body_that_holds_no_file_is_a_problem(owner: Caller, path: str, body: bytes, kind: str, status: int) -> None:
    answer = owner("POST", path, body, content_type=kind)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert Attachment.objects.count() == 0


def test_record_that_one_may_not_see_has_no_files(owner: Caller, outsider: Caller, path: str) -> None:
    number = send(owner, path, PDF).json()["id"]

    answers = [outsider.get(one) for one in (path, f"/files/{number}", f"/files/{number}/link")]

    assert [one.status_code for one in answers] == [404, 404, 404]


def test_session_of_a_page_needs_its_mark(cast: Cast, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.owner.person.account)

    answer = browser.post(f"/api/v1{path}", {"file": SimpleUploadedFile("a.pdf", PDF)})

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf-missing")


def test_a_body_of_another_operation_is_not_let_in_by_the_size_of_files(owner: Caller, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = owner.post("/views", {"name": "x" * 200, "path": "/agreements/"})

    assert answer.status_code == 413


def test_list_costs_the_same_at_few_and_many_rows(owner: Caller, path: str, django_assert_num_queries: Any) -> None:
    send(owner, path, PDF)
    owner.get(path)

    with django_assert_num_queries(6):
        assert owner.get(path).status_code == 200
    for number in range(4):
        send(owner, path, PDF, f"{number}.pdf")
    with django_assert_num_queries(6):
        assert len(owner.get(path).json()["items"]) == 5


def test_a_small_json_body_is_still_read(partner: Caller) -> None:
    assert partner.post("/views", {"name": "Mine", "path": "/agreements/"}).status_code in {200, 201}
