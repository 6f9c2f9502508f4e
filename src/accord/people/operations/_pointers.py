"""Every foreign key of every table that points at a record: moved to another record, and put back.

Nothing here knows the tables by name, so a context that is built later is moved along. Three sorts stay where they are:
the history's own rows, tables that only grow (what was signed keeps the name it was signed under), and the columns in
which a merge says what it merged. The record that is gone stays as a signpost, so all of these still lead somewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pghistory.models
import pgtrigger
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction
from psycopg.errors import CheckViolation

from accord.people.models import Merge

SAYS_WHAT_WAS_MERGED = ("kept_person", "gone_person", "kept_institution", "gone_institution")
MARKS = ("_at", "_by")
"""Ends of columns that say when and by whom; two rows may differ in them and still say the same."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points at records of one kind."""

    model: type[models.Model]
    column: str

    @property
    def code(self) -> str:
        """Return the column's full name, as a merge keeps it."""
        return f"{self.model._meta.label_lower}.{self.column}"  # noqa: SLF001 (Django's public name for it)

    def rows(self, record: models.Model) -> models.QuerySet[Any]:
        """Return the rows that point at the record, in the order they were made."""
        manager = self.model._base_manager  # noqa: SLF001 (Django's public name for it)
        return manager.filter(**{self.column: record.pk}).order_by("pk")


@dataclass(slots=True)
class Moved:
    """What a move did: ids moved, ids that stayed because the other record says the same, and rows in the way."""

    moved: dict[str, list[Any]] = field(default_factory=dict)
    stayed: dict[str, list[Any]] = field(default_factory=dict)
    in_the_way: list[str] = field(default_factory=list)


def pointers_to(target: type[models.Model]) -> Iterator[Pointer]:
    """Yield every column that points at records of the model and can be moved."""
    for model in apps.get_models(include_auto_created=True):
        options = model._meta  # noqa: SLF001 (Django's public name for it)
        if not options.managed or options.proxy or issubclass(model, pghistory.models.Event) or only_grows(model):
            continue
        for one in options.local_concrete_fields:
            if one.related_model is target and not (model is Merge and one.name in SAYS_WHAT_WAS_MERGED):
                yield Pointer(model, one.name)


def only_grows(model: type[models.Model]) -> bool:
    """Say whether the database refuses changes to the model's rows."""
    triggers = getattr(model._meta, "triggers", [])  # noqa: SLF001 (Django's public name for it)
    return any(isinstance(one, pgtrigger.Protect) and "UPDATE" in str(one.operation).upper() for one in triggers)


def move_all(*, gone: models.Model, kept: models.Model) -> Moved:
    """Point everything at the kept record that points at the gone one; both must be locked.

    Cost: one query for all columns, then two writes for each column that has rows.
    """
    done = Moved()
    for pointer in _in_use(gone):
        _move(pointer, gone, kept, done)
    return done


def _in_use(record: models.Model) -> list[Pointer]:
    """Return the columns in which some row points at the record; one query for any number of columns."""
    every = list(pointers_to(type(record)))
    asked = [
        pointer.rows(record).order_by().annotate(its_place=models.Value(place)).values_list("its_place").distinct()
        for place, pointer in enumerate(every)
    ]
    return [every[place] for (place,) in sorted(asked[0].union(*asked[1:], all=True))]


def put_back(*, gone: models.Model, kept: models.Model, moved: dict[str, list[Any]]) -> list[str]:
    """Point the moved rows at the gone record again, and return what is in the way.

    Rows that point elsewhere by now are left as they are.
    """
    in_the_way: list[str] = []
    for pointer in pointers_to(type(gone)):
        if pointer.code not in moved:
            continue
        rows = pointer.rows(kept).filter(pk__in=moved[pointer.code])
        try:
            with transaction.atomic():
                rows.update(**{pointer.column: gone.pk})
        except DatabaseError:
            in_the_way += [_named(row) for row in rows]
    return in_the_way


def _move(pointer: Pointer, gone: models.Model, kept: models.Model, done: Moved) -> None:
    """Move one column: all rows at once, or one by one where some do not fit."""
    ids = list(pointer.rows(gone).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            pointer.rows(gone).update(**{pointer.column: kept.pk})
        done.moved[pointer.code] = ids
    except DatabaseError:
        for row in pointer.rows(gone):
            _move_one(pointer, row, kept, done)


def _move_one(pointer: Pointer, row: models.Model, kept: models.Model, done: Moved) -> None:
    """Move a row, or leave it with the gone record where the kept one has its like, or note it as in the way."""
    rows = pointer.model._base_manager.filter(pk=row.pk)  # noqa: SLF001 (Django's public name for it)
    try:
        with transaction.atomic():
            rows.update(**{pointer.column: kept.pk})
        done.moved.setdefault(pointer.code, []).append(row.pk)
    except IntegrityError as error:
        between_the_two = isinstance(error.__cause__, CheckViolation)
        said = between_the_two or any(_says_the_same(pointer, row, other) for other in pointer.rows(kept))
        if said and not _is_pointed_at(row):
            done.stayed.setdefault(pointer.code, []).append(row.pk)
        else:
            done.in_the_way.append(_named(row))
    except DatabaseError:
        done.in_the_way.append(_named(row))


def _says_the_same(pointer: Pointer, row: models.Model, other: models.Model) -> bool:
    """Say whether the other row holds all that this one does, and for all of its days."""
    for one in pointer.model._meta.concrete_fields:  # noqa: SLF001 (Django's public name for it)
        mine, theirs = getattr(row, one.attname), getattr(other, one.attname)
        if one.primary_key or one.name in {pointer.column, "version", "key"}:
            continue
        if one.name == "starts_on":
            fits = theirs <= mine
        elif one.name == "ends_on":
            fits = theirs is None or (mine is not None and mine <= theirs)
        elif one.name.endswith(MARKS):
            fits = (mine is None) == (theirs is None)
        else:
            fits = mine == theirs
        if not fits:
            return False
    return True


def _is_pointed_at(row: models.Model) -> bool:
    """Say whether other rows hang on this one; those would be torn from the record that they follow."""
    return any(pointer.rows(row).exists() for pointer in pointers_to(type(row)))


def _named(row: models.Model) -> str:
    """Return what a row is called in a refusal: its kind and its name."""
    return f"{cast('Any', row)._meta.verbose_name} {row.pk}: {row}"  # noqa: SLF001 (Django's public name for it)
