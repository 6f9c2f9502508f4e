"""The door to how full a site is, how its rooms are used, and how much space will be needed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.ui import say
from accord.ui.charts import Area, Layer
from accord.workspace import queries, rules
from accord.workspace.queries import Full, Need, Used, months_after
from accord.workspace.views._care_ground import ground_of
from accord.workspace.views._heat import HeatTable
from accord.workspace.views._team_ground import notes_of
from accord.workspace.views._utilisation_tables import groups_of, hours_table, occupancy_table, total_used, weeks_table

SPANS = (4, 12, 26)
MONTHS_BACK = 12


@require_GET
@signed_in
def utilisation(request: Request, site: str) -> HttpResponseBase:
    """Show let area and bookings by place and time, and the space that will be needed."""
    ground = ground_of(request, site)
    exactly = rules.may_see_terms(request.actor, ground.site.operator_id)
    by = "building" if request.GET.get("by") == "building" else "floor"
    number = _number(request)
    weeks = queries.weeks_before(ground.site, ground.today, number)
    days = _months(ground.today)
    full = queries.occupancy(ground.site, days)
    used, opened = queries.booked(ground.site, weeks), queries.opened(ground.site, weeks)
    groups = groups_of(queries.places_of_site(ground.site), by)
    tables = (
        occupancy_table(groups, days, full),
        weeks_table(groups, weeks, used, opened, exactly=exactly),
        hours_table(queries.hourly(ground.site, weeks), exactly=exactly),
    )
    notes = (*notes_of(request), *([] if exactly else [_small()]))
    for table in tables:
        if (answer := table.file(request.GET, f"{site}-utilisation", notes)) is not None:
            return answer
    needs = queries.space_need(ground.site, ground.today)
    context = ground.context(request, "utilisation") | {
        **_headline(full, days[-1], total_used(used), sum(opened.values()), exactly=exactly),
        **_tables(tables, total_used(used)),
        **_need(needs),
        "weeks": weeks,
        "spans": [{"weeks": one, "current": one == number} for one in SPANS],
        "by": by,
        "number": number,
        "query": f"weeks={number}&by={by}&",
        "small": "" if exactly else _small(),
    }
    return render(request, "workspace/utilisation.html", context)


def _number(request: Request) -> int:
    """Return how many weeks are asked for; the middle one of the choices where none or an odd number is."""
    asked = request.GET.get("weeks", "")
    return int(asked) if asked in {str(one) for one in SPANS} else SPANS[1]


def _months(today: date) -> list[date]:
    """Return the first days of the last months, and today."""
    first = today.replace(day=1)
    return [*(months_after(first, -back) for back in range(MONTHS_BACK - 1, -1, -1)), today]


def _small() -> str:
    return _("Numbers below 5 stand as <5, all others to the nearest 5.")


def _headline(full: Any, day: date, used: Used, open_minutes: int, *, exactly: bool) -> dict[str, Any]:
    """Return the three figures at the top."""
    whole = sum((one for (_floor, on), one in full.items() if on == day), start=Full())
    return {
        "full": whole,
        "share": queries.told_share(used.minutes, open_minutes, used.bookings, exactly=exactly),
        "no_show": queries.told_share(used.no_shows, used.checked, used.no_shows, exactly=exactly),
        "has_checks": used.checked > 0,
    }


def _tables(tables: Sequence[HeatTable], used: Used) -> dict[str, Any]:
    occupancy, weeks, hours = tables
    return {
        "occupancy": occupancy,
        "by_week": weeks,
        "by_hour": hours,
        "has_bookings": used.bookings + used.no_shows > 0,
    }


def _need(needs: Sequence[Need]) -> dict[str, Any]:
    """Return the chart of what is needed, its numbers, and in which months there is not enough."""
    parts = (
        (pgettext("an area", "Signed"), "signed"),
        (_("Term ends, no notice"), "may_stay"),
        (_("Renewals offered"), "renewals"),
        (_("New offers"), "offers"),
        (_("Waiting list"), "waiting"),
    )
    layers = tuple(Layer(word, tuple(float(getattr(one, name)) for one in needs)) for word, name in parts)
    chart = Area(
        _("Space needed over the next twelve months"),
        _("Let now and in the months to come, one on top of the other."),
        "m²",
        days=tuple(one.day for one in needs),
        layers=layers,
    )
    names = ("signed", "may_stay", "leaves", "renewals", "offers", "waiting", "low", "mid", "high", "lettable")
    header = (
        *(
            _("Day"),
            pgettext("an area", "Signed"),
            _("Term ends, no notice"),
            _("Leaves after notice"),
            _("Renewals offered"),
        ),
        *(_("New offers"), _("Waiting list"), _("Low"), _("Mid"), _("High"), _("Lettable")),
    )
    rows = [(say.day(one.day), *(say.count(round(getattr(one, name))) for name in names)) for one in needs]
    return {
        "chart": chart,
        "needs_caption": _("Space needed, in square metres"),
        "needs_header": header,
        "needs_rows": rows,
        "short": _short(needs),
    }


def _short(needs: Sequence[Need]) -> list[dict[str, Any]]:
    """Return from when on each case needs more than there is, and how much at most."""
    found = []
    for word, name in ((_("Low"), "low"), (_("Mid"), "mid"), (_("High"), "high")):
        missing = [(one.day, getattr(one, name) - one.lettable) for one in needs if getattr(one, name) > one.lettable]
        most = max((area for _day, area in missing), default=0)
        found.append(
            {"case": word, "level": getattr(needs[-1], name), "since": missing[0][0] if missing else None, "most": most}
        )
    return found
