"""The automatic assignment: proposed with reasons and a proof, and applied once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.engines import assignment as engine
from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.kernel.text import EN, LANGUAGES, ZH, Bilingual
from accord.people.queries import Person
from accord.review.enums import AssignedBy, AssignmentGoal
from accord.review.models import Assignment, AssignmentRun, Panel, Panelist
from accord.review.operations._assign import put_down
from accord.review.operations._panels import locked
from accord.review.operations._problem import Given, given, named
from accord.review.operations._refused import in_conflict, refuse_closed
from accord.review.operations._release import set_free
from accord.review.operations._tell import tell_panelists
from accord.ui import say

HIGHEST = Fraction(3, 4)
"""The likeliest that one pair may be, where assignments are drawn."""
REPLACED = Bilingual("A new automatic assignment took its place.", "已由新的自动分配取代。")


class NothingToAssign(Refused):
    """There are items and reviewers to assign, or there is nothing to do."""

    code = "nothing-to-assign"
    status = 409


class CannotAssign(Refused):
    """What is asked contradicts itself; the sentence is the engine's."""

    code = "cannot-assign"
    status = 409


class RunOutdated(Refused):
    """A proposal is applied to what it was worked out for."""

    code = "run-outdated"
    status = 409


class RunEmpty(Refused):
    """Where nothing fits there is nothing to apply."""

    code = "run-empty"
    status = 409


@transaction.atomic
def propose_assignment(*, panel: Panel, goal: str, by: Person, at: datetime, seed: str | None = None) -> AssignmentRun:
    """Work out who should review what, with a reason for each and a proof; it binds nobody until it is applied.

    Where nothing fits, the run says in both languages who is short of what. The same panel, goal and seed give the same
    result. Raises `PanelClosed`, `NothingToAssign` and `CannotAssign`.
    """
    held = Panel.objects.get(pk=panel.pk)  # not locked: reviews come in while this is worked out
    refuse_closed(held)
    found = given(held)
    if not found.items or not found.reviewers:
        raise NothingToAssign(_("Put at least one item before the panel, and have one reviewer accept."))
    sown = (seed or held.seed or f"panel {held.pk}")[:100]
    run = AssignmentRun(
        panel=held, goal=AssignmentGoal(goal), seed=sown, problem=found.as_data(), made_at=at, made_by=by
    )
    try:
        posed = found.problem()
        run.digest = engine.digest(posed)
        _solve(run, posed, found)
    except engine.Infeasible as refused:
        run.witness = {language: refused.words(language) for language in LANGUAGES}
    except engine.AssignmentRefused as refused:
        raise CannotAssign(refused.words(ZH if say.is_chinese() else EN)) from refused
    run.save()
    return run


def _solve(run: AssignmentRun, posed: engine.ReviewProblem, found: Given) -> None:
    """Write the result of the run, why, and the proof."""
    goal = engine.Goal(run.goal)
    options: dict[str, Any] = {"strong": found.panel.strong_each} if goal is engine.Goal.STRONG else {}
    if goal is engine.Goal.RANDOMISED:
        options["highest"] = HIGHEST
    result = engine.assign(posed, goal, seed=run.seed, **options)
    checked = engine.check(posed, result)
    data = engine.as_data(result)
    certificate = data.pop("certificate")
    reasons = {one.code: _reasons(engine.why(posed, result, one.code)) for one in found.items}
    run.result = {
        "pairs": data["pairs"],
        "total": data["total"],
        "loads": dict(zip(posed.reviewers, data["loads"], strict=True)),
        "fits": dict(zip(posed.items, data["item_fits"], strict=True)),
        "strength": _strength(result),
        "why": reasons,
        "engine": result.engine,
    }
    run.certificate = {
        "at_most": certificate["at_most"],
        "gap": certificate["gap"],
        "proof": str(result.certificate.proof),
        "priced_pairs": certificate["priced_pairs"],
        "improving_pairs": certificate["improving_pairs"],
        "item_prices": certificate["item_prices"],
        "reviewer_prices": certificate["reviewer_prices"],
        "feasible": checked.feasible,
        "certified": checked.certified,
        "breaches": [asdict(one) for one in checked.breaches],
    }


def _strength(result: engine.Assignment) -> dict[str, Any] | None:
    if result.strength is None:
        return None
    return {"count": result.strength.count, "threshold": result.strength.threshold, "proven": result.strength.proven}


def _reasons(why: engine.Why) -> dict[str, Any]:
    """Return why an item has its reviewers: a sentence each in both languages, and who was passed over."""
    said = {language: why.words(language) for language in LANGUAGES}
    chosen = len(why.chosen)
    return {
        "chosen": [
            {"reviewer": one.reviewer, "fit": one.fit, "rank": one.rank, **{lang: said[lang][at] for lang in LANGUAGES}}
            for at, one in enumerate(why.chosen)
        ],
        "passed": [
            {
                "reviewer": one.reviewer,
                "fit": one.fit,
                "reason": str(one.reason),
                **{lang: said[lang][chosen + at] for lang in LANGUAGES},
            }
            for at, one in enumerate(why.passed)
        ],
        "open": why.open,
    }


@transaction.atomic
def apply_run(*, run: AssignmentRun, by: Person, at: datetime) -> AssignmentRun:
    """Assign as a run proposes: new pairs are assigned, those it left out released; begun and locked ones stay.

    Applied twice it changes nothing. Raises `RunEmpty` where nothing fitted, `RunOutdated` where items, people, loads
    or conflicts changed since, and `PanelClosed`.
    """
    panel = locked(run.panel)
    held = AssignmentRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.applied_at is not None:
        return held
    refuse_closed(panel)
    if not held.result:
        raise RunEmpty(_("Nothing fits in this proposal. Mend what it names, and propose again."))
    reviewers = list(Panelist.objects.select_for_update(of=("self",), no_key=True).filter(panel=panel).order_by("pk"))
    found = given(panel)
    if engine.digest(found.problem()) != held.digest:
        raise RunOutdated(_("Items, people or conflicts changed since this was proposed. Propose again."))
    new = _put_all(held, found, reviewers, by, at)
    held.applied_at, held.applied_by = at, by
    held.save(update_fields=["applied_at", "applied_by"])
    for panelist, number in new.items():
        tell_panelists("assigned", panel, [panelist], key=f"run:{held.pk}", at=at, number=number)
    return held


def _put_all(
    run: AssignmentRun, found: Given, reviewers: list[Panelist], by: Person, at: datetime
) -> Mapping[Panelist, int]:
    """Make the assignments what the run says; return who got how many new ones."""
    items, people = {one.code: one for one in found.items}, {named(one): one for one in reviewers}
    wanted = {(items[one["item"]].pk, people[one["reviewer"]].pk): one for one in run.result["pairs"]}
    rows = Assignment.objects.select_for_update(of=("self",)).filter(item__panel=run.panel_id).order_by("pk")
    known = {(one.item_id, one.panelist_id): one for one in rows}
    gone = [row for pair, row in known.items() if row.released_at is None and pair not in wanted]
    set_free(_unbegun(gone, found), reason=REPLACED, by=by, at=at)
    new: dict[Panelist, int] = defaultdict(int)
    for pair, one in wanted.items():
        before = known.get(pair)
        if before is not None and before.released_at is None:
            continue
        item, reviewer = items[one["item"]], people[one["reviewer"]]
        facts = {
            "is_locked": False,
            "source": AssignedBy.RUN,
            "run": run,
            "why": _why(run, one["item"], one["reviewer"]),
            "due_at": found.panel.due_at,
        }
        with refused_as({"no_assignment_in_conflict": lambda: in_conflict(reviewer.position, item.code)}):  # noqa: B023 (called at once)
            put_down(item, reviewer, before, facts, by=by, at=at)
        new[reviewer] += 1
    return new


def _unbegun(rows: list[Assignment], found: Given) -> list[Assignment]:
    """Return those that a run may release: of items and reviewers that it knew, neither locked nor begun."""
    codes, names = {one.pk: one.code for one in found.items}, {one.pk: named(one) for one in found.reviewers}
    return [
        row
        for row in rows
        if row.item_id in codes
        and row.panelist_id in names
        and (codes[row.item_id], names[row.panelist_id]) not in found.fixed
    ]


def _why(run: AssignmentRun, item: str, reviewer: str) -> dict[str, Any]:
    """Return the sentence that says why this reviewer has this item."""
    for one in run.result["why"][item]["chosen"]:
        if one["reviewer"] == reviewer:
            return {language: one[language] for language in LANGUAGES} | {"fit": one["fit"], "rank": one["rank"]}
    return {}
