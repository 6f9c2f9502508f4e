"""A backup brought back elsewhere is the same installation: every row, every file, and the doctor content."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql
from tests.config.cli.conftest import Installation

Copied = Callable[..., Installation]
MINUTES = b"%PDF-1.7\n" + b"What was agreed on 30 September 2019. " * 5_000
ATTACH = """
import io, sys
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings
from accord.files.operations import keep_file
from accord.kernel.text import Bilingual
from accord.people.operations import register_person

keep_file(
    store=settings.FILE_STORE, record="agreement:1", content=io.BytesIO(Path({path!r}).read_bytes()), name="minutes.pdf",
    at_most=settings.FILE_BYTES, by=register_person(key="ana", name=Bilingual("Ana")), at=datetime.now(UTC),
)
"""


def everything(made: Installation) -> dict[str, tuple[int, str]]:
    """Return of every table how many rows it has and a digest of all of them."""
    digest = "SELECT count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {} t"
    with psycopg.connect(made.url) as connection:
        names = [row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return {
            str(name): connection.execute(sql.SQL(digest).format(sql.Identifier(name))).fetchone() or (0, "")
            for name in names
        }


def files(made: Installation) -> dict[str, str]:
    """Return every file of the storage with the hash of its bytes."""
    found = (made.folder / "files").rglob("*")
    return {
        path.relative_to(made.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.is_file()
    }


def test_installation_with_a_file_comes_back_whole_elsewhere(copied: Copied, tmp_path: Path) -> None:
    made, empty = copied("round_trip"), copied("round_trip_target", of="template0")
    paper, target = tmp_path / "minutes.pdf", tmp_path / "all.backup"
    paper.write_bytes(MINUTES)
    attached = made.run("manage", "shell", "-c", ATTACH.format(path=str(paper)))
    assert attached.returncode == 0, attached.stderr

    written = made.run("backup", "-o", target)
    before = everything(made)
    restored = empty.run("restore", target)

    assert (written.returncode, "1 files are in it." in written.stderr) == (0, True), written.stderr
    assert (restored.returncode, "Restored and sound." in restored.stderr) == (0, True), restored.stderr
    assert everything(empty) == before
    assert before["files_blob"][0] == before["files_attachment"][0] == 1
    assert list(files(empty).values()) == [hashlib.sha256(MINUTES).hexdigest()]
    assert files(empty) == files(made)
    assert empty.run("doctor").returncode == 0


def test_lost_file_is_told_and_the_rest_is_still_backed_up(copied: Copied, tmp_path: Path) -> None:
    made = copied("lost_file")
    paper, target = tmp_path / "minutes.pdf", tmp_path / "all.backup"
    paper.write_bytes(MINUTES)
    made.run("manage", "shell", "-c", ATTACH.format(path=str(paper)))
    for path in (made.folder / "files").rglob("*"):
        if path.is_file():
            path.unlink()

    written, seen = made.run("backup", "-o", target), made.run("doctor", "--quiet")

    assert (written.returncode, target.exists()) == (5, True)
    assert "1 files are missing or damaged and not in the backup" in written.stderr
    assert seen.returncode == 5
    assert "is missing" in seen.stdout
