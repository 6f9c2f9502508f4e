"""Doors of the portal: home, what is real here, and the health check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.agreements import queries as agreements
from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.measures import queries as measures
from accord.people import queries as people

MOST_LINES = 20


@require_GET
@open_to_all
def home(request: Request) -> HttpResponse:
    """Show what waits and how the agreements stand; to visitors, what Accord is and the way in."""
    if request.actor.is_nobody:
        roles = people.demo_people() if request.world.is_demo else []
        public = agreements.public_agreements()
        return render(request, "portal/welcome.html", {"demo_roles": roles, "public": public})
    day = clock.today(request.world)
    visible = agreements.agreements_visible_to(request.actor)
    context = {
        "day": day,
        "waiting": measures.waiting_for(request.actor),
        "lines": [
            {"agreement": line.agreement, "words": measures.states_in_words(line.states)}
            for line in measures.agreement_lines(visible[:MOST_LINES], day)
        ],
    }
    return render(request, "portal/home.html", context)


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
    """Answer ok when the database answers."""
    str(request.world)
    return HttpResponse("ok", content_type="text/plain")
