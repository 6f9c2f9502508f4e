"""Empties a demo's database, and no other."""

import psycopg

from accord.config.cli._exits import Exit, StopError
from accord.config.cli._opening import Database
from accord.config.cli._world import holds_real_agreements

OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""
EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def empty_database(database: Database) -> None:
    """Drop everything that a demo's database holds.

    Raises:
        StopError: it holds a real installation, somebody uses it, or others run it.

    """
    if not database.place.is_own:
        raise StopError(
            "--fresh empties a database that Accord runs itself, and DATABASE_URL names another. "
            "Empty that one by its own means.",
            Exit.REFUSED,
        )
    with database.connect() as connection:
        if holds_real_agreements(connection):
            raise StopError(
                "This folder holds a real installation, which --fresh leaves alone. Use another one with --data-dir.",
                Exit.REFUSED,
            )
        refuse_while_used(connection)
        connection.execute(EMPTY)


def refuse_while_used(connection: psycopg.Connection) -> None:
    """Refuse while somebody else is connected to the database.

    Raises:
        StopError: somebody is.

    """
    row = connection.execute(OTHERS).fetchone()
    if row and row[0]:
        raise StopError(
            f"{row[0]} other connections use this database. Stop the server and the worker first.", Exit.REFUSED
        )
