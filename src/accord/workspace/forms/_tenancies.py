"""What people say about applications, offers, tenancies, graduates and benefits."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.forms import DayField, Form
from accord.ui.say import Text
from accord.workspace.enums import LETTABLE, EndReason, Fate, GraduationRule, SpaceKind
from accord.workspace.queries import Building, Fit, Team, TenancySpace, in_minor

MOST_MONEY = Decimal(1_000_000_000)
_FEATURE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def _money(label: Any, *, required: bool = False, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=required, min_value=0, max_value=MOST_MONEY, decimal_places=2, help_text=hint
    )


class _MoneyForm(Form):
    """A form about money of one currency; `minor(name)` answers in its minor unit."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        for field in self.fields.values():
            if isinstance(field, forms.DecimalField) and field.max_value == MOST_MONEY:
                field.help_text = f"{field.help_text} {currency}".strip()

    def minor(self, name: str) -> int | None:
        """Return the amount of a field in minor units, or None where it is empty."""
        amount = self.cleaned_data.get(name)
        return None if amount is None else in_minor(amount, self.currency)


class ApplyForm(_MoneyForm):
    """A wish for space."""

    autosaved = True
    kind = forms.ChoiceField(
        label=_("Kind of space"), choices=[(one.value, one.label) for one in LETTABLE], initial=SpaceKind.OFFICE
    )
    area_m2 = forms.DecimalField(
        label=_("Area in m²"),
        min_value=Decimal(1),
        max_value=Decimal(100_000),
        decimal_places=2,
        help_text=_("The least that is enough."),
    )
    people = forms.IntegerField(label=_("People who will work there"), min_value=1, max_value=10_000)
    from_on = DayField(label=_("From which day"))
    months = forms.IntegerField(label=_("For how many months"), required=False, min_value=1, max_value=120)
    price_limit = _money(_("Most a month"), hint=_("Before any relief."))
    features = forms.CharField(
        label=_("Needed"), required=False, max_length=400, help_text=_("Features, with commas between: water, gas.")
    )
    wished = forms.CharField(
        label=_("Wished"), required=False, max_length=400, help_text=_("Features that would be nice to have.")
    )
    building = forms.TypedChoiceField(label=_("Building"), required=False, coerce=int, empty_value=None)
    near = forms.TypedChoiceField(label=_("Near which team"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    has_priority = forms.BooleanField(label=_("Named by the agreement that the work space delivers to"), required=False)
    groups = (
        (_("What the team needs"), ("kind", "area_m2", "people", "from_on", "months", "price_limit", "features")),
        (_("What it wishes"), ("wished", "building", "near", "note")),
        (_("Order"), ("has_priority",)),
    )

    def __init__(
        self, *args: Any, buildings: Iterable[Building], teams: Iterable[Team], may_keep: bool, **kwargs: Any
    ) -> None:
        """Offer buildings and teams; only the operator says who is named by the agreement."""
        super().__init__(*args, **kwargs)
        _choose(self, "building", [(one.pk, str(one.name)) for one in buildings], _("Any"))
        _choose(self, "near", [(one.pk, str(one.name)) for one in teams], _("None"))
        if not may_keep:
            del self.fields["has_priority"]

    def clean_features(self) -> list[str]:
        """Read features with commas between them."""
        return self._features("features")

    def clean_wished(self) -> list[str]:
        """Read features with commas between them."""
        return self._features("wished")

    def _features(self, name: str) -> list[str]:
        found = [one.strip().lower().replace(" ", "-") for one in re.split(r"[,，、;]", self.cleaned_data[name])]
        wrong = [one for one in found if one and not _FEATURE.fullmatch(one)]
        if wrong:
            raise forms.ValidationError(_("Write features in small letters, figures and hyphens: %s.") % wrong[0])
        return [one for one in found if one]


class ReasonForm(Form):
    """Why something is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class DeclineForm(Form):
    """That an offer is declined, and why."""

    reason = forms.CharField(
        label=_("Why it is declined"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TermForm(Form):
    """The term for which free spaces are looked for."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until before"), required=False, help_text=_("Empty: until notice is given."))

    def clean(self) -> dict[str, Any]:
        """Let a term end after it begins."""
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The term must end after it begins."))
        return cleaned


class OfferForm(_MoneyForm):
    """The spaces of an offer and its terms."""

    spaces = forms.TypedMultipleChoiceField(
        label=_("Spaces"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one space.")},
    )
    monthly = _money(
        _("Rent a month for all of them"), hint=_("Before relief. Empty: the list prices. It is shared out by area.")
    )
    relief_percent = forms.DecimalField(
        label=_("Rent relief in percent"), min_value=0, max_value=100, decimal_places=2, initial=0
    )
    deposit = _money(_("Deposit"))
    notice_days = forms.IntegerField(label=_("Days of notice"), min_value=0, max_value=400, initial=60)
    answer_by_on = DayField(label=_("Last day to answer"), help_text=_("The spaces are held until then."))
    number = forms.CharField(label=_("Number of the contract"), max_length=30)
    cancel_bookings = forms.BooleanField(
        label=_("Cancel bookings that are in the way, and tell their owners"), required=False
    )
    groups = (
        (_("Spaces, best fit first"), ("spaces", "cancel_bookings")),
        (_("Terms"), ("monthly", "relief_percent", "deposit", "notice_days", "answer_by_on", "number")),
    )

    def __init__(self, *args: Any, fits: Sequence[Fit], words: Any, **kwargs: Any) -> None:
        """Offer these spaces, each in these words."""
        super().__init__(*args, **kwargs)
        _choose(self, "spaces", [(fit.space.pk, words(fit)) for fit in fits])


class RenewForm(Form):
    """The next term of a tenancy."""

    ends_on = DayField(label=_("Until before"), required=False, help_text=_("Empty: until notice is given."))
    relief_percent = forms.DecimalField(
        label=_("Rent relief in percent"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("Empty: as before."),
    )
    answer_by_on = DayField(label=_("Last day to answer"), help_text=_("The spaces are held until then."))
    number = forms.CharField(label=_("Number of the contract"), max_length=30)


class DepositForm(Form):
    """When the deposit came in."""

    received_on = DayField(label=_("Came in on"))


class DepositBackForm(_MoneyForm):
    """How much of the deposit went back, and when."""

    returned_on = DayField(label=_("Went back on"))
    returned = _money(_("How much went back"), required=True)


class NoticeForm(Form):
    """That notice was given."""

    notice_on = DayField(label=_("Notice given on"))
    leaves_on = DayField(label=_("First day without the space"))


class MoveForm(_MoneyForm):
    """That a team moves, grows or shrinks."""

    on = DayField(label=_("On which day"), help_text=_("The one space ends and the other begins on this day."))
    from_space = forms.TypedChoiceField(
        label=_("Out of"), required=False, coerce=int, empty_value=None, help_text=_("Empty: the team grows.")
    )
    to_space = forms.TypedChoiceField(
        label=_("Into"), required=False, coerce=int, empty_value=None, help_text=_("Empty: the team shrinks.")
    )
    monthly = _money(
        _("Rent a month"), hint=_("Before relief, of the space that it moves into. Empty: its list price.")
    )
    relief_percent = forms.DecimalField(
        label=_("Rent relief in percent"), min_value=0, max_value=100, decimal_places=2, initial=0
    )
    cancel_bookings = forms.BooleanField(
        label=_("Cancel bookings that are in the way, and tell their owners"), required=False
    )

    def __init__(
        self, *args: Any, held: Iterable[TenancySpace], spaces: Iterable[tuple[int, str]], **kwargs: Any
    ) -> None:
        """Offer the spaces that are held, and those that could be."""
        super().__init__(*args, **kwargs)
        _choose(self, "from_space", [(one.space_id, one.space.code) for one in held], _("None"))
        _choose(self, "to_space", spaces, _("None"))

    def clean(self) -> dict[str, Any]:
        """Ask for a space to leave or to take."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and cleaned.get("from_space") is None and cleaned.get("to_space") is None:
            self.add_error("to_space", _("Choose a space that the team leaves, takes, or both."))
        return cleaned


class EndForm(Form):
    """That a team moved out, and why."""

    left_on = DayField(label=_("First day without the space"))
    reason = forms.ChoiceField(
        label=_("Why it left"),
        choices=[(one.value, one.label) for one in EndReason if one != EndReason.GRADUATED],
        help_text=_("A team that met a rule graduates on its own page."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """Ask why a team left early."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") in {EndReason.EARLY, EndReason.BREACH} and not cleaned.get("note", "").strip():
            self.add_error("note", _("Say in a sentence why the tenancy ended before its term."))
        return cleaned


class GraduateForm(Form):
    """That a team graduates, by which rule, proven by what."""

    rule = forms.ChoiceField(label=_("By which rule"), choices=GraduationRule.choices)
    graduated_on = DayField(label=_("Left on"), help_text=_("Its tenancy ends on this day."))
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=2000,
        help_text=_("The document that proves it, with its number and date."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FateForm(Form):
    """How a graduate fares."""

    fate = forms.ChoiceField(label=_("How it fares"), choices=Fate.choices)
    heard_on = DayField(label=_("Heard on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PeriodForm(_MoneyForm):
    """A period for which benefits are added up, and what an hour of a mentor is taken to be worth."""

    since = DayField(label=_("From"))
    until = DayField(label=_("Until, inclusive"))
    hour = _money(_("Value of a mentor hour"), hint=_("Empty: hours are counted, not valued."))

    def clean(self) -> dict[str, Any]:
        """Let a period end after it begins."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The period must end after it begins."))
        return cleaned


def _choose(form: Form, name: str, choices: Iterable[tuple[Any, Any]], empty: Text | None = None) -> None:
    first = [] if empty is None else [("", empty)]
    form.fields[name].choices = [*first, *choices]  # type: ignore[attr-defined]
