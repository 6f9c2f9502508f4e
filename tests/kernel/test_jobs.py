"""The queue's housekeeping: what a dead worker left is started again, what ended well long ago is forgotten."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.contrib.django import app

from accord.kernel import jobs


class Queue:
    """Stands in for the queue's manager and keeps what it was asked."""

    def __init__(self) -> None:
        """Hold two jobs of dead workers."""
        self.stalled = [SimpleNamespace(id=4), SimpleNamespace(id=9)]
        self.asked: list[tuple[str, Any]] = []

    async def get_stalled_jobs(self, *, seconds_since_heartbeat: float) -> list[Any]:
        """Return the jobs of dead workers."""
        self.asked.append(("stalled", seconds_since_heartbeat))
        return self.stalled

    async def retry_job(self, job: Any) -> None:
        """Start a job again."""
        self.asked.append(("retry", job.id))

    async def delete_old_jobs(self, **which: Any) -> None:
        """Delete old jobs."""
        self.asked.append(("delete", which))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """Put the stand-in in the manager's place."""
    stand_in = Queue()
    monkeypatch.setattr(jobs, "app", SimpleNamespace(job_manager=stand_in))
    return stand_in


def test_every_job_of_a_dead_worker_is_started_again_after_half_a_minute(queue: Queue) -> None:
    asyncio.run(jobs.retry_stalled(timestamp=0))

    assert queue.asked == [("stalled", 30), ("retry", 4), ("retry", 9)]


def test_jobs_that_ended_well_are_kept_two_weeks_and_failed_ones_for_good(queue: Queue) -> None:
    asyncio.run(jobs.forget_old(timestamp=0))

    assert queue.asked == [("delete", {"nb_hours": 336, "include_cancelled": True})]


def test_housekeeping_runs_by_itself_and_never_twice_at_once() -> None:
    named = {
        task.task.name: (task.cron, task.task.queueing_lock) for task in app.periodic_registry.periodic_tasks.values()
    }

    assert named["accord.kernel.jobs.retry_stalled"] == ("* * * * *", "retry-stalled")
    assert named["accord.kernel.jobs.forget_old"] == ("17 3 * * *", "forget-old-jobs")


def test_patience_is_five_tries_ever_further_apart() -> None:
    decisions = [
        jobs.PATIENT.get_retry_decision(exception=RuntimeError(), job=SimpleNamespace(attempts=before))  # type: ignore[arg-type]
        for before in range(5)
    ]

    waits = [round((one.retry_at - datetime.now(UTC)).total_seconds()) for one in decisions if one and one.retry_at]
    assert waits == [4, 16, 64, 256]
    assert decisions[4] is None
