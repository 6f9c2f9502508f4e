"""One clause or one promise of the draft, or the amendment of a signed one."""

from decimal import Decimal
from typing import Annotated, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from accord.agreements.enums import ClauseType, IpMode, PromiseKind
from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    ProseSent,
    Router,
    Sent,
    Text,
    WordsSent,
    expected,
    expected_or_new,
)
from accord.kernel.refused import NotThere
from accord.negotiation import operations, queries
from accord.negotiation.api._draft import (
    NO_WORDS,
    DraftClauseShown,
    DraftPromiseShown,
    clause_shown,
    promise_shown,
)
from accord.negotiation.enums import Permission
from accord.negotiation.forms import (
    ClauseAmendmentForm,
    ClauseForm,
    PromiseAmendmentForm,
    PromiseForm,
    offering,
    worded,
)
from accord.negotiation.queries import PlaceRow, Room
from accord.people.queries import acting_person
from accord.ui.filling import filled

CLAUSES = "/negotiations/{key}/draft/clauses"
PROMISES = "/negotiations/{key}/draft/promises"
NEW_TEXTS = "/negotiations/{key}/draft/clause-amendments/{place}"
NEW_TARGETS = "/negotiations/{key}/draft/promise-amendments/{place}"
places = Router(tags=["Drafts"])
Place = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=60, examples=["publication"])]
"""The key of a clause or promise in an address."""


class ClauseSent(Sent):
    """A clause, word for word as it shall be signed."""

    type: ClauseType = Field(description="What it settles.")
    title: WordsSent
    text: ProseSent
    ip_mode: IpMode | None = Field(None, description="Who owns results; for the clause on foreground IP alone.")


class ClauseAmendmentSent(Sent):
    """A new wording for a signed clause."""

    text: ProseSent
    why: ProseSent = Field(description="The reason; it stands beside both texts for ever.")


class PromiseSent(Sent):
    """A promise; what each kind needs is what its page asks for."""

    title: WordsSent = Field(description="In a few words.")
    text: ProseSent = Field(description="In whole sentences.")
    section: Key = Field(
        description="Heading that it stands under: one of the draft's `sections`.", examples=["people"]
    )
    kind: PromiseKind
    promisors: list[Key] = Field(min_length=1, max_length=20, description="Keys of the parties that promise.")
    beneficiaries: list[Key] = Field([], max_length=20, description="Keys of the parties that are promised.")
    beneficiary_text: WordsSent = Field(NO_WORDS, description="Others that are promised, who are no party.")
    measure_code: Text = Field("", max_length=80, description="What it is counted in.")
    target: Decimal | None = Field(None, gt=0, max_digits=16, decimal_places=4, examples=[50])
    is_about: bool = Field(default=False, description="Whether the number is meant as “about”.")
    due_on: Day | None = None
    starts_on: Day | None = Field(None, description="First day that counts; the day of signing as a rule.")
    owner: WordsSent = Field(NO_WORDS, description="The office or person who answers for it.")


class PromiseAmendmentSent(Sent):
    """A new target, a new deadline or both, for a signed promise; null keeps the present one."""

    target: Decimal | None = Field(None, gt=0, max_digits=16, decimal_places=4, examples=[350])
    due_on: Day | None = None
    why: ProseSent = Field(description="The reason; it stands beside both figures for ever.")


@places.creates(CLAUSES, answer=DraftClauseShown, may=Permission.DRAFT)
def add_clause(request: ApiRequest, key: Key, sent: ClauseSent) -> Created[DraftClauseShown]:
    """Add a clause to the draft. The others see it with the next version."""
    saved = _save_clause(request, queries.enter_draft(request.actor, key), PlaceRow.empty(), 0, _clause(sent))
    return Created(saved.value, version=saved.version, at=reverse("api:read_clause", args=[key, saved.value.key]))


@places.reads(f"{CLAUSES}/{{place}}", answer=DraftClauseShown, may=Permission.DRAFT)
def read_clause(request: ApiRequest, key: Key, place: Place) -> Detail[DraftClauseShown]:
    """Read a clause of the draft."""
    return _read_clause(_own_clause(request, key, place)[0], place)


@places.changes(f"{CLAUSES}/{{place}}", method="PUT", answer=DraftClauseShown, may=Permission.DRAFT)
def change_clause(request: ApiRequest, key: Key, place: Place, sent: ClauseSent) -> Detail[DraftClauseShown]:
    """Change a clause of the draft. As a whole; what is left out is empty."""
    room, row = _own_clause(request, key, place)
    return _save_clause(request, room, row, expected(request, row.version), _clause(sent))


@places.drops(f"{CLAUSES}/{{place}}", may=Permission.DRAFT)
def take_out_clause(request: ApiRequest, key: Key, place: Place) -> None:
    """Take a clause out of the draft. It stays in the history."""
    room, row = _own_clause(request, key, place)
    _take_out(request, room, row, operations.remove_clause)


@places.reads(NEW_TEXTS, answer=DraftClauseShown, may=Permission.DRAFT)
def read_clause_amendment(request: ApiRequest, key: Key, place: Place) -> Detail[DraftClauseShown]:
    """Read the new wording that a signed clause shall get."""
    room, row = _signed_clause(request, key, place)
    _refuse_undrafted(row)
    return _read_clause(room, place)


@places.changes(NEW_TEXTS, method="PUT", answer=DraftClauseShown, may=Permission.DRAFT, may_be_new=True)
def amend_clause(request: ApiRequest, key: Key, place: Place, sent: ClauseAmendmentSent) -> Detail[DraftClauseShown]:
    """Word a signed clause anew. The old text stays beside the new one for ever."""
    room, row = _signed_clause(request, key, place)
    version = expected_or_new(request, row.version if row.is_drafted else None) or row.version
    answers = filled(ClauseAmendmentForm, {"text": sent.text.text, "why": sent.why.text})
    saved = _save_clause(request, room, row, version, {**row.fixed, **answers})
    return saved if row.is_drafted else _new(saved, "api:read_clause_amendment", key, place)


@places.drops(NEW_TEXTS, may=Permission.DRAFT)
def take_out_clause_amendment(request: ApiRequest, key: Key, place: Place) -> None:
    """Take the new wording of a signed clause out of the draft. The signed text stays as it is."""
    room, row = _signed_clause(request, key, place)
    _refuse_undrafted(row)
    _take_out(request, room, row, operations.remove_clause)


@places.creates(PROMISES, answer=DraftPromiseShown, may=Permission.DRAFT)
def add_promise(request: ApiRequest, key: Key, sent: PromiseSent) -> Created[DraftPromiseShown]:
    """Add a promise to the draft. The others see it with the next version."""
    room = queries.enter_draft(request.actor, key)
    saved = _save_promise(request, room, PlaceRow.empty(), 0, _promise(room, sent))
    return Created(
        saved.value, version=saved.version, at=reverse("api:read_draft_promise", args=[key, saved.value.key])
    )


@places.reads(f"{PROMISES}/{{place}}", answer=DraftPromiseShown, may=Permission.DRAFT)
def read_draft_promise(request: ApiRequest, key: Key, place: Place) -> Detail[DraftPromiseShown]:
    """Read a promise of the draft."""
    return _read_promise(_own_promise(request, key, place)[0], place)


@places.changes(f"{PROMISES}/{{place}}", method="PUT", answer=DraftPromiseShown, may=Permission.DRAFT)
def change_promise(request: ApiRequest, key: Key, place: Place, sent: PromiseSent) -> Detail[DraftPromiseShown]:
    """Change a promise of the draft. As a whole; what is left out is empty."""
    room, row = _own_promise(request, key, place)
    return _save_promise(request, room, row, expected(request, row.version), _promise(room, sent))


@places.drops(f"{PROMISES}/{{place}}", may=Permission.DRAFT)
def take_out_promise(request: ApiRequest, key: Key, place: Place) -> None:
    """Take a promise out of the draft. It stays in the history."""
    room, row = _own_promise(request, key, place)
    _take_out(request, room, row, operations.remove_promise)


@places.reads(NEW_TARGETS, answer=DraftPromiseShown, may=Permission.DRAFT)
def read_promise_amendment(request: ApiRequest, key: Key, place: Place) -> Detail[DraftPromiseShown]:
    """Read the new target or deadline that a signed promise shall get."""
    room, row = _signed_promise(request, key, place)
    _refuse_undrafted(row)
    return _read_promise(room, place)


@places.changes(NEW_TARGETS, method="PUT", answer=DraftPromiseShown, may=Permission.DRAFT, may_be_new=True)
def amend_promise(request: ApiRequest, key: Key, place: Place, sent: PromiseAmendmentSent) -> Detail[DraftPromiseShown]:
    """Give a signed promise a new target or deadline. The old one stays beside it for ever."""
    room, row = _signed_promise(request, key, place)
    version = expected_or_new(request, row.version if row.is_drafted else None) or row.version
    typed = {"target": sent.target, "due_on": sent.due_on, "why": sent.why.text}
    answers = filled(lambda data: PromiseAmendmentForm(data, kind=row.fixed["kind"]), typed)
    saved = _save_promise(request, room, row, version, {**row.fixed, **answers})
    return saved if row.is_drafted else _new(saved, "api:read_promise_amendment", key, place)


@places.drops(NEW_TARGETS, may=Permission.DRAFT)
def take_out_promise_amendment(request: ApiRequest, key: Key, place: Place) -> None:
    """Take the amendment of a signed promise out of the draft. What was signed stays as it is."""
    room, row = _signed_promise(request, key, place)
    _refuse_undrafted(row)
    _take_out(request, room, row, operations.remove_promise)


def _own_clause(request: ApiRequest, key: str, place: str) -> tuple[Room, PlaceRow]:
    """Return a clause that is the draft's own; raises `NotThere`, also for a signed one."""
    room = queries.enter_draft(request.actor, key)
    row = queries.clause_row(room.negotiation, place)
    _refuse_signed(row, _("This clause is signed. Word it anew as a clause amendment."))
    return room, row


def _own_promise(request: ApiRequest, key: str, place: str) -> tuple[Room, PlaceRow]:
    """Return a promise that is the draft's own; raises `NotThere`, also for a signed one."""
    room = queries.enter_draft(request.actor, key)
    row = queries.promise_row(room.negotiation, place)
    _refuse_signed(row, _("This promise is signed. Give it a new target or deadline as a promise amendment."))
    return room, row


def _signed_clause(request: ApiRequest, key: str, place: str) -> tuple[Room, PlaceRow]:
    """Return a signed clause and the new wording that it has in the draft, if any; raises `NotThere`."""
    room = queries.enter_draft(request.actor, key)
    row = queries.clause_row(room.negotiation, place)
    if not row.amends:
        raise NotThere(_("This clause is not signed yet. Change it in the draft itself."))
    return room, row


def _signed_promise(request: ApiRequest, key: str, place: str) -> tuple[Room, PlaceRow]:
    """Return a signed promise and the amendment that it has in the draft, if any; raises `NotThere`."""
    room = queries.enter_draft(request.actor, key)
    row = queries.promise_row(room.negotiation, place)
    if not row.amends:
        raise NotThere(_("This promise is not signed yet. Change it in the draft itself."))
    return room, row


def _refuse_signed(row: PlaceRow, sentence: Promise) -> None:
    if row.amends:
        raise NotThere(sentence)


def _refuse_undrafted(row: PlaceRow) -> None:
    if not row.is_drafted:
        raise NotThere(_("The draft amends nothing at this place yet."))


def _clause(sent: ClauseSent) -> dict[str, Any]:
    """Return a clause as its page would take it."""
    typed = {"type": sent.type.value, "title": sent.title.text, "text": sent.text.text, "ip_mode": sent.ip_mode}
    return filled(ClauseForm, typed)


def _promise(room: Room, sent: PromiseSent) -> dict[str, Any]:
    """Return a promise as its page would take it."""
    subjects = queries.subjects_of(room.negotiation)
    texts = ("title", "text", "beneficiary_text", "owner")
    typed = {name: getattr(sent, name) for name in type(sent).model_fields if name not in texts}
    typed |= {name: getattr(sent, name).text for name in texts}
    answers = filled(
        lambda data: offering(PromiseForm(data), room.parties, subjects), {**typed, "kind": sent.kind.value}
    )
    return worded(answers, subjects)


def _save_clause(
    request: ApiRequest, room: Room, row: PlaceRow, version: int, answers: dict[str, Any]
) -> Detail[DraftClauseShown]:
    """Save a clause of the draft."""
    saved = operations.save_clause(
        negotiation=room.negotiation,
        key=row.key,
        wording=operations.ClauseWording(**answers),
        version=version,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return Detail(clause_shown(saved), version=saved.version)


def _save_promise(
    request: ApiRequest, room: Room, row: PlaceRow, version: int, answers: dict[str, Any]
) -> Detail[DraftPromiseShown]:
    """Save a promise of the draft."""
    saved = operations.save_promise(
        negotiation=room.negotiation,
        key=row.key,
        wording=operations.PromiseWording(**answers),
        version=version,
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return Detail(promise_shown(saved), version=saved.version)


def _take_out(request: ApiRequest, room: Room, row: PlaceRow, operation: Any) -> None:
    """Take one place out of the draft."""
    operation(
        negotiation=room.negotiation,
        key=row.key,
        version=expected(request, row.version),
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )


def _read_clause(room: Room, place: str) -> Detail[DraftClauseShown]:
    """Return the draft's row of a clause."""
    found = next(one for one in queries.draft_of(room.negotiation).clauses if one.key == place)
    return Detail(clause_shown(found), version=found.version)


def _read_promise(room: Room, place: str) -> Detail[DraftPromiseShown]:
    """Return the draft's row of a promise."""
    found = next(one for one in queries.draft_of(room.negotiation).promises if one.key == place)
    return Detail(promise_shown(found), version=found.version)


def _new(saved: Detail[Any], name: str, key: str, place: str) -> Created[Any]:
    """Return what was made anew, with its address."""
    return Created(saved.value, version=saved.version, at=reverse(name, args=[key, place]))
