"""`accord demo`: Accord with a living world behind it, from nothing to a board."""

from datetime import date, datetime
from pathlib import Path

import click
import psycopg

from accord import __version__
from accord.config import supervisor
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._form import Command
from accord.config.cli._fresh import empty_database
from accord.config.cli._opening import Database, opened, reached, set_up_django
from accord.config.cli._place import Place, data_dir_option, place_of, program, shown
from accord.config.cli._serving import Address, collect_static_files
from accord.config.cli._serving import serve as run
from accord.config.cli._talk import Talk, talks
from accord.config.cli._world import Wanted, held_world, roles
from accord.config.cli.serve import listens

DAY = "2019-09-30"
SCALES = (0.01, 100)


@click.command(
    cls=Command,
    examples=(
        ("accord demo", "a board of two agreements as of 30 September 2019"),
        ("accord demo --port 0 --open", "on any free port, in the browser"),
        ("accord demo --scale 10 --data-dir var/large", "ten times the records, in a folder of its own"),
        ("accord demo --fresh --seed 7", "another world in place of the last"),
    ),
)
@listens
@click.option("--scale", type=click.FloatRange(*SCALES), default=1, show_default=True, help="How many records.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=2019, show_default=True, help="Which world.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    default=DAY,
    show_default=True,
    metavar="DAY",
    help="The demo's today.",
)
@click.option("--fresh", is_flag=True, help="Drop the demo world that is there and build a new one.")
@data_dir_option
@talks
def demo(
    *,
    host: str,
    port: int,
    processes: int,
    opens: bool,
    scale: float,
    seed: int,
    as_of: datetime,
    fresh: bool,
    data_dir: Path | None,
    talk: Talk,
) -> int:
    """Start Accord with a demo world: real agreements as announced, deliveries simulated and marked so.

    The first start makes everything, later ones find it. Delete the data folder to start again.
    """
    address = Address(host, supervisor.free_port(host, port), processes)
    place, wanted = place_of(data_dir, demo=True), Wanted(seed, scale, as_of.date())
    talk.say(f"Accord {__version__} · data in {shown(place.folder)} (delete it to start again)")
    if fresh:
        _empty(place, talk)
    with opened(place, talk, writes=True, django=False, starts=True) as database:
        _see_to_world(database, wanted, talk)
        collect_static_files(database, talk)
        return run(database, address, talk, when_up=lambda: _greet(database, address, wanted.day, talk, opens=opens))


def _empty(place: Place, talk: Talk) -> None:
    """Drop the demo world that is there."""
    with reached(place, Talk(quiet=True)) as database, talk.step("Former demo world dropped"):
        empty_database(database)


def _see_to_world(database: Database, wanted: Wanted, talk: Talk) -> None:
    """Build the demo world unless exactly this one is there.

    Raises:
        StopError: the database holds something else.

    """
    with database.connect() as connection:
        if held_world(connection) == wanted:
            return
    with talk.step("Demo world") as busy:
        set_up_django()
        from accord.config.cli.ready import worlds  # noqa: PLC0415 - loads Django, which later starts skip

        refusal = worlds.build(wanted, on_progress=busy)
        if refusal:
            raise StopError(refusal, Exit.REFUSED)


def _greet(database: Database, address: Address, day: date, talk: Talk, *, opens: bool) -> None:
    """Say where the demo is, as whom one can look, and what to do next; the address alone is on stdout."""
    talk.say(f"\nThe demo's day is {day:%d %B %Y}. Every simulated figure says so.")
    for line in _role_lines(database):
        talk.say(line)
    talk.say("\nOpen")
    click.echo(address.url)
    call, option = program(), database.place.options
    talk.say(f"\nNext  {call} board{option}   ·   {call} forecast{option}   ·   Ctrl-C stops")
    if opens:
        click.launch(address.url)


def _role_lines(database: Database) -> list[str]:
    """Return the demo roles, one a line."""
    try:
        with database.connect() as connection:
            names = roles(connection)
    except (psycopg.Error, StopError):
        return []
    return ["One click signs you in as:", *(f"  {name}" for name in names)] if names else []
