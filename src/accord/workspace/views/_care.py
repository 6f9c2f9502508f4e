"""The door to what a site offers its teams beside space."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.workspace import queries
from accord.workspace.forms import when
from accord.workspace.views._care_ground import ground_of

SHOWN = 5


@require_GET
@signed_in
def care(request: Request, site: str) -> HttpResponse:
    """Show what is announced, which events come, which hours are free, and what the operator does for teams."""
    ground = ground_of(request, site)
    zone = ground.site.time_zone
    year = datetime.combine(ground.today - timedelta(days=365), time(), tzinfo=ZoneInfo(zone))
    free = list(queries.free_sessions(ground.site, ground.now)[:SHOWN])
    coming = queries.occasions_of(ground.site, request.actor.persons).filter(
        starts_at__gt=ground.now, called_off_at=None
    )
    people_shown(request.actor, [one.mentor.person_id for one in free], ground.now)
    context = ground.context(request) | {
        "announcements": queries.announcements_now(ground.site, ground.today)[:SHOWN],
        "events": [
            {"event": one, "when": when(one.starts_at, zone)} for one in coming.order_by("starts_at", "pk")[:SHOWN]
        ],
        "free": [{"session": one, "when": when(one.starts_at, zone)} for one in free],
        "unsettled": queries.unsettled_sessions(ground.site, ground.now).count() if ground.keeps else 0,
        "hours": queries.hours_of_mentors(ground.site, year, ground.now),
        "services": [one for one in queries.services_of(ground.site) if _is_offered(one.ended_on, ground.today)],
    }
    return render(request, "workspace/care.html", context)


def _is_offered(ended_on: date | None, today: date) -> bool:
    return ended_on is None or ended_on > today
