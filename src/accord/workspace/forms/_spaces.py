"""Input about sites, buildings, floors and spaces."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.ui.forms import BilingualField, DayField, Form
from accord.workspace.enums import SpaceKind

MOST_PLAN_BYTES = 1024 * 1024
MOST_LEVEL, MOST_POSITION = 200, 10_000
Choices = Iterable[tuple[str, Any]]
_ZONES = tuple((one, one.replace("_", " ")) for one in sorted(available_timezones()) if "/" in one)


def _area(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=9, decimal_places=2, **more)


class SiteForm(Form):
    """What is known of a site; `agreements` are those that it may deliver to."""

    name = BilingualField(label=_("Name"), max_length=200)
    address = BilingualField(label=_("Address"), required=False, max_length=300)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=_ZONES, help_text=_("Days and opening hours are those of this zone.")
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, help_text=_("Three letters, such as CNY or GBP."))
    agreement = forms.ChoiceField(
        label=_("Agreement"),
        required=False,
        help_text=_("Its area, teams and people count for the promises of this agreement."),
    )

    def __init__(self, *args: Any, agreements: Choices = (), **kwargs: Any) -> None:
        """Offer these agreements."""
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = [("", _("None")), *agreements]  # type: ignore[attr-defined]


class OpenSiteForm(SiteForm):
    """A site that is opened: also its short name and whose it is."""

    key = forms.SlugField(
        label=pgettext_lazy("in addresses", "Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens; it stands in addresses and stays."),
        error_messages={"invalid": _("Write the short name in small letters, digits and hyphens.")},
    )
    operator = forms.ChoiceField(label=_("Run by"))
    field_order = ("name", "key", "operator", "address", "time_zone", "currency", "agreement")

    def __init__(self, *args: Any, houses: Choices = (), **kwargs: Any) -> None:
        """Offer these institutions."""
        super().__init__(*args, **kwargs)
        self.fields["operator"].choices = list(houses)  # type: ignore[attr-defined]


class BuildingForm(Form):
    """A building: its name, and where it stands in lists."""

    name = BilingualField(label=_("Name"), max_length=200)
    position = forms.IntegerField(
        label=_("Position in lists"), min_value=0, max_value=MOST_POSITION, help_text=_("0 stands first.")
    )


class NewBuildingForm(BuildingForm):
    """A building that is added: also its short name."""

    key = forms.SlugField(
        label=pgettext_lazy("in addresses", "Short name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens; it stands in addresses and stays."),
        error_messages={"invalid": _("Write the short name in small letters, digits and hyphens.")},
    )
    field_order = ("name", "key", "position")


class FloorForm(Form):
    """A floor: level, area, and the size of its plan's drawing area."""

    level = forms.IntegerField(
        label=_("Level"), min_value=-MOST_LEVEL, max_value=MOST_LEVEL, help_text=_("0 is the ground floor.")
    )
    name = BilingualField(label=_("Name"), required=False, max_length=100)
    area_m2 = _area(_("Area, m²"), help_text=_("Of the whole floor; its spaces never take more."))
    width = forms.IntegerField(
        label=_("Width of the plan"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("Of the drawing area, in the units in which outlines are written; 0 fits it to the outlines."),
    )
    height = forms.IntegerField(label=_("Height of the plan"), min_value=0, max_value=1_000_000)


class NewFloorForm(FloorForm):
    """A floor that is added: also in which building."""

    building = forms.ChoiceField(label=_("Building"))
    field_order = ("building", "level", "name", "area_m2", "width", "height")

    def __init__(self, *args: Any, buildings: Choices = (), **kwargs: Any) -> None:
        """Offer these buildings."""
        super().__init__(*args, **kwargs)
        self.fields["building"].choices = list(buildings)  # type: ignore[attr-defined]


class OpenFloorForm(Form):
    """That a floor goes into operation."""

    starts_on = DayField(label=_("In operation from"))
    area_m2 = _area(_("Area in operation, m²"), help_text=_("What is open for use; the rest is being fitted out."))


class EndRunForm(Form):
    """That a floor goes out of operation."""

    on = DayField(label=_("Out of operation from"), help_text=_("The first day on which it is no longer open."))


class PlanForm(Form):
    """A floor's plan as SVG."""

    file = forms.FileField(
        label=pgettext_lazy("a drawing", "Plan"),
        help_text=_("An SVG file of at most 1 MB. A shape whose id is a space's code stands for that space."),
        widget=forms.ClearableFileInput(attrs={"accept": ".svg,image/svg+xml"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to be looked through at once."""
        chosen = self.cleaned_data["file"]
        if chosen.size > MOST_PLAN_BYTES:
            raise ValidationError(_("The file is larger than 1 MB. Simplify the drawing and choose it again."))
        return chosen


class SpaceForm(Form):
    """A space; `policies` are the booking rules of its site."""

    code = forms.CharField(
        label=pgettext_lazy("on a door", "Code"), max_length=40, help_text=_("On the door, such as A-0312.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=SpaceKind.choices)
    name = BilingualField(label=_("Name"), required=False, max_length=200)
    area_m2 = _area(_("Area, m²"), required=False, help_text=_("Only desks and equipment go without."))
    capacity = forms.IntegerField(
        label=_("People it holds"), min_value=0, max_value=10_000, help_text=_("0 where nobody sits.")
    )
    features = forms.CharField(
        label=_("Features"),
        required=False,
        max_length=1000,
        help_text=_("Short words with commas between them, such as projector, fume-hood."),
    )
    price = forms.DecimalField(
        label=_("Price a month"), required=False, min_value=Decimal(0), max_digits=12, decimal_places=2
    )
    policy = forms.ChoiceField(label=_("Booking rules"), required=False)
    starts_on = DayField(label=_("In operation from"))
    ends_on = DayField(
        label=_("Out of operation from"), required=False, help_text=_("The first day on which it is not in operation.")
    )
    position = forms.IntegerField(
        label=_("Position on the floor"),
        min_value=0,
        max_value=MOST_POSITION,
        help_text=_("Neighbours follow each other; larger teams are placed side by side."),
    )
    outline = forms.CharField(
        label=_("Outline"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "code", "spellcheck": "false"}),
        help_text=_("Corners on the floor's plan as x,y with spaces between them: 0,0 40,0 40,30 0,30."),
    )
    groups = (
        (_("What it is"), ("floor", "code", "kind", "name", "area_m2", "capacity", "features")),
        (_("How it is used"), ("price", "policy", "starts_on", "ends_on")),
        (_("Where it stands on the plan"), ("position", "outline")),
    )

    def __init__(self, *args: Any, policies: Choices = (), currency: str = "", **kwargs: Any) -> None:
        """Offer these booking rules; name the currency of prices."""
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = [("", _("None: it cannot be booked")), *policies]  # type: ignore[attr-defined]
        if currency:
            self.fields["price"].help_text = _("In %(currency)s, before any relief.") % {"currency": currency}


class NewSpaceForm(SpaceForm):
    """A space that is added: also on which floor."""

    floor = forms.ChoiceField(label=_("Floor"), help_text=_("Stays as it is once the space is added."))

    def __init__(self, *args: Any, floors: Choices = (), **kwargs: Any) -> None:
        """Offer these floors."""
        super().__init__(*args, **kwargs)
        self.fields["floor"].choices = list(floors)  # type: ignore[attr-defined]


class CloseSpaceForm(Form):
    """That a space goes out of operation."""

    on = DayField(label=_("Out of operation from"), help_text=_("The first day on which it is not in operation."))
    cancel_bookings = forms.BooleanField(
        label=_("Cancel what is booked from then on"),
        required=False,
        help_text=_("Those who booked are told, with the reason."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=300)
