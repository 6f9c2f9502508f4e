"""One's own account: sessions, language and time zone, and providers that are listed wrongly."""

import re
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import PASSWORD, Cast, moment

from accord.config import providers
from accord.config.env import UnreadableSettingError
from accord.kernel.refused import Refused
from accord.people import operations as people
from accord.people.models import Account

SIGN_IN = "/sign-in/"
OWNER = "owner@example.org"


@pytest.fixture(autouse=True)
def _nothing_counted(request: pytest.FixtureRequest) -> None:
    """Start with no attempts on record, where a test uses the database."""
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        cache.clear()


def enter(agent: str = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36", **cookies: str) -> Client:
    """Sign in as the owner from a new browser."""
    client = Client(headers={"user-agent": agent})
    for name, value in cookies.items():
        client.cookies[name] = value
    client.post(SIGN_IN, {"username": OWNER, "password": PASSWORD})
    return client


def test_sessions_are_listed_and_one_is_ended(cast: Cast) -> None:
    here, there = enter(), enter("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1")
    page = here.get("/account/sessions/").content.decode()
    other = UserSession.objects.get(session_key=there.session.session_key)

    asked = here.get(f"/account/sessions/{other.pk}/end/")
    assert (asked.status_code, get_user(there).is_anonymous) == (200, False)
    here.post(f"/account/sessions/{other.pk}/end/")

    assert "Chrome on Linux" in page
    assert "Safari on iPhone" in page
    assert get_user(there).is_anonymous
    assert not get_user(here).is_anonymous


def test_all_other_sessions_end_at_once(cast: Cast) -> None:
    here, others = enter(), [enter() for _browser in range(3)]

    here.post("/account/sessions/end-others/")

    assert [get_user(one).is_anonymous for one in others] == [True] * 3
    assert not get_user(here).is_anonymous


def test_session_of_somebody_else_is_out_of_reach(cast: Cast) -> None:
    enter()
    theirs = UserSession.objects.get()

    cast.partner.client.post(f"/account/sessions/{theirs.pk}/end/")

    assert UserSession.objects.filter(pk=theirs.pk).exists()
    with pytest.raises(Refused):
        people.end_session(account=cast.partner.person.account, session=theirs.pk, at=theirs.created_at)


def test_language_and_zone_follow_the_account_to_another_browser(cast: Cast) -> None:
    enter().post("/account/settings/", {"language": "zh-hans", "time_zone": "Asia/Shanghai"})

    elsewhere = enter(django_language="en", accord_zone="UTC").get("/account/sessions/").content.decode()

    assert '<html lang="zh-Hans"' in elsewhere
    assert "CST" in elsewhere


def test_choice_in_the_frame_is_kept_on_the_account(cast: Cast) -> None:
    client = enter()
    client.post("/display/language/", {"language": "zh-hans", "next": "/"})
    client.post("/display/", {"zone": "Europe/London", "next": "/"})

    account = Account.objects.get(email=OWNER)
    assert (account.language, account.time_zone) == ("zh-hans", "Europe/London")


def test_visitor_keeps_choices_in_cookies(cast: Cast, client: Client) -> None:
    client.post("/display/language/", {"language": "zh-hans", "next": "/"})

    assert '<html lang="zh-Hans"' in client.get(SIGN_IN).content.decode()
    assert not Account.objects.exclude(language="").exists()


def test_unknown_zone_is_refused(cast: Cast) -> None:
    account = cast.owner.person.account

    with pytest.raises(people.UnknownChoice):
        people.change_settings(account=account, language="fr", time_zone="UTC", at=account.last_login)


def test_account_page_costs_the_same_with_many_sessions(cast: Cast) -> None:
    client = enter()
    client.get("/account/sessions/")
    with CaptureQueriesContext(connection) as few:
        client.get("/account/sessions/")
    for _browser in range(8):
        enter()
    with CaptureQueriesContext(connection) as many:
        page = client.get("/account/sessions/").content.decode()

    assert page.count("End this session") == 8
    assert len(few) == len(many) <= 12


GOOD = "{id: uni, kind: oidc, name: University, issuer: https://login.example.org, client-id: accord}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- {id: uni", "is no YAML"),
        ("[1, 2]", "holds no list"),
        (f"- {GOOD}\n- {GOOD}", "the id 'uni' twice"),
        ("- {kind: oidc}", "provider number 1: 'id' is missing"),
        ("- {id: U N I, kind: oidc}", "cannot stand in an address"),
        ("- {id: uni, kind: ldap}", "the kind 'ldap' is unknown"),
        (f"- {GOOD[:-1]}, sekret: x}}", "'sekret' is unknown"),
        (f"- {GOOD[:-1]}, newcomers: perhaps}}", "'newcomers' is 'perhaps'"),
        (f"- {GOOD[:-1]}, secret-file: /no/such/file}}", "cannot be read"),
        (f"- {GOOD.replace('https', 'http')}", "'issuer' is 'http://login.example.org'"),
        ("- {id: a, kind: saml, name: A, entity-id: x, metadata: /no/such/file}", "cannot be read"),
        ("- {id: a, kind: cas, name: A}", "'server' is missing"),
        ("/no/such/list.yaml", "cannot be read"),
    ],
)
def test_provider_listed_wrongly_stops_the_start_and_says_how_to_mend_it(written: str, said: str) -> None:
    with pytest.raises(UnreadableSettingError) as error:
        providers.read(written)

    assert str(error.value).startswith("ACCORD_PROVIDERS")
    assert said in str(error.value)
    assert re.search(r"(Add|Set|Use|Give|Name|Begin|Mend|Known)\b", str(error.value))


def test_list_comes_from_a_file_with_names_in_both_languages(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    listed = tmp_path / "providers.yaml"
    listed.write_text(
        f"- {{id: uni, kind: oidc, name: {{en: University, zh-hans: 大学}}, issuer: 'https://login.example.org',"
        f" client-id: accord, secret-file: '{secret}'}}\n",
        encoding="utf-8",
    )

    (one,) = providers.read(str(listed))

    assert one.name == {"en": "University", "zh-hans": "大学"}
    assert (one.newcomers, one.app["secret"], one.issuer) == (False, "s3cret", "https://login.example.org")
    assert "s3cret" not in repr(one)


def test_lost_second_factor_is_taken_away_and_every_session_ends(cast: Cast) -> None:
    account = Account.objects.get(email=OWNER)
    client = enter()
    totp.TOTP.activate(account, totp.generate_totp_secret())

    taken = people.take_away_second_factor(account=account, at=moment(date(2026, 1, 1)))
    again = people.take_away_second_factor(account=account, at=moment(date(2026, 1, 1)))

    assert (taken, again) == (1, 0)
    assert get_user(client).is_anonymous
    assert not get_user(enter()).is_anonymous
