"""Every answer bears the headers that keep browsers safe, whatever made it; and HTTPS is kept to where it is on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from tests.cast import Cast
from tests.house.test_routes import SAMPLES, routes

from accord.agreements import operations as agreements
from accord.config.urls import urlpatterns as house

ROOT = Path(__file__).parents[2]
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


def breaks(request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise RuntimeError


urlpatterns = [path("breaks/", breaks), *house]


def lacking(answer: HttpResponse) -> list[str]:
    """Return which headers an answer lacks, or bears otherwise."""
    found = [name for name, value in EVERYWHERE.items() if answer.headers.get(name) != value]
    if answer.headers.get("Cross-Origin-Resource-Policy") not in {"same-origin", "cross-origin"}:
        found.append("Cross-Origin-Resource-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    policy = answer.headers.get("Content-Security-Policy", "")
    if not {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; ")):
        found.append("Content-Security-Policy")
    if "unsafe" in policy or "*" in policy:
        found.append("a strict Content-Security-Policy")
    return found


def knocks(client: Client) -> Iterator[tuple[str, Callable[[], HttpResponse]]]:
    """Yield a question at every route, at every operation of the API, at errors and at static files."""
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    for route in routes():
        address = reverse(route.name, kwargs={name: SAMPLES[kind] for name, kind in route.parts.items()})
        yield route.name, lambda address=address: client.get(address)
    for one in api.operations():
        address = f"/api/v1{one.path}".replace("{", "").replace("}", "")
        yield one.operation_id, lambda address=address, one=one: client.generic(one.methods[0], address)
    yield "a page that is not there", lambda: client.get("/nowhere/at/all/")
    yield "a method that is not there", lambda: client.put("/")
    yield "a static file", lambda: client.get("/static/ui/accord.css")
    yield "a static file that is not there", lambda: client.get("/static/ui/nothing.css")
    yield "a fault", lambda: client.get("/breaks/")
    yield "a fault's page", lambda: client.get("/", HTTP_HOST="unheard-of.example")


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.config.test_front")
def test_every_answer_bears_the_headers(cast: Cast) -> None:
    client = cast.steward.client
    client.raise_request_exception = False

    answers = {name: knock() for name, knock in knocks(client)}

    assert len(answers) > 200
    assert {name: lacking(one) for name, one in answers.items() if lacking(one)} == {}


@pytest.mark.django_db
def test_badge_alone_may_stand_on_other_sites(cast: Cast, client: Client) -> None:
    opened = agreements.set_public(
        agreement=cast.agreement,
        version=cast.agreement.version,
        public=True,
        by=cast.owner.person,
        at=cast.agreement.applied_at,
    )
    badge = client.get(reverse("measures:badge", args=[opened.public_token]))
    page = client.get("/")

    assert badge.status_code == 200
    assert badge.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"


HTTPS = override_settings(
    SECURE_SSL_REDIRECT=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    SECURE_HSTS_SECONDS=31_536_000,
    SECURE_HSTS_INCLUDE_SUBDOMAINS=True,
)


@pytest.mark.django_db
@HTTPS
def test_plain_request_is_sent_to_https_and_one_by_the_proxy_is_answered(client: Client) -> None:
    plain = client.get("/")
    safe = client.get("/", HTTP_X_FORWARDED_PROTO="https")

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/")
    assert safe.status_code == 200
    assert safe.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@HTTPS
def test_monitor_asks_without_https_and_by_number(client: Client) -> None:
    assert client.get("/healthz", HTTP_HOST="10.0.0.7:8000").status_code == 200


def test_check_deploy_finds_nothing_where_https_is_on(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ACCORD_")}
    kept |= {
        "ACCORD_HTTPS": "true",
        "ACCORD_HOSTS": "accord.example.org",
        "ACCORD_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }

    ended = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env=kept | {"DJANGO_SETTINGS_MODULE": "accord.config.settings"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ended.returncode, ended.stdout) == (0, "System check identified no issues (1 silenced).\n"), ended.stderr


def test_silenced_is_only_what_the_settings_give_a_reason_for() -> None:
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W021"]
