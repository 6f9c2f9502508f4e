"""Runs the queue's worker."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

PATIENCE = 10
"""Seconds that a job at hand has to finish when the worker is told to stop."""


def run(jobs: int) -> None:
    """Run so many jobs at a time until a signal comes."""
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue was set up without Django's database")
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(concurrency=jobs, shutdown_graceful_timeout=PATIENCE, listen_notify=True)
