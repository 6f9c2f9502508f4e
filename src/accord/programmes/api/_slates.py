"""Decisions by the office: the slate with what is proposed, decisions on one or several, and settling them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zlib import crc32

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Detail,
    Key,
    NothingSent,
    Page,
    ProseSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    expected,
    point,
)
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.api._office import CALL, call_of_office, call_to_decide
from accord.programmes.api._settled import SettledSlateShown, settled_shown
from accord.programmes.enums import Outcome, Permission
from accord.programmes.forms import SLATE
from accord.programmes.queries import Call, Slate, SlateRow
from accord.ui.listing import ListAsked, listed

slates = Router(tags=["Programmes"])
MOST_PEOPLE = 1_000_000
NO_REASON = ProseSent.model_validate({})


class SlateShown(Shown):
    """How the open slate of a call stands; before one is opened, how it would."""

    number: int | None = Field(description="Null before it is opened.")
    quota: int | None = Field(description="How many are accepted at most; null: as places allow.")
    reserve_length: int = Field(description="How many wait on the reserve list.")
    total: int = Field(description="Applications whose decision is due.")
    decided: int
    changed: int = Field(description="Decided otherwise than proposed.")
    accepted: int = Field(description="As things stand, decided or proposed.")
    open: int = Field(description="Neither decided nor proposed.")
    opened_at: datetime | None
    version: int = Field(description="Follows from who is on it, where, and what was decided; as in ETag.")


class SlateRowShown(Shown):
    """An application whose decision is due."""

    rank: int
    reference: str
    applicant: Words
    home: Words | None
    score: float | None = Field(description="The one that counts.")
    raw: float | None
    calibrated: float | None
    spread: float | None
    reviews_done: int
    reviews_due: int
    tie: int | None = Field(description="Number of the group of equal scores.")
    draw: str | None = Field(description="What tells it from others of the same score, in hexadecimal.")
    proposed: Outcome | None = Field(description="Null: the office decides.")
    decided: Outcome | None
    reason: str | None = Field(description="The applicant reads it.")
    note: str | None = Field(description="For the office alone.")
    from_home: int = Field(description="How many of that institution are accepted, as things stand.")
    before: int = Field(description="How often the applicant applied before.")
    version: int = Field(description="Of the decision, as in ETag; 0 before there is one.")


class SlateSent(Sent):
    """How many are accepted, and how many wait on the reserve list."""

    quota: int | None = Field(ge=0, le=MOST_PEOPLE, description="Null: everybody who has a score, as places allow.")
    reserve_length: int = Field(ge=0, le=MOST_PEOPLE)


class ReasonsSent(Sent):
    """The reason for those who are declined, in the languages in which they applied."""

    reason: ProseSent = NO_REASON


class DecisionSent(ReasonsSent):
    """An outcome with its reason, and a note."""

    outcome: Outcome
    note: Text = Field("", max_length=5000, description="For the office; asked for where it is not as proposed.")


class DecisionsSent(DecisionSent):
    """One outcome and one reason for several."""

    references: list[Key] = Field(min_length=1, max_length=500)


class SlateAsked(ListAsked, table=SLATE):
    """How the lines of a slate may be asked for."""


@slates.reads(f"{CALL}/slate", answer=SlateShown, may=Permission.SEE_APPLICATIONS)
def read_slate(request: ApiRequest, programme: Key, key: Key) -> Detail[SlateShown]:
    """Read how the open slate of a call stands."""
    return _slate(call_of_office(request, programme, key))


@slates.changes(f"{CALL}/slate", answer=SlateShown, may=Permission.DECIDE, method="PUT")
def keep_slate(request: ApiRequest, programme: Key, key: Key, sent: SlateSent) -> Detail[SlateShown]:
    """Open the next slate of a call, or change how many the open one accepts. Nobody is told anything yet."""
    found = call_to_decide(request, programme, key)
    expected(request, _slate(found).version)
    by: dict[str, Any] = {"by": acting_person(request.actor), "at": clock.now(request.world)}
    held = queries.open_slate_of(found) or operations.open_slate(call=found, **by)
    operations.change_slate(slate=held, quota=sent.quota, reserve_length=sent.reserve_length, **by)
    return _slate(found)


@slates.reads(f"{CALL}/slate/lines", answer=Page[SlateRowShown], may=Permission.SEE_APPLICATIONS)
def list_slate_lines(request: ApiRequest, programme: Key, key: Key, asked: Query[SlateAsked]) -> Page[SlateRowShown]:
    """List the applications whose decision is due, from the best score down. With what is proposed and decided."""
    found = call_of_office(request, programme, key)
    rows = queries.slate_rows(found, queries.open_slate_of(found))
    return listed(request, asked, rows, _row, whose=lambda row: row.applicant_id)


@slates.reads(f"{CALL}/slate/lines/{{reference}}", answer=SlateRowShown, may=Permission.SEE_APPLICATIONS)
def read_slate_line(request: ApiRequest, programme: Key, key: Key, reference: Key) -> Detail[SlateRowShown]:
    """Read one line of the slate. Its ETag is that of the decision."""
    return _line(request, call_of_office(request, programme, key), reference)


@slates.acts(f"{CALL}/slate/lines/{{reference}}/decision", answer=SlateRowShown, may=Permission.DECIDE)
def decide_on_application(
    request: ApiRequest, programme: Key, key: Key, reference: Key, sent: DecisionSent
) -> Detail[SlateRowShown]:
    """Decide on one application of the open slate. It can be changed until the slate is settled."""
    found = call_to_decide(request, programme, key)
    open_ = _open(found)
    version = expected(request, _line(request, found, reference).version)
    operations.decide(
        slate=open_,
        application=queries.application_in(found, reference),
        outcome=sent.outcome,
        reason=sent.reason.text,
        note=sent.note,
        version=version,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _line(request, found, reference)


@slates.acts(f"{CALL}/slate/decisions", answer=SlateShown, may=Permission.DECIDE)
def decide_on_several(request: ApiRequest, programme: Key, key: Key, sent: DecisionsSent) -> Detail[SlateShown]:
    """Give several applications of the open slate one outcome and one reason. All of them or none."""
    found = call_to_decide(request, programme, key)
    open_ = _open(found)
    expected(request, _slate(found).version)
    rows = {one.reference: one.pk for one in queries.slate_rows(found, open_)}
    strange = [at for at, each in enumerate(sent.references) if each not in rows]
    if strange:
        words = _("No decision on this application is due.")
        refused = operations.NotOnSlate(words)
        point(refused, [(f"references[{at}]", words) for at in strange])
        raise refused
    operations.decide_several(
        slate=open_,
        applications=queries.picked(found, [rows[each] for each in sent.references]),
        outcome=sent.outcome,
        reason=sent.reason.text,
        note=sent.note,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _slate(found)


@slates.acts(f"{CALL}/slate/proposals", answer=SlateShown, may=Permission.DECIDE)
def take_slate_proposals(request: ApiRequest, programme: Key, key: Key, sent: ReasonsSent) -> Detail[SlateShown]:
    """Decide as proposed wherever nobody decided by hand. The reason is for those who are declined."""
    found = call_to_decide(request, programme, key)
    open_ = _open(found)
    expected(request, _slate(found).version)
    operations.take_proposals(
        slate=open_, reason=sent.reason.text, by=acting_person(request.actor), at=clock.now(request.world)
    )
    return _slate(found)


@slates.acts(f"{CALL}/slate/settlement", answer=SettledSlateShown, may=Permission.DECIDE)
def settle_open_slate(request: ApiRequest, programme: Key, key: Key, sent: NothingSent) -> SettledSlateShown:
    """Settle the open slate. What is decided is final; its letters wait until another person lets them go."""
    del sent
    found = call_to_decide(request, programme, key)
    open_ = _open(found)
    rows = queries.slate_rows(found, open_)
    expected(request, _version(open_, rows))
    operations.settle_slate(
        slate=open_, seen=queries.mark_of(rows), by=acting_person(request.actor), at=clock.now(request.world)
    )
    return settled_shown(queries.find_slate(found, open_.number))


def _open(call: Call) -> Slate:
    """Return the open slate of a call; there is none before somebody opened it."""
    found = queries.open_slate_of(call)
    if found is None:
        raise NotThere(_("No slate is open. Open one on the page of the slate."))
    return found


def _version(slate: Slate | None, rows: Sequence[SlateRow]) -> int:
    """Return the number that follows from a slate as it stands."""
    terms = [slate.number, slate.quota, slate.reserve_length] if slate else []
    return crc32(f"{terms} {queries.mark_of(rows)}".encode())


def _slate(call: Call) -> Detail[SlateShown]:
    open_ = queries.open_slate_of(call)
    rows = queries.slate_rows(call, open_)
    numbers, terms = queries.numbers_of(rows), queries.terms_of(call, open_)
    shown = SlateShown(
        number=open_.number if open_ else None,
        quota=terms.quota,
        reserve_length=terms.reserve_length,
        total=numbers.total,
        decided=numbers.decided,
        changed=numbers.changed,
        accepted=sum(one.stands == Outcome.ACCEPT for one in rows),
        open=numbers.open,
        opened_at=open_.opened_at if open_ else None,
        version=_version(open_, rows),
    )
    return Detail(shown, version=shown.version)


def _line(request: ApiRequest, call: Call, reference: str) -> Detail[SlateRowShown]:
    """Return one line of the slate, and say whose it is; raises `NotThere` where no decision is due."""
    rows = queries.slate_rows(call, queries.open_slate_of(call))
    row = next((one for one in rows if one.reference == reference), None)
    if row is None:
        raise NotThere(_("No decision on this application is due."))
    people_shown(request.actor, [row.applicant_id], clock.now(request.world))
    return Detail(_row(row), version=row.version)


def _row(row: SlateRow) -> SlateRowShown:
    return SlateRowShown(
        rank=row.rank,
        reference=row.reference,
        applicant=Words.of(row.applicant),
        home=Words.of(row.home) if row.home else None,
        score=_figure(row.score),
        raw=_figure(row.raw),
        calibrated=_figure(row.calibrated),
        spread=_figure(row.spread),
        reviews_done=row.reviews_done,
        reviews_due=row.reviews_due,
        tie=row.tie or None,
        draw=row.draw or None,
        proposed=Outcome(row.proposed) if row.proposed else None,
        decided=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason or None,
        note=row.note or None,
        from_home=row.from_home,
        before=row.before,
        version=row.version,
    )


def _figure(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
