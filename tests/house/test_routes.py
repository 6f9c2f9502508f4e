"""Every route has a name and says who may come in; a closed door is really closed."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# Doors that open to everybody, with the reason. Everything else asks who comes.
OPEN_TO_ALL = {
    "api-beyond:unknown": "says that the API has no such address",
    "api-pages:openapi": "describes the API, and no records",
    "api-pages:operation": "describes the API, and no records",
    "api-pages:overview": "describes the API, and no records",
    "api-pages:problem": "explains an error, and no records",
    "api-pages:problems": "explains errors, and no records",
    "outbox:unsubscribe": "the signed address at a mail's end is the key; mail programs post there by themselves",
    "people:new-account": "whoever came from an open call opens an account; the answer tells nothing of others",
    "people:invitation": "the token in the address is the key; unknown ones are 404",
    "people:reset-password": "the token in the address is the key",
    "people:confirm-address": "the token in the address is the key",
    "account_login": "one comes here to say who one is",
    "account_logout": "leaving needs no permission",
    "account_signup": "says how one gets an account, and no more",
    "account_inactive": "says that an account is closed, and no more",
    "account_reset_password": "one comes here because one cannot sign in; answers are alike for every address",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the same",
    "account_reset_password_from_key_done": "the same",
    "account_confirm_email": "the key in the address is the key",
    "account_email_verification_sent": "says to look into the mail, and no more",
    "mfa_authenticate": "opens only in the middle of signing in",
    "mfa_login_webauthn": "one comes here to say who one is",
    "socialaccount_login_cancelled": "says that nobody was signed in",
    "socialaccount_login_error": "the same",
    "socialaccount_signup": "opens only for whom an identity provider vouched",
    "openid_connect_login": "one comes here to say who one is",
    "openid_connect_callback": "the same",
    "saml_login": "the same",
    "saml_acs": "the same",
    "saml_finish_acs": "the same",
    "saml_sls": "leaving needs no permission",
    "saml_metadata": "public by its nature: the provider reads it",
    "cas_login": "one comes here to say who one is",
    "cas_callback": "the same",
    "demo:simulated": "says how the simulated part of a demo world was made, and no more",
    "files:get": "good for five minutes; the signed address is the key",
    "measures:badge": "published by choice; the token in the address is the key",
    "measures:public-board": "published by choice; the token in the address is the key",
    "people:demo-role": "refuses outside a demo world",
    "people:sign-in": "one comes here to say who one is",
    "people:sign-out": "leaving needs no permission",
    "portal:search": "finds what the reader may see; of visitors, what is public",
    "portal:suggest": "the same",
    "portal:healthz": "says only whether the server answers",
    "probes:metrics": "asks for the token, or for a question from this very machine",
    "probes:readyz": "says only whether requests can be answered here",
    "portal:home": "shows what the reader may know of, which may be nothing",
    "portal:what-is-real": "says what is real here, and no more",
    "programmes:audit-file": "a published result is repeated by whoever wants to; references stand in place of names",
    "programmes:begin": "shows visitors the way to an account; an application begins for whoever is signed in",
    "programmes:call": "a published call is for everybody; one that is prepared is there for its office alone",
    "programmes:calls": "lists what everybody may apply for",
    "programmes:draw": "whoever was told apart from others by a draw may repeat it; references stand in place of names",
    "programmes:draw-file": "the same, as a file",
    "programmes:result-of-call": "how places were given out, in numbers and rules, for everybody; no names",
    "programmes:who-may": "checks answers against the rules of a published call and keeps nothing",
    "ui:display": "keeps the reader's choice of language, zone and theme",
    "ui:style": "samples only",
    "ui:style_check": "samples only",
    "ui:style_clash": "samples only",
    "ui:style_form": "samples only",
    "ui:theme": "keeps the reader's choice of theme",
    "workspace:door": "the code on the door is the key; it shows what everybody in the house may know",
    "workspace:feed-file": "a calendar reads it without signing in; the token in the address is the key",
}
SAMPLES = {
    "int": 1,
    "str": "sample",
    "slug": "sample",
    "uuid": "6f1c2b1e-7d0f-4c55-9a52-0d4f4f7f6c11",
    "path": "sample",
}


class Route(NamedTuple):
    """A path with its full name, its view, and the kinds of its parts (`{"key": "slug"}`)."""

    name: str
    view: Callable[..., HttpResponse]
    parts: dict[str, str]

    @property
    def access(self) -> str:
        """Who may come in, as the view's decorator says."""
        return getattr(self.view, "access", "")


def routes() -> list[Route]:
    """Return every route whose view is Accord's."""
    every = _walk(get_resolver().url_patterns, "", {})
    return [route for route in every if getattr(route.view, "__module__", "").startswith("accord.")]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, parts: dict[str, str]) -> Iterator[Route]:
    for pattern in patterns:
        found = parts | {name: _kind(one) for name, one in pattern.pattern.converters.items()}
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix, found
            )
        else:
            yield Route(f"{prefix}{pattern.name or ''}", pattern.callback, found)


def _kind(converter: object) -> str:
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def test_every_route_has_a_name() -> None:
    unnamed = [route.view.__name__ for route in routes() if route.name.endswith(":") or not route.name]

    assert routes() != []
    assert unnamed == []


def test_every_door_says_who_may_come_in() -> None:
    silent = [route.name for route in routes() if not route.access]

    assert silent == []


def test_doors_are_open_to_all_for_a_written_reason_only() -> None:
    is_open = {route.name for route in routes() if route.access == "everybody"}

    assert is_open == set(OPEN_TO_ALL)


@pytest.mark.django_db
def test_closed_doors_send_a_stranger_to_sign_in(client: Client) -> None:
    sign_in = resolve_url(settings.LOGIN_URL)
    closed = [route for route in routes() if route.access == "signed in"]

    answers = {route.name: [_reaction(one, sign_in) for one in _knock(client, route)] for route in closed}

    assert closed != []
    let_in = {name: seen for name, seen in answers.items() if set(seen) - {"sign in", "405"} or "sign in" not in seen}
    assert let_in == {}


@pytest.mark.django_db
def test_doors_by_link_are_not_there_for_whoever_has_none(client: Client) -> None:
    by_link = [route for route in routes() if route.access == "link"]

    answers = {route.name: {answer.status_code for answer in _knock(client, route)} for route in by_link}

    assert by_link != []
    assert {name: seen for name, seen in answers.items() if not {404} <= seen <= {404, 405}} == {}


def _reaction(answer: HttpResponse, sign_in: str) -> str:
    """Say what a door did: sent the stranger to sign in, or its status (405 where it has no such method)."""
    sent = answer.status_code == 302 and answer["Location"].startswith(sign_in)
    return "sign in" if sent else str(answer.status_code)


def _knock(client: Client, route: Route) -> Iterator[HttpResponse]:
    address = reverse(route.name, kwargs={name: SAMPLES[kind] for name, kind in route.parts.items()})
    yield client.get(address)
    yield client.post(address)


def test_every_operation_of_the_api_says_what_it_asks() -> None:
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    operations = api.operations()
    scopes = {one.operation_id: one.door.scope for one in operations}
    methods = {one.operation_id: one.methods for one in operations}

    assert operations != []
    assert {name for name, scope in scopes.items() if scope not in {"read", "write"}} == set()
    assert {name for name, one in methods.items() if "GET" in one and scopes[name] != "read"} == set()
    unmatched = [
        one.operation_id for one in operations if {"PUT", "PATCH", "DELETE"} & set(one.methods) and not one.door.matches
    ]
    assert unmatched == []


@pytest.mark.django_db
def test_operations_of_the_api_are_closed_to_a_stranger(client: Client) -> None:
    from accord.config.api import api  # noqa: PLC0415 (models exist only once Django is set up)

    answers = {
        one.operation_id: client.generic(
            one.methods[0],
            f"/api/v1{one.path}".replace("{", "").replace("}", ""),
            REMOTE_ADDR=f"192.0.2.{number}",  # each from elsewhere: strangers may ask little
        ).status_code
        for number, one in enumerate(api.operations())
        if "number" not in one.path
    }

    assert set(answers.values()) == {401}
