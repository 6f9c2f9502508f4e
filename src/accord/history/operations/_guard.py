"""Has the database itself refuse every change of the history."""

from django.db import connection, transaction

from accord.history.queries import quoted, unguarded_tables

ROWS, WHOLE = "history_rows", "history_whole"


@transaction.atomic
def guard_tables() -> None:
    """Guard every table of the history against UPDATE, DELETE and TRUNCATE; doing it twice changes nothing.

    Runs after every migration, so that the events of a new model are guarded from their first day. The triggers fire
    for replication roles too. Who owns the tables can drop them: the seals find what was done then.
    """
    with connection.cursor() as cursor:
        for table in unguarded_tables():
            name = quoted(table)
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {ROWS} BEFORE UPDATE OR DELETE ON {name} "
                "FOR EACH ROW EXECUTE FUNCTION history_keep()"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {WHOLE} BEFORE TRUNCATE ON {name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION history_keep()"
            )
            cursor.execute(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {ROWS}, ENABLE ALWAYS TRIGGER {WHOLE}")
