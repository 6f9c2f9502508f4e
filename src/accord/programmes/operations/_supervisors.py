"""Keeps who looks after a placement at a side."""

from datetime import date, datetime

from accord.kernel.text import Bilingual
from accord.people.operations import PersonFacts, add_person
from accord.people.queries import Person
from accord.programmes.enums import Side
from accord.programmes.models import Placement, Supervisor


def keep_supervisor(
    placement: Placement,
    side: Side,
    name: str,
    email: str,
    person: Person | None,
    *,
    by: Person,
    at: datetime,
    starts_on: date | None = None,
) -> Supervisor:
    """Keep a supervisor of a side; who has an address but is not known yet becomes known, so as to sign by link."""
    if person is None and email:
        person = add_person(facts=PersonFacts(name=Bilingual.of(name), email=email), by=by, at=at)
    return Supervisor.objects.create(
        placement=placement,
        side=side,
        person=person,
        name=name,
        email=email,
        starts_on=starts_on or placement.starts_on,
        named_at=at,
        named_by=by,
    )
