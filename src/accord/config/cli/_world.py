"""What world a database holds, read without loading Django: the second start of a demo has no need of it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import psycopg

WORLD = "SELECT seed, scale, demo_day FROM kernel_world WHERE is_demo"
ROLES = """
    SELECT coalesce(person.name ->> 'en', person.name ->> 'zh-hans', person.key)
    FROM people_person person JOIN people_account account ON account.person_id = person.id
    WHERE person.is_simulated AND account.is_active ORDER BY person.id"""
REAL = """
    SELECT NOT EXISTS (SELECT FROM kernel_world WHERE is_demo) AND EXISTS (SELECT FROM agreements_agreement)"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parameters that a demo world is made from; the same ones give the same world."""

    seed: int
    scale: float
    day: date


def held_world(connection: psycopg.Connection) -> Wanted | None:
    """Return the demo world that is there, or None."""
    row = connection.execute(WORLD).fetchone()
    return None if row is None else Wanted(*row)


def roles(connection: psycopg.Connection) -> list[str]:
    """Return the names of the demo's people, in the order they were made."""
    return [str(row[0]) for row in connection.execute(ROLES)]


def holds_real_agreements(connection: psycopg.Connection) -> bool:
    """Say whether the database holds agreements of a real installation."""
    with suppress(psycopg.errors.UndefinedTable), connection.transaction():
        row = connection.execute(REAL).fetchone()
        return bool(row and row[0])
    return False
