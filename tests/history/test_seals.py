"""The chain of seals: it binds every event, also late ones, and names the first row that was tampered with."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Self

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections, transaction

from accord.history import operations, queries
from accord.history.enums import Flaw
from accord.history.models import Seal, SealMark
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Institution

pytestmark = pytest.mark.django_db
AT = datetime(2019, 9, 30, 12, tzinfo=UTC)
TABLE = "people_institutionevent"


def institution(key: str, name: str = "A school") -> Institution:
    return people.ensure_institution(key=key, name=Bilingual(name), kind="university")


def seal(minute: int = 0) -> Seal | None:
    return operations.seal_events(at=AT + timedelta(minutes=minute))


def faults() -> list[tuple[str, int, Flaw]]:
    return [(one.place, one.row, one.flaw) for one in queries.verify(at=AT).faults]


def execute(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchone()[0] if cursor.description else 0


@contextmanager
def past_the_guard(*tables: str) -> Iterator[None]:
    """Do what only the owner of the tables can: switch the guards off, and on again."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger waits when a table is altered
    for table in tables:
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    operations.guard_tables()


def sealed_three() -> list[int]:
    """Seal three events of institutions in two seals; return their numbers."""
    institution("a")
    institution("b")
    seal(0)
    institution("c")
    seal(1)
    return list(
        apps.get_model("people", "InstitutionEvent").objects.order_by("pgh_id").values_list("pgh_id", flat=True)
    )


def test_a_seal_binds_what_came_since_the_last_one() -> None:
    institution("a")
    first = seal()
    institution("b")
    institution("c")
    second = seal(1)

    assert first
    assert second
    assert (first.number, first.events, first.previous) == (1, 1, "")
    assert (second.number, second.events, second.previous) == (2, 2, first.digest)
    assert (queries.head().number, queries.head().digest) == (2, second.digest)
    assert faults() == []


def test_sealing_again_changes_nothing() -> None:
    institution("a")
    seal()

    assert seal(1) is None
    assert (Seal.objects.count(), SealMark.objects.count()) == (1, 0)


def test_every_event_table_is_in_the_seal() -> None:
    institution("a")

    sealed = seal()

    tracked = {model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    assert sealed is not None
    assert set(sealed.tables) == tracked


def test_the_published_recipe_gives_the_digest() -> None:
    """As docs/guides has it: each leaf from the row's texts, the part from the leaves, the seal from its lines."""
    event = sealed_three()[0]
    first = Seal.objects.get(number=1)
    part = first.parts.get(table=TABLE)

    texts = ", ".join(f'e."{column}"::text' for column in part.columns)
    row = execute(
        f"""SELECT to_jsonb(ARRAY[{texts}, c.metadata::text])::text FROM {TABLE} e
            JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.pgh_id = %s""",
        event,
    )
    leaf = event.to_bytes(8, "big") + hashlib.sha256(str(row).encode()).digest()
    lines = [
        "accord seal 1",
        "1",
        "",
        "2019-09-30T12:00:00.000000+00:00",
        " ".join(first.tables),
        "2",
        f"{TABLE} {part.after} {part.until} 2 {','.join(part.columns)} {hashlib.sha256(bytes(part.leaves)).hexdigest()}",
    ]
    assert bytes(part.leaves)[:40] == leaf
    assert first.digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("column", ["name", "pgh_created_at", "pgh_label", "pgh_context_id", "pgh_obj_id"])
def test_a_changed_row_is_named(column: str) -> None:
    event = sealed_three()[1]
    new = {
        "name": "'{}'",
        "pgh_created_at": "now() - interval '1 day'",
        "pgh_label": "'update'",
        "pgh_context_id": "NULL",
        "pgh_obj_id": "pgh_obj_id + 1000",
    }

    with past_the_guard(TABLE):
        execute(f"UPDATE {TABLE} SET {column} = {new[column]} WHERE pgh_id = %s", event)

    assert faults()[0] == (TABLE, event, Flaw.CHANGED)


def test_who_did_it_cannot_be_changed_either() -> None:
    event = sealed_three()[1]

    with past_the_guard("pghistory_context"):
        execute(
            f"""UPDATE pghistory_context SET metadata = '{{"person": 7}}'
                WHERE id = (SELECT pgh_context_id FROM {TABLE} WHERE pgh_id = %s)""",
            event,
        )

    assert (TABLE, event, Flaw.CHANGED) in faults()


def test_a_row_that_is_gone_is_named() -> None:
    event = sealed_three()[0]

    with past_the_guard(TABLE):
        execute(f"DELETE FROM {TABLE} WHERE pgh_id = %s", event)

    assert faults()[0] == (TABLE, event, Flaw.GONE)


def test_a_row_that_took_the_place_of_another_is_named() -> None:
    events = sealed_three()
    with past_the_guard(TABLE):
        execute(f"DELETE FROM {TABLE} WHERE pgh_id = %s", events[0])
        execute(f"UPDATE {TABLE} SET pgh_id = %s WHERE pgh_id = %s", events[0], events[1])

    found = faults()
    assert found[:2] == [(TABLE, events[0], Flaw.CHANGED), (TABLE, events[1], Flaw.GONE)]


def test_a_number_that_no_event_had_is_an_added_row() -> None:
    with transaction.atomic():
        institution("rolled-back")
        transaction.set_rollback(True)
    events = sealed_three()
    assert events[0] > 1

    with past_the_guard(TABLE):
        execute(f"UPDATE {TABLE} SET pgh_id = %s WHERE pgh_id = %s", events[0] - 1, events[0])

    assert (TABLE, events[0] - 1, Flaw.ADDED) in faults()


def test_a_changed_seal_is_named() -> None:
    sealed_three()

    with past_the_guard("history_seal"):
        execute("UPDATE history_seal SET sealed_at = sealed_at + interval '1 second' WHERE number = 1")

    assert faults() == [("history_seal", 1, Flaw.SEAL_CHANGED)]


def test_a_seal_that_no_longer_says_a_table_is_named() -> None:
    sealed_three()

    with past_the_guard("history_seal"):
        execute("UPDATE history_seal SET tables = tables - 'people_institutionevent' WHERE number = 2")

    assert faults() == [("history_seal", 2, Flaw.SEAL_CHANGED)]


def test_a_removed_seal_is_named() -> None:
    sealed_three()

    with past_the_guard("history_seal", "history_sealpart"):
        execute("DELETE FROM history_sealpart p USING history_seal s WHERE p.seal_id = s.id AND s.number = 1")
        execute("DELETE FROM history_seal WHERE number = 1")

    assert faults()[0] == ("history_seal", 1, Flaw.SEAL_GONE)


def test_seals_in_another_order_are_named() -> None:
    sealed_three()

    with past_the_guard("history_seal"):
        execute("UPDATE history_seal SET number = number + 10")
        execute(
            """UPDATE history_seal SET number = 13 - number, previous = CASE number WHEN 12 THEN '' ELSE previous END
               WHERE number > 10"""
        )

    assert [(row, flaw) for _place, row, flaw in faults()[:3]] == [
        (1, Flaw.SEAL_CHANGED),
        (2, Flaw.SEAL_MOVED),
        (2, Flaw.SEAL_CHANGED),
    ]


def test_changed_hashes_inside_a_seal_are_named() -> None:
    sealed_three()

    with past_the_guard("history_sealpart"):
        execute("UPDATE history_sealpart SET leaves = set_byte(leaves, 20, get_byte(leaves, 20) # 1) WHERE after = 0")

    assert Flaw.HASHES_CHANGED in [flaw for _place, _row, flaw in faults()]


def test_a_chain_made_anew_is_sound_but_is_not_the_one_that_was_kept() -> None:
    event = sealed_three()[0]
    kept = queries.head()

    with past_the_guard(TABLE, "history_seal", "history_sealpart", "people_institution"):
        execute(f"UPDATE {TABLE} SET name = '{{}}' WHERE pgh_id = %s", event)
        execute("UPDATE people_institution SET name = '{}' WHERE key = 'a'")
        execute("DELETE FROM history_sealpart")
        execute("DELETE FROM history_seal")
    seal(2)

    assert faults() == []
    assert not queries.knows(kept.number, kept.digest)


def test_a_record_written_past_its_history_is_named() -> None:
    one, two, three = institution("a"), institution("b"), institution("c")
    seal()

    with past_the_guard("people_institution"):
        execute("UPDATE people_institution SET city = '{}', country = 'CN' WHERE key = 'a'")
        execute("DELETE FROM people_institution WHERE key = 'b'")
        execute("UPDATE people_institution SET id = id + 1000 WHERE key = 'c'")

    assert faults() == [
        ("people_institution", pk, Flaw.UNWRITTEN) for pk in (one.pk, two.pk, three.pk, three.pk + 1000)
    ]


def test_what_waits_too_long_for_its_seal_is_named() -> None:
    institution("a")

    verdict = queries.verify(at=datetime.now(UTC) + timedelta(hours=2))

    assert [(one.place, one.flaw) for one in verdict.faults] == [(TABLE, Flaw.LATE)]


def test_a_table_that_lost_its_guard_is_named() -> None:
    execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER history_rows")

    assert faults() == [(TABLE, 0, Flaw.UNGUARDED)]


@pytest.mark.parametrize("table", [TABLE, "pghistory_context", "history_seal", "history_sealpart"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_what_is_kept(table: str, statement: str) -> None:
    sealed_three()
    column = {TABLE: "pgh_label"}.get(table, "id")

    with pytest.raises(DatabaseError, match=r"neither changed nor deleted|Cannot"), transaction.atomic():
        execute(statement.format(table, column, column))


def test_the_database_refuses_it_for_replicas_too() -> None:
    sealed_three()
    execute("SET LOCAL session_replication_role = replica")

    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        execute(f"DELETE FROM {TABLE}")


def test_tables_of_the_history_are_emptied_in_databases_of_tests_alone() -> None:
    source = execute("SELECT prosrc FROM pg_proc WHERE proname = 'history_keep'")

    assert "current_database() LIKE 'test\\_%'" in str(source)
    execute(f"TRUNCATE {TABLE}")


class Other:
    """A transaction of another connection that stays open until it is told to end."""

    def __init__(self, key: str) -> None:
        self.key, self.wrote, self.may_end = key, threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            with transaction.atomic():
                institution(self.key)
                self.wrote.set()
                self.may_end.wait(20)
        finally:
            connections.close_all()

    def __enter__(self) -> Self:
        self.thread.start()
        assert self.wrote.wait(20)
        return self

    def end(self) -> None:
        self.may_end.set()
        self.thread.join(20)

    def __exit__(self, *_error: object) -> None:
        self.end()


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_with_a_lower_number_is_neither_missed_nor_an_added_row() -> None:
    with Other("late") as late:
        institution("early")
        put_off = seal()
        again = seal(1)
        late.end()
        sealed = seal(2)

    events = apps.get_model("people", "InstitutionEvent").objects.order_by("pgh_id").values_list("key", flat=True)
    assert (put_off, again) == (None, None)
    assert list(events) == ["late", "early"]
    assert sealed is not None
    assert sealed.events == 2
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_transactions_without_end_put_the_seal_off_only_until_those_of_that_time_have_ended() -> None:
    with Other("first") as first:
        institution("early")
        assert seal() is None
        with Other("second"):
            first.end()
            sealed = seal(1)

    assert sealed is not None
    assert sealed.events == 2
    assert seal(2).events == 1
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_jobs_at_once_make_one_chain() -> None:
    for number in range(5):
        institution(f"n{number}")

    def work() -> None:
        try:
            operations.seal_events(at=AT)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    seal(1)

    assert sum(Seal.objects.values_list("events", flat=True)) == 5
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_transactions_of_other_databases_do_not_put_the_seal_off() -> None:
    elsewhere = {**connection.get_connection_params(), "dbname": "postgres"}
    elsewhere.pop("context", None)
    with psycopg.connect(**elsewhere) as neighbour:
        neighbour.execute("SELECT pg_current_xact_id()")
        institution("a")

        sealed = seal()

        neighbour.rollback()
    assert sealed is not None


def test_a_mark_of_a_server_before_a_restore_does_not_hold_up_the_seals() -> None:
    institution("a")
    last = execute(f"SELECT max(pgh_id) FROM {TABLE}")
    SealMark.objects.create(seen={TABLE: last}, transaction=2**62)

    sealed = seal()

    assert sealed is not None
    assert sealed.events == 1
    assert faults() == []
