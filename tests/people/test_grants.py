"""Roles decide access from the day they start until the day they end; addresses belong to one person."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cast import Cast

from accord.kernel.access import NOBODY, Actor, Grant
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Account, Institution, Person, RoleGrant
from accord.people.operations import EmailTaken
from accord.people.queries import actor_for

pytestmark = pytest.mark.django_db
BOARD = "/agreements/chengdu-cass/"
START, END = date(2020, 3, 1), date(2020, 9, 1)
DAY = timedelta(days=1)


@pytest.fixture
def institution() -> Institution:
    """Make an institution."""
    return people.ensure_institution(key="school", name=Bilingual("School"), kind="university")


@pytest.fixture
def account() -> Account:
    """Make a person with an account and no role."""
    person = people.register_person(key="chen", name=Bilingual("Chen"))
    return people.open_account(person=person, email="chen@example.org", password=None)


def grant(person: Person, institution: Institution | None, starts_on: date, ends_on: date | None) -> RoleGrant:
    """Grant the officer's role."""
    return people.grant_role(
        person=person, role=Role.OFFICER, institution=institution, starts_on=starts_on, ends_on=ends_on
    )


@pytest.mark.parametrize(
    ("on", "holds"), [(START - DAY, False), (START, True), (END - DAY, True), (END, False), (END + DAY, False)]
)
def test_role_holds_from_its_first_day_until_the_day_it_ends(
    account: Account, institution: Institution, on: date, holds: bool
) -> None:
    grant(account.person, institution, START, END)

    expected = frozenset({Grant("officer", institution.pk)}) if holds else frozenset()
    assert actor_for(account, on=on) == Actor(account.person_id, "chen@example.org", expected)


def test_closed_account_is_nobody(account: Account, institution: Institution) -> None:
    grant(account.person, institution, START, None)
    account.is_active = False

    assert actor_for(account, on=START) == NOBODY


def test_actor_is_loaded_by_one_query(account: Account, institution: Institution, django_assert_num_queries) -> None:
    grant(account.person, institution, START, None)
    grant(account.person, None, START, None)

    with django_assert_num_queries(1):
        actor_for(account, on=START)


@pytest.mark.parametrize(("starts", "ends", "status"), [(-1, None, 200), (0, 1, 200), (1, None, 404), (-9, 0, 404)])
def test_page_opens_only_while_the_role_holds(
    cast: Cast, account: Account, starts: int, ends: int | None, status: int
) -> None:
    today = datetime.now(UTC).date()
    client = Client()
    client.force_login(account)

    grant(account.person, cast.ours.institution, today + starts * DAY, None if ends is None else today + ends * DAY)

    assert client.get(BOARD).status_code == status


def test_role_that_ends_takes_its_rights_along(cast: Cast) -> None:
    new = f"{BOARD}promises/resident-teams/evidence/new/"
    assert cast.owner.client.get(new).status_code == 200

    RoleGrant.objects.filter(person=cast.owner.person).update(ends_on=datetime.now(UTC).date())

    assert cast.owner.client.get(new).status_code == 404


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(START - DAY, START + DAY), (START + DAY, END - DAY), (END - DAY, None), (START - DAY, None)],
)
@pytest.mark.parametrize("everywhere", [True, False])
def test_same_role_twice_on_one_day_is_refused_by_the_database(
    account: Account, institution: Institution, everywhere: bool, starts_on: date, ends_on: date | None
) -> None:
    scope = None if everywhere else institution
    grant(account.person, scope, START, END)

    with pytest.raises(IntegrityError, match="grant_once_at_a_time"), transaction.atomic():
        grant(account.person, scope, starts_on, ends_on)


def test_role_is_granted_again_from_the_day_it_ended_and_for_another_institution(
    cast: Cast, account: Account, institution: Institution
) -> None:
    grant(account.person, institution, START, END)

    grant(account.person, institution, END, None)
    grant(account.person, cast.ours.institution, START, END)
    grant(account.person, None, START, END)

    assert account.person.grants.count() == 4


def test_same_grant_twice_is_one_grant(account: Account, institution: Institution) -> None:
    assert grant(account.person, institution, START, END) == grant(account.person, institution, START, END)


def test_role_that_ends_before_it_starts_is_refused_by_the_database(account: Account, institution: Institution) -> None:
    with pytest.raises(IntegrityError, match="grant_ends_after_start"), transaction.atomic():
        grant(account.person, institution, START, START)


def test_address_belongs_to_one_person_whatever_its_case(account: Account) -> None:
    other = people.register_person(key="wang", name=Bilingual("Wang"))

    with pytest.raises(EmailTaken) as refused:
        people.open_account(person=other, email="CHEN@Example.org", password=None)

    assert (refused.value.code, refused.value.field) == ("email-taken", "email")
    with pytest.raises(IntegrityError, match="account_email_is_one_persons"), transaction.atomic():
        Account.objects.create(email="CHEN@Example.org", person=other)


def test_account_opened_twice_is_one_account(account: Account) -> None:
    again = people.open_account(person=account.person, email="Chen@example.org", password="another one")

    assert (again, again.has_usable_password()) == (account, False)


def test_person_is_registered_once_and_sorted_by_name_unless_told(account: Account) -> None:
    again = people.register_person(key="chen", name=Bilingual("Another name"))
    sorted_by = people.register_person(key="wu", name=Bilingual("Wu Di", "吴迪"), sort_key="wu di")

    assert (again.pk, str(again.name), again.sort_key) == (account.person_id, "Chen", "chen")
    assert sorted_by.sort_key == "wu di"
