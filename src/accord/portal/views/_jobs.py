"""Doors to the queue, for stewards: which jobs wait, run or failed, and a second try."""

import logging
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import queue
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.portal.rules import may_manage_jobs
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

MOST_AT_ONCE = 20
STEWARDS_ONLY = _("Only stewards see the queue. Ask one of them.")
STATES = {
    "todo": (Tone.STANDING, pgettext_lazy("job", "Waits")),
    "doing": (Tone.GOOD, pgettext_lazy("job", "Runs")),
    "succeeded": (Tone.DONE, pgettext_lazy("job", "Done")),
    "failed": (Tone.MISSED, pgettext_lazy("job", "Failed")),
    "cancelled": (Tone.MUTE, pgettext_lazy("job", "Set aside")),
    "aborted": (Tone.WARY, pgettext_lazy("job", "Broken off")),
}

logger = logging.getLogger(__name__)


def _chip(job: Any) -> State:
    """Return the chip of a job's state."""
    tone, word = STATES[job.status]
    return State(tone, word)


def _part(job: Any) -> str:
    """Return which part of Accord a job belongs to."""
    return str(job.task_name).removeprefix("accord.").partition(".")[0]


def _task(job: Any) -> str:
    """Return the task's own name."""
    return str(job.task_name).rpartition(".")[2].replace("_", " ")


def _tries(job: Any) -> int:
    """Return how often a job was begun; the queue counts a try when it ends."""
    ended = int(job.attempts)
    return ended + 1 if job.status == "doing" else ended


JOBS = Table(
    name="jobs",
    columns=(
        Column("pk", pgettext_lazy("job", "Number"), sort="pk"),
        Column("task", pgettext_lazy("job", "Task"), sort="task_name", value=_task),
        Column("part", _("Part of Accord"), value=_part),
        Column("state", _("State"), sort="status", value=_chip),
        Column("tries", _("Tries"), kind="number", sort="attempts", value=_tries),
        Column("last_at", _("Last event"), kind="moment", sort="last_at"),
        Column("scheduled_at", _("Not before"), kind="moment", sort="scheduled_at", hidden=True),
    ),
    filters=(
        Filter(
            "state", _("State"), choices=tuple((one, words) for one, (_tone, words) in STATES.items()), lookup="status"
        ),
        Filter("since", _("Since"), kind="day", lookup="last_at__date__gte"),
    ),
    search=("task_name",),
    default_sort="-pk",
    empty=Empty(_("No jobs"), _("What Accord does in the background stands here: letters, seals, snapshots.")),
)


@require_GET
@signed_in
def jobs(request: Request) -> HttpResponseBase:
    """List the jobs of the queue; those that failed can be tried again."""
    _require_steward(request)
    page = JOBS.page(request.GET, queue.jobs())
    if page.format:
        return JOBS.export(page, filename="jobs")
    latest = queue.jobs().filter(status=queue.FAILED)[:MOST_AT_ONCE]
    failed = [{"pk": one.pk, "task": _task(one), "at": getattr(one, "last_at", None)} for one in latest]
    return render(request, "portal/jobs.html", {"table": page, "counts": queue.counts(), "failed": failed})


@require_POST
@signed_in
def retry_job(request: Request, pk: int) -> HttpResponse:
    """Put a failed job back into the queue."""
    _require_steward(request)
    try:
        queue.try_again(job=pk)
    except NotThere:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        logger.info("Job put back into the queue", extra={"told": {"job": pk}})
        messages.success(request, _("The job is in the queue again. Load this page again in a moment."))
    return redirect("portal:jobs")


@require_POST
@signed_in
def set_job_aside(request: Request, pk: int) -> HttpResponse:
    """Let a failed job rest."""
    _require_steward(request)
    try:
        queue.set_aside(job=pk)
    except NotThere:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        logger.info("Job set aside", extra={"told": {"job": pk}})
        messages.success(request, _("The job is set aside; it will not be done."))
    return redirect("portal:jobs")


def _require_steward(request: Request) -> None:
    """Let stewards go on. Raises `NotAllowed` for everybody else."""
    if not may_manage_jobs(request.actor):
        raise NotAllowed(STEWARDS_ONLY)
