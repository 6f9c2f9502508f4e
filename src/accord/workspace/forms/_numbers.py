"""How criteria and the records behind them are listed and exported."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import CriterionState
from accord.workspace.queries import Standing

CRITERION_TONES = {
    CriterionState.MET: Tone.DONE,
    CriterionState.UNMET: Tone.BAD,
    CriterionState.UNMEASURED: Tone.MUTE,
    CriterionState.UNBOUND: Tone.STANDING,
}


def criterion_chip(state: str) -> State:
    """Return how a criterion stands, as a chip."""
    return State(CRITERION_TONES[CriterionState(state)], CriterionState(state).label)


def _joined(name: str) -> Any:
    return lambda row: "; ".join(str(getattr(one, name)) for one in row.answers)


def _number(row: Standing) -> Any:
    amount = row.first.amount
    return None if amount is None else round(amount, 2)


CRITERIA = Table(
    name="criteria",
    columns=(
        Column("code", pgettext_lazy("of a criterion", "Code"), value="criterion.code"),
        Column("name", _("Criterion"), value="criterion.name"),
        Column("day", _("Day"), kind="day"),
        Column("state", _("State"), kind="state", value=lambda row: criterion_chip(row.state)),
        Column("number", _("Number"), kind="number", value=_number),
        Column("said", _("Worked out"), value=_joined("said")),
        Column("asked", _("Asked for"), value=_joined("asked")),
        Column("gap", _("What is missing"), value=lambda row: row.gap),
        Column("rule", _("How it is counted"), value="criterion.rule"),
    ),
)


def _counts(row: Any) -> State:
    return State(Tone.DONE, _("Counts")) if row.counts else State(Tone.MUTE, _("Does not count"))


BEHIND = Table(
    name="criterion-records",
    columns=(
        Column("name", _("Record"), url=lambda row: row.url),
        Column("what", pgettext_lazy("of a record", "What"), value="record.what", sort="record.what"),
        Column("counts", _("Counts"), kind="state", value=_counts),
        Column("amount", _("Amount"), kind="number", value="record.amount", sort="record.amount"),
        Column("unit", _("Unit"), value="record.unit"),
        Column("since", _("Since"), kind="day", value="record.since", sort="record.since"),
    ),
    filters=(Filter("counts", _("Counts"), choices=(("yes", _("Yes")), ("no", _("No"))), lookup="said"),),
    search=("words",),
    empty=Empty(_("No records on this day"), _("Records that are counted for this criterion stand here.")),
)
