"""Input about runs of the matching, offers and their answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import Mechanism
from accord.ui.forms import DayField, Form

Choices = Iterable[tuple[str, Any]]
DRAWS = (("single", _("One draw for all places")), ("multiple", _("Another draw for each place")))
SPREADS = (
    ("greedy", _("As many first choices as possible")),
    ("generous", _("As few last choices as possible")),
    ("least-cost", _("The least sum of ranks")),
)
POLICIES = (
    ("improve-all", _("Everybody who has not accepted may move up")),
    ("vacancies-only", _("Only places that are free are given out")),
)


class RunForm(Form):
    """How a run is made; seats more and limits left out ask what then."""

    mechanism = forms.ChoiceField(
        label=_("Way of placing"), choices=Mechanism.choices, help_text=_("What each guarantees stands below.")
    )
    draws = forms.ChoiceField(label=_("Equal scores"), choices=DRAWS)
    spread = forms.ChoiceField(
        label=_("Fair spread"), choices=SPREADS, help_text=_("Only for a fair spread: what it makes best.")
    )
    more_at = forms.ChoiceField(label=_("What if one more seat stood at"), required=False)
    without = forms.ChoiceField(label=_("What if this limit did not hold"), required=False)
    note = forms.CharField(label=pgettext_lazy("on a run", "Note"), required=False, max_length=500)
    groups = (
        (_("The run"), ("mechanism", "draws", "spread", "note")),
        (_("What if"), ("more_at", "without")),
    )

    def __init__(self, *args: Any, places: Choices = (), limits: Choices = (), **kwargs: Any) -> None:
        """Offer these places and limits."""
        super().__init__(*args, **kwargs)
        nothing = ("", _("Nothing changed"))
        self.fields["more_at"].choices = [nothing, *places]  # type: ignore[attr-defined]
        self.fields["without"].choices = [nothing, *limits]  # type: ignore[attr-defined]


class AnswerByForm(Form):
    """Until when people may answer."""

    answer_by = DayField(
        label=_("Answer by the end of"), help_text=_("Of the call’s zone; at least three days from now.")
    )


class PublishMatchForm(AnswerByForm):
    """That a run is published: the short name of the call, typed, so that nobody does it by a slip."""

    key = forms.CharField(label=_("Short name of the call, to confirm"), max_length=60)

    def __init__(self, *args: Any, expected: str = "", **kwargs: Any) -> None:
        """Expect this short name."""
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["key"].help_text = _("Type %(key)s.") % {"key": expected}

    def clean_key(self) -> str:
        """Refuse another word than the call's short name."""
        said = str(self.cleaned_data["key"]).strip()
        if said != self.expected:
            raise ValidationError(_("Type the short name of the call: %(key)s.") % {"key": self.expected})
        return said


class OfferForm(AnswerByForm):
    """An offer that is made by hand: to whom, and which place."""

    reference = forms.CharField(label=_("Reference of the application"), max_length=30)
    place = forms.ChoiceField(label=pgettext_lazy("of a call", "Place"))
    words = forms.CharField(label=_("Words to the applicant"), required=False, max_length=2000, widget=forms.Textarea)
    field_order = ("reference", "place", "answer_by", "words")

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        """Offer these places."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why a place is declined or given back."""

    reason = forms.CharField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea)


class RematchForm(Form):
    """How places are given out again."""

    policy = forms.ChoiceField(label=_("Who may move"), choices=POLICIES, widget=forms.RadioSelect)
