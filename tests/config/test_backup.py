"""A backup that is not whole is told from one that is, before anything is touched."""

import json
import tarfile
from pathlib import Path

import psycopg
import pytest

from accord.config import backup
from accord.config.postgres import throwaway

SMALL = "CREATE TABLE thing (id int PRIMARY KEY); INSERT INTO thing SELECT generate_series(1, 1000)"


@pytest.fixture(scope="module")
def url() -> str:
    with throwaway() as server:
        with psycopg.connect(server.url) as connection:
            connection.execute(SMALL)
        yield server.url


@pytest.fixture
def made(url: str, tmp_path: Path) -> Path:
    backup.make(url, tmp_path / "all.backup", external=False)
    return tmp_path / "all.backup"


def test_manifest_counts_the_rows_that_are_inside(made: Path) -> None:
    manifest = backup.describe(made)

    assert (manifest.rows, manifest.is_demo, manifest.format) == ({"thing": 1000}, False, 1)


def test_backup_is_its_owners_alone_and_leaves_no_draft(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.parent.iterdir()] == ["all.backup"]


def test_restore_in_place_brings_back_what_was_there(url: str, made: Path) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM thing; CREATE TABLE later (id int)")

    backup.bring_back(url, made, backup.describe(made), replace=True, external=False)

    with psycopg.connect(url) as connection:
        assert backup.row_counts(connection) == {"thing": 1000}


def test_damaged_dump_is_refused_and_nothing_is_dropped(url: str, made: Path) -> None:
    content = bytearray(made.read_bytes())
    with tarfile.open(made) as archive:
        place = archive.getmember(backup.DUMP).offset_data
    content[place + 100] ^= 0xFF
    made.write_bytes(content)

    with pytest.raises(backup.BackupDamagedError, match="checksum"):
        backup.bring_back(url, made, backup.describe(made), replace=True, external=False)

    with psycopg.connect(url) as connection:
        assert backup.row_counts(connection) == {"thing": 1000}


@pytest.mark.parametrize("kept", [0, 300, 5000])
def test_cut_file_is_no_backup(made: Path, kept: int) -> None:
    made.write_bytes(made.read_bytes()[:kept])

    with pytest.raises(backup.BackupDamagedError):
        backup.bring_back("", made, backup.describe(made), replace=False, external=False)


def test_backup_of_a_newer_postgresql_is_refused(url: str, made: Path, tmp_path: Path) -> None:
    with tarfile.open(made) as archive:
        archive.extractall(tmp_path, filter="data")
    described = tmp_path / backup.MANIFEST
    described.write_text(json.dumps(json.loads(described.read_text()) | {"postgres": 990_001}))
    with tarfile.open(made, "w") as archive:
        archive.add(described, backup.MANIFEST)
        archive.add(tmp_path / backup.DUMP, backup.DUMP)

    with pytest.raises(backup.BackupError, match="PostgreSQL 99, this server is"):
        backup.bring_back(url, made, backup.describe(made), replace=True, external=False)
