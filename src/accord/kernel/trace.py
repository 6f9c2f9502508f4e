"""Which request is being answered, and for whom: the id and the names that history, logs and answers share.

Every audited write keeps what is said here beside it, written by the database: `request` (the id), `door` (the name
of the route, never the address, which may hold the key to a link), `person`, `for_person`, and outside requests
`command` or `job`. A write of which Accord was told nothing keeps the program and the database role instead.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast
from uuid import UUID

import pghistory
from django.http import HttpRequest, HttpResponse

from accord.kernel.access import Actor, Request

HEADER = "X-Request-ID"
READING = {"GET", "HEAD", "OPTIONS", "TRACE"}
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_request_id: ContextVar[str] = ContextVar("request_id", default="")

Step = Callable[[HttpRequest], HttpResponse]


def request_id() -> str:
    """Return the id of the request that is being answered, or of the job or command at hand; empty outside."""
    return _request_id.get()


def new_id() -> str:
    """Return a new id that sorts by time (UUID version 7)."""
    moment = int(time.time() * 1000) & (2**48 - 1)
    random = secrets.randbits(74)
    return str(UUID(int=moment << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (2**62 - 1)))


def acting(actor: Actor) -> None:
    """Tell the history who acts in this request, where that becomes known late: by a token or a link."""
    pghistory.context(**_names(actor))


@contextmanager
def at_work(**what: Any) -> Iterator[str]:
    """Tell the history, for what is written inside, which command or job does it; give the id that it is kept under."""
    token = _request_id.set(new_id())
    try:
        with pghistory.context(request=request_id(), **what):
            yield request_id()
    finally:
        _request_id.reset(token)


class RequestIdMiddleware:
    """Gives every request an id: the caller's own where it is well formed, a new one otherwise; the answer bears it."""

    def __init__(self, get_response: Step) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on under the id."""
        given = request.headers.get(HEADER, "")
        known = given if _WELL_FORMED.fullmatch(given) else new_id()
        cast("Request", request).request_id = known
        token = _request_id.set(known)
        try:
            response = self.get_response(request)
        finally:
            _request_id.reset(token)
        response[HEADER] = known
        return response


class TraceMiddleware:
    """Tells the history of every request that may write: its id, its door, who acts and for whom."""

    def __init__(self, get_response: Step) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; a request that only reads is not asked who it is, so that open pages stay cheap."""
        asked = cast("Request", request)
        with pghistory.context(request=asked.request_id):
            if request.method not in READING:
                acting(asked.actor)
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Note the door once it is known."""
        del view
        match = request.resolver_match
        if match is not None:
            pghistory.context(door=match.view_name)


def _names(actor: Actor) -> dict[str, Any]:
    names = {"person": actor.person_id, "for_person": actor.for_person}
    return {key: value for key, value in names.items() if value is not None}
