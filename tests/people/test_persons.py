"""People and where they belong: who sees whom, who sees addresses, what may be changed by whom."""

from datetime import date
from typing import Any

import pytest
from tests.cast import LONG_AGO, Cast, Member, moment

from accord.kernel.refused import Clash, NotThere
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people import queries
from accord.people.models import Institution, Person
from accord.people.operations import PersonFacts, sort_key_of

DAY = date(2019, 9, 30)


@pytest.fixture
def who(db: None) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": people.command_line(), "at": moment(DAY)}


def at_home(cast: Cast, house: Institution, name: str = "Grace Li", **facts: str) -> Person:
    """Add a person who belongs to an institution since long ago."""
    return people.add_person_at(
        facts=PersonFacts(Bilingual(name), **facts),
        institution=house,
        starts_on=LONG_AGO,
        by=cast.steward.person,
        at=moment(DAY),
    )


def page(member: Member, person: Person) -> Any:
    """Open a person's page."""
    return member.client.get(f"/people/{person.pk}/")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (Bilingual("Émile Zola", "左拉"), "emile zola"),
        (Bilingual("", "李娜"), "李娜"),
        (Bilingual("  LI   Wei "), "li wei"),
    ],
)
def test_names_of_mixed_scripts_sort_by_their_latin_side(name: Bilingual, key: str) -> None:
    assert sort_key_of(name) == key


def test_sort_key_follows_the_name_unless_somebody_chose_it(who: dict[str, Any]) -> None:
    person = people.add_person(facts=PersonFacts(Bilingual("", "张伟")), **who)
    chosen = people.change_person(
        person=person, version=1, facts=PersonFacts(Bilingual("", "张伟"), sort_key="Zhang  Wei"), **who
    )

    assert (person.sort_key, chosen.sort_key, chosen.version) == ("张伟", "zhang wei", 2)


def test_key_of_a_person_holds_nothing_of_the_name(who: dict[str, Any]) -> None:
    person = people.add_person(facts=PersonFacts(Bilingual("Grace Li")), **who)

    assert person.key == f"person-{person.pk}"


def test_orcid_of_another_person_is_refused_without_naming_them(who: dict[str, Any]) -> None:
    people.add_person(facts=PersonFacts(Bilingual("Secret Name"), orcid="0000-0002-1825-0097"), **who)

    with pytest.raises(people.IdentifierTaken) as refused:
        people.add_person(facts=PersonFacts(Bilingual("Other"), orcid="https://orcid.org/0000-0002-1825-0097"), **who)

    assert "Secret" not in str(refused.value)


def test_older_version_of_a_person_clashes(cast: Cast, who: dict[str, Any]) -> None:
    person = at_home(cast, cast.ours.institution)
    people.change_person(person=person, version=1, facts=PersonFacts(Bilingual("Grace")), **who)

    with pytest.raises(Clash):
        people.change_person(person=person, version=1, facts=PersonFacts(Bilingual("Li")), **who)


def test_same_place_is_held_once_at_a_time(cast: Cast, who: dict[str, Any]) -> None:
    person, house = at_home(cast, cast.ours.institution), cast.ours.institution
    held = person.affiliations.get()

    assert people.affiliate(person=person, institution=house, starts_on=LONG_AGO, **who) == held
    with pytest.raises(people.AlreadyThere):
        people.affiliate(person=person, institution=house, starts_on=DAY, **who)
    people.end_affiliation(affiliation=held, ends_on=date(2015, 1, 1), **who)
    later = people.affiliate(person=person, institution=house, starts_on=date(2015, 1, 1), **who)
    assert (later.starts_on, person.affiliations.count()) == (date(2015, 1, 1), 2)


def test_affiliation_ends_after_it_begins_or_never_was(cast: Cast, who: dict[str, Any]) -> None:
    person = at_home(cast, cast.ours.institution)
    held = person.affiliations.get()

    with pytest.raises(people.SpanBackwards):
        people.end_affiliation(affiliation=held, ends_on=date(2009, 1, 1), **who)
    ended = people.end_affiliation(affiliation=held, ends_on=DAY, **who)
    assert people.end_affiliation(affiliation=held, ends_on=DAY, **who).version == ended.version == 2
    people.end_affiliation(affiliation=held, ends_on=LONG_AGO, **who)
    assert queries.belongings_of(person, on=DAY) == []


def test_belongings_say_what_holds_on_the_day(cast: Cast, who: dict[str, Any]) -> None:
    person = at_home(cast, cast.ours.institution)
    people.end_affiliation(affiliation=person.affiliations.get(), ends_on=DAY, **who)
    people.affiliate(person=person, institution=cast.theirs.institution, starts_on=DAY, **who)

    before, on_day = (queries.belongings_of(person, on=day) for day in (date(2019, 9, 29), DAY))

    assert [(one.holds, one.is_ahead) for one in before] == [(False, True), (True, False)]
    assert [(one.holds, one.is_ahead) for one in on_day] == [(True, False), (False, False)]


def test_people_are_seen_by_those_who_work_with_them(cast: Cast) -> None:
    ours = at_home(cast, cast.ours.institution, "Grace Li")
    nobodys = at_home(cast, people.ensure_institution(key="far", name=Bilingual("Far"), kind="company"), "Far Away")
    members = ("owner", "partner", "executive", "steward", "outsider")

    seen = {name: [page(getattr(cast, name), one).status_code for one in (ours, nobodys)] for name in members}

    assert seen == {
        "owner": [200, 404],
        "partner": [200, 404],  # its institution has an agreement with ours
        "executive": [200, 404],
        "steward": [200, 200],
        "outsider": [404, 404],
    }
    listed = {name: getattr(cast, name).client.get("/people/?size=100").content.decode() for name in members}
    assert {name: ("Grace Li" in text, "Far Away" in text) for name, text in listed.items()} == {
        "owner": (True, False),
        "partner": (True, False),
        "executive": (True, False),
        "steward": (True, True),
        "outsider": (False, False),
    }


def test_officers_of_strangers_are_not_named(cast: Cast) -> None:
    page = f"/institutions/{cast.ours.institution.key}/"

    named = {name: "Owner" in getattr(cast, name).client.get(page).content.decode() for name in ("partner", "outsider")}

    assert named == {"partner": True, "outsider": False}


def test_email_is_shown_to_those_who_keep_the_person_alone(cast: Cast) -> None:
    person = at_home(cast, cast.ours.institution, email="grace@example.org")
    members = ("owner", "partner", "executive", "steward")
    places = (f"/people/{person.pk}/", "/people/", "/people/?format=csv", "/people/?format=json")

    shown = {
        name: [b"grace@example.org" in b"".join(getattr(cast, name).client.get(place)) for place in places]
        for name in members
    }

    assert shown == {"owner": [True] * 4, "partner": [False] * 4, "executive": [False] * 4, "steward": [True] * 4}


def test_email_goes_out_of_sight_when_the_person_leaves(cast: Cast, who: dict[str, Any]) -> None:
    person = at_home(cast, cast.ours.institution, email="grace@example.org")
    people.end_affiliation(affiliation=person.affiliations.get(), ends_on=date(2019, 1, 1), **who)

    texts = [cast.owner.client.get(place).content for place in (f"/people/{person.pk}/", "/people/")]

    assert [b"Grace Li" in text for text in texts] == [True, True]
    assert [b"grace@example.org" in text for text in texts] == [False, False]


def test_nobody_is_looked_up_by_an_address(cast: Cast) -> None:
    at_home(cast, cast.ours.institution, email="grace@example.org")

    assert b"Grace Li" not in cast.partner.client.get("/people/?q=grace@example.org").content


def test_restricted_and_erased_people_are_seen_by_stewards_alone(cast: Cast) -> None:
    person = at_home(cast, cast.ours.institution)
    Person.objects.filter(pk=person.pk).update(state="restricted")

    assert [page(one, person).status_code for one in (cast.owner, cast.steward)] == [404, 200]


def test_officers_change_the_people_of_their_institution_only(cast: Cast) -> None:
    person = at_home(cast, cast.ours.institution)
    address = f"/people/{person.pk}/change/"

    assert {
        name: getattr(cast, name).client.get(address).status_code for name in ("owner", "partner", "executive")
    } == {
        "owner": 200,
        "partner": 403,
        "executive": 403,
    }
    assert cast.outsider.client.get(address).status_code == 404
    held = person.affiliations.get()
    end = f"/people/{person.pk}/affiliations/{held.pk}/end/"
    assert cast.partner.client.post(end, {"ends_on": "2019-01-01"}).status_code == 403
    assert cast.owner.client.post(end, {"ends_on": "2019-01-01"}).status_code == 302


def test_officer_adds_people_to_own_places_only(cast: Cast) -> None:
    answers = {"name_0": "Grace Li", "name_1": "", "starts_on": "2019-09-01", "title_0": "", "title_1": ""}
    address = "/directory/new-person/"

    foreign = cast.owner.client.post(address, answers | {"place": str(cast.theirs.institution_id)})
    own = cast.owner.client.post(address, answers | {"place": str(cast.ours.institution_id)})

    assert (foreign.status_code, list(foreign.context["form"].errors)) == (422, ["place"])
    person = Person.objects.get(name__en="Grace Li")
    assert own.headers["Location"] == f"/people/{person.pk}/"
    assert person.affiliations.get().institution_id == cast.ours.institution_id
    assert cast.executive.client.get(address).status_code == 403


def test_search_finds_names_in_both_languages_and_by_sort_key(cast: Cast, who: dict[str, Any]) -> None:
    person = at_home(cast, cast.ours.institution, "Grace Hopper")
    people.change_person(
        person=person, version=1, facts=PersonFacts(Bilingual("", "格蕾丝霍珀"), sort_key="grace hopper"), **who
    )
    actor = queries.actor_for(cast.partner.person.account, on=DAY)
    find = queries.SEARCHES["person"].find

    found = {
        words: [str(one.title) for one in find(actor, words, 5)] for words in ("霍珀", "Hopper", "hoper", "Smith", " ")
    }

    assert found == {"霍珀": ["格蕾丝霍珀"], "Hopper": ["格蕾丝霍珀"], "hoper": ["格蕾丝霍珀"], "Smith": [], " ": []}
    outsider = queries.actor_for(cast.outsider.person.account, on=DAY)
    assert find(outsider, "霍珀", 5) == []


def test_references_lead_to_what_the_actor_may_see(cast: Cast) -> None:
    person = at_home(cast, cast.ours.institution)
    find = {kind.kind: kind.find for kind in queries.KINDS}
    owner, outsider = (queries.actor_for(one.person.account, on=DAY) for one in (cast.owner, cast.outsider))

    assert find["person"](owner, person.pk).url == f"/people/{person.pk}/"
    assert find["institution"](outsider, cast.ours.institution_id).may_change is False
    with pytest.raises(NotThere):
        find["person"](outsider, person.pk)
    with pytest.raises(NotThere):
        find["unit"](owner, 999)
