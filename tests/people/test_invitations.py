"""Invitations: who may send them, what the link opens, and that it opens once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction
from django.test import Client
from tests.cast import PASSWORD, Cast

from accord.kernel.access import Actor
from accord.kernel.refused import Refused
from accord.kernel.secret import digest_of
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.enums import Role
from accord.people.models import Account, Institution, Invitation, Person, RoleGrant
from accord.people.queries import acting_person, invitations_visible_to

pytestmark = pytest.mark.django_db
EMAIL = "new.person@example.org"
TOKEN = "a-token-of-forty-three-letters-for-the-tests"
LINK = f"/invitation/{TOKEN}/"
NAME = {"name_0": "New Person", "name_1": "新人"}
GOOD = {**NAME, "password": "a sentence nobody would guess"}


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def invited(by: Person, institution: Institution | None, **more: object) -> Invitation:
    """Invite somebody as an officer."""
    values = {"email": EMAIL, "role": Role.OFFICER, "language": "", "token": TOKEN, "url": f"https://x{LINK}"}
    return people.invite(**{**values, "institution": institution, "by": by, "at": now(), **more})


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    """Invite somebody to our side."""
    return invited(cast.owner.person, cast.ours.institution)


def answers(client: Client, path: str, data: dict[str, str]) -> tuple[int, str]:
    """Post a form; return status and text."""
    answer = client.post(path, data)
    return answer.status_code, answer.content.decode()


def test_officer_invites_by_mail_and_the_link_opens_an_account_with_the_role(cast: Cast) -> None:
    place = str(cast.ours.institution.pk)
    sent = cast.owner.client.post(
        "/invitations/new/", {"email": EMAIL, "place": place, "role": "officer", "language": ""}
    )
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]
    client = Client()
    opened = client.post(link, GOOD)

    assert (sent.status_code, opened.status_code, opened.headers["Location"]) == (302, 302, "/")
    account = Account.objects.get(email=EMAIL)
    assert account.person.name == Bilingual("New Person", "新人")
    assert [(one.role, one.institution, one.granted_by) for one in account.person.grants.all()] == [
        ("officer", cast.ours.institution, cast.owner.person)
    ]
    assert client.session["_auth_user_id"] == str(account.pk)
    assert Client().post("/sign-in/", {"username": EMAIL, "password": GOOD["password"]}).status_code == 302


def test_mail_speaks_both_languages_or_the_chosen_one(cast: Cast) -> None:
    invited(cast.owner.person, cast.ours.institution)
    invited(cast.owner.person, cast.ours.institution, role=Role.EXECUTIVE, token="other", language="zh-hans")

    both, chinese = (one.body for one in mail.outbox)
    assert "invites you to Accord" in both
    assert "invites you to Accord" not in chinese
    assert f"https://x{LINK}" in both


def test_token_is_kept_as_a_digest_alone(invitation: Invitation) -> None:
    kept = Invitation.objects.values().get(pk=invitation.pk)

    assert kept["digest"] == digest_of(TOKEN)
    assert TOKEN not in str(kept)


@pytest.mark.parametrize("who", ["executive", "outsider"])
def test_others_do_not_invite_for_us(cast: Cast, who: str) -> None:
    member = getattr(cast, who)
    given = {"email": EMAIL, "place": str(cast.ours.institution.pk), "role": "officer"}
    status, _text = answers(member.client, "/invitations/new/", given)

    assert status in {403, 422}
    assert not Invitation.objects.exists()


def test_officer_makes_nobody_a_steward(cast: Cast) -> None:
    given = {"email": EMAIL, "place": str(cast.ours.institution.pk), "role": "steward"}

    assert answers(cast.owner.client, "/invitations/new/", given)[0] == 422
    assert answers(cast.owner.client, "/invitations/new/", {**given, "place": "all", "role": "officer"})[0] == 422
    assert not Invitation.objects.exists()


def test_steward_invites_for_all_of_accord(cast: Cast) -> None:
    given = {"email": EMAIL, "place": "all", "role": "steward", "language": ""}

    assert answers(cast.steward.client, "/invitations/new/", given)[0] == 302
    assert Invitation.objects.get().institution is None


def test_each_sees_the_invitations_they_may_send(cast: Cast, invitation: Invitation) -> None:
    def seen(**grant: object) -> int:
        from accord.kernel.access import Grant  # noqa: PLC0415 - used here alone

        return invitations_visible_to(Actor(1, "", frozenset({Grant(**grant)})), at=now()).count()

    assert seen(role="steward") == 1
    assert seen(role="officer", institution_id=cast.ours.institution.pk) == 1
    assert seen(role="officer", institution_id=cast.theirs.institution.pk) == 0
    assert cast.partner.client.get(f"/invitations/{invitation.pk}/").status_code == 404
    assert cast.owner.client.get(f"/invitations/{invitation.pk}/").status_code == 200


def test_same_invitation_twice_is_refused_and_says_what_to_do(cast: Cast, invitation: Invitation) -> None:
    with pytest.raises(people.AlreadyInvited, match="send it again"):
        invited(cast.steward.person, cast.ours.institution, token="other", email=EMAIL.upper())

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(**(_columns(invitation) | {"digest": "x"}))


def _columns(invitation: Invitation) -> dict[str, object]:
    return {
        field.attname: getattr(invitation, field.attname) for field in Invitation._meta.fields if field.name != "id"
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"accepted_at": now()}, "It was used already."),
        ({"revoked_at": now()}, "It was taken back."),
        ({"invited_at": now() - timedelta(days=20), "expires_at": now() - timedelta(days=6)}, "It was open until"),
    ],
)
def test_link_that_ended_says_how_and_opens_nothing(
    cast: Cast, invitation: Invitation, change: dict[str, datetime], said: str
) -> None:
    marks = {
        f"{name.removesuffix('_at')}_by": cast.owner.person for name in change if name in {"accepted_at", "revoked_at"}
    }
    Invitation.objects.filter(pk=invitation.pk).update(**change, **marks)

    shown, sent = Client().get(LINK), Client().post(LINK, GOOD)

    assert (shown.status_code, sent.status_code) == (410, 410)
    assert said in shown.content.decode()
    assert not Account.objects.filter(email=EMAIL).exists()


def test_unknown_link_is_no_page(cast: Cast) -> None:
    assert Client().get("/invitation/anything-else/").status_code == 404


def test_looking_at_a_link_uses_nothing_up(invitation: Invitation) -> None:
    for _look in range(3):
        assert Client().get(LINK).status_code == 200

    assert Invitation.objects.get().accepted_at is None


def test_weak_password_and_missing_name_open_nothing(invitation: Invitation) -> None:
    assert Client().post(LINK, {**NAME, "password": "short"}).status_code == 422
    assert Client().post(LINK, {"password": GOOD["password"]}).status_code == 422
    assert not Account.objects.filter(email=EMAIL).exists()
    assert not Person.objects.filter(key__startswith="invited-").exists()


def test_nothing_is_left_when_the_role_cannot_be_granted(cast: Cast, invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(role=Role.STEWARD)

    with pytest.raises(Refused):
        people.accept_invitation(token=TOKEN, name=Bilingual("New"), password=GOOD["password"], at=now())

    assert not Account.objects.filter(email=EMAIL).exists()
    assert Invitation.objects.get().accepted_at is None


def test_who_has_an_account_signs_in_and_gets_the_role(cast: Cast) -> None:
    invited(cast.owner.person, cast.ours.institution, email="outsider@example.org")
    visitor, theirs = Client(), cast.outsider.client

    assert "Sign in with it, and the role is added." in visitor.get(LINK).content.decode()
    assert visitor.post(LINK, GOOD).status_code == 200
    assert not RoleGrant.objects.filter(person=cast.outsider.person, institution=cast.ours.institution).exists()
    assert theirs.post(LINK).status_code == 302
    assert RoleGrant.objects.filter(person=cast.outsider.person, institution=cast.ours.institution).exists()


def test_somebody_else_who_is_signed_in_gets_nothing(cast: Cast, invitation: Invitation) -> None:
    client = cast.outsider.client

    assert "you are signed in as outsider@example.org" in client.get(LINK).content.decode()
    assert client.post(LINK).status_code == 422
    assert Invitation.objects.get().accepted_at is None


def test_sent_again_ends_the_link_from_before(cast: Cast, invitation: Invitation) -> None:
    cast.owner.client.post(f"/invitations/{invitation.pk}/send-again/")
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]

    assert Client().get(LINK).status_code == 404
    assert Client().get(link).status_code == 200


def test_taken_back_twice_is_taken_back_once(cast: Cast, invitation: Invitation) -> None:
    path = f"/invitations/{invitation.pk}/take-back/"
    cast.owner.client.post(path)
    first = Invitation.objects.values_list("revoked_at", "revoked_by").get()
    cast.steward.client.post(path)

    assert Invitation.objects.values_list("revoked_at", "revoked_by").get() == first
    assert Client().get(LINK).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_once_make_one_account(transactional_db: None) -> None:
    school = people.ensure_institution(key="school", name=Bilingual("School"), kind="university")
    invited(people.command_line(), school)
    start = Barrier(4)

    def accept(number: int) -> str:
        try:
            start.wait()
            return str(
                people.accept_invitation(token=TOKEN, name=Bilingual(f"P{number}"), password=PASSWORD, at=now()).pk
            )
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(accept, range(4)))

    assert sorted(results)[1:] == ["invitation-used"] * 3
    assert Account.objects.filter(email=EMAIL).count() == RoleGrant.objects.count() == 1


def test_list_shows_states_and_costs_the_same_for_many(cast: Cast, django_assert_num_queries) -> None:
    client = cast.owner.client
    for number in range(2):
        invited(cast.owner.person, cast.ours.institution, email=f"a{number}@example.org", token=f"t{number}")
    client.get("/invitations/")
    with connection_count() as few:
        client.get("/invitations/")
    for number in range(2, 12):
        invited(cast.owner.person, cast.ours.institution, email=f"a{number}@example.org", token=f"t{number}")
    with connection_count() as many:
        page = client.get("/invitations/").content.decode()

    assert "a11@example.org" in page
    assert len(few) == len(many) <= 12


def connection_count():
    """Return what captures the queries of a request."""
    from django.db import connection  # noqa: PLC0415 - used here alone
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    return CaptureQueriesContext(connection)


def test_acting_person_is_who_invited(cast: Cast, invitation: Invitation) -> None:
    assert invitation.invited_by == acting_person(Actor(cast.owner.person.pk))
