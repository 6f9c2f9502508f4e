"""The queue, as stewards see it."""

from django.db import connection
from tests.browser.way import View, at
from tests.browser.world import Scene


def furnish(_scene: Scene) -> None:
    """Let a job fail, another wait and a third run."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, attempts)
               VALUES ('default', 'accord.outbox.tasks.send_webhooks', 'failed', '{}', 4),
                      ('default', 'accord.history.tasks.seal_events', 'todo', '{}', 0),
                      ('default', 'accord.measures.tasks.take_snapshots', 'doing', '{}', 1)"""
        )


VIEWS = [View("jobs", "steward", at("/jobs/")), View("jobs, for stewards alone", "owner", at("/jobs/"), 403)]
