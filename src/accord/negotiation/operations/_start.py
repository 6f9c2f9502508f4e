"""Begins a negotiation: of a new agreement, of an amendment, of a renewal."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.agreements import queries as agreements
from accord.agreements.queries import Agreement
from accord.engines import agreementfile as file
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.negotiation.enums import OPEN_STATES, NegotiationKind
from accord.negotiation.models import DraftClause, DraftHead, DraftPromise, Negotiation, NegotiationParty
from accord.negotiation.operations._keys import key_of
from accord.negotiation.operations._tell import tell_start
from accord.negotiation.queries import said
from accord.people.queries import Institution, Person

LONGEST_KEY = 60
ROOM = 45
LEAST_PARTIES = 2
DAYS_A_MONTH = 365.2425 / 12


class TooFewParties(Refused):
    """An agreement needs two institutions at least."""

    code = "too-few-parties"


class AlreadyNegotiated(Refused):
    """Another amendment, or renewal, of the same agreement is still open."""

    code = "already-negotiated"
    status = 409


@dataclass(frozen=True, slots=True)
class _Part:
    """A party as a negotiation begins."""

    institution: Institution
    name: Bilingual
    short: str
    signs: bool


@transaction.atomic
def start_negotiation(
    *,
    title: Bilingual,
    coordinator: Institution,
    others: Sequence[Institution],
    by: Person,
    at: datetime,
    key: str = "",
) -> Negotiation:
    """Begin to negotiate a new agreement; the coordinator writes the draft. Raises `TooFewParties`."""
    institutions = list(dict.fromkeys([coordinator, *others]))
    if len(institutions) < LEAST_PARTIES:
        raise TooFewParties(_("Name at least one other institution."), field="others")
    wanted = key or key_of(title.en, ROOM) or key_of("-".join(one.key for one in institutions), ROOM)
    negotiation = _begun(NegotiationKind.NEW, _free_key(wanted), title, None, by, at)
    _add_parties(negotiation, [_Part(one, one.name, "", signs=True) for one in institutions], coordinator.pk)
    DraftHead.objects.create(negotiation=negotiation, title=title, changed_at=at, changed_by=by)
    tell_start(negotiation, by=by, at=at)
    return negotiation


@transaction.atomic
def start_amendment(*, agreement: Agreement, coordinator: Institution, by: Person, at: datetime) -> Negotiation:
    """Begin to negotiate an amendment of a signed agreement; the party that proposes it writes the draft.

    Raises `AlreadyNegotiated` while another one is open, and `Refused` for a draft, which is changed as a file.
    """
    _refuse_second(agreement, NegotiationKind.AMENDMENT)
    held = agreements.as_file(agreement)
    if held.signed is None:
        raise Refused(_("This agreement is not signed yet. Change its draft instead."), code="not-signed")
    number = Negotiation.objects.filter(base=agreement, kind=NegotiationKind.AMENDMENT).count() + 1
    title = Bilingual(
        f"Amendment {number}: {agreement.title.en}" if agreement.title.en else "",
        f"修订{number}：{agreement.title.zh_hans}" if agreement.title.zh_hans else "",
    )
    key = _free_key(f"{agreement.key[:ROOM].strip('-')}-change-{number}")
    negotiation = _begun(NegotiationKind.AMENDMENT, key, title, agreement, by, at)
    _add_parties(negotiation, _parts_of(agreement), coordinator.pk)
    _head_from(negotiation, held, held.title, held.term or file.Term(), by, at)
    tell_start(negotiation, by=by, at=at)
    return negotiation


@transaction.atomic
def start_renewal(*, agreement: Agreement, coordinator: Institution, by: Person, at: datetime) -> Negotiation:
    """Begin to negotiate a new agreement that follows this one; its clauses and open promises are the first draft.

    Targets are what holds after all amendments, deadlines move on by the months that the agreement ran; both are
    the coordinator's to reset. Raises `AlreadyNegotiated` while another renewal is open.
    """
    _refuse_second(agreement, NegotiationKind.RENEWAL)
    held = agreements.as_file(agreement)
    term = held.term or file.Term()
    key = _free_key(f"{agreement.key[:ROOM].strip('-')}-renewal")
    negotiation = _begun(NegotiationKind.RENEWAL, key, agreement.title, agreement, by, at)
    _add_parties(negotiation, _parts_of(agreement), coordinator.pk)
    start = held.signed.on if held.signed and held.signed.on else term.start
    _head_from(negotiation, held, held.title, _next_term(term, start), by, at)
    _copy_clauses(negotiation, held, by, at)
    _copy_promises(negotiation, held, _length(term, start), by, at)
    tell_start(negotiation, by=by, at=at)
    return negotiation


def _begun(
    kind: NegotiationKind, key: str, title: Bilingual, base: Agreement | None, by: Person, at: datetime
) -> Negotiation:
    return Negotiation.objects.create(
        kind=kind, key=key, title=title, base=base, started_at=at, started_by=by, moved_at=at
    )


def _refuse_second(agreement: Agreement, kind: NegotiationKind) -> None:
    """Refuse a second negotiation of the same kind; the database refuses two that begin at once."""
    other = Negotiation.objects.filter(base=agreement, kind=kind, state__in=OPEN_STATES).first()
    if other is not None:
        raise AlreadyNegotiated(
            _("This is being negotiated already: %(title)s. Take part there, or withdraw it first.")
            % {"title": other.title},
            key=other.key,
        )


def _free_key(wanted: str) -> str:
    """Return the key, or the next one with a number that neither a negotiation nor an agreement bears."""
    key, number = wanted[:LONGEST_KEY], 1
    while Negotiation.objects.filter(key=key).exists() or agreements.file_by_key(key) is not None:
        number += 1
        key = f"{wanted[: LONGEST_KEY - 4]}-{number}"
    return key


def _parts_of(agreement: Agreement) -> list[_Part]:
    """Return the parties of an agreement as they begin to negotiate its change."""
    rows = agreements.parties_of(agreement)
    return [_Part(one.institution, one.name, one.short[:30], one.signs) for one in rows]


def _add_parties(negotiation: Negotiation, parts: Sequence[_Part], coordinator: int) -> None:
    for number, part in enumerate(parts):
        NegotiationParty.objects.create(
            negotiation=negotiation,
            institution=part.institution,
            name=part.name,
            short=part.short,
            signs=part.signs or part.institution.pk == coordinator,
            is_coordinator=part.institution.pk == coordinator,
            position=number,
        )


def _head_from(
    negotiation: Negotiation, held: file.AgreementFile, title: file.Bilingual, term: file.Term, by: Person, at: datetime
) -> None:
    """Make the draft's head from the agreement's."""
    DraftHead.objects.create(
        negotiation=negotiation,
        title=said(title),
        summary=said(held.summary),
        starts_on=term.start,
        ends_on=term.until,
        review_on=term.review,
        notice_days=held.notice_days if term.until else None,
        changed_at=at,
        changed_by=by,
    )


def _length(term: file.Term, start: date | None) -> int | None:
    """Return for how many months the agreement ran, to the nearest, where both ends are known."""
    first = term.start or start
    return max(1, round((term.until - first).days / DAYS_A_MONTH)) if term.until and first else None


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last day of a month stays the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(year, MAXYEAR)
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def _next_term(term: file.Term, start: date | None) -> file.Term:
    """Return the term that follows: it begins the day after and runs as long."""
    length = _length(term, start)
    if term.until is None or length is None:
        return file.Term()
    return file.Term(term.until + timedelta(days=1), months_later(term.until, length))


def _copy_clauses(negotiation: Negotiation, held: file.AgreementFile, by: Person, at: datetime) -> None:
    """Copy the clauses as they read after all amendments."""
    for number, clause in enumerate(held.clauses):
        DraftClause.objects.create(
            negotiation=negotiation,
            key=clause.key,
            type=clause.type.value,
            title=said(clause.title),
            text=said(clause.current_text),
            ip_mode=clause.ip_mode.value if clause.ip_mode else "",
            position=number,
            changed_at=at,
            changed_by=by,
        )


def _copy_promises(
    negotiation: Negotiation, held: file.AgreementFile, length: int | None, by: Person, at: datetime
) -> None:
    """Copy the promises that can go on: all but milestones that a source states as done."""
    titles = {section.key: section.title for section in held.sections}
    for number, promise in enumerate(one for one in held.promises if one.done is None):
        due: date | None = promise.current_due
        target: Decimal | None = promise.current_target
        DraftPromise.objects.create(
            negotiation=negotiation,
            key=promise.key,
            section_key=promise.section,
            section_title=said(titles[promise.section]),
            title=said(promise.title),
            text=said(promise.text),
            kind=promise.kind.value,
            promisors=list(promise.by),
            beneficiaries=list(promise.to),
            beneficiary_text=said(promise.to_others),
            owner=said(promise.owner),
            measure_code=promise.measure or "",
            target=target,
            is_about=promise.about,
            due_on=months_later(due, length) if due and length else due,
            position=number,
            changed_at=at,
            changed_by=by,
        )
