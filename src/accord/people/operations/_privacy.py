"""What privacy asks of a person's own entry: to be laid aside, to be used again, to be erased.

Rooms above decide, and take the personal data out of everything else; `accord.privacy.operations` is the way in.
"""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.enums import PersonState
from accord.people.models import Delegation, Person, RoleGrant
from accord.people.operations._delegations import end_delegation
from accord.people.operations._facts import PersonFacts, facts_of
from accord.people.operations._grants import end_role
from accord.people.operations._institutions import IdentifierTaken
from accord.people.operations._persons import lock_person, refuse_withheld
from accord.people.queries import MACHINES


class NoHumanBeing(Refused):
    """A machine writes under this entry, nobody's data."""

    code = "no-human-being"


class NotRestricted(Refused):
    """The person's data is not restricted."""

    code = "not-restricted"
    status = 409


@transaction.atomic
def restrict_person(*, person: Person, by: Person, at: datetime) -> dict[str, Any]:
    """Take from the entry all that tells who it is, and return it, to be laid aside. Twice returns nothing.

    From then on every page shows the number in place of the name, no search finds it and no mail goes there; the
    person may still sign in. Raises `NoHumanBeing`, `MergedAway`, and `DataWithheld` for somebody erased.
    """
    del by, at  # the history keeps both
    held = _lock_human(person)
    if held.state == PersonState.RESTRICTED:
        return {}
    refuse_withheld(held)
    facts = asdict(facts_of(PersonFacts, held)) | {"name": held.name.as_dict()}
    _name_by_number(held, PersonState.RESTRICTED)
    return facts


@transaction.atomic
def lift_restriction(*, person: Person, facts: dict[str, Any], by: Person, at: datetime) -> Person:
    """Give the entry back what was laid aside. Raises `NotRestricted`, and `IdentifierTaken` where the ORCID iD is."""
    del by, at  # the history keeps both
    held = lock_person(person)
    if held.state != PersonState.RESTRICTED:
        raise NotRestricted(_("The data of this person is not restricted. There is nothing to lift."))
    known = PersonFacts(**facts | {"name": Bilingual.of(facts["name"])})
    if known.orcid and Person.objects.filter(orcid=known.orcid, merged_into=None).exclude(pk=held.pk).exists():
        raise IdentifierTaken(_("Another person bears this ORCID iD by now. Merge or correct that one first."))
    put(held, known)
    held.state = PersonState.ACTIVE
    held.version += 1
    held.save()
    return held


@transaction.atomic
def erase_person(*, person: Person, by: Person, at: datetime) -> Person:
    """Leave of a person, and of entries merged into it, a number; end every role, stand-in and session of theirs.

    The rows stay, so that what was counted stays counted. The account and its addresses are the caller's to delete.
    Twice changes nothing. Raises `LastSteward`, `NoHumanBeing` and `MergedAway`.
    """
    held = _lock_human(person)
    if held.state == PersonState.ERASED:
        return held
    for grant in RoleGrant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=at.date()), person=held):
        end_role(grant=grant, ends_on=at.date(), by=by, at=at)
    for one in Delegation.objects.filter(Q(giver=held) | Q(taker=held), ends_on__gt=at.date()):
        end_delegation(delegation=one, version=one.version, on=at.date())
    for session in UserSession.objects.filter(user__person=held):
        session.end()
    for entry in signposts_of(held):
        _name_by_number(entry, PersonState.ERASED)
    _name_by_number(held, PersonState.ERASED)
    return held


def signposts_of(person: Person) -> list[Person]:
    """Return every entry that was merged into this one, or into one that was."""
    found: list[Person] = []
    ahead = [person.pk]
    while ahead:
        rows = list(Person.objects.select_for_update().filter(merged_into__in=ahead).order_by("pk"))
        found += rows
        ahead = [one.pk for one in rows]
    return found


def _lock_human(person: Person) -> Person:
    held = lock_person(person)
    if held.key in MACHINES:
        raise NoHumanBeing(_("A program writes under this entry. It holds nobody's data."))
    return held


def _name_by_number(person: Person, state: PersonState) -> None:
    """Put the number in place of all that tells who somebody is."""
    names = {
        PersonState.RESTRICTED: Bilingual(f"Restricted person {person.pk}", f"受限人员{person.pk}"),
        PersonState.ERASED: Bilingual(f"Erased person {person.pk}", f"已抹除人员{person.pk}"),
    }
    for one in fields(PersonFacts):
        setattr(person, one.name, "")
    person.name, person.sort_key, person.state = names[state], f"~{person.pk:09d}", state
    person.key = f"erased-{person.pk}" if state == PersonState.ERASED else person.key
    person.version += 1
    person.save()
