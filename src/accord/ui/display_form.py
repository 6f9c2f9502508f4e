"""The form for the reader's time zone and keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.ui.display import zone_choices
from accord.ui.forms import Form


class DisplayForm(Form):
    """Asks for the zone in which times are shown, and whether the key / opens the search."""

    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zone_choices,
        help_text=_("Times are shown in this zone, and in the partner's where the two differ."),
    )
    slash = forms.BooleanField(
        label=_("The key / opens the search"),
        required=False,
        help_text=_("Ctrl-K opens it in any case. Switch / off if you speak to your device or touch keys by chance."),
    )
