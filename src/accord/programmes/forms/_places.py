"""Input about hosts, places, limits and exceptions, and rankings on both sides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.programmes.enums import BarKind, LimitKind
from accord.programmes.queries import Ranked, Wish
from accord.ui.forms import BilingualField, DayField, Form

Choices = Iterable[tuple[str, Any]]
LANGUAGES = (("en", "English"), ("zh-hans", "简体中文"))
MOST_PEOPLE = 1000


class InviteHostForm(Form):
    """Whom to ask for places: an institution, and a person there."""

    institution = forms.ChoiceField(label=_("Institution"))
    contact_name = forms.CharField(label=_("Name of the contact"), max_length=200)
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("Who has an account under it signs in; everybody else gets a link of their own."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)

    def __init__(self, *args: Any, institutions: Choices = (), **kwargs: Any) -> None:
        """Offer these institutions."""
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = list(institutions)  # type: ignore[attr-defined]


class PlaceForm(Form):
    """Places of one sort: how many, where, what for, with whom."""

    name = BilingualField(label=_("Name"), max_length=200)
    count = forms.IntegerField(label=pgettext_lazy("how many", "Places"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    minimum = forms.IntegerField(
        label=_("Fewest people"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=0,
        help_text=_("With fewer it does not run at all. 0: it runs with anybody."),
    )
    text = BilingualField(label=_("What for"), required=False, multiline=True)
    needs = BilingualField(label=_("What you ask of applicants"), required=False, multiline=True)
    city = BilingualField(label=_("City"), required=False, max_length=100)
    supervisor_name = forms.CharField(label=_("Supervisor"), required=False, max_length=200)
    supervisor_email = forms.EmailField(label=_("Email address of the supervisor"), required=False)
    starts_on = DayField(label=_("First day"), required=False, help_text=_("Left empty: as the call says."))
    ends_on = DayField(label=_("Last day"), required=False)


class OfficePlaceForm(PlaceForm):
    """Places as the office keeps them: also the code, and the limit that they lie under."""

    code = forms.CharField(
        label=pgettext_lazy("of a place", "Code"), required=False, max_length=20, help_text=_("Left empty: the next.")
    )
    limit = forms.ChoiceField(label=pgettext_lazy("of places", "Limit"), required=False)
    host = forms.ChoiceField(label=pgettext_lazy("of a place", "Host"))
    field_order = ("host", "code", "name", "count", "minimum", "limit")

    def __init__(self, *args: Any, hosts: Choices = (), limits: Choices = (), **kwargs: Any) -> None:
        """Offer these hosts and limits; without hosts the host stays as it is."""
        super().__init__(*args, **kwargs)
        self.fields["limit"].choices = [("", _("None")), *limits]  # type: ignore[attr-defined]
        offered = list(hosts)
        if offered:
            self.fields["host"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["host"]


class KeepSeatsForm(Form):
    """Seats of a place that are kept for a group."""

    group = forms.CharField(
        label=pgettext_lazy("of applicants", "Group"),
        max_length=40,
        help_text=_("As it stands in the applications. 0 seats take the reserve back."),
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=MOST_PEOPLE)
    opens_up = forms.BooleanField(label=_("Others may have what the group leaves"), required=False, initial=True)


class LimitForm(Form):
    """The most and the fewest people over several places."""

    name = BilingualField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=LimitKind.choices)
    at_most = forms.IntegerField(
        label=_("Most people"), min_value=0, max_value=1_000_000, required=False, help_text=_("Left empty: no limit.")
    )
    minimum = forms.IntegerField(
        label=_("Fewest people"),
        min_value=0,
        max_value=1_000_000,
        initial=0,
        help_text=_("With fewer it does not run at all. 0: it runs with anybody."),
    )
    under = forms.ChoiceField(label=_("Lies under"), required=False)

    def __init__(self, *args: Any, limits: Choices = (), **kwargs: Any) -> None:
        """Offer these limits to lie under."""
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [("", _("None")), *limits]  # type: ignore[attr-defined]


class NewLimitForm(LimitForm):
    """A limit that is put up: also its short name."""

    key = forms.SlugField(
        label=pgettext_lazy("in addresses", "Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens; it stands in addresses and stays."),
        error_messages={"invalid": _("Write the short name in small letters, digits and hyphens.")},
    )
    field_order = ("name", "key", "kind")


class _ExceptionForm(Form):
    """An application, a place and a reason."""

    reference = forms.CharField(label=_("Reference of the application"), max_length=30)
    place = forms.ChoiceField(label=pgettext_lazy("of a call", "Place"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea,
        help_text=_("The applicant reads it with the result."),
    )

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        """Offer these places."""
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]


class BarForm(_ExceptionForm):
    """That somebody may not have a place."""

    kind = forms.ChoiceField(label=_("Why"), choices=BarKind.choices)
    field_order = ("reference", "place", "kind", "reason")


class FixForm(_ExceptionForm):
    """That somebody has a place by decision."""


class WishesForm(Form):
    """Which places an applicant wants, the first choice first; `most` of them."""

    def __init__(self, *args: Any, places: Choices, most: int, **kwargs: Any) -> None:
        """Ask for so many choices among these places."""
        super().__init__(*args, **kwargs)
        offered = [("", _("None")), *places]
        for number in range(1, most + 1):
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=_("Choice %(number)s") % {"number": number}, choices=offered, required=False
            )

    @property
    def codes(self) -> list[str]:
        """Return the codes chosen, the first choice first; gaps are closed up."""
        return [value for name, value in self.cleaned_data.items() if name.startswith("choice_") and value]

    def clean(self) -> dict[str, Any]:
        """Refuse one place chosen twice, beside the second."""
        seen: set[str] = set()
        for name, value in list(self.cleaned_data.items()):
            if value and value in seen:
                self.add_error(name, ValidationError(_("You chose this place before. Choose another one, or none.")))
            seen.add(value)
        return self.cleaned_data

    @staticmethod
    def initial_of(wishes: Sequence[Wish]) -> dict[str, str]:
        """Return what the form shows of wishes that stand."""
        return {f"choice_{number}": one.place.code for number, one in enumerate(wishes, 1)}


class RankForm(Form):
    """How a host ranks who wants its place: a number for each, and why it will not take somebody."""

    def __init__(self, *args: Any, people: Sequence[Ranked], pages: Mapping[int, str], **kwargs: Any) -> None:
        """Ask for a rank, or a reason, for each of these people; `pages` lead to what they wrote, by application."""
        super().__init__(*args, **kwargs)
        groups = []
        for one in people:
            rank, refusal = f"rank_{one.application.pk}", f"refusal_{one.application.pk}"
            self.fields[rank] = forms.IntegerField(
                label=_("Rank"), required=False, min_value=1, max_value=len(people), initial=one.rank
            )
            self.fields[refusal] = forms.CharField(
                label=_("Will not take, because"), required=False, max_length=500, initial=one.reason
            )
            named = format_html(
                '<a href="{}">{}</a> · {}', pages[one.application.pk], one.name, one.application.reference
            )
            groups.append((named, (rank, refusal)))
        self.people = people
        self.groups = tuple(groups)  # type: ignore[misc]  # each form asks about other people

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is both ranked and not taken."""
        for one in self.people:
            rank, refusal = f"rank_{one.application.pk}", f"refusal_{one.application.pk}"
            if self.cleaned_data.get(rank) and self.cleaned_data.get(refusal):
                self.add_error(refusal, ValidationError(_("Rank them or say why you will not take them, not both.")))
        return self.cleaned_data

    @property
    def order(self) -> list[list[Any]]:
        """Return who is ranked, the best first, those with one number together."""
        ranks: dict[int, list[Any]] = {}
        for one in self.people:
            rank = self.cleaned_data.get(f"rank_{one.application.pk}")
            if rank:
                ranks.setdefault(rank, []).append(one.application)
        return [ranks[rank] for rank in sorted(ranks)]

    @property
    def unwanted(self) -> Mapping[Any, str]:
        """Return whom the host will not take, and why."""
        said = {one.application: self.cleaned_data.get(f"refusal_{one.application.pk}", "") for one in self.people}
        return {who: why.strip() for who, why in said.items() if why.strip()}
