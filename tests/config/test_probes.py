"""What monitors are told: ready or not and why, and figures for whoever may read them."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from accord.config import readiness
from accord.kernel.store import FolderStore

TOKEN = "a token that the monitor knows"


def figures(client: Client, **headers: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return every figure by name and labels."""
    answer = client.get("/metrics", **headers)
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


@pytest.mark.django_db
def test_ready_names_everything_that_requests_need(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.decode().splitlines() == [
        "ready",
        "ok  database answers",
        "ok  tables are those of this version",
        "ok  queue takes jobs",
        "ok  storage can be used",
    ]


@pytest.mark.django_db
def test_older_tables_are_not_ready_and_newer_ones_are(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', now())")
        newer = client.get("/readyz")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    older = client.get("/readyz")

    assert newer.status_code == 200
    assert (older.status_code, older.headers["Retry-After"]) == (503, "5")
    assert "no  tables 1 migrations are missing; run `accord manage migrate`" in older.content.decode()


@pytest.mark.django_db
def test_lost_queue_is_told_without_what_the_database_said(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO lost_jobs")
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "no  queue does not answer" in answer.content.decode().splitlines()
    assert "procrastinate" not in answer.content.decode()


@pytest.mark.django_db
def test_lost_database_is_told_by_readiness_and_not_by_health(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    connection.close()
    ready, healthy = client.get("/readyz"), client.get("/healthz")

    assert (ready.status_code, healthy.status_code) == (503, 200)
    assert "no  database does not answer" in ready.content.decode().splitlines()


@pytest.mark.django_db
def test_folder_that_cannot_be_written_is_told(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.FILE_STORE = FolderStore(Path("/proc/self/files"))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.content.decode().splitlines()[-1] == "no  storage cannot be written"


@pytest.mark.django_db
def test_readiness_asks_each_part_once(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    readiness._known()

    with django_assert_num_queries(3):
        client.get("/readyz")


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status(cast: Cast) -> None:
    labels = (("method", "GET"), ("route", "agreements/<slug:key>/"), ("status", "404"))
    before = figures(cast.owner.client).get(("accord_requests_total", labels), 0)

    cast.owner.client.get("/agreements/no-such-one/")
    cast.owner.client.get("/agreements/another/")

    found = figures(cast.owner.client)
    assert found["accord_requests_total", labels] == before + 2
    assert ("accord_request_seconds_count", labels[:2]) in found


@pytest.mark.django_db
def test_methods_that_nobody_knows_are_one(client: Client) -> None:
    client.generic("PLANTED", "/healthz")
    client.generic("SOWN", "/healthz")

    methods = {dict(labels).get("method") for _name, labels in figures(client)}
    assert methods & {"PLANTED", "SOWN"} == set()
    assert "OTHER" in methods


@pytest.mark.django_db
def test_figures_tell_of_jobs_letters_seals_and_the_database(cast: Cast, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)
               VALUES ('default', 'accord.people.tasks.broken', 'failed', '{"address": "planted"}'),
                      ('default', 'accord.people.tasks.late', 'todo', '{}')"""
        )
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '10 minutes'")
        cursor.execute("UPDATE people_rolegrant SET ends_on = NULL")
    found = figures(client)

    assert found["accord_jobs", (("state", "failed"),)] == 1
    assert found["accord_jobs", (("state", "doing"),)] == 0
    assert found["accord_jobs_failed", (("task", "accord.people.tasks.broken"),)] == 1
    assert 500 < found["accord_jobs_oldest_seconds", ()] < 1000
    assert found["accord_workers", ()] == 0
    assert found["accord_database_bytes", ()] > 1_000_000
    assert found["accord_database_connections_max", ()] >= 10
    assert found["accord_seal_lag_seconds", ()] > 0
    assert found["accord_demo", ()] == 0


@pytest.mark.django_db
def test_figures_are_for_this_machine_alone_where_no_token_is_set(client: Client, cast: Cast) -> None:
    asked = {
        "here": client.get("/metrics"),
        "elsewhere": client.get("/metrics", REMOTE_ADDR="192.0.2.7"),
        "by a proxy here": client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7"),
        "a steward elsewhere": cast.steward.client.get("/metrics", REMOTE_ADDR="192.0.2.7"),
    }

    assert {name: answer.status_code for name, answer in asked.items()} == {
        "here": 200,
        "elsewhere": 404,
        "by a proxy here": 404,
        "a steward elsewhere": 404,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["SECURE_SSL_REDIRECT", "ALLAUTH_TRUSTED_PROXY_COUNT"])
def test_behind_a_proxy_nobody_is_from_this_machine(client: Client, settings: Any, sign: str) -> None:
    setattr(settings, sign, 1)

    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
def test_with_a_token_set_only_the_token_opens(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN

    asked = [client.get("/metrics", HTTP_AUTHORIZATION=one) for one in ("", "Bearer another", f"Bearer {TOKEN}")]

    assert [answer.status_code for answer in asked] == [404, 404, 200]
