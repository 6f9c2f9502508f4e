"""Doors that open to a link: a person without an account does one thing to one record.

    @require_http_methods(["GET", "POST"])
    @by_link("research.give-reference")
    def reference(request: Request, link: FoundLink) -> HttpResponse: ...

under a route with the part `<str:token>`. Looking (GET) costs nothing; the operation that does the thing calls
`people.operations.use_link(link_id=link.pk, at=at)` inside its own transaction, so that the use and its effect stand
or fall together and one use is one effect. A link that is unknown, or made for another door, is 404 like any address
that leads nowhere; one that ended says how and whom to ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

import pghistory
from django.http import HttpResponse
from django.utils.functional import Promise

from accord.kernel import clock, trace
from accord.kernel.access import Actor, Request
from accord.kernel.announced import Announced
from accord.kernel.text import Bilingual

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link that may still be used: what it is for, whose it is, and that person as an actor without roles."""

    pk: int
    purpose: str
    record: str
    person: int
    person_name: Bilingual
    uses_left: int
    expires_at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class Purpose:
    """What links may be for: its words, the kind of record, and the route that takes the token."""

    code: str
    name: str | Promise
    kind: str
    route: str


purposes: Announced[Purpose] = Announced()
"""What links may be for, by code; contexts announce theirs."""

Find = Callable[[str, str, datetime], FoundLink]


class _Keeper:
    """Asks whoever keeps links; the doors of every context find theirs here."""

    def __init__(self) -> None:
        """Know nobody until the keeper is ready."""
        self._find: Mapping[str, Find] = {}

    def announce(self, find: Find) -> None:
        """Say who finds a link by token and purpose; it raises `NotThere` or a refusal that says how the link ended."""
        self._find = {"find": find}

    def find(self, token: str, purpose: str, at: datetime) -> FoundLink:
        """Return the link."""
        return self._find["find"](token, purpose, at)


keeper = _Keeper()


def by_link(
    purpose: str,
) -> Callable[[Callable[Concatenate[Request, FoundLink, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Let through this door only who holds a link made for the purpose; the view gets the link for the token."""

    def decorate(view: Callable[Concatenate[Request, FoundLink, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def door(request: Request, /, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            link = keeper.find(token, purpose, clock.now(request.world))
            trace.acting(link.actor)
            pghistory.context(link=link.pk)
            answer = view(request, link, *args, **kwargs)
            answer.headers["Cache-Control"] = "no-store, private"
            answer.headers["X-Robots-Tag"] = "noindex"
            return answer

        door.access = "link"  # type: ignore[attr-defined]
        return door

    return decorate
