"""What tests of the API stand on: the cast, each with an access token, and a caller that speaks JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast, Member

from accord.kernel.secret import new_access_token
from accord.people import operations as people

ROOT = "/api/v1"
AGREEMENT = f"{ROOT}/agreements/chengdu-cass"


@dataclass
class Caller:
    """A program that calls the API with a token, or as nobody."""

    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send a request; a body that is no text goes as JSON. `if_match` is the header If-Match."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = sent.pop("content-type", "application/json")
        if self.token:
            sent["authorization"] = f"Bearer {self.token}"
        text = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        address = path if path.startswith("/api") else ROOT + path
        return self.client.generic(method, address, text, content_type=kind if text else "", headers=sent)

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Read."""
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Create or act."""
        return self("POST", path, body, **headers)


def caller_for(member: Member, *scopes: str, days: int = 30) -> Caller:
    """Make a token for a person and a caller that shows it."""
    now = datetime.now(UTC)
    secret = new_access_token()
    people.make_token(
        by=member.person,
        name="test",
        scopes=scopes or ("read", "write"),
        expires_at=now + timedelta(days=days),
        secret=secret,
        at=now,
    )
    return Caller(secret)


def pointers(answer: Any) -> list[str]:
    """Return the places of the body that a refusal names."""
    return [one["pointer"] for one in answer.json().get("errors", [])]


@pytest.fixture
def owner(cast: Cast) -> Caller:
    """Officer of the party that enters deliveries."""
    return caller_for(cast.owner)


@pytest.fixture
def partner(cast: Cast) -> Caller:
    """Officer of the other party."""
    return caller_for(cast.partner)


@pytest.fixture
def outsider(cast: Cast) -> Caller:
    """Officer of an institution that is no party."""
    return caller_for(cast.outsider)


@pytest.fixture
def nobody(db: None) -> Caller:
    """A program without a token."""
    return Caller()


@pytest.fixture(autouse=True)
def _plenty(settings: Any) -> None:
    """Let tests call as often as they like; the limit has tests of its own."""
    settings.API_LIMIT = 1_000_000


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Keep the connection, and with it the test's transaction, from request to request of a plain WSGI application."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
