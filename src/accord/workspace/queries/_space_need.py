"""How much space will be needed over the next twelve months, as plain arithmetic from signed terms, offers and waiting.

Nothing is guessed: `low` lets every term end and nobody come; `mid` lets those stay that gave no notice, and every
offer be taken; `high` gives those on the waiting list what they ask for as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from accord.workspace.models import Site
from accord.workspace.queries._days import months_after

AHEAD_MONTHS = 12

NEEDED = """
WITH held AS (
    SELECT tenancy.id, tenancy.state, tenancy.renews_id, space.area_m2 AS area, tenancy.notice_on,
           let.starts_on, let.ends_on, tenancy.ends_on AS term_ends_on,
           EXISTS (SELECT 1 FROM workspace_tenancy later WHERE later.renews_id = tenancy.id
                   AND later.state IN ('signed', 'ended')) AS is_renewed,
           EXISTS (SELECT 1 FROM workspace_tenancy later WHERE later.renews_id = tenancy.id
                   AND later.state = 'offered' AND later.answer_by_on >= %(on)s) AS is_offered_more
    FROM workspace_tenancy tenancy JOIN workspace_team team ON team.id = tenancy.team_id
    JOIN workspace_tenancyspace let ON let.tenancy_id = tenancy.id AND let.is_held
    JOIN workspace_space space ON space.id = let.space_id AND space.area_m2 IS NOT NULL
    WHERE team.site_id = %(site)s
      AND (tenancy.state = 'signed' OR tenancy.state = 'offered' AND tenancy.answer_by_on >= %(on)s)
      AND (let.ends_on IS NULL OR let.ends_on > %(on)s)
)
SELECT d.day,
       coalesce(sum(held.area) FILTER (WHERE held.state = 'signed' AND upto.begun AND upto.goes_on), 0),
       coalesce(sum(held.area) FILTER (WHERE held.state = 'signed' AND upto.at_term_end AND NOT held.is_renewed
                AND NOT held.is_offered_more AND held.notice_on IS NULL), 0),
       coalesce(sum(held.area) FILTER (WHERE held.state = 'signed' AND upto.at_term_end AND NOT held.is_renewed
                AND NOT held.is_offered_more AND held.notice_on IS NOT NULL), 0),
       coalesce(sum(held.area) FILTER (WHERE held.state = 'offered' AND held.renews_id IS NOT NULL
                AND upto.begun AND upto.goes_on), 0),
       coalesce(sum(held.area) FILTER (WHERE held.state = 'offered' AND held.renews_id IS NULL
                AND upto.begun AND upto.goes_on), 0),
       (SELECT coalesce(sum(wish.area_m2), 0) FROM workspace_application wish
        JOIN workspace_team team ON team.id = wish.team_id
        WHERE team.site_id = %(site)s AND wish.state = 'waiting' AND wish.from_on <= d.day),
       (SELECT coalesce(sum(space.area_m2), 0) FROM workspace_space space
        JOIN workspace_floor floor ON floor.id = space.floor_id
        JOIN workspace_building building ON building.id = floor.building_id
        WHERE building.site_id = %(site)s AND space.kind IN ('office', 'lab', 'desk') AND space.policy_id IS NULL
          AND space.starts_on <= d.day AND (space.ends_on IS NULL OR space.ends_on > d.day))
FROM unnest(%(days)s::date[]) AS d(day)
LEFT JOIN held ON true
LEFT JOIN LATERAL (SELECT held.starts_on <= d.day AS begun, held.ends_on IS NULL OR held.ends_on > d.day AS goes_on,
                          held.ends_on <= d.day AND held.ends_on IS NOT DISTINCT FROM held.term_ends_on AS at_term_end
) AS upto ON true
GROUP BY d.day ORDER BY d.day"""


@dataclass(frozen=True, slots=True)
class Need:
    """Area in square metres on a day: what is certain, what may stay, what is offered, what waits, what there is."""

    day: date
    signed: Decimal
    may_stay: Decimal
    leaves: Decimal
    renewals: Decimal
    offers: Decimal
    waiting: Decimal
    lettable: Decimal

    @property
    def low(self) -> Decimal:
        """Return the need if every term ends, and no offer is taken."""
        return self.signed

    @property
    def mid(self) -> Decimal:
        """Return the need if who gave no notice stays, and every offer is taken."""
        return self.signed + self.may_stay + self.renewals + self.offers

    @property
    def high(self) -> Decimal:
        """Return the need if also everybody on the waiting list gets what they ask for."""
        return self.mid + self.waiting


def space_need(site: Site, on: date) -> Sequence[Need]:
    """Return what is needed today and on the same day of each of the next twelve months; one query."""
    days = [months_after(on, ahead) for ahead in range(AHEAD_MONTHS + 1)]
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, {"site": site.pk, "on": on, "days": days})
        return [Need(*row) for row in cursor.fetchall()]
