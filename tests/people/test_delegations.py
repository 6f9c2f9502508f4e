"""One person stands in for another: with what may be lent, while it holds, under both names."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from tests.cast import LONG_AGO, Cast, Member, member

from accord.kernel.access import Actor, Grant
from accord.kernel.refused import Clash, NotAllowed
from accord.kernel.text import Bilingual
from accord.measures.models import Evidence
from accord.people import operations as people
from accord.people import queries
from accord.people.enums import Role
from accord.people.models import Account, Delegation, Person, RoleGrant
from accord.people.operations import AlreadyStandsIn, CannotStandIn, StandInTooLong

pytestmark = pytest.mark.django_db
BOARD = "/agreements/chengdu-cass/"
NEW_EVIDENCE = f"{BOARD}promises/resident-teams/evidence/new/"
TODAY = datetime.now(UTC).date()
DAY = timedelta(days=1)


def lend(giver: Person, taker: Person, starts_on: date = TODAY, ends_on: date = TODAY + 9 * DAY) -> Delegation:
    """Let somebody stand in."""
    return people.delegate(to=taker, starts_on=starts_on, ends_on=ends_on, reason="Away", by=giver)


def acts_for(who: Member, delegation: Delegation) -> int:
    """Choose to act for somebody; return the answer's status."""
    return who.client.post(f"/standing-in/{delegation.pk}/act/").status_code


def decide(who: Member, entry: Evidence) -> str:
    """Try to confirm an entry; return how it then stands."""
    who.client.post(f"{BOARD}evidence/{entry.pk}/confirm/", {"version": entry.version, "party": "cass"})
    entry.refresh_from_db()
    return "waiting" if entry.confirmed_at is None else "confirmed"


@pytest.fixture
def helper(cast: Cast) -> Member:
    """Return the executive of our institution, for whom the owner lets stand in."""
    return cast.executive


def test_who_stands_in_acts_by_what_the_other_holds_and_not_by_their_own(cast: Cast, helper: Member) -> None:
    account = Account.objects.get(person=helper.person)
    given = lend(cast.owner.person, helper.person)

    actor = queries.standing_in(account, given.pk, on=TODAY)

    assert actor == Actor(
        person_id=helper.person.pk,
        name="executive@example.org",
        grants=frozenset({Grant(Role.OFFICER, cast.ours.institution_id)}),
        for_person=cast.owner.person.pk,
        for_name=cast.owner.person.name,
    )
    assert actor.persons == {helper.person.pk, cast.owner.person.pk}


def test_stewards_role_is_never_lent(cast: Cast, helper: Member) -> None:
    people.grant_role(
        person=cast.steward.person, role=Role.EXECUTIVE, institution=cast.theirs.institution, starts_on=LONG_AGO
    )
    account = Account.objects.get(person=helper.person)

    actor = queries.standing_in(account, lend(cast.steward.person, helper.person).pk, on=TODAY)

    assert actor.grants == {Grant(Role.EXECUTIVE, cast.theirs.institution_id)}


@pytest.mark.parametrize(
    ("on", "holds"), [(TODAY - DAY, False), (TODAY, True), (TODAY + 8 * DAY, True), (TODAY + 9 * DAY, False)]
)
def test_nothing_is_lent_outside_the_days(cast: Cast, helper: Member, on: date, holds: bool) -> None:
    account = Account.objects.get(person=helper.person)
    given = lend(cast.owner.person, helper.person)

    actor = queries.standing_in(account, given.pk, on=on)

    assert (bool(actor.grants), actor.has_ended, actor.for_person) == (holds, not holds, cast.owner.person.pk)


def test_nothing_is_lent_by_somebody_whose_account_was_closed(cast: Cast, helper: Member) -> None:
    given = lend(cast.owner.person, helper.person)
    Account.objects.filter(person=cast.owner.person).update(is_active=False)

    actor = queries.standing_in(Account.objects.get(person=helper.person), given.pk, on=TODAY)

    assert (actor.grants, actor.has_ended) == (frozenset(), True)


def test_delegation_to_somebody_else_counts_for_nothing(cast: Cast, helper: Member) -> None:
    given = lend(cast.owner.person, helper.person)
    outsider = Account.objects.get(person=cast.outsider.person)

    assert queries.standing_in(outsider, given.pk, on=TODAY) == queries.actor_for(outsider, on=TODAY)


def test_standing_in_is_loaded_by_two_queries(cast: Cast, helper: Member, django_assert_num_queries) -> None:
    account = Account.objects.get(person=helper.person)
    given = lend(cast.owner.person, helper.person)

    with django_assert_num_queries(2):
        queries.standing_in(account, given.pk, on=TODAY)


def test_pages_open_and_close_with_acting_for_somebody(cast: Cast, helper: Member) -> None:
    before = helper.client.get(NEW_EVIDENCE).status_code

    chosen = acts_for(helper, lend(cast.owner.person, helper.person))
    while_acting = helper.client.get(NEW_EVIDENCE)
    back = helper.client.post("/standing-in/oneself/").status_code

    assert (before, chosen, while_acting.status_code, back) == (403, 302, 200, 302)
    assert "You act for Owner. What you do bears both names." in while_acting.text
    after = helper.client.get(NEW_EVIDENCE)
    assert (after.status_code, "You act for" in after.text) == (403, False)


def test_own_rights_rest_while_acting_for_somebody(cast: Cast) -> None:
    given = lend(cast.owner.person, cast.outsider.person)
    people.grant_role(
        person=cast.outsider.person, role=Role.OFFICER, institution=cast.theirs.institution, starts_on=LONG_AGO
    )
    entry = cast.record("resident-teams", 3, date(2019, 8, 21))
    acts_for(cast.outsider, given)

    while_acting = decide(cast.outsider, entry)
    cast.outsider.client.post("/standing-in/oneself/")

    assert (while_acting, decide(cast.outsider, entry)) == ("waiting", "confirmed")


def test_what_was_lent_ends_at_once_and_nothing_is_done_under_ones_own_name_instead(cast: Cast, helper: Member) -> None:
    given = lend(cast.owner.person, helper.person)
    acts_for(helper, given)
    assert helper.client.get(BOARD).status_code == 200

    cast.owner.client.post(f"/standing-in/{given.pk}/end/")
    page = helper.client.get(BOARD)

    assert page.status_code == 404
    assert "You no longer stand in for Owner. Nothing can be done in their name." in page.text
    helper.client.post("/standing-in/oneself/")
    assert helper.client.get(BOARD).status_code == 200


def test_history_bears_both_names(cast: Cast, helper: Member) -> None:
    acts_for(helper, lend(cast.owner.person, helper.person))

    helper.client.post(f"{BOARD}publish/", {"public": "yes"})

    cast.agreement.refresh_from_db()
    last = cast.agreement.events.order_by("-pgh_id").first()
    assert cast.agreement.public_token is not None
    assert (last.pgh_context.metadata["person"], last.pgh_context.metadata["for_person"]) == (
        helper.person.pk,
        cast.owner.person.pk,
    )


def test_nobody_decides_on_the_work_of_whom_they_stand_in_for(cast: Cast) -> None:
    people.grant_role(
        person=cast.owner.person, role=Role.OFFICER, institution=cast.theirs.institution, starts_on=LONG_AGO
    )
    entry = cast.record("resident-teams", 3, date(2019, 8, 21))
    RoleGrant.objects.filter(person=cast.owner.person, institution=cast.ours.institution).update(ends_on=TODAY)
    acts_for(cast.partner, lend(cast.owner.person, cast.partner.person))

    while_acting = decide(cast.partner, entry)
    cast.partner.client.post("/standing-in/oneself/")

    assert (while_acting, decide(cast.partner, entry)) == ("waiting", "confirmed")


@pytest.mark.parametrize("path", ["/roles/new/", "/standing-in/new/", "/tokens/new/"])
def test_what_would_outlast_the_days_is_not_lent(cast: Cast, helper: Member, path: str) -> None:
    acts_for(helper, lend(cast.owner.person, helper.person))

    assert helper.client.get(path).status_code == 403


def test_nobody_acts_for_somebody_on_other_days_or_by_anothers_delegation(cast: Cast, helper: Member) -> None:
    later = lend(cast.owner.person, helper.person, TODAY + 2 * DAY, TODAY + 4 * DAY)

    assert (acts_for(helper, later), acts_for(cast.outsider, later), acts_for(cast.owner, later)) == (403, 404, 404)
    assert "acting_for" not in helper.client.session


def test_signing_in_as_somebody_else_acts_for_nobody(cast: Cast, helper: Member) -> None:
    acts_for(helper, lend(cast.owner.person, helper.person))

    helper.client.force_login(Account.objects.get(person=cast.outsider.person))

    assert "acting_for" not in helper.client.session


@pytest.mark.parametrize(("starts", "ends"), [(0, 0), (3, 2), (0, 367)], ids=["no day", "turned", "longer than a year"])
def test_days_have_to_make_sense(cast: Cast, helper: Member, starts: int, ends: int) -> None:
    with pytest.raises(StandInTooLong):
        lend(cast.owner.person, helper.person, TODAY + starts * DAY, TODAY + ends * DAY)


def test_nobody_stands_in_for_themselves_nor_without_an_account(cast: Cast) -> None:
    nobody = people.register_person(key="guest", name=Bilingual("Guest"))

    with pytest.raises(NotAllowed):
        lend(cast.owner.person, cast.owner.person)
    with pytest.raises(CannotStandIn):
        lend(cast.owner.person, nobody)
    with pytest.raises(IntegrityError, match="delegation_to_somebody_else"), transaction.atomic():
        Delegation.objects.create(giver=nobody, taker=nobody, starts_on=TODAY, ends_on=TODAY + DAY)


def test_same_delegation_twice_is_one_and_an_overlapping_one_is_refused(cast: Cast, helper: Member) -> None:
    first = lend(cast.owner.person, helper.person)

    assert lend(cast.owner.person, helper.person) == first
    with pytest.raises(AlreadyStandsIn):
        lend(cast.owner.person, helper.person, TODAY + DAY, TODAY + 20 * DAY)


def test_one_that_was_ended_is_given_again_the_same_day(cast: Cast, helper: Member) -> None:
    first = lend(cast.owner.person, helper.person)
    ended = people.end_delegation(delegation=first, version=first.version, on=TODAY)

    again = lend(cast.owner.person, helper.person)

    assert (ended.ends_on, ended.version, again.pk != first.pk) == (TODAY, 2, True)
    assert people.end_delegation(delegation=ended, version=1, on=TODAY) == ended


def test_one_that_changed_in_the_meantime_is_a_clash(cast: Cast, helper: Member) -> None:
    given = lend(cast.owner.person, helper.person)

    with pytest.raises(Clash):
        people.end_delegation(delegation=given, version=given.version - 1, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(cast: Cast, helper: Member) -> None:
    together = Barrier(4)

    def give(ends_on: date) -> str:
        together.wait()
        try:
            lend(cast.owner.person, helper.person, ends_on=ends_on)
        except AlreadyStandsIn:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(give, [TODAY + 5 * DAY] * 2 + [TODAY + 6 * DAY] * 2))

    assert ("done" in told, Delegation.objects.count()) == (True, 1)


def test_page_lets_somebody_stand_in(cast: Cast) -> None:
    sent = {"taker": "executive@example.org", "starts_on": TODAY.isoformat(), "ends_on": (TODAY + 9 * DAY).isoformat()}

    answer = cast.owner.client.post("/standing-in/new/", sent | {"reason": "Leave"})

    given = Delegation.objects.get()
    assert answer.status_code == 302
    assert (given.giver, given.taker, given.reason) == (cast.owner.person, cast.executive.person, "Leave")
    assert "Act for Owner" in cast.executive.client.get("/standing-in/").text
    assert "Executive" in cast.owner.client.get("/standing-in/").text


@pytest.mark.parametrize("words", ["partner", "outsider@example.org", "nobody", "owner"])
def test_only_people_of_ones_own_institution_are_found(cast: Cast, words: str) -> None:
    sent = {"taker": words, "starts_on": TODAY.isoformat(), "ends_on": (TODAY + 9 * DAY).isoformat()}

    page = cast.owner.client.post("/standing-in/new/", sent)

    assert (page.status_code, Delegation.objects.count()) == (422, 0)
    assert "Nobody here has this key or email address." in page.text


def test_who_holds_nothing_to_lend_is_told_so(cast: Cast) -> None:
    assert cast.steward.client.get("/standing-in/new/").status_code == 403
    assert "You hold no role of your own that could be lent." in cast.steward.client.get("/standing-in/").text


def test_nobody_ends_what_others_gave(cast: Cast, helper: Member) -> None:
    given = lend(cast.owner.person, helper.person)

    answers = [who.client.post(f"/standing-in/{given.pk}/end/").status_code for who in (helper, cast.partner)]

    given.refresh_from_db()
    assert (answers, given.ends_on) == ([404, 404], TODAY + 9 * DAY)


def test_role_of_the_giver_that_ends_is_lent_no_longer(cast: Cast, helper: Member) -> None:
    acts_for(helper, lend(cast.owner.person, helper.person))
    assert helper.client.get(NEW_EVIDENCE).status_code == 200

    RoleGrant.objects.filter(person=cast.owner.person).update(ends_on=TODAY)

    assert helper.client.get(NEW_EVIDENCE).status_code == 404


def test_visitor_is_sent_to_sign_in(client: Client, cast: Cast) -> None:
    given = lend(cast.owner.person, cast.executive.person)

    assert client.post(f"/standing-in/{given.pk}/act/").status_code == 302
    assert "acting_for" not in client.session


def test_newcomer_of_the_institution_may_stand_in(cast: Cast) -> None:
    colleague = member("colleague", Role.EXECUTIVE, cast.ours.institution)
    actor = queries.actor_for(Account.objects.get(person=cast.owner.person), on=TODAY)

    found = set(queries.people_to_stand_in(actor, on=TODAY))

    assert found == {colleague.person, cast.executive.person}
