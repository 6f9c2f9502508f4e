"""Roles decide access from the day they start until the day they end; addresses belong to one person."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.cast import LONG_AGO, Cast, Member, moment

from accord.kernel.access import NOBODY, Actor, Grant
from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Account, Affiliation, Institution, Person, RoleGrant
from accord.people.operations import AlreadyGranted, EmailTaken, LastSteward, SpanTurned, StewardSomewhere
from accord.people.queries import actor_for
from accord.people.rules import may_end_role, may_grant_role

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
def test_same_role_twice_on_one_day_is_refused_and_so_by_the_database(
    account: Account, institution: Institution, everywhere: bool, starts_on: date, ends_on: date | None
) -> None:
    scope = None if everywhere else institution
    held = grant(account.person, scope, START, END)

    with pytest.raises(AlreadyGranted, match="holds the role for some of these days"):
        grant(account.person, scope, starts_on, ends_on)
    with pytest.raises(IntegrityError, match="grant_once_at_a_time"), transaction.atomic():
        RoleGrant.objects.create(
            person=account.person, role=Role.OFFICER, institution=scope, starts_on=starts_on, ends_on=ends_on
        )
    assert list(account.person.grants.all()) == [held]


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


def test_role_that_ends_before_it_starts_is_refused_and_so_by_the_database(
    account: Account, institution: Institution
) -> None:
    with pytest.raises(SpanTurned):
        grant(account.person, institution, START, START)
    with pytest.raises(IntegrityError, match="grant_ends_after_start"), transaction.atomic():
        RoleGrant.objects.create(
            person=account.person, role=Role.OFFICER, institution=institution, starts_on=START, ends_on=START - DAY
        )


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


def test_who_granted_a_role_and_when_is_kept(cast: Cast, account: Account) -> None:
    at = moment(START)

    granted = people.grant_role(
        person=account.person,
        role=Role.EXECUTIVE,
        institution=cast.ours.institution,
        starts_on=START,
        by=cast.owner.person,
        at=at,
    )

    assert (granted.granted_by, granted.granted_at) == (cast.owner.person, at)


def test_nobody_grants_a_role_to_themselves(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="Nobody grants a role to themselves"):
        people.grant_role(
            person=cast.steward.person,
            role=Role.OFFICER,
            institution=cast.ours.institution,
            starts_on=START,
            by=cast.steward.person,
            at=moment(START),
        )

    assert not RoleGrant.objects.filter(person=cast.steward.person, role=Role.OFFICER).exists()


def test_steward_looks_after_the_whole_installation_alone(account: Account, institution: Institution) -> None:
    with pytest.raises(StewardSomewhere):
        people.grant_role(person=account.person, role=Role.STEWARD, institution=institution, starts_on=START)


GRANTED = (Role.OFFICER, Role.EXECUTIVE, Role.OPERATOR, Role.MANAGER)
STEWARD = Actor(1, "", frozenset({Grant(Role.STEWARD)}))
OFFICER = Actor(2, "", frozenset({Grant(Role.OFFICER, 7)}))
EVERYWHERE = Actor(3, "", frozenset({Grant(Role.OFFICER)}))
EXECUTIVE = Actor(4, "", frozenset({Grant(Role.EXECUTIVE, 7)}))
LENT = Actor(5, "", frozenset({Grant(Role.OFFICER, 7)}), for_person=2)


@pytest.mark.parametrize(
    ("actor", "granted"),
    [
        (STEWARD, {(role, place) for role in Role.values for place in (7, 8, None)}),
        (OFFICER, {(role, 7) for role in GRANTED}),
        (EVERYWHERE, {(role, place) for role in GRANTED for place in (7, 8)}),
        (EXECUTIVE, set()),
        (LENT, set()),
        (NOBODY, set()),
    ],
    ids=["steward", "officer", "officer everywhere", "executive", "standing in", "nobody"],
)
def test_nobody_grants_more_than_they_hold(actor: Actor, granted: set[tuple[str, int | None]]) -> None:
    every = {(role, place) for role in Role.values for place in (7, 8, None)}

    assert {(role, place) for role, place in every if may_grant_role(actor, role, place)} == granted


def test_everybody_may_give_up_their_own_role_but_not_for_whom_they_stand_in() -> None:
    own, of_the_giver = may_end_role(EXECUTIVE, 4, Role.EXECUTIVE, 7), may_end_role(LENT, 2, Role.OFFICER, 7)

    assert (own, of_the_giver, may_end_role(EXECUTIVE, 9, Role.EXECUTIVE, 7)) == (True, False, False)


def end(held: RoleGrant, on: date, by: Person) -> RoleGrant:
    """End a role on a day."""
    return people.end_role(grant=held, ends_on=on, by=by, at=moment(on))


def test_role_that_was_ended_opens_nothing_from_that_day_on(account: Account, institution: Institution) -> None:
    held = grant(account.person, institution, START, None)

    end(held, END, account.person)

    assert (actor_for(account, on=END - DAY).grants, actor_for(account, on=END).grants) == (
        frozenset({Grant("officer", institution.pk)}),
        frozenset(),
    )


def test_role_ended_on_its_first_day_is_granted_again_the_same_day(account: Account, institution: Institution) -> None:
    ended = end(grant(account.person, institution, START, None), START, account.person)
    held_then = actor_for(account, on=START).grants

    again = grant(account.person, institution, START, None)

    assert (ended.ends_on, held_then) == (START, frozenset())
    assert (again != ended, actor_for(account, on=START).grants) == (True, {Grant("officer", institution.pk)})


def test_role_ended_twice_ends_on_the_earlier_day(account: Account, institution: Institution) -> None:
    held = grant(account.person, institution, START, None)
    end(held, END - DAY, account.person)

    assert end(held, END, account.person).ends_on == END - DAY


def test_last_steward_cannot_be_ended(cast: Cast, account: Account) -> None:
    last = RoleGrant.objects.get(role=Role.STEWARD)
    people.grant_role(person=account.person, role=Role.STEWARD, institution=None, starts_on=START, ends_on=END)

    with pytest.raises(LastSteward):
        end(last, START, cast.steward.person)
    assert RoleGrant.objects.get(pk=last.pk).ends_on is None


def test_steward_who_cannot_sign_in_is_not_counted(cast: Cast, account: Account) -> None:
    people.grant_role(person=account.person, role=Role.STEWARD, institution=None, starts_on=START)
    Account.objects.filter(pk=account.pk).update(is_active=False)

    with pytest.raises(LastSteward):
        end(RoleGrant.objects.get(person=cast.steward.person), END, cast.steward.person)


@pytest.mark.django_db(transaction=True)
def test_two_stewards_who_end_each_other_at_once_leave_one(cast: Cast, account: Account) -> None:
    second = people.grant_role(person=account.person, role=Role.STEWARD, institution=None, starts_on=LONG_AGO)
    first = RoleGrant.objects.get(person=cast.steward.person)

    told = at_once(lambda: end(first, END, account.person), lambda: end(second, END, cast.steward.person))

    assert sorted(told) == ["LastSteward", "done"]
    assert RoleGrant.objects.filter(role=Role.STEWARD, ends_on=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_grant_the_same_role_at_once_make_one_grant(account: Account, institution: Institution) -> None:
    ends = [None, None, END, None]

    told = at_once(*(lambda ends_on=ends_on: grant(account.person, institution, START, ends_on) for ends_on in ends))

    assert set(told) <= {"done", "AlreadyGranted"}
    assert account.person.grants.count() == 1


def at_once(*writes) -> list[str]:
    """Run writes in threads of their own, started together; return `done` or the refusal's name for each."""
    together = Barrier(len(writes))

    def run(write) -> str:
        together.wait()
        try:
            write()
        except (AlreadyGranted, LastSteward) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(run, writes))


NEW = {"person": "chen", "role": "executive", "starts_on": "2020-03-01", "ends_on": ""}


def send_grant(who: Member, cast: Cast, **given: str) -> tuple[int, list[tuple[str, str]]]:
    """Send the form that grants a role; return the status and what Chen then holds for our institution."""
    place = {"institution": str(cast.ours.institution_id)}
    status = who.client.post("/roles/new/", NEW | place | given).status_code
    return status, list(RoleGrant.objects.filter(person__key="chen").values_list("role", "granted_by__key"))


@pytest.mark.parametrize(
    ("who", "status", "held"),
    [
        ("steward", 302, [("executive", "steward")]),
        ("owner", 302, [("executive", "owner")]),
        ("partner", 422, []),
        ("outsider", 422, []),
        ("executive", 403, []),
    ],
)
def test_who_may_grant_a_role_on_the_page(cast: Cast, account: Account, who: str, status: int, held: list) -> None:
    belongs(account.person, cast)

    assert send_grant(getattr(cast, who), cast) == (status, held)


def belongs(person: Person, cast: Cast) -> None:
    """Make somebody one of our institution's people."""
    Affiliation.objects.create(person=person, institution=cast.ours.institution, starts_on=LONG_AGO)


def test_officer_grants_no_role_beyond_their_own(cast: Cast, account: Account) -> None:
    belongs(account.person, cast)

    assert send_grant(cast.owner, cast, role="steward", institution="")[0] == 422
    assert send_grant(cast.owner, cast, institution="")[0] == 422
    assert send_grant(cast.owner, cast, institution=str(cast.theirs.institution_id))[0] == 422


def test_refusal_stands_in_the_form_and_nothing_typed_is_lost(cast: Cast, account: Account) -> None:
    grant(account.person, cast.ours.institution, START, None)
    sent = NEW | {"role": "officer", "institution": str(cast.ours.institution_id), "starts_on": "2020-04-05"}

    page = cast.steward.client.post("/roles/new/", sent)

    assert (page.status_code, "holds the role for some of these days" in page.text) == (422, True)
    assert 'value="2020-04-05"' in page.text


LIST = "/roles/"


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("owner", {"Owner", "Executive"}),
        ("executive", {"Owner", "Executive"}),
        ("partner", {"Partner"}),
        ("outsider", {"Outsider"}),
        ("steward", {"Owner", "Executive", "Partner", "Outsider", "Steward"}),
    ],
)
def test_list_shows_roles_of_the_readers_institutions(cast: Cast, who: str, seen: set[str]) -> None:
    rows = getattr(cast, who).client.get(f"{LIST}?format=json")

    listed = json.loads(rows.getvalue())["rows"]
    assert {row["person"] for row in listed} == seen
    assert {row["role"] for row in listed} <= {"Partnership officer", "Executive", "Steward"}


def test_role_of_others_is_not_there(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.partner.person)
    sent = {"ends_on": "2020-01-01"}

    answers = [
        (
            cast.owner.client.get(f"/roles/{held.pk}/").status_code,
            cast.owner.client.post(f"/roles/{held.pk}/", sent).status_code,
        ),
        (
            cast.partner.client.get(f"/roles/{held.pk}/").status_code,
            cast.executive.client.get(f"/roles/{held.pk}/").status_code,
        ),
    ]

    assert answers == [(404, 404), (200, 404)]
    assert RoleGrant.objects.get(pk=held.pk).ends_on is None


def test_role_is_ended_on_its_page(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.executive.person)
    path, sent = f"/roles/{held.pk}/", {"ends_on": "2020-01-01"}

    assert cast.owner.client.post(path, sent).status_code == 302
    assert RoleGrant.objects.get(pk=held.pk).ends_on == date(2020, 1, 1)
    assert "End this role" not in cast.owner.client.get(path).text


def test_executive_may_not_end_the_role_of_an_officer(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.owner.person)
    path = f"/roles/{held.pk}/"

    answer = cast.executive.client.post(path, {"ends_on": "2020-01-01"})

    assert (answer.status_code, "Who may grant this role may end it" in answer.text) == (403, True)
    assert "End this role" not in cast.executive.client.get(path).text


def test_history_keeps_who_ended_a_role(cast: Cast) -> None:
    held = RoleGrant.objects.get(person=cast.executive.person)

    cast.owner.client.post(f"/roles/{held.pk}/", {"ends_on": "2020-01-01"})

    last = held.events.order_by("-pgh_id").first()
    assert (last.ends_on, last.pgh_context.metadata["person"]) == (date(2020, 1, 1), cast.owner.person.pk)
