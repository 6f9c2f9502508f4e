"""Doors of the API to histories: what happened to a record, how it stood, the way back, and the chain of seals."""

from datetime import datetime
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from accord.history import operations, queries, rules
from accord.history.enums import Happened, Permission
from accord.history.forms import SEALS, changes
from accord.history.queries import Change, Line, Subject
from accord.kernel import clock
from accord.kernel.api import ApiRequest, Number, Page, Router, Shown, Words
from accord.kernel.records import Shown as RecordShown
from accord.kernel.records import follow
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed

Record = Annotated[str, Field(pattern=r"^[a-z-]+:[0-9]+$", max_length=100, examples=["agreement:1"])]
"""A record by its kind and number, as references have it."""
Part = Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=100, examples=["agreements.agreement"])]
"""A table by its name, as a history has it."""
ONE = "/history/{record}/changes/{part}/{number}"
history = Router(tags=["History"])


class LineShown(Shown):
    """One field of one change; what was added or removed is one line."""

    at: datetime
    who: str
    on_behalf_of: str | None
    part: str = Field(description="The table.", examples=["agreements.agreement"])
    event: int = Field(description="Number of the change within the table.")
    happened: Happened
    thing: str = Field(description="The row's own name.")
    field: str = Field(description="The field, in words; of an addition or a removal what happened.")
    old: str
    new: str
    request: str | None = Field(description="Id of the request that made it.")


class ChangedFieldShown(Shown):
    """One field of a change."""

    name: str
    label: str
    old: str
    new: str


class ChangeShown(Shown):
    """One change: every field, who, for whom, when, by which request; and whether it can be undone."""

    at: datetime
    who: str
    on_behalf_of: str | None
    part: str
    event: int
    happened: Happened
    table: str
    thing: str
    fields: list[ChangedFieldShown]
    request: str | None
    door: str | None = Field(description="The page or operation that made it.")
    may_undo: bool
    why_not: str | None = Field(description="Why it cannot be undone.")


class RowThenShown(Shown):
    """A row as it stood."""

    table: str
    thing: str
    fields: list[ChangedFieldShown] = Field(description="What it held; `old` is always empty.")


class ThenShown(Shown):
    """A record with its parts as Accord held it at a moment."""

    moment: datetime
    title: Words = Field(description="What the record is called now.")
    rows: list[RowThenShown] = Field(description="The record first; empty before it was there.")


class SealShown(Shown):
    """A link of the chain: it binds the seal before it and every change since."""

    number: int
    sealed_at: datetime
    previous: str | None = Field(description="Digest of the seal before; null for the first.")
    events: int = Field(description="How many changes it binds.")
    digest: str = Field(description="SHA-256.")


class ChainHeadShown(Shown):
    """The last seal: who keeps it can later prove that nothing sealed by then was changed."""

    number: int
    sealed_at: datetime
    digest: str = Field(description="SHA-256.")


class HeldShown(Shown):
    """Whether the chain still holds a seal as somebody kept it."""

    number: int
    holds: bool = Field(description="False: the chain was made anew since, or what was kept is mistyped.")


class ChangesAsked(ListAsked, table=changes()):
    """How a history may be asked for."""


class SealsAsked(ListAsked, table=SEALS):
    """How seals may be asked for."""


class MomentAsked(BaseModel):
    """Of which moment."""

    model_config = ConfigDict(extra="forbid")
    moment: AwareDatetime | None = Field(
        None, description="A moment with its zone; now as a rule.", examples=["2019-09-30T12:00:00Z"]
    )


class KeptAsked(BaseModel):
    """What somebody kept."""

    model_config = ConfigDict(extra="forbid")
    sha256: str = Field(
        pattern=r"^[0-9a-fA-F]{64}$", description="The seal's digest as it was kept.", examples=["0" * 64]
    )


@history.reads("/history/{record}", answer=Page[LineShown], may=Permission.VIEW)
def list_changes(request: ApiRequest, record: Record, asked: Query[ChangesAsked]) -> Page[LineShown]:
    """List what happened to a record and its parts. A line for each field; secret and personal ones are left out."""
    follow(request.actor, record)
    lines = queries.lines_of(queries.history_of(queries.subject_of(record)))
    return listed(request, asked, lines, _line, key="key")


@history.reads("/history/{record}/then", answer=ThenShown, may=Permission.VIEW)
def read_record_then(request: ApiRequest, record: Record, asked: Query[MomentAsked]) -> ThenShown:
    """Read a record as it stood at a moment. With its parts, as Accord held them then."""
    shown = follow(request.actor, record)
    moment = asked.moment or clock.now(request.world)
    rows = queries.as_it_stood(queries.subject_of(record), moment)
    return ThenShown(
        moment=moment,
        title=Words.of(Bilingual.of(shown.title) if isinstance(shown.title, Bilingual) else Bilingual(shown.title)),
        rows=[RowThenShown(table=one.table, thing=one.thing, fields=_fields(one.fields)) for one in rows],
    )


@history.reads(ONE, answer=ChangeShown, may=Permission.VIEW)
def read_change(request: ApiRequest, record: Record, part: Part, number: Number) -> ChangeShown:
    """Read one change. Every field, who, for whom, when, by which request; and whether it can be undone."""
    shown = follow(request.actor, record)
    return _change(shown, queries.subject_of(record), part, number)


@history.acts(f"{ONE}/undo", answer=ChangeShown, may=Permission.UNDO, matches=False, body="")
def undo_change(request: ApiRequest, record: Record, part: Part, number: Number) -> ChangeShown:
    """Undo one change. The undo is a change like any other and stands in the history as well."""
    operations.undo_change(
        actor=request.actor,
        record=record,
        part=part,
        event=number,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _change(follow(request.actor, record), queries.subject_of(record), part, number)


@history.reads("/seals", answer=Page[SealShown], may=Permission.SEE_SEALS)
def list_seals(request: ApiRequest, asked: Query[SealsAsked]) -> Page[SealShown]:
    """List the seals of the chain, the latest first."""
    return listed(request, asked, queries.seals(), _seal, key="number")


@history.reads("/seals/head", answer=ChainHeadShown, may=Permission.SEE_SEALS)
def read_head_of_chain(request: ApiRequest) -> ChainHeadShown:
    """Read the last seal. Keep it where nobody here can change it."""
    del request
    head = queries.head()
    if head is None:
        raise NotThere(_("Nothing is sealed yet."))
    return ChainHeadShown(number=head.number, sealed_at=head.sealed_at, digest=head.digest)


@history.reads("/seals/{number}/check", answer=HeldShown, may=Permission.SEE_SEALS)
def check_seal(request: ApiRequest, number: Number, asked: Query[KeptAsked]) -> HeldShown:
    """Compare a seal that you kept with the chain. What it binds is checked by `accord doctor`."""
    del request
    return HeldShown(number=number, holds=queries.knows(number, asked.sha256.lower()))


def _change(shown: RecordShown, subject: Subject, part: str, event: int) -> ChangeShown:
    """Return one change as the API shows it."""
    found: Change = queries.find_change(subject, part, event)
    reason = queries.undoing(subject, part, event).reason
    if not reason and not rules.may_undo(shown):
        reason = str(_("Only those who may change it may undo it."))
    return ChangeShown(
        **_told(found),
        table=found.table,
        fields=_fields(found.fields),
        door=found.door or None,
        may_undo=not reason,
        why_not=reason or None,
    )


def _line(line: Line) -> LineShown:
    """Return a line of a history."""
    return LineShown(**_told(line.change), field=line.field, old=line.old, new=line.new)


def _told(change: Change) -> dict[str, Any]:
    """Return what a line and a change have in common."""
    return {
        "at": change.at,
        "who": change.who,
        "on_behalf_of": change.for_whom or None,
        "part": change.part,
        "event": change.event,
        "happened": Happened(change.happened),
        "thing": change.thing,
        "request": change.request or None,
    }


def _fields(fields: Any) -> list[ChangedFieldShown]:
    return [ChangedFieldShown.model_validate(one, from_attributes=True) for one in fields]


def _seal(row: Any) -> SealShown:
    """Return a seal as the API shows it."""
    return SealShown(
        number=row.number,
        sealed_at=row.sealed_at,
        previous=row.previous or None,
        events=row.events,
        digest=row.digest,
    )
