"""All negotiations: the list, one of them, how one begins, and how one ends without an agreement."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from accord.agreements import queries as agreements
from accord.agreements.enums import Permission as AgreementPermission
from accord.kernel import clock
from accord.kernel.api import (
    ApiRequest,
    Created,
    Detail,
    Key,
    Page,
    ReasonSent,
    Router,
    Sent,
    Shown,
    Words,
    WordsSent,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotAllowed
from accord.negotiation import operations, queries, rules
from accord.negotiation.enums import Act, NegotiationKind, NegotiationState, Permission
from accord.negotiation.forms import NEGOTIATIONS
from accord.negotiation.queries import Negotiation, PartyStand, Room
from accord.people import queries as people
from accord.ui.listing import ListAsked, listed

MOST_PARTIES = 20
negotiations = Router(tags=["Negotiations"])


class NegotiatorShown(Shown):
    """An institution that takes part."""

    institution: str = Field(description="Key of the institution.", examples=["cass"])
    name: Words
    is_coordinator: bool = Field(description="Whether it writes the draft.")


class StandShown(NegotiatorShown):
    """An institution that takes part, and what it said of the latest version."""

    short: str | None
    must_sign: bool = Field(description="Whether the latest version comes into force only with its signature.")
    contact: Words | None = Field(description="Whom to turn to.")
    backup: Words | None = Field(description="Who steps in for the contact.")
    approved_at: datetime | None
    signed_on: date | None


class NegotiationShown(Shown):
    """How one agreement, one amendment or one renewal comes about."""

    key: str = Field(examples=["interns-and-publications"])
    kind: NegotiationKind
    title: Words
    state: NegotiationState
    base: str | None = Field(description="Key of the agreement that is amended or renewed.")
    result: str | None = Field(description="Key of the agreement that came of it.")
    started_at: datetime
    moved_at: datetime = Field(description="When somebody last did something in it.")
    version: int = Field(description="The row version, as in ETag.")


class NegotiationRow(NegotiationShown):
    """A negotiation in the list."""

    parties: list[NegotiatorShown]


class ActShown(Shown):
    """One act, and whether it is open to you now."""

    act: Act
    is_open: bool
    reason: str | None = Field(description="Why it is not open, and what to do instead.")


class NegotiationWhole(NegotiationShown):
    """A negotiation: where it stands, what each party said, and what is open to you."""

    parties: list[StandShown]
    latest: int | None = Field(description="Number of the version in review; null while the first is drafted.")
    digest: str | None = Field(description="SHA-256 of that version's text; approvals and signatures name it.")
    open_requests: int = Field(description="Requested changes that wait for the coordinator's answer.")
    acts: list[ActShown]
    ended_at: datetime | None
    why_ended: str | None = Field(description="The reason of a withdrawal.")


class NegotiationSent(Sent):
    """What is to be negotiated, for whom and with whom."""

    title: WordsSent = Field(description="The name of the agreement; it can still be changed.")
    coordinator: Key = Field(description="Key of the institution that writes the draft: one of yours.")
    others: list[Key] = Field(
        min_length=1, max_length=MOST_PARTIES, description="Keys of the other institutions.", examples=[["cass"]]
    )


class NegotiationsAsked(ListAsked, table=NEGOTIATIONS):
    """How negotiations may be asked for."""


@negotiations.reads("/negotiations", answer=Page[NegotiationRow], may=Permission.VIEW)
def list_negotiations(request: ApiRequest, asked: Query[NegotiationsAsked]) -> Page[NegotiationRow]:
    """List the negotiations that you may know of."""
    rows = queries.with_parties(queries.negotiations_visible_to(request.actor))
    return listed(request, asked, rows, _row)


@negotiations.creates("/negotiations", answer=NegotiationWhole, may=Permission.START)
def start_negotiation(request: ApiRequest, sent: NegotiationSent) -> Created[NegotiationWhole]:
    """Begin to negotiate a new agreement. The coordinator writes the draft and puts it forward."""
    if not rules.may_start(request.actor):
        raise NotAllowed(_("Only partnership officers begin negotiations. Ask one of your institution."))
    if not sent.title.text:
        raise wrong_field("title", _("Give the title in English, in Chinese or in both."))
    own = {one.key: one for one in people.own_institutions(request.actor)}
    if sent.coordinator not in own:
        raise wrong_field("coordinator", _("Choose an institution whose partnership officer you are."))
    known = {one.key: one for one in people.institutions_visible_to(request.actor).filter(key__in=sent.others)}
    if unknown := sorted(set(sent.others) - set(known)):
        raise wrong_field("others", _("There is no institution %(keys)s.") % {"keys": ", ".join(unknown)})
    begun = operations.start_negotiation(
        title=sent.title.text,
        coordinator=own[sent.coordinator],
        others=[known[key] for key in sent.others],
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _made(request, begun)


@negotiations.reads("/negotiations/{key}", answer=NegotiationWhole, may=Permission.VIEW)
def read_negotiation(request: ApiRequest, key: Key) -> Detail[NegotiationWhole]:
    """Read a negotiation. Where it stands, what each party said of the latest version, and what is open to you."""
    return whole(queries.enter(request.actor, key))


@negotiations.acts("/negotiations/{key}/withdraw", answer=NegotiationWhole, may=Permission.DRAFT)
def withdraw_negotiation(request: ApiRequest, key: Key, sent: ReasonSent) -> Detail[NegotiationWhole]:
    """End a negotiation without an agreement, for a reason. What was said in it stays readable."""
    room = queries.enter_draft(request.actor, key)
    operations.withdraw(
        negotiation=room.negotiation,
        why=sent.reason,
        version=expected(request, room.negotiation.version),
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
    )
    return whole(queries.enter(request.actor, key))


@negotiations.reads("/agreements/{key}/negotiations", answer=Page[NegotiationRow], may=AgreementPermission.VIEW)
def list_agreement_negotiations(request: ApiRequest, key: Key, asked: Query[NegotiationsAsked]) -> Page[NegotiationRow]:
    """List the amendments and renewals of an agreement, and the negotiation that it came of."""
    agreement = agreements.find_agreement(request.actor, key)
    return listed(request, asked, queries.negotiations_of(request.actor, agreement), _row)


@negotiations.creates("/agreements/{key}/amendments", answer=NegotiationWhole, may=Permission.START, body="")
def start_amendment(request: ApiRequest, key: Key) -> Created[NegotiationWhole]:
    """Begin to negotiate an amendment of a signed agreement. One at a time; your party writes the draft."""
    return _begun(request, key, operations.start_amendment)


@negotiations.creates("/agreements/{key}/renewals", answer=NegotiationWhole, may=Permission.START, body="")
def start_renewal(request: ApiRequest, key: Key) -> Created[NegotiationWhole]:
    """Begin to negotiate a renewal. Its draft starts with the clauses and promises as they stand."""
    return _begun(request, key, operations.start_renewal)


def _begun(request: ApiRequest, key: str, operation: Any) -> Created[NegotiationWhole]:
    """Begin a negotiation from a signed agreement, for the caller's party."""
    agreement = agreements.find_agreement(request.actor, key)
    party = agreements.party_of_actor(request.actor, agreement)
    if party is None:
        raise NotAllowed(_("Only partnership officers of a party propose changes. Ask one of them."))
    begun = operation(
        agreement=agreement,
        coordinator=party.institution,
        by=people.acting_person(request.actor),
        at=clock.now(request.world),
    )
    return _made(request, begun)


def _made(request: ApiRequest, begun: Negotiation) -> Created[NegotiationWhole]:
    """Return a negotiation that has begun, with its address."""
    shown = whole(queries.enter(request.actor, begun.key))
    return Created(shown.value, version=shown.version, at=reverse("api:read_negotiation", args=[begun.key]))


def whole(room: Room) -> Detail[NegotiationWhole]:
    """Return a negotiation as one reader finds it."""
    held, latest = room.negotiation, room.latest
    value = NegotiationWhole(
        **_fields(held),
        parties=[_stand(one) for one in queries.stands_of(room.parties, latest)],
        latest=latest.number if latest else None,
        digest=latest.digest if latest else None,
        open_requests=room.course.open_requests,
        acts=[
            ActShown(act=act, is_open=reason is None, reason=None if reason is None else str(reason))
            for act, reason in ((act, room.why_not(act)) for act in Act)
        ],
        ended_at=held.ended_at,
        why_ended=held.why_ended or None,
    )
    return Detail(value, version=held.version)


def _row(row: Any) -> NegotiationRow:
    """Return a negotiation as the list shows it."""
    return NegotiationRow(
        **_fields(row),
        parties=[
            NegotiatorShown(institution=one.institution.key, name=Words.of(one.name), is_coordinator=one.is_coordinator)
            for one in queries.parties_of(row)
        ],
    )


def _fields(row: Negotiation) -> dict[str, Any]:
    """Return what list and detail have in common."""
    return {
        "key": row.key,
        "kind": NegotiationKind(row.kind),
        "title": Words.of(row.title),
        "state": NegotiationState(row.state),
        "base": row.base.key if row.base else None,
        "result": row.result.key if row.result else None,
        "started_at": row.started_at,
        "moved_at": row.moved_at,
        "version": row.version,
    }


def _stand(stand: PartyStand) -> StandShown:
    """Return what a party said of the latest version."""
    party = stand.party
    return StandShown(
        institution=party.institution.key,
        name=Words.of(party.name),
        short=party.short or None,
        is_coordinator=party.is_coordinator,
        must_sign=stand.must_sign,
        contact=Words.of(party.contact.name) if party.contact else None,
        backup=Words.of(party.backup.name) if party.backup else None,
        approved_at=stand.approval.approved_at if stand.approval else None,
        signed_on=stand.signature.signed_on if stand.signature else None,
    )
