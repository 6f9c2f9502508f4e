"""How a request is sent: again where that is safe, page after page where it is a list."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar
from urllib.parse import quote

import httpx

from accord_client._problems import Problem

Data = TypeVar("Data")
AGAIN = frozenset({429, 502, 503, 504})
IN_FLIGHT = "key-in-flight"
NO_CONTENT, NOT_MODIFIED, FIRST_ERROR = 204, 304, 400
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Answer(Generic[Data]):
    """What the API answered: the data, its ETag, where it stands, and whether it was made by an earlier request."""

    data: Data
    etag: str = ""
    location: str = ""
    was_replayed: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be sent, under a name, with a word about it."""

    name: str
    content: bytes
    note: str = ""


class Unchanged(Exception):  # noqa: N818 (good news, not an error)
    """The version that you have still holds; raised only where `if_none_match` was given."""


class Calls:
    """Sends requests to one Accord, as one person."""

    def __init__(
        self,
        url: str,
        *,
        token: str,
        language: str = "en",
        timeout: float = 30.0,
        tries: int = 4,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Keep where Accord is and as whom it is asked; `tries` counts the first one too."""
        self._tries = max(tries, 1)
        self._sleep = sleep
        self._http = httpx.Client(
            base_url=url.rstrip("/"),
            timeout=timeout,
            transport=transport,
            headers={
                "Authorization": f"Bearer {token}",
                "Accept-Language": language,
                "User-Agent": "accord-client/0.1",
            },
        )

    def __enter__(self) -> Self:
        """Use the client in a `with`."""
        return self

    def __exit__(self, *_exception: object) -> None:
        """Close its connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        media: str = "",
        headers: Mapping[str, str | None] | None = None,
        creates: bool = False,
    ) -> Answer[Any]:
        """Send one request and return its answer; raises `Problem` and `Unchanged`."""
        sent = {name: value for name, value in (headers or {}).items() if value is not None}
        if creates:
            sent.setdefault("Idempotency-Key", f'"{uuid.uuid4()}"')
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        request = self._http.build_request(method, path, params=asked or None, headers=sent, **_content(body, media))
        if "Content-Type" not in request.headers and media:
            request.headers["Content-Type"] = media
        request.read()
        return _answer(self._sent(request, is_safe=method == "GET" or creates))

    def _sent(self, request: httpx.Request, *, is_safe: bool) -> httpx.Response:
        """Send a request, again where that cannot do anything twice."""
        for number in range(1, self._tries + 1):
            is_last = number == self._tries
            try:
                answer = self._http.send(request)
            except httpx.TransportError:
                if is_last or not is_safe:
                    raise
                self._sleep(_wait(number, None))
                continue
            if is_last or not _is_worth_another(answer, is_safe=is_safe):
                return answer
            self._sleep(_wait(number, answer.headers.get("Retry-After")))
        raise AssertionError("the last try returns or raises")

    def _rows(self, path: str, query: Mapping[str, Any]) -> Iterator[Any]:
        """Yield the rows of a list, asking for the next part when the last is used up."""
        asked: Mapping[str, Any] | None = query
        following: str | None = path
        while following:
            page = self._call("GET", following, query=asked).data
            yield from page["items"]
            following, asked = page["next"], None


def in_path(value: object) -> str:
    """Return a value as a part of an address."""
    return quote(str(value), safe="")


def _content(body: Any, media: str) -> dict[str, Any]:
    """Return what is sent, as httpx takes it: a form with a file, JSON, or a text."""
    if isinstance(body, Upload):
        return {"files": {"file": (body.name, body.content)}, "data": {"note": body.note}}
    if not media:
        return {"content": b""}
    return {"content": (json.dumps(body) if media == "application/json" else str(body)).encode()}


def _is_worth_another(answer: httpx.Response, *, is_safe: bool) -> bool:
    """Say whether the same request may succeed in a moment: 429 was never begun, the others only where safe."""
    if answer.status_code == 429:  # noqa: PLR2004 (refused before anything was done)
        return True
    return is_safe and (answer.status_code in AGAIN or _members(answer).get("code") == IN_FLIGHT)


def _wait(number: int, told: str | None) -> float:
    """Return how long to wait: as told, else longer each time."""
    if told and told.isdecimal():
        return min(float(told), LONGEST_WAIT)
    return float(min(0.25 * 2**number, LONGEST_WAIT))


def _answer(answer: httpx.Response) -> Answer[Any]:
    """Return a good answer, or raise what it says."""
    headers = answer.headers
    if answer.status_code == NOT_MODIFIED:
        raise Unchanged
    if answer.status_code >= FIRST_ERROR:
        raise Problem.of(answer.status_code, _members(answer), headers)
    is_json = headers.get("Content-Type", "").startswith("application/json")
    data = None if answer.status_code == NO_CONTENT else answer.json() if is_json else answer.text
    replayed = headers.get("Idempotency-Replayed") == "true"
    return Answer(data, headers.get("ETag", ""), headers.get("Location", ""), replayed)


def _members(answer: httpx.Response) -> dict[str, Any]:
    """Return the members of a problem; none where something else answered."""
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return {}
    found = answer.json()
    return found if isinstance(found, dict) else {}
