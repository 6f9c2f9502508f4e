"""Doors to the API's description: for people as pages, for programs as OpenAPI."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, open_to_all
from accord.kernel.api.problems import kinds, problem
from accord.kernel.api.refusals import NoSuchPath
from accord.kernel.permits import permits
from accord.kernel.refused import NotThere
from accord.ui.apidocs._read import Head, heads_in, operation_in

Describe = Callable[[], dict[str, Any]]
SOON = "public, max-age=300"


@require_GET
@open_to_all
def overview(request: Request, describe: Describe) -> HttpResponse:
    """Show how the API is used and every operation that it has."""
    host = request.build_absolute_uri("/").rstrip("/")
    groups = [(tag, list(each)) for tag, each in groupby(heads_in(describe()), key=lambda one: one.tag)]
    return render(request, "ui/api/overview.html", {"groups": groups, "host": host})


@require_GET
@open_to_all
def operation(request: Request, describe: Describe, code: str) -> HttpResponse:
    """Show one operation: what it does, who may, what it takes and answers, and how it is called."""
    host = request.build_absolute_uri("/").rstrip("/")
    found = operation_in(describe(), code, host)
    if found is None:
        raise NotThere(_("The API has no operation of this name."))
    context = {
        "operation": found,
        "permit": permits.get(found.permission),
        "good": [one for one in found.answers if not one.is_refusal],
        "refusals": [one for one in found.answers if one.is_refusal],
        "around": _around(heads_in(describe()), found.head),
    }
    return render(request, "ui/api/operation.html", context)


@require_GET
@open_to_all
def problems(request: Request) -> HttpResponse:
    """List every kind of problem that the API answers with."""
    return render(request, "ui/api/problems.html", {"kinds": kinds()})


@require_GET
@open_to_all
def one_problem(request: Request, code: str) -> HttpResponse:
    """Explain one kind of problem; the `type` of a problem leads here."""
    found = next((one for one in kinds() if one.code == code), None)
    if found is None:
        raise NotThere(_("The API answers with no problem of this kind."))
    return render(request, "ui/api/problem.html", {"kind": found})


@require_GET
@open_to_all
def openapi(request: Request, describe: Describe) -> HttpResponse:
    """Answer the description as OpenAPI 3.1."""
    whole = {**describe(), "servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}
    answer = JsonResponse(whole, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = SOON
    return answer


@open_to_all
def unknown(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer for an address that the API does not have."""
    del rest
    return problem(request, NoSuchPath())


unknown.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is done here, so nothing is to be protected


def _around(every: list[Head], found: Head) -> list[Head]:
    """Return the other operations on the same sort of thing."""
    return [one for one in every if one.tag == found.tag and one.code != found.code]
