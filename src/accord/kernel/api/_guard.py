"""Who asks, and whether the request may go on: known, within the allowance, in scope, of a kind that is taken."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Actor, Request
from accord.kernel.api._throttle import Allowance, take
from accord.kernel.api._versions import is_new_only
from accord.kernel.api.problems import wrong_parameter
from accord.kernel.api.refusals import (
    CsrfMissing,
    NotKnown,
    ScopeMissing,
    TooLarge,
    TooMany,
    VersionMissing,
    WrongInput,
    WrongMediaType,
)
from accord.kernel.trace import acting

READ, WRITE = "read", "write"
MULTIPART = "multipart/form-data"
SAFE = frozenset({"GET", "HEAD"})
STRANGERS_PART = 10
"""Requests that show nothing valid get a tenth of the allowance, by address."""


class TokenActor(Protocol):
    """Who a personal access token acts for, and what it opens."""

    @property
    def actor(self) -> Actor:
        """Return the person with their roles."""

    @property
    def scopes(self) -> Collection[str]:
        """Return what the token opens."""

    @property
    def token_id(self) -> int:
        """Return which token it is."""


class FindToken(Protocol):
    """Finds who a token acts for; None where it opens nothing (any more)."""

    def __call__(self, secret: str, /, *, at: datetime) -> TokenActor | None:
        """Look the token up."""


@dataclass(slots=True)
class Entry:
    """How a request came in: as whom it counts, by which token if any, and what its answer's headers say."""

    caller: str
    token: TokenActor | None = None
    headers: dict[str, str] = field(default_factory=dict)


class ApiRequest(Request):
    """A request that has passed the guard."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Door:
    """What one operation asks of a request, beside what its parameters say.

    `may` is the permission that decides, as `permissions` announce it, or nothing where being known is enough.
    `is_secret` says that the answer holds a secret: it is kept nowhere, the operation gives it again by the same key.
    """

    scope: str
    may: str = ""
    creates: bool = False
    matches: bool = False
    may_be_new: bool = False
    body: str = ""
    is_secret: bool = False


class Guard:
    """Lets requests in; one for the whole API."""

    def __init__(self, find_token: FindToken) -> None:
        """Keep how tokens are found."""
        self.find_token = find_token

    def admit(self, request: HttpRequest, door: Door, parameters: Collection[str]) -> ApiRequest:
        """Let a request through a door, or refuse it; the refusals are those of `refusals`."""
        asked = cast("ApiRequest", request)
        at = clock.now()
        self._know(asked, at)
        _spend(asked, asked.entry.caller, settings.API_LIMIT, at)
        _check_scope(asked, door)
        _check_body(asked, door)
        _check_parameters(asked, parameters)
        if door.matches and "If-Match" not in asked.headers and not (door.may_be_new and is_new_only(asked)):
            raise VersionMissing
        return asked

    def _know(self, request: ApiRequest, at: datetime) -> None:
        """Say who asks: by token where one is shown, else by the page's session."""
        try:
            token = self._token(request, at)
        except NotKnown:
            address = f"address:{_address(request)}"
            request.entry = Entry(address)
            _spend(request, address, max(settings.API_LIMIT // STRANGERS_PART, 1), at)
            raise
        if token is not None:
            request.actor = token.actor
            acting(token.actor)
            request.entry = Entry(f"token:{token.token_id}", token)
            return
        request.entry = Entry(f"person:{request.actor.person_id}")
        if request.method not in SAFE and _lacks_mark(request):
            raise CsrfMissing

    def _token(self, request: ApiRequest, at: datetime) -> TokenActor | None:
        """Return who the shown token acts for; None where none is shown and a page's session does."""
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if not scheme and request.actor.is_nobody:
            raise NotKnown
        if not scheme:
            return None
        known = self.find_token(secret.strip(), at=at) if scheme.lower() == "bearer" and secret.strip() else None
        if known is None:
            raise NotKnown(
                _("This token opens nothing: it is unknown, was revoked or has expired. Make a new one."),
                error="invalid_token",
            )
        return known


def _address(request: ApiRequest) -> str:
    """Return where a request comes from; behind proxies that are ours, what the outermost of them saw."""
    ours: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return seen[-ours][:64] if 0 < ours <= len(seen) else str(request.META.get("REMOTE_ADDR", ""))


def _spend(request: ApiRequest, caller: str, limit: int, at: datetime) -> Allowance:
    """Count the request against the caller's allowance."""
    allowance = take(caller=caller, limit=limit, at=at)
    request.entry.headers.update(allowance.headers)
    if allowance.is_spent:
        raise TooMany(allowance.wait)
    return allowance


def _check_scope(request: ApiRequest, door: Door) -> None:
    """Refuse a token that was made for less."""
    token = request.entry.token
    if token is not None and not {door.scope, WRITE} & set(token.scopes):
        raise ScopeMissing(door.scope)


def _check_body(request: ApiRequest, door: Door) -> None:
    """Refuse a body that is too large or of another kind before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    at_most: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if door.body == MULTIPART:
        at_most += settings.FILE_BYTES
    if length.isdecimal() and int(length) > at_most:
        raise TooLarge(at_most)
    if door.body and request.content_type != door.body:
        raise WrongMediaType(door.body)


def _check_parameters(request: ApiRequest, known: Collection[str]) -> None:
    """Refuse parameters that the operation does not have, and characters that no text has."""
    unknown = [name for name in request.GET if name not in known]
    errors = [
        {"parameter": name[:100], "in": "query", "detail": str(_("There is no such parameter."))} for name in unknown
    ]
    if errors:
        raise WrongInput(errors=errors)
    for name, values in request.GET.lists():
        if any("\x00" in value for value in values):
            raise wrong_parameter(name, _("Remove the invisible characters."))
        if len(values) > 1:
            raise wrong_parameter(name, _("Send this once."))


class _Mark(CsrfViewMiddleware):
    """Django's own check of a page's mark, which answers instead of refusing."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        del request
        return HttpResponseForbidden(reason)


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _lacks_mark(request: HttpRequest) -> bool:
    """Say whether a session's request lacks the mark of one of our pages."""
    mark = _Mark(_nothing)
    mark.process_request(request)
    return mark.process_view(request, _nothing, (), {}) is not None
