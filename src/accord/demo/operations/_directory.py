"""Fills the directory: institutions, units, people and where they belong, what stands twice, and an undone change."""

from dataclasses import dataclass, replace
from datetime import date

from accord.demo import names
from accord.demo.operations._voices import days_before, moment, speak_as
from accord.demo.stories.houses import (
    CITY,
    FIRST_NAME,
    HOUSES,
    PLACES,
    POLYTECHNIC,
    TWICE,
    TWINS,
    House,
    Place,
)
from accord.history import operations as history
from accord.history import queries as past
from accord.kernel.access import Actor, Grant
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.operations import InstitutionFacts, PersonFacts
from accord.people.queries import Institution, Person, Unit, institutions_by_key

OPENED = date(2018, 1, 5)


@dataclass(frozen=True, slots=True)
class Directory:
    """Institutions and units by key, people by the number of their place, officers of houses without an account."""

    houses: dict[str, Institution]
    people: dict[int, Person]
    officers: dict[str, Person]


def add_houses(*, by: Person) -> None:
    """Add the invented institutions, marked as simulated, before agreements name them."""
    for house in HOUSES:
        facts = InstitutionFacts(
            name=house.name,
            kind=house.kind,
            country=house.country if house.website else "",
            city=CITY if house.website else Bilingual(),
            website=house.website,
            lei=house.lei,
            uscc=house.uscc,
            time_zone="Asia/Shanghai" if house.lei else "",
        )
        people.add_institution(facts=facts, key=house.key, is_simulated=True, by=by, at=moment(OPENED))


def fill_directory(*, seed: int, as_of: date, by: Person) -> Directory:
    """Add the units of the houses, and the people who belong there."""
    speak_as(by)
    houses = institutions_by_key([house.key for house in HOUSES])
    units = {(house.key, key): unit for house in HOUSES for key, unit in _units(house, houses[house.key], by).items()}
    found = {place.number: _person(place, houses, units, seed, by) for place in PLACES}
    officers = {place.house: found[place.number] for place in PLACES if place.office}
    for key, person in officers.items():
        people.grant_role(person=person, role=Role.OFFICER, institution=houses[key], starts_on=OPENED)
    directory = Directory(houses, found, officers)
    _enter_twice(directory, as_of, by)
    _mistake_and_undo(directory, as_of, by)
    return directory


def _units(house: House, institution: Institution, by: Person) -> dict[str, Unit]:
    """Add the units of a house, those above first."""
    made: dict[str, Unit] = {}
    for key, above, name in house.units:
        made[key] = people.ensure_unit(
            institution=institution, name=name, parent=made.get(above), key=key, by=by, at=moment(OPENED)
        )
    return made


def _person(
    place: Place, houses: dict[str, Institution], units: dict[tuple[str, str], Unit], seed: int, by: Person
) -> Person:
    """Add a simulated person where they belong, and where they belonged before."""
    facts = PersonFacts(
        name=names.person(FIRST_NAME + place.number, seed),
        email=address_of(place),
        orcid=place.orcid,
        country=place.country,
    )
    person = people.add_person_at(
        facts=facts,
        institution=houses[place.house],
        unit=units[place.house, place.unit],
        title=place.title,
        starts_on=place.since,
        ends_on=place.until,
        is_simulated=True,
        by=by,
        at=moment(OPENED, 3),
    )
    if place.before:
        key, since, until = place.before
        people.affiliate(
            person=person, institution=houses[key], starts_on=since, ends_on=until, by=by, at=moment(OPENED, 3)
        )
    return person


def address_of(place: Place) -> str:
    """Return where to write to a simulated person: a domain that never receives mail."""
    return f"person{place.number:02}@{place.house.removeprefix('sample-')}.example.org"


def _enter_twice(directory: Directory, as_of: date, by: Person) -> None:
    """Enter three people and an institution a second time, and merge one of the pairs."""
    entered = days_before(as_of, 45)
    for twin in TWINS:
        known = directory.people[twin.number]
        surname, _space, given = known.name.en.partition(" ")
        name = f"{surname}, {given[0]}." if twin.same_mail else f"{given} {surname}"
        second = people.add_person_at(
            facts=PersonFacts(
                name=Bilingual(name, "" if twin.same_mail else known.name.zh_hans),
                sort_key=name if twin.same_mail else known.sort_key,
                email=known.email if twin.same_mail else "",
            ),
            institution=directory.houses[twin.house],
            starts_on=twin.since,
            ends_on=twin.until,
            is_simulated=True,
            by=by,
            at=entered,
        )
        if twin.is_merged:
            _merge(known, second, as_of, by)
    polytechnic = directory.houses[TWICE]
    facts = replace(_facts_of(polytechnic), website=directory.houses[POLYTECHNIC].website)
    people.change_institution(institution=polytechnic, version=polytechnic.version, facts=facts, by=by, at=entered)


def _merge(kept: Person, gone: Person, as_of: date, by: Person) -> None:
    """Make one person of two that were the same."""
    facts = PersonFacts(
        name=kept.name, sort_key=kept.sort_key, email=kept.email, orcid=kept.orcid, country=kept.country
    )
    people.merge_persons(
        kept=kept,
        gone=gone,
        versions=(kept.version, gone.version),
        facts=facts,
        by=by,
        at=days_before(as_of, 30),
    )


def _mistake_and_undo(directory: Directory, as_of: date, by: Person) -> None:
    """Mistype an institution's website and take the change back, so that its history shows both."""
    bank = directory.houses["sample-bank"]
    record = f"institution:{bank.pk}"
    wrong = replace(_facts_of(bank), website="https://bank.example.com")
    people.change_institution(institution=bank, version=bank.version, facts=wrong, by=by, at=days_before(as_of, 21))
    change = past.history_of(past.subject_of(record))[0]
    history.undo_change(
        actor=Actor(by.pk, str(by.name), frozenset({Grant(Role.STEWARD)})),
        record=record,
        part=change.part,
        event=change.event,
        by=by,
        at=days_before(as_of, 21, 3),
    )
    bank.refresh_from_db()


def _facts_of(institution: Institution) -> InstitutionFacts:
    """Return what is known of an institution."""
    return InstitutionFacts(
        name=institution.name,
        kind=institution.kind,
        country=institution.country,
        city=institution.city,
        website=institution.website,
        lei=institution.lei,
        uscc=institution.uscc,
        time_zone=institution.time_zone,
    )
