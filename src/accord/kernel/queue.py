"""The queue as those see it who look after an installation: which jobs wait, run or failed; and a second try.

Nothing here tells what a job was given: arguments may hold addresses and names. Why a job failed stands in the log,
under the job's number.
"""

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob as Job

from accord.kernel.refused import NotThere, Refused

FAILED, SET_ASIDE = "failed", "cancelled"
SHOWN = ("id", "task_name", "status", "attempts", "scheduled_at")


class NotFailed(Refused):
    """The job has not failed, or no longer stands as failed."""

    code = "job-not-failed"


class AlreadyWaits(Refused):
    """A job of the same kind waits already, and there is to be one at a time."""

    code = "job-already-waits"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs wait, run and failed, and how many workers were heard from in the last minute."""

    waiting: int
    running: int
    failed: int
    workers: int


def jobs() -> QuerySet[Job]:
    """Return every job, latest first, with its last event (`last_at`); what it was given stays in the database."""
    found: QuerySet[Job] = Job.objects.only(*SHOWN).annotate(last_at=Max("procrastinateevent__at"))
    return found.order_by("-pk")


def counts() -> Counts:
    """Return how the queue stands; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
                      count(*) FILTER (WHERE status = 'failed'),
                      (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')
               FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed')"""
        )
        return Counts(*cursor.fetchone())


@transaction.atomic
def try_again(*, job: int) -> None:
    """Put a failed job back into the queue, to run at once.

    Raises `NotThere`, `NotFailed`, and `AlreadyWaits` where the queue holds one of the kind that runs once at a time.
    """
    _lock_failed(job)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
    except IntegrityError as clash:
        raise AlreadyWaits(
            _("The same job waits already and will be done without this one. Set this one aside.")
        ) from clash


@transaction.atomic
def set_aside(*, job: int) -> None:
    """Let a failed job rest for good: it is not done, and no longer counts as failed.

    Raises `NotThere` and `NotFailed`.
    """
    _lock_failed(job)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [SET_ASIDE, job])


def _lock_failed(job: int) -> None:
    """Lock a job that stands as failed, so that of two who press at once one is told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s FOR UPDATE", [job])
        found = cursor.fetchone()
    if found is None:
        raise NotThere(_("There is no such job. It may have been done and cleared away."))
    if found[0] != FAILED:
        raise NotFailed(_("This job does not stand as failed any more. Look at the list again."))
