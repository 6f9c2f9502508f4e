"""How many people stand behind an application, and how many seats it holds."""

from collections.abc import Collection

from django.db.models import Count

from accord.programmes.models import CoApplicant, Seat


def people_behind(applications: Collection[int]) -> dict[int, int]:
    """Return how many people each application is: the applicant and co-applicants who joined; one query."""
    joined = CoApplicant.objects.filter(
        application__in=applications, joined_at__isnull=False, removed_at=None, declined_at=None
    )
    counted = dict(joined.order_by().values("application").annotate(n=Count("pk")).values_list("application", "n"))
    return {one: 1 + counted.get(one, 0) for one in applications}


def seats_held(applications: Collection[int]) -> dict[int, int]:
    """Return how many seats each application holds that holds any: fewer than people where one was called off.

    One query.
    """
    rows = Seat.objects.filter(offer__application__in=applications, given_up_at=None).order_by()
    counted = rows.values("offer__application").annotate(n=Count("pk"))
    return dict(counted.values_list("offer__application", "n"))
