"""What the manager says when it cannot give a database, and with which exit code."""

import fcntl
import os
import shutil
import subprocess
from typing import NamedTuple

import pytest

from accord.config.postgres import (
    BinariesMissingError,
    DiskFullError,
    FolderUnwritableError,
    ForeignFolderError,
    LockTimeoutError,
    OtherVersionError,
    StartFailedError,
    _binaries,
    _locks,
    binary,
    running,
)

from .conftest import eventually, servers


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_folder_of_another_major_version_is_refused(data):
    cluster = data / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("17\n")

    with (
        pytest.raises(OtherVersionError, match=f"{cluster} was made by PostgreSQL 17.*accord backup") as refusal,
        running(data),
    ):
        pass

    assert refusal.value.exit_code == 4
    assert servers(data) == []


def test_folder_with_something_else_is_refused_and_left_alone(data):
    (data / "cluster").mkdir(parents=True)
    (data / "cluster" / "diary").write_text("mine")

    with (
        pytest.raises(ForeignFolderError, match="holds something that is no database: move it away"),
        running(data),
    ):
        pass

    assert (data / "cluster" / "diary").read_text() == "mine"


def test_folder_below_a_file_is_unwritable(data):
    data.write_text("a file")

    with (
        pytest.raises(
            FolderUnwritableError, match=r"Not a directory\. Choose another folder with --data-dir"
        ) as refusal,
        running(data / "pg"),
    ):
        pass

    assert refusal.value.exit_code == 4


def test_unwritable_folder_is_refused(data, monkeypatch):
    data.mkdir()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != data)

    with (
        pytest.raises(FolderUnwritableError, match=f"Cannot write in {data}: Permission denied"),
        running(data),
    ):
        pass


def test_nearly_full_disk_is_refused_before_anything_is_made(data, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 7_000_000))

    with (
        pytest.raises(DiskFullError, match="7 MB are free, a database needs 150 MB") as refusal,
        running(data),
    ):
        pass

    assert refusal.value.exit_code == 6
    assert list(data.glob("cluster*")) == []


def test_disk_that_fills_while_the_database_is_made_is_named_and_left_clean(data, monkeypatch):
    data.mkdir(mode=0o755)
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m,mode=0755", "tmpfs", str(data)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("this user may not mount a small disk")
    try:
        monkeypatch.setattr("accord.config.postgres._cluster._need_room", lambda _folder: None)

        with pytest.raises(DiskFullError, match=f"Too little room on the disk of {data}"), running(data):
            pass

        assert list(data.glob("cluster*")) == []
    finally:
        subprocess.run(["umount", str(data)], check=True)


def test_server_that_will_not_start_is_quoted_and_its_data_kept(data):
    with running(data, linger=0):
        pass
    assert eventually(lambda: not servers(data))
    (data / "cluster" / "postgresql.auto.conf").write_text("shared_buffers = 'plenty'\n")

    with (
        pytest.raises(StartFailedError, match=r'(?s)did not start in .*invalid value .*"shared_buffers"') as refusal,
        running(data),
    ):
        pass

    assert refusal.value.exit_code == 6
    assert (data / "cluster" / "PG_VERSION").exists()


def test_lock_that_is_never_given_back_is_named(tmp_path):
    waits = []
    lock = tmp_path / "start.lock"
    holder = _locks.take(lock, fcntl.LOCK_EX)
    try:
        held = _locks.held(lock, fcntl.LOCK_SH, patience=1.2, on_wait=lambda: waits.append("waiting"))
        with pytest.raises(LockTimeoutError, match=rf"for 1 seconds\. Look for it with `fuser {lock}`"), held:
            pass
    finally:
        os.close(holder)

    assert waits == ["waiting"]


def test_missing_program_is_named():
    with pytest.raises(BinariesMissingError, match="pg_nothing is missing: install the packages anew"):
        binary("pg_nothing")


def test_missing_wheel_says_what_to_run(monkeypatch):
    monkeypatch.setattr(_binaries.importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(BinariesMissingError, match=r"run \./accord, which installs them, or set DATABASE_URL"):
        binary("postgres")
