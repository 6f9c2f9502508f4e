"""Figures for Prometheus: what the processes counted of their requests, and what the database says of the rest.

Web processes count into files of a folder of their own (`serve` makes it and empties it at each start), so that any
of them answers for all. Figures of the database are read when they are asked for; every machine gives the same.
"""

from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from accord import __version__
from accord.config import env
from accord.config.findings import one, rows
from accord.history import queries as history

JOBS = """SELECT state, (SELECT count(*) FROM procrastinate_jobs j WHERE j.status::text = state)
    FROM unnest(ARRAY['todo', 'doing', 'failed', 'aborted']) AS state"""
FAILED = "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY 1 ORDER BY 1"
WAITED = """SELECT coalesce(extract(epoch FROM max(now() - coalesce(j.scheduled_at, (
        SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)))), 0)
    FROM procrastinate_jobs j WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()"""
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
OUTBOX = "SELECT channel, state, count(*) FROM outbox_delivery WHERE state <> 'sent' GROUP BY 1, 2 ORDER BY 1, 2"
SIZE = "SELECT pg_database_size(current_database())"
CONNECTIONS = (
    "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1"
)
MOST = "SELECT current_setting('max_connections')::int"


def exposition() -> bytes:
    """Return every figure in the text form that Prometheus reads."""
    folder = env.text("PROMETHEUS_MULTIPROC_DIR")
    counted = CollectorRegistry() if folder else REGISTRY
    if folder:
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # registers itself
    kept = CollectorRegistry()
    kept.register(DatabaseFigures())
    return generate_latest(counted) + generate_latest(kept)


class DatabaseFigures(Collector):
    """What the database says of jobs, letters, its own size and the history's seals."""

    def collect(self) -> Iterator[Metric]:
        """Yield each figure, read now."""
        yield _labelled("accord_info", "Which version answers.", ["version"], [(__version__, 1)])
        yield _labelled("accord_jobs", "Jobs in the queue by state.", ["state"], rows(JOBS))
        yield _labelled("accord_jobs_failed", "Jobs that failed for good, by task.", ["task"], rows(FAILED))
        yield _single("accord_jobs_oldest_seconds", "How long the oldest job that is due has waited.", one(WAITED))
        yield _single("accord_workers", "Workers that were heard from in the last minute.", one(WORKERS))
        yield _labelled(
            "accord_outbox", "What has not been sent, by way and state.", ["channel", "state"], rows(OUTBOX)
        )
        yield _single("accord_database_bytes", "Size of the database.", one(SIZE))
        yield _labelled("accord_database_connections", "Connections to it.", ["state"], rows(CONNECTIONS))
        yield _single("accord_database_connections_max", "How many the server allows.", one(MOST))
        yield _single("accord_seal_lag_seconds", "Age of the oldest change that no seal binds.", _seal_lag())
        yield _single("accord_demo", "1 in a demo world.", one("SELECT count(*) FROM kernel_world WHERE is_demo"))


def _labelled(name: str, words: str, labels: list[str], found: list[tuple[object, ...]]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=labels)
    for *values, number in found:
        family.add_metric([str(value) for value in values], float(str(number)))
    return family


def _single(name: str, words: str, value: object) -> Metric:
    return GaugeMetricFamily(name, words, value=float(str(value)))


def _seal_lag() -> float:
    """Return the age in seconds of the oldest event that is not sealed yet; 0 where all are."""
    each = [
        f"""(SELECT pgh_created_at FROM {history.quoted(table)} WHERE pgh_id > coalesce((
            SELECT max(until) FROM history_sealpart p WHERE p."table" = %s), 0) ORDER BY pgh_id LIMIT 1)"""  # noqa: S608 - our own tables, quoted
        for table in history.event_tables()
    ]
    age = f"SELECT extract(epoch FROM clock_timestamp() - min(pgh_created_at)) FROM ({' UNION ALL '.join(each)}) AS o"  # noqa: S608 - as above
    return max(float(one(age, history.event_tables()) or 0), 0.0)


def may_be_read(address: str, authorization: str, *, passed_on: bool) -> bool:
    """Say whether somebody may read the figures: with the token, or from this machine where no proxy stands before it.

    Behind a proxy everybody seems to come from this machine, so there it takes the token.
    """
    if settings.METRICS_TOKEN:
        return compare_digest(authorization.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    behind = passed_on or settings.SECURE_SSL_REDIRECT or settings.ALLAUTH_TRUSTED_PROXY_COUNT
    return not behind and address in {"127.0.0.1", "::1"}
