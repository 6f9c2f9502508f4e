"""The life of a server: made, started, shared, stopped with its last client."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from accord.config.postgres import _keeper, binary, running, throwaway, version

from .conftest import eventually, keepers, kill_postmaster, log_of, servers


def fetch(url: str, query: str) -> tuple:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()


def test_running_makes_a_database_that_listens_to_its_socket_alone(data):
    steps = []

    with running(data, linger=0, on_progress=steps.append) as server:
        asked = "SELECT current_database(), current_user, pg_encoding_to_char(encoding), datlocale, current_setting("
        row = fetch(
            server.url,
            f"{asked}'listen_addresses'), current_setting('TimeZone') FROM pg_database WHERE datname = current_database()",
        )
        rules = fetch(
            server.url,
            "SELECT array_agg(DISTINCT type || ' ' || auth_method ORDER BY type || ' ' || auth_method) FROM pg_hba_file_rules",
        )

    assert row == ("accord", "accord", "UTF8", "C.UTF-8", "", "UTC")
    assert rules == (["host reject", "local trust"],)
    assert server.started
    assert steps == ["Making the database", f"Starting PostgreSQL {version()}"]


def test_settings_reach_the_same_database_as_the_url(data):
    with running(data, linger=0) as server:
        by_parts = psycopg.connect(
            host=server.settings["HOST"],
            port=server.settings["PORT"],
            dbname=server.settings["NAME"],
            user=server.settings["USER"],
        )
        with by_parts:
            assert by_parts.info.dbname == fetch(server.url, "SELECT current_database()")[0]


def test_second_client_shares_the_server_and_the_last_one_stops_it(data, client):
    with running(data, linger=0) as first:
        other = client(data)
        assert other.greeting() == ["False", first.url]
        before = servers(data)
    time.sleep(0.3)
    assert servers(data) == before

    other.leave()

    assert eventually(lambda: not servers(data))
    assert log_of(data).rstrip().endswith("database system is shut down")


def test_lingering_server_serves_the_next_client_and_then_stops(data):
    with running(data, linger=1):
        before = servers(data)

    with running(data, linger=1) as again:
        assert not again.started
        assert servers(data) == before

    assert eventually(lambda: not servers(data), seconds=5)


def test_killed_client_takes_the_server_along_cleanly(data, client):
    victim = client(data)
    victim.greeting()

    victim.kill()

    assert eventually(lambda: not servers(data))
    assert log_of(data).rstrip().endswith("database system is shut down")


def test_killed_keeper_is_replaced_by_the_next_client(data, client):
    first = client(data)
    first.greeting()
    (keeper,) = keepers(data)
    os.kill(keeper, signal.SIGKILL)
    first.kill()
    assert servers(data)

    with running(data, linger=0) as server:
        assert not server.started

    assert eventually(lambda: not servers(data))


def test_newcomer_waits_for_a_stopping_server_and_starts_it_anew(data):
    for _ in range(6):
        with running(data, linger=0) as server:
            assert fetch(server.url, "SELECT 1") == (1,)


def test_killed_postmaster_keeps_every_committed_row(data):
    with running(data, linger=0) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE promise AS SELECT generate_series(1, 200000) AS n")
        kill_postmaster(data)

    with running(data, linger=0) as again:
        assert again.started
        assert fetch(again.url, "SELECT count(*), sum(n) FROM promise") == (200000, 20000100000)


def test_ensure_starts_a_killed_server_again(data):
    with running(data, linger=0) as server:
        assert server.ensure() is False
        kill_postmaster(data)

        assert server.ensure() is True

        assert fetch(server.url, "SELECT 1") == (1,)
    assert eventually(lambda: not servers(data))


def test_stale_pid_of_a_living_stranger_does_not_pass_for_a_server(data):
    with running(data, linger=0):
        kept = (data / "cluster" / "postmaster.pid").read_text()
        owner = (data / "cluster").stat().st_uid
    assert eventually(lambda: not servers(data))
    switch = [f"--reuid={owner}", "--clear-groups"] if os.geteuid() == 0 else []
    with subprocess.Popen(["setpriv", *switch, "sleep", "60"]) as stranger:
        (data / "cluster" / "postmaster.pid").write_text("\n".join([str(stranger.pid), *kept.splitlines()[1:]]) + "\n")

        with running(data, linger=0) as server:
            assert server.started
            assert fetch(server.url, "SELECT 1") == (1,)
        assert stranger.poll() is None
        stranger.kill()


def test_four_at_once_make_one_server(data, client):
    four = [client(data) for _ in range(4)]

    greetings = [one.greeting() for one in four]

    assert sorted(started for started, _ in greetings) == ["False", "False", "False", "True"]
    assert len(servers(data)) == 1
    assert [path.name for path in data.glob("cluster*")] == ["cluster"]


def test_interrupted_making_leaves_nothing_half_done(data, client):
    victim = client(data)
    assert eventually(lambda: list(data.glob("cluster.new-*/base")))
    victim.kill()
    assert not (data / "cluster").exists()

    with running(data, linger=0) as server:
        assert fetch(server.url, "SELECT 1") == (1,)

    assert [path.name for path in data.glob("cluster*")] == ["cluster"]


def test_deleted_folder_of_a_lingering_server_ends_it(data):
    with running(data, linger=60):
        pass
    assert servers(data)

    shutil.rmtree(data)

    assert eventually(lambda: not servers(data), seconds=5)


def test_folder_deleted_under_a_client_can_be_made_anew(data, client):
    old = client(data)
    old.greeting()
    shutil.rmtree(data)

    with running(data, linger=0) as server:
        assert server.started
        assert len(servers(data)) == 2

        old.leave()

        assert eventually(lambda: len(servers(data)) == 1)
        assert fetch(server.url, "SELECT 1") == (1,)

    assert eventually(lambda: not servers(data))


def test_long_path_gets_a_private_socket_folder_that_goes_with_the_server(data):
    long = data / ("a" * 100) / ("b" * (246 - len(str(data)) - 102))
    assert len(str(long)) == 246

    with running(long, linger=0) as server:
        sockets = Path(server.settings["HOST"])
        assert sockets.stat().st_mode & 0o777 == 0o700
        assert fetch(server.url, "SELECT 1") == (1,)

    assert eventually(lambda: not sockets.exists())
    assert servers(long) == []


def test_path_with_every_awkward_sign_works(data):
    with running(data / 'it\'s 50% "odd", 中文 & more?', linger=0) as server:
        assert fetch(server.url, "SELECT 1") == (1,)


def test_folder_reached_through_a_link_is_stopped_as_well(data):
    real = data.parent / "real"
    real.mkdir(mode=0o755)
    data.symlink_to(real)

    with running(data, linger=0) as server:
        assert fetch(server.url, "SELECT 1") == (1,)
        assert servers(data)

    assert eventually(lambda: not servers(data))


def test_throwaway_is_careless_while_it_lives_and_gone_afterwards():
    with throwaway() as server:
        folder = Path(server.settings["HOST"]).parent
        assert fetch(server.url, "SELECT current_setting('fsync'), current_setting('full_page_writes')") == (
            "off",
            "off",
        )

    assert not folder.exists()
    assert _keeper.servers_of(folder / "cluster") == []


def test_throwaway_of_a_killed_client_goes_too(client):
    victim = client("")
    _, url = victim.greeting()
    folder = Path(url.split("host=")[1].split("&")[0]).parent
    assert folder.is_dir()

    victim.kill()

    assert eventually(lambda: not folder.exists())


def test_throwaway_goes_when_its_block_fails():
    folders = []

    def failing() -> None:
        with throwaway() as server:
            folders.append(Path(server.settings["HOST"]).parent)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()

    assert eventually(lambda: not folders[0].exists())


def test_dump_and_restore_programs_serve_the_running_server(data):
    with running(data, linger=0) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE promise AS SELECT 7 AS n")

        dump = subprocess.run([binary("pg_dump"), f"--dbname={server.url}"], capture_output=True, check=True, text=True)

    assert "CREATE TABLE public.promise" in dump.stdout
