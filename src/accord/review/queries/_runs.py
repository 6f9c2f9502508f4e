"""A proposed assignment as its pages show it: the engine's names replaced by people's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.text import EN, ZH
from accord.review.models import Assignment, AssignmentRun, Item, Panelist
from accord.review.queries._kept import kept_from

_REVIEWER = re.compile(r"\bR(\d+)\b")
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RunLine:
    """An item in a proposed assignment: who would review it, how well they fit, and what would change."""

    pk: int
    code: str
    reviewers: str
    fit: Decimal
    new: str
    gone: str


@dataclass(frozen=True, slots=True)
class RunWhy:
    """Why an item has its reviewers in a proposed assignment: sentences for who was chosen and who was passed over."""

    code: str
    chosen: tuple[str, ...]
    passed: tuple[str, ...]
    open: int


def names_on(panel: int) -> Names:
    """Return people's names by the names that the engine knows them by; one query."""
    rows = Panelist.objects.filter(panel=panel).select_related("person").order_by("position")
    return {f"R{one.position}": str(one.person.name) for one in rows}


def run_lines(run: AssignmentRun, actor: Actor) -> list[RunLine]:
    """Return what a run proposes, by item, beside what stands, without what is kept from the actor; four queries."""
    names = names_on(run.panel_id)
    items = dict(Item.objects.filter(panel=run.panel_id, withdrawn_at=None).values_list("code", "pk"))
    wanted: dict[str, list[str]] = {one["id"]: [] for one in run.problem["items"]}
    for pair in run.result.get("pairs", ()):
        wanted[pair["item"]].append(pair["reviewer"])
    now: dict[str, list[str]] = {}
    standing = Assignment.objects.filter(item__panel=run.panel_id, released_at=None)
    for code, position in standing.order_by("panelist__position").values_list("item__code", "panelist__position"):
        now.setdefault(code, []).append(f"R{position}")
    fits = run.result.get("fits", {})
    hidden = set(kept_from(actor).filter(panel=run.panel_id).values_list("code", flat=True))
    return [
        RunLine(
            pk=items.get(code, 0),
            code=code,
            reviewers=_called(chosen, names),
            fit=round(Decimal(str(fits.get(code, 0))), 2),
            new=_called([one for one in chosen if one not in now.get(code, ())], names),
            gone=_called([one for one in now.get(code, ()) if one not in chosen], names),
        )
        for code, chosen in sorted(wanted.items())
        if code not in hidden
    ]


def _called(reviewers: list[str], names: Names) -> str:
    return " · ".join(names.get(one, one) for one in reviewers)


def run_why(run: AssignmentRun, code: str) -> RunWhy:
    """Return why an item has the reviewers that a run proposes, in the reader's language; raises `NotThere`."""
    told: dict[str, Any] | None = run.result.get("why", {}).get(code)
    if told is None:
        raise NotThere(_("This proposal knows no item of that code."))
    names = names_on(run.panel_id)
    return RunWhy(
        code=code,
        chosen=tuple(_said(one, names) for one in told["chosen"]),
        passed=tuple(_said(one, names) for one in told["passed"]),
        open=told["open"],
    )


def run_witness(run: AssignmentRun) -> str:
    """Return why nothing fits, in the reader's language; empty where something does."""
    return _said(run.witness, names_on(run.panel_id)) if run.witness else ""


def why_assigned(assignment: Assignment, names: Names) -> str:
    """Return why a reviewer has an item, where the automatic assignment said so."""
    return _said(assignment.why, names) if assignment.why else ""


def _said(told: Mapping[str, Any], names: Names) -> str:
    """Return a sentence of the engine with people's names in it."""
    language = ZH if (get_language() or EN).startswith("zh") else EN
    return _REVIEWER.sub(lambda found: names.get(found[0], found[0]), str(told.get(language, "")))
