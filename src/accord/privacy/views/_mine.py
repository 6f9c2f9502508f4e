"""What Accord keeps about oneself: the one page with everything a person needs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.privacy import queries
from accord.privacy.views._tabs import oneself, tabs_of

MOST_COPIES, MOST_REQUESTS = 3, 5


@never_cache
@require_GET
@signed_in
def mine(request: Request) -> HttpResponse:
    """Show what is kept of the reader and why, what they agreed to, who read it abroad, and what they can ask."""
    person, day = oneself(request), clock.today(request.world)
    own = queries.requests_visible_to(request.actor, on=day).filter(person=person)
    context = {
        "person": person,
        "tabs": tabs_of(request),
        "held": queries.held_of(person),
        "switches": queries.switches_of(person.pk),
        "copies": list(queries.copies_of(person.pk)[:MOST_COPIES]),
        "requests": list(own[:MOST_REQUESTS]),
        "read_from": queries.reads_of(person.pk, day.year),
        "year": day.year,
        "aside": queries.set_aside_of(person.pk),
    }
    return render(request, "privacy/mine.html", context)
