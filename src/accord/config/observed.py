"""Watches every request: one line in the log and one count in the metrics, under the route and never the address."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import REGISTRY, Counter, Histogram

from accord.config.logs import TOLD
from accord.kernel.trace import request_id

NO_ROUTE = "(no such address)"
STATIC = "static/<path>"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
QUIET = {"healthz", "readyz", "metrics"}
"""Routes that monitors ask without end; their lines are for whoever looks closer."""

logger = logging.getLogger("accord.request")
requests = Counter("accord_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY)
seconds = Histogram(
    "accord_request_seconds", "How long answers took.", ["method", "route"], registry=REGISTRY, buckets=STEPS
)


class ObservedMiddleware:
    """Times each request, writes its line and counts it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next step."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, then tell how it went."""
        began = time.perf_counter()
        answer = self.get_response(request)
        took = time.perf_counter() - began
        method = request.method if request.method in METHODS else "OTHER"
        route = route_of(request)
        requests.labels(method, route, str(answer.status_code)).inc()
        seconds.labels(method, route).observe(took)
        told = {"method": method, "route": route, "status": answer.status_code, "ms": round(took * 1000)}
        logger.log(logging.DEBUG if route in QUIET else logging.INFO, "Request answered", extra={TOLD: told})
        return answer


def route_of(request: HttpRequest) -> str:
    """Return the route of a request as it is written in the code; what an address really said stays unsaid."""
    if request.resolver_match is not None:
        return str(request.resolver_match.route) or "/"
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NO_ROUTE


class WithRequestId(logging.Filter):
    """Puts the id of the request or job at hand on each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; every record passes."""
        record.request_id = request_id()
        return True
