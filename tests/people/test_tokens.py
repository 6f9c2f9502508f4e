"""Tokens for programs: shown once, kept as a digest, never more than their person may do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.cast import LONG_AGO, Cast, moment

from accord.kernel import secret
from accord.kernel.access import Grant
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import AccessToken, Account, Person, RoleGrant
from accord.people.operations import TokenTooLong, TooManyTokens
from accord.people.queries import token_actor

pytestmark = pytest.mark.django_db
NOW = moment(LONG_AGO + timedelta(days=3000))
MONTH = timedelta(days=30)


def make(person: Person, scopes: tuple[str, ...] = ("read",), days: int = 30) -> tuple[AccessToken, str]:
    """Make a token; return it with its secret."""
    token = secret.new_access_token()
    kept = people.make_token(
        by=person, name="Script", scopes=scopes, expires_at=NOW + timedelta(days=days), secret=token, at=NOW
    )
    return kept, token


def test_token_acts_for_its_person_with_their_present_roles(cast: Cast) -> None:
    kept, token = make(cast.owner.person, ("read", "write"))

    found = token_actor(token, at=NOW)

    assert found is not None
    assert (found.token_id, found.scopes) == (kept.pk, {"read", "write"})
    assert found.actor.grants == {Grant("officer", cast.ours.institution_id)}
    RoleGrant.objects.filter(person=cast.owner.person).update(ends_on=NOW.date())
    assert token_actor(token, at=NOW).actor.grants == frozenset()


def test_who_may_write_may_read(cast: Cast) -> None:
    _kept, token = make(cast.owner.person, ("write",))

    assert token_actor(token, at=NOW).scopes == {"read", "write"}


def test_only_the_digest_is_kept(cast: Cast) -> None:
    kept, token = make(cast.owner.person)

    kept.refresh_from_db()
    stored = " ".join(str(value) for value in vars(kept).values())
    assert (secret.digest_of(token) == kept.digest, token.startswith(f"accord_{kept.prefix}_")) == (True, True)
    assert token not in stored
    assert token.split("_", 2)[2] not in stored
    assert not hasattr(kept.events.get(), "digest")


def test_token_is_found_by_two_queries(cast: Cast, django_assert_num_queries) -> None:
    _kept, token = make(cast.owner.person)

    with django_assert_num_queries(2):
        token_actor(token, at=NOW)


def test_token_with_another_secret_opens_nothing(cast: Cast) -> None:
    kept, token = make(cast.owner.person)
    wrong = [
        token[:-1],
        token + "a",
        f"accord_{kept.prefix}_{secret.new_token()}",
        token.upper(),
        kept.digest,
        "accord__",
        "accord",
        "",
        "accord_é_x",
        "accord_\x00\x00\x00\x00\x00\x00\x00\x00_x",
        "Bearer " + token,
    ]

    assert [token_actor(one, at=NOW) for one in wrong] == [None] * len(wrong)
    assert token_actor(token, at=NOW) is not None


def test_token_that_ended_opens_nothing(cast: Cast) -> None:
    kept, token = make(cast.owner.person)

    assert token_actor(token, at=NOW + MONTH) is None
    people.revoke_token(token=kept, at=NOW)
    assert token_actor(token, at=NOW) is None


def test_token_of_a_closed_account_opens_nothing(cast: Cast) -> None:
    _kept, token = make(cast.owner.person)

    Account.objects.filter(person=cast.owner.person).update(is_active=False)

    assert token_actor(token, at=NOW) is None


@pytest.mark.parametrize("days", [0, -1, 366])
def test_token_lives_a_year_at_most(cast: Cast, days: int) -> None:
    with pytest.raises(TokenTooLong):
        make(cast.owner.person, days=days)


def test_nobody_holds_more_than_fifty(cast: Cast) -> None:
    for _token in range(50):
        make(cast.owner.person)

    with pytest.raises(TooManyTokens):
        make(cast.owner.person)
    people.revoke_token(token=AccessToken.objects.first(), at=NOW)
    assert make(cast.owner.person)


def test_revoking_twice_keeps_the_first_moment(cast: Cast) -> None:
    kept, _token = make(cast.owner.person)
    people.revoke_token(token=kept, at=NOW)

    assert people.revoke_token(token=kept, at=NOW + MONTH).revoked_at == NOW


def test_use_is_noted_once_an_hour_and_leaves_no_history(cast: Cast) -> None:
    kept, _token = make(cast.owner.person)
    minutes = [0, 10, 59, 60, 61, 120]

    written = [people.note_token_use(token_id=kept.pk, at=NOW + timedelta(minutes=one)) for one in minutes]

    kept.refresh_from_db()
    assert written == [True, False, False, True, False, True]
    assert (kept.last_used_at, kept.events.count()) == (NOW + timedelta(minutes=120), 1)


def test_page_shows_a_token_once(cast: Cast) -> None:
    client = cast.owner.client
    answer = client.post("/tokens/new/", {"name": "Nightly export", "scope": "write", "days": "90"})
    token = answer.context["secret"]

    listed = client.get("/tokens/").text

    kept = AccessToken.objects.get()
    assert (answer.status_code, token in answer.text, answer.headers["Cache-Control"]) == (
        200,
        True,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert (token in listed, kept.prefix in listed, "Nightly export" in listed) == (False, True, True)
    assert (kept.person, kept.scopes) == (cast.owner.person, ["read", "write"])
    assert token_actor(token, at=datetime.now(UTC)).actor.person_id == cast.owner.person.pk


def test_wrong_input_makes_no_token(cast: Cast) -> None:
    answers = [
        cast.owner.client.post("/tokens/new/", sent).status_code
        for sent in (
            {"name": ""},
            {"name": "x", "scope": "all", "days": "90"},
            {"name": "x", "scope": "read", "days": "9999"},
        )
    ]

    assert (answers, AccessToken.objects.count()) == ([422, 422, 422], 0)


def test_token_of_somebody_else_is_not_there(cast: Cast) -> None:
    kept, _token = make(cast.owner.person)

    answer = cast.partner.client.post(f"/tokens/{kept.pk}/revoke/")

    kept.refresh_from_db()
    assert (answer.status_code, kept.revoked_at) == (404, None)
    assert kept.prefix not in cast.partner.client.get("/tokens/").text
    assert cast.owner.client.post(f"/tokens/{kept.pk}/revoke/").status_code == 302
    kept.refresh_from_db()
    assert kept.revoked_at is not None


def test_visitor_is_sent_to_sign_in(client: Client) -> None:
    answer = client.post("/tokens/new/", {"name": "x", "scope": "read", "days": "30"})

    assert (answer.status_code, AccessToken.objects.count()) == (302, 0)


def test_role_may_be_read_from_the_scope_alone(cast: Cast) -> None:
    people.grant_role(person=cast.owner.person, role=Role.EXECUTIVE, institution=None, starts_on=LONG_AGO)
    _kept, token = make(cast.owner.person)

    assert token_actor(token, at=NOW).scopes == {"read"}
