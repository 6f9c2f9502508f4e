"""Gives institutions and persons old values back, by the same operations that change them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from accord.people.models import Institution, Person
from accord.people.operations._facts import InstitutionFacts, PersonFacts, facts_of
from accord.people.operations._institutions import change_institution
from accord.people.operations._persons import change_person


def give_back_institution(*, pk: int, version: int, values: Mapping[str, Any], by: Person, at: datetime) -> Institution:
    """Change an institution back to old values of some fields. Raises what `change_institution` does."""
    held = Institution.objects.get(pk=pk)
    facts = replace(facts_of(InstitutionFacts, held), **values)
    return change_institution(institution=held, version=version, facts=facts, by=by, at=at)


def give_back_person(*, pk: int, version: int, values: Mapping[str, Any], by: Person, at: datetime) -> Person:
    """Change a person back to old values of some fields. Raises what `change_person` does."""
    held = Person.objects.get(pk=pk)
    return change_person(
        person=held, version=version, facts=replace(facts_of(PersonFacts, held), **values), by=by, at=at
    )
