"""A copy holds every word that any table has of a person, and nothing that opens something."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests.cast import Cast
from tests.privacy.conftest import NOW

from accord.files import operations as files
from accord.kernel.store import FolderStore
from accord.kernel.text import Bilingual, BilingualField
from accord.people.models import Person
from accord.privacy import operations
from accord.privacy.models import PersonalCopy
from accord.privacy.queries import Table, is_secret, tables

pytestmark = pytest.mark.django_db
ROW = 990_001
SHORTEST = 7
TEXTS = models.CharField | models.TextField | models.JSONField | ArrayField


class Planter:
    """Writes one row into every table that may hold rows of people, with a word of its own in every text column."""

    def __init__(self, person: Person) -> None:
        """Start without words."""
        self.person = person
        self.number = 0
        self.shown: dict[str, str] = {}
        self.secret: dict[str, str] = {}

    def plant(self) -> None:
        """Write the rows; keys and checks are off, since only the words matter here."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
            for table in tables().values():
                self._without_checks(cursor, str(table.model._meta.db_table))
                if table.model is Person:
                    self._word_the_person(table)
                else:
                    row = table.model(**dict(self._values(table)))
                    row.save(force_insert=True)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    def _without_checks(self, cursor: Any, name: str) -> None:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s) AND contype IN ('c', 'x')", [name]
        )
        for (constraint,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{name}" DROP CONSTRAINT "{constraint}"')

    def _word_the_person(self, table: Table) -> None:
        words = {name: value for name, value in self._values(table) if name in {"key", "name", "sort_key", "orcid"}}
        Person.objects.filter(pk=self.person.pk).update(**words, email="mark@example.org")
        self.shown = {word: where for word, where in self.shown.items() if where != "people.Person.email"}

    def _values(self, table: Table) -> Iterator[tuple[str, Any]]:
        for field in table.model._meta.concrete_fields:
            yield field.attname, self._value(table, field)

    def _value(self, table: Table, field: Any) -> Any:
        """Return a key that leads to the person or to the other planted rows, a word, or any value."""
        if field.is_relation:
            return self.person.pk if field.related_model is Person else ROW
        if field.name in table.declared.named:
            return f"person:{self.person.pk}"
        if field.name in table.declared.address:
            return "mark@example.org"
        is_text = isinstance(field, TEXTS) and (field.max_length or 99) >= SHORTEST
        is_free = field.name != "language" and not field.choices and not holds_numbers(field)
        return self._word(table, field) if is_text and is_free else plain_value(field)

    def _word(self, table: Table, field: Any) -> Any:
        self.number += 1
        word = f"m{self.number:04d}xw"
        found = self.secret if is_secret(table, field.name) else self.shown
        found[word] = f"{table.label}.{field.name}"
        if isinstance(field, BilingualField):
            return Bilingual(word, "")
        if isinstance(field, models.JSONField):
            return {"in": [word]}
        return [word] if isinstance(field, ArrayField) else word


def holds_numbers(field: Any) -> bool:
    """Say whether a column holds a list of numbers."""
    return isinstance(getattr(field, "base_field", None), models.IntegerField)


def plain_value(field: Any) -> Any:
    """Return a value for a column that holds no words of its own."""
    if field.choices:
        return next(iter(field.flatchoices))[0]
    if field.name == "language":
        return "en"
    if holds_numbers(field):
        return [ROW]
    by_type: list[tuple[Any, Any]] = [
        (models.DateTimeField, datetime(2019, 1, 2, tzinfo=UTC)),
        (models.DateField, date(2019, 1, 2)),
        (models.TimeField, time(8)),
        (models.BooleanField, False),
        (models.UUIDField, "6f1c2b1e-7d0f-4c55-9a52-0d4f4f7f6c11"),
        (models.GenericIPAddressField, "192.0.2.7"),
        (models.DecimalField, Decimal(1)),
        (models.AutoField, ROW),
        (models.IntegerField, 1),
        (models.FloatField, 1.0),
        (models.BinaryField, b"x"),
        (DateTimeRangeField, DateTimeTZRange(NOW, NOW + timedelta(hours=1))),
    ]
    return next((value for kind, value in by_type if isinstance(field, kind)), "x")


def made(person: Person, store: FolderStore, by: Person, language: str = "en") -> zipfile.ZipFile:
    """Return the finished copy."""
    asked = operations.ask_for_copy(person=person, language=language, by=by, at=NOW)
    copy = operations.make_copy(copy_id=asked.pk, store=store, clock=lambda: NOW)
    assert copy is not None
    return zipfile.ZipFile(io.BytesIO(b"".join(store.chunks(copy.digest))))


def test_every_word_of_every_table_is_in_the_copy_and_no_secret(cast: Cast, tmp_path: Path) -> None:
    person = cast.outsider.person
    planter = Planter(Person.objects.create(key="marked", name=Bilingual("Marked"), sort_key="marked"))
    planter.plant()

    archive = made(planter.person, FolderStore(tmp_path), person)

    text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".json"))
    assert {where for word, where in planter.shown.items() if word not in text} == set()
    assert {where for word, where in planter.secret.items() if word in text} == set()
    assert len(planter.shown) > 60
    assert {*planter.secret.values()} >= {
        "people.AccessToken.digest",
        "people.Account.password",
        "mfa.Authenticator.data",
    }


def test_the_copy_holds_files_history_and_a_readable_index(
    cast: Cast, someone: Person, tmp_path: Path, do: Callable[..., Any]
) -> None:
    store = FolderStore(tmp_path)
    kept = {"store": store, "at_most": 999, "record": f"person:{someone.pk}"}
    do(files.keep_file, content=io.BytesIO(b"A letter of reference."), name="letter.txt", **kept)

    archive = made(someone, store, someone, "zh-hans")

    person = json.loads(archive.read("data/people.Person.json"))
    index = archive.read("index.html").decode()
    assert [row["email"] for row in person["rows"]] == ["qiaomu@example.org"]
    assert [row["pgh_label"] for row in person["history"]] == ["insert"]
    assert "people.Evidence" not in index
    assert '<html lang="zh-Hans">' in index
    assert "data/people.Person.json" in index
    assert [archive.read(name) for name in archive.namelist() if name.startswith("files/")] == [
        b"A letter of reference."
    ]
    assert not {name for name in archive.namelist() if "Institution" in name}


def test_others_are_not_in_the_copy(cast: Cast, someone: Person, tmp_path: Path) -> None:
    archive = made(someone, FolderStore(tmp_path), someone)

    people = json.loads(archive.read("data/people.Person.json"))["rows"]
    seats = json.loads(archive.read("data/agreements.Attendance.json"))["rows"]
    assert [row["id"] for row in people] == [someone.pk]
    assert [row["person"] for row in seats] == [someone.pk]


def test_a_copy_is_made_once_and_deleted_after_three_days(cast: Cast, someone: Person, tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    first = operations.ask_for_copy(person=someone, language="en", by=someone, at=NOW)
    assert operations.ask_for_copy(person=someone, language="en", by=someone, at=NOW) == first
    copy = operations.make_copy(copy_id=first.pk, store=store, clock=lambda: NOW)
    assert operations.make_copy(copy_id=first.pk, store=store, clock=lambda: NOW) is None

    early = operations.drop_old_copies(store=store, at=NOW + timedelta(hours=71))
    late = operations.drop_old_copies(store=store, at=NOW + timedelta(hours=72))

    assert copy is not None
    assert (early, late, store.has(copy.digest)) == (0, 1, False)
    assert PersonalCopy.objects.get().state == "gone"


def test_erasing_ends_a_copy_that_waits_to_be_fetched(
    cast: Cast, someone: Person, tmp_path: Path, do: Callable[..., Any]
) -> None:
    store = FolderStore(tmp_path)
    made(someone, store, someone)

    do(operations.erase, person=someone, why="Request 1")

    assert operations.drop_old_copies(store=store, at=NOW) == 1
    assert list(tmp_path.rglob("*")) == [] or not any(path.is_file() for path in tmp_path.rglob("*"))
    with pytest.raises(operations.NothingToCopy):
        operations.ask_for_copy(person=Person.objects.get(pk=someone.pk), language="en", by=cast.steward.person, at=NOW)
