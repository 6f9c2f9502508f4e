"""Slates: whose decision is due, in which order they stand, what was decided, and who moves up from the reserve."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Count, FilteredRelation, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.programmes.enums import Need, Outcome
from accord.programmes.models import Application, Call, Decision, Slate
from accord.programmes.queries._facts import DECIDED, record_of
from accord.programmes.queries._flows import flow_of
from accord.programmes.queries._slate_order import Entry, Ordered, Terms, order_of
from accord.review.queries import StandingRow, standings

GONE = ("declined", "withdrawn")
"""Phases of those who are not among the accepted any more."""


HELD = Q(decisions__told_at=None, decisions__isnull=False) & ~Q(decisions__application__phase="withdrawn")
"""Decisions whose letters wait; those of whoever withdrew do not count."""


class SlateRow(NamedTuple):
    """One application on a slate: its scores, where it stands, what is proposed and what was decided."""

    pk: int
    reference: str
    call: Call
    applicant_id: int
    applicant: Bilingual
    home: Bilingual | None
    language: str
    submitted_at: datetime
    rank: int
    score: Decimal | None
    raw: Decimal | None
    calibrated: Decimal | None
    spread: Decimal | None
    reviews_done: int
    reviews_due: int
    tie: int
    draw: str
    proposed: str
    outcome: str
    reason: str
    note: str
    version: int
    from_home: int
    before: int

    @property
    def stands(self) -> str:
        """Return what holds now: what was decided, or what is proposed."""
        return self.outcome or self.proposed

    @property
    def decided(self) -> str:
        """Return what was decided, or that nothing is."""
        return self.outcome or "open"

    @property
    def raw_number(self) -> float | None:
        """Return the raw score as a number to sort by."""
        return None if self.raw is None else float(self.raw)

    @property
    def calibrated_number(self) -> float | None:
        """Return the calibrated score as a number to sort by."""
        return None if self.calibrated is None else float(self.calibrated)

    @property
    def spread_number(self) -> float | None:
        """Return the spread as a number to sort by."""
        return None if self.spread is None else float(self.spread)

    @property
    def is_equal(self) -> bool:
        """Say whether somebody else has the same score."""
        return self.tie > 0

    @property
    def is_again(self) -> bool:
        """Say whether the applicant applied before."""
        return self.before > 0

    @property
    def differs(self) -> bool:
        """Say whether it was decided otherwise than proposed."""
        return bool(self.outcome) and self.outcome != self.proposed


def reserve_stages(call: Call) -> frozenset[str]:
    """Return the stages of a call's workflow that are its reserve list."""
    return frozenset(one.to for one in flow_of(call).steps if Need.DECIDED_RESERVE in one.needs)


def deciding_stages(call: Call) -> frozenset[str]:
    """Return the stages from which a decision leads on, the reserve list apart."""
    steps = [one for one in flow_of(call).steps if frozenset(DECIDED) & frozenset(one.needs)]
    return frozenset(stage for one in steps for stage in one.from_stages) - reserve_stages(call)


def candidates(call: Call) -> QuerySet[Application]:
    """Return the applications whose decision is due: none was settled since they came where they stand."""
    return _undecided(call, deciding_stages(call))


def reserves(call: Call) -> list[Decision]:
    """Return who is on the reserve list and was told, in the order in which they move up; one query."""
    settled = Decision.objects.filter(application=OuterRef("application"), slate__settled_at__isnull=False)
    last = settled.order_by("-slate__settled_at", "-slate_id", "-pk").values("pk")[:1]
    found = Decision.objects.filter(
        application__call=call,
        application__stage__in=reserve_stages(call),
        outcome=Outcome.RESERVE,
        told_at__isnull=False,
        pk=Subquery(last),
    )
    return list(
        found.select_related("application__applicant", "slate").order_by("slate__number", "reserve_position", "pk")
    )


def _undecided(call: Call, stages: frozenset[str]) -> QuerySet[Application]:
    waiting = Decision.objects.filter(slate__settled_at__isnull=False, slate__call=call, told_at=None)
    return (
        Application.objects.filter(call=call, stage__in=stages, submitted_at__isnull=False)
        .exclude(pk__in=waiting.order_by().values("application"))
        .order_by("pk")
    )


def waits_for_release(call: Call) -> bool:
    """Say whether letters of a settled slate are still held back; those of whoever withdrew do not count."""
    rows = Decision.objects.filter(slate__call=call, slate__settled_at__isnull=False, told_at=None)
    return rows.exclude(application__phase="withdrawn").exists()


def seats_left(call: Call) -> int:
    """Return how many more the call accepts; none where it has no quota."""
    return 0 if call.quota is None else max(0, call.quota - accepted_now(call))


def accepted_now(call: Call) -> int:
    """Return how many were accepted by settled slates and are still in; one query."""
    rows = Application.objects.filter(
        call=call, decisions__outcome=Outcome.ACCEPT, decisions__slate__settled_at__isnull=False
    )
    return rows.exclude(phase__in=GONE).distinct().count()


def open_slate_of(call: Call) -> Slate | None:
    """Return the slate of a call that may still be changed, if there is one."""
    return Slate.objects.filter(call=call, settled_at=None).first()


def slates_of(call: Call) -> QuerySet[Slate]:
    """Return the slates of a call, the latest first, with how many decisions each holds."""
    counted = Slate.objects.filter(call=call).select_related("opened_by", "settled_by", "call__programme")
    return counted.annotate(
        decided=Count("decisions"),
        accepted=Count("decisions", filter=Q(decisions__outcome=Outcome.ACCEPT)),
        told=Max("decisions__told_at"),
        held=Count("decisions", filter=HELD & Q(settled_at__isnull=False)),
    ).order_by("-number")


def find_slate(call: Call, number: int) -> Slate:
    """Return a slate of a call by its number; raises `NotThere`."""
    found = slates_of(call).filter(number=number).first()
    if found is None:
        raise NotThere(_("There is no slate of this number for this call."))
    return found


def slate_rows(call: Call, slate: Slate | None, *, terms: Terms | None = None) -> list[SlateRow]:
    """Return every application whose decision is due, from the best score down; three queries however many they are.

    What is proposed goes by the quota of the slate, or by other `terms`, which shows what would be.
    """
    kept = FilteredRelation("decisions", condition=Q(decisions__slate=slate))
    rows = candidates(call).annotate(kept=kept).values_list(*CANDIDATE)
    found = [Candidate(record_of(row[0]), *row) for row in rows]
    stand = standings([one.record for one in found]) if found else {}
    entries = [
        Entry(
            key=one.pk,
            reference=one.reference,
            score=stand[one.record].counts if one.record in stand else None,
            submitted_at=one.submitted_at,
            fixed=(one.note and one.outcome) or "",
        )
        for one in found
    ]
    ordered = order_of(entries, terms or terms_of(call, slate))
    by_key = {one.pk: one for one in found}
    homes = _from_homes(ordered, by_key)
    before = _applied_before(call)
    placed = ((one, by_key[one.key]) for one in ordered)
    return [_row(call, one, whose, stand.get(whose.record), homes, before) for one, whose in placed]


class Candidate(NamedTuple):
    """What a slate reads of an application whose decision is due: columns, for there may be many thousands.

    `record` is the reference under which it lies before a panel; what stands last is the decision of the slate, empty
    before there is one.
    """

    record: str
    pk: int
    reference: str
    applicant: int
    name: Bilingual
    home: int | None
    home_name: Bilingual | None
    language: str
    submitted_at: datetime
    outcome: str | None
    reason: str | None
    note: str | None
    version: int | None


CANDIDATE = (
    *("pk", "reference", "applicant_id", "applicant__name", "home_id", "home__name", "language", "submitted_at"),
    *("kept__outcome", "kept__reason", "kept__note", "kept__version"),
)
"""The columns of a `Candidate` after its `record`, in its order."""


def terms_of(call: Call, slate: Slate | None) -> Terms:
    """Return what a slate is ordered by; before one is open, what it would be by the call."""
    own, length = (slate.quota, slate.reserve_length) if slate else (call.quota, call.reserve_length)
    return terms_with(call, own, length)


def terms_with(call: Call, quota: int | None, reserve_length: int) -> Terms:
    """Return what a slate would be ordered by with another quota or reserve list."""
    return Terms(tie_rule=call.tie_rule, seed=call.seed, quota=quota, reserve_length=reserve_length)


def _from_homes(ordered: Sequence[Ordered], by_key: Mapping[int, Candidate]) -> Mapping[int | None, int]:
    """Return how many of each home institution are accepted as things stand."""
    stands = ((by_key[one.key], one.outcome) for one in ordered)
    return Counter(one.home for one, proposed in stands if (one.outcome or proposed) == Outcome.ACCEPT)


def _applied_before(call: Call) -> dict[int, int]:
    """Return how often each whose decision is due applied to other calls of the programme before; one query."""
    others = Application.objects.filter(
        call__programme=call.programme_id,
        applicant__in=candidates(call).order_by().values("applicant"),
        submitted_at__isnull=False,
        submitted_at__lt=call.closes_at,
    ).exclude(call=call)
    counted = others.order_by().values("applicant").annotate(n=Count("call", distinct=True))
    return dict(counted.values_list("applicant", "n"))


def _row(
    call: Call,
    placed: Ordered,
    one: Candidate,
    stand: StandingRow | None,
    homes: Mapping[int | None, int],
    before: Mapping[int, int],
) -> SlateRow:
    return SlateRow(
        pk=one.pk,
        reference=one.reference,
        call=call,
        applicant_id=one.applicant,
        applicant=one.name,
        home=one.home_name,
        language=one.language,
        submitted_at=one.submitted_at,
        rank=placed.rank,
        score=placed.score,
        raw=stand.raw if stand else None,
        calibrated=stand.calibrated if stand else None,
        spread=stand.spread if stand else None,
        reviews_done=stand.reviews_done if stand else 0,
        reviews_due=stand.reviews_due if stand else 0,
        tie=placed.tie,
        draw=placed.draw,
        proposed=placed.outcome,
        outcome=one.outcome or "",
        reason=one.reason or "",
        note=one.note or "",
        version=one.version or 0,
        from_home=homes.get(one.home, 0) if one.home else 0,
        before=before.get(one.applicant, 0),
    )


@dataclass(frozen=True, slots=True)
class HomeShare:
    """How many applications of a home institution are on a slate, and how many of them are accepted as things stand."""

    name: Bilingual
    applications: int
    accepted: int


@dataclass(frozen=True, slots=True)
class SlateNumbers:
    """How a slate stands in numbers: by what holds now, decided or proposed."""

    total: int
    decided: int
    changed: int
    by_outcome: tuple[tuple[str | Promise, int], ...]
    open: int
    homes: tuple[HomeShare, ...]


MOST_HOMES = 12


def numbers_of(rows: Sequence[SlateRow]) -> SlateNumbers:
    """Return a slate in numbers; home institutions with most accepted first."""
    stands = Counter(one.stands for one in rows)
    applied = Counter(one.home for one in rows if one.home)
    accepted = Counter(one.home for one in rows if one.home and one.stands == Outcome.ACCEPT)
    homes = sorted((HomeShare(home, n, accepted[home]) for home, n in applied.items()), key=_share)
    return SlateNumbers(
        total=len(rows),
        decided=sum(bool(one.outcome) for one in rows),
        changed=sum(one.differs for one in rows),
        by_outcome=tuple((one.label, stands[one]) for one in Outcome if stands[one]),
        open=stands[""],
        homes=tuple(homes[:MOST_HOMES]),
    )


def _share(one: HomeShare) -> tuple[int, int, str]:
    return -one.accepted, -one.applications, one.name.en or one.name.zh_hans


def mark_of(rows: Sequence[SlateRow]) -> str:
    """Return what tells whether a slate is still as somebody saw it: who is on it, where, and what was decided."""
    seen = [[one.reference, one.rank, str(one.score), one.outcome, one.reason] for one in rows]
    return sha256(json.dumps(seen).encode()).hexdigest()
