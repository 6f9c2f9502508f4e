"""A file comes in by its content, once; it goes only when nothing has needed it for a month."""

import hashlib
import io
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from tests.files.samples import PDF, PNG, REFUSED, TAKEN

from accord.files import operations, queries
from accord.files.enums import FileType
from accord.files.models import Attachment, Blob
from accord.files.operations._names import safe_name
from accord.kernel.refused import Refused
from accord.kernel.store import FolderStore
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIMIT = 4 * 1024 * 1024


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Return an empty store."""
    return FolderStore(tmp_path)


def writer() -> Person:
    """Return somebody who attaches files."""
    return people.register_person(key="writer", name=Bilingual("Writer", "撰写人"))


def keep(store: FolderStore, content: bytes, name: str = "minutes.pdf", **others: object) -> Attachment:
    """Attach bytes to a record."""
    told = {"record": "agreement:1", "by": writer(), "at": AT, "at_most": LIMIT, **others}
    return operations.keep_file(store=store, content=io.BytesIO(content), name=name, **told)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", TAKEN, ids=str)
def test_the_content_says_what_a_file_is(store: FolderStore, kind: FileType) -> None:
    name = "a.csv" if kind is FileType.CSV else "a.exe"

    held = keep(store, TAKEN[kind], name)

    assert (held.blob.kind, held.name) == (kind, f"a.{kind}" if kind is FileType.CSV else f"a.exe.{kind}")
    assert held.blob.digest == hashlib.sha256(TAKEN[kind]).hexdigest()
    assert b"".join(store.chunks(held.blob.digest)) == TAKEN[kind]


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_what_it_says_is_refused(store: FolderStore, name: str) -> None:
    with pytest.raises(operations.FileTypeRefused, match="none of these: PDF"):
        keep(store, REFUSED[name], name)

    assert (Blob.objects.count(), list(store.folder.rglob("*"))) == (0, [])


@pytest.mark.django_db
def test_too_large_empty_and_unwanted_files_are_refused(store: FolderStore) -> None:
    with pytest.raises(operations.FileTooLarge, match="larger than 4 MB"):
        keep(store, PNG + bytes(LIMIT))
    with pytest.raises(operations.FileEmpty):
        keep(store, b"")
    with pytest.raises(operations.FileTypeRefused, match="none of these: PDF\\."):
        keep(store, PNG, allowed={FileType.PDF})

    assert Attachment.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("minutes.PDF", "minutes.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\协议 终稿.pdf", "协议 终稿.pdf"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        (".pdf", "file.pdf"),
        ("", "file.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given, "pdf") == kept


@pytest.mark.django_db
def test_the_same_file_twice_is_one_and_its_bytes_are_kept_once(store: FolderStore) -> None:
    first, again, elsewhere = keep(store, PDF), keep(store, PDF), keep(store, PDF, record="agreement:2")

    assert first == again
    assert (Blob.objects.count(), Attachment.objects.count()) == (1, 2)
    assert list(queries.files_at("agreement:2")) == [elsewhere]


@pytest.mark.django_db
def test_bytes_go_a_month_after_nobody_needs_them_and_come_back_with_the_file(store: FolderStore) -> None:
    kept, other = keep(store, PDF), keep(store, PNG, "a.png")
    operations.remove_file(attachment=kept, by=writer(), at=AT)

    early = operations.sweep_blobs(store=store, at=AT + timedelta(days=29))
    swept = operations.sweep_blobs(store=store, at=AT + timedelta(days=31))

    assert (early, swept) == (0, 1)
    assert (store.has(kept.blob.digest), store.has(other.blob.digest)) == (False, True)
    assert operations.sweep_blobs(store=store, at=AT + timedelta(days=32)) == 0
    again = keep(store, PDF, at=AT + timedelta(days=40))
    assert (again.blob.swept_at, store.has(again.blob.digest)) == (None, True)


@pytest.mark.django_db
def test_taking_away_twice_keeps_who_did_it_first(store: FolderStore) -> None:
    kept = keep(store, PDF)
    operations.remove_file(attachment=kept, by=writer(), at=AT)

    operations.remove_file(attachment=kept, by=writer(), at=AT + timedelta(days=1))

    kept.refresh_from_db()
    assert kept.removed_at == AT
    assert list(queries.files_at("agreement:1")) == []


@pytest.mark.django_db(transaction=True)
def test_ten_people_attach_the_same_bytes_at_once(store: FolderStore) -> None:
    by, failures = writer(), []

    def attach(number: int) -> None:
        try:
            keep(store, PDF, record=f"agreement:{number % 2}", by=by)
        except (Refused, Exception) as failure:  # noqa: BLE001 (the test names every failure)
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=attach, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert (Blob.objects.count(), Attachment.objects.count()) == (1, 2)
