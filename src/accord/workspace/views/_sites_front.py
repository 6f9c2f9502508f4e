"""Doors to the list of work spaces and to the overview of one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.ui import say
from accord.ui.charts import Fan
from accord.ui.parts import Empty, Side, SideItem
from accord.workspace import queries, rules
from accord.workspace.forms import SITES
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import day_here

MOST_NEWS = 4


@require_GET
@signed_in
def sites(request: Request) -> HttpResponseBase:
    """Show the work spaces that the reader may know of, with how they stand today."""
    page = SITES.page(request.GET, queries.site_rows(request.actor, clock.now(request.world)))
    if page.format:
        return SITES.export(page, filename="work-spaces")
    context = {"table": page, "may_open": rules.may_open_site(request.actor)}
    return render(request, "workspace/sites.html", context)


@require_GET
@signed_in
def site(request: Request, key: str) -> HttpResponse:
    """Show how one work space stands: its teams, people and area, and what is on."""
    found = queries.find_site(request.actor, key)
    today = _day_asked(request, found)
    teams = queries.level_by_day(found.pk, "resident", today)
    context = {
        "site": found,
        "chart": _growth(teams, today),
        "numbers": queries.numbers_of({found.pk: today})[found.pk],
        "as_of": today,
        "tabs": site_tabs(request, found, "site"),
        "empty": Empty(_("No team has moved in yet"), _("Teams stand here from the first day of a signed tenancy.")),
        "side": _news(found, today, request),
    }
    return render(request, "workspace/site.html", context)


def _news(site: queries.Site, on: date, request: Request) -> list[Side]:
    """Return what is announced, and the next events."""
    told = [
        SideItem(
            text=one.title, when=say.day(one.shown_from_on), url=reverse("workspace:announcements", args=[site.key])
        )
        for one in queries.announcements_now(site, on)[:MOST_NEWS]
    ]
    ahead = queries.occasions_of(site).filter(called_off_at=None, starts_at__gte=clock.now(request.world))
    coming = [
        SideItem(
            text=one.title, when=say.moment(one.starts_at), url=reverse("workspace:event", args=[site.key, one.pk])
        )
        for one in ahead.order_by("starts_at", "pk")[:MOST_NEWS]
    ]
    return [
        Side(_("Announcements"), told, empty=_("Nothing is announced.")),
        Side(_("Next events"), coming, empty=_("No event is planned.")),
    ]


def _day_asked(request: Request, site: queries.Site) -> date:
    """Return the day that the reader asked for; today where they asked for none, for an odd one, or for a later one."""
    today = day_here(request, site)
    try:
        return min(date.fromisoformat(request.GET.get("as_of", "")), today)
    except ValueError:
        return today


def _growth(levels: Sequence[tuple[date, Decimal]], today: date) -> Fan | None:
    """Return how the number of resident teams grew, where there is anything to draw."""
    if not levels:
        return None
    done = tuple((day, float(level)) for day, level in levels)
    words = gettext("Resident teams"), gettext("Teams with a tenancy in force, day by day."), gettext("teams")
    return Fan(*words, done=done, as_of=today)
