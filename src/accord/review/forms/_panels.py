"""Input about panels, who is on them, conflicts and assignments."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.people.queries import Person
from accord.review.enums import AssignmentGoal, Mode, ScoreRule
from accord.review.queries import Item, Panelist, Rubric
from accord.ui.forms import BilingualField, DayField, Form

NAME_ROOM, TEXT_ROOM, EXPERTISE_ROOM, SEED_ROOM = 200, 2000, 8000, 100
MOST_REVIEWS, MOST_LOAD = 50, 1000
FindPerson = Callable[[str], Person | None]


def _number(label: Any, hint: Any = "", *, least: int = 0, most: int = MOST_LOAD, required: bool = True) -> Any:
    """Return a field for a small whole number."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"})
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most, required=required, widget=widget
    )


class PanelForm(Form):
    """By which rules a panel reviews, and until when."""

    name = BilingualField(label=_("Name"), max_length=NAME_ROOM)
    rubric = forms.TypedChoiceField(label=_("Rubric"), coerce=int, choices=())
    due_on = DayField(
        label=_("Reviews are due by"), help_text=_("Until the end of that day where the panel is at home.")
    )
    mode = forms.ChoiceField(label=_("Who knows whom"), choices=Mode.choices, widget=forms.RadioSelect)
    reviews_each = _number(_("Reviews of each item"), least=1, most=MOST_REVIEWS)
    max_load = _number(_("Most items for one reviewer"), least=1)
    min_load = _number(_("Fewest items for one reviewer"), _("0 where nobody must take any."))
    seniors_each = _number(_("Reviews of each item by seniors"), _("0 where none must be."), most=MOST_REVIEWS)
    institution_share = _number(
        _("Most reviewers of one institution on an item"), _("Empty for no limit."), least=1, required=False
    )
    strong_each = _number(
        _("Strong reviewers of each item"),
        _("Asked for by the goal “Every item gets strong reviewers”."),
        least=1,
        most=MOST_REVIEWS,
    )
    score_counts = forms.ChoiceField(
        label=_("Which score counts"),
        choices=ScoreRule.choices,
        widget=forms.RadioSelect,
        help_text=_("Stated beforehand: it stands once the first review is submitted. The other is shown beside it."),
    )
    discussion = forms.BooleanField(
        label=_("Reviewers discuss an item once their own reviews of it are in"), required=False
    )
    seed = forms.CharField(
        label=_("Seed of draws"),
        max_length=SEED_ROOM,
        required=False,
        help_text=_("Any words. With them everybody can repeat the automatic assignment."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    groups: ClassVar[Any] = (
        (_("Panel"), ("name", "rubric", "due_on")),
        (_("Rules that stand once a review is submitted"), ("mode", "score_counts")),
        (_("How much is reviewed by whom"), ("reviews_each", "max_load", "min_load", "seniors_each")),
        (_("Automatic assignment"), ("institution_share", "strong_each", "seed")),
        (_("Discussion"), ("discussion",)),
    )

    def __init__(self, *args: Any, rubrics: Iterable[Rubric], **kwargs: Any) -> None:
        """Offer the rubrics of the owner."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["rubric"]
        field.choices = [(one.pk, f"{one.name} · {one.number}") for one in rubrics]


class PanelistForm(Form):
    """Who is on a panel, as what, and what they know."""

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_("An email address, or the key of a person. They need an account to review."),
        widget=forms.TextInput(attrs={"list": "known-people", "autocomplete": "off"}),
    )
    is_chair = forms.BooleanField(
        label=_("In the chair"), required=False, help_text=_("Sees all reviews and assigns reviewers.")
    )
    is_senior = forms.BooleanField(label=_("Senior"), required=False)
    max_load = _number(_("Most items"), _("Empty for the panel's own number."), least=1, required=False)
    expertise = forms.CharField(
        label=_("Expertise"),
        required=False,
        max_length=EXPERTISE_ROOM,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Subjects, or titles of their own papers, one on each line, in the languages that items come in. The "
            "automatic assignment compares them with the items."
        ),
    )

    def __init__(self, *args: Any, find: FindPerson | None = None, **kwargs: Any) -> None:
        """Know how a person is found; without it the person stands and is not asked."""
        super().__init__(*args, **kwargs)
        self.find = find
        if find is None:
            del self.fields["person"]

    def clean_person(self) -> Person:
        """Find the person."""
        found = self.find(self.cleaned_data["person"].strip()) if self.find is not None else None
        if found is None:
            raise forms.ValidationError(_("Nobody is known by this. Add the person first, under People."))
        return found


class AnswerForm(Form):
    """Whether somebody can review, and if not, why."""

    accepts = forms.ChoiceField(
        label=_("Your answer"),
        choices=(("yes", _("Yes, I can review")), ("no", _("No, I cannot"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why not"), required=False, max_length=TEXT_ROOM, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(Form):
    """Why something is done that somebody may ask about later."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=TEXT_ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why. The reason is kept with it.")},
    )


class ProposeForm(Form):
    """What the automatic assignment is to be best at."""

    goal = forms.ChoiceField(label=_("Goal"), choices=AssignmentGoal.choices, widget=forms.RadioSelect)
    seed = forms.CharField(
        label=_("Seed of draws"),
        required=False,
        max_length=SEED_ROOM,
        help_text=_("Empty for the panel's own. The same seed gives the same result."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _item_choices(items: Iterable[Item]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one.code} · {one.title}" if one.title else one.code) for one in items]


class AssignForm(Form):
    """Which item goes to whom."""

    item = forms.TypedChoiceField(label=pgettext_lazy("under review", "Item"), coerce=int, choices=())
    panelist = forms.TypedChoiceField(label=_("Reviewer"), coerce=int, choices=())
    is_locked = forms.BooleanField(
        label=_("Lock"), required=False, help_text=_("The automatic assignment then leaves it as it is.")
    )

    def __init__(self, *args: Any, items: Iterable[Item], panelists: Iterable[Panelist], **kwargs: Any) -> None:
        """Offer items and people of the panel."""
        super().__init__(*args, **kwargs)
        item, panelist = self.fields["item"], self.fields["panelist"]
        item.choices = _item_choices(items)  # type: ignore[attr-defined]
        panelist.choices = [(one.pk, str(one.person.name)) for one in panelists]  # type: ignore[attr-defined]


class ConflictForm(AssignForm):
    """Who must not judge what, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=TEXT_ROOM,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the office and the chair read it."),
        error_messages={"required": _("Say why. The reason is kept with it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for no lock."""
        super().__init__(*args, **kwargs)
        del self.fields["is_locked"]
