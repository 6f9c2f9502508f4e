"""A backup that is not whole is told from one that is, before anything is touched."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from accord.config import backup
from accord.config.postgres import throwaway
from accord.kernel.store import FolderStore, S3Store, Store

SMALL = "CREATE TABLE thing (id int PRIMARY KEY); INSERT INTO thing SELECT generate_series(1, 1000)"


@pytest.fixture(scope="module")
def url() -> str:
    with throwaway() as server:
        with psycopg.connect(server.url) as connection:
            connection.execute(SMALL)
        yield server.url


@pytest.fixture
def made(url: str, tmp_path: Path) -> Path:
    make(url, tmp_path / "all.backup", FolderStore(tmp_path / "files"))
    return tmp_path / "all.backup"


def make(url: str, target: Path, store: Store, place: str = backup.FOLDER) -> backup.Manifest:
    return backup.make(url, target, external=False, store=store, place=place)


def bring_back(url: str, source: Path, store: Store, *, in_place: bool = True) -> None:
    backup.bring_back(url, source, backup.describe(source), in_place=in_place, external=False, store=store)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "again")


@pytest.fixture
def with_files(url: str, tmp_path: Path) -> Iterator[tuple[FolderStore, list[str]]]:
    """Have a database that knows three files, which lie in a folder beside one that it does not know."""
    kept = FolderStore(tmp_path / "files")
    known = [keep(kept, content) for content in (b"minutes", b"list", b"x" * 3_000_000)]
    keep(kept, b"a stranger")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE files_blob (digest text, swept_at timestamptz)")
        for digest in known:
            connection.execute("INSERT INTO files_blob VALUES (%s, NULL)", [digest])
        connection.execute("INSERT INTO files_blob VALUES (%s, now())", ["0" * 64])
        yield kept, sorted(known)
        connection.execute("DROP TABLE IF EXISTS files_blob")


def keep(store: FolderStore, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    store.keep(digest, io.BytesIO(content))
    return digest


def held(store: FolderStore) -> list[str]:
    return sorted(path.name for path in store.folder.glob("*/*/*"))


def test_manifest_counts_the_rows_that_are_inside(made: Path) -> None:
    manifest = backup.describe(made)

    assert (manifest.rows, manifest.is_demo, manifest.format) == ({"thing": 1000}, False, 2)


def test_backup_is_its_owners_alone_and_leaves_no_draft(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.parent.iterdir()] == ["all.backup"]


def test_files_that_the_database_knows_are_in_it_and_come_back(
    url: str, with_files: tuple[FolderStore, list[str]], store: FolderStore, tmp_path: Path
) -> None:
    kept, known = with_files

    made = make(url, tmp_path / "all.backup", kept)
    bring_back(url, tmp_path / "all.backup", store)

    assert made.files == backup.Held(backup.FOLDER, 3, 3_000_011)
    assert held(store) == known
    assert [b"".join(store.chunks(one)) for one in known] == [b"".join(kept.chunks(one)) for one in known]


def test_missing_and_changed_files_are_named_and_the_rest_is_kept(
    url: str, with_files: tuple[FolderStore, list[str]], store: FolderStore, tmp_path: Path
) -> None:
    kept, known = with_files
    kept.drop(known[0])
    kept.path(known[1]).write_bytes(b"changed by hand")

    made = make(url, tmp_path / "all.backup", kept)
    bring_back(url, tmp_path / "all.backup", store)

    assert made.files.lacking == known[:2]
    assert held(store) == known[2:]


def test_in_place_a_damaged_file_is_mended_and_an_unknown_one_is_dropped(
    url: str, with_files: tuple[FolderStore, list[str]], tmp_path: Path
) -> None:
    kept, known = with_files
    make(url, tmp_path / "all.backup", kept)
    kept.path(known[0]).write_bytes(b"changed by hand")

    bring_back(url, tmp_path / "all.backup", kept)

    assert held(kept) == known
    assert hashlib.sha256(b"".join(kept.chunks(known[0]))).hexdigest() == known[0]


def test_file_that_is_damaged_in_the_backup_is_refused_before_anything_is_dropped(
    url: str, with_files: tuple[FolderStore, list[str]], store: FolderStore, tmp_path: Path
) -> None:
    kept, known = with_files
    file = tmp_path / "all.backup"
    make(url, file, kept)
    content = bytearray(file.read_bytes())
    with tarfile.open(file) as archive:
        place = archive.getmember(f"files/{known[0]}").offset_data
    content[place] ^= 0xFF
    file.write_bytes(content)

    with pytest.raises(backup.BackupDamagedError, match=known[0]):
        bring_back(url, file, store)

    with psycopg.connect(url) as connection:
        assert backup.row_counts(connection) == {"files_blob": 4, "thing": 1000}


def test_backup_that_lost_a_file_on_its_way_is_refused(
    url: str, with_files: tuple[FolderStore, list[str]], store: FolderStore, tmp_path: Path
) -> None:
    make(url, tmp_path / "all.backup", with_files[0])
    with tarfile.open(tmp_path / "all.backup") as archive, tarfile.open(tmp_path / "less.backup", "w") as less:
        for member in archive.getmembers()[:-1]:
            less.addfile(member, archive.extractfile(member))

    with pytest.raises(backup.BackupDamagedError, match="holds 2 files and says 3"):
        bring_back(url, tmp_path / "less.backup", store)


def test_files_of_a_bucket_stay_there_and_the_backup_says_where(
    url: str, with_files: tuple[FolderStore, list[str]], tmp_path: Path
) -> None:
    made = make(url, tmp_path / "all.backup", S3Store(bucket="papers"), "s3://papers/accord")

    with tarfile.open(tmp_path / "all.backup") as archive:
        assert archive.getnames() == [backup.MANIFEST, backup.DUMP]
    assert made.files == backup.Held("s3://papers/accord", 3)


def test_backup_of_the_first_format_is_still_read(made: Path, tmp_path: Path) -> None:
    told = json.loads(_inside(made, backup.MANIFEST))
    del told["files"]
    rewritten = tmp_path / backup.MANIFEST
    rewritten.write_text(json.dumps(told | {"format": 1}))
    with tarfile.open(tmp_path / "first.backup", "w") as archive:
        archive.add(rewritten, backup.MANIFEST)

    assert backup.describe(tmp_path / "first.backup").files == backup.Held()


def _inside(source: Path, name: str) -> bytes:
    with tarfile.open(source) as archive:
        member = archive.extractfile(name)
        assert member is not None
        return member.read()


def test_restore_in_place_brings_back_what_was_there(url: str, made: Path, store: FolderStore) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM thing; CREATE TABLE later (id int)")

    bring_back(url, made, store)

    with psycopg.connect(url) as connection:
        assert backup.row_counts(connection) == {"thing": 1000}


def test_damaged_dump_is_refused_and_nothing_is_dropped(url: str, made: Path, store: FolderStore) -> None:
    content = bytearray(made.read_bytes())
    with tarfile.open(made) as archive:
        place = archive.getmember(backup.DUMP).offset_data
    content[place + 100] ^= 0xFF
    made.write_bytes(content)

    with pytest.raises(backup.BackupDamagedError, match="checksum"):
        bring_back(url, made, store)

    with psycopg.connect(url) as connection:
        assert backup.row_counts(connection) == {"thing": 1000}


@pytest.mark.parametrize("kept", [0, 300, 5000])
def test_cut_file_is_no_backup(made: Path, store: FolderStore, kept: int) -> None:
    made.write_bytes(made.read_bytes()[:kept])

    with pytest.raises(backup.BackupDamagedError):
        bring_back("", made, store, in_place=False)


def test_backup_of_a_newer_postgresql_is_refused(url: str, made: Path, store: FolderStore, tmp_path: Path) -> None:
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    described = tmp_path / backup.MANIFEST
    described.write_text(json.dumps(json.loads(described.read_text()) | {"postgres": 990_001}))
    with tarfile.open(made, "w") as archive:
        archive.add(described, backup.MANIFEST)
        archive.add(tmp_path / backup.DUMP, backup.DUMP)

    with pytest.raises(backup.BackupError, match="PostgreSQL 99, this server is"):
        bring_back(url, made, store)
