"""Input of reviewers: a review by its rubric, conflicts, relations, bids, a hand-back, a remark; their queue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accord.kernel.text import EN, ZH
from accord.review.enums import AssignmentState, BidValue, Recommendation, RelationKind
from accord.review.forms._lists import assignment_chip
from accord.review.queries import Assignment, Criterion, Item, Review, Score, title_for_reviewer
from accord.ui.forms import Form
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

COMMENT_ROOM, NOTE_ROOM, REASON_ROOM, REMARK_ROOM, NAME_ROOM = 20_000, 4000, 2000, 10_000, 200
MOST_BUTTONS = 11
"""Scales with more scores than this are typed."""
HUNDRED = 100


def _named(item: Item) -> str:
    """Return an item's code, and beside it the title where the mode allows one."""
    title = _said(item)
    return f"{item.code} · {title}" if title else item.code


QUEUE = Table(
    name="my-reviews",
    columns=(
        Column(
            "item",
            pgettext_lazy("under review", "Item"),
            value=lambda row: _named(row.item),
            url=lambda row: reverse("review:review", args=[row.pk]),
            sort="item__code",
        ),
        Column(
            "state",
            _("State"),
            kind="state",
            value=lambda row: assignment_chip(getattr(row, "state", "")),
            sort="state",
        ),
        Column("due", _("Due"), kind="moment", value="due_at", sort="turn"),
        Column("panel", pgettext_lazy("of reviewers", "Panel"), value="item.panel.name", sort="item__panel"),
    ),
    filters=(
        Filter(
            "state",
            _("State"),
            choices=tuple(one for one in AssignmentState.choices if one[0] != AssignmentState.RELEASED),
        ),
    ),
    search=("item__code",),
    default_sort="due",
    empty=Empty(
        _("Nothing to review"), _("Items that an office or a chair assigns to you stand here, the first due first.")
    ),
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """One criterion as the review page shows it: its share of the total, its score and its note."""

    criterion: Criterion
    share: str
    score: BoundField
    note: BoundField


def score_text(value: Decimal | None) -> str:
    """Return a score as inputs carry it: 4, 3.5; nothing for none."""
    return "" if value is None else f"{value.normalize():f}"


def _scores_of(one: Criterion) -> Iterator[Decimal]:
    value = one.lowest
    while value <= one.highest:
        yield value
        value += one.step


def _anchor(one: Criterion, score: Decimal) -> str:
    words: Mapping[str, str] = one.anchors.get(score_text(score), {})
    first, second = (ZH, EN) if (get_language() or EN).startswith("zh") else (EN, ZH)
    return words.get(first) or words.get(second) or ""


def _score_field(one: Criterion) -> forms.Field:
    """Return how a criterion is scored: a button for each score, its meaning beside it; typed where there are many."""
    scores = list(_scores_of(one)) if (one.highest - one.lowest) / one.step < MOST_BUTTONS else []
    if not scores:
        return forms.DecimalField(
            label=one.name,
            required=False,
            min_value=one.lowest,
            max_value=one.highest,
            help_text=_("From %(lowest)s to %(highest)s in steps of %(step)s.")
            % {name: score_text(getattr(one, name)) for name in ("lowest", "highest", "step")},
            widget=forms.NumberInput(attrs={"step": score_text(one.step), "inputmode": "decimal", "class": "short"}),
        )
    told = [(score_text(score), " · ".join(filter(None, (score_text(score), _anchor(one, score))))) for score in scores]
    return forms.TypedChoiceField(
        label=one.name,
        required=False,
        coerce=Decimal,
        empty_value=None,
        choices=[*told, ("", _("No score yet"))],
        widget=forms.RadioSelect,
    )


class ReviewForm(Form):
    """A review: a score and a note for each criterion, comments and a recommendation. All may wait but to submit."""

    recommendation = forms.ChoiceField(
        label=_("What you recommend"),
        required=False,
        choices=[*Recommendation.choices, ("", _("Nothing yet"))],
        widget=forms.RadioSelect,
    )
    comment_to_applicant = forms.CharField(
        label=_("Comment to the applicant"),
        required=False,
        max_length=COMMENT_ROOM,
        help_text=_("They read it with the decision, without your name. Say nothing that tells who you are."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    comment_to_panel = forms.CharField(
        label=_("Comment to the panel"),
        required=False,
        max_length=COMMENT_ROOM,
        help_text=_("Read by the office, the chair, and once theirs are in by the other reviewers of this item."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion] = (), **kwargs: Any) -> None:
        """Ask what the rubric asks, in its order."""
        self.rubric = criteria
        super().__init__(*args, **kwargs)
        asked: dict[str, forms.Field] = {}
        for one in criteria:
            asked[f"score_{one.key}"] = _score_field(one)
            asked[f"note_{one.key}"] = forms.CharField(
                label=_("Note on “%(name)s”") % {"name": one.name},
                required=False,
                max_length=NOTE_ROOM,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields = {**asked, **self.fields}

    def criteria(self) -> Iterator[Criteria]:
        """Yield the criteria as the page shows them."""
        weights = sum((one.weight for one in self.rubric), Decimal(0))
        for one in self.rubric:
            share = f"{HUNDRED * one.weight / weights:.0f}"
            yield Criteria(one, share, self[f"score_{one.key}"], self[f"note_{one.key}"])

    def words(self) -> Iterator[BoundField]:
        """Yield what is asked beside the criteria."""
        for name in type(self).base_fields:
            yield self[name]

    def ask_for_scores(self) -> bool:
        """Say at each criterion without a score that it needs one; return whether none does."""
        missing = [one for one in self.rubric if self.cleaned_data.get(f"score_{one.key}") is None]
        for one in missing:
            self.add_error(f"score_{one.key}", _("Score this before you submit."))
        return not missing


def review_values(review: Review | None, scores: Mapping[str, Score]) -> dict[str, Any]:
    """Return what the form of a review starts from."""
    values: dict[str, Any] = {}
    for key, one in scores.items():
        values |= {f"score_{key}": score_text(one.value), f"note_{key}": one.note}
    if review is not None:
        values |= {name: getattr(review, name) for name in ReviewForm.base_fields}
    return values


def scores_and_notes(answers: Mapping[str, Any]) -> tuple[dict[str, Decimal | None], dict[str, str]]:
    """Return what was answered, by the criterion's key: scores, and notes."""
    scores = {name.removeprefix("score_"): value for name, value in answers.items() if name.startswith("score_")}
    notes = {name.removeprefix("note_"): value for name, value in answers.items() if name.startswith("note_")}
    return scores, notes


class StatementForm(Form):
    """Which items one must not judge, and why; that there are no others is said by sending it."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=REASON_ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For the items that you ticked. Only the office and the chair read it."),
    )
    is_whole = forms.BooleanField(label=_("I know of no other conflict of interest with an item of this panel"))

    def __init__(self, *args: Any, items: Iterable[Item] = (), **kwargs: Any) -> None:
        """Offer the items that were not declared before."""
        super().__init__(*args, **kwargs)
        choices = [(one.pk, _named(one)) for one in items]
        asked = forms.TypedMultipleChoiceField(
            label=_("Items that you must not judge"),
            required=False,
            coerce=int,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Tick none where there is none. Nobody assigns them to you from now on."),
        )
        self.fields = {**({"items": asked} if choices else {}), **self.fields}

    def clean(self) -> dict[str, Any]:
        """Ask why where something is ticked."""
        given = super().clean() or {}
        if given.get("items") and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why you must not judge the items that you ticked."))
        return given


def _said(item: Item) -> str:
    """Return an item's title beside its code, where the mode allows one."""
    title = str(title_for_reviewer(item))
    return "" if title == item.code else title


class RelationForm(Form):
    """To whom somebody has a relation that keeps them from judging."""

    other_name = forms.CharField(label=_("Their name"), required=False, max_length=NAME_ROOM)
    other_email = forms.EmailField(
        label=_("Their email address"),
        required=False,
        help_text=_("The surest way to find them, where you know it."),
    )
    kind = forms.ChoiceField(label=_("How you are related"), choices=RelationKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class BidsForm(Form):
    """How much a reviewer would like to review each item."""

    def __init__(self, *args: Any, items: Iterable[Item] = (), **kwargs: Any) -> None:
        """Ask for each item."""
        super().__init__(*args, **kwargs)
        for one in items:
            self.fields[f"bid_{one.pk}"] = forms.TypedChoiceField(
                label=one.code,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("Not said")), *BidValue.choices],
                initial=getattr(one, "bid", None),
            )

    def bids(self) -> dict[int, int | None]:
        """Return what was said, by item."""
        return {int(name.removeprefix("bid_")): value for name, value in self.cleaned_data.items()}


class GiveBackForm(Form):
    """Why a reviewer hands an item back."""

    why = forms.ChoiceField(
        label=_("Why you hand it back"),
        choices=(
            ("conflict", _("I have a conflict of interest with it")),
            ("other", _("I cannot review it for another reason")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the office and the chair read it."),
        error_messages={"required": _("Say why. The reason is kept with it.")},
    )


class RemarkForm(Form):
    """What somebody says of an item to the others who reviewed it."""

    autosaved: ClassVar[bool] = True
    text = forms.CharField(
        label=_("Your remark"),
        max_length=REMARK_ROOM,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write something first.")},
    )


def is_late(assignment: Assignment, now: Any) -> bool:
    """Say whether a review should be in by now and is not."""
    review: Review | None = getattr(assignment, "review", None)
    return assignment.due_at < now and (review is None or review.submitted_at is None)
