"""Every error of the API as a problem: RFC 9457, application/problem+json, in the reader's language."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.api.refusals import ApiRefused, WrongInput
from accord.kernel.refused import Refused

MEDIA_TYPE = "application/problem+json"

TITLES: dict[int, str | Promise] = {
    400: _("The request cannot be read"),
    401: pgettext_lazy("caller", "Not known"),
    403: _("Not allowed"),
    404: _("Not there"),
    405: _("Other methods only"),
    406: _("No such form"),
    409: _("Does not fit the present state"),
    412: _("Changed in the meantime"),
    413: _("Too large"),
    415: _("Another kind of body"),
    422: _("Refused"),
    428: _("Say of which version"),
    429: _("Too many requests"),
    500: _("A fault of Accord"),
    503: _("Not ready"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem, as its page explains it."""

    code: str
    status: int
    title: str | Promise
    meaning: str
    sentence: str | Promise


def kinds() -> list[Kind]:
    """Return every kind of problem that the loaded contexts can answer with, by status and code."""
    found = {one.code: one for one in _refusals(Refused)}
    return [
        Kind(code, one.status, title_of(one.status), _first_line(one), getattr(one, "sentence_of_kind", ""))
        for code, one in sorted(found.items(), key=lambda item: (item[1].status, item[0]))
    ]


def title_of(status: int) -> str | Promise:
    """Return the short words for a status."""
    return TITLES.get(status) or HTTPStatus(status).phrase


def problem(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return a refusal as a problem."""
    errors: Sequence[Mapping[str, str]] = getattr(refused, "errors", ()) or refused.detail.get("errors", ())
    if refused.field and not errors:
        errors = ({"pointer": f"#/{refused.field}", "detail": str(refused)},)
    members = getattr(refused, "members", {})
    body = described(request, refused.status, refused.code, str(refused), errors=errors, **members)
    return answered(body, refused.status, getattr(refused, "headers", {}))


def described(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    **members: object,
) -> dict[str, Any]:
    """Return the members of a problem."""
    body: dict[str, Any] = {
        "type": _address(request, reverse("api-pages:problem", args=[code])),
        "title": str(title_of(status)),
        "status": status,
        "detail": detail,
        "instance": request.path,
        "code": code,
    }
    if errors:
        body["errors"] = [dict(one) for one in errors]
    request_id = getattr(request, "request_id", "")
    if request_id:
        body["request_id"] = str(request_id)
    return {**body, **members}


def answered(body: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> HttpResponse:
    """Return the answer that carries a problem."""
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers={**headers, "Cache-Control": "no-store"})


def _address(request: HttpRequest, path: str) -> str:
    """Return a path as a whole address; the path alone where the request names a host that is not ours."""
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path


def point(refused: Refused, places: Iterable[tuple[str, object]], *, under: str = "") -> None:
    """Let a refusal name each place of the body that must change; a place is a member, or `members[0].inside` of it."""
    refused.detail["errors"] = [{"pointer": _pointer(where, under), "detail": str(words)} for where, words in places]


def _pointer(where: str, under: str) -> str:
    """Return the JSON Pointer of a place that is written with points and brackets."""
    escaped = where.replace("~", "~0").replace("/", "~1")
    steps = re.sub(r"\[(\d+)\]", r".\1", escaped).split(".")
    return "#" + "".join(f"/{one}" for one in (under, *steps) if one)


def wrong_field(name: str, sentence: str | Promise) -> WrongInput:
    """Return the refusal of one field of the body."""
    return WrongInput(errors=[{"pointer": f"#/{name}", "detail": str(sentence)}])


def wrong_parameter(name: str, sentence: str | Promise, *, where: str = "query") -> WrongInput:
    """Return the refusal of one parameter."""
    return WrongInput(errors=[{"parameter": name, "in": where, "detail": str(sentence)}])


def _refusals(kind: type[Refused]) -> Iterator[type[Refused]]:
    """Yield a refusal and all that extend it; a code that several share is the first one's."""
    for each in kind.__subclasses__():
        yield from _refusals(each)
    if kind is not ApiRefused:
        yield kind


def _first_line(kind: type[Refused]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]
