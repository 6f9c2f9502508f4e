"""Edits the draft: its head, its clauses, its promises; each row with its version."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accord.agreements.enums import PromiseKind
from accord.agreements.queries import as_file
from accord.engines import agreementfile as file
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.negotiation.enums import Act, NegotiationKind
from accord.negotiation.models import DraftClause, DraftHead, DraftPromise, Negotiation
from accord.negotiation.operations._hold import hold, require, tidy, touch
from accord.negotiation.operations._keys import key_of
from accord.people.queries import Person

Row = TypeVar("Row", DraftClause, DraftPromise)
LONGEST_KEY, ROOM_FOR_NUMBER = 60, 4
FOREGROUND_IP = "foreground-ip"


@dataclass(frozen=True, slots=True)
class HeadWording:
    """What the draft's head says."""

    title: Bilingual
    summary: Bilingual
    starts_on: date | None
    ends_on: date | None
    review_on: date | None
    notice_days: int | None


@dataclass(frozen=True, slots=True)
class ClauseWording:
    """What a clause of the draft says; `why` where it amends a signed one."""

    type: str
    title: Bilingual
    text: Bilingual
    ip_mode: str = ""
    why: Bilingual = Bilingual()  # noqa: RUF009 (frozen, and equal to every other empty text)


@dataclass(frozen=True, slots=True)
class PromiseWording:
    """What a promise of the draft says; of one that amends a signed promise only target, deadline and reason count."""

    title: Bilingual
    text: Bilingual
    kind: str
    promisors: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    beneficiary_text: Bilingual = Bilingual()  # noqa: RUF009 (frozen, and equal to every other empty text)
    section_key: str = ""
    section_title: Bilingual = Bilingual()  # noqa: RUF009 (frozen, and equal to every other empty text)
    owner: Bilingual = Bilingual()  # noqa: RUF009 (frozen, and equal to every other empty text)
    measure_code: str = ""
    target: Decimal | None = None
    is_about: bool = False
    starts_on: date | None = None
    due_on: date | None = None
    why: Bilingual = Bilingual()  # noqa: RUF009 (frozen, and equal to every other empty text)


def clause_wording(row: DraftClause) -> ClauseWording:
    """Return what a clause of the draft says now."""
    return ClauseWording(**{one.name: getattr(row, one.name) for one in fields(ClauseWording)})


def promise_wording(row: DraftPromise) -> PromiseWording:
    """Return what a promise of the draft says now."""
    values = {one.name: getattr(row, one.name) for one in fields(PromiseWording)}
    sides = {name: tuple(values[name]) for name in ("promisors", "beneficiaries")}
    return PromiseWording(**{**values, **sides})


@transaction.atomic
def change_head(*, negotiation: Negotiation, wording: HeadWording, version: int, by: Person, at: datetime) -> DraftHead:
    """Change what the draft says of the agreement as a whole. Raises `Clash`; an equal wording changes nothing."""
    held = hold(negotiation)
    require(held, Act.EDIT, None)
    row = DraftHead.objects.select_for_update().get(negotiation=held)
    if _is_same(row, wording):
        return row
    expect(row, version)
    if wording.starts_on and wording.ends_on and wording.ends_on < wording.starts_on:
        raise Refused(_("The last day must not be before the first."), code="ends-before-start", field="ends_on")
    _put(row, wording)
    if held.kind != NegotiationKind.AMENDMENT:
        held.title = row.title
        held.save(update_fields=["title"])
    _keep(row, by, at)
    touch(held, at=at)
    return row


@transaction.atomic
def save_clause(
    *, negotiation: Negotiation, key: str, wording: ClauseWording, version: int, by: Person, at: datetime
) -> DraftClause:
    """Add a clause (`key` empty), change one of the draft, or word anew one of the signed agreement.

    Raises `Clash` where the row has another version; an equal wording changes nothing.
    """
    held = hold(negotiation)
    require(held, Act.EDIT, None)
    amends = _is_signed(held, "clauses", key)
    if amends and not wording.why:
        raise Refused(_("Enter the reason for the change."), code="reason-missing", field="why")
    if wording.ip_mode and wording.type != FOREGROUND_IP:
        raise Refused(_("Only the clause on foreground IP says who owns results."), code="ip-mode", field="ip_mode")
    row = _row(DraftClause, held, key or _new_key(DraftClause, held, wording.type), amends=amends)
    return _write(held, row, wording, version, by, at)


@transaction.atomic
def save_promise(
    *, negotiation: Negotiation, key: str, wording: PromiseWording, version: int, by: Person, at: datetime
) -> DraftPromise:
    """Add a promise (`key` empty), change one of the draft, or give one of the signed agreement a new target or day.

    Raises `Clash` where the row has another version; an equal wording changes nothing.
    """
    held = hold(negotiation)
    require(held, Act.EDIT, None)
    amends = _is_signed(held, "promises", key)
    if amends:
        _refuse_empty_amendment(wording)
    elif wording.kind == PromiseKind.TARGET and (wording.target is None or wording.due_on is None):
        raise Refused(_("A target needs a number and a deadline."), code="target-whole", field="target")
    row = _row(
        DraftPromise,
        held,
        key or _new_key(DraftPromise, held, key_of(wording.title.en, LONGEST_KEY - 4)),
        amends=amends,
    )
    return _write(held, row, wording, version, by, at)


@transaction.atomic
def remove_clause(*, negotiation: Negotiation, key: str, version: int, by: Person, at: datetime) -> None:
    """Take a clause out of the draft; it stays in the history. Twice changes nothing. Raises `Clash`."""
    _remove(DraftClause, negotiation, key, version, by, at)


@transaction.atomic
def remove_promise(*, negotiation: Negotiation, key: str, version: int, by: Person, at: datetime) -> None:
    """Take a promise out of the draft; it stays in the history. Twice changes nothing. Raises `Clash`."""
    _remove(DraftPromise, negotiation, key, version, by, at)


def _write(
    held: Negotiation, row: Row, wording: ClauseWording | PromiseWording, version: int, by: Person, at: datetime
) -> Row:
    """Write a wording into its row unless it stands there already."""
    if row.pk is not None and row.removed_at is None and _is_same(row, wording):
        return row
    expect(row, version)
    _put(row, wording)
    row.removed_at, row.removed_by = None, None
    _keep(row, by, at)
    touch(held, at=at)
    return row


def _row(model: type[Row], held: Negotiation, key: str, *, amends: bool) -> Row:
    """Return the draft's row of this key, locked, or a new one at the end."""
    rows = model._default_manager.filter(negotiation=held)  # noqa: SLF001 (Django's public name for it)
    known = rows.select_for_update().filter(key=key).first()
    if known is not None:
        return known
    last = rows.aggregate(last=Max("position"))["last"]
    return model(negotiation=held, key=key, amends=amends, version=0, position=0 if last is None else last + 1)


def _remove(model: type[Row], negotiation: Negotiation, key: str, version: int, by: Person, at: datetime) -> None:
    held = hold(negotiation)
    row = model._default_manager.select_for_update().filter(negotiation=held, key=key).first()  # noqa: SLF001 (Django's public name for it)
    if row is None or row.removed_at is not None:
        return
    require(held, Act.EDIT, None)
    expect(row, version)
    row.removed_at, row.removed_by = at, by
    _keep(row, by, at)
    touch(held, at=at)


def _is_signed(held: Negotiation, what: str, key: str) -> bool:
    """Say whether the key names something of the agreement that is amended."""
    if held.kind != NegotiationKind.AMENDMENT or held.base is None or not key:
        return False
    return any(one.key == key for one in getattr(as_file(held.base), what))


def _refuse_empty_amendment(wording: PromiseWording) -> None:
    if wording.target is None and wording.due_on is None:
        raise Refused(_("Enter a new target, a new deadline or both."), code="amendment-empty", field="target")
    if not wording.why:
        raise Refused(_("Enter the reason for the change."), code="reason-missing", field="why")


def _new_key(model: type[Row], held: Negotiation, wanted: str) -> str:
    """Return a key that nothing of the draft or of the signed agreement bears."""
    rows = model._default_manager.filter(negotiation=held)  # noqa: SLF001 (Django's public name for it)
    taken: set[str] = set(rows.values_list("key", flat=True))
    if held.kind == NegotiationKind.AMENDMENT and held.base is not None:
        signed: file.AgreementFile = as_file(held.base)
        taken |= {one.key for one in signed.clauses} | {one.key for one in signed.promises}
    stem: str = wanted[: LONGEST_KEY - ROOM_FOR_NUMBER].strip("-") or "promise"
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _is_same(row: DraftHead | DraftClause | DraftPromise, wording: object) -> bool:
    """Say whether the row says this already."""
    return all(getattr(row, name) == value for name, value in _values(wording).items())


def _put(row: DraftHead | DraftClause | DraftPromise, wording: object) -> None:
    for name, value in _values(wording).items():
        setattr(row, name, value)


def _values(wording: object) -> dict[str, object]:
    """Return a wording's values as the columns keep them."""
    values = {field.name: getattr(wording, field.name) for field in fields(wording)}  # type: ignore[arg-type]
    return {name: tidy(one) if isinstance(one, Bilingual) else _plain(one) for name, one in values.items()}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _keep(row: DraftHead | DraftClause | DraftPromise, by: Person, at: datetime) -> None:
    """Save the row as its next version."""
    row.version += 1
    row.changed_at, row.changed_by = at, by
    row.save()
