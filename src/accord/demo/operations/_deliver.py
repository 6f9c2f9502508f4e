"""Enters simulated deliveries: nearly all in bulk, some of every kind step by step, under the same rules."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from accord.agreements.queries import Commitment, Party
from accord.demo.operations._agreements import Signed
from accord.demo.types import Delivery, Fate
from accord.measures import operations as measures
from accord.measures.operations import EvidenceRow
from accord.people.queries import Person

EACH = 100
LEAST = 3
SHOWN_EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Register:
    """Where a delivery belongs: promises and parties by agreement and key, officers by their party's key."""

    signed: Mapping[str, Signed]
    officers: Mapping[str, Person]

    def promise(self, delivery: Delivery) -> Commitment:
        """Return the promise that the delivery is for."""
        return self.signed[delivery.of.agreement].promises[delivery.of.promise]

    def party(self, delivery: Delivery, key: str) -> Party:
        """Return a party of the delivery's agreement."""
        return self.signed[delivery.of.agreement].parties[key]


def enter(deliveries: Sequence[Delivery], register: Register, *, on_progress: Callable[[str], None]) -> int:
    """Enter all deliveries in the order they are given in; return how many."""
    slow, quick = split(deliveries)
    measures.record_in_bulk(rows=_told(quick, register, on_progress), is_simulated=True)
    for delivery in slow:
        enter_step_by_step(delivery, register)
    return len(deliveries)


def split(deliveries: Iterable[Delivery]) -> tuple[list[Delivery], list[Delivery]]:
    """Return those to enter step by step, 1 in 100 and at least three of every kind, and those to enter in bulk."""
    slow: list[Delivery] = []
    quick: list[Delivery] = []
    seen: Counter[Fate] = Counter()
    for number, delivery in enumerate(deliveries):
        taken = seen[delivery.fate] < LEAST or delivery.fate == Fate.WITHDRAWN or number % EACH == 0
        (slow if taken else quick).append(delivery)
        seen[delivery.fate] += 1
    return slow, quick


def _told(
    deliveries: Sequence[Delivery], register: Register, on_progress: Callable[[str], None]
) -> Iterable[EvidenceRow]:
    """Yield the rows of the bulk and say now and then how far it is."""
    for number, delivery in enumerate(deliveries):
        if number % SHOWN_EVERY == 0:
            on_progress(f"Deliveries {number:,} of {len(deliveries):,}")
        yield row_of(delivery, register)


def row_of(delivery: Delivery, register: Register) -> EvidenceRow:
    """Return the delivery as a row of the bulk."""
    decider = register.officers[delivery.of.decides]
    return EvidenceRow(
        commitment=register.promise(delivery),
        party=register.party(delivery, delivery.of.enters),
        amount=Decimal(delivery.amount),
        occurred_on=delivery.occurred_on,
        label=delivery.label,
        document=delivery.document,
        recorded_at=delivery.recorded_at,
        recorded_by=register.officers[delivery.of.enters],
        confirmed_at=delivery.confirmed_at,
        confirmed_by=decider if delivery.confirmed_at else None,
        contested_at=delivery.contested_at,
        contested_by=decider if delivery.contested_at else None,
        contest_reason=delivery.reason if delivery.contested_at else "",
    )


def enter_step_by_step(delivery: Delivery, register: Register) -> None:
    """Enter one delivery and decide on it as people would, one operation after the other."""
    ours, theirs = (register.party(delivery, key) for key in (delivery.of.enters, delivery.of.decides))
    author, decider = (register.officers[key] for key in (delivery.of.enters, delivery.of.decides))
    held = measures.record_evidence(
        shares={register.promise(delivery): Decimal(1)},
        party=ours,
        amount=Decimal(delivery.amount),
        occurred_on=delivery.occurred_on,
        label=delivery.label,
        document=delivery.document,
        by=author,
        at=delivery.recorded_at,
        is_simulated=True,
        quiet=True,
    )
    for at in _moments(delivery.contested_at):
        held = measures.contest_evidence(
            evidence=held, version=held.version, reason=delivery.reason, party=theirs, by=decider, at=at, quiet=True
        )
    for at in _moments(delivery.confirmed_at):
        held = measures.confirm_evidence(
            evidence=held, version=held.version, party=theirs, by=decider, at=at, quiet=True
        )
    for at in _moments(delivery.withdrawn_at):
        measures.withdraw_evidence(
            evidence=held, version=held.version, reason=delivery.reason, party=ours, by=author, at=at, quiet=True
        )


def _moments(moment: datetime | None) -> tuple[datetime, ...]:
    """Return the moment if there is one."""
    return () if moment is None else (moment,)
