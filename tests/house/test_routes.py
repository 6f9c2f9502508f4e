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
    "demo:simulated": "says how the simulated part of a demo world was made, and no more",
    "measures:badge": "published by choice; the token in the address is the key",
    "measures:public-board": "published by choice; the token in the address is the key",
    "people:demo-role": "refuses outside a demo world",
    "people:sign-in": "one comes here to say who one is",
    "people:sign-out": "leaving needs no permission",
    "portal:healthz": "says only whether the server answers",
    "portal:home": "shows what the reader may know of, which may be nothing",
    "portal:what-is-real": "says what is real here, and no more",
    "ui:display": "keeps the reader's choice of language, zone and theme",
    "ui:style": "samples only",
    "ui:style_check": "samples only",
    "ui:style_clash": "samples only",
    "ui:style_form": "samples only",
    "ui:theme": "keeps the reader's choice of theme",
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


def _reaction(answer: HttpResponse, sign_in: str) -> str:
    """Say what a door did: sent the stranger to sign in, or its status (405 where it has no such method)."""
    sent = answer.status_code == 302 and answer["Location"].startswith(sign_in)
    return "sign in" if sent else str(answer.status_code)


def _knock(client: Client, route: Route) -> Iterator[HttpResponse]:
    address = reverse(route.name, kwargs={name: SAMPLES[kind] for name, kind in route.parts.items()})
    yield client.get(address)
    yield client.post(address)
