"""Which user the server runs as, and which folders it passes through."""

import os
import pwd
import stat
from pathlib import Path

import pytest

from accord.config.postgres import AccountMissingError, ForeignFolderError, _account, _server, running
from accord.config.postgres._account import SYSTEM_USER, Account

from .conftest import eventually, folder, servers

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def owner_of(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@as_root
def test_root_runs_the_server_as_the_system_user(data):
    with running(data, linger=0):
        (pid,) = servers(data)
        assert pwd.getpwuid(owner_of(pid)).pw_name == SYSTEM_USER
        assert capabilities_of(pid) == 0
    assert pwd.getpwuid((data / "cluster").stat().st_uid).pw_name == SYSTEM_USER


@as_root
def test_closed_folder_above_is_passed_and_left_closed(data):
    closed = data / "closed"
    closed.mkdir(parents=True)
    closed.chmod(0o700)

    with running(closed / "pg", linger=0):
        (pid,) = servers(closed / "pg")
        assert capabilities_of(pid) == 1 << 2  # CAP_DAC_READ_SEARCH and no other
    assert eventually(lambda: not servers(closed / "pg"))

    assert mode(closed) == 0o700
    assert closed.stat().st_uid == 0


@as_root
def test_ordinary_user_runs_it_as_itself_and_root_then_as_that_user(client):
    nobody = pwd.getpwnam("nobody").pw_uid
    with folder(owner="nobody") as home:
        one = client(home / "pg", user="nobody")
        assert one.greeting()[0] == "True"
        assert owner_of(servers(home / "pg")[0]) == nobody
        one.leave()
        assert eventually(lambda: not servers(home / "pg"))

        with running(home / "pg", linger=0):
            assert owner_of(servers(home / "pg")[0]) == nobody
        assert eventually(lambda: not servers(home / "pg"))

        again = client(home / "pg", user="nobody")
        assert again.greeting()[0] == "True"
        again.leave()


def test_folder_of_another_user_is_refused_with_both_names(data, monkeypatch):
    (data / "cluster").mkdir(parents=True)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)

    with pytest.raises(ForeignFolderError, match=r"belongs to .*, not to user 12345: run Accord as"):
        _account.account_for(data / "cluster")


@as_root
def test_root_without_the_capability_is_told_where_to_go(data, monkeypatch):
    data.mkdir(mode=0o700)
    monkeypatch.setattr(_account, "_bounding_set", lambda: 0)

    with pytest.raises(AccountMissingError, match=rf"cannot pass through {data}\. .*--data-dir /var/lib/accord"):
        _account.account_for(data / "cluster")


@as_root
def test_root_without_setpriv_is_told_how_to_get_it(data, monkeypatch):
    monkeypatch.setattr(_account.shutil, "which", lambda _name: None)

    with pytest.raises(AccountMissingError, match="apt install util-linux"):
        _account.account_for(data / "cluster")


@pytest.mark.parametrize("made_as", ["open", "link", "file"])
def test_premade_socket_folder_is_never_trusted(data, tmp_path, made_as):
    cluster = data / ("x" * 90)
    cluster.mkdir(parents=True)
    me = Account(uid=os.geteuid(), gid=os.getegid(), switch=())
    place = _server.socket_folder(cluster, me)
    place.rmdir()
    if made_as == "open":
        place.mkdir()
        place.chmod(0o777)
    elif made_as == "link":
        place.symlink_to(tmp_path)
    else:
        place.touch(mode=0o700)

    try:
        with pytest.raises(ForeignFolderError, match=f"{place} is not Accord's own: remove it"):
            _server.socket_folder(cluster, me)
    finally:
        place.rmdir() if made_as == "open" else place.unlink()


def capabilities_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1], 16) for line in lines if line.startswith("CapEff:"))
