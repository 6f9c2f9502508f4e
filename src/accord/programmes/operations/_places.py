"""Places that hosts open for a call, and seats that are kept for a group."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.facts import put
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual, tidied, trimmed
from accord.kernel.versions import expect
from accord.people.operations import named
from accord.people.queries import Person
from accord.programmes.enums import OfferState
from accord.programmes.models import Call, Host, Limit, Offer, Place, ReservedSeats, Seat
from accord.programmes.operations._count_places import count_place
from accord.programmes.operations._hosts import refuse_over, used
from accord.programmes.queries import people_behind

MOST_PLACES = 1000


class PlaceUnclear(Refused):
    """What is said of a place does not fit together; `field` says where."""

    code = "place-unclear"


class SeatsTaken(Refused):
    """A place was to become smaller than the people who hold it or are offered it."""

    code = "seats-taken"
    status = 409


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """What a host says of places of one sort."""

    name: Bilingual
    code: str = ""
    text: Bilingual = field(default_factory=Bilingual)
    needs: Bilingual = field(default_factory=Bilingual)
    city: Bilingual = field(default_factory=Bilingual)
    count: int = 1
    minimum: int = 0
    supervisor: Person | None = None
    supervisor_name: str = ""
    supervisor_email: str = ""
    limit: Limit | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def checked(self, call: Call) -> "PlaceFacts":
        """Return the facts as they are kept; refuse what does not fit."""
        if not 1 <= self.count <= MOST_PLACES:
            raise PlaceUnclear(_("Enter how many places there are: from 1 to 1,000."), field="count")
        if self.minimum > self.count:
            raise PlaceUnclear(_("It cannot need more people than it has places. Lower the minimum."), field="minimum")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise PlaceUnclear(_("The end lies before the start. Enter a later day, or none."), field="ends_on")
        if self.limit is not None and self.limit.call_id != call.pk:
            raise PlaceUnclear(_("This limit belongs to another call. Choose one of this call."), field="limit")
        return replace(
            self,
            name=named(self.name),
            code=self.code.strip().upper(),
            text=trimmed(self.text),
            needs=trimmed(self.needs),
            city=tidied(self.city),
            starts_on=self.starts_on or call.starts_on,
            ends_on=self.ends_on or call.ends_on,
        )


@transaction.atomic
def open_place(
    *, host: Host, facts: PlaceFacts, by: Person, at: datetime, link_id: int | None = None, is_simulated: bool = False
) -> Place:
    """Open places of one sort; without a code they get the next one. A code that is taken is refused."""
    used(link_id, host, at)
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=host.call_id)
    refuse_over(call)
    kept = facts.checked(call)
    said = {one.name: getattr(kept, one.name) for one in fields(PlaceFacts)} | {"code": kept.code or _next_code(call)}
    with refused_as({"place_code": lambda: _code_taken(said["code"])}):
        place = Place.objects.create(
            call=call, host=host, opened_at=at, opened_by=by, is_simulated=is_simulated, **said
        )
    count_place(place=place, at=at)
    return place


@transaction.atomic
def change_place(
    *, place: Place, version: int, facts: PlaceFacts, by: Person, at: datetime, link_id: int | None = None
) -> Place:
    """Change what is said of a place; never below the seats that are held or offered. No change leaves no trace."""
    del by
    used(link_id, place.host, at)
    held = locked_place(place.pk)
    refuse_over(held.call)
    expect(held, version)
    if held.closed_at is not None:
        raise PlaceUnclear(_("This place is closed. Open it anew under another code."))
    kept = facts.checked(held.call)
    bound = bound_seats(held)
    if kept.count < bound:
        raise SeatsTaken(
            _("%(bound)s people hold or are offered this place. Leave at least as many places, or take offers back.")
            % {"bound": bound},
            field="count",
        )
    changed = put(held, replace(kept, code=kept.code or held.code))
    if not changed:
        return held
    held.version += 1
    with refused_as({"place_code": lambda: _code_taken(held.code)}):
        held.save(update_fields=[*changed, "version"])
    count_place(place=held, at=at)
    return held


@transaction.atomic
def close_place(*, place: Place, by: Person, at: datetime, link_id: int | None = None) -> Place:
    """Take a place back: nobody new is placed there. Who holds it keeps it; done twice it changes nothing."""
    used(link_id, place.host, at)
    held = locked_place(place.pk)
    if held.closed_at is not None:
        return held
    refuse_over(held.call)
    if Offer.objects.filter(place=held, state=OfferState.OPEN).exists():
        raise SeatsTaken(_("People are offered this place and have not answered. Take their offers back first."))
    held.closed_at, held.closed_by = at, by
    held.version += 1
    held.save(update_fields=["closed_at", "closed_by", "version"])
    count_place(place=held, at=at)
    return held


@transaction.atomic
def reserve_seats(
    *, place: Place, group: str, seats: int, by: Person, at: datetime, opens_up: bool = True
) -> ReservedSeats | None:
    """Keep seats of a place for one group of applicants; none takes the reserve back."""
    del by, at
    held = locked_place(place.pk)
    refuse_over(held.call)
    group = group.strip()
    if not group:
        raise PlaceUnclear(_("Name the group for which seats are kept."), field="group")
    if seats == 0:
        ReservedSeats.objects.filter(place=held, group=group).delete()
        return None
    others = sum(one.seats for one in held.reserves.exclude(group=group))
    if seats + others > held.count:
        raise PlaceUnclear(
            _("The place has %(count)s seats, and %(others)s are kept for others. Reserve fewer.")
            % {"count": held.count, "others": others},
            field="seats",
        )
    kept, _made = ReservedSeats.objects.update_or_create(
        place=held, group=group, defaults={"seats": seats, "opens_up": opens_up}
    )
    return kept


def locked_place(pk: int) -> Place:
    """Return a place as it is now, locked against whoever accepts, changes or counts it meanwhile."""
    return Place.objects.select_for_update(of=("self",)).select_related("call__programme", "host").get(pk=pk)


def bound_seats(place: Place) -> int:
    """Return how many seats of a locked place are held, or promised by offers that wait for an answer."""
    open_offers = list(Offer.objects.filter(place=place, state=OfferState.OPEN).select_related("application"))
    return Seat.objects.filter(place=place, given_up_at=None).count() + sum(sizes_of(open_offers).values())


def sizes_of(offers: Sequence[Offer]) -> dict[int, int]:
    """Return how many people stand behind each offer: the applicant, and co-applicants who joined; one query."""
    joined = people_behind([one.application_id for one in offers])
    return {one.pk: joined[one.application_id] for one in offers}


def _next_code(call: Call) -> str:
    taken = set(Place.objects.filter(call=call).values_list("code", flat=True))
    number = len(taken) + 1
    while f"P-{number:02}" in taken:
        number += 1
    return f"P-{number:02}"


def _code_taken(code: str) -> PlaceUnclear:
    return PlaceUnclear(
        _("Another place of this call bears the code %(code)s. Choose another one.") % {"code": code}, field="code"
    )
