"""Who asks, and with which roles."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from accord.kernel.access import NOBODY, Actor, Grant
from accord.people.enums import PersonState, Role
from accord.people.models import Account, Delegation, Institution, Person, RoleGrant

LENT = tuple(role for role in Role.values if role != Role.STEWARD)
"""The roles that whoever stands in for somebody acts by: all but the one that looks after the whole installation."""


def actor_for(account: Account, *, on: date) -> Actor:
    """Return the account's person with every role that holds on the day; one query."""
    if not _may_act(account):
        return NOBODY
    return Actor(person_id=account.person_id, name=account.email, grants=grants_of(account.person_id, on))


def standing_in(account: Account, delegation: int, *, on: date) -> Actor:
    """Return the account's person acting for whoever let them, with what may be lent; two queries.

    Once the delegation has ended, or the other's account was closed, nothing is lent and the actor says so: what was
    begun under another's name is not finished under one's own. A delegation to somebody else counts for nothing.
    """
    if not _may_act(account):
        return NOBODY
    given = (
        Delegation.objects.filter(pk=delegation, taker=account.person_id).select_related("giver", "giver__account")
    ).first()
    if given is None:
        return actor_for(account, on=on)
    holds = given.starts_on <= on < given.ends_on and _may_act(getattr(given.giver, "account", None))
    return Actor(
        person_id=account.person_id,
        name=account.email,
        grants=grants_of(given.giver_id, on, LENT) if holds else frozenset(),
        for_person=given.giver_id,
        for_name=given.giver.name,
        has_ended=not holds,
    )


def _may_act(account: Account | None) -> bool:
    """Say whether an account is open and its person is still somebody."""
    return account is not None and account.is_active and account.person.state != PersonState.ERASED


def grants_of(person: int, on: date, roles: Collection[str] = Role.values) -> frozenset[Grant]:
    """Return the roles that a person holds on a day."""
    rows = RoleGrant.objects.filter(held_on(on), person=person, role__in=roles).values_list("role", "institution_id")
    return frozenset(Grant(role, institution) for role, institution in rows.order_by("pk"))


def held_on(on: date) -> Q:
    """Return the condition that a span of days holds on a day."""
    return Q(ends_on=None, starts_on__lte=on) | Q(ends_on__gt=on, starts_on__lte=on)


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
    """Return the person behind an actor who is signed in: the one who really acts, whomever they stand in for."""
    return Person.objects.get(pk=actor.person_id or 0)
