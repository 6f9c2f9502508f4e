"""The meetings of an agreement's parties."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.agreements import operations, queries, rules
from accord.agreements.enums import EngagementKind, Permission
from accord.agreements.forms import ENGAGEMENTS
from accord.agreements.queries import Agreement, Engagement
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
    Words,
    WordsSent,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotAllowed, NotThere
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed

engagements = Router(tags=["Agreements"])


class EngagementShown(Shown):
    """A meeting between the parties that took place."""

    id: int = Field(examples=[7])
    kind: EngagementKind
    title: Words
    held_on: date
    place: Words
    attendees: int = Field(description="People who took part, both sides together.")
    is_simulated: bool = Field(description="True for what a demo world invented.")
    recorded_at: datetime


class EngagementSent(Sent):
    """A meeting that took place."""

    kind: EngagementKind
    title: WordsSent
    held_on: Day = Field(examples=["2019-09-20"])
    place: WordsSent = WordsSent.model_validate({})
    attendees: int = Field(ge=1, le=1_000_000, description="People who took part, both sides together.", examples=[12])


class EngagementsAsked(ListAsked, table=ENGAGEMENTS):
    """How meetings may be asked for."""


@engagements.reads("/agreements/{key}/engagements", answer=Page[EngagementShown], may=Permission.VIEW)
def list_engagements(request: ApiRequest, key: Key, asked: Query[EngagementsAsked]) -> Page[EngagementShown]:
    """List the meetings of the parties. Struck ones are left out."""
    agreement = queries.find_agreement(request.actor, key)
    return listed(request, asked, queries.engagements_of(agreement), _engagement)


@engagements.creates("/agreements/{key}/engagements", answer=EngagementShown, may=Permission.RECORD_ENGAGEMENT)
def record_engagement(request: ApiRequest, key: Key, sent: EngagementSent) -> Created[EngagementShown]:
    """Record a meeting that took place. It counts from now on."""
    agreement = queries.find_agreement(request.actor, key)
    _refuse_unless_recorder(request, agreement)
    if not sent.title.text:
        raise wrong_field("title", _("Give the title in English, in Chinese or in both."))
    made = operations.record_engagement(
        agreement=agreement,
        kind=sent.kind,
        title=sent.title.text,
        held_on=sent.held_on,
        place=sent.place.text,
        attendees=sent.attendees,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        is_simulated=request.world.is_demo,
    )
    address = reverse("api:read_engagement", args=[key, made.pk])
    return Created(_engagement(made), version=_version(made), at=address)


@engagements.reads("/agreements/{key}/engagements/{number}", answer=EngagementShown, may=Permission.VIEW)
def read_engagement(request: ApiRequest, key: Key, number: Number) -> Detail[EngagementShown]:
    """Read one meeting. A struck one is gone from here; it stays in the history."""
    found = _found(request, queries.find_agreement(request.actor, key), number)
    return Detail(_engagement(found), version=_version(found))


@engagements.drops("/agreements/{key}/engagements/{number}", may=Permission.RECORD_ENGAGEMENT)
def strike_engagement(request: ApiRequest, key: Key, number: Number) -> None:
    """Strike a meeting that was recorded by mistake. It no longer counts; it stays in the history."""
    agreement = queries.find_agreement(request.actor, key)
    _refuse_unless_recorder(request, agreement)
    found = _found(request, agreement, number)
    expected(request, _version(found))
    operations.strike_engagement(engagement=found, by=acting_person(request.actor), at=clock.now(request.world))


def _refuse_unless_recorder(request: ApiRequest, agreement: Agreement) -> None:
    if not rules.may_record_engagement(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party record meetings. Ask one of them."))


def _found(request: ApiRequest, agreement: Agreement, number: int) -> Engagement:
    """Return a meeting that still counts; raises `NotThere`."""
    del request
    found = queries.find_engagement(agreement, number)
    if found.struck_at is not None:
        raise NotThere(_("There is no meeting of this number in this agreement."))
    return found


def _version(engagement: Engagement) -> int:
    return int(getattr(engagement, "version", 1))


def _engagement(row: Engagement) -> EngagementShown:
    """Return a meeting as the API shows it."""
    return EngagementShown(
        id=row.pk,
        kind=EngagementKind(row.kind),
        title=Words.of(row.title),
        held_on=row.held_on,
        place=Words.of(row.place),
        attendees=row.attendees,
        is_simulated=row.is_simulated,
        recorded_at=row.recorded_at,
    )
