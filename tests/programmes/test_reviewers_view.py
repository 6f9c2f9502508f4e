"""What reviewers read of an application: blind, nothing that tells who applies, in texts, names of files and bytes."""

import zlib
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import override_settings
from openpyxl import Workbook, load_workbook
from tests.programmes.scene import FORM, WHILE_OPEN, Scene

from accord.engines import questionnaire
from accord.files import operations as files
from accord.files.enums import FileType
from accord.kernel.access import NOBODY
from accord.kernel.refused import NotThere
from accord.kernel.store import FolderStore
from accord.kernel.text import Bilingual
from accord.programmes import models, queries
from accord.programmes.queries import NotCleaned, nameless
from accord.review.queries import FileLink, reader_of

pytestmark = pytest.mark.django_db

LATER = WHILE_OPEN + timedelta(days=1)
NAMES = ("Chen Rui", "Second", "Wu Companion", "wu@example.org", "Harvest Bank", "chen-rui-cv", "SUM-19-0002")
PDF = b"%%PDF-1.4\n1 0 obj<</Author (Chen \\(Rui\\)) /Title <4368656E> /Pages 2 0 R>>endobj\n%sstartxref\n9\n%%%%EOF\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[FolderStore]:
    """Keep files of the test in a folder of its own."""
    store = FolderStore(tmp_path)
    with override_settings(FILE_STORE=store):
        yield store


def furnish(scene: Scene, store: FolderStore, content: bytes, name: str = "chen-rui-cv.pdf") -> str:
    """Let the application name people everywhere, with a file; return the file's number."""
    held = files.keep_file(
        record=queries.review_record(scene.submitted),
        name=name,
        content=BytesIO(content),
        store=store,
        at_most=10_000,
        by=scene.second.person,
        at=LATER,
    )
    answers = scene.submitted.answers | {"paper": [{"name": name, "bytes": len(content), "ref": str(held.pk)}]}
    models.Application.objects.filter(pk=scene.submitted.pk).update(
        answers=answers, home=scene.bank, title=Bilingual("Project of Chen Rui", "")
    )
    models.CoApplicant.objects.create(
        application=scene.submitted, name="Wu Companion", email="wu@example.org", named_at=LATER
    )
    return str(held.pk)


def words(reading: Any) -> str:
    """Return every text of a reading."""
    said = [str(reading.title)]
    for heading, lines in reading.sections:
        said.append(str(heading))
        for label, value in lines:
            said += [str(label), str(value.name) if isinstance(value, FileLink) else str(value)]
    return "\n".join(said)


def test_blind_readers_see_answers_and_no_names(scene: Scene, shelf: FolderStore) -> None:
    key = furnish(scene, shelf, PDF % b"")
    record = queries.review_record(scene.submitted)
    reader = reader_of(record)
    assert reader is not None
    blind, seeing = (words(reader.read(record, NOBODY, hidden)) for hidden in (True, False))
    assert [one for one in NAMES if one in blind] == []
    assert "To learn how payments are cleared." in blind
    assert "File 1.pdf" in blind
    for name in ("Chen Rui", "Second", "Wu Companion", "Harvest Bank", "chen-rui-cv.pdf"):
        assert name in seeing
    assert reader.open_file is not None
    answer = reader.open_file(record, key, NOBODY, True, LATER)
    assert "File%201.pdf" in answer.headers["Content-Disposition"]
    assert b"Chen" not in b"".join(answer)
    whole = reader.open_file(record, key, NOBODY, False, LATER)
    assert b"Chen" in b"".join(whole)


def test_members_of_a_team_are_names_whatever_the_form_says(scene: Scene) -> None:
    form = {"sections": [*FORM["sections"]]}
    form["sections"].append(
        {
            "key": "team",
            "title": {"en": "Team", "zh-hans": "团队"},
            "questions": [{"key": "team", "kind": "members", "label": {"en": "Team", "zh-hans": "团队"}}],
        }
    )
    definition = questionnaire.as_data(questionnaire.read(form))
    models.FormVersion.objects.filter(pk=scene.form.pk).update(definition=definition)
    members = [{"name": "Wu Companion", "email": "wu@example.org", "institution": ""}]
    models.Application.objects.filter(pk=scene.submitted.pk).update(answers=scene.submitted.answers | {"team": members})
    record = queries.review_record(scene.submitted)
    assert "Wu Companion" not in words(queries.read_for_review(record, NOBODY, True))
    assert "Wu Companion" in words(queries.read_for_review(record, NOBODY, False))


def test_only_files_that_are_answers_are_handed_out(scene: Scene, shelf: FolderStore) -> None:
    furnish(scene, shelf, PDF % b"")
    stray = files.keep_file(
        record=queries.review_record(scene.submitted),
        name="letter.pdf",
        content=BytesIO(PDF % b" "),
        store=shelf,
        at_most=10_000,
        by=scene.second.person,
        at=LATER,
    )
    for key in (str(stray.pk), "x", "", "999999"):
        with pytest.raises(NotThere):
            queries.open_for_review(queries.review_record(scene.submitted), key, NOBODY, True, LATER)
    for record in (f"application:{scene.draft.pk}", "application:x", "call:1"):
        with pytest.raises(NotThere):
            queries.read_for_review(record, NOBODY, True)


def test_properties_of_office_documents_go_and_the_text_stays() -> None:
    book = Workbook()
    book.properties.creator = "Chen Rui"
    book.create_sheet("Notes")["A1"] = "What I studied"
    held = BytesIO()
    book.save(held)
    cleaned = nameless(held.getvalue(), FileType.XLSX)
    assert load_workbook(BytesIO(cleaned))["Notes"]["A1"].value == "What I studied"
    assert not any(b"Chen" in ZipFile(BytesIO(cleaned)).read(name) for name in ZipFile(BytesIO(cleaned)).namelist())
    letter = BytesIO()
    with ZipFile(letter, "w") as package:
        package.writestr("word/document.xml", '<w:ins w:author="Chen Rui"><w:t>Dear all</w:t></w:ins>')
        package.writestr("docProps/core.xml", "<dc:creator>Chen Rui</dc:creator>")
    text = ZipFile(BytesIO(nameless(letter.getvalue(), FileType.DOCX))).read("word/document.xml")
    assert (b"Chen" in text, b"Dear all" in text) == (False, True)


def test_a_pdf_keeps_its_length_and_loses_its_author_even_where_it_is_packed() -> None:
    inner = b"7 0 << /Author (Chen Rui) /Producer (Word of Chen) >> " + bytes(range(256))
    packed = zlib.compress(inner, 6)
    stream = (
        b"3 0 obj<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream endobj\n"
    )
    meta = b"<x:xmpmeta><dc:creator>Chen Rui</dc:creator></x:xmpmeta>\n"
    content = PDF % (stream + meta)
    cleaned = nameless(content, FileType.PDF)
    assert len(cleaned) == len(content)
    assert b"Chen" not in cleaned
    again = zlib.decompressobj().decompress(cleaned[cleaned.index(b"stream\n") + 7 :])
    assert (b"Chen" in again, len(again)) == (False, len(inner))
    with pytest.raises(NotCleaned):
        nameless(PDF % b"trailer<</Encrypt 5 0 R>>", FileType.PDF)


def test_a_photograph_loses_what_the_camera_wrote() -> None:
    part = b"Exif Chen Rui"
    jpeg = (
        b"\xff\xd8\xff\xe0\x00\x04ok\xff\xe1"
        + (len(part) + 2).to_bytes(2, "big")
        + part
        + b"\xff\xda\x00\x02scan\xff\xd9"
    )
    assert nameless(jpeg, FileType.JPEG) == b"\xff\xd8\xff\xe0\x00\x04ok\xff\xda\x00\x02scan\xff\xd9"
    chunk = (8).to_bytes(4, "big") + b"tEXtChen Rui" + b"crc!"
    end = (0).to_bytes(4, "big") + b"IEND" + b"crc!"
    assert nameless(b"\x89PNG\r\n\x1a\n" + chunk + end, FileType.PNG) == b"\x89PNG\r\n\x1a\n" + end
    with pytest.raises(NotCleaned):
        nameless(b"\xff\xd8\xff\xe1\xff\xff", FileType.JPEG)
