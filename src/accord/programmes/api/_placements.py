"""Placements: who is where, and the days that are counted."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Day, Detail, Key, Page, Router, Sent, Shown, Text, Words
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed
from accord.people.queries import acting_person
from accord.programmes import operations, queries, rules
from accord.programmes.enums import EndReason, Permission, PersonLevel, PlacementState, Side
from accord.programmes.forms import PLACEMENTS
from accord.programmes.queries import Placement
from accord.ui.listing import ListAsked, listed

placements = Router(tags=["Programmes"])


class PlacementShown(Shown):
    """A placement: the name only to those who may read it, the days to all who know of it."""

    reference: str = Field(examples=["SUMMER-P00001"])
    programme: str = Field(description="Key of the programme.")
    call: str | None = Field(description="Key of the call; null: recorded by hand.")
    person: Words | None = Field(description="Null for who may not read names.")
    host: str = Field(description="Key of the institution.")
    home: str | None = Field(description="Key of the institution that sent the person; null: nobody did.")
    level: PersonLevel
    state: PlacementState
    starts_on: date = Field(description="First day, as agreed.")
    ends_on: date = Field(description="Last day, as agreed.")
    arrived_on: date | None = Field(description="First day there, as the host confirmed.")
    left_on: date | None = Field(description="Last day there.")
    is_simulated: bool = Field(description="True for what a demo world invented.")
    version: int


class ArrivalSent(Sent):
    """The day of arrival."""

    arrived_on: Day


class EndSent(Sent):
    """The last day there; a reason where it came before its time."""

    left_on: Day
    reason: EndReason | None = Field(None, description="Only where it was broken off.")
    note: Text = Field("", max_length=2000)


class PlacementsAsked(ListAsked, table=PLACEMENTS):
    """How placements may be asked for."""


@placements.reads("/placements", answer=Page[PlacementShown], may=Permission.SEE)
def list_placements(request: ApiRequest, asked: Query[PlacementsAsked]) -> Page[PlacementShown]:
    """List the placements that one may know of. Partners see days and no names."""
    rows = queries.listed_placements(request.actor, queries.placements_visible_to(request.actor))
    return listed(request, asked, rows, _shown)


@placements.reads("/placements/{reference}", answer=PlacementShown, may=Permission.SEE)
def read_placement(request: ApiRequest, reference: Key) -> Detail[PlacementShown]:
    """Read one placement. What is counted of it follows from its days."""
    return _detail(request, queries.find_placement(request.actor, reference))


@placements.acts(
    "/placements/{reference}/arrival", answer=PlacementShown, may=Permission.KEEP_PLACEMENTS, matches=False
)
def confirm_placement_arrival(request: ApiRequest, reference: Key, sent: ArrivalSent) -> Detail[PlacementShown]:
    """Confirm the day of arrival. The host and the office do; the placement counts from that day."""
    held = _kept(request, reference)
    done = operations.confirm_arrival(
        placement=held, arrived_on=sent.arrived_on, by=acting_person(request.actor), at=clock.now(request.world)
    )
    return _detail(request, queries.find_placement(request.actor, done.reference))


@placements.acts("/placements/{reference}/end", answer=PlacementShown, may=Permission.KEEP_PLACEMENTS, matches=False)
def end_placement(request: ApiRequest, reference: Key, sent: EndSent) -> Detail[PlacementShown]:
    """Record the last day there. It is completed once both sides have evaluated it."""
    held = _kept(request, reference)
    done = operations.end_placement(
        placement=held,
        left_on=sent.left_on,
        reason=sent.reason or "",
        note=sent.note,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _detail(request, queries.find_placement(request.actor, done.reference))


def _kept(request: ApiRequest, reference: str) -> Placement:
    """Return a placement to its host and to the office; others who know of it hear whom to ask."""
    found = queries.find_placement(request.actor, reference)
    is_office = rules.may_keep_placements(request.actor, found.programme.owner_id)
    if not is_office and Side.HOST not in queries.sides_of(request.actor, found):
        raise NotAllowed(_("Only the host and the office of the programme confirm this. Ask somebody there."))
    return found


def _detail(request: ApiRequest, found: Placement) -> Detail[PlacementShown]:
    row = queries.listed_placements(
        request.actor, queries.placements_visible_to(request.actor).filter(pk=found.pk)
    ).get()
    if row.may_read:  # type: ignore[attr-defined]  # annotated
        people_shown(request.actor, [found.person_id], clock.now(request.world))
    return Detail(_shown(row), version=found.version)


def _shown(row: Any) -> PlacementShown:
    """Return a placement as lists show it."""
    return PlacementShown(
        reference=row.reference,
        programme=row.programme.key,
        call=row.call.key if row.call else None,
        person=Words.of(row.person.name) if row.may_read else None,
        host=row.host.key,
        home=row.home.key if row.home else None,
        level=PersonLevel(row.level),
        state=PlacementState(row.state),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        arrived_on=row.arrived_on,
        left_on=row.left_on,
        is_simulated=row.is_simulated,
        version=row.version,
    )
