"""Merging what stands twice: everything moves, nothing is lost, and undoing it gives the same database."""

import json
from datetime import date, timedelta
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from tests.cast import LONG_AGO, Cast, moment

from accord.agreements.models import Engagement
from accord.kernel.access import Actor, Grant
from accord.kernel.refused import Clash
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people import queries
from accord.people.enums import Role
from accord.people.models import (
    Affiliation,
    Delegation,
    Institution,
    Merge,
    Person,
    RoleGrant,
    SavedView,
    SignedLink,
    Unit,
)
from accord.people.operations import InstitutionFacts, PersonFacts
from accord.people.operations._pointers import only_grows, pointers_to

DAY = date(2019, 9, 30)
JANE = PersonFacts(Bilingual("Jane Doe", "简多伊"), email="jane@example.org")
Dump = dict[str, list[dict[str, Any]]]


@pytest.fixture
def who(db: None) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": people.command_line(), "at": moment(DAY)}


@pytest.fixture
def pair(who: dict[str, Any]) -> tuple[Person, Person]:
    """Return two persons who are one."""
    return people.add_person(facts=JANE, **who), people.add_person(facts=PersonFacts(Bilingual("J. Doe")), **who)


def merge(kept: Person, gone: Person, who: dict[str, Any], facts: PersonFacts = JANE) -> Merge:
    """Merge two persons as they are now."""
    kept.refresh_from_db()
    gone.refresh_from_db()
    return people.merge_persons(kept=kept, gone=gone, versions=(kept.version, gone.version), facts=facts, **who)


def columns_to(target: type[models.Model]) -> set[tuple[str, str]]:
    """Return every column of Accord that points at a model, found from the database and not as the product does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, a.attname FROM pg_constraint c"
            " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
            " WHERE contype = 'f' AND confrelid = %s::regclass",
            [target._meta.db_table],
        )
        return set(cursor.fetchall())


def dump(target: type[models.Model]) -> Dump:
    """Return all rows of the model's table and of every table that points at it; row versions only ever rise."""
    tables = {table for table, _column in columns_to(target)} | {target._meta.db_table}
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - {Merge._meta.db_table}):
            cursor.execute(f"SELECT to_jsonb(t) - 'version' FROM {table} t ORDER BY 1")
            found[table] = [json.loads(row) for (row,) in cursor.fetchall()]
    return found


@pytest.fixture
def houses(db: None) -> tuple[Institution, Institution]:
    """Return two institutions."""
    first, second = (people.ensure_institution(key=key, name=Bilingual(key), kind="company") for key in ("a", "b"))
    return first, second


def scatter(
    dice: Random, houses: tuple[Institution, Institution], pair: tuple[Person, Person], who: dict[str, Any]
) -> None:
    """Let records of every sort point at the two, at random."""
    others = [people.register_person(key=key, name=Bilingual(key)) for key in ("owner", "partner")]
    for person in pair:
        for house in houses:
            start = date(2012, 1, 1) + timedelta(days=dice.randrange(1000))
            ends = dice.choice([None, start + timedelta(days=dice.randrange(1, 900))])
            if dice.random() < 0.6:
                Affiliation.objects.create(person=person, institution=house, starts_on=start, ends_on=ends)
            if dice.random() < 0.5:
                RoleGrant.objects.create(
                    person=person, role=dice.choice(Role.values), institution=house, starts_on=start, ends_on=ends
                )
        if dice.random() < 0.7:
            taker = dice.choice([*others, next(one for one in pair if one != person)])
            Delegation.objects.create(giver=person, taker=taker, starts_on=DAY, ends_on=DAY + timedelta(days=3))
        for number in range(dice.randrange(3)):
            SavedView.objects.create(person=person, name=f"view {number}", path="/people/", query="")
            SignedLink.objects.create(
                person=person,
                purpose="x.y",
                record="person:1",
                digest=f"{person.pk}-{number}",
                uses_left=1,
                made_at=who["at"],
                made_by=dice.choice([*others, person]),
                expires_at=who["at"] + timedelta(days=1),
            )


@pytest.mark.parametrize("seed", range(8))
def test_merge_then_undo_is_the_same_database(
    houses: tuple[Institution, Institution], pair: tuple[Person, Person], who: dict[str, Any], seed: int
) -> None:
    dice = Random(seed)
    scatter(dice, houses, pair, who)
    before = dump(Person)

    try:
        done = merge(*pair, who, dice.choice([JANE, PersonFacts(Bilingual("J. Doe"), orcid="0000-0002-1825-0097")]))
    except people.RowsInTheWay:
        assert dump(Person) == before  # refused: nothing half done
        return

    left = {
        (table, column)
        for table, column in columns_to(Person)
        if any(row[column] == pair[1].pk for row in dump(Person).get(table, ()))
    }
    assert left <= {("people_affiliation", "person_id"), ("people_rolegrant", "person_id")} | {
        ("people_delegation", "giver_id"),
        ("people_delegation", "taker_id"),
        ("people_savedview", "person_id"),
    }
    people.undo_merge(merge=done, **who)
    assert dump(Person) == before


def test_every_column_that_points_at_people_is_moved_or_left_for_a_reason(db: None) -> None:
    moved = {(one.model._meta.db_table, one.model._meta.get_field(one.column).column) for one in pointers_to(Person)}
    left = columns_to(Person) - moved

    growing = {model._meta.db_table for model in models_of_accord() if only_grows(model)}
    merges = {("people_merge", "kept_person_id"), ("people_merge", "gone_person_id")}
    assert {one for one in left if one[0] not in growing and not one[0].endswith("event")} == merges


def models_of_accord() -> list[type[models.Model]]:
    """Return every model."""
    return list(apps.get_models(include_auto_created=True))


def test_merge_moves_records_of_other_contexts(cast: Cast, pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    meeting = Engagement.objects.create(
        agreement=cast.agreement,
        kind="visit",
        title=Bilingual("Visit"),
        held_on=DAY,
        place=Bilingual(),
        attendees=3,
        recorded_at=who["at"],
        recorded_by=gone,
    )

    merge(kept, gone, who)

    meeting.refresh_from_db()
    assert meeting.recorded_by == kept


def test_signpost_leads_to_the_one_that_was_kept(cast: Cast, pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    third = people.add_person(facts=PersonFacts(Bilingual("Dr Doe")), **who)
    merge(kept, gone, who)
    merge(third, kept, who)

    answer = cast.steward.client.get(f"/people/{gone.pk}/")

    assert answer.headers["Location"] == f"/people/{third.pk}/"
    actor = queries.actor_for(cast.steward.person.account, on=DAY)
    assert {one.kind: one.find for one in queries.KINDS}["person"](actor, gone.pk).url == f"/people/{third.pk}/"
    assert "J. Doe" not in cast.steward.client.get("/people/").content.decode()
    assert people.register_person(key=gone.key, name=Bilingual("X")) in {kept, third}


def test_account_moves_and_accounts_of_both_are_refused(pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    account = people.open_account(person=gone, email="doe@example.org", password=None)
    merge(kept, gone, who)
    account.refresh_from_db()
    assert account.person == kept

    other = people.add_person(facts=PersonFacts(Bilingual("Jane D.")), **who)
    people.open_account(person=other, email="jane@example.org", password=None)
    with pytest.raises(people.AccountsOfBoth):
        merge(kept, other, who)


def test_what_the_kept_one_has_already_stays_behind(
    houses: tuple[Institution, Institution], pair: tuple[Person, Person], who: dict[str, Any]
) -> None:
    kept, gone = pair
    for person, ends in ((kept, None), (gone, date(2018, 1, 1))):
        people.affiliate(person=person, institution=houses[0], starts_on=LONG_AGO, ends_on=ends, **who)

    done = merge(kept, gone, who)

    assert done.moved["stayed"] == {"people.affiliation.person": [gone.affiliations.get().pk]}
    assert [one.ends_on for one in kept.affiliations.all()] == [None]


def test_rows_that_contradict_each_other_are_named_and_nothing_is_done(
    houses: tuple[Institution, Institution], pair: tuple[Person, Person], who: dict[str, Any]
) -> None:
    kept, gone = pair
    for person, title in ((kept, "Professor"), (gone, "Student")):
        people.affiliate(
            person=person,
            institution=houses[0],
            starts_on=LONG_AGO,
            title=Bilingual(title),
            **who,
        )
    before = dump(Person)

    with pytest.raises(people.RowsInTheWay) as refused:
        merge(kept, gone, who)

    row = gone.affiliations.get()
    assert str(row) in str(refused.value)
    assert dump(Person) == before


def test_merge_from_an_older_page_clashes(pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    people.change_person(person=gone, version=1, facts=PersonFacts(Bilingual("Janet Doe")), **who)

    with pytest.raises(Clash):
        people.merge_persons(kept=kept, gone=gone, versions=(1, 1), facts=JANE, **who)


def test_twice_is_one_merge_and_undoing_twice_one_undoing(pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    done = merge(kept, gone, who)

    again = people.merge_persons(kept=kept, gone=gone, versions=(1, 1), facts=JANE, **who)
    first = people.undo_merge(merge=done, **who)
    second = people.undo_merge(merge=done, by=kept, at=moment(date(2020, 1, 1)))

    assert (again, second.undone_at, second.undone_by) == (done, first.undone_at, first.undone_by)


def test_undo_keeps_what_was_changed_since(pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    done = merge(kept, gone, who, PersonFacts(Bilingual("Jane D."), country="GB"))
    kept.refresh_from_db()
    later = PersonFacts(Bilingual("Jane Newname"), country="GB")
    people.change_person(person=kept, version=kept.version, facts=later, **who)

    people.undo_merge(merge=done, **who)

    kept.refresh_from_db()
    assert (kept.name.en, kept.country, kept.email) == ("Jane Newname", "", "jane@example.org")


def test_merges_are_undone_last_first(pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    third = people.add_person(facts=PersonFacts(Bilingual("Dr Doe")), **who)
    first = merge(kept, gone, who)
    second = merge(third, kept, who)

    with pytest.raises(people.MergeSettled):
        people.undo_merge(merge=first, **who)
    people.undo_merge(merge=second, **who)
    people.undo_merge(merge=first, **who)
    gone.refresh_from_db()
    assert gone.merged_into is None


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_the_wrong_way_round_one_is_done() -> None:
    person = people.command_line()
    who = {"by": person, "at": moment(DAY)}
    one, other = (people.add_person(facts=PersonFacts(Bilingual(name)), **who) for name in ("One", "Other"))
    start, outcomes = Barrier(2), []

    def run(kept: Person, gone: Person) -> None:
        start.wait()
        try:
            people.merge_persons(kept=kept, gone=gone, versions=(1, 1), facts=PersonFacts(Bilingual("One")), **who)
            outcomes.append("merged")
        except people.MergedAway:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["merged", "too late"]


def test_institutions_merge_with_units_of_the_same_name_and_come_apart(cast: Cast, who: dict[str, Any]) -> None:
    facts = InstitutionFacts(Bilingual("New College"), "university", ror="02jx3x895")
    kept = people.add_institution(facts=InstitutionFacts(Bilingual("New College"), "university"), **who)
    gone = people.add_institution(facts=facts, **who)
    for house in (kept, gone):
        unit = people.ensure_unit(institution=house, name=Bilingual("Law"), parent=None, **who)
        person = people.add_person(facts=PersonFacts(Bilingual(f"Member of {house.key}")), **who)
        people.affiliate(person=person, institution=house, unit=unit, starts_on=LONG_AGO, **who)
    before = dump(Institution), list(Unit.objects.order_by("pk").values_list("institution", "key"))

    done = people.merge_institutions(kept=kept, gone=gone, versions=(1, 1), facts=facts, **who)

    kept.refresh_from_db()
    assert (kept.ror, set(kept.units.values_list("key", flat=True))) == ("02jx3x895", {"law", "law-2"})
    assert cast.owner.client.get(f"/institutions/{gone.key}/").headers["Location"] == f"/institutions/{kept.key}/"
    assert people.ensure_institution(key=gone.key, name=Bilingual("X"), kind="company") == kept
    people.undo_merge(merge=done, **who)
    assert (dump(Institution), list(Unit.objects.order_by("pk").values_list("institution", "key"))) == before


def test_institutions_that_are_parties_of_one_agreement_are_refused(cast: Cast, who: dict[str, Any]) -> None:
    ours, theirs = cast.ours.institution, cast.theirs.institution

    with pytest.raises(people.RowsInTheWay):
        people.merge_institutions(
            kept=ours, gone=theirs, versions=(1, 1), facts=InstitutionFacts(ours.name, "company"), **who
        )


def test_pages_of_merging_are_for_stewards(cast: Cast, pair: tuple[Person, Person], who: dict[str, Any]) -> None:
    kept, gone = pair
    compare = f"/directory/duplicates/people/{kept.pk}-{gone.pk}/"
    done = merge(kept, gone, who)
    people.undo_merge(merge=done, **who)
    addresses = ("/directory/duplicates/people/", compare, "/directory/merges/", f"/directory/merges/{done.pk}/")

    for member in (cast.owner, cast.executive, cast.outsider):
        assert [member.client.get(one).status_code for one in addresses] == [404] * 4
        assert member.client.post(f"/directory/merges/{done.pk}/undo/").status_code == 404
    assert [cast.steward.client.get(one).status_code for one in addresses] == [200] * 4


def test_likely_pairs_are_found_by_address_and_by_name(who: dict[str, Any]) -> None:
    facts = [
        PersonFacts(Bilingual("Ada Wong", "王爱达"), email="ada@example.org"),
        PersonFacts(Bilingual("A. Wong"), email="ADA@example.org"),
        PersonFacts(Bilingual("Grace Hopper")),
        PersonFacts(Bilingual("Grace M. Hopper")),
    ]
    for one in facts:
        people.add_person(facts=one, **who)
    actor = Actor(person_id=1, grants=frozenset({Grant(Role.STEWARD)}))

    pairs = {(one.one.name.en, one.other.name.en, one.reason) for one in queries.likely_same(actor, "people")}

    assert pairs == {("Ada Wong", "A. Wong", "email"), ("Grace Hopper", "Grace M. Hopper", "name")}


@pytest.mark.parametrize(("kind", "index"), [("people", "person_names"), ("institutions", "institution_names")])
def test_likely_pairs_are_looked_up_in_the_index_of_names(who: dict[str, Any], kind: str, index: str) -> None:
    actor = Actor(person_id=1, grants=frozenset({Grant(Role.STEWARD)}))
    names = [(f"many-{number}", Bilingual(f"{number:x} of many {number * 7919:x}", "")) for number in range(1_500)]
    if kind == "people":
        Person.objects.bulk_create(Person(key=key, name=name) for key, name in names)
    else:
        Institution.objects.bulk_create(Institution(key=key, name=name, kind="company") for key, name in names)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person, people_institution")
    with CaptureQueriesContext(connection) as asked:
        queries.likely_same(actor, kind)

    (pairs,) = [one["sql"] for one in asked if "similarity(" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {pairs}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan


def test_page_merges_as_it_is_chosen_and_undoes_it(cast: Cast, pair: tuple[Person, Person]) -> None:
    kept, gone = pair
    address = f"/directory/duplicates/people/{kept.pk}-{gone.pk}/"
    answers = {
        f"version-{kept.pk}": "1",
        f"version-{gone.pk}": "1",
        "keep": str(gone.pk),
        "pick-name": str(gone.pk),
        "pick-sort_key": str(gone.pk),
        "pick-email": str(kept.pk),
    }

    answer = cast.steward.client.post(address, answers)

    gone.refresh_from_db()
    assert answer.headers["Location"] == f"/people/{gone.pk}/"
    assert (gone.name.en, gone.email) == ("J. Doe", "jane@example.org")
    done = Merge.objects.get()
    assert (done.kept_person, done.gone_person) == (gone, kept)
    cast.steward.client.post(f"/directory/merges/{done.pk}/undo/")
    gone.refresh_from_db()
    assert gone.email == ""
