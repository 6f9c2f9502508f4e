"""What the doors of the portal answer to whom."""

from django.db import connection
from tests.access import EVERYBODY, SIGNED_IN, STEWARDS, Probe, done
from tests.house.stage import Stage

JOB_ADDRESS = "planted-in-a-job@example.org"


def furnish(stage: Stage) -> None:
    """Let two jobs fail, whose arguments are nobody's business."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO procrastinate_jobs (queue_name, task_name, status, args)
               SELECT 'default', 'accord.people.tasks.tell', 'failed', jsonb_build_object('address', %s::text)
               FROM generate_series(1, 2) RETURNING id""",
            [JOB_ADDRESS],
        )
        stage.rows["failed job"], stage.rows["other failed job"] = (row[0] for row in cursor.fetchall())
    stage.hide("what a job was given", JOB_ADDRESS)


PROBES = [
    Probe("portal:home", get=EVERYBODY),
    Probe("portal:what-is-real", get=EVERYBODY),
    Probe("portal:waiting", get=SIGNED_IN),
    Probe("portal:search", get=EVERYBODY),
    Probe("portal:suggest", get=EVERYBODY),
    Probe("portal:which", get=SIGNED_IN, at=lambda _stage: {"act": "meeting"}),
    Probe("portal:healthz", get=EVERYBODY),
    Probe("portal:jobs", get=STEWARDS),
    Probe("portal:retry-job", post=done(STEWARDS), at=lambda stage: {"pk": stage.rows["failed job"]}),
    Probe("portal:set-job-aside", post=done(STEWARDS), at=lambda stage: {"pk": stage.rows["other failed job"]}),
]
