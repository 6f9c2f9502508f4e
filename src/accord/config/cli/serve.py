"""`accord serve`: the web server and the worker of an installation."""

from collections.abc import Callable
from typing import Any

import click

from accord.config import supervisor
from accord.config.cli._form import Command
from accord.config.cli._opening import opened
from accord.config.cli._place import Place, opens_database
from accord.config.cli._serving import Address, collect_static_files
from accord.config.cli._serving import serve as run
from accord.config.cli._talk import Talk, talks

PROCESSES = 2


def listens(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where the server listens."""
    options = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option(
            "-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
        ),
        click.option(
            "--processes",
            type=click.IntRange(1, 64),
            default=PROCESSES,
            show_default=True,
            help="How many answer requests.",
        ),
        click.option("--open", "opens", is_flag=True, help="Open the page in the browser."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    cls=Command,
    examples=(
        ("accord serve", "on port 8000 of this machine"),
        ("accord serve --host 0.0.0.0 -p 80", "for others; set ACCORD_HOSTS to its name"),
        ("accord serve --no-worker", "pages only; workers run elsewhere"),
    ),
)
@listens
@click.option("--no-worker", is_flag=True, help="Start no worker; run `accord worker` elsewhere.")
@opens_database
@talks
def serve(*, host: str, port: int, processes: int, opens: bool, no_worker: bool, place: Place, talk: Talk) -> int:
    """Start Accord: database, tables, static files, web server and worker, until Ctrl-C.

    Without DATABASE_URL, Accord runs a PostgreSQL of its own in the data folder. The tables are brought up to
    date first; a database of a newer version is refused.
    """
    address = Address(host, supervisor.free_port(host, port), processes, not no_worker)
    with opened(place, talk, writes=True, django=False, starts=True) as database:
        collect_static_files(database, talk)
        return run(database, address, talk, when_up=lambda: tell_address(address, talk, opens=opens))


def tell_address(address: Address, talk: Talk, *, opens: bool) -> None:
    """Say where Accord is: the address on stdout, the rest on stderr."""
    click.echo(address.url)
    talk.say("Ctrl-C stops.")
    if opens:
        click.launch(address.url)
