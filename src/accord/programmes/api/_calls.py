"""Programmes and their calls."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import AwareDatetime, Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    Page,
    ProseSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
)
from accord.kernel.refused import NotAllowed
from accord.people.queries import acting_person
from accord.programmes import operations, queries, rules
from accord.programmes.enums import CallState, HostScore, Permission, ProgrammeKind, TieRule
from accord.programmes.forms import CALLS, PROGRAMMES
from accord.programmes.operations import CallFacts
from accord.programmes.queries import Call, Programme
from accord.review.enums import Mode
from accord.ui.listing import ListAsked, listed

calls = Router(tags=["Programmes"])


class ProgrammeShown(Shown):
    """What an institution offers again and again."""

    key: str = Field(examples=["summer-internships"])
    name: Words
    kind: ProgrammeKind
    owner: str = Field(description="Key of the institution that runs it.")
    agreement: str | None = Field(description="Key of the agreement that it delivers to.")
    calls: int
    calls_open: int = Field(description="Calls that take applications now.")
    is_simulated: bool = Field(description="True for what a demo world invented.")


class CallShown(Shown):
    """One round in which a programme takes applications."""

    programme: str = Field(description="Key of the programme.", examples=["summer-internships"])
    key: str = Field(examples=["2020"])
    name: Words
    state: CallState
    time_zone: str = Field(description="Deadlines are of this zone.", examples=["Asia/Shanghai"])
    opens_at: datetime
    closes_at: datetime
    results_on: date | None
    starts_on: date | None = Field(description="When placements begin.")
    ends_on: date | None = Field(description="When placements end.")
    mode: Mode = Field(description="Who knows whom in the review.")
    tie_rule: TieRule = Field(description="What tells equal scores apart.")
    host_score: HostScore = Field(description="Whose order counts at a place.")
    seed_digest: str | None = Field(description="SHA-256 of the sealed seed of the draw.")
    seed: str | None = Field(description="The seed itself, once the call is finished.")
    version: int = Field(description="The row version, as in ETag.")


class CallSent(Sent):
    """A call that is prepared; its form and workflow begin as those of its kind."""

    key: Key = Field(description="Short name, as in the address.", examples=["2020"])
    name: WordsSent
    opens_at: AwareDatetime = Field(examples=["2020-07-01T09:00:00+08:00"])
    closes_at: AwareDatetime = Field(examples=["2020-09-01T23:59:59+08:00"])
    time_zone: Text = Field(max_length=60, examples=["Asia/Shanghai"])
    partner_zone: Text = Field("", max_length=60, examples=["Europe/London"])
    summary: ProseSent = ProseSent.model_validate({})
    who_may: ProseSent = ProseSent.model_validate({})
    gives: ProseSent = ProseSent.model_validate({})
    contact: Text = Field("", max_length=254, description="Email address for questions.")
    results_on: Day | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    mode: Mode = Mode.SINGLE
    tie_rule: TieRule = TieRule.LOTTERY
    host_score: HostScore = HostScore.REVIEW
    most_wishes: int = Field(0, ge=0, le=1000, description="Most places to rank.")
    is_public: bool = Field(default=True, description="Listed for everybody once it is published.")


class ProgrammesAsked(ListAsked, table=PROGRAMMES):
    """How programmes may be asked for."""


class CallsAsked(ListAsked, table=CALLS):
    """How calls may be asked for."""


@calls.reads("/programmes", answer=Page[ProgrammeShown], may=Permission.SEE)
def list_programmes(request: ApiRequest, asked: Query[ProgrammesAsked]) -> Page[ProgrammeShown]:
    """List the programmes that you may see. With how many calls each has, and how many are open."""
    visible = queries.programmes_visible_to(request.actor)
    return listed(request, asked, queries.programmes_with_calls(visible, clock.now(request.world)), _programme)


@calls.reads("/calls", answer=Page[CallShown], may=Permission.SEE)
def list_calls(request: ApiRequest, asked: Query[CallsAsked]) -> Page[CallShown]:
    """List calls. Those that everybody may read, and those of the programmes that you may see."""
    now = clock.now(request.world)
    return listed(request, asked, queries.calls_to_list(request.actor, now), lambda row: _call(row, now))


@calls.reads("/programmes/{programme}/calls/{key}", answer=CallShown, may=Permission.SEE)
def read_call(request: ApiRequest, programme: Key, key: Key) -> Detail[CallShown]:
    """Read one call. Its dates, and by which rules it is decided."""
    now = clock.now(request.world)
    found = queries.find_public_call(request.actor, programme, key, now)
    return Detail(_call(found, now), version=found.version)


@calls.creates("/programmes/{programme}/calls", answer=CallShown, may=Permission.RUN)
def prepare_call(request: ApiRequest, programme: Key, sent: CallSent) -> Created[CallShown]:
    """Prepare a call. Nobody else reads it until its form and the call are published, which is done on its page."""
    home = queries.find_programme(request.actor, programme)
    if not rules.may_run(request.actor, home.owner_id):
        raise NotAllowed(_("Only the office of the institution that runs the programme prepares calls. Ask one."))
    now = clock.now(request.world)
    made = operations.prepare_call(
        programme=home, facts=CallFacts(**_said(sent)), by=acting_person(request.actor), at=now
    )
    address = reverse("api:read_call", args=[home.key, made.key])
    return Created(_call(made, now), version=made.version, at=address)


def _said(sent: CallSent) -> dict[str, Any]:
    """Return what was sent as the operation takes it."""
    said: dict[str, Any] = {name: getattr(sent, name) for name in CallSent.model_fields}
    return {name: value.text if isinstance(value, WordsSent) else value for name, value in said.items()}


def _programme(row: Any) -> ProgrammeShown:
    """Return a programme as the API shows it."""
    found: Programme = row
    return ProgrammeShown(
        key=found.key,
        name=Words.of(found.name),
        kind=ProgrammeKind(found.kind),
        owner=found.owner.key,
        agreement=found.agreement.key if found.agreement else None,
        calls=row.all_calls,
        calls_open=row.open_calls,
        is_simulated=found.is_simulated,
    )


def _call(row: Any, at: datetime) -> CallShown:
    """Return a call as the API shows it; its seed only once it is finished."""
    found: Call = row
    return CallShown(
        programme=found.programme.key,
        key=found.key,
        name=Words.of(found.name),
        state=queries.call_state(found, at),
        time_zone=found.time_zone,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        results_on=found.results_on,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        mode=Mode(found.mode),
        tie_rule=TieRule(found.tie_rule),
        host_score=HostScore(found.host_score),
        seed_digest=found.seed_digest or None,
        seed=found.seed if found.finished_at is not None else None,
        version=found.version,
    )
