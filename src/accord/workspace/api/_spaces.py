"""Sites, their floors, and the spaces on them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    Number,
    Page,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotAllowed
from accord.kernel.text import Bilingual
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed
from accord.workspace import operations, queries, rules
from accord.workspace.enums import Permission, SpaceKind, SpaceState
from accord.workspace.forms import FLOORS, SITES, SPACES
from accord.workspace.operations import facts_of_space
from accord.workspace.queries import BookingPolicy, FloorRow, Site, SiteRow, Space

spaces = Router(tags=["Work spaces"])
TOKEN_LETTERS = 24
MOST_M2 = 999_999


class SiteShown(Shown):
    """A work space that one institution runs, as it stands today."""

    key: str = Field(examples=["dreamworks"])
    name: Words
    operator: Words = Field(description="The institution that runs it.")
    teams: int = Field(description="Resident teams.")
    jobs: int = Field(description="People whom they employ, as last reported.")
    research_jobs: int
    area_let_m2: float
    area_operated_m2: float
    waiting: int = Field(description="Teams that wait for space.")
    is_simulated: bool = Field(description="True for what a demo world invented.")


class FloorShown(Shown):
    """A floor as it stands today."""

    id: int
    building: str = Field(description="Key of the building.", examples=["a"])
    level: int = Field(description="0 is the ground floor.")
    name: Words
    area_m2: float
    operated_m2: float = Field(description="In operation.")
    let_m2: float
    common_m2: float = Field(description="Common areas.")
    spaces: int


class SpaceShown(Shown):
    """An office, laboratory, room, desk, piece of equipment or common area, as it stands today."""

    id: int
    code: str = Field(description="On the door.", examples=["A-0312"])
    name: Words
    kind: SpaceKind
    state: SpaceState
    floor: int = Field(description="Number of the floor.")
    building: str = Field(description="Key of the building.")
    level: int
    area_m2: float | None
    capacity: int = Field(description="People it holds; 0 where nobody sits.")
    features: list[str] = Field(examples=[["projector", "fume-hood"]])
    position: int = Field(description="Along the floor: neighbours follow each other.")
    outline: list[list[float]] = Field(description="Corners as [x, y] on the floor's plan.")
    booking_rules: int | None = Field(description="Number of the rules that it follows; null: it cannot be booked.")
    held_by: str | None = Field(description="Key of the team that has it today.")
    held_until: date | None = Field(description="First day after the letting.")
    starts_on: date
    ends_on: date | None = Field(description="First day on which it is out of operation.")
    version: int = Field(description="The row version, as in ETag.")


class SpaceChanged(Sent):
    """What changes of a space; what is not sent stays as it is."""

    code: Text = Field("", max_length=40, description="On the door.", examples=["A-0312"])
    kind: SpaceKind = SpaceKind.OFFICE
    name: WordsSent = WordsSent.model_validate({})
    area_m2: float | None = Field(None, gt=0, le=MOST_M2, description="Only desks and equipment go without.")
    capacity: int = Field(0, ge=0, le=10_000, description="People it holds.")
    features: list[Text] = Field([], max_length=30, examples=[["projector"]])
    position: int = Field(0, ge=0, le=10_000)
    outline: list[list[float]] = Field([], max_length=200, description="Corners as [x, y]; none: not drawn.")
    booking_rules: int | None = Field(None, ge=1, le=2**63 - 1, description="Number of the rules; null: none.")
    starts_on: Day = Field(date.min, examples=["2019-09-30"])
    ends_on: Day | None = Field(None, description="First day on which it is out of operation.")


class SpaceSent(SpaceChanged):
    """A space that is added to a floor."""

    floor: int = Field(ge=1, le=2**63 - 1, description="Number of the floor.")
    code: Text = Field(min_length=1, max_length=40, description="On the door.", examples=["A-0312"])
    kind: SpaceKind
    starts_on: Day = Field(examples=["2019-09-30"])


class SitesAsked(ListAsked, table=SITES):
    """How work spaces may be asked for."""


class FloorsAsked(ListAsked, table=FLOORS):
    """How floors may be asked for."""


class SpacesAsked(ListAsked, table=SPACES):
    """How spaces may be asked for."""


@spaces.reads("/work-spaces", answer=Page[SiteShown], may=Permission.SEE)
def list_work_spaces(request: ApiRequest, asked: Query[SitesAsked]) -> Page[SiteShown]:
    """List the work spaces that you may see. With teams, people and area as they stand today."""
    return listed(request, asked, queries.site_rows(request.actor, clock.now(request.world)), _site)


@spaces.reads("/work-spaces/{key}", answer=SiteShown, may=Permission.SEE)
def read_work_space(request: ApiRequest, key: Key) -> Detail[SiteShown]:
    """Read one work space. With teams, people and area as they stand today."""
    found = queries.find_site(request.actor, key)
    numbers = queries.numbers_of({found.pk: _today(request, found)})[found.pk]
    row = SiteRow(found.key, found.name, found.operator.name, numbers, found.is_simulated)
    return Detail(_site(row), version=found.version)


@spaces.reads("/work-spaces/{key}/floors", answer=Page[FloorShown], may=Permission.SEE)
def list_floors(request: ApiRequest, key: Key, asked: Query[FloorsAsked]) -> Page[FloorShown]:
    """List the floors of a work space. With what is in operation and let of them today."""
    found = queries.find_site(request.actor, key)
    return listed(request, asked, queries.floor_rows(request.actor, found, _today(request, found)), _floor)


@spaces.reads("/work-spaces/{key}/spaces", answer=Page[SpaceShown], may=Permission.SEE)
def list_spaces(request: ApiRequest, key: Key, asked: Query[SpacesAsked]) -> Page[SpaceShown]:
    """List the spaces of a work space. As they stand today: free, let, bookable or closed."""
    found = queries.find_site(request.actor, key)
    return listed(request, asked, queries.space_list(request.actor, found, _today(request, found)), _space)


@spaces.creates("/work-spaces/{key}/spaces", answer=SpaceShown, may=Permission.KEEP_SPACES)
def add_space(request: ApiRequest, key: Key, sent: SpaceSent) -> Created[SpaceShown]:
    """Add a space to a floor. The floor's spaces together never take more than the floor."""
    found = _site_to_keep(request, key)
    said = _said(sent, found, set(SpaceChanged.model_fields))
    made = operations.add_space(
        floor=queries.find_floor(request.actor, found, sent.floor),
        door_token=get_random_string(TOKEN_LETTERS),
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **said,
    )
    address = reverse("api:read_space", args=[key, made.pk])
    return Created(_shown(request, found, made.pk), version=made.version, at=address)


@spaces.reads("/work-spaces/{key}/spaces/{number}", answer=SpaceShown, may=Permission.SEE)
def read_space(request: ApiRequest, key: Key, number: Number) -> Detail[SpaceShown]:
    """Read one space. As it stands today."""
    shown = _shown(request, queries.find_site(request.actor, key), number)
    return Detail(shown, version=shown.version)


@spaces.changes("/work-spaces/{key}/spaces/{number}", answer=SpaceShown, may=Permission.KEEP_SPACES)
def change_space(request: ApiRequest, key: Key, number: Number, sent: SpaceChanged) -> Detail[SpaceShown]:
    """Change what is known of a space. Days on which it is let or booked are not cut off."""
    found = _site_to_keep(request, key)
    held = queries.find_space(request.actor, found, number)
    version = expected(request, held.version)
    facts = facts_of_space(held).with_changes(**_said(sent, found, sent.model_fields_set))
    operations.change_space(
        space=held, version=version, facts=facts, by=acting_person(request.actor), at=clock.now(request.world)
    )
    return read_space(request, key, number)


def _site_to_keep(request: ApiRequest, key: str) -> Site:
    site = queries.find_site(request.actor, key)
    if not rules.may_keep_spaces(request.actor, site.operator_id):
        raise NotAllowed(
            _("Only stewards, officers and operators of the house that runs this work space change it. Ask one.")
        )
    return site


def _said(sent: SpaceChanged, site: Site, names: set[str]) -> dict[str, Any]:
    """Return what was sent as the operations take it; only these fields."""
    said = {name: getattr(sent, name) for name in names if name != "booking_rules"}
    if "name" in said:
        said["name"] = sent.name.text
    if said.get("area_m2") is not None:
        said["area_m2"] = Decimal(str(sent.area_m2))
    if "booking_rules" in names:
        said["policy"] = _policy(site, sent.booking_rules)
    return said


def _policy(site: Site, number: int | None) -> BookingPolicy | None:
    if number is None:
        return None
    found = queries.policies_of(site).filter(pk=number).first()
    if found is None:
        raise wrong_field("booking_rules", _("There are no booking rules of this number here."))
    return found


def _shown(request: ApiRequest, site: Site, number: int) -> SpaceShown:
    return _space(queries.find_space_as_it_stands(request.actor, site, number, _today(request, site)))


def _today(request: ApiRequest, site: Site) -> date:
    """Return the day that it is at a site now."""
    return queries.day_at(site, clock.now(request.world))


def _site(row: SiteRow) -> SiteShown:
    """Return a site as the API shows it."""
    numbers = row.numbers
    return SiteShown(
        key=row.key,
        name=Words.of(Bilingual.of(row.name)),  # type: ignore[arg-type]  # `SiteRow` keeps it as whatever pages can say
        operator=Words.of(Bilingual.of(row.operator)),  # type: ignore[arg-type]  # the same
        teams=numbers.teams,
        jobs=numbers.jobs,
        research_jobs=numbers.research_jobs,
        area_let_m2=float(numbers.area_let),
        area_operated_m2=float(numbers.area_operated),
        waiting=numbers.waiting,
        is_simulated=row.is_simulated,
    )


def _floor(row: FloorRow) -> FloorShown:
    """Return a floor as the API shows it."""
    return FloorShown(
        id=row.pk,
        building=row.building_key,
        level=row.level,
        name=Words.of(row.words),
        area_m2=float(row.area_m2),
        operated_m2=float(row.operated),
        let_m2=float(row.let),
        common_m2=float(row.common),
        spaces=row.spaces,
    )


def _space(row: Any) -> SpaceShown:
    """Return a space, with how it stands, as the API shows it."""
    space: Space = row
    return SpaceShown(
        id=space.pk,
        code=space.code,
        name=Words.of(space.name or Bilingual()),
        kind=SpaceKind(space.kind),
        state=SpaceState(row.state),
        floor=space.floor_id,
        building=space.floor.building.key,
        level=space.floor.level,
        area_m2=None if space.area_m2 is None else float(space.area_m2),
        capacity=space.capacity,
        features=list(space.features),
        position=space.position,
        outline=[[float(x), float(y)] for x, y in space.outline],
        booking_rules=space.policy_id,
        held_by=row.held_key,
        held_until=row.held_until,
        starts_on=space.starts_on,
        ends_on=space.ends_on,
        version=space.version,
    )
