"""How sites stand on a day: teams, people and area, in one query for any number of sites."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection

from accord.kernel.access import Actor
from accord.workspace.queries._today import day_at
from accord.workspace.queries._visible import sites_visible_to

STANDING = """
SELECT site.id,
       coalesce(counted.teams, 0), coalesce(counted.jobs, 0), coalesce(counted.research_jobs, 0),
       coalesce(counted.area_let, 0), coalesce(run.area, 0), coalesce(waiting.number, 0)
FROM unnest(%(sites)s::bigint[], %(days)s::date[]) AS asked(site, day)
JOIN workspace_site site ON site.id = asked.site
LEFT JOIN LATERAL (
    SELECT sum(span.amount) FILTER (WHERE span.what = 'resident') AS teams,
           sum(span.amount) FILTER (WHERE span.what = 'jobs') AS jobs,
           sum(span.amount) FILTER (WHERE span.what = 'research_jobs') AS research_jobs,
           sum(span.amount) FILTER (WHERE span.what = 'area') AS area_let
    FROM workspace_teamspan span JOIN workspace_team team ON team.id = span.team_id
    WHERE team.site_id = site.id AND span.unknown_at IS NULL
      AND span.starts_on <= asked.day AND (span.ends_on IS NULL OR span.ends_on > asked.day)
) counted ON true
LEFT JOIN LATERAL (
    SELECT sum(run.area_m2) AS area
    FROM workspace_floorrun run JOIN workspace_floor floor ON floor.id = run.floor_id
    JOIN workspace_building building ON building.id = floor.building_id
    WHERE building.site_id = site.id AND run.struck_at IS NULL
      AND run.starts_on <= asked.day AND (run.ends_on IS NULL OR run.ends_on > asked.day)
) run ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS number
    FROM workspace_application application JOIN workspace_team team ON team.id = application.team_id
    WHERE team.site_id = site.id AND application.state = 'waiting'
) waiting ON true"""


LEVELS = """
SELECT day, sum(sum(change)) OVER (ORDER BY day)
FROM workspace_teamspan span JOIN workspace_team team ON team.id = span.team_id,
LATERAL (VALUES (span.starts_on, span.amount), (span.ends_on, -span.amount)) AS step(day, change)
WHERE team.site_id = %(site)s AND span.what = %(what)s AND span.unknown_at IS NULL AND day <= %(until)s
GROUP BY day HAVING sum(change) <> 0 ORDER BY day"""


@dataclass(frozen=True, slots=True)
class SiteNumbers:
    """Resident teams, their people, area in square metres, and how many wishes for space wait."""

    teams: int = 0
    jobs: int = 0
    research_jobs: int = 0
    area_let: Decimal = Decimal(0)
    area_operated: Decimal = Decimal(0)
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in the list of sites."""

    key: str
    name: object
    operator: object
    numbers: SiteNumbers
    is_simulated: bool


def numbers_of(days: Mapping[int, date]) -> Mapping[int, SiteNumbers]:
    """Return how each site stands on the day that is asked of it, as known now; one query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"sites": list(days), "days": list(days.values())})
        return {
            pk: SiteNumbers(int(teams), int(jobs), int(research), let, operated, waiting)
            for pk, teams, jobs, research, let, operated, waiting in cursor.fetchall()
        }


def site_rows(actor: Actor, at: datetime) -> list[SiteRow]:
    """Return the sites that the actor may know of with how each stands on its own day at a moment; two queries."""
    sites = list(sites_visible_to(actor))
    numbers = numbers_of({site.pk: day_at(site, at) for site in sites})
    return [SiteRow(one.key, one.name, one.operator.name, numbers[one.pk], one.is_simulated) for one in sites]


def level_by_day(site: int, what: str, until: date) -> list[tuple[date, Decimal]]:
    """Return the days on which a count of a site's teams changed, up to a day, with the level from then on; one query.

    `what` is a kind of `TeamSpan`.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEVELS, {"site": site, "what": what, "until": until})
        return [(day, level) for day, level in cursor.fetchall()]
