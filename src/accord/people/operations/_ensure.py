"""Makes what others stand on, once: institutions, persons, accounts."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accord.kernel.models import World
from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.people.models import Account, Institution, Person
from accord.people.operations._facts import sort_key_of


class EmailTaken(Refused):
    """Another account has this e-mail address."""

    code = "email-taken"


def ensure_institution(*, key: str, name: Bilingual, kind: str) -> Institution:
    """Return the institution with this key; make it when there is none. An existing one is left as it is.

    A key that was merged away leads to the institution that was kept.
    """
    rows = Institution.objects.select_related("merged_into")
    institution, _made = rows.get_or_create(key=key, defaults={"name": name, "kind": kind})
    return institution.merged_into or institution


def register_person(*, key: str, name: Bilingual, sort_key: str = "", is_simulated: bool = False) -> Person:
    """Return the person with this key; make them when there is none. A key merged away leads to the one kept."""
    person, _made = Person.objects.select_related("merged_into").get_or_create(
        key=key,
        defaults={"name": name, "sort_key": sort_key or sort_key_of(name), "is_simulated": is_simulated},
    )
    return person.merged_into or person


def register_persons(*, names: Mapping[str, Bilingual], is_simulated: bool = False) -> dict[str, Person]:
    """Return the persons with these keys, making those that there are none of; three statements, however many."""
    Person.objects.bulk_create(
        (
            Person(key=key, name=name, sort_key=sort_key_of(name), is_simulated=is_simulated)
            for key, name in names.items()
        ),
        ignore_conflicts=True,
    )
    found = Person.objects.filter(key__in=names).select_related("merged_into")
    return {person.key: person.merged_into or person for person in found}


def command_line() -> Person:
    """Return the person under whom the command line writes; the history shows it as such."""
    return register_person(key="command-line", name=Bilingual("Command line", "命令行"))


def take_demo_role(*, world: World, key: str, at: datetime) -> Account:
    """Return the account of a demo person, to be signed in by one click.

    Raises `NotAllowed` outside a demo world, and for anybody who is not simulated.
    """
    del at
    account = Account.objects.filter(person__key=key, person__is_simulated=True, is_active=True).first()
    if not world.is_demo or account is None:
        raise NotAllowed(_("Demo roles exist in a demo world only. Sign in with your e-mail address and password."))
    return account
