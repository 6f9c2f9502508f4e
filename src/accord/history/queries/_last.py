"""Who changed a record last, for the page that shows a clash."""

from django.db import connection

from accord.history.queries._events import events_of, subject_of
from accord.history.queries._tables import quoted, table_of
from accord.kernel.refused import NotThere
from accord.kernel.versions import LastChange
from accord.people.queries import Person


def last_change(record: str) -> LastChange | None:
    """Return who changed a record last and when; None where a person is not known to have done it."""
    try:
        subject = subject_of(record)
    except NotThere:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT (c.metadata ->> 'person')::bigint, e.pgh_created_at
                FROM {quoted(table_of(events_of(subject.model)))} e
                LEFT JOIN pghistory_context c ON c.id = e.pgh_context_id
                WHERE e.pgh_obj_id = %s ORDER BY e.pgh_id DESC LIMIT 1""",  # noqa: S608 - Accord's own tables
            [subject.pk],
        )
        row = cursor.fetchone()
    person = Person.objects.filter(pk=row[0]).first() if row and row[0] else None
    return None if person is None else LastChange(person.name, row[1])
