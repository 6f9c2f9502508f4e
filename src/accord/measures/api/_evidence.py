"""Evidence: the entries behind a number, new ones, and what the two sides say of them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field, field_validator

from accord.agreements import queries as agreements
from accord.agreements.enums import Permission as AgreementPermission
from accord.agreements.enums import PromiseKind
from accord.agreements.queries import Agreement, Commitment, Party
from accord.kernel import clock
from accord.kernel.access import Actor
from accord.kernel.api import (
    ApiRequest,
    Created,
    Day,
    Detail,
    Key,
    NothingSent,
    Number,
    Page,
    PromiseKey,
    ReasonSent,
    Router,
    Sent,
    Shown,
    Text,
    Words,
    WordsSent,
    expected,
    wrong_field,
)
from accord.kernel.refused import NotAllowed
from accord.measures import operations, queries, rules
from accord.measures.enums import EvidenceState, Permission
from accord.measures.forms import RECORDS
from accord.people.queries import acting_person
from accord.ui.listing import ListAsked, listed

ENTRIES = "/agreements/{key}/evidence/{number}"
evidence = Router(tags=["Evidence"])


class EvidenceShown(Shown):
    """A dated delivery, entered by one party with its document."""

    id: int = Field(examples=[7])
    measure: str | None = Field(description="Code of the measure; null for the completion of a milestone.")
    amount: float = Field(description="The change, in the measure's unit.")
    occurred_on: date
    label: Words
    document: str
    document_url: str | None
    party: Words = Field(description="The party that entered it.")
    state: EvidenceState
    is_simulated: bool
    recorded_at: datetime
    confirmed_at: datetime | None
    contested_at: datetime | None
    contest_reason: str | None
    withdrawn_at: datetime | None
    withdraw_reason: str | None
    version: int = Field(description="The row version, as in ETag.")


class RecordShown(EvidenceShown):
    """An entry in the list of one promise."""

    share: float = Field(description="The part of it that counts for this promise.")


class RecordsAsked(ListAsked, table=RECORDS):
    """How entries may be asked for."""


class EvidenceSent(Sent):
    """A delivery. For a milestone leave `amount` and `share` out."""

    occurred_on: Day = Field(examples=["2019-09-25"])
    label: WordsSent
    amount: Decimal | None = Field(
        None, max_digits=16, decimal_places=4, description="What was added, or with a minus fell away.", examples=[4]
    )
    share: Decimal | None = Field(
        None, gt=0, le=1, decimal_places=4, description="The part that counts here; the whole as a rule.", examples=[1]
    )
    document: Text = Field(min_length=1, max_length=300, description="What proves it and where it is kept.")
    document_url: Text = Field("", max_length=500, description="Web address of the document.")

    @field_validator("document_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        """Take web addresses alone, since a page links to it."""
        if value and not value.startswith(("https://", "http://")):
            raise ValueError(str(_("Send a web address such as https://example.org.")))
        return value


@evidence.reads("/agreements/{key}/promises/{promise}/evidence", answer=Page[RecordShown], may=AgreementPermission.VIEW)
def list_evidence(request: ApiRequest, key: Key, promise: PromiseKey, asked: Query[RecordsAsked]) -> Page[RecordShown]:
    """List the entries behind a promise's number. All of them, also those that do not count."""
    commitment = agreements.find_commitment(agreements.find_agreement(request.actor, key), promise)
    return listed(request, asked, queries.evidence_of(commitment), _record)


@evidence.creates("/agreements/{key}/promises/{promise}/evidence", answer=EvidenceShown, may=Permission.RECORD_EVIDENCE)
def record_evidence(request: ApiRequest, key: Key, promise: PromiseKey, sent: EvidenceSent) -> Created[EvidenceShown]:
    """Enter a delivery of a promise. It counts as soon as the other side confirms it."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment = agreements.find_commitment(agreement, promise)
    party = agreements.party_of_actor(request.actor, agreement)
    if party is None or not rules.may_record_evidence(request.actor, agreement, party):
        raise NotAllowed(_("Only partnership officers of a party enter deliveries. Ask one of them."))
    made = operations.record_evidence(
        shares={commitment: sent.share or Decimal(1)},
        party=party,
        amount=_amount(commitment, sent),
        occurred_on=sent.occurred_on,
        label=_label(sent),
        document=sent.document,
        document_url=sent.document_url,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        is_simulated=request.world.is_demo,
    )
    address = reverse("api:read_evidence", args=[key, made.pk])
    return Created(_shown(made), version=made.version, at=address)


@evidence.reads(ENTRIES, answer=EvidenceShown, may=AgreementPermission.VIEW)
def read_evidence(request: ApiRequest, key: Key, number: Number) -> Detail[EvidenceShown]:
    """Read one entry and what the other side said of it."""
    entry = queries.find_evidence(request.actor, agreements.find_agreement(request.actor, key), number)
    return Detail(_shown(entry), version=entry.version)


@evidence.acts(f"{ENTRIES}/confirm", answer=EvidenceShown, may=Permission.DECIDE_EVIDENCE)
def confirm_evidence(request: ApiRequest, key: Key, number: Number, sent: NothingSent) -> Detail[EvidenceShown]:
    """Confirm an entry of the other side. It counts from now on."""
    del sent
    return _decide(request, key, number, may=rules.may_decide_evidence, operation=operations.confirm_evidence)


@evidence.acts(f"{ENTRIES}/contest", answer=EvidenceShown, may=Permission.DECIDE_EVIDENCE)
def contest_evidence(request: ApiRequest, key: Key, number: Number, sent: ReasonSent) -> Detail[EvidenceShown]:
    """Contest an entry of the other side with a reason. It does not count (any more)."""
    return _decide(
        request, key, number, may=rules.may_decide_evidence, operation=operations.contest_evidence, reason=sent.reason
    )


@evidence.acts(f"{ENTRIES}/withdraw", answer=EvidenceShown, may=Permission.WITHDRAW_EVIDENCE)
def withdraw_evidence(request: ApiRequest, key: Key, number: Number, sent: ReasonSent) -> Detail[EvidenceShown]:
    """Withdraw an entry of one's own side. It stays in the history and counts no longer."""
    return _decide(
        request,
        key,
        number,
        may=rules.may_withdraw_evidence,
        operation=operations.withdraw_evidence,
        reason=sent.reason,
    )


def _decide(
    request: ApiRequest,
    key: str,
    number: int,
    *,
    may: Callable[[Actor, queries.Evidence, Party | None], bool],
    operation: Callable[..., queries.Evidence],
    **answers: Any,
) -> Detail[EvidenceShown]:
    """Take one decision on an entry, by the same rules as its page."""
    agreement: Agreement = agreements.find_agreement(request.actor, key)
    entry = queries.find_evidence(request.actor, agreement, number)
    party = agreements.party_of_actor(request.actor, agreement)
    if not may(request.actor, entry, party):
        raise NotAllowed(
            _("Officers of the other side confirm or contest an entry; officers of its own side withdraw it.")
        )
    operation(
        evidence=entry,
        version=expected(request, entry.version),
        party=party,
        by=acting_person(request.actor),
        at=clock.now(request.world),
        **answers,
    )
    return read_evidence(request, key, number)


def _amount(commitment: Commitment, sent: EvidenceSent) -> Decimal:
    """Return the change that an entry makes: 1 for a milestone, else what was sent."""
    if commitment.kind == PromiseKind.MILESTONE:
        if sent.amount not in {None, Decimal(1)}:
            raise wrong_field("amount", _("A milestone is done or not. Leave the amount out."))
        return Decimal(1)
    if not sent.amount:
        raise wrong_field("amount", _("Enter an amount other than 0."))
    return sent.amount


def _label(sent: EvidenceSent) -> Any:
    """Return what was delivered, in words."""
    if not sent.label.text:
        raise wrong_field("label", _("Say what was delivered, in English, in Chinese or in both."))
    return sent.label.text


def _fields(entry: queries.Evidence) -> dict[str, Any]:
    """Return the fields of an entry."""
    return {
        "id": entry.pk,
        "measure": entry.measure_code or None,
        "amount": float(entry.amount),
        "occurred_on": entry.occurred_on,
        "label": Words.of(entry.label),
        "document": entry.document,
        "document_url": entry.document_url or None,
        "party": Words.of(entry.party.name),
        "state": queries.state_of_evidence(entry),
        "is_simulated": entry.is_simulated,
        "recorded_at": entry.recorded_at,
        "confirmed_at": entry.confirmed_at,
        "contested_at": entry.contested_at,
        "contest_reason": entry.contest_reason or None,
        "withdrawn_at": entry.withdrawn_at,
        "withdraw_reason": entry.withdraw_reason or None,
        "version": entry.version,
    }


def _shown(entry: queries.Evidence) -> EvidenceShown:
    """Return an entry as the API shows it."""
    return EvidenceShown(**_fields(entry))


def _record(row: Any) -> RecordShown:
    """Return an entry with its share of one promise."""
    return RecordShown(**_fields(row), share=float(row.share))
