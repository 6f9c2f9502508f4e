"""Runs the queue's worker."""

from collections.abc import Callable
from typing import Any

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.worker import Worker

from accord.kernel.trace import at_work

PATIENCE = 10
"""Seconds that a job at hand has to finish when the worker is told to stop."""


def under_its_name(go_on: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """Run a job so that the history of what it writes names it."""
    del worker
    with at_work(job=context.job.task_name.rpartition(".")[2], number=context.job.id):
        return go_on()


def run(jobs: int) -> None:
    """Run so many jobs at a time until a signal comes."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue was set up without Django's database")
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(
            concurrency=jobs,
            shutdown_graceful_timeout=PATIENCE,
            listen_notify=True,
            task_middleware=[under_its_name],
        )
