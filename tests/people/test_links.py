"""Links for people without an account: one thing, one record, for a time, as often as told."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from logging.config import dictConfig
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.cast import LONG_AGO, Cast, moment

from accord.kernel import secret
from accord.kernel.links import keeper
from accord.kernel.records import RecordKind, Shown, record_kinds
from accord.kernel.refused import Clash, NotThere
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import CHECK_DETAILS, Role
from accord.people.models import Affiliation, Person, SignedLink
from accord.people.operations import LinkTooLong
from accord.people.queries import LinkEnded, find_link

pytestmark = pytest.mark.django_db
NOW = moment(LONG_AGO + timedelta(days=3000))
REAL_NOW = datetime.now(UTC)
WEEK = timedelta(days=7)
NEW_NAME = {"name_0": "Professor Guest", "name_1": "", "orcid": "", "version": "1"}


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, with a link by which they check their own details."""

    person: Person
    link: SignedLink
    token: str

    @property
    def path(self) -> str:
        """Return the address that the link is."""
        return f"/check-details/{self.token}/"


@pytest.fixture
def guest(cast: Cast) -> Guest:
    """Make a guest of our institution and a link for them that holds today."""
    person = people.register_person(key="guest", name=Bilingual("Guest"))
    Affiliation.objects.create(person=person, institution=cast.ours.institution, starts_on=LONG_AGO)
    return Guest(person, *make(person, cast.owner.person, at=REAL_NOW))


def make(person: Person, by: Person, at: datetime = NOW, **given) -> tuple[SignedLink, str]:
    """Make a link to somebody's own record; return it with its token."""
    token = secret.new_token()
    wanted = {"purpose": CHECK_DETAILS, "record": f"person:{person.pk}", "expires_at": at + WEEK} | given
    return people.make_link(person=person, token=token, by=by, at=at, **wanted), token


def test_person_without_an_account_does_one_thing_once(guest: Guest, client: Client) -> None:
    shown = client.get(guest.path)
    done = client.post(guest.path, NEW_NAME)
    again = [client.get(guest.path), client.post(guest.path, NEW_NAME)]

    guest.person.refresh_from_db()
    assert (shown.status_code, 'value="Guest"' in shown.text) == (200, True)
    assert (done.status_code, str(guest.person.name)) == (200, "Professor Guest")
    assert [answer.status_code for answer in again] == [410, 410]
    assert "This link was used; what it was for is done. Ask Owner if more is to do." in again[0].text


def test_looking_does_not_use_a_link_up(guest: Guest, client: Client) -> None:
    for _look in range(3):
        client.get(guest.path)

    guest.link.refresh_from_db()
    assert guest.link.uses_left == 1


def test_who_came_by_a_link_is_written_down_and_signed_in_nowhere(guest: Guest, client: Client) -> None:
    client.post(guest.path, NEW_NAME)

    last = guest.person.events.order_by("-pgh_id").first()
    kept = last.pgh_context.metadata
    assert (kept["person"], kept["link"], kept["door"]) == (guest.person.pk, guest.link.pk, "people:check-details")
    assert guest.token not in str(kept)
    assert client.get("/agreements/").status_code == 302


def test_wrong_input_and_a_clash_use_nothing_up(guest: Guest, client: Client) -> None:
    nameless = client.post(guest.path, NEW_NAME | {"name_0": ""})
    odd = client.post(guest.path, NEW_NAME | {"orcid": "0000-0000-0000-0000"})
    with pytest.raises(Clash):
        people.correct_details(link_id=guest.link.pk, version=0, name=Bilingual("X"), orcid="", at=REAL_NOW)
    old = client.post(guest.path, NEW_NAME | {"version": "0"})

    guest.link.refresh_from_db()
    guest.person.refresh_from_db()
    assert [answer.status_code for answer in (nameless, odd, old)] == [422, 422, 422]
    assert (guest.link.uses_left, str(guest.person.name)) == (1, "Guest")
    assert "Professor Guest" in old.text
    assert client.post(guest.path, NEW_NAME | {"version": old.context["form"]["version"].value()}).status_code == 200


def test_unknown_link_is_like_any_page_that_is_not_there(guest: Guest, client: Client) -> None:
    wrong = [secret.new_token(), guest.token[:-1], guest.token.lower(), guest.link.digest, "x", "中"]

    answers = [client.get(f"/check-details/{one}/") for one in wrong]

    assert [answer.status_code for answer in answers] == [404] * len(wrong)
    assert {answer.text.count("Check the address for a typing error.") for answer in answers} == {1}


def test_link_for_another_purpose_opens_nothing_here(cast: Cast, guest: Guest, client: Client) -> None:
    _link, token = make(guest.person, cast.owner.person, at=REAL_NOW, purpose="research.give-reference")

    assert client.get(f"/check-details/{token}/").status_code == 404
    with pytest.raises(NotThere):
        find_link(guest.token, "research.give-reference", REAL_NOW)


def test_expired_and_revoked_links_say_so_and_whom_to_ask(cast: Cast, guest: Guest, client: Client) -> None:
    _old, expired = make(guest.person, cast.owner.person, at=REAL_NOW - 2 * WEEK)
    people.revoke_link(link=guest.link, by=cast.owner.person, at=REAL_NOW)

    answers = [client.get(f"/check-details/{token}/") for token in (expired, guest.token)]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "This link has expired. Ask Owner for a new one." in answers[0].text
    assert "This link was taken back. Ask Owner for a new one." in answers[1].text


def test_link_holds_until_its_last_moment(cast: Cast, guest: Guest) -> None:
    _link, token = make(guest.person, cast.owner.person)
    second = timedelta(seconds=1)

    assert find_link(token, CHECK_DETAILS, NOW + WEEK - second).person == guest.person.pk
    with pytest.raises(LinkEnded):
        find_link(token, CHECK_DETAILS, NOW + WEEK)


def test_revoking_twice_keeps_who_did_it_first(cast: Cast, guest: Guest) -> None:
    people.revoke_link(link=guest.link, by=cast.owner.person, at=NOW)

    again = people.revoke_link(link=guest.link, by=cast.steward.person, at=NOW + WEEK)

    assert (again.revoked_by, again.revoked_at) == (cast.owner.person, NOW)


def test_link_of_a_person_erased_since_opens_nothing(guest: Guest, client: Client) -> None:
    Person.objects.filter(pk=guest.person.pk).update(state="erased")

    assert client.get(guest.path).status_code == 404


@pytest.mark.parametrize("days", [0, -1, 181])
def test_link_lives_half_a_year_at_most(cast: Cast, guest: Guest, days: int) -> None:
    with pytest.raises(LinkTooLong):
        make(guest.person, cast.owner.person, expires_at=NOW + timedelta(days=days))


def test_only_the_digest_is_kept(guest: Guest) -> None:
    stored = " ".join(str(value) for value in vars(SignedLink.objects.get()).values())

    assert guest.token not in stored
    assert not hasattr(guest.link.events.get(), "digest")


def test_who_came_by_a_link_holds_no_role(guest: Guest) -> None:
    people.grant_role(person=guest.person, role=Role.OFFICER, institution=None, starts_on=LONG_AGO)

    found = keeper.find(guest.token, CHECK_DETAILS, REAL_NOW)

    assert (found.actor.person_id, found.actor.grants) == (guest.person.pk, frozenset())
    assert (found.actor.link.purpose, found.actor.link.record) == (CHECK_DETAILS, f"person:{guest.person.pk}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("uses", [1, 3])
def test_link_is_used_no_oftener_than_it_may_however_many_come_at_once(cast: Cast, guest: Guest, uses: int) -> None:
    link, _token = make(guest.person, cast.owner.person, uses=uses)
    together = Barrier(6)

    def use(_number: int) -> str:
        together.wait()
        try:
            people.use_link(link_id=link.pk, at=NOW)
        except LinkEnded:
            return "ended"
        finally:
            connection.close()
        return "used"

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(use, range(6)))

    link.refresh_from_db()
    assert told == ["ended"] * (6 - uses) + ["used"] * uses
    assert link.uses_left == 0


def test_answers_are_kept_by_nobody_and_lead_nowhere_with_the_address(guest: Guest, client: Client) -> None:
    headers = client.get(guest.path).headers

    assert (headers["Cache-Control"], headers["Referrer-Policy"], headers["X-Robots-Tag"]) == (
        "no-store, private",
        "same-origin",
        "noindex",
    )


def test_logs_never_hold_a_token(guest: Guest, client: Client, capsys) -> None:
    people.revoke_link(link=guest.link, by=guest.person, at=NOW)
    dictConfig({**settings.LOGGING, "disable_existing_loggers": False})
    handlers = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]

    client.get(guest.path)
    client.get("/check-details/a-token-that-nobody-made/")
    Client(enforce_csrf_checks=True).post(guest.path, NEW_NAME)

    said = capsys.readouterr().err
    assert handlers != []
    assert said.count("check-details/<str:token>/") == 3
    assert "/check-details/…/" in said  # where Django itself names the address
    assert (guest.token in said, "a-token-that-nobody-made" in said) == (False, False)


@pytest.fixture
def kind(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let persons be records that officers of our institution may change and executives may see."""

    def find(actor, pk: int) -> Shown:
        if not actor.holds(Role.OFFICER, Role.EXECUTIVE, institution_id=cast.ours.institution_id):
            raise NotThere("nothing here")
        may_change = actor.holds(Role.OFFICER, institution_id=cast.ours.institution_id)
        return Shown(str(Person.objects.get(pk=pk).name), f"/persons/{pk}/", may_change=may_change)

    monkeypatch.setitem(record_kinds._offers, "person", RecordKind("person", "people.Person", "Person", find))


def test_link_is_made_on_the_records_page_and_shown_once(cast: Cast, guest: Guest, kind: None) -> None:
    path, client = f"/links/person/{guest.person.pk}/", cast.owner.client

    made = client.post(path, {"person": "guest", "purpose": CHECK_DETAILS, "days": "30"})

    token = made.context["address"].split("/")[-2]
    listed = client.get(path).text
    assert (made.status_code, made.context["address"] in made.text) == (200, True)
    assert find_link(token, CHECK_DETAILS, REAL_NOW).person == guest.person.pk
    assert (token in listed, listed.count("Check what is known of a person")) == (False, 3)


def test_link_is_taken_back_on_the_records_page(cast: Cast, guest: Guest, kind: None) -> None:
    path = f"/links/person/{guest.person.pk}/{guest.link.pk}/take-back/"

    answers = [who.client.post(path).status_code for who in (cast.executive, cast.outsider, cast.owner)]

    guest.link.refresh_from_db()
    assert (answers, guest.link.revoked_by) == ([403, 404, 302], cast.owner.person)


def test_links_of_a_record_are_for_those_who_may_change_it(cast: Cast, guest: Guest, kind: None) -> None:
    path = f"/links/person/{guest.person.pk}/"
    sent = {"person": "guest", "purpose": CHECK_DETAILS, "days": "30"}

    looked = [who.client.get(path).status_code for who in (cast.owner, cast.executive, cast.outsider)]
    made = [who.client.post(path, sent).status_code for who in (cast.executive, cast.outsider)]

    assert (looked, made, SignedLink.objects.count()) == ([200, 403, 404], [403, 404], 1)


def test_link_to_another_record_is_not_taken_back_here(cast: Cast, guest: Guest, kind: None) -> None:
    path = f"/links/person/{cast.owner.person.pk}/{guest.link.pk}/take-back/"

    assert cast.owner.client.post(path).status_code == 404
