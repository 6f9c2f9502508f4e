"""Agreements side by side, the board of each as of any day, and how one promise stands."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import BaseModel, ConfigDict, Field

from accord.agreements import queries as agreements
from accord.agreements.enums import AgreementState, PromiseKind
from accord.agreements.enums import Permission as AgreementPermission
from accord.kernel import clock
from accord.kernel.api import ApiRequest, Day, Key, Page, PromiseKey, Router, Shown, Words
from accord.kernel.api.problems import wrong_parameter
from accord.measures import queries
from accord.measures.enums import PromiseState
from accord.measures.forms import AGREEMENTS
from accord.measures.queries import AgreementLine, Clocks
from accord.ui.listing import ListAsked, listed

EARLIEST = date(1900, 1, 1)
boards = Router(tags=["Boards"])


class AgreementLineShown(Shown):
    """One agreement of the list, and how its promises stood at the last weekly snapshot."""

    key: str = Field(examples=["chengdu-cass"])
    title: Words
    state: AgreementState
    signed_on: date | None
    parties: list[str] = Field(description="Keys of the institutions.")
    promises: int = Field(description="How many promises it holds.")
    stands: dict[str, int] = Field(
        description="How many promises stand in each state; empty before the first snapshot.",
        examples=[{"delivered": 1, "likely": 6, "unlikely": 1}],
    )
    last_record_on: date | None


class AgreementsAsked(ListAsked, table=AGREEMENTS):
    """How agreements may be asked for."""


class ClocksAsked(BaseModel):
    """The two clocks of a board."""

    model_config = ConfigDict(extra="forbid")
    as_of: Day | None = Field(None, description="As things stood at the end of this day; today as a rule.")
    known_on: Day | None = Field(None, description="Leaves out what was recorded after this day.")


class QuoteShown(Shown):
    """Where a source states something."""

    source: str
    title: Words
    published_on: date | None
    paragraph: int | None = Field(description="Counted after the headline.")


class PromisedLineShown(Shown):
    """A target and its day."""

    target: float | None
    due_on: date | None


class PromisedShown(PromisedLineShown):
    """What was promised: the target in force with the original beside it."""

    about: bool
    provenance: str = Field(description="Always stated: a target comes from the agreement.")
    original: PromisedLineShown
    amendments: int


class PartShown(Shown):
    """A part of a figure, which has one provenance."""

    provenance: str = Field(description="recorded, stated or simulated.", examples=["recorded"])
    amount: float | None = None
    records: int | None = None
    on: date | None = None
    done: str | None = Field(None, description="The stated day, month or year of a completion.")
    precision: str | None = None
    cited: QuoteShown | None = None


class DeliveredShown(Shown):
    """What was delivered, part by part; never a number without its provenance."""

    amount: float | None
    provenance: list[str]
    parts: list[PartShown]


class UncountedShown(Shown):
    """What is not counted yet, or no longer."""

    amount: float
    records: int
    provenance: str


class TooEarlyShown(Shown):
    """Why nothing is forecast yet."""

    reason: str
    have: float | None = None
    need: float | None = None
    earliest_on: date | None = None


class ForecastShown(Shown):
    """What was forecast on a Monday; or, with too_early, why nothing was."""

    week_on: date
    in_100: int | None = Field(None, description="The chance of delivery in time, in 100.")
    expected: float | None = None
    range50: tuple[float | None, float | None] | None = None
    range80: tuple[float | None, float | None] | None = None
    pace_needed: float | None = None
    pace_recent: float | None = None
    provenance: str | None = None
    model: str | None = None
    too_early: TooEarlyShown | None = None


class StandingShown(Shown):
    """One promise on a day: as promised, as delivered, as foreseen."""

    key: str = Field(examples=["resident-teams"])
    title: Words
    kind: PromiseKind
    by: list[str]
    to: list[str] | Words = Field(description="Keys of the parties, or words where it is no party.")
    measure: str | None
    unit: Words | None
    promised: PromisedShown | None
    delivered: DeliveredShown | None
    waiting: UncountedShown | None = Field(description="Entered and not yet confirmed by the other side.")
    contested: UncountedShown | None
    state: PromiseState
    sentence: str = Field(description="How it stands, in the reader's language.")
    forecast: ForecastShown | None
    last_record_on: date | None
    dormant_days: int | None
    cited: list[QuoteShown]


class BoardShown(Shown):
    """An agreement's promises on a day."""

    agreement: str
    title: Words
    state: AgreementState
    signed_on: date | None
    as_of: date
    known_before: str = Field(description="Only what was recorded before this moment counts.")
    is_demo: bool
    digest: str
    promises: list[StandingShown]


class WeekShown(Shown):
    """The forecast of one week."""

    week_on: date
    state: PromiseState
    in_100: float
    target: float | None
    due_on: date | None
    delivered: float | None


class ForecastList(Shown):
    """The weekly forecasts of a promise, newest first, and a person's own forecast where one stands beside."""

    items: list[WeekShown]
    own_in_100: int | None = Field(description="A person's own forecast.")
    own_reason: str | None


@boards.reads("/agreements", answer=Page[AgreementLineShown], may=AgreementPermission.VIEW)
def list_agreements(request: ApiRequest, asked: Query[AgreementsAsked]) -> Page[AgreementLineShown]:
    """List the agreements that you may know of. With how their promises stood at the last weekly snapshot."""
    visible = agreements.agreements_visible_to(request.actor)
    lines = queries.agreement_lines(visible, clock.today(request.world))
    return listed(request, asked, lines, _line, key="agreement.key")


@boards.reads("/agreements/{key}/board", answer=BoardShown, may=AgreementPermission.VIEW)
def read_board(request: ApiRequest, key: Key, asked: Query[ClocksAsked]) -> BoardShown:
    """Read an agreement's board: promised against delivered. As of any day, by what was known on any later day."""
    agreement = agreements.find_agreement(request.actor, key)
    shown = queries.board(agreement, _clocks(request, asked))
    return BoardShown.model_validate(queries.board_as_data(shown, is_demo=request.world.is_demo))


@boards.reads("/agreements/{key}/promises/{promise}", answer=StandingShown, may=AgreementPermission.VIEW)
def read_promise(request: ApiRequest, key: Key, promise: PromiseKey, asked: Query[ClocksAsked]) -> StandingShown:
    """Read how one promise stands. Every figure with its provenance, the chance of delivery, and what it rests on."""
    agreement = agreements.find_agreement(request.actor, key)
    _commitment, standing = queries.promise_standing(agreement, promise, _clocks(request, asked))
    return StandingShown.model_validate(queries.standing_as_data(standing))


@boards.reads("/agreements/{key}/promises/{promise}/forecasts", answer=ForecastList, may=AgreementPermission.VIEW)
def list_forecasts(request: ApiRequest, key: Key, promise: PromiseKey) -> ForecastList:
    """List the weekly forecasts of a promise. Newest first, half a year of them."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment = agreements.find_commitment(agreement, promise)
    day = clock.today(request.world)
    own = queries.override_of(commitment, day)
    return ForecastList(
        items=[_week(row) for row in queries.forecast_history(commitment, day)],
        own_in_100=own.percent if own else None,
        own_reason=own.reason if own else None,
    )


def _clocks(request: ApiRequest, asked: ClocksAsked) -> Clocks:
    """Return the clocks that were asked for; the same bounds as the page's, but odd ones are refused."""
    today = clock.today(request.world)
    for name, day in (("as_of", asked.as_of), ("known_on", asked.known_on)):
        if day is not None and day < EARLIEST:
            raise wrong_parameter(name, _("Send a day from 1900 on."))
    as_of = min(asked.as_of or today, today)
    return queries.clocks(as_of, min(asked.known_on, today) if asked.known_on else max(as_of, today))


def _line(line: AgreementLine) -> AgreementLineShown:
    """Return one line of the list."""
    agreement = line.agreement
    return AgreementLineShown(
        key=agreement.key,
        title=Words.of(agreement.title),
        state=AgreementState(agreement.state),
        signed_on=agreement.signed_on,
        parties=[party.institution.key for party in agreements.parties_of(agreement)],
        promises=line.promises,
        stands={state.value: count for state, count in line.states.items()},
        last_record_on=line.last_record_on,
    )


def _week(row: Any) -> WeekShown:
    """Return the forecast of one week."""
    return WeekShown(
        week_on=row.week_on,
        state=PromiseState(row.state),
        in_100=round(100 * row.probability, 1),
        target=row.target,
        due_on=row.due_on,
        delivered=row.delivered,
    )
