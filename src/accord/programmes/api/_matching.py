"""Places of a call, who got which in a run of the match, and offers; for the office alone."""

from datetime import date, datetime
from typing import Any

from ninja import Query
from pydantic import Field

from accord.kernel.api import ApiRequest, Key, Number, Page, Router, Shown, Words
from accord.programmes import queries
from accord.programmes.api._office import CALL, call_of_office
from accord.programmes.enums import MatchChange, OfferState, Permission
from accord.programmes.forms import LINES_LIST, OFFERS_LIST, PLACES_LIST
from accord.programmes.queries import MatchLine, Offer
from accord.ui.listing import ListAsked, listed

matching = Router(tags=["Programmes"])


class PlaceShown(Shown):
    """Places of one sort that a host opened."""

    code: str = Field(examples=["P-01"])
    name: Words
    host: str = Field(description="Key of the institution.")
    count: int = Field(description="How many people it takes.")
    minimum: int = Field(description="With fewer it does not run.")
    limit: str | None = Field(description="Key of the limit that it lies under.")
    starts_on: date | None
    ends_on: date | None
    wanted: int = Field(description="How many applications rank it.")
    offered: int = Field(description="Offers that wait for an answer.")
    held: int = Field(description="Seats of accepted offers.")
    closed_at: datetime | None


class MatchLineShown(Shown):
    """What a run gave to one application."""

    application: str = Field(description="Reference.")
    place: str | None = Field(description="Code; null: no place.")
    rank: int | None = Field(description="Which choice it is.")
    change: MatchChange | None = Field(description="Against the run before.")


class OfferShown(Shown):
    """An offer of a place, and how it was answered."""

    id: int
    application: str = Field(description="Reference.")
    place: str = Field(description="Code.")
    state: OfferState
    answer_by_at: datetime
    told_at: datetime | None = Field(description="Null: its letter is held back.")
    answered_at: datetime | None


class PlacesAsked(ListAsked, table=PLACES_LIST):
    """How places may be asked for."""


class MatchLinesAsked(ListAsked, table=LINES_LIST):
    """How the lines of a run may be asked for."""


class OffersAsked(ListAsked, table=OFFERS_LIST):
    """How offers may be asked for."""


@matching.reads(f"{CALL}/places", answer=Page[PlaceShown], may=Permission.SEE_APPLICATIONS)
def list_call_places(request: ApiRequest, programme: Key, key: Key, asked: Query[PlacesAsked]) -> Page[PlaceShown]:
    """List the places of a call. With how many want each, and how many seats are held."""
    found = call_of_office(request, programme, key)
    return listed(request, asked, queries.places_of_call(found), _place)


@matching.reads(f"{CALL}/runs/{{number}}", answer=Page[MatchLineShown], may=Permission.SEE_APPLICATIONS)
def list_match_lines(
    request: ApiRequest, programme: Key, key: Key, number: Number, asked: Query[MatchLinesAsked]
) -> Page[MatchLineShown]:
    """List who got what in a run of the match. A run binds nobody before it is published."""
    found = call_of_office(request, programme, key)
    return listed(request, asked, queries.lines_of(queries.find_run(found, number)), _line)


@matching.reads(f"{CALL}/offers", answer=Page[OfferShown], may=Permission.SEE_APPLICATIONS)
def list_offers(request: ApiRequest, programme: Key, key: Key, asked: Query[OffersAsked]) -> Page[OfferShown]:
    """List the offers of a call. Those that wait for an answer hold their seats until the moment shown."""
    found = call_of_office(request, programme, key)
    return listed(request, asked, queries.offers_in(found), _offer)


def _place(row: Any) -> PlaceShown:
    return PlaceShown(
        code=row.code,
        name=Words.of(row.name),
        host=row.host.institution.key,
        count=row.count,
        minimum=row.minimum,
        limit=row.limit.key if row.limit else None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        wanted=row.wanted,
        offered=row.offered,
        held=row.held,
        closed_at=row.closed_at,
    )


def _line(row: MatchLine) -> MatchLineShown:
    return MatchLineShown(
        application=row.application.reference,
        place=row.place.code if row.place else None,
        rank=row.rank,
        change=MatchChange(row.change) if row.change else None,
    )


def _offer(row: Offer) -> OfferShown:
    return OfferShown(
        id=row.pk,
        application=row.application.reference,
        place=row.place.code,
        state=OfferState(row.state),
        answer_by_at=row.answer_by_at,
        told_at=row.told_at,
        answered_at=row.answered_at,
    )
