"""Input for plans of who moves where, and their lists."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import DayField, Form
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table
from accord.workspace.enums import PlanMethod, PlanOrder, PlanProof, PlanState
from accord.workspace.queries import Plan

MOST_POINTS, MOST_SHARE, MOST_SLACK = 10_000, 300, 1_000
POINTS = pgettext_lazy("of a plan", "Points")
_TONES = {PlanState.DRAFT: "standing", PlanState.PUBLISHED: "done", PlanState.DROPPED: "mute"}


def _points(label: Any, hint: Any, *, required: bool = True, most: int = MOST_POINTS) -> forms.IntegerField:
    """Return a field for points or another whole figure of the policy."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"})
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=0, max_value=most, widget=widget
    )


class MakePlanForm(Form):
    """The day from which teams would move, and the policy."""

    name = forms.CharField(label=_("Name of the plan"), max_length=100, help_text=_("Such as Moves in spring 2027."))
    from_on = DayField(label=_("Teams move on"), help_text=_("Who waits for space from this day or before is placed."))
    order = forms.ChoiceField(label=_("Who comes first"), choices=PlanOrder.choices, widget=forms.RadioSelect)
    strict = forms.BooleanField(
        label=_("Never leave out a team for several that come after it"),
        required=False,
        help_text=_("Without it, places are weighed: several teams further down can outweigh one further up."),
    )
    movers = forms.MultipleChoiceField(
        label=_("Teams that may move"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Teams with space move only if they agreed. Who has applied for other space may move in any case."),
    )
    method = forms.ChoiceField(label=_("How it is worked out"), choices=PlanMethod.choices, widget=forms.RadioSelect)
    share_percent = _points(_("Most area left over, in percent of what is asked"), _("Such as 35."), most=MOST_SHARE)
    slack_m2 = _points(_("And so many m² more"), _("Such as 20."), most=MOST_SLACK)
    waste = _points(_("For each m² left over"), _("Such as 1."))
    wish = _points(_("For a wish that is not met"), _("A feature or a building. Such as 20."))
    beside = _points(_("For a team that is not beside the one it wishes"), _("Such as 20."))
    move = _points(_("For each team that moves"), _("Such as 100."))
    split = _points(
        _("For a gap among a team's spaces"), _("Leave it empty, and spaces of a team adjoin."), required=False
    )

    groups = (
        (_("The plan"), ("name", "from_on", "order", "strict", "movers", "method")),
        (_("Size"), ("share_percent", "slack_m2")),
        (_("Points: the fewer, the better the plan"), ("waste", "wish", "beside", "move", "split")),
    )

    def __init__(self, *args: Any, teams: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        """Offer these teams as those that may move."""
        super().__init__(*args, **kwargs)
        self.fields["movers"].choices = list(teams)  # type: ignore[attr-defined]  # a field of choices
        if not teams:
            del self.fields["movers"]


class PublishPlanForm(Form):
    """The term of the offers that a plan makes."""

    answer_by_on = DayField(
        label=_("Last day to answer"), help_text=_("Each team's spaces are held for it until then.")
    )
    ends_on = DayField(
        label=_("First day after the term"), required=False, help_text=_("Leave it empty for tenancies until notice.")
    )

    def __init__(self, *args: Any, today: date, from_on: date, **kwargs: Any) -> None:
        """Know the day, and when the term begins."""
        super().__init__(*args, **kwargs)
        self.today, self.from_on = today, from_on

    def clean_answer_by_on(self) -> date:
        """Accept today or a later day."""
        day: date = self.cleaned_data["answer_by_on"]
        if day < self.today:
            raise forms.ValidationError(_("Choose today or a later day to answer by."))
        return day

    def clean_ends_on(self) -> date | None:
        """Accept a day after the first of the term."""
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day <= self.from_on:
            raise forms.ValidationError(_("The term must end after it begins."))
        return day


def plan_chip(plan: Plan) -> State:
    """Return where a plan stands, as a chip."""
    state = PlanState(plan.state)
    return State(_TONES[state], state.label)


PLANS = Table(
    name="plans",
    columns=(
        Column(
            "name",
            pgettext_lazy("of moves", "Plan"),
            sort="name",
            url=lambda row: reverse("workspace:plan", args=[row.site.key, row.pk]),
        ),
        Column("from_on", _("Teams move on"), kind="day", sort="from_on"),
        Column("state", pgettext_lazy("a plan", "State"), kind="state", value=plan_chip, sort="state"),
        Column("placed", _("Placed"), kind="number", sort="placed"),
        Column("left_out", _("Without a place"), kind="number", sort="left_out"),
        Column(
            "points", pgettext_lazy("of a plan", "Points"), kind="number", value=lambda row: row.cost / 100, sort="cost"
        ),
        Column("proof", _("How good it is"), value=lambda row: PlanProof(row.status).label),
        Column("made_at", _("Made"), kind="moment", sort="made_at"),
        Column("made_by", _("Made by"), value="made_by.name"),
    ),
    filters=(Filter("state", pgettext_lazy("a plan", "State"), choices=tuple(PlanState.choices)),),
    search=("name",),
    default_sort="-made_at",
    empty=Empty(
        _("No plans yet"),
        _("A plan shows who would get which space, and why. It binds nobody until it is published."),
    ),
)


def plan_lines(site: str) -> Table:
    """Return the list of a plan's teams, with addresses at this site."""
    return Table(
        name="plan-lines",
        columns=(
            Column(
                "team",
                pgettext_lazy("a resident team", "Team"),
                sort="team",
                url=lambda row: reverse("workspace:plan-team", args=[site, row.plan, row.team_key]),
            ),
            Column("state", _("Outcome"), kind="state", value=lambda row: State(*row.tone), sort="short"),
            Column("spaces", _("Spaces by this plan"), sort="spaces"),
            Column("before", _("Spaces today"), sort="before"),
            Column("area_m2", _("Area, m²"), kind="number", sort="area_m2"),
            Column("monthly", _("Rent a month"), kind="number", sort="monthly"),
            Column("points", POINTS, kind="number", sort="points"),
            Column("reason", pgettext_lazy("of a plan", "Why")),
            Column("was", _("By the plan before"), hidden=True, sort="was"),
            Column("code", _("Code of the reason"), hidden=True, sort="code"),
        ),
        filters=(
            Filter(
                "placed", _("Outcome"), choices=(("yes", _("Placed")), ("no", _("Without a place"))), lookup="placed"
            ),
            Filter(
                "is_new",
                _("Against the plan before"),
                choices=(("yes", _("Changed")), ("no", _("The same"))),
                lookup="changed",
            ),
        ),
        search=("team", "reason"),
        default_sort="team",
        empty=Empty(_("Nobody stands in this list"), _("Take a filter away to see all teams of the plan.")),
    )


CHOICES = Table(
    name="plan-choices",
    columns=(
        Column("spaces", _("Spaces")),
        Column("where", _("Where")),
        Column("area_m2", _("Area, m²"), kind="number", sort="area_m2"),
        Column("monthly", _("Rent a month"), kind="number", sort="monthly"),
        Column("points", POINTS, kind="number", sort="points"),
        Column("held_by", _("Goes to"), sort="held_by"),
    ),
    default_sort="points",
    size=20,
    empty=Empty(_("Nothing fits"), _("No place on offer keeps to all that this team needs.")),
)
