"""The renewal dossier: what became of every promise, generated from delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from accord.agreements.queries import Agreement, Engagement, TargetLine, engagements_of
from accord.kernel.text import Bilingual
from accord.measures.enums import PromiseState
from accord.measures.queries import (
    Direction,
    ForecastRecord,
    Standing,
    board,
    clocks,
    counted_in_words,
    forecast_records,
    reciprocity,
    states_count,
    states_in_words,
    unit_of,
)
from accord.ui import say

PERCENT = 100


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One promise looked back on, in words of the reader's language."""

    key: str
    title: Bilingual
    promisors: str
    target: Decimal | None
    delivered: Decimal | None
    unit: str
    due_on: date | None
    state: PromiseState
    on_time: str
    forecast: str
    amended: str
    quiet: str


@dataclass(frozen=True, slots=True)
class GivenLine:
    """What one side promised another, and how much of it stands where."""

    promisor: Bilingual
    beneficiary: Bilingual
    promises: int
    words: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a decision on a renewal is taken from."""

    opening: str
    lines: tuple[DossierLine, ...]
    given: tuple[GivenLine, ...]
    meetings: tuple[Engagement, ...]
    quiet: int
    amended: int


def dossier_of(agreement: Agreement, day: date) -> Dossier:
    """Return the dossier of an agreement on a day; the same number of queries for any number of promises."""
    standings = board(agreement, clocks(day)).standings
    forecasts = forecast_records([one.promise.pk for one in standings], day)
    lines = tuple(_line(one, forecasts.get(one.promise.pk)) for one in standings)
    return Dossier(
        opening=counted_in_words([one.state for one in standings]),
        lines=lines,
        given=tuple(_given(one) for one in reciprocity(standings)),
        meetings=tuple(engagements_of(agreement)),
        quiet=sum(1 for line in lines if line.quiet),
        amended=sum(1 for line in lines if line.amended),
    )


def _line(standing: Standing, forecast: ForecastRecord | None) -> DossierLine:
    promise, figure = standing.promise, standing.done.figure
    dormant = standing.dormant_days
    return DossierLine(
        key=promise.key,
        title=promise.title,
        promisors=_(", ").join(str(one.name) for one in promise.promisors),
        target=standing.line.target,
        delivered=figure.amount if figure else None,
        unit=unit_of(standing),
        due_on=standing.line.due_on,
        state=standing.state,
        on_time=_on_time(standing),
        forecast=_forecast(forecast),
        amended=_amended(promise.targets),
        quiet=_("No record for %(days)s days") % {"days": dormant} if dormant else "",
    )


def _on_time(standing: Standing) -> str:
    """Return whether the target was reached by its deadline, and on which day."""
    target, due = standing.line.target, standing.line.due_on
    promise = standing.promise
    if promise.done_on is not None:
        return _("Stated as done: %(day)s") % {"day": say.stated(promise.done_on, promise.done_precision)}
    reached = next((on for on, level in standing.levels if target is not None and level >= target), None)
    if reached is None and standing.state is PromiseState.DELIVERED:
        reached = standing.done.tally.last_on
    if reached is None:
        return _("No") if standing.state is PromiseState.MISSED else ""
    words = {"day": say.day(reached)}
    if due is not None and reached > due:
        return _("Late, on %(day)s") % words
    return _("Yes, on %(day)s") % words


def _forecast(record: ForecastRecord | None) -> str:
    """Return what was forecast at first and last."""
    if record is None:
        return ""
    words = {
        "first": round(record.first * PERCENT),
        "first_on": say.day(record.first_on),
        "last": round(record.last * PERCENT),
        "last_on": say.day(record.last_on),
    }
    if record.weeks == 1:
        return _("%(first)s in 100 on %(first_on)s") % words
    return _("%(first)s in 100 on %(first_on)s, %(last)s in 100 on %(last_on)s") % words


def _amended(targets: Sequence[TargetLine]) -> str:
    """Return every earlier target with the day on which another took its place."""
    said = []
    for before, after in pairwise(targets):
        if after.target is not None and before.target is not None and after.agreed_on is not None:
            words = {
                "before": say.count(before.target),
                "after": say.count(after.target),
                "day": say.day(after.agreed_on),
            }
            said.append(_("from %(before)s to %(after)s on %(day)s") % words)
        elif after.due_on is not None and after.agreed_on is not None:
            words = {"due": say.day(after.due_on), "day": say.day(after.agreed_on)}
            said.append(_("deadline moved to %(due)s on %(day)s") % words)
    return "; ".join(said)


def _given(direction: Direction) -> GivenLine:
    states = [one.state for one in direction.standings]
    return GivenLine(
        promisor=direction.promisor.name,
        beneficiary=direction.beneficiary.name if direction.beneficiary else direction.others,
        promises=len(states),
        words=states_in_words(states_count(states)),
    )
