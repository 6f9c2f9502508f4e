"""`accord worker`: runs jobs from the queue."""

import click

from accord.config.cli._form import Command
from accord.config.cli._opening import opened
from accord.config.cli._place import Place, opens_database
from accord.config.cli._talk import Talk, talks


@click.command(
    cls=Command,
    examples=(
        ("accord worker", "beside `accord serve --no-worker`"),
        ("DATABASE_URL=postgresql://… accord worker", "on another machine"),
    ),
)
@click.option("--jobs", type=click.IntRange(1, 100), default=1, show_default=True, help="How many at a time.")
@opens_database
@talks
def worker(jobs: int, place: Place, talk: Talk) -> None:
    """Run jobs from the queue until Ctrl-C or SIGTERM; the job at hand is finished first.

    Any number of workers may run, on any machine that reaches the database. A job whose worker dies is started
    again by another.
    """
    with opened(place, talk):
        from accord.config.cli.ready import work  # noqa: PLC0415 - the queue needs Django set up

        talk.say("Waiting for jobs. Ctrl-C stops.")
        work.run(jobs)
