"""Who asks, and with which roles."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from accord.kernel.access import NOBODY, Actor, Grant
from accord.people.models import Account, Institution, Person, RoleGrant


def actor_for(account: Account, *, on: date) -> Actor:
    """Return the account's person with every role that holds on the day; one query."""
    if not account.is_active:
        return NOBODY
    rows = (
        RoleGrant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, person=account.person_id)
        .order_by("pk")
        .values_list("role", "institution_id")
    )
    grants = frozenset(Grant(role, institution_id) for role, institution_id in rows)
    return Actor(person_id=account.person_id, name=account.email, grants=grants)


def institutions_by_key(keys: Collection[str]) -> dict[str, Institution]:
    """Return the institutions with these keys."""
    return {institution.key: institution for institution in Institution.objects.filter(key__in=keys)}


def demo_people() -> list[Person]:
    """Return the simulated persons that have an account, in the order they were made."""
    return list(
        Person.objects.filter(is_simulated=True, account__isnull=False)
        .prefetch_related("grants__institution")
        .order_by("pk")
    )


def account_name(account: Account) -> str:
    """Return the person's name in the reader's language; no query, the person comes with the account."""
    return str(account.person.name)


def acting_person(actor: Actor) -> Person:
    """Return the person behind an actor who is signed in."""
    return Person.objects.get(pk=actor.person_id or 0)
