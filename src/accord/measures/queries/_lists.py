"""Agreements side by side, and who promised whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accord.agreements.enums import Life
from accord.agreements.queries import (
    Agreement,
    Commitment,
    PartyRow,
    PromiseRow,
    agreements_visible_to,
    agreements_with_all,
    engaged_on,
    life_of,
    promise_rows,
)
from accord.kernel.access import Actor
from accord.kernel.clock import monday_of
from accord.kernel.text import Bilingual
from accord.measures.enums import PromiseState
from accord.measures.models import Evidence, Snapshot
from accord.measures.queries._board import Board, Standing

SILENT_AFTER = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement of the list: its promises counted by the state of the latest weekly snapshot."""

    agreement: Agreement
    promises: int
    states: dict[PromiseState, int]
    last_record_on: date | None
    life: Life
    silent_since: date | None

    @property
    def is_silent(self) -> str:
        """Say "yes" where nothing was heard for six months, for the filter of the list."""
        return "yes" if self.silent_since else "no"


def agreement_lines(agreements: QuerySet[Agreement], day: date) -> list[AgreementLine]:
    """Return the agreements as lines of the list; the same number of queries for any number."""
    last = Evidence.objects.filter(
        party__agreement=OuterRef("pk"), occurred_on__lte=day, confirmed_at__isnull=False
    ).order_by("-occurred_on")
    rows = list(
        agreements_with_all(agreements).annotate(
            promise_count=Count("commitments"), last_record_on=Subquery(last.values("occurred_on")[:1])
        )
    )
    states = _states([row.pk for row in rows], monday_of(day))
    return [
        AgreementLine(
            agreement=row,
            promises=row.promise_count,
            states=states.get(row.pk, {}),
            last_record_on=row.last_record_on,
            life=life_of(row, day),
            silent_since=silent_since(row, row.last_record_on, day),
        )
        for row in rows
    ]


def silent_since(agreement: Agreement, last_record_on: date | None, day: date) -> date | None:
    """Return since when nothing was delivered and nobody met, once that is six months; only while it is in force.

    A meeting after the day leaves open what was heard before it, and gives None.
    """
    met_on = engaged_on(agreement)
    if life_of(agreement, day) not in {Life.IN_FORCE, Life.AMENDED} or (met_on and met_on > day):
        return None
    heard = [one for one in (last_record_on, met_on, agreement.signed_on or agreement.starts_on) if one and one <= day]
    last = max(heard, default=None)
    return last if last and day - last >= SILENT_AFTER else None


def _states(agreement_ids: Sequence[int], day: date) -> dict[int, dict[PromiseState, int]]:
    """Return how many promises of each agreement stood in each state at the latest snapshot; one query."""
    latest = Snapshot.objects.filter(commitment=OuterRef("pk"), week_on__lte=day).order_by("-week_on")
    rows = (
        Commitment.objects.filter(agreement__in=agreement_ids)
        .annotate(state=Subquery(latest.values("state")[:1]))
        .order_by()
        .values_list("agreement_id", "state")
    )
    counted: dict[int, dict[PromiseState, int]] = {}
    for agreement_id, state in rows:
        if state is not None:
            states = counted.setdefault(agreement_id, {})
            states[PromiseState(state)] = states.get(PromiseState(state), 0) + 1
    return counted


def board_silent_since(shown: Board) -> date | None:
    """Return since when a board has had no delivery and no meeting, once that is six months; takes no query."""
    last = max((one.done.tally.last_on for one in shown.standings if one.done.tally.last_on), default=None)
    return silent_since(shown.agreement, last, shown.clocks.as_of)


@dataclass(frozen=True, slots=True)
class Direction:
    """What one side promised another, and how it stands."""

    promisor: PartyRow
    beneficiary: PartyRow | None
    others: Bilingual
    standings: tuple[Standing, ...]


def reciprocity(standings: Sequence[Standing]) -> list[Direction]:
    """Return who promised whom: one row for each pair of promisor and beneficiary, in the parties' order."""
    pairs: dict[tuple[PartyRow, PartyRow | None, Bilingual], list[Standing]] = {}
    for standing in standings:
        promise = standing.promise
        receivers: list[tuple[PartyRow | None, Bilingual]] = [(one, Bilingual()) for one in promise.beneficiaries]
        for promisor in promise.promisors:
            for beneficiary, others in receivers or [(None, promise.beneficiary_text)]:
                if beneficiary != promisor:
                    pairs.setdefault((promisor, beneficiary, others), []).append(standing)
    return [
        Direction(promisor, beneficiary, others, tuple(rows))
        for (promisor, beneficiary, others), rows in sorted(pairs.items(), key=_direction_order)
    ]


def _direction_order(item: tuple[tuple[PartyRow, PartyRow | None, Bilingual], list[Standing]]) -> tuple[int, int, int]:
    """Sort by promisor, then by beneficiary, those who are no party last."""
    promisor, beneficiary, _others = item[0]
    return promisor.pk, 0 if beneficiary else 1, beneficiary.pk if beneficiary else 0


def promises_on(actor: Actor, code: str) -> list[PromiseRow]:
    """Return the promises counted in a measure, of the agreements that the actor may know of."""
    visible = agreements_visible_to(actor).order_by().values("pk")
    return promise_rows(Commitment.objects.filter(agreement__in=visible, measure_code=code))
