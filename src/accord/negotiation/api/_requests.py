"""Requested changes at a place of a version: asking, replying, and the coordinator's answer."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    Key,
    Number,
    Page,
    ProseSent,
    ReasonSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    expected,
)
from accord.kernel.refused import NotAllowed
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, Permission, RequestState
from accord.negotiation.forms import REQUESTS, AskForm, ReplyForm
from accord.negotiation.queries import ChangeRequest, Room
from accord.people.queries import acting_person
from accord.ui.filling import filled
from accord.ui.listing import ListAsked, listed

ALL = "/negotiations/{key}/requests"
ONE = f"{ALL}/{{number}}"
requests = Router(tags=["Negotiations"])


class RequestShown(Shown):
    """A change that a party asks for at one place of a version."""

    id: int = Field(examples=[7])
    number: int = Field(description="The version that it was asked of.")
    place: str = Field(description="head, clause:… or promise:…", examples=["clause:publication"])
    party: Words = Field(description="The party that asks.")
    asked: str = Field(description="What should change, and why.")
    proposed: Words = Field(description="The wording that the party would accept.")
    state: RequestState
    reason: str | None = Field(description="What the answer rests on.")
    asked_at: datetime
    decided_at: datetime | None
    version: int = Field(description="The row version, as in ETag.")


class RequestRow(RequestShown):
    """A requested change in the list."""

    replies: int = Field(description="How many replies it has.")


class ReplyShown(Shown):
    """What one party replied."""

    id: int
    party: Words
    text: str
    said_at: datetime


class RequestWhole(RequestShown):
    """A requested change with the place's wording and what was replied."""

    title: Words = Field(description="Heading of the place.")
    text: Words = Field(description="Wording of the place in the version that it was asked of.")
    replies: list[ReplyShown]
    row_version: int | None = Field(
        description="To those who write the draft: version of the clause or promise that the wording would go into."
    )


class RequestsAsked(ListAsked, table=REQUESTS):
    """How requested changes may be asked for."""


class RequestSent(Sent):
    """A change at one place."""

    place: Text = Field(
        max_length=80,
        pattern=r"^(head|(clause|promise):[-a-zA-Z0-9_]+)$",
        description="head, clause:… or promise:…, with its key in the text.",
        examples=["clause:publication"],
    )
    asked: Text = Field(
        min_length=1, max_length=4000, description="What should change, and why.", examples=["Sixty days."]
    )
    proposed: ProseSent = Field(
        ProseSent.model_validate({}), description="The whole text of the place as you would accept it."
    )


class ReplySent(Sent):
    """A reply."""

    text: Text = Field(min_length=1, max_length=4000, examples=["We agree."])


class AcceptanceSent(Sent):
    """That a request is accepted, with its wording or without."""

    row_version: int | None = Field(
        None,
        ge=1,
        le=2**31 - 1,
        description="The `row_version` that you read: takes the proposed wording into the draft. Null leaves it.",
    )
    reason: Text = Field("", max_length=2000, description="A remark that all parties read.")


@requests.reads(ALL, answer=Page[RequestRow], may=Permission.VIEW)
def list_requests(request: ApiRequest, key: Key, asked: Query[RequestsAsked]) -> Page[RequestRow]:
    """List the requested changes of a negotiation."""
    return listed(request, asked, queries.requests_of(queries.find_negotiation(request.actor, key)), _row)


@requests.creates("/negotiations/{key}/versions/{number}/requests", answer=RequestWhole, may=Permission.ANSWER)
def ask_for_change(request: ApiRequest, key: Key, number: Number, sent: RequestSent) -> Created[RequestWhole]:
    """Ask for a change at one place of the version in review. The coordinator answers."""
    room = queries.enter(request.actor, key)
    text = queries.find_text(room.negotiation, number)
    party = room.require_party(Act.ASK)
    answers = filled(AskForm, {"asked": sent.asked, "proposed": sent.proposed.text})
    made = operations.ask_for_change(
        text=text,
        party=party,
        place=sent.place,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **answers,
    )
    shown = _whole(room, made.pk)
    return Created(shown.value, version=shown.version, at=reverse("api:read_request", args=[key, made.pk]))


@requests.reads(ONE, answer=RequestWhole, may=Permission.VIEW)
def read_request(request: ApiRequest, key: Key, number: Number) -> Detail[RequestWhole]:
    """Read a requested change with its replies and the answer."""
    return _whole(queries.enter(request.actor, key), number)


@requests.creates(f"{ONE}/replies", answer=ReplyShown, may=Permission.ANSWER)
def reply_to_request(request: ApiRequest, key: Key, number: Number, sent: ReplySent) -> Created[ReplyShown]:
    """Reply to a requested change. Anybody of the parties may; a reply is never edited."""
    room = queries.enter(request.actor, key)
    found = queries.find_request(room.negotiation, number)
    party = room.require_party(Act.REPLY)
    said = operations.reply(
        request=found,
        party=party,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **filled(ReplyForm, {"text": sent.text}),
    )
    return Created(_reply(said), version=1, at=reverse("api:read_request", args=[key, found.pk]))


@requests.acts(f"{ONE}/accept", answer=RequestWhole, may=Permission.DRAFT)
def accept_request(request: ApiRequest, key: Key, number: Number, sent: AcceptanceSent) -> Detail[RequestWhole]:
    """Accept a requested change. With `row_version` its wording goes into the draft as it is."""
    return _decided(request, key, number, operations.accept_request, why=sent.reason, row_version=sent.row_version)


@requests.acts(f"{ONE}/decline", answer=RequestWhole, may=Permission.DRAFT)
def decline_request(request: ApiRequest, key: Key, number: Number, sent: ReasonSent) -> Detail[RequestWhole]:
    """Decline a requested change with a reason. All parties read it."""
    return _decided(request, key, number, operations.decline_request, why=sent.reason)


@requests.acts(f"{ONE}/take-back", answer=RequestWhole, may=Permission.ANSWER, body="")
def take_back_request(request: ApiRequest, key: Key, number: Number) -> Detail[RequestWhole]:
    """Take your own request back. It stays readable."""
    room = queries.enter(request.actor, key)
    found = queries.find_request(room.negotiation, number)
    party = next((one for one in room.mine if one.pk == found.party_id), None)
    if party is None:
        raise NotAllowed(_("Only the party that asked can take a request back."))
    operations.take_back_request(
        request=found,
        party=party,
        version=expected(request, found.version),
        by=acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _whole(room, number)


def _decided(
    request: ApiRequest, key: str, number: int, operation: Callable[..., ChangeRequest], **answers: Any
) -> Detail[RequestWhole]:
    """Answer a requested change, by the same rules as its page."""
    room = queries.enter(request.actor, key)
    if not room.may_draft:
        raise NotAllowed(_("The coordinator answers requested changes."))
    found = queries.find_request(room.negotiation, number)
    operation(
        request=found,
        version=expected(request, found.version),
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **answers,
    )
    return _whole(room, number)


def _whole(room: Room, number: int) -> Detail[RequestWhole]:
    """Return one requested change as one reader finds it."""
    found = queries.find_request(room.negotiation, number)
    place = queries.shown_place(queries.content_of_text(found.text), found.place)
    row = queries.draft_row(room.negotiation, found.place) if room.may_draft else None
    value = RequestWhole(
        **_fields(found),
        title=Words.of(place.title),
        text=Words.of(place.text),
        replies=[_reply(one) for one in queries.replies_of(found)],
        row_version=row.version if row else None,
    )
    return Detail(value, version=found.version)


def _row(row: Any) -> RequestRow:
    """Return a requested change as the list shows it."""
    return RequestRow(**_fields(row), replies=row.reply_count)


def _reply(row: Any) -> ReplyShown:
    """Return a reply as the API shows it."""
    return ReplyShown(id=row.pk, party=Words.of(row.party.name), text=row.text, said_at=row.said_at)


def _fields(row: ChangeRequest) -> dict[str, Any]:
    """Return what list and detail have in common."""
    return {
        "id": row.pk,
        "number": row.text.number,
        "place": row.place,
        "party": Words.of(row.party.name),
        "asked": row.asked,
        "proposed": Words.of(row.proposed),
        "state": RequestState(row.state),
        "reason": row.why or None,
        "asked_at": row.asked_at,
        "decided_at": row.decided_at,
        "version": row.version,
    }
