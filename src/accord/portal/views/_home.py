"""The first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.agreements import queries as agreements
from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.measures import queries as measures
from accord.people import queries as people
from accord.portal import queries

MOST_LINES = 20
MOST_WAITING = 5


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
        "groups": queries.waiting_groups(request.actor, each=MOST_WAITING, at=clock.now(request.world)),
        "lines": [
            {"agreement": line.agreement, "words": measures.states_in_words(line.states)}
            for line in measures.agreement_lines(visible[:MOST_LINES], day)
        ],
    }
    return render(request, "portal/home.html", context)
