"""The draft as a whole: what it says, what is still missing, its head, and what it would change."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from accord.agreements.enums import ClauseType, IpMode, PromiseKind
from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Day,
    Detail,
    Key,
    ProseSent,
    Router,
    Sent,
    Shown,
    Words,
    WordsSent,
    expected,
)
from accord.negotiation import operations, queries
from accord.negotiation.api._texts import ImpactShown, PlaceChangeShown, impact_shown, place_shown
from accord.negotiation.enums import Permission
from accord.negotiation.forms import HeadForm
from accord.people.queries import acting_person
from accord.ui.filling import filled

NO_WORDS = WordsSent.model_validate({})
NO_PROSE = ProseSent.model_validate({})
HEAD = ("starts_on", "ends_on", "review_on", "notice_days")
draft = Router(tags=["Drafts"])


class HeadShown(Shown):
    """What the draft says of the agreement as a whole."""

    title: Words
    summary: Words
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    notice_days: int | None = Field(description="Before the last day, to renew it or to let it end.")
    version: int


class HeadSent(Sent):
    """What the draft shall say of the agreement as a whole; what is left out is empty."""

    title: WordsSent
    summary: ProseSent = NO_PROSE
    starts_on: Day | None = None
    ends_on: Day | None = None
    review_on: Day | None = None
    notice_days: int | None = Field(None, ge=1, le=3650)


class DraftClauseShown(Shown):
    """A clause of the draft, or the new wording of a signed one."""

    key: str = Field(examples=["publication"])
    amends: bool = Field(description="Whether it words a signed clause anew.")
    type: ClauseType
    title: Words
    text: Words
    ip_mode: IpMode | None = Field(description="Who owns results; of the clause on foreground IP alone.")
    why: Words = Field(description="Why a signed clause is worded anew.")
    version: int


class DraftPromiseShown(Shown):
    """A promise of the draft, or a new target or deadline of a signed one."""

    key: str = Field(examples=["fifty-interns"])
    amends: bool = Field(description="Whether it amends a signed promise.")
    section: str | None = Field(description="Key of the heading that it stands under.")
    title: Words
    text: Words
    kind: PromiseKind
    promisors: list[str] = Field(description="Keys of the parties that promise.")
    beneficiaries: list[str] = Field(description="Keys of the parties that are promised.")
    beneficiary_text: Words
    measure_code: str | None
    target: float | None
    is_about: bool
    starts_on: date | None
    due_on: date | None
    owner: Words
    why: Words = Field(description="Why a signed promise is amended.")
    version: int


class SectionShown(Shown):
    """A heading that a promise can stand under."""

    key: str
    title: Words


class DraftProblemShown(Shown):
    """One thing that keeps the draft from being put forward, or an advice."""

    place: str = Field(examples=["promise:fifty-interns"])
    what: str
    advice: str
    is_error: bool


class DraftShown(Shown):
    """Everything that the draft consists of."""

    head: HeadShown
    clauses: list[DraftClauseShown]
    promises: list[DraftPromiseShown]
    sections: list[SectionShown] = Field(description="The headings to choose from.")
    digest: str = Field(description="SHA-256 of the canonical text that the draft makes; to put it forward by.")
    is_put_forward: bool = Field(description="Whether the latest version says the same.")
    problems: list[DraftProblemShown]
    version: int = Field(description="The negotiation's row version, as in ETag.")


class DraftChangesShown(Shown):
    """What the draft would change if it were put forward now."""

    number: int = Field(description="The number that it would get.")
    digest: str
    places: list[PlaceChangeShown] = Field(description="What differs from the latest version, or from what is signed.")
    impact: ImpactShown


@draft.reads("/negotiations/{key}/draft", answer=DraftShown, may=Permission.DRAFT)
def read_draft(request: ApiRequest, key: Key) -> Detail[DraftShown]:
    """Read the draft. What it says, what is still missing, and the digest to put it forward by."""
    room = queries.enter_draft(request.actor, key)
    whole = queries.draft_of(room.negotiation)
    composed = queries.compose(whole)
    subjects = queries.subjects_of(room.negotiation)
    shown = DraftShown(
        head=_head(whole.head),
        clauses=[clause_shown(one) for one in whole.clauses],
        promises=[promise_shown(one) for one in whole.promises],
        sections=[SectionShown(key=name, title=Words.of(title)) for name, title in subjects.items()],
        digest=composed.digest,
        is_put_forward=room.latest is not None and room.latest.digest == composed.digest,
        problems=[DraftProblemShown.model_validate(one, from_attributes=True) for one in composed.problems],
        version=room.negotiation.version,
    )
    return Detail(shown, version=room.negotiation.version)


@draft.reads("/negotiations/{key}/draft/changes", answer=DraftChangesShown, may=Permission.DRAFT)
def read_draft_changes(request: ApiRequest, key: Key) -> DraftChangesShown:
    """Read what the draft would change. Since the latest version, and in running promises."""
    room = queries.enter_draft(request.actor, key)
    composed = queries.compose(queries.draft_of(room.negotiation))
    impact = queries.impact_of_file(room.negotiation, composed.file, day=clock.today(request.world))
    places = queries.draft_differences(room.negotiation, room.latest, composed)
    return DraftChangesShown(
        number=room.course.latest + 1,
        digest=composed.digest,
        places=[place_shown(one) for one in places],
        impact=impact_shown(impact),
    )


@draft.reads("/negotiations/{key}/draft/head", answer=HeadShown, may=Permission.DRAFT)
def read_head(request: ApiRequest, key: Key) -> Detail[HeadShown]:
    """Read what the draft says of the agreement as a whole."""
    found = queries.head_of(queries.enter_draft(request.actor, key).negotiation)
    return Detail(_head(found), version=found.version)


@draft.changes("/negotiations/{key}/draft/head", method="PUT", answer=HeadShown, may=Permission.DRAFT)
def change_head(request: ApiRequest, key: Key, sent: HeadSent) -> Detail[HeadShown]:
    """Change what the draft says of the agreement as a whole. Title, summary, term, review and notice."""
    room = queries.enter_draft(request.actor, key)
    version = expected(request, queries.head_of(room.negotiation).version)
    values = {name: getattr(sent, name) for name in HEAD}
    answers = filled(HeadForm, {"title": sent.title.text, "summary": sent.summary.text, **values})
    saved = operations.change_head(
        negotiation=room.negotiation,
        wording=operations.HeadWording(**answers),
        version=version,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return Detail(_head(saved), version=saved.version)


def _head(head: Any) -> HeadShown:
    """Return the draft's head."""
    values = {name: getattr(head, name) for name in (*HEAD, "version")}
    return HeadShown(title=Words.of(head.title), summary=Words.of(head.summary), **values)


def clause_shown(row: Any) -> DraftClauseShown:
    """Return a clause of the draft."""
    return DraftClauseShown(
        key=row.key,
        amends=row.amends,
        type=ClauseType(row.type),
        title=Words.of(row.title),
        text=Words.of(row.text),
        ip_mode=IpMode(row.ip_mode) if row.ip_mode else None,
        why=Words.of(row.why),
        version=row.version,
    )


def promise_shown(row: Any) -> DraftPromiseShown:
    """Return a promise of the draft."""
    target: Decimal | None = row.target
    return DraftPromiseShown(
        key=row.key,
        amends=row.amends,
        section=row.section_key or None,
        title=Words.of(row.title),
        text=Words.of(row.text),
        kind=PromiseKind(row.kind),
        promisors=row.promisors,
        beneficiaries=row.beneficiaries,
        beneficiary_text=Words.of(row.beneficiary_text),
        measure_code=row.measure_code or None,
        target=None if target is None else float(target),
        is_about=row.is_about,
        starts_on=row.starts_on,
        due_on=row.due_on,
        owner=Words.of(row.owner),
        why=Words.of(row.why),
        version=row.version,
    )
