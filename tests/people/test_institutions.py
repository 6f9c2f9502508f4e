"""Institutions and their units: who may see and change them, and what the operations refuse."""

from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from tests.cast import Cast, moment

from accord.kernel.refused import Clash, NotThere
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.models import Institution, Unit
from accord.people.operations import InstitutionFacts

DAY = date(2019, 9, 30)
UCL = InstitutionFacts(name=Bilingual("University College London", "伦敦大学学院"), kind="university", country="gb")


@pytest.fixture
def who(db: None) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": people.command_line(), "at": moment(DAY)}


@pytest.fixture
def ucl(who: dict[str, Any]) -> Institution:
    """Return an institution."""
    return people.add_institution(facts=UCL, **who)


def form(**answers: str) -> dict[str, str]:
    """Return a filled-in form."""
    empty = dict.fromkeys(("country", "city_0", "city_1", "website", "time_zone", "ror", "lei", "uscc"), "")
    return empty | {"name_0": "New College", "name_1": "", "kind": "university"} | answers


def test_added_institution_is_kept_in_one_written_form(who: dict[str, Any]) -> None:
    facts = InstitutionFacts(
        name=Bilingual("  New   College ", ""), kind="university", country="uk", ror="https://ror.org/02JX3X895"
    )

    made = people.add_institution(facts=facts, **who)

    made.refresh_from_db()
    kept = (made.key, made.name, made.country, made.ror, made.version)
    assert kept == ("new-college", Bilingual("New College"), "GB", "02jx3x895", 1)


def test_second_institution_of_a_name_gets_a_key_of_its_own(ucl: Institution, who: dict[str, Any]) -> None:
    other = people.add_institution(facts=UCL, **who)
    chinese = people.add_institution(facts=InstitutionFacts(Bilingual("", "复旦大学"), "university"), **who)

    assert (ucl.key, other.key, chinese.key) == (
        "university-college-london",
        "university-college-london-2",
        "institution",
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": Bilingual(" ", "")}, "name"),
        ({"country": "XX"}, "country"),
        ({"ror": "02jx3x896"}, "ror"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_wrong_fact_is_refused_at_its_field(who: dict[str, Any], change: dict[str, Any], field: str) -> None:
    with pytest.raises(people.NameMissing.__mro__[1]) as refused:
        people.add_institution(facts=InstitutionFacts(**{"name": Bilingual("X"), "kind": "company"} | change), **who)

    assert refused.value.field == field


def test_identifier_of_another_institution_is_refused_with_its_name(ucl: Institution, who: dict[str, Any]) -> None:
    with_ror = InstitutionFacts(name=UCL.name, kind="university", ror="02jx3x895")
    people.change_institution(institution=ucl, version=1, facts=with_ror, **who)

    with pytest.raises(people.IdentifierTaken, match="University College London") as refused:
        people.add_institution(facts=InstitutionFacts(Bilingual("Other"), "company", ror="02jx3x895"), **who)

    assert refused.value.field == "ror"


def test_older_version_clashes_and_the_same_again_does_not(ucl: Institution, who: dict[str, Any]) -> None:
    renamed = InstitutionFacts(name=Bilingual("UCL"), kind="university")
    people.change_institution(institution=ucl, version=1, facts=renamed, **who)

    again = people.change_institution(institution=ucl, version=1, facts=renamed, **who)
    with pytest.raises(Clash):
        people.change_institution(institution=ucl, version=1, facts=UCL, **who)

    assert (again.version, str(again.name)) == (2, "UCL")


@pytest.mark.django_db(transaction=True)
def test_of_racing_editors_one_changes_and_the_others_are_told() -> None:
    person = people.command_line()
    who = {"by": person, "at": moment(DAY)}
    house = people.add_institution(facts=UCL, **who)
    start, outcomes = Barrier(8), []

    def edit(number: int) -> None:
        start.wait()
        try:
            facts = InstitutionFacts(name=Bilingual(f"Name {number}"), kind="university")
            people.change_institution(institution=house, version=1, facts=facts, **who)
            outcomes.append("changed")
        except Clash:
            outcomes.append("clash")
        finally:
            connection.close()

    threads = [Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["changed", *["clash"] * 7]
    house.refresh_from_db()
    assert house.version == 2


def test_units_stand_under_each_other_and_never_in_a_circle(ucl: Institution, who: dict[str, Any]) -> None:
    top = people.ensure_unit(institution=ucl, name=Bilingual("Faculty"), parent=None, **who)
    low = people.ensure_unit(institution=ucl, name=Bilingual("Department"), parent=top, **who)

    assert people.ensure_unit(institution=ucl, name=Bilingual("Faculty"), parent=None, **who) == top
    with pytest.raises(people.UnitInCircle):
        people.change_unit(unit=top, version=1, name=top.name, parent=low, **who)
    with pytest.raises(people.UnitInCircle):
        people.change_unit(unit=top, version=1, name=top.name, parent=top, **who)
    moved = people.change_unit(unit=low, version=1, name=Bilingual("Department", "系"), parent=None, **who)
    assert (moved.parent, moved.version) == (None, 2)


def test_unit_stands_under_its_own_institution_only(ucl: Institution, who: dict[str, Any]) -> None:
    other = people.ensure_institution(key="other", name=Bilingual("Other"), kind="company")
    foreign = people.ensure_unit(institution=other, name=Bilingual("Office"), parent=None, **who)

    with pytest.raises(people.UnitOfOthers):
        people.ensure_unit(institution=ucl, name=Bilingual("Desk"), parent=foreign, **who)


def test_unit_is_closed_after_those_under_it_and_opened_before_them(ucl: Institution, who: dict[str, Any]) -> None:
    top = people.ensure_unit(institution=ucl, name=Bilingual("Faculty"), parent=None, **who)
    low = people.ensure_unit(institution=ucl, name=Bilingual("Department"), parent=top, **who)

    with pytest.raises(people.UnitHoldsOthers):
        people.close_unit(unit=top, closed_on=DAY, **who)
    people.close_unit(unit=low, closed_on=DAY, **who)
    closed = people.close_unit(unit=top, closed_on=DAY, **who)
    assert people.close_unit(unit=top, closed_on=date(2020, 1, 1), **who).closed_on == closed.closed_on == DAY
    with pytest.raises(NotThere):
        people.reopen_unit(unit=low, **who)
    people.reopen_unit(unit=top, **who)
    assert people.reopen_unit(unit=low, **who).closed_on is None


def test_everybody_with_a_role_sees_institutions_and_stewards_change_them(cast: Cast, ucl: Institution) -> None:
    page = f"/institutions/{ucl.key}/"
    members = {name: getattr(cast, name).client for name in ("owner", "executive", "outsider", "steward")}

    assert {name: one.get(page).status_code for name, one in members.items()} == dict.fromkeys(members, 200)
    assert {name: one.get(f"{page}change/").status_code for name, one in members.items()} == {
        "owner": 403,
        "executive": 403,
        "outsider": 403,
        "steward": 200,
    }
    assert "University College London" in members["outsider"].get("/institutions/?q=伦敦大学").content.decode()


def test_person_without_a_role_sees_no_institution(cast: Cast, ucl: Institution) -> None:
    cast.outsider.person.grants.update(ends_on=date(2011, 1, 1))

    assert cast.outsider.client.get(f"/institutions/{ucl.key}/").status_code == 404
    assert "University College London" not in cast.outsider.client.get("/institutions/").content.decode()


def test_officers_change_units_of_their_own_institution_only(cast: Cast) -> None:
    address = f"/institutions/{cast.ours.institution.key}/units/"
    answers = {"name_0": "Office of Research", "name_1": "", "parent": ""}

    assert cast.owner.client.post(address, answers).status_code == 302
    refused = [one.client.post(address, answers).status_code for one in (cast.partner, cast.executive, cast.outsider)]
    assert refused == [403, 403, 403]
    assert Unit.objects.get().key == "office-of-research"


def test_page_adds_an_institution_and_says_what_is_wrong(cast: Cast) -> None:
    client = cast.steward.client

    wrong = client.post("/directory/new-institution/", form(ror="02jx3x896", lei="x", country="ZZ"))
    right = client.post("/directory/new-institution/", form(ror="https://ror.org/02jx3x895", country="gb"))

    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"ror", "lei", "country"}
    assert right.headers["Location"] == "/institutions/new-college/"
    page = client.get("/institutions/new-college/").content.decode()
    assert 'href="https://ror.org/02jx3x895"' in page


def test_two_editors_of_one_page_get_the_clash_page(cast: Cast, ucl: Institution, who: dict[str, Any]) -> None:
    page = f"/institutions/{ucl.key}/change/"
    opened = cast.steward.client.get(page).context["form"]
    started = dict(opened.carried)
    people.change_institution(
        institution=ucl, version=1, facts=InstitutionFacts(Bilingual("Theirs"), "university"), **who
    )

    answer = cast.steward.client.post(page, form(name_0="Mine", country="GB") | started)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert all(word in text for word in ("University College London", "Theirs", "Mine"))
    ucl.refresh_from_db()
    assert str(ucl.name) == "Theirs"
