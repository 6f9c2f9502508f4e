"""Personal data leaves the history by one door, which says why; the chain accepts that and nothing else."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accord.history import operations, queries
from accord.history.models import Redaction
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
SECRET = "planted@example.org"


def person() -> Person:
    """Make a person with an address, change it once, seal, and empty the record itself."""
    one = people.register_person(key="li-na", name=Bilingual("Li Na", "李娜"))
    one.email = SECRET
    one.save()
    operations.seal_events(at=AT)
    one.email, one.name = "", Bilingual()
    one.save()
    return one


def redact(one: Person) -> int:
    return operations.redact_record(
        model="people.Person", pk=one.pk, fields={"email", "name"}, why="Asked for", by=people.command_line(), at=AT
    )


def test_the_data_is_gone_and_the_chain_is_sound() -> None:
    one = person()

    changed = redact(one)

    verdict = queries.verify(at=AT)
    events = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj=one.pk)
    assert changed == 2
    assert {(row.email, row.name) for row in events} == {("", Bilingual())}
    assert (verdict.faults, verdict.redacted) == ([], 2)
    assert {row.why for row in Redaction.objects.all()} == {"Asked for"}


def test_doing_it_twice_changes_nothing() -> None:
    one = person()
    redact(one)

    assert redact(one) == 0
    assert Redaction.objects.count() == 2


def test_a_later_change_of_a_redacted_event_is_still_found() -> None:
    one = person()
    redact(one)
    event = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj=one.pk).first()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE people_personevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE people_personevent SET country = 'GB' WHERE pgh_id = %s", [event.pgh_id])
        cursor.execute("ALTER TABLE people_personevent ENABLE TRIGGER USER")
    operations.guard_tables()

    found = [(fault.place, fault.row, fault.flaw) for fault in queries.verify(at=AT).faults]
    assert found == [("people_personevent", event.pgh_id, "changed")]


@pytest.mark.parametrize("claim", ["0", "{mine}"])
def test_the_database_asks_for_the_reason_of_this_very_change(claim: str) -> None:
    """Naming a redaction of another event, or none, opens nothing."""
    one = person()
    redact(one)
    mine = Redaction.objects.latest("pk")
    other = apps.get_model("people", "PersonEvent").objects.exclude(pgh_id=mine.event).first()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('accord.redaction', %s, true)", [claim.format(mine=mine.pk)])
        with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
            cursor.execute("UPDATE people_personevent SET country = 'GB' WHERE pgh_id = %s", [other.pgh_id])


def test_a_redaction_empties_no_more_than_it_names() -> None:
    one = person()
    redact(one)
    mine = Redaction.objects.latest("pk")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('accord.redaction', %s, true)", [str(mine.pk)])
        with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
            cursor.execute("UPDATE people_personevent SET country = 'GB' WHERE pgh_id = %s", [mine.event])


def test_a_redaction_stays() -> None:
    redact(person())

    with pytest.raises(DatabaseError), transaction.atomic():
        Redaction.objects.all().delete()
