"""What opens something stands nowhere, and private words are read only by those who may: in all that leaves Accord."""

from collections.abc import Iterable

import pytest
from tests.access import ROLES
from tests.house.walking import Walk

pytestmark = pytest.mark.django_db
WHO = {f"{role} by token": role for role in ROLES} | {"reader by token": "owner"}
OWN = "shown to whom it belongs, on the page that is for it"
KEY = "the key in the page's own address, by which the reader came"
SHOWN = {
    ("mfa_view_recovery_codes", "recovery code"): OWN,
    ("mfa_download_recovery_codes", "recovery code"): OWN,
    ("people:check-details", "a link"): KEY,
    ("people:invitation", "an invitation"): KEY,
    ("negotiation:approve-by-link", "a link to approve"): KEY,
    ("outbox:letter", "the link in somebody's letter"): "a demo world mails nothing, so its letters are read here",
    ("workspace:report-by-link", "the token of a link to a report"): KEY,
    ("workspace:answer-by-link", "the token of a link to an offer"): KEY,
    **dict.fromkeys(
        [
            (f"programmes:{door}", "the token of a link to places")
            for door in (
                "places-by-link",
                "open-place-by-link",
                "change-place-by-link",
                "rank-by-link",
                "reads-by-link",
            )
        ],
        KEY,
    ),
    ("programmes:join-by-link", "the token of a link to join"): KEY,
    ("programmes:sign-by-link", "the token of a link to sign"): KEY,
    ("programmes:look-after-by-link", "the token of a link to look after somebody"): KEY,
    ("programmes:look-after-act", "the token of a link to look after somebody"): KEY,
}
"""Where an answer holds a secret all the same, with the reason. Only the owner has recovery codes here."""
PLACES_BY_LINK = ("open-place-by-link", "change-place-by-link", "rank-by-link", "done-by-link")
BACK = {(f"programmes:{door}", "the token of a link to places") for door in PLACES_BY_LINK}
"""What leads back to the page of the very key by which the reader came."""
BY_KEY = {
    ("who is invited", "people:invitation"),
    ("what a team remarks in its report", "workspace:report-by-link"),
    ("why a host will not take somebody", "programmes:rank-by-link"),
}
"""Private words that whoever holds the key in the address is told."""
SENT = {
    "an invitation": "the letter brings it to whom it is for; its words are dropped once it has left",
    "the link in somebody's letter": "the same",
}
KEPT = {
    ("outbox_message", "an invitation"): "a letter keeps its words until it was sent",
    ("outbox_message", "the link in somebody's letter"): "the same",
    ("outbox_chatchannel", "the key of a chat"): "the vendor wants it as it is",
    ("outbox_chatchannel", "the secret of a chat"): "the same",
    ("people_accesstoken", "the digest of an access token"): "what a token is found by",
    ("people_signedlink", "the digest of a link"): "what a link is found by",
    ("people_invitation", "the digest of an invitation"): "what an invitation is found by",
    (
        "programmes_call",
        "the seed of a draw",
    ): "its digest is public from the start, itself once nothing is left to draw",
    ("people_account", "the password hash"): "what a password is compared with",
    ("django_session", "the session"): "Django keeps sessions by their key",
    ("usersessions_usersession", "the session"): "the list of sessions ends them by their key",
    ("procrastinate_jobs", "what a job was given"): "a job is done with it",
}
"""Which table keeps which secret as it is, with the reason."""


def test_no_answer_holds_a_secret(walk: Walk) -> None:
    found = {
        (seen.route, name): seen.role
        for seen in walk.every
        for name in _held(walk, seen.text)
        if not _is_named(SHOWN, seen.route, name)
    }

    assert len(walk.stage.secrets) > 25
    assert found == {}


def test_a_secret_is_shown_where_it_is_said_that_it_is(walk: Walk) -> None:
    shown = {seen.route for seen in walk.every for name in _held(walk, seen.text) if _is_named(SHOWN, seen.route, name)}

    assert shown == {route for route, _name in SHOWN}


def test_no_answer_leads_to_a_secret(walk: Walk) -> None:
    leading = [
        (seen.route, seen.role, name)
        for seen in walk.every
        for name in _held(walk, f"{seen.headers.get('Location', '')} {seen.headers.get('Link', '')}")
        if (seen.route, name) not in BACK
    ]

    assert leading == []


def test_private_words_are_read_by_those_alone_who_may(walk: Walk) -> None:
    strangers = {
        (one.name, seen.route, seen.role)
        for seen in walk.every
        for one in walk.stage.private
        if one.words in seen.text and WHO.get(seen.role, seen.role) not in one.seen_by
    }

    assert {one for one in strangers if one[:2] not in BY_KEY} == set()


def test_private_words_are_read_by_somebody(walk: Walk) -> None:
    everything = "\n".join(seen.text for seen in walk.every)

    assert [one.name for one in walk.stage.private if one.words not in everything] == []


def test_mails_bring_a_secret_to_its_owner_alone(walk: Walk) -> None:
    brought = {name for text in walk.mailed.values() for name in _held(walk, text)}

    assert brought == set(SENT)


def test_systems_are_told_no_secret_and_the_log_of_it_keeps_none(walk: Walk) -> None:
    assert walk.posted != {}
    assert {number: names for number, text in walk.posted.items() if (names := _held(walk, text))} == {}


def test_log_lines_hold_no_secret_and_no_address_of_a_person(walk: Walk) -> None:
    assert walk.logged.count("\n") > 100
    assert _held(walk, walk.logged) == []
    assert [one.name for one in walk.stage.private if one.words in walk.logged] == []
    assert "@example.org" not in walk.logged


def test_tables_keep_no_secret_as_it_is(walk: Walk) -> None:
    kept = {(table, name) for table, names in walk.tables.items() for name in names}

    assert {one for one in kept if not _is_named(KEPT, *one)} == set()
    assert {reason for reason in KEPT if not any(_is_named([reason], *one) for one in kept)} == set()


def _held(walk: Walk, text: str) -> list[str]:
    """Return which secrets stand in a text."""
    return [name for name, secret in walk.stage.secrets.items() if secret in text]


def _is_named(places: Iterable[tuple[str, str]], place: str, name: str) -> bool:
    """Say whether a place may hold a secret; one of a kind is named by how it begins."""
    return any(place == known and name.startswith(kind) for known, kind in places)
