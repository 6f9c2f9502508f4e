"""What holds of many applications at once."""

from collections.abc import Iterable

from accord.programmes.enums import OfferState
from accord.programmes.models import Application, Call, MatchRun, Offer, Place, Wish


def accepted_offers(applications: Iterable[Application]) -> dict[int, Offer]:
    """Return the accepted offer of each application that has one, by the application's number; one query."""
    rows = Offer.objects.filter(application__in=[one.pk for one in applications], state=OfferState.ACCEPTED)
    rows = rows.order_by("application__reference")
    return {
        offer.application_id: offer
        for offer in rows.select_related(
            "place__host__institution", "place__host__contact", "place__call", "application"
        )
    }


def offers_of_run(run: MatchRun) -> list[Offer]:
    """Return the offers of a run by reference, with application, applicant and place; one query."""
    rows = Offer.objects.filter(run=run).select_related("application__applicant", "place__host__contact")
    return list(rows.order_by("application__reference"))


def wishes_by_place(call: Call) -> dict[Place, list[Application]]:
    """Return who wants each place of a call among those who wait for one, by reference; one query."""
    rows = Wish.objects.filter(place__call=call, application__phase="offer").select_related(
        "place__host__contact", "application"
    )
    found: dict[Place, list[Application]] = {}
    for wish in rows.order_by("place__code", "application__reference"):
        found.setdefault(wish.place, []).append(wish.application)
    return found
