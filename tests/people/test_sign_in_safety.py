"""What signing in tells outsiders: nothing; and what a stolen password or session is worth."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpResponse
from django.test import Client
from tests.cast import PASSWORD, Cast

from accord.people.models import Account

pytestmark = pytest.mark.django_db
SIGN_IN, FORGOTTEN = "/sign-in/", "/sign-in/forgotten/"
KNOWN, UNKNOWN = "owner@example.org", "nobody@example.org"
WRONG = "a wrong sentence altogether"
LIMIT = 10
PASSING = {"Content-Length", "Expires", "X-Request-ID"}
"""Headers that differ between any two answers."""
NEW_PASSWORD = "another long sentence to come in"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    """Start with no attempts on record."""
    cache.clear()


def try_password(email: str, password: str = WRONG, **more: str) -> HttpResponse:
    """Try to sign in from a new browser."""
    return Client().post(SIGN_IN, {"username": email, "password": password, **more})


def outside(answer: HttpResponse, email: str) -> tuple[object, ...]:
    """Return all that an outsider sees of an answer, without what differs in every answer."""
    body = answer.content.decode().replace(email, "EMAIL")
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING}
    cookies = {name: len(one.value) for name, one in answer.cookies.items()}
    return answer.status_code, headers, cookies, body


def test_wrong_password_looks_the_same_for_known_and_unknown_addresses(cast: Cast) -> None:
    seen = [outside(try_password(email), email) for email in (KNOWN, UNKNOWN)]

    assert seen[0] == seen[1]
    assert seen[0][0] == 422


def test_wrong_password_costs_the_same_work_for_known_and_unknown_addresses(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = []
    encode = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    original = __import__("django.contrib.auth.hashers", fromlist=["x"]).MD5PasswordHasher.encode
    monkeypatch.setattr(encode, lambda self, *parts: (hashed.append(1), original(self, *parts))[1])

    work = []
    for email in (KNOWN, UNKNOWN):
        hashed.clear()
        try_password(email)
        work.append(len(hashed))

    assert work[0] == work[1] > 0


def test_forgotten_password_looks_the_same_and_sends_one_mail_either_way(cast: Cast) -> None:
    seen, sent = [], []
    for email in (KNOWN, UNKNOWN):
        client = Client()
        first = client.post(FORGOTTEN, {"email": email})
        second = client.get(first.headers["Location"])
        seen.append((outside(first, email), outside(second, email)))
        sent.append([one.to for one in mail.outbox])
        mail.outbox.clear()

    assert seen[0] == seen[1]
    assert sent == [[[KNOWN]], [[UNKNOWN]]]


def test_mail_to_an_unknown_address_has_no_way_in(cast: Cast) -> None:
    Client().post(FORGOTTEN, {"email": UNKNOWN})

    assert "There is no account with it." in mail.outbox[0].body
    assert "new-password" not in mail.outbox[0].body
    assert "没有" in mail.outbox[0].body or "账号" in mail.outbox[0].body


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_eleventh_try_is_refused_and_says_when_to_come_back(cast: Cast, email: str) -> None:
    answers = [try_password(email).status_code for _try in range(LIMIT)]
    last = try_password(email)

    assert answers == [422] * LIMIT
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 600
    assert re.search(r"Try again in (9|10) minutes", last.content.decode())


def test_right_password_is_refused_too_once_there_were_too_many_tries(cast: Cast) -> None:
    for _try in range(LIMIT):
        try_password(KNOWN)

    assert try_password(KNOWN, PASSWORD).status_code == 429
    assert try_password("partner@example.org", PASSWORD).status_code == 302


def test_refusal_looks_the_same_for_known_and_unknown_addresses(cast: Cast) -> None:
    seen = []
    for email in (KNOWN, UNKNOWN):
        for _try in range(LIMIT):
            try_password(email)
        status, headers, cookies, body = outside(try_password(email), email)
        headers.pop("Retry-After")
        seen.append((status, headers, cookies, re.sub(r"in \d+ minutes", "in N minutes", body)))

    assert seen[0] == seen[1]


@pytest.mark.django_db(transaction=True)
def test_twenty_tries_at_once_get_no_more_than_the_limit(transactional_db: None) -> None:
    def one(_number: int) -> int:
        try:
            return try_password(UNKNOWN).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(one, range(20)))

    assert answers.count(422) <= LIMIT
    assert set(answers) == {422, 429}


def test_attempts_are_counted_in_the_database_for_all_processes_together(cast: Cast) -> None:
    try_password(KNOWN)

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM people_cache")
        keys = " ".join(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'people_cache'")
        (kind,) = cursor.fetchone()

    assert "login_failed" in keys
    assert KNOWN not in keys
    assert kind == "u"


def link_in_mail(number: int = -1) -> str:
    """Return the address in a mail."""
    return re.search(r"http://testserver(/\S+)", mail.outbox[number].body)[1]


def set_new_password(password: str = NEW_PASSWORD) -> tuple[HttpResponse, str]:
    """Ask for a link, open it and set a new password; return the answer and the link."""
    Client().post(FORGOTTEN, {"email": KNOWN})
    link = link_in_mail()
    client = Client()
    moved = client.get(link)
    return client.post(moved.headers["Location"], {"password1": password}), link


def test_forgotten_password_is_set_anew_by_the_link_once(cast: Cast) -> None:
    answer, link = set_new_password()

    assert answer.status_code == 302
    assert try_password(KNOWN, NEW_PASSWORD).status_code == 302
    assert "This link has ended or was used." in Client().get(link).content.decode()


def test_new_password_ends_every_session_and_tells_by_mail(cast: Cast) -> None:
    set_new_password()

    assert get_user(cast.owner.client).is_anonymous
    assert mail.outbox[-1].subject.startswith("Your password was changed")


def test_short_password_is_refused(cast: Cast) -> None:
    answer, _link = set_new_password("short")

    assert answer.status_code == 422
    assert try_password(KNOWN, PASSWORD).status_code == 302


def test_change_of_password_ends_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    elsewhere = Client()
    elsewhere.post(SIGN_IN, {"username": KNOWN, "password": PASSWORD})

    answer = cast.owner.client.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert answer.status_code == 302
    assert not get_user(cast.owner.client).is_anonymous
    assert get_user(elsewhere).is_anonymous


@pytest.fixture
def second(cast: Cast) -> str:
    """Give the owner an authenticator app; return its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(Account.objects.get(email=KNOWN), secret)
    return secret


def code_of(secret: str, step: int = 0) -> str:
    """Return the code that the app shows now, or some steps later."""
    now = next(iter(totp.yield_hotp_counters_from_time())) + 1
    return totp.format_hotp_value(totp.hotp_value(secret, now + step))


def test_password_alone_does_not_open_an_account_with_a_second_factor(cast: Cast, second: str) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"username": KNOWN, "password": PASSWORD})

    assert answer.headers["Location"] == "/sign-in/second-factor/"
    assert get_user(client).is_anonymous
    assert client.get("/account/").status_code == 302


def test_code_opens_and_leads_where_one_was_going(cast: Cast, second: str) -> None:
    client = Client()
    client.post(SIGN_IN, {"username": KNOWN, "password": PASSWORD, "next": "/measures/?q=teams"})
    before = client.session.session_key

    wrong = client.post("/sign-in/second-factor/", {"code": "000000"})
    right = client.post("/sign-in/second-factor/", {"code": code_of(second)})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert right.headers["Location"] == "/measures/?q=teams"
    assert client.session.session_key != before


def test_code_works_once(cast: Cast, second: str) -> None:
    code = code_of(second)
    answers = []
    for _try in range(2):
        client = Client()
        client.post(SIGN_IN, {"username": KNOWN, "password": PASSWORD})
        answers.append(client.post("/sign-in/second-factor/", {"code": code}).status_code)

    assert answers == [302, 422]


def test_secret_of_the_app_is_encrypted_in_the_database(cast: Cast, second: str) -> None:
    kept = str(Authenticator.objects.values_list("data", flat=True).get())

    assert second not in kept
    assert second.lower() not in kept.lower()


def test_app_is_set_up_with_a_code_and_brings_recovery_codes(cast: Cast) -> None:
    client = cast.owner.client
    client.get("/account/app/")
    confirm = client.get("/account/app/").headers["Location"]
    client.post(confirm, {"password": PASSWORD})
    page = client.get("/account/app/")
    secret = page.context["form"].secret

    done = client.post("/account/app/", {"code": code_of(secret)})
    codes = client.get(done.headers["Location"])

    assert secret in page.content.decode()
    assert "<svg" in page.content.decode()
    assert len(codes.context["unused_codes"]) == 10
    assert recovers(codes.context["unused_codes"][0])
    assert not recovers(codes.context["unused_codes"][0])


def recovers(code: str) -> bool:
    """Say whether a recovery code lets the owner in."""
    client = Client()
    client.post(SIGN_IN, {"username": KNOWN, "password": PASSWORD})
    return client.post("/sign-in/second-factor/", {"code": code}).status_code == 302


@pytest.mark.parametrize(
    "path",
    ["/account/app/", "/account/passkeys/new/", "/account/recovery-codes/new/"],
)
def test_change_of_a_second_factor_asks_first_who_one_is(cast: Cast, path: str) -> None:
    answer = cast.owner.client.get(path)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/confirm/")


def test_address_changes_only_when_the_new_one_is_confirmed(cast: Cast) -> None:
    client = cast.owner.client
    asked = client.post("/account/address/", {"email": "new@example.org", "action_add": "1"})
    client.post(asked.headers["Location"], {"password": PASSWORD})

    assert Account.objects.filter(email=KNOWN).exists()
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post(link_in_mail())

    assert Account.objects.filter(email="new@example.org", person=cast.owner.person).exists()
    assert mail.outbox[-1].to == [KNOWN]
    assert try_password("new@example.org", PASSWORD).status_code == 302


def test_address_of_somebody_else_is_never_taken_over(cast: Cast) -> None:
    client = cast.owner.client
    asked = client.post("/account/address/", {"email": "partner@example.org", "action_add": "1"})
    client.post(asked.headers["Location"], {"password": PASSWORD})
    client.post(link_in_mail())

    assert Account.objects.get(person=cast.partner.person).email == "partner@example.org"
    assert Account.objects.get(person=cast.owner.person).email == KNOWN
