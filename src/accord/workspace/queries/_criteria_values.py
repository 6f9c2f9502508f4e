"""What the criteria of a zone are worked out from: the records of a site as of any number of days, in one query."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from accord.workspace.models import Site

COUNTED = """
SELECT d.day, run.known, coalesce(run.area, 0), span.known, coalesce(span.area, 0), coalesce(common.area, 0),
       span.teams, funding.known, funding.funded, funding.cases, fund.known, coalesce(fund.amounts, '{}'::jsonb),
       staff.known, staff.here, staff.trained, mentor.known, mentor.here,
       report.reported, report.applied, report.held, graduation.number
FROM unnest(%(days)s::date[]) AS d(day)
CROSS JOIN LATERAL (
    SELECT count(*) AS known, sum(run.area_m2) FILTER (WHERE run.ends_on IS NULL OR run.ends_on > d.day) AS area
    FROM workspace_floorrun run JOIN workspace_floor floor ON floor.id = run.floor_id
    JOIN workspace_building building ON building.id = floor.building_id
    WHERE building.site_id = %(site)s AND run.struck_at IS NULL AND run.starts_on <= d.day
) run
CROSS JOIN LATERAL (
    SELECT sum(space.area_m2) AS area
    FROM workspace_space space JOIN workspace_floor floor ON floor.id = space.floor_id
    JOIN workspace_building building ON building.id = floor.building_id
    WHERE building.site_id = %(site)s AND space.kind = 'common'
      AND space.starts_on <= d.day AND (space.ends_on IS NULL OR space.ends_on > d.day)
      AND EXISTS (SELECT 1 FROM workspace_floorrun run WHERE run.floor_id = floor.id AND run.struck_at IS NULL
                  AND run.starts_on <= d.day AND (run.ends_on IS NULL OR run.ends_on > d.day))
      AND NOT EXISTS (SELECT 1 FROM workspace_teamspan let WHERE let.record = 'space:' || space.id
                      AND let.what = 'area' AND let.unknown_at IS NULL
                      AND let.starts_on <= d.day AND (let.ends_on IS NULL OR let.ends_on > d.day))
) common
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE span.what = 'resident') AS known,
           count(DISTINCT span.team_id) FILTER (WHERE span.what = 'resident' AND upto.holds) AS teams,
           sum(span.amount) FILTER (WHERE span.what = 'area' AND upto.holds) AS area,
           coalesce(array_agg(DISTINCT span.team_id) FILTER (WHERE span.what = 'resident' AND upto.holds), '{}') AS here
    FROM workspace_teamspan span JOIN workspace_team team ON team.id = span.team_id,
    LATERAL (SELECT span.ends_on IS NULL OR span.ends_on > d.day AS holds) AS upto
    WHERE team.site_id = %(site)s AND team.kind = 'incubated' AND span.unknown_at IS NULL AND span.starts_on <= d.day
) span
CROSS JOIN LATERAL (
    SELECT count(*) AS known,
           count(DISTINCT funding.team_id) FILTER (WHERE funding.kind = 'equity' AND funding.team_id = ANY(span.here))
               AS funded,
           count(DISTINCT funding.team_id) FILTER (WHERE funding.is_from_site) AS cases
    FROM workspace_funding funding JOIN workspace_team team ON team.id = funding.team_id
    WHERE team.site_id = %(site)s AND funding.struck_at IS NULL AND funding.received_on <= d.day
) funding
CROSS JOIN LATERAL (
    SELECT coalesce(sum(each.known), 0) AS known, jsonb_object_agg(each.currency, each.amount) AS amounts
    FROM (SELECT fund.currency, count(*) AS known,
                 coalesce(sum(fund.amount_minor) FILTER (WHERE fund.ends_on IS NULL OR fund.ends_on > d.day), 0)
                     AS amount
          FROM workspace_seedfund fund WHERE fund.site_id = %(site)s AND fund.starts_on <= d.day
          GROUP BY fund.currency) AS each
) fund
CROSS JOIN LATERAL (
    SELECT count(*) AS known, count(*) FILTER (WHERE upto.holds) AS here,
           count(*) FILTER (WHERE upto.holds AND staff.is_professional) AS trained
    FROM workspace_staffmember staff, LATERAL (SELECT staff.ends_on IS NULL OR staff.ends_on > d.day AS holds) AS upto
    WHERE staff.site_id = %(site)s AND staff.starts_on <= d.day
) staff
CROSS JOIN LATERAL (
    SELECT count(*) AS known, count(*) FILTER (WHERE mentor.ends_on IS NULL OR mentor.ends_on > d.day) AS here
    FROM workspace_mentor mentor WHERE mentor.site_id = %(site)s AND mentor.starts_on <= d.day
) mentor
CROSS JOIN LATERAL (
    SELECT count(*) AS reported,
           count(*) FILTER (WHERE last.patents_applied > 0 OR last.patents_held > 0) AS applied,
           count(*) FILTER (WHERE last.patents_held > 0) AS held
    FROM unnest(span.here) AS here(team_id)
    CROSS JOIN LATERAL (
        SELECT report.patents_applied, report.patents_held FROM workspace_teamreport report
        WHERE report.team_id = here.team_id AND report.struck_at IS NULL AND report.stands_on <= d.day
        ORDER BY report.stands_on DESC, report.id DESC LIMIT 1
    ) last
) report
CROSS JOIN LATERAL (
    SELECT count(*) AS number
    FROM workspace_graduation graduation JOIN workspace_team team ON team.id = graduation.team_id
    WHERE team.site_id = %(site)s AND team.kind = 'incubated' AND graduation.struck_at IS NULL
      AND graduation.graduated_on <= d.day
) graduation
ORDER BY d.day"""

COLUMNS = (
    *("day", "runs", "area", "residents", "let", "common", "teams"),
    *("fundings", "funded", "cases", "funds", "funds_minor"),
    *("members", "staff", "professionals", "appointed", "mentors", "reported", "applied", "held", "graduates"),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the records of a site say as of a day; `None` where nothing was recorded that could be counted."""

    day: date
    area: Decimal | None = None
    let: Decimal = Decimal(0)
    common: Decimal = Decimal(0)
    teams: int | None = None
    funded: int | None = None
    cases: int | None = None
    funds_minor: Mapping[str, int] = field(default_factory=dict)
    staff: int | None = None
    professionals: int | None = None
    mentors: int | None = None
    reported: int = 0
    applied: int | None = None
    held: int | None = None
    graduates: int | None = None


def counts_on(site: Site, days: Sequence[date]) -> dict[date, Counts]:
    """Return what the records say as of each day, as they are known now; one query for any number of days."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"site": site.pk, "days": sorted(set(days))})
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return {row["day"]: _counts(row) for row in rows}


def _counts(row: Mapping[str, Any]) -> Counts:
    """Return a row's counts; what nobody ever recorded by the day is none, not zero."""

    def known(name: str, *by: str) -> Any:
        return row[name] if any(row[one] for one in by) else None

    return Counts(
        day=row["day"],
        area=known("area", "runs"),
        let=row["let"],
        common=row["common"],
        teams=known("teams", "residents"),
        funded=known("funded", "fundings"),
        cases=known("cases", "fundings", "funds"),
        funds_minor=_amounts(row["funds_minor"]),
        staff=known("staff", "members"),
        professionals=known("professionals", "members"),
        mentors=known("mentors", "appointed"),
        reported=row["reported"],
        applied=known("applied", "reported"),
        held=known("held", "reported"),
        graduates=known("graduates", "residents", "graduates"),
    )


def _amounts(found: Mapping[str, int] | str) -> Mapping[str, int]:
    """Return the fund by currency; the database's driver hands JSON over as text."""
    whole = json.loads(found) if isinstance(found, str) else found
    return {str(currency): int(amount) for currency, amount in whole.items()}
