"""What measures count of a place, seat by seat: that a host opened it, and that somebody accepted it.

The rules are those of the catalogue. A seat counts as offered once, on the day the host opened it; one of a place that
closed before anybody was offered it no longer counts. A seat counts as filled on the day its offer was accepted, and
no longer when it is given up before the person arrived.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from accord.kernel.text import Bilingual
from accord.programmes.enums import Counted
from accord.programmes.models import Call, CountedLine, Offer, Place, Seat
from accord.programmes.operations._counted_lines import Line, settle_lines
from accord.programmes.queries import kinds, people_behind

ONE = Decimal(1)


def count_place(*, place: Place, at: datetime) -> None:
    """Bring what measures count of a place in line with it and its seats; nothing changes where nothing differs."""
    with transaction.atomic():
        held = (
            Place.objects.select_for_update(of=("self",), no_key=True)
            .select_related("call__programme", "host__institution")
            .get(pk=place.pk)
        )
        settle_lines(records=[_record(held)], wanted=_lines_of(held, at), at=at)


def count_places(*, call: Call, at: datetime) -> None:
    """Count every place of a call."""
    for place in call.places.order_by("pk"):
        count_place(place=place, at=at)


def _lines_of(place: Place, at: datetime) -> Iterator[Line]:
    counts = kinds()[place.call.programme.kind].counts
    zone = ZoneInfo(place.call.time_zone)
    if Counted.PLACES_OFFERED in counts:
        opened = _opened_on(place)
        for number in range(1, _offered_seats(place) + 1):
            yield _line(place, Counted.PLACES_OFFERED, number, opened.get(number, at.astimezone(zone).date()))
    if Counted.PLACES_FILLED in counts:
        for number, day in sorted(_filled_on(place, zone).items()):
            yield _line(place, Counted.PLACES_FILLED, number, day)


def _opened_on(place: Place) -> dict[int, date]:
    """Return on which day each seat was opened, as it was counted first: seats that are added later have their own."""
    rows = CountedLine.objects.filter(record=_record(place), what=Counted.PLACES_OFFERED)
    return {
        int(part.removeprefix("seat:")): day
        for part, day in rows.order_by("-known_at", "-pk").values_list("part", "starts_on")
    }


def _offered_seats(place: Place) -> int:
    """Return how many seats count as offered: all of an open place, of a closed one those that people were offered."""
    if place.closed_at is None and place.call.cancelled_at is None:
        return place.count
    offered = list(Offer.objects.filter(place=place).values_list("application", flat=True).distinct().order_by())
    return min(place.count, sum(people_behind(offered).values()))


def _filled_on(place: Place, zone: ZoneInfo) -> Mapping[int, date]:
    """Return on which day each seat was accepted that still counts; of several who came, the first."""
    rows = list(Seat.objects.filter(place=place).prefetch_related("offer__placements").order_by("taken_at", "pk"))
    held = Counter(seat.offer_id for seat in rows if seat.given_up_at is None)
    filled: dict[int, date] = {}
    for seat in rows:
        if seat.given_up_at is not None:
            # Seats bear no names: of those given up, as many count as people came beyond the seats still held.
            if sum(one.arrived_on is not None for one in seat.offer.placements.all()) <= held[seat.offer_id]:
                continue
            held[seat.offer_id] += 1
        filled.setdefault(seat.number, seat.taken_at.astimezone(zone).date())
    return filled


def _line(place: Place, what: Counted, number: int, day: date) -> Line:
    return Line(
        programme=place.call.programme_id,
        what=what,
        record=_record(place),
        part=f"seat:{number}",
        label=_label(place),
        amount=ONE,
        starts_on=day,
        is_simulated=place.is_simulated or place.call.programme.is_simulated,
    )


def _label(place: Place) -> Bilingual:
    """Return the name of a place with its code, a side that is missing left out."""
    return Bilingual(*(f"{side} ({place.code})" if side else "" for side in (place.name.en, place.name.zh_hans)))


def _record(place: Place) -> str:
    return f"place:{place.pk}"
