"""Requested changes at a place of a text, with replies and the coordinator's answer."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.negotiation.enums import Act, RequestState
from accord.negotiation.models import (
    ChangeRequest,
    DraftClause,
    DraftPromise,
    Negotiation,
    NegotiationParty,
    Reply,
    TextVersion,
)
from accord.negotiation.operations._draft import clause_wording, promise_wording, save_clause, save_promise
from accord.negotiation.operations._hold import NotNow, hold, require, tidy, touch
from accord.negotiation.operations._tell import tell_decision, tell_reply, tell_request
from accord.negotiation.queries import content_of, read_text
from accord.people.queries import Person


@transaction.atomic
def ask_for_change(
    *,
    text: TextVersion,
    party: NegotiationParty,
    place: str,
    asked: str,
    proposed: Bilingual,
    by: Person,
    at: datetime,
) -> ChangeRequest:
    """Ask for a change at a clause, a promise or the head of the text in review; the coordinator answers.

    The same words at the same place twice are one request. Raises `NotNow`, also for a text that a later one followed.
    """
    held = hold(text.negotiation)
    _course, latest = require(held, Act.ASK, party)
    if latest != text:
        raise NotNow(_("A later version has been put forward. Ask for the change there."))
    if not content_of(read_text(text.text)).has_place(place):
        raise Refused(_("This version has no such place."), code="no-such-place")
    words = {"place": place, "asked": asked.strip(), "proposed": tidy(proposed)}
    known = ChangeRequest.objects.filter(text=text, party=party, state=RequestState.OPEN, **words).first()
    if known is not None:
        return known
    request = ChangeRequest.objects.create(text=text, party=party, asked_at=at, asked_by=by, **words)
    touch(held, at=at)
    tell_request(request, by=by, at=at)
    return request


@transaction.atomic
def reply(*, request: ChangeRequest, party: NegotiationParty, text: str, by: Person, at: datetime) -> Reply:
    """Answer to a requested change in words; anybody of the parties may. The same words twice are one reply."""
    held = hold(request.text.negotiation)
    require(held, Act.REPLY, party)
    known = Reply.objects.filter(request=request, party=party, text=text.strip()).last()
    if known is not None:
        return known
    said = Reply.objects.create(request=request, party=party, text=text.strip(), said_at=at, said_by=by)
    touch(held, at=at)
    tell_reply(said, by=by, at=at)
    return said


@transaction.atomic
def accept_request(
    *, request: ChangeRequest, version: int, why: str, row_version: int | None, by: Person, at: datetime
) -> ChangeRequest:
    """Accept a requested change. With `row_version` the proposed wording goes into the draft as it is.

    Raises `Clash` where the request, or the draft's row, changed since the person saw it. Twice changes nothing.
    """
    held, row = _open(request)
    if row.state == RequestState.ACCEPTED:
        return row
    _decidable(held, row, version)
    if row_version is not None and row.proposed:
        _take_over(held, row, row_version, by, at)
    return _decided(held, row, RequestState.ACCEPTED, why, by, at)


@transaction.atomic
def decline_request(*, request: ChangeRequest, version: int, why: str, by: Person, at: datetime) -> ChangeRequest:
    """Decline a requested change with a reason that all parties read. Twice changes nothing."""
    held, row = _open(request)
    if row.state == RequestState.DECLINED:
        return row
    _decidable(held, row, version)
    if not why.strip():
        raise Refused(_("Enter the reason: the party that asked reads it."), code="reason-missing", field="why")
    return _decided(held, row, RequestState.DECLINED, why, by, at)


@transaction.atomic
def take_back_request(
    *, request: ChangeRequest, party: NegotiationParty, by: Person, at: datetime, version: int | None = None
) -> ChangeRequest:
    """Take a requested change back; it stays readable. Twice changes nothing. Raises `Clash` for another `version`."""
    held, row = _open(request)
    if row.state == RequestState.WITHDRAWN:
        return row
    if row.party_id != party.pk:
        raise NotAllowed(_("Only the party that asked can take a request back."))
    require(held, Act.REPLY, party)
    if row.state != RequestState.OPEN:
        raise NotNow(_("This request has been answered."))
    if version is not None:
        expect(row, version)
    return _decided(held, row, RequestState.WITHDRAWN, "", by, at)


def _open(request: ChangeRequest) -> tuple[Negotiation, ChangeRequest]:
    """Hold the negotiation and return the request as it stands now."""
    held = hold(request.text.negotiation)
    row = ChangeRequest.objects.select_for_update(of=("self",)).select_related("text", "party").get(pk=request.pk)
    return held, row


def _decidable(held: Negotiation, row: ChangeRequest, version: int) -> None:
    """Refuse to decide what was decided, or what the person has not seen."""
    require(held, Act.DECIDE, None)
    expect(row, version)
    if row.state != RequestState.OPEN:
        raise NotNow(_("This request has been answered."))


def _decided(
    held: Negotiation, row: ChangeRequest, state: RequestState, why: str, by: Person, at: datetime
) -> ChangeRequest:
    row.state, row.why = state, why.strip()
    row.decided_at, row.decided_by = at, by
    row.version += 1
    row.save()
    touch(held, at=at)
    tell_decision(row, by=by, at=at)
    return row


def _take_over(held: Negotiation, row: ChangeRequest, row_version: int, by: Person, at: datetime) -> None:
    """Put the proposed wording into the clause or promise of the draft."""
    kind, _colon, key = row.place.partition(":")
    clause = DraftClause.objects.filter(negotiation=held, key=key, removed_at=None).first()
    promise = DraftPromise.objects.filter(negotiation=held, key=key, removed_at=None).first()
    if kind == "clause" and clause is not None:
        text = _merged(clause.text, row.proposed)
        wording = replace(clause_wording(clause), text=text)
        save_clause(negotiation=held, key=key, wording=wording, version=row_version, by=by, at=at)
    elif kind == "promise" and promise is not None and not promise.amends:
        wording_of_promise = replace(promise_wording(promise), text=_merged(promise.text, row.proposed))
        save_promise(negotiation=held, key=key, wording=wording_of_promise, version=row_version, by=by, at=at)
    else:
        raise Refused(
            _("The proposed wording does not fit into the draft by itself. Accept without it and edit the draft."),
            code="wording-does-not-fit",
        )


def _merged(held: Bilingual, proposed: Bilingual) -> Bilingual:
    """Return the proposed wording; a language in which none was proposed keeps its text."""
    return Bilingual(proposed.en or held.en, proposed.zh_hans or held.zh_hans)
