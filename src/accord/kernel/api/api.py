"""The API as a whole: routers behind one guard, every fault a problem, one description."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from accord.kernel.api._describe import finish
from accord.kernel.api._guard import FindToken, Guard
from accord.kernel.api._words import sentence_of
from accord.kernel.api.doors import ApiOperation, operations_of
from accord.kernel.api.problems import problem
from accord.kernel.api.refusals import Failed, NoSuchPath, Stale, TooLarge, Unreadable, WrongInput
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused

logger = logging.getLogger("django.request")
Handler = Callable[[HttpRequest, Any], HttpResponse]


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no Infinity, UTF-8 only, one object."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the object that a body holds. Raises `Unreadable`."""
        try:
            found = json.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
            json.dumps(found, ensure_ascii=False).encode("utf-8")  # half of a letter is no text
        except (ValueError, RecursionError) as error:
            raise Unreadable from error
        if not isinstance(found, dict):
            raise Unreadable
        return found


class Api(NinjaAPI):
    """Accord's API; `config` makes the one that is served and adds the contexts' routers."""

    def __init__(self, *, find_token: FindToken, **options: Any) -> None:
        """Keep how tokens are found; everything else is ninja's."""
        super().__init__(openapi_url=None, docs_url=None, parser=StrictParser(), **options)
        self.guard = Guard(find_token)
        self._described: dict[str, Any] = {}

    def set_default_exception_handlers(self) -> None:
        """Answer every fault with a problem."""
        handlers: dict[type[Exception], Handler] = {
            Exception: _failed,
            Refused: problem,
            Clash: _clashed,
            ValidationError: _invalid,
            Http404: lambda request, error: problem(request, NotThere(str(error) or "…")),
            PermissionDenied: lambda request, error: problem(request, NotAllowed(str(error))),
            MultiPartParserError: lambda request, _error: problem(request, Unreadable(_NO_FORM)),
            RequestDataTooBig: lambda request, _error: problem(request, TooLarge(_most())),
            SuspiciousOperation: lambda request, _error: problem(request, Unreadable()),
            HttpError: _wrapped,
        }
        for kind, handler in handlers.items():
            self.add_exception_handler(kind, handler)

    def describe(self) -> dict[str, Any]:
        """Return the whole description (OpenAPI 3.1), always in English; made once a process, never to be changed."""
        if not self._described:
            with translation.override("en"):
                self._described = finish(json.loads(json.dumps(self.get_openapi_schema(), default=str)))
        return self._described

    def operations(self) -> list[ApiOperation]:
        """Return every operation."""
        return [
            one for bound in self._get_bound_routers() for one in operations_of(list(bound.path_operations.values()))
        ]


_NO_FORM = _("The body is no multipart/form-data as its Content-Type says. Send it as a form with a file.")


def _most() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer a fault of ours: it goes to the log whole, and to the reader only as its request's id."""
    got_request_exception.send(sender=None, request=request)
    logger.error(
        "Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": 500, "request": request}
    )
    answer = problem(request, Failed())
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (Django's mark: logged once is enough)
    return answer


def _clashed(request: HttpRequest, clash: Clash) -> HttpResponse:
    """Answer a clash: 412 where the request named a version, since that is what it asked to be told."""
    version = clash.detail.get("version")
    if "If-Match" in request.headers and isinstance(version, int):
        return problem(request, Stale(version))
    return problem(request, clash)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what the shape of parameters or body found; an address of a wrong form leads nowhere.

    A file that was cut off for its size looks as if it were missing.
    """
    if any(one["loc"] and one["loc"][0] == "path" for one in error.errors):
        return problem(request, NoSuchPath())
    if getattr(request, "upload_is_too_large", False):
        return problem(request, TooLarge(settings.FILE_BYTES))
    return problem(request, WrongInput(errors=[_place(one) for one in error.errors]))


def _place(error: dict[str, Any]) -> dict[str, str]:
    """Return one place that must change: a pointer into the body, or a parameter."""
    source, *rest = error["loc"]
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in rest]
    if source == "body":
        return {"pointer": "#" + "".join(f"/{step}" for step in steps[1:]), "detail": sentence_of(error)}
    return {"parameter": str(rest[-1]) if rest else "", "in": str(source), "detail": sentence_of(error)}


def _wrapped(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja itself refused."""
    status = error.status_code
    if status == HTTPStatus.BAD_REQUEST:
        cause = error.__cause__ or error.__context__
        return problem(request, cause if isinstance(cause, Unreadable) else Unreadable())
    return problem(request, NoSuchPath() if status == HTTPStatus.NOT_FOUND else Failed())
