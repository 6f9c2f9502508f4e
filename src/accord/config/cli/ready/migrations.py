"""Brings the database's tables up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from accord.config.schema import NewerDatabaseError

LOCK = 7_203_417_801


def missing() -> list[str]:
    """Return the migrations that the database lacks, as `app.name`.

    Raises:
        NewerDatabaseError: the database holds migrations that this version does not know.

    """
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or {}) | set(loader.replacements)
    held = set(loader.applied_migrations or {})
    unknown = {f"{app}.{name}" for app, name in held - known}
    if unknown:
        raise NewerDatabaseError(unknown)
    return sorted(f"{app}.{name}" for app, name in set(loader.graph.nodes) - held)


def migrate() -> int:
    """Apply what is missing while no other Accord does; return how many migrations were missing.

    Raises:
        NewerDatabaseError: as `missing`; nothing is changed then.

    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            lacking = missing()
            if lacking:
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return len(lacking)
