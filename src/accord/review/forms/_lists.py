"""The lists of the review context, which pages and API share."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.review.enums import AssignmentState, ConflictKind, ConflictSource, Mode, Recommendation
from accord.review.queries import Assignment, Panel, Review
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

STATE_TONES = {
    AssignmentState.WAITING: Tone.MUTE,
    AssignmentState.OPENED: Tone.STANDING,
    AssignmentState.BEGUN: Tone.WARY,
    AssignmentState.SUBMITTED: Tone.DONE,
    AssignmentState.RELEASED: Tone.MUTE,
}


def assignment_chip(state: str) -> State:
    """Return where a review stands, as a chip."""
    one = AssignmentState(state)
    return State(STATE_TONES[one], one.label)


def panel_chip(panel: Panel) -> State:
    """Return whether a panel is open, as a chip."""
    if panel.closed_at is not None:
        return State(Tone.DONE, pgettext_lazy("a panel", "Closed"))
    return State(Tone.STANDING, pgettext_lazy("a panel", "Open"))


def score_words(review: Review) -> str:
    """Return the scores of a review in the order of the criteria, such as 4 · 3.5."""
    return " · ".join("—" if one.value is None else f"{one.value.normalize():f}" for one in review.scores.all())


def _share(row: Any) -> str:
    return f"{row.submitted_count} / {row.assigned_count}"


def _two(value: Decimal) -> Decimal:
    """Return a score of 100 as lists show it: to one decimal."""
    return round(value, 1)


PANELS = Table(
    name="panels",
    columns=(
        Column(
            "name",
            pgettext_lazy("of reviewers", "Panel"),
            url=lambda row: reverse("review:panel", args=[row.pk]),
            sort="pk",
        ),
        Column("owner", _("Institution"), value="owner.name", sort="owner__key"),
        Column("state", _("State"), kind="state", value=panel_chip),
        Column("mode", _("Blindness"), value=lambda row: Mode(row.mode).label, sort="mode", hidden=True),
        Column("items", _("Items"), kind="number", value="item_count", sort="item_count"),
        Column("people", _("Reviewers"), kind="number", value="people_count", sort="people_count"),
        Column("reviews", _("Submitted of assigned"), value=_share),
        Column("late", pgettext_lazy("reviews", "Late"), kind="number", value="late_count", sort="late_count"),
        Column("due_at", _("Due"), kind="moment", sort="due_at"),
    ),
    filters=(
        Filter("mode", _("Blindness"), choices=tuple(Mode.choices)),
        Filter("due", _("Due until"), kind="day", lookup="due_at__date__lte"),
    ),
    search=("name__en", "name__zh-hans"),
    default_sort="-pk",
    empty=Empty(
        _("No panels yet"),
        _("A panel is opened from what it serves, such as a call. Its items and reviews stand here."),
    ),
)

RUBRICS = Table(
    name="rubrics",
    columns=(
        Column("name", _("Rubric"), url=lambda row: reverse("review:rubric", args=[row.pk]), sort="key"),
        Column("number", _("Edition"), kind="number", sort="number"),
        Column("owner", _("Institution"), value="owner.name", sort="owner__key"),
        Column(
            "criteria",
            pgettext_lazy("of a rubric", "Criteria"),
            kind="number",
            value="criteria_count",
            sort="criteria_count",
        ),
        Column(
            "used",
            _("State"),
            kind="state",
            value=lambda row: (
                State(Tone.STANDING, _("In use")) if row.is_used else State(Tone.MUTE, _("Can be changed"))
            ),
        ),
    ),
    search=("name__en", "name__zh-hans", "key"),
    default_sort="name",
    empty=Empty(_("No rubrics yet"), _("What panels judge by stands here: criteria with weights, scales and anchors.")),
)


def _standing_chip(row: Any) -> State:
    """Return what somebody is on a panel."""
    if row.removed_at is not None:
        return State(Tone.MUTE, _("Taken off"))
    if row.declined_at is not None:
        return State(Tone.BAD, pgettext_lazy("an invitation", "Declined"))
    if row.accepted_at is None:
        return State(Tone.WARY, _("Has not answered"))
    if row.stated_at is None:
        return State(Tone.WARY, _("Conflicts not stated"))
    return State(Tone.GOOD, _("Reviews"))


def _seat(row: Any) -> str:
    words = [word for is_so, word in ((row.is_chair, _("Chair")), (row.is_senior, _("Senior"))) if is_so]
    return " · ".join(map(str, words))


PEOPLE = Table(
    name="panelists",
    columns=(
        Column("position", pgettext_lazy("of a reviewer", "No."), kind="number", sort="position"),
        Column(
            "name",
            _("Reviewer"),
            value="person.name",
            url=lambda row: reverse("review:change-panelist", args=[row.panel_id, row.pk]),
            sort="person__sort_key",
        ),
        Column("seat", _("On the panel as"), value=_seat),
        Column("state", _("State"), kind="state", value=_standing_chip),
        Column("load", _("Assigned"), kind="number", sort="load"),
        Column("most", pgettext_lazy("a load", "At most"), kind="number", sort="most"),
        Column("submitted", _("Submitted"), kind="number", value="submitted_count", sort="submitted_count"),
        Column("late", pgettext_lazy("reviews", "Late"), kind="number", value="late_count", sort="late_count"),
        Column("conflicts", _("Conflicts"), kind="number", value="conflict_count", sort="conflict_count"),
    ),
    search=("person__name__en", "person__name__zh-hans", "person__sort_key"),
    default_sort="position",
    empty=Empty(_("Nobody on the panel yet"), _("Invite people to it. Their conflicts are looked for at once.")),
)

CONFLICTS = Table(
    name="conflicts",
    columns=(
        Column("name", _("Reviewer"), value="panelist.person.name", sort="panelist__position"),
        Column(
            "item",
            pgettext_lazy("under review", "Item"),
            value="item.code",
            url=lambda row: reverse("review:panel-item", args=[row.item.panel_id, row.item_id]),
            sort="item__code",
        ),
        Column("kind", _("Kind"), value=lambda row: ConflictKind(row.kind).label, sort="kind"),
        Column("reason", _("Rests on"), value=lambda row: str(row.reason)),
        Column("source", pgettext_lazy("a conflict", "Known from"), value=lambda row: ConflictSource(row.source).label),
        Column("found_at", pgettext_lazy("a conflict", "Found"), kind="moment", sort="found_at"),
        Column(
            "state",
            _("State"),
            kind="state",
            value=lambda row: (
                State(Tone.BAD, _("Stands"))
                if row.lifted_at is None
                else State(Tone.MUTE, pgettext_lazy("a conflict", "Lifted"))
            ),
        ),
        Column("lift_reason", _("Why lifted"), hidden=True),
        Column(
            "act",
            _("Act"),
            value=lambda row: _("Lift") if row.lifted_at is None else "",
            url=lambda row: (
                reverse("review:lift-conflict", args=[row.item.panel_id, row.pk]) if row.lifted_at is None else ""
            ),
        ),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple(ConflictKind.choices)),
        Filter("source", pgettext_lazy("a conflict", "Known from"), choices=tuple(ConflictSource.choices)),
    ),
    search=("item__code", "panelist__person__name__en", "panelist__person__name__zh-hans"),
    empty=Empty(
        _("No conflicts found"),
        _("They are looked for in affiliations of three years, on items, and in declared relations."),
    ),
)


def _given(row: Assignment) -> str:
    return str(_("By hand")) if row.source == "hand" else str(_("Automatic"))


ASSIGNED = Table(
    name="assignments",
    columns=(
        Column(
            "item",
            pgettext_lazy("under review", "Item"),
            value="item.code",
            url=lambda row: reverse("review:panel-item", args=[row.item.panel_id, row.item_id]),
            sort="item__code",
        ),
        Column("name", _("Reviewer"), value="panelist.person.name", sort="panelist__position"),
        Column("state", _("State"), kind="state", value=lambda row: assignment_chip(row.state), sort="state"),
        Column("source", _("Assigned"), value=_given, sort="source"),
        Column("locked", _("Locked"), value=lambda row: _("Yes") if row.is_locked else "", sort="is_locked"),
        Column("assigned_at", _("Since"), kind="moment", sort="assigned_at", hidden=True),
        Column("due_at", _("Due"), kind="moment", sort="due_at"),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple(AssignmentState.choices)),
        Filter("source", _("Assigned"), choices=(("hand", _("By hand")), ("run", _("Automatic")))),
    ),
    search=("item__code", "panelist__person__name__en", "panelist__person__name__zh-hans"),
    empty=Empty(_("Nothing assigned yet"), _("Propose an assignment and apply it, or assign by hand.")),
)

REVIEWS = Table(
    name="reviews",
    columns=(
        Column(
            "item",
            pgettext_lazy("under review", "Item"),
            value="assignment.item.code",
            url=lambda row: reverse("review:panel-item", args=[row.assignment.item.panel_id, row.assignment.item_id]),
            sort="assignment__item__code",
        ),
        Column("name", _("Reviewer"), value="assignment.panelist.person.name", sort="assignment__panelist__position"),
        Column(
            "state",
            _("State"),
            kind="state",
            value=lambda row: assignment_chip("begun" if row.submitted_at is None else "submitted"),
        ),
        Column("scores", _("Scores"), value=lambda row: score_words(row) if row.submitted_at else ""),
        Column(
            "total",
            _("Total of 100"),
            kind="number",
            value=lambda row: None if row.total is None else _two(row.total),
            sort="total",
        ),
        Column(
            "recommendation",
            _("Recommends"),
            value=lambda row: (
                Recommendation(row.recommendation).label if row.recommendation and row.submitted_at else ""
            ),
            sort="recommendation",
        ),
        Column("submitted_at", _("Submitted"), kind="moment", sort="submitted_at"),
        Column(
            "to_applicant",
            _("To the applicant"),
            value=lambda row: row.comment_to_applicant if row.submitted_at else "",
            hidden=True,
        ),
        Column(
            "to_panel",
            _("To the panel"),
            value=lambda row: row.comment_to_panel if row.submitted_at else "",
            hidden=True,
        ),
    ),
    filters=(Filter("recommendation", _("Recommends"), choices=tuple(Recommendation.choices)),),
    search=("assignment__item__code", "assignment__panelist__person__name__en"),
    empty=Empty(_("No reviews yet"), _("Reviews stand here as soon as somebody begins one.")),
)

REVIEWS_WHOLE = replace(REVIEWS, columns=tuple(replace(one, hidden=False) for one in REVIEWS.columns))
"""The same as it leaves as a file, with the words of the reviews."""


def _moved(row: Any) -> str:
    if not row.moved:
        return "—"
    return f"▲ {row.moved}" if row.moved > 0 else f"▼ {-row.moved}"


STANDINGS = Table(
    name="standings",
    columns=(
        Column("rank", _("Rank that counts"), kind="number", sort="rank"),
        Column(
            "item",
            pgettext_lazy("under review", "Item"),
            value="item.code",
            url=lambda row: reverse("review:panel-item", args=[row.panel_id, row.item_id]),
            sort="item__code",
        ),
        Column("raw", _("Raw score"), kind="number", value=lambda row: _two(row.raw), sort="raw"),
        Column("raw_rank", _("Raw rank"), kind="number", sort="raw_rank"),
        Column(
            "calibrated",
            _("Calibrated score"),
            kind="number",
            value=lambda row: _two(row.calibrated),
            sort="calibrated",
        ),
        Column("calibrated_rank", _("Calibrated rank"), kind="number", sort="calibrated_rank"),
        Column("moved", _("Calibration moves it"), value=_moved, sort="moved"),
        Column("spread", _("Spread"), kind="number", value=lambda row: _two(row.spread), sort="spread"),
        Column("reviews", _("Reviews"), kind="number", sort="reviews"),
    ),
    search=("item__code",),
    default_sort="rank",
    empty=Empty(
        _("No standings yet"), _("They are worked out from submitted reviews, every ten minutes and at the close.")
    ),
)

RUN_LINES = Table(
    name="run-lines",
    columns=(
        Column("code", pgettext_lazy("under review", "Item"), sort="code"),
        Column("reviewers", _("Reviewers")),
        Column("fit", _("Fit"), kind="number", sort="fit"),
        Column("new", pgettext_lazy("reviewers", "New")),
        Column("gone", _("No longer")),
        Column(
            "why",
            _("Why"),
            value=lambda row: _("See why") if row.pk else "",
            url=lambda row: f"items/{row.pk}/" if row.pk else "",
        ),
    ),
    search=("code", "reviewers"),
    default_sort="code",
    empty=Empty(_("Nothing proposed"), _("This proposal assigns nothing.")),
)
