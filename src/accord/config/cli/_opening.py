"""Opens the database that a command works on: started, reachable, with the tables of this version."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import click
import psycopg

from accord.config import env, schema
from accord.config.cli._exits import Exit, StopError
from accord.config.cli._place import Place
from accord.config.cli._talk import Talk
from accord.config.postgres import Server, running, version

FOLDER = "postgres"
PATIENCE = 10
QUIET = Talk(quiet=True)


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers; `server` is None where DATABASE_URL names it."""

    place: Place
    url: str
    server: Server | None

    def connect(self) -> psycopg.Connection:
        """Return a connection of its own, outside Django."""
        return connect(self.url)


@contextmanager
def reached(place: Place, talk: Talk) -> Iterator[Database]:
    """Have the place's database running and reachable inside the block; its tables are not looked at."""
    place.folder.mkdir(parents=True, exist_ok=True)
    env.use(data_dir=place.folder)
    if not place.is_own:
        connect(place.url).close()
        yield Database(place, place.url, None)
        return
    with _started(place, talk) as server:
        env.use(database_url=server.url)
        yield Database(place, server.url, server)


@contextmanager
def _started(place: Place, talk: Talk) -> Iterator[Server]:
    """Have the folder's own PostgreSQL inside the block; say how long its start took."""
    with ExitStack() as held:
        with talk.step(f"PostgreSQL {version()}") as busy:
            server = held.enter_context(running(place.folder / FOLDER, on_progress=busy))
        yield server


@contextmanager
def opened(
    place: Place, talk: Talk, *, writes: bool = False, django: bool = True, starts: bool = False
) -> Iterator[Database]:
    """Have the database with the tables of this version inside the block, and Django ready unless not wanted.

    `starts` is for commands whose purpose is to start Accord: they tell of the database's start too.
    Tables are made where they are missing. On a server that others run, a command that only reads leaves them
    alone once Accord is set up there.

    Raises:
        NewerDatabaseError: the database belongs to a newer version.
        OlderDatabaseError: tables are missing and this command may not make them.

    """
    with reached(place, talk if starts else QUIET) as database:
        with database.connect() as connection:
            current = schema.is_current(place.folder, connection)
            may = writes or place.is_own or not schema.is_set_up(connection)
        if not current:
            _bring_up_to_date(database, talk, may_write=may)
        if not django:
            yield database
            return
        set_up_django()
        from accord.kernel.trace import at_work  # noqa: PLC0415 - needs Django set up

        with at_work(command=_command()):
            yield database


def _command() -> str:
    """Return the command at hand as it was typed, without its options."""
    context = click.get_current_context(silent=True)
    return context.command_path if context else ""


def _bring_up_to_date(database: Database, talk: Talk, *, may_write: bool) -> None:
    """Apply the migrations that are missing and note it; or refuse where that is not this command's to do."""
    with talk.step("Database tables"):
        set_up_django()
        from accord.config.cli.ready import migrations  # noqa: PLC0415 - loads Django, which most starts skip

        if may_write:
            migrations.migrate()
        elif lacking := migrations.missing():
            raise schema.OlderDatabaseError(
                f"The database lacks {len(lacking)} migrations of this version, {lacking[0]} first. "
                "Run `accord serve`, or `accord manage migrate`."
            )
    with database.connect() as connection:
        schema.stamp(database.place.folder, connection)


def set_up_django() -> None:
    """Load Django with the settings of the place that was chosen; twice is once."""
    env.use()
    import django  # noqa: PLC0415 - costs half a second, which commands without a database save

    django.setup()


def set_up_without_database() -> None:
    """Load Django for what needs no database: the catalogue and the words. Leaves no trace on the disk."""
    os.environ.setdefault("ACCORD_SECRET_KEY", secrets.token_urlsafe(48))
    set_up_django()


def connect(url: str) -> psycopg.Connection:
    """Connect to a PostgreSQL by its address.

    Raises:
        StopError: it does not answer, or the address cannot be read.

    """
    try:
        return psycopg.connect(url, connect_timeout=PATIENCE, application_name="accord")
    except psycopg.ProgrammingError as error:
        raise StopError(
            f"DATABASE_URL cannot be read ({error}). Write it as postgresql://user:password@host:5432/name.",
            Exit.USAGE,
        ) from error
    except psycopg.OperationalError as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        raise StopError(
            f"The database that DATABASE_URL names does not answer: {lines[-1].strip()}. "
            "Start that server, or unset DATABASE_URL to use Accord's own.",
            Exit.DEPENDENCY_DOWN,
        ) from error
