"""Panels: opened, changed while their rules may still change, closed and opened again."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.text import Bilingual
from accord.kernel.versions import expect
from accord.people.queries import Institution, Person
from accord.review.enums import Mode, ScoreRule
from accord.review.models import Assignment, Panel, Rubric
from accord.review.operations._refused import PanelUnclear, RulesStand, refuse_closed

"""What stands once the first review is submitted."""
CHANGED = (
    "name",
    "mode",
    "reviews_each",
    "max_load",
    "min_load",
    "seniors_each",
    "institution_share",
    "strong_each",
    "score_counts",
    "discussion",
    "due_at",
    "seed",
)


@transaction.atomic
def open_panel(
    *,
    subject: str,
    name: Bilingual,
    rubric: Rubric,
    owner: Institution,
    mode: str,
    reviews_each: int,
    max_load: int,
    due_at: datetime,
    by: Person,
    at: datetime,
    seed: str = "",
    score_counts: str = ScoreRule.RAW,
    discussion: bool = True,
    min_load: int = 0,
    seniors_each: int = 0,
    institution_share: int | None = None,
    strong_each: int = 1,
    is_simulated: bool = False,
) -> Panel:
    """Open a panel that serves a record, such as a call, by a rubric that stands from now on. Raises `PanelUnclear`."""
    panel = Panel(
        subject=subject,
        name=name,
        rubric=rubric,
        owner=owner,
        mode=Mode(mode),
        reviews_each=reviews_each,
        max_load=max_load,
        min_load=min_load,
        seniors_each=seniors_each,
        institution_share=institution_share,
        strong_each=strong_each,
        score_counts=ScoreRule(score_counts),
        discussion=discussion,
        due_at=due_at,
        seed=seed,
        opened_at=at,
        opened_by=by,
        is_simulated=is_simulated,
    )
    _refuse_unclear(panel)
    Rubric.objects.select_for_update(of=("self",)).get(pk=rubric.pk)
    panel.save()
    return panel


@transaction.atomic
def change_panel(*, panel: Panel, version: int, by: Person, at: datetime, **changes: Any) -> Panel:
    """Change rules and dates of a panel; a new date is that of every review that is not in yet.

    Mode and which score counts stand once a review is submitted. The same again changes nothing. Raises
    `PanelUnclear`, `RulesStand`, `PanelClosed` and `Clash`; `TypeError` for what no panel has.
    """
    del by, at
    if odd := changes.keys() - set(CHANGED):
        raise TypeError(f"a panel has no {sorted(odd)} that could change")
    held = locked(panel)
    refuse_closed(held)
    wanted = {name: value for name, value in changes.items() if getattr(held, name) != value}
    if not wanted:
        return held
    expect(held, version)
    for name, value in wanted.items():
        setattr(held, name, value)
    _refuse_unclear(held)
    held.version += 1
    with refused_as({"panel_rules_stand": _rules_stand}):
        held.save(update_fields=[*wanted, "version"])
    if "due_at" in wanted:
        _move_due(held)
    return held


def _rules_stand() -> RulesStand:
    return RulesStand(
        _("A review is submitted already, so the mode and which score counts stand. They were stated beforehand.")
    )


def _move_due(panel: Panel) -> None:
    """Give every review that is not in the panel's new date, and let its reminders begin again."""
    waiting = Assignment.objects.filter(item__panel=panel, released_at=None).exclude(review__submitted_at__isnull=False)
    waiting.update(due_at=panel.due_at, reminders=0)


def locked(panel: Panel) -> Panel:
    """Return the panel as it is now, locked: what changes who does what on it goes one by one."""
    return Panel.objects.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=panel.pk)


def _refuse_unclear(panel: Panel) -> None:
    """Refuse numbers that cannot be met together."""
    if not panel.name:
        raise PanelUnclear(_("Enter the name in English, in Chinese or in both."), field="name")
    if panel.reviews_each < 1:
        raise PanelUnclear(_("Each item needs at least one review."), field="reviews_each")
    if panel.max_load < 1 or panel.min_load > panel.max_load:
        raise PanelUnclear(
            _("The most items for one reviewer are at least 1 and no fewer than the least."), field="max_load"
        )
    if panel.seniors_each > panel.reviews_each:
        raise PanelUnclear(_("An item cannot ask for more seniors than reviews."), field="seniors_each")
    if not 1 <= panel.strong_each <= panel.reviews_each:
        raise PanelUnclear(
            _("Between one and all reviewers of an item can be asked to be strong."), field="strong_each"
        )
    if panel.institution_share is not None and panel.institution_share < 1:
        raise PanelUnclear(_("At least one reviewer of an institution must be allowed."), field="institution_share")
