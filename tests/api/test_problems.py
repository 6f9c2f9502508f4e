"""Every error is a problem, also those of the layers around the API."""

import pytest
from django.test import Client
from tests.api.conftest import AGREEMENT, ROOT, Caller, caller_for
from tests.cast import Cast

from accord.kernel.api.problems import kinds

MEETING = {"kind": "visit", "title": {"en": "A visit"}, "held_on": "2019-09-20", "attendees": 12}
NEW = f"{AGREEMENT}/engagements"


def test_unknown_addresses_and_methods_are_problems(owner: Caller, nobody: Caller) -> None:
    answers = [nobody.get("/api/v1/nothing"), nobody.get("/api/v2/"), owner("TRACE", AGREEMENT), owner("PUT", "/me")]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (404, "no-such-path"),
        (404, "no-such-path"),
        (405, "method-not-allowed"),
        (405, "method-not-allowed"),
    ]
    assert {one.headers["Content-Type"] for one in answers} == {"application/problem+json"}
    assert answers[2].headers["Allow"] == "GET, HEAD, PATCH"


def test_problem_has_the_members_that_the_standard_names(outsider: Caller) -> None:
    answer = outsider.get(AGREEMENT)

    problem = answer.json()
    assert problem.pop("request_id") == answer.headers["X-Request-ID"]
    assert problem == {
        "type": "http://testserver/api/problems/not-there/",
        "title": "Not there",
        "status": 404,
        "detail": "There is no agreement of this name among those you may see.",
        "instance": AGREEMENT,
        "code": "not-there",
    }


def test_detail_is_in_the_readers_language(nobody: Caller) -> None:
    english, chinese = nobody.get("/me"), nobody.get("/me", accept_language="zh-hans")

    assert english.json()["detail"] != chinese.json()["detail"]
    assert chinese.headers["Content-Language"] == "zh-hans"


def test_who_is_not_known_is_told_how_to_become_known(nobody: Caller) -> None:
    without, wrong = nobody.get("/me"), Caller("accord_abcdefgh_none").get("/me")

    assert (without.status_code, wrong.status_code) == (401, 401)
    assert without.headers["WWW-Authenticate"] == 'Bearer realm="accord"'
    assert wrong.headers["WWW-Authenticate"] == 'Bearer realm="accord", error="invalid_token"'


def test_token_that_may_read_does_not_write(cast: Cast) -> None:
    reader = caller_for(cast.owner, "read")

    read, written = reader.get(AGREEMENT), reader.post(NEW, MEETING)

    assert (read.status_code, written.status_code, written.json()["code"]) == (200, 403, "scope-missing")


def test_page_session_needs_the_pages_mark_to_write(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=True)
    strict.cookies = cast.owner.client.cookies
    strict.get("/display/")
    mark = strict.cookies["csrftoken"].value

    read = strict.get(AGREEMENT)
    without = strict.post(NEW, MEETING, content_type="application/json")
    with_mark = strict.post(NEW, MEETING, content_type="application/json", headers={"x-csrftoken": mark})

    assert (read.status_code, without.status_code, with_mark.status_code) == (200, 403, 201)
    assert without.json()["code"] == "csrf-missing"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "unreadable"),
        ("[1]", "application/json", 400, "unreadable"),
        ('{"attendees": NaN}', "application/json", 400, "unreadable"),
        ('{"place": "\\ud800"}', "application/json", 400, "unreadable"),
        (b'{"place": "\xff"}', "application/json", 400, "unreadable"),
        ("kind=visit", "application/x-www-form-urlencoded", 415, "wrong-media-type"),
        ("x" * (2 * 1024 * 1024 + 1), "application/json", 413, "too-large"),
    ],
)
def test_body_that_cannot_be_read_is_refused(
    owner: Caller, body: str | bytes, kind: str, status: int, code: str
) -> None:
    answer = owner.post(NEW, body, content_type=kind)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_each_wrong_field_is_named(owner: Caller) -> None:
    sent = {"kind": "party", "title": {"en": "A", "fr": "B"}, "held_on": "20 Sep", "attendees": 0, "more": 1}

    answer = owner.post(NEW, sent)

    places = [one["pointer"] for one in answer.json()["errors"]]
    assert answer.status_code == 422
    assert places == ["#/kind", "#/title/fr", "#/held_on", "#/attendees", "#/more"]
    assert answer.json()["errors"][-1]["detail"] == "There is no such field. Leave it out."


def test_refusal_of_an_operation_names_its_field(owner: Caller) -> None:
    answer = owner.post(NEW, {**MEETING, "held_on": "2999-01-01"})

    assert (answer.status_code, answer.json()["code"]) == (422, "engagement-in-future")
    assert answer.json()["errors"] == [{"pointer": "#/held_on", "detail": answer.json()["detail"]}]


@pytest.mark.parametrize(
    "query", ["colour=red", "limit=0", "limit=201", "q=%00", "kind=party", "since=1", "limit=1&limit=2"]
)
def test_wrong_parameter_is_refused_by_name(owner: Caller, query: str) -> None:
    answer = owner.get(f"{NEW}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-input")
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]


def test_fault_of_ours_is_a_problem_that_tells_no_secret(owner: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr("accord.agreements.queries.find_agreement", fail)
    owner.client.raise_request_exception = False

    answer = owner.get(AGREEMENT)

    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert b"swordfish" not in answer.content


def test_every_kind_of_problem_has_its_page(client: Client, db: None) -> None:
    pages = {one.code: client.get(f"/api/problems/{one.code}/") for one in kinds()}

    assert len(pages) > 20
    assert {code for code, page in pages.items() if page.status_code != 200} == set()
    assert client.get("/api/problems/nonsense/").status_code == 404


def test_host_that_is_not_ours_is_a_problem_too(nobody: Caller) -> None:
    answer = nobody.client.get(f"{ROOT}/me", headers={"host": "evil.example"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
