"""The site that is timed: Accord as it is, and beside it bare views that replay the SQL of its API.

A bare view knows nothing: it sends the statements that the API sent for one request, recorded at start, and answers
the rows as JSON. What the API takes longer is what guard, shapes, ETag, problems and middleware cost.
"""

import json
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

application = get_wsgi_application()
RECORDED: dict[str, list[str]] = {}


def _replayed(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view that replays one request's statements."""

    @csrf_exempt
    @transaction.non_atomic_requests
    def view(_request: HttpRequest) -> HttpResponse:
        rows: list[Any] = []
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in RECORDED[name]:
                cursor.execute(statement)
                rows = cursor.fetchall() if cursor.description else rows
        return HttpResponse(json.dumps(rows, default=str), content_type="application/json")

    return view


urlpatterns = [
    *(path(f"bare/{name}", _replayed(name)) for name in ("list", "detail", "create")),
    path("", include("accord.config.urls")),
]
