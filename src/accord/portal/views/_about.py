"""Doors to what is real here, and the health check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.agreements import queries as agreements
from accord.kernel.access import Request, open_to_all
from accord.measures import queries as measures


@require_GET
@open_to_all
def what_is_real(request: Request) -> HttpResponse:
    """Show which figures are stated, which recorded and which simulated, with sources and parameters."""
    context = {
        "world": request.world,
        "sources": agreements.quoted_sources(request.actor),
        "counts": measures.provenance_counts(request.actor),
    }
    return render(request, "portal/what_is_real.html", context)


@require_GET
@open_to_all
def healthz(request: Request) -> HttpResponse:
    """Answer ok: this process answers. It asks nothing else, so that a lost database gets no process restarted."""
    del request
    return HttpResponse("ok", content_type="text/plain")
