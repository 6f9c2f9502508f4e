"""Whom one writes to: where, in which language, in which zone; and who holds a role at an institution."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from accord.kernel.text import Bilingual
from accord.people.enums import PersonState, Role
from accord.people.models import Affiliation, Institution, Person, RoleGrant
from accord.people.queries._actors import held_on


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as somebody who is written to; language and zone are empty where the person chose none."""

    person_id: int
    name: Bilingual
    address: str = ""
    language: str = ""
    time_zone: str = ""
    has_account: bool = False


def recipients(people: Collection[int]) -> list[Recipient]:
    """Return those of the people who may be written to, each once: active ones, not merged into others; one query."""
    rows = (
        Person.objects.filter(pk__in=people, state=PersonState.ACTIVE, merged_into=None)
        .select_related("account")
        .order_by("pk")
    )
    return [_recipient(person) for person in rows]


def _recipient(person: Person) -> Recipient:
    """Return how one person is written to: at their account's address, or else at the one kept of them."""
    account = getattr(person, "account", None)
    if account is None or not account.is_active:
        return Recipient(person.pk, person.name, person.email)
    return Recipient(person.pk, person.name, account.email, account.language, account.time_zone, has_account=True)


def holders_of(roles: Collection[str], institutions: Collection[int], *, on: date) -> frozenset[int]:
    """Return the persons who hold one of the roles for one of the institutions on the day; one query."""
    held = RoleGrant.objects.filter(held_on(on), role__in=roles, institution__in=institutions)
    return frozenset(held.values_list("person_id", flat=True))


def stewards(*, on: date) -> frozenset[int]:
    """Return the persons who look after the whole installation on the day; one query."""
    held = RoleGrant.objects.filter(held_on(on), role=Role.STEWARD, institution=None)
    return frozenset(held.values_list("person_id", flat=True))


def countries_of(people: Collection[int], *, on: date) -> dict[int, frozenset[str]]:
    """Return the countries of the institutions that these persons belong to or hold a role for; two queries.

    Who belongs nowhere is left out, and so are institutions whose country nobody entered.
    """
    found: dict[int, set[str]] = {}
    for rows in (Affiliation.objects, RoleGrant.objects):
        held = rows.filter(held_on(on), person__in=people).exclude(institution=None).exclude(institution__country="")
        for person, country in held.values_list("person_id", "institution__country").distinct().order_by():
            found.setdefault(person, set()).add(country)
    return {person: frozenset(countries) for person, countries in found.items()}


def declared_countries(people: Collection[int]) -> dict[int, str]:
    """Return the country that is kept of each of these persons themselves, where one is; one query."""
    return dict(Person.objects.filter(pk__in=people).exclude(country="").values_list("pk", "country"))


def institution_names(institutions: Iterable[int] | None = None) -> dict[int, Bilingual]:
    """Return the names of these institutions by id, or of all; merged ones are left out."""
    found = Institution.objects.filter(merged_into=None)
    if institutions is not None:
        found = found.filter(pk__in=list(institutions))
    return dict(found.order_by("key").values_list("pk", "name"))
