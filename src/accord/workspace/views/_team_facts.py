"""What the profile of a team is made of: its facts, the chart of its heads, its money."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.people.queries import Institution
from accord.ui import say
from accord.ui.charts import Area, Layer
from accord.ui.parts import Description, Item
from accord.workspace.enums import FundingKind
from accord.workspace.queries import Funding, Team, TeamReport, TeamSight, in_major

STALE = timedelta(days=366)
"""After which a report no longer says how things are today; the chart then ends with it."""


def facts_part(team: Team, sight: TeamSight, founders: Sequence[Institution]) -> Description:
    """Return who a team is; its contact only to those who may see its terms."""
    origin = str(team.get_origin_display())
    items = [
        Item(_("Origin"), f"{origin} ({team.country})" if team.country else origin),
        Item(_("Stage"), str(team.get_stage_display())),
        Item(_("Kind"), str(team.get_kind_display())),
    ]
    if team.field:
        items.append(Item(_("Field"), team.field))
    if founders:
        items.append(Item(_("Founders come from"), "; ".join(str(one.name) for one in founders)))
    if team.institution is not None:
        url = reverse("people:institution", args=[team.institution.key])
        items.append(Item(_("Registered as"), team.institution.name, url=url))
    if team.website:
        items.append(Item(_("Website"), team.website, url=team.website))
    if sight.may_see_terms:
        items.append(Item(_("Contact"), team.contact.name if team.contact else _("Nobody yet")))
    return Description(tuple(items))


def heads_chart(team: Team, reports: Iterable[TeamReport], today: date) -> Area | None:
    """Return the jobs of a team over time, research apart; None where nothing was reported."""
    last_of_day = {one.stands_on: one for one in sorted(reports, key=lambda one: (one.stands_on, one.pk))}
    rows = list(last_of_day.values())
    if not rows:
        return None
    days = [one.stands_on for one in rows]
    research = [min(one.research_jobs, one.jobs) for one in rows]
    others = [one.jobs - part for one, part in zip(rows, research, strict=True)]
    if timedelta(0) < today - days[-1] < STALE:
        days, research, others = [*days, today], [*research, research[-1]], [*others, others[-1]]
    layers = (Layer(_("Research"), tuple(research)), Layer(_("Other jobs"), tuple(others)))
    title = _("Jobs in %(team)s") % {"team": team.name}
    description = _("From %(first)s to %(last)s jobs since %(day)s.") % {
        "first": say.count(rows[0].jobs),
        "last": say.count(rows[-1].jobs),
        "day": say.day(rows[0].stands_on),
    }
    return Area(title, description, _("people"), tuple(days), layers)


def funding_part(rows: Iterable[Funding]) -> list[tuple[Funding, str, str]]:
    """Return the money that a team received, with its kind and amount in words."""
    return [
        (
            one,
            str(FundingKind(one.kind).label),
            f"{say.count(in_major(one.amount_minor, one.currency))} {one.currency}",
        )
        for one in rows
    ]
