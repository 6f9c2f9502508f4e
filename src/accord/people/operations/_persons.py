"""Keeps persons and where they belong."""

from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied
from accord.kernel.versions import expect
from accord.people.enums import PersonState
from accord.people.models import Affiliation, Institution, Person, Unit
from accord.people.operations._facts import PersonFacts
from accord.people.operations._institutions import IdentifierTaken, MergedAway, UnitOfOthers


class SpanBackwards(Refused):
    """Something ends before it begins."""

    code = "span-backwards"


class AlreadyThere(Refused):
    """The person belongs to this place already in some of these days."""

    code = "already-there"
    status = 409


class DataWithheld(Refused):
    """The person's data is restricted or erased, so nothing is added to it or changed."""

    code = "data-withheld"
    status = 409


@transaction.atomic
def add_person(*, facts: PersonFacts, by: Person, at: datetime, is_simulated: bool = False) -> Person:
    """Add a person. Raises `IdentifierTaken` for an ORCID iD that is known, and what `PersonFacts.checked` does."""
    del by, at  # the history keeps both
    checked = facts.checked()
    _refuse_taken(checked, besides=None)
    number = _next_number()
    made = Person(pk=number, key=f"person-{number}", is_simulated=is_simulated)
    put(made, checked)
    _save(made)
    return made


@transaction.atomic
def add_person_at(
    *,
    facts: PersonFacts,
    institution: Institution,
    starts_on: date,
    by: Person,
    at: datetime,
    ends_on: date | None = None,
    unit: Unit | None = None,
    title: Bilingual | None = None,
    is_simulated: bool = False,
) -> Person:
    """Add a person and say where they belong, both or neither. Raises as `add_person` and `affiliate`."""
    person = add_person(facts=facts, by=by, at=at, is_simulated=is_simulated)
    affiliate(
        person=person,
        institution=institution,
        unit=unit,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        by=by,
        at=at,
    )
    return person


@transaction.atomic
def change_person(*, person: Person, version: int, facts: PersonFacts, by: Person, at: datetime) -> Person:
    """Change what is known of a person. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, `MergedAway`, and as `add_person`.
    """
    del by, at  # the history keeps both
    checked = facts.checked()
    held = lock_person(person)
    refuse_withheld(held)
    changed = put(held, checked)
    if not changed:
        return held
    expect(held, version)
    _refuse_taken(checked, besides=held)
    held.version += 1
    _save(held, changed)
    return held


def _next_number() -> int:
    """Return the number of the next person; their key is made of it, since a name would outlast its erasure there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_person', 'id'))")
        return int(cursor.fetchone()[0])


def lock_person(person: Person) -> Person:
    """Return the person locked until the transaction ends. Raises `MergedAway` for a signpost."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    if held.merged_into_id is not None:
        raise MergedAway(_("This person was merged into another one. Change that one instead."))
    return held


def refuse_withheld(person: Person) -> None:
    """Raise `DataWithheld` where the data of a person is restricted or erased: nothing is added to it then."""
    if person.state != PersonState.ACTIVE:
        raise DataWithheld(
            _("The data of this person is restricted or erased, and stays as it is. Stewards can lift a restriction.")
        )


def _save(person: Person, changed: list[str] | None = None) -> None:
    """Save; a race for an ORCID iD that the check before could not see ends as the same refusal."""
    try:
        with transaction.atomic():
            person.save(force_insert=changed is None, update_fields=changed and [*changed, "version"])
    except IntegrityError as error:
        raise IdentifierTaken(_("Somebody entered this person just now. Look for them in the list.")) from error


def _refuse_taken(facts: PersonFacts, besides: Person | None) -> None:
    """Refuse an ORCID iD that another living person bears; who that is, the sentence does not tell."""
    others = Person.objects.filter(merged_into=None).exclude(pk=besides.pk if besides else 0)
    if facts.orcid and others.filter(orcid=facts.orcid).exists():
        raise IdentifierTaken(
            _("Another person bears this ORCID iD. Look for them in the list; if you cannot see them, ask a steward."),
            field="orcid",
        )


@transaction.atomic
def affiliate(
    *,
    person: Person,
    institution: Institution,
    starts_on: date,
    by: Person,
    at: datetime,
    ends_on: date | None = None,
    unit: Unit | None = None,
    title: Bilingual | None = None,
) -> Affiliation:
    """Say that a person belongs to an institution from a day on. The same again changes nothing.

    Raises `AlreadyThere` where another span at the same place covers some of the days, `SpanBackwards`,
    `UnitOfOthers` and `MergedAway`.
    """
    del by, at  # the history keeps both
    _refuse_backwards(starts_on, ends_on)
    _refuse_unit_of_others(institution, unit)
    held = lock_person(person)
    refuse_withheld(held)
    if institution.merged_into_id is not None:
        raise MergedAway(_("This institution was merged into another one. Choose that one instead."))
    words = tidied(title or Bilingual())
    same = held.affiliations.filter(institution=institution, unit=unit, starts_on=starts_on, ends_on=ends_on).first()
    if same is not None and same.title == words:
        return same
    made = Affiliation(
        person=held, institution=institution, unit=unit, title=words, starts_on=starts_on, ends_on=ends_on
    )
    _save_span(made)
    return made


@transaction.atomic
def change_affiliation(
    *,
    affiliation: Affiliation,
    version: int,
    starts_on: date,
    ends_on: date | None,
    unit: Unit | None,
    title: Bilingual,
    by: Person,
    at: datetime,
) -> Affiliation:
    """Correct where and how long a person belongs. What stands there already is no change, and no clash.

    Raises `Clash` for an older version, and as `affiliate`.
    """
    del by, at  # the history keeps both
    _refuse_backwards(starts_on, ends_on)
    _refuse_unit_of_others(affiliation.institution, unit)
    lock_person(affiliation.person)
    held = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
    words = tidied(title)
    wanted = (starts_on, ends_on, unit.pk if unit else None, words)
    if (held.starts_on, held.ends_on, held.unit_id, held.title) == wanted:
        return held
    expect(held, version)
    held.starts_on, held.ends_on, held.unit, held.title = starts_on, ends_on, unit, words
    held.version += 1
    _save_span(held)
    return held


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, ends_on: date, by: Person, at: datetime) -> Affiliation:
    """Say that a person no longer belongs from a day on. Ended on its first day it never held. Twice changes nothing.

    Raises `SpanBackwards` for a day before it began, `AlreadyThere` where a later span begins before the day.
    """
    del by, at  # the history keeps both
    lock_person(affiliation.person)
    held = Affiliation.objects.select_for_update().get(pk=affiliation.pk)
    if held.ends_on == ends_on:
        return held
    _refuse_backwards(held.starts_on, ends_on)
    held.ends_on, held.version = ends_on, held.version + 1
    _save_span(held)
    return held


def _save_span(affiliation: Affiliation) -> None:
    """Save; the database knows whether the days overlap with another span at the same place."""
    try:
        with transaction.atomic():
            affiliation.save()
    except IntegrityError as error:
        raise AlreadyThere(
            _("This person belongs to the same place already in some of these days. Change that entry instead."),
            field="starts_on",
        ) from error


def _refuse_backwards(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SpanBackwards(_("The last day must not come before the first one."), field="ends_on")


def _refuse_unit_of_others(institution: Institution, unit: Unit | None) -> None:
    if unit is not None and unit.institution_id != institution.pk:
        raise UnitOfOthers(_("This unit belongs to another institution. Choose one of its own units."), field="unit")
