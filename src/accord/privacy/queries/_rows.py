"""Which rows of which tables are somebody's: by declaration, and by every key that leads to a person.

No table is known by name here, so that a context built later is neither left out of a copy nor of an erasure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import Count, Model, Q, QuerySet, Value
from django.db.models.fields.json import KT

from accord.kernel.chronicle import Chronicle
from accord.kernel.records import reference
from accord.kernel.retention import Retained, RetentionClass, retained
from accord.kernel.text import Bilingual
from accord.people.queries import AccessToken, Account, Person
from accord.privacy.models import SetAside

EVERYTHING = Chronicle()


@dataclass(frozen=True, slots=True)
class Who:
    """One human being: their entry with those merged into it, their account, their addresses, names of references."""

    persons: tuple[int, ...]
    accounts: tuple[int, ...]
    addresses: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may hold rows of people: its model, what was declared of it, and the keys that lead to people."""

    model: type[Model]
    declared: Retained
    marks: tuple[str, ...]
    account_marks: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the model's label, such as `people.Person`."""
        return self.declared.model


def who_is(person: Person) -> Who:
    """Return all by which rows may name a person; a fixed number of queries."""
    persons = [person.pk]
    while ahead := set(Person.objects.filter(merged_into__in=persons).values_list("pk", flat=True)) - {*persons}:
        persons += sorted(ahead)
    tokens = AccessToken.objects.filter(person__in=persons).values_list("pk", flat=True)
    return Who(
        persons=tuple(persons),
        accounts=tuple(Account.objects.filter(person__in=persons).values_list("pk", flat=True)),
        addresses=tuple(sorted({one.lower() for one in _addresses(persons) if one})),
        references=tuple([reference("person", pk) for pk in persons] + [reference("token", pk) for pk in tokens]),
    )


def _addresses(persons: list[int]) -> QuerySet[Any, Any]:
    """Return every e-mail address that the persons have or had: now, in their history, and laid aside; one query."""
    found = [
        Person.objects.filter(pk__in=persons).values_list("email"),
        Account.objects.filter(person__in=persons).values_list("email"),
        _every("account.EmailAddress").filter(user__person__in=persons).values_list("email"),
        _every("people.PersonEvent").filter(pgh_obj__in=persons).values_list("email"),
        _every("people.AccountEvent").filter(person__in=persons).values_list("email"),
        SetAside.objects.filter(person__in=persons).values_list(KT("facts__email")),
    ]
    first, *others = [rows.order_by() for rows in found]
    flat: QuerySet[Any, Any] = first.union(*others)
    return flat.values_list("email", flat=True)


def _every(label: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(label)._base_manager.all()  # noqa: SLF001 (every row, whatever a manager hides)
    return rows


@cache
def tables() -> Mapping[str, Table]:
    """Return every table that may hold rows of people, by label."""
    found = {}
    for model in apps.get_models():
        options = model._meta  # noqa: SLF001 (Django's public name for it)
        if not options.managed or options.proxy or issubclass(model, pghistory.models.Event):
            continue
        declared = retained().get(options.label) or _undeclared(options.label)
        table = Table(model, declared, tuple(_keys(model, Person)), tuple(_keys(model, Account)))
        if table.marks or table.account_marks or declared.is_of_people:
            found[options.label] = table
    return found


def _undeclared(label: str) -> Retained:
    """Return the cautious answer for a table of a package that nobody declared: it is kept, and handed out."""
    return Retained(label, RetentionClass.AUDIT, Bilingual(label, label), label.partition(".")[0])


def _keys(model: type[Model], target: type[Model]) -> Iterator[str]:
    """Yield the columns that lead to records of the target."""
    for field in model._meta.concrete_fields:  # noqa: SLF001 (Django's public name for it)
        if field.related_model is target:
            yield field.name


def rows_of(table: Table, who: Who, *, also_marks: bool) -> QuerySet[Any]:
    """Return the person's rows of one table; with `also_marks` those as well that they only wrote or decided."""
    asked = _by_declaration(table.declared, who)
    if also_marks:
        for name in table.marks:
            asked |= Q(**{f"{name}__in": who.persons})
        for name in table.account_marks:
            asked |= Q(**{f"{name}__in": who.accounts})
    manager = table.model._base_manager  # noqa: SLF001 (every row, whatever a manager hides)
    if not asked:
        return manager.none()
    keys = manager.filter(asked).order_by().values("pk")
    return manager.filter(pk__in=keys).order_by("pk")


def _by_declaration(declared: Retained, who: Who) -> Q:
    """Return the condition that a row is the person's own data."""
    asked = Q()
    for path in declared.person:
        asked |= Q(**{f"{path}__in": who.persons})
    for column in declared.named:
        asked |= Q(**{f"{column}__in": who.references})
    for path in declared.address:
        for address in who.addresses:
            asked |= Q(**{f"{path}__iexact": address})
    return asked


def concerns_nobody_else(rows: QuerySet[Any], declared: Retained, who: Who) -> QuerySet[Any]:
    """Leave out the rows that are somebody else's as well."""
    others = Person.objects.exclude(pk__in=who.persons).values("pk")
    manager = rows.model._base_manager  # noqa: SLF001 (every row, whatever a manager hides)
    for path in declared.person:
        rows = rows.exclude(pk__in=manager.filter(**{f"{path}__in": others}).order_by().values("pk"))
    return rows


def count_rows(who: Who) -> dict[str, int]:
    """Return how many rows of each table are the person's or bear their mark; one query for all tables."""
    asked = [
        rows_of(table, who, also_marks=True)
        .order_by()
        .annotate(its_label=Value(label))
        .values("its_label")
        .annotate(n=Count("pk"))
        .values_list("its_label", "n")
        for label, table in tables().items()
    ]
    first, *others = asked
    return {label: number for label, number in sorted(first.union(*others, all=True)) if number}


def is_secret(table: Table, name: str) -> bool:
    """Say whether a column opens something, so that no copy hands it out: digests, tokens, passwords, keys."""
    return name in table.declared.secret or not EVERYTHING.shows(table.label, name)
