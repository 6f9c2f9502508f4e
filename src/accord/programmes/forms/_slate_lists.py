"""How slates are filtered, searched and sorted."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import Outcome
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

OUTCOME_TONES = {
    Outcome.ACCEPT: Tone.DONE,
    Outcome.RESERVE: Tone.WARY,
    Outcome.DECLINE: Tone.MISSED,
    Outcome.REVISE: Tone.STANDING,
}
OPEN = pgettext_lazy("a decision", "Open")
OUTCOMES = tuple(Outcome.choices)
YES = (("True", _("Yes")), ("False", _("No")))


def outcome_chip(outcome: str) -> State:
    """Return what was decided, as a chip; open where nothing is."""
    if not outcome:
        return State(Tone.MUTE, OPEN)
    return State(OUTCOME_TONES[Outcome(outcome)], Outcome(outcome).label)


def _of(row: Any, name: str, *more: Any) -> str:
    return reverse(f"programmes:{name}", args=[row.call.programme.key, row.call.key, *more])


def _score(name: str) -> Any:
    def said(row: Any) -> Decimal | None:
        value = getattr(row, name)
        return None if value is None else round(value, 2)

    return said


SLATE = Table(
    name="slate",
    columns=(
        Column("rank", pgettext_lazy("on a slate", "Rank"), kind="number", sort="rank"),
        Column("reference", _("Reference"), sort="reference", url=lambda row: _of(row, "application", row.reference)),
        Column("applicant", pgettext_lazy("of a call", "Applicant"), sort="applicant"),
        Column("home", _("Home institution"), value=lambda row: row.home or "", sort="home"),
        Column("from_home", pgettext_lazy("accepted", "From there"), kind="number", sort="from_home"),
        Column("before", pgettext_lazy("applied", "Before"), kind="number", sort="before"),
        Column("raw", pgettext_lazy("a score", "Raw"), kind="number", value=_score("raw"), sort="raw_number"),
        Column(
            "calibrated",
            pgettext_lazy("a score", "Calibrated"),
            kind="number",
            value=_score("calibrated"),
            sort="calibrated_number",
        ),
        Column(
            "spread", pgettext_lazy("of scores", "Spread"), kind="number", value=_score("spread"), sort="spread_number"
        ),
        Column(
            "reviews",
            pgettext_lazy("of an application", "Reviews"),
            value=lambda row: f"{row.reviews_done}/{row.reviews_due}",
            sort="reviews_done",
        ),
        Column("tie", _("Equal scores, group"), kind="number", value=lambda row: row.tie or None, hidden=True),
        Column("draw", pgettext_lazy("of a lottery", "Draw"), value=lambda row: row.draw[:8], hidden=True),
        Column(
            "proposed",
            _("Proposed"),
            value=lambda row: Outcome(row.proposed).label if row.proposed else _("the office decides"),
            sort="proposed",
        ),
        Column(
            "decided",
            pgettext_lazy("an outcome", "Decided"),
            value=lambda row: outcome_chip(row.outcome),
            sort="decided",
            url=lambda row: _of(row, "decide", row.reference),
        ),
        Column("reason", _("Reason"), hidden=True),
        Column("note", pgettext_lazy("on a decision", "Note")),
    ),
    filters=(
        Filter("decided", pgettext_lazy("an outcome", "Decided"), choices=(("open", OPEN), *OUTCOMES)),
        Filter("proposed", _("Proposed"), choices=OUTCOMES),
        Filter("equal", _("Equal scores"), choices=YES, lookup="is_equal"),
        Filter("changed", _("Not as proposed"), choices=YES, lookup="differs"),
        Filter("again", _("Applied before"), choices=YES, lookup="is_again"),
        Filter("home", _("Home institution")),
    ),
    search=("reference", "applicant", "home", "note"),
    default_sort="rank",
    empty=Empty(
        _("No decision is due"),
        _("Applications stand here once their reviews are in and the workflow leads to a decision."),
    ),
)


def slate_chip(row: Any) -> State:
    """Return how a slate stands, as a chip."""
    if row.settled_at is None:
        return State(Tone.WARY, pgettext_lazy("a slate", "Open"))
    if not row.decided:
        return State(Tone.MUTE, pgettext_lazy("letters", "Called off"))
    if row.told is None:
        return State(Tone.STANDING, pgettext_lazy("a slate", "Settled, letters held back"))
    return State(Tone.DONE, pgettext_lazy("a slate", "Told"))


SETTLED = Table(
    name="settled",
    columns=(
        Column("rank", pgettext_lazy("on a slate", "Rank"), kind="number", sort="rank"),
        Column("reference", _("Reference"), sort="reference"),
        Column("applicant", pgettext_lazy("of a call", "Applicant"), sort="applicant"),
        Column("score", pgettext_lazy("of an application", "Score"), kind="number", value=_score("score"), sort="rank"),
        Column("outcome", pgettext_lazy("an outcome", "Decided"), value=lambda row: outcome_chip(row.outcome)),
        Column("position", _("Place on the reserve list"), kind="number", sort="position"),
        Column("draw", pgettext_lazy("of a lottery", "Draw"), value=lambda row: row.draw[:8]),
        Column("reason", _("Reason")),
        Column("note", pgettext_lazy("on a decision", "Note")),
        Column("told_at", _("Told"), kind="moment", sort="told_at"),
    ),
    filters=(Filter("outcome", pgettext_lazy("an outcome", "Decided"), choices=OUTCOMES),),
    search=("reference", "applicant"),
    default_sort="rank",
    empty=Empty(_("Nothing was decided"), _("The letters of this slate were called off.")),
)
