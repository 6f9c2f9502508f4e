"""Who may see, attach and take away a record's files; how a file is handed out."""

import re
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from pytest_django import Settings
from tests.cast import Cast, Member
from tests.files.samples import PDF, REFUSED

from accord.files.models import Attachment
from accord.kernel.access import Actor
from accord.kernel.records import RecordKind, Shown, record_kinds
from accord.kernel.refused import NotThere
from accord.kernel.store import FolderStore
from accord.people.enums import Role

pytestmark = pytest.mark.django_db
RECORD = "tried:1"
ALL = f"/files/of/{RECORD}/"


@pytest.fixture(autouse=True)
def _place(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Have a kind of record that our side may change and the other side may see."""
    ours, theirs = cast.ours.institution_id, cast.theirs.institution_id

    def find(actor: Actor, pk: int) -> Shown:
        if pk != 1 or not actor.institutions() & {ours, theirs}:
            raise NotThere("nothing here")
        return Shown("A tried record", "/", may_change=actor.holds(Role.OFFICER, institution_id=ours))

    settings.FILE_STORE = FolderStore(tmp_path)
    record_kinds.announce("tried", RecordKind("tried", "agreements.Agreement", "tried", find))
    yield
    record_kinds._offers.pop("tried")


def send(who: Member, content: bytes = PDF, name: str = "纪要.pdf") -> HttpResponse:
    """Attach a file by the page."""
    return who.client.post(ALL, {"file": SimpleUploadedFile(name, content), "note": "March meeting"})


def test_a_file_goes_in_and_comes_out_as_it_was(cast: Cast) -> None:
    assert send(cast.owner).status_code == 302
    held = Attachment.objects.get()

    page = cast.partner.client.get(ALL).content.decode()
    answer = cast.partner.client.get(f"/files/{held.pk}/download/", follow=True)

    assert "纪要.pdf" in page
    assert "March meeting" in page
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%BA%AA%E8%A6%81.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_who_may_do_what(cast: Cast) -> None:
    send(cast.owner)
    held = Attachment.objects.get()
    pages = [ALL, f"/files/{held.pk}/", f"/files/{held.pk}/download/"]

    seen = {
        name: [getattr(cast, name).client.get(page).status_code for page in pages]
        for name in ("owner", "partner", "outsider")
    }

    assert seen == {"owner": [200, 200, 302], "partner": [200, 200, 302], "outsider": [404, 404, 404]}
    assert (send(cast.partner).status_code, send(cast.outsider).status_code) == (403, 404)
    assert cast.partner.client.post(f"/files/{held.pk}/remove/").status_code == 403
    assert cast.outsider.client.post(f"/files/{held.pk}/remove/").status_code == 404
    assert "Attach" not in cast.partner.client.get(ALL).content.decode().split("<main")[1].split("Attached by")[0]
    assert cast.owner.client.post(f"/files/{held.pk}/remove/").status_code == 302
    assert cast.owner.client.get(f"/files/{held.pk}/").status_code == 404


def test_an_address_is_good_for_five_minutes_and_for_one_file(cast: Cast) -> None:
    send(cast.owner)
    address = cast.owner.client.get(f"/files/{Attachment.objects.get().pk}/download/")["Location"]

    with mock.patch.object(signing.time, "time", return_value=signing.time.time() + 301):
        late = cast.owner.client.get(address)
    other = cast.owner.client.get(re.sub(r"get/\d+", "get/99", address))

    assert (late.status_code, other.status_code) == (404, 404)
    assert cast.outsider.client.get(address).status_code == 200  # whoever holds a fresh address has it


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_type_is_named_at_the_field(cast: Cast, name: str) -> None:
    answer = send(cast.owner, REFUSED[name], name)

    assert answer.status_code == 422
    assert "By its content this file is none of these" in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_file_that_is_too_large_is_cut_off_and_said_so(cast: Cast, settings: Settings) -> None:
    settings.FILE_BYTES = 1024 * 1024

    answer = send(cast.owner, PDF + bytes(3 * 1024 * 1024))

    assert answer.status_code == 422
    assert "larger than 1 MB" in answer.content.decode()
    assert "Choose a file" not in answer.content.decode()


def test_no_file_and_odd_records(cast: Cast) -> None:
    assert "Choose a file" in cast.owner.client.post(ALL, {"note": "x"}).content.decode()
    for odd in ("tried:2", "tried:x", "tried", "nothing:1", "tried:" + "9" * 40):
        assert cast.owner.client.get(f"/files/of/{odd}/").status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_asks_the_same_few_questions(cast: Cast, django_assert_num_queries: object, many: int) -> None:
    for number in range(many):
        send(cast.owner, PDF + str(number).encode(), f"{number}.pdf")
    cast.owner.client.get(ALL)

    with django_assert_num_queries(8):
        cast.owner.client.get(ALL)
