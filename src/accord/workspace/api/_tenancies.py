"""The waiting list of a site, and its tenancies."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import ApiRequest, Created, Day, Detail, Key, Number, Page, Router, Sent, Shown, Text, Words
from accord.kernel.refused import NotAllowed
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed
from accord.workspace import operations, queries, rules
from accord.workspace.enums import ApplicationState, EndReason, Permission, SpaceKind, TenancyState
from accord.workspace.forms import TENANCIES_WITHOUT_RENT, WAITING
from accord.workspace.queries import Application, Tenancy, TenancySpace, WaitingRow

tenancies = Router(tags=["Work spaces"])
MOST_M2, MOST_PEOPLE, MOST_MONTHS = 100_000, 10_000, 120


class LettingShown(Shown):
    """A space that a tenancy holds or held."""

    space: str = Field(description="Code on the door.", examples=["A-0312"])
    area_m2: float | None
    starts_on: date
    ends_on: date | None = Field(description="First day after it; null: no end.")
    monthly_minor: int | None = Field(description="Rent a month before relief; null for who may not read rents.")
    relief_percent: float | None


class TenancyRowShown(Shown):
    """A tenancy in a list."""

    id: int
    number: str = Field(description="Of the contract.", examples=["T-2019-017"])
    team: str = Field(description="Key of the team.")
    state: TenancyState
    spaces: str = Field(description="Codes of the spaces, with commas between.")
    area_m2: float | None
    starts_on: date
    until_on: date | None = Field(description="First day after it; null: no end.")
    is_simulated: bool = Field(description="True for what a demo world invented.")


class TenancyShown(Shown):
    """A tenancy: offered, signed or ended, with its spaces."""

    id: int
    number: str = Field(description="Of the contract.", examples=["T-2019-017"])
    team: str = Field(description="Key of the team.")
    team_name: Words
    state: TenancyState
    starts_on: date
    ends_on: date | None = Field(description="First day after the term; null: until notice.")
    left_on: date | None = Field(description="First day on which the team no longer had space.")
    end_reason: EndReason | None
    notice_on: date | None
    answer_by_on: date = Field(description="Last day to answer the offer.")
    renews: str | None = Field(description="Number of the contract that this one renews.")
    currency: str
    deposit_minor: int | None = Field(description="Null for who may not read rents.")
    spaces: list[LettingShown]
    is_simulated: bool = Field(description="True for what a demo world invented.")
    version: int = Field(description="The row version, as in ETag.")


class ApplicationShown(Shown):
    """A team's wish for space, and where it stands."""

    id: int
    team: str = Field(description="Key of the team.")
    state: ApplicationState
    place: int | None = Field(description="On the list for its kind of space; null once closed.")
    kind: SpaceKind
    area_m2: float
    people: int
    from_on: date
    months: int | None
    features: list[str] = Field(description="Needed, all of them.")
    wished: list[str]
    has_priority: bool = Field(description="Whether the agreement names the team.")
    applied_at: datetime


class ApplicationSent(Sent):
    """A wish for space."""

    team: Key = Field(description="Key of the team.")
    kind: SpaceKind = SpaceKind.OFFICE
    area_m2: float = Field(gt=0, le=MOST_M2, description="The least that is enough.", examples=[60])
    people: int = Field(ge=1, le=MOST_PEOPLE, examples=[8])
    from_on: Day = Field(examples=["2019-12-01"])
    months: int | None = Field(None, ge=1, le=MOST_MONTHS)
    price_limit_minor: int | None = Field(None, ge=0, le=2**53, description="Most a month before relief.")
    features: list[Text] = Field([], max_length=30, description="Needed, all of them.", examples=[["water"]])
    wished: list[Text] = Field([], max_length=30)
    note: Text = Field("", max_length=2000)


class TenanciesAsked(ListAsked, table=TENANCIES_WITHOUT_RENT):
    """How tenancies may be asked for."""


class ApplicationsAsked(ListAsked, table=WAITING):
    """How applications may be asked for."""


@tenancies.reads("/work-spaces/{key}/tenancies", answer=Page[TenancyRowShown], may=Permission.SEE)
def list_tenancies(request: ApiRequest, key: Key, asked: Query[TenanciesAsked]) -> Page[TenancyRowShown]:
    """List the tenancies of a work space. Offered, signed and ended ones."""
    found = queries.find_site(request.actor, key)
    if not queries.sees_tenancies(request.actor, found):
        raise NotAllowed(_("The tenancies of other teams are no matter of a team. Your own stand on your team's page."))
    return listed(request, asked, queries.tenancies_at(found), _row)


@tenancies.reads("/work-spaces/{key}/tenancies/{number}", answer=TenancyShown, may=Permission.SEE)
def read_tenancy(request: ApiRequest, key: Key, number: Number) -> Detail[TenancyShown]:
    """Read one tenancy. With every space that it holds or held."""
    site = queries.find_site(request.actor, key)
    found = queries.find_tenancy(request.actor, site, number)
    return Detail(_tenancy(request, found), version=found.version)


@tenancies.reads("/work-spaces/{key}/applications", answer=Page[ApplicationShown], may=Permission.KEEP_TEAMS)
def list_space_applications(request: ApiRequest, key: Key, asked: Query[ApplicationsAsked]) -> Page[ApplicationShown]:
    """List the applications for space. In the stated order of the waiting list."""
    found = queries.find_site(request.actor, key)
    if not rules.may_keep_teams(request.actor, found.operator_id):
        raise NotAllowed(_("Only the operator of this work space keeps its teams. Ask somebody of the house."))
    return listed(request, asked, queries.waiting_rows(found), _of_row)


@tenancies.creates("/work-spaces/{key}/applications", answer=ApplicationShown, may=Permission.REPORT)
def apply_for_space(request: ApiRequest, key: Key, sent: ApplicationSent) -> Created[ApplicationShown]:
    """Put a team on the waiting list. Its leads do, and whoever keeps the site's teams."""
    site = queries.find_site(request.actor, key)
    team = queries.find_team(request.actor, site, sent.team)
    if not queries.sight_of(request.actor, team, queries.day_at(site, clock.now(request.world))).may_report:
        raise NotAllowed(_("Only whoever leads the team speaks for it here. Ask them, or the operator."))
    said: dict[str, Any] = sent.model_dump(exclude={"team", "area_m2"})
    made = operations.apply_for_space(
        team=team,
        area_m2=Decimal(str(sent.area_m2)),
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **said,
    )
    address = reverse("api:read_space_application", args=[key, made.pk])
    return Created(_application(made), version=made.version, at=address)


@tenancies.reads("/work-spaces/{key}/applications/{number}", answer=ApplicationShown, may=Permission.SEE_TERMS)
def read_space_application(request: ApiRequest, key: Key, number: Number) -> Detail[ApplicationShown]:
    """Read one application. With its place on the list."""
    site = queries.find_site(request.actor, key)
    found = queries.find_application(request.actor, site, number)
    return Detail(_application(found), version=found.version)


def _row(row: Any) -> TenancyRowShown:
    """Return a tenancy as lists show it."""
    return TenancyRowShown(
        id=row.pk,
        number=row.number,
        team=row.team.key,
        state=TenancyState(row.state),
        spaces=row.codes,
        area_m2=None if row.area is None else float(row.area),
        starts_on=row.starts_on,
        until_on=row.until_on,
        is_simulated=row.is_simulated,
    )


def _tenancy(request: ApiRequest, one: Tenancy) -> TenancyShown:
    """Return a tenancy as the API shows it; money to those who may see it."""
    today = queries.day_at(one.team.site, clock.now(request.world))
    sees = queries.sight_of(request.actor, one.team, today).may_see_terms
    return TenancyShown(
        id=one.pk,
        number=one.number,
        team=one.team.key,
        team_name=Words.of(one.team.name),
        state=TenancyState(one.state),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        left_on=one.left_on,
        end_reason=EndReason(one.end_reason) if one.end_reason else None,
        notice_on=one.notice_on,
        answer_by_on=one.answer_by_on,
        renews=one.renews.number if one.renews else None,
        currency=one.currency,
        deposit_minor=one.deposit_minor if sees else None,
        spaces=[_letting(row, sees=sees) for row in queries.tenancy_page(one).lettings if row.is_held],
        is_simulated=one.is_simulated,
        version=one.version,
    )


def _letting(row: TenancySpace, *, sees: bool) -> LettingShown:
    """Return a space of a tenancy as the API shows it."""
    return LettingShown(
        space=row.space.code,
        area_m2=None if row.space.area_m2 is None else float(row.space.area_m2),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        monthly_minor=row.monthly_minor if sees else None,
        relief_percent=float(row.relief_percent) if sees else None,
    )


def _application(one: Application) -> ApplicationShown:
    """Return an application with its place; one query."""
    place = queries.list_place_of(one)
    return _shown(one, place.number if place else None)


def _of_row(row: WaitingRow) -> ApplicationShown:
    """Return an application as the list has it."""
    return _shown(row.application, row.place)


def _shown(one: Application, place: int | None) -> ApplicationShown:
    """Return an application as the API shows it."""
    return ApplicationShown(
        id=one.pk,
        team=one.team.key,
        state=ApplicationState(one.state),
        place=place,
        kind=SpaceKind(one.kind),
        area_m2=float(one.area_m2),
        people=one.people,
        from_on=one.from_on,
        months=one.months,
        features=one.features,
        wished=one.wished,
        has_priority=one.has_priority,
        applied_at=one.applied_at,
    )
