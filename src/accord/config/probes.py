"""Doors for monitors: whether requests can be answered here, and the figures. `/healthz` stands in the portal."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from accord.config import figures, readiness
from accord.kernel.access import Request, open_to_all
from accord.kernel.refused import NotThere

PLAIN = "text/plain; charset=utf-8"
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@require_GET
@never_cache
@open_to_all
def readyz(request: Request) -> HttpResponse:
    """Answer whether requests can be answered here: a line for each thing they need, and 503 where one is missing."""
    del request
    parts = readiness.parts()
    ready = all(part.ready for part in parts)
    lines = [f"{'ok' if part.ready else 'no'}  {part.name} {part.what}" for part in parts]
    answer = HttpResponse("\n".join(["ready" if ready else "not ready", *lines, ""]), content_type=PLAIN)
    if not ready:
        answer.status_code = 503
        answer.headers["Retry-After"] = "5"
    return answer


@require_GET
@never_cache
@open_to_all
def metrics(request: Request) -> HttpResponse:
    """Answer the figures for Prometheus, to whoever may read them; for everybody else there is no such page."""
    passed_on = any(name in request.headers for name in FORWARDED)
    known = request.headers.get("Authorization", "")
    if not figures.may_be_read(request.META.get("REMOTE_ADDR", ""), known, passed_on=passed_on):
        raise NotThere("no figures for strangers")
    return HttpResponse(figures.exposition(), content_type=CONTENT_TYPE_LATEST)


patterns = [
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
"""Their routes, under the name `probes`."""
