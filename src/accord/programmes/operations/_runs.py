"""Runs of the matching: a market, a mechanism and a sealed seed give a result, with its proof and reasons."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.engines import matching
from accord.engines.matching import (
    Draws,
    Lottery,
    Market,
    MarketError,
    Mechanism,
    Outcome,
    Policy,
    Spread,
    Verdict,
)
from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.programmes.enums import RunKind
from accord.programmes.models import Call, MatchLine, MatchRun
from accord.programmes.operations._hosts import refuse_over
from accord.programmes.operations._market import Asking, Gathered, gather, with_fixed

_UNSAID = {one.name: one.default for one in fields(Verdict)}


class MarketFaulty(Refused):
    """What stands in the call contradicts itself, or the mechanism cannot honour it."""

    code = "market-faulty"


class RunUnsound(Refused):
    """The check of a result by other code found a fault; nothing of it is kept."""

    code = "run-unsound"
    status = 500


class NothingToCarryOn(Refused):
    """A re-match carries on from a published result that holds."""

    code = "nothing-to-carry-on"
    status = 409


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How a run is made beside its mechanism; seats more or fewer, and limits left out, make it a what-if."""

    draws: str = Draws.SINGLE
    spread: str = Spread.GREEDY
    exact: bool = False
    effort: float = 30.0
    seats: Mapping[str, int] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_what_if(self) -> bool:
        """Say whether something was changed to ask what then."""
        return bool(self.without) or any(self.seats.values())


@dataclass(frozen=True, slots=True)
class _Solved:
    """What a run gave: the market it is an outcome of, and what it was made from."""

    market: Market
    outcome: Outcome
    gathered: Gathered
    base: str
    policy: str = ""


def run_match(
    *,
    call: Call,
    mechanism: str,
    by: Person,
    at: datetime,
    settings: RunSettings | None = None,
    seed: str | None = None,
) -> MatchRun:
    """Place everybody who waits, by a mechanism; keep the result with its proof and a reason for each person.

    Nobody is bound by it before it is published. Without a seed it is the one that was sealed before the call opened,
    or else the digest of what goes in. Raises `MarketFaulty` with what to mend.
    """
    refuse_over(call)
    asked = settings or RunSettings()
    with _in_words():
        gathered = gather(call=call, asking=Asking(asked.seats, asked.without))
        base = matching.digest(gathered.market)
        outcome = matching.match(
            gathered.market,
            Mechanism(mechanism),
            lottery=Lottery(seed or call.seed or base, Draws(asked.draws)),
            spread=Spread(asked.spread),
            exact=asked.exact,
            effort=asked.effort,
        )
    kind = RunKind.WHAT_IF if asked.is_what_if else RunKind.DRY
    return _kept(call, _Solved(gathered.market, outcome, gathered, base), asked, kind, None, by, at)


def rematch(*, run: MatchRun, policy: str, by: Person, at: datetime) -> MatchRun:
    """Place people again after withdrawals, refusals and new places, by the draws of the result that holds.

    Who accepted keeps the place. By `improve-all` everybody else may move up; by `vacancies-only` who is offered a
    place keeps it too. The new run is a dry one until it is published. Raises `NothingToCarryOn`, `MarketFaulty`.
    """
    call = run.call
    refuse_over(call)
    if run.published_at is None or run.replaced_at is not None:
        raise NothingToCarryOn(_("A re-match carries on from the published result. Choose that run."))
    with _in_words():
        gathered = gather(call=call)
        base = matching.digest(gathered.market)
        old_market, old_outcome = _before(run)
        again = matching.rematch(gathered.market, old_outcome, old_market, policy=Policy(policy))
    solved = _Solved(again.market, again.outcome, gathered, base, policy)
    asked = replace(settings_of(run), note="")
    return _kept(call, solved, asked, RunKind.DRY, run, by, at)


def settings_of(run: MatchRun) -> RunSettings:
    """Return how a run was made."""
    kept = run.settings
    return RunSettings(
        draws=kept["draws"],
        spread=kept["spread"],
        exact=kept["exact"],
        effort=kept["effort"],
        seats=kept["seats"],
        without=tuple(kept["without"]),
        note=run.note,
    )


def result_of(run: MatchRun) -> dict[str, Any]:
    """Return a run as the file that `accord match --check` takes beside its market."""
    kept = run.settings
    return {
        "format": "accord match 1",
        "settings": {
            "reserve_order": None,
            "exact": kept["exact"] and not kept["policy"],
            "effort": kept["effort"],
            "must_run": False,
            "policy": None,
        },
        "outcome": run.outcome,
        "certificate": run.certificate,
    }


def _before(run: MatchRun) -> tuple[Market, Outcome]:
    """Return the market and outcome of a run, fixed as decisions had it and not as a re-match kept it."""
    market = matching.market_from_data(run.market)
    outcome = matching.outcome_from_data(market, run.outcome)
    decided = with_fixed(market, run.settings["fixed"])
    return decided, replace(outcome, digest=matching.digest(decided))


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what the engine refuses into a refusal in the reader's language."""
    try:
        yield
    except MarketError as error:
        raise MarketFaulty(error.words("zh-hans" if (get_language() or "").startswith("zh") else "en")) from error


def _kept(
    call: Call,
    solved: _Solved,
    asked: RunSettings,
    kind: str,
    previous: MatchRun | None,
    by: Person,
    at: datetime,
) -> MatchRun:
    """Check a result by other code, and keep it with a line for each person."""
    certificate = matching.check(solved.market, solved.outcome)
    if not certificate.sound:
        raise RunUnsound(_("The check of this result failed, so it is not kept. Tell whoever runs this installation."))
    with transaction.atomic():
        Call.objects.select_for_update(no_key=True).get(pk=call.pk)
        last = MatchRun.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
        run = MatchRun.objects.create(
            call=call,
            number=last + 1,
            kind=kind,
            mechanism=solved.outcome.mechanism.value,
            settings=_settings_data(asked, solved),
            seed=solved.outcome.lottery.seed,
            previous=previous,
            market=matching.market_as_data(solved.market),
            outcome=matching.outcome_as_data(solved.market, solved.outcome),
            certificate=certificate.as_data(),
            digest=solved.outcome.digest,
            engine=solved.outcome.engine,
            placed=certificate.placed,
            unplaced=certificate.people - certificate.placed,
            note=asked.note.strip(),
            made_at=at,
            made_by=by,
        )
        MatchLine.objects.bulk_create(_lines(run, solved, _held_before(call, previous, last)), batch_size=2000)
    return run


def _settings_data(asked: RunSettings, solved: _Solved) -> dict[str, Any]:
    return {
        "draws": str(asked.draws),
        "spread": str(asked.spread),
        "exact": asked.exact,
        "effort": asked.effort,
        "seats": {code: more for code, more in asked.seats.items() if more},
        "without": list(asked.without),
        "policy": solved.policy,
        "base": solved.base,
        "fixed": list(solved.gathered.fixed),
        "unscored": solved.gathered.unscored,
    }


def _held_before(call: Call, previous: MatchRun | None, last: int) -> Mapping[int, MatchLine]:
    """Return what each application held in the run to compare with: the one carried on from, else the last."""
    run = previous or MatchRun.objects.filter(call=call, number=last).first()
    if run is None:
        return {}
    return {one.application_id: one for one in run.lines.defer("reasons")}


def _lines(run: MatchRun, solved: _Solved, before: Mapping[int, MatchLine]) -> Iterator[MatchLine]:
    gathered = solved.gathered
    for one in matching.explain_all(solved.market, solved.outcome):
        application = gathered.applications[one.applicant]
        place = gathered.places[one.placed] if one.placed else None
        line = MatchLine(
            run=run,
            application=application,
            place=place,
            rank=one.choice,
            reasons=[_verdict(gathered, one.applicant, verdict) for verdict in one.verdicts],
        )
        old = before.get(application.pk)
        line.change = change_between(old, line) if before else ""
        yield line


def _verdict(gathered: Gathered, who: str, verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as it is kept, with the reason of a bar, which the market does not hold."""
    said = {one.name: getattr(verdict, one.name) for one in fields(Verdict)}
    data = {name: value for name, value in said.items() if value != _UNSAID[name]}
    reason = gathered.reasons.get((who, verdict.programme), "")
    if reason and verdict.code in {matching.Code.NOT_ELIGIBLE, matching.Code.CONFLICT}:
        data["reason"] = reason
    # Draws are larger than what some readers of JSON take for a whole number.
    return data | {name: str(data[name]) for name in ("own_draw", "cutoff_draw") if name in data}


def change_between(old: MatchLine | None, new: MatchLine) -> str:
    """Return what became of somebody between two runs, in the words of `matching.Change`."""
    was = old.place_id if old else None
    if was is None or new.place_id is None:
        if was is None:
            return matching.Change.NEWLY_PLACED if new.place_id else matching.Change.STILL_WAITING
        return matching.Change.LOST_PLACE
    if was == new.place_id:
        return matching.Change.STAYS
    better = (old.rank if old and old.rank else 0) - (new.rank or 0)
    if better == 0:
        return matching.Change.MOVED_ACROSS
    return matching.Change.MOVED_UP if better > 0 else matching.Change.MOVED_DOWN
