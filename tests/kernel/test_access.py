"""Who may: what an actor's grants say, and what the doors let through."""

from django.http import HttpResponse
from django.test import RequestFactory

from accord.kernel.access import NOBODY, Actor, Grant, open_to_all, signed_in

EVERYWHERE = Actor(1, "everywhere", frozenset({Grant("steward")}))
AT_SEVEN = Actor(2, "at seven", frozenset({Grant("officer", 7), Grant("executive", 8)}))


def test_role_held_for_one_institution_holds_there_alone() -> None:
    told = [
        AT_SEVEN.holds("officer", institution_id=7),
        AT_SEVEN.holds("officer", institution_id=8),
        AT_SEVEN.holds("officer"),
        AT_SEVEN.holds("executive", "officer", institution_id=8),
        AT_SEVEN.holds("steward", institution_id=7),
    ]

    assert told == [True, False, False, True, False]


def test_role_held_everywhere_holds_for_every_institution_and_for_none() -> None:
    assert [EVERYWHERE.holds("steward", institution_id=one) for one in (7, None)] == [True, True]


def test_institutions_are_those_of_the_roles_asked_for() -> None:
    assert AT_SEVEN.institutions() == {7, 8}
    assert AT_SEVEN.institutions("officer") == {7}
    assert EVERYWHERE.institutions() == frozenset()


def test_nobody_holds_nothing() -> None:
    assert (NOBODY.is_nobody, NOBODY.holds("steward"), NOBODY.institutions()) == (True, False, frozenset())
    assert not AT_SEVEN.is_nobody


def test_door_for_those_signed_in_sends_others_to_sign_in_and_back() -> None:
    door = signed_in(lambda request, key: HttpResponse(f"in, {key}"))
    request = RequestFactory().get("/agreements/a/?as_of=2019-08-31")

    request.actor = NOBODY
    sent = door(request, key="a")
    request.actor = AT_SEVEN
    let_in = door(request, key="a")

    assert (sent.status_code, sent.headers["Location"]) == (302, "/sign-in/?next=/agreements/a/%3Fas_of%3D2019-08-31")
    assert let_in.content == b"in, a"


def test_doors_say_who_may_pass() -> None:
    doors = [decorate(lambda request: HttpResponse()) for decorate in (signed_in, open_to_all)]

    assert [door.access for door in doors] == ["signed in", "everybody"]


def test_who_stands_in_is_two_persons_to_rules_about_ones_own_work() -> None:
    lent = Actor(2, "at seven", frozenset({Grant("officer", 7)}), for_person=9)

    assert (lent.persons, AT_SEVEN.persons, NOBODY.persons) == ({2, 9}, {2}, frozenset())


def test_way_back_after_signing_in_is_kept_whole() -> None:
    door = signed_in(lambda request: HttpResponse("in"))
    request = RequestFactory().get("/views/", {"q": "a&b=c", "next": "https://elsewhere.example/"})
    request.actor = NOBODY

    assert door(request).headers["Location"] == (
        "/sign-in/?next=/views/%3Fq%3Da%2526b%253Dc%26next%3Dhttps%253A%252F%252Felsewhere.example%252F"
    )
