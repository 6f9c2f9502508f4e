"""How the lists of this context are filtered, searched and sorted; pages and the API take them from here."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.identifiers import ORCID
from accord.kernel.pages import name_of_page
from accord.people import queries
from accord.people.enums import InstitutionKind
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

INSTITUTIONS = Table(
    name="institutions",
    columns=(
        Column("name", _("Name"), sort="key", url=lambda row: reverse("people:institution", args=[row.key])),
        Column("kind", _("Kind"), sort="kind", value="get_kind_display"),
        Column("country", _("Country"), sort="country"),
        Column("city", _("City"), value=lambda row: row.city or ""),
        Column("people", _("People today"), kind="number", sort="people"),
        Column("ror", _("ROR ID"), hidden=True),
        Column("lei", _("LEI"), hidden=True),
        Column("uscc", _("Unified Social Credit Code"), hidden=True),
        Column("website", _("Website"), hidden=True),
        Column("key", pgettext_lazy("in addresses", "Short name"), sort="key", hidden=True),
    ),
    filters=(
        Filter("kind", _("Kind"), choices=tuple(InstitutionKind.choices)),
        Filter("country", _("Country"), lookup="country__iexact"),
    ),
    search=("names", "key", "ror", "lei", "uscc"),
    default_sort="name",
    empty=Empty(_("No institutions yet"), _("Universities, companies and other organisations stand here, once each.")),
)

PEOPLE = Table(
    name="people",
    columns=(
        Column(
            "name",
            pgettext_lazy("of a person", "Name"),
            sort="sort_key",
            url=lambda row: reverse("people:person", args=[row.pk]),
        ),
        Column("places", _("Belongs to today"), value=queries.places_of),
        Column("email", _("Email address"), value="shown_email"),
        Column("orcid", _("ORCID iD"), url=lambda row: ORCID.url(row.orcid)),
        Column("country", _("Country"), sort="country"),
        Column("sort_key", _("Sorts as"), sort="sort_key", hidden=True),
        Column("state", _("State"), value="get_state_display", hidden=True),
    ),
    filters=(Filter("country", _("Country"), lookup="country__iexact"),),
    search=("names", "orcid"),
    default_sort="name",
    empty=Empty(
        _("No people that you may see"),
        _("Here stand the people of your institutions and of those with which they have agreements."),
    ),
)

VIEWS = Table(
    name="views",
    columns=(
        Column("name", _("View"), sort="name", url=lambda view: f"{view.path}?{view.query}"),
        Column("list", _("List"), value=lambda view: name_of_page(view.path)),
        Column("path", _("Address"), sort="path", hidden=True),
        Column("query", _("Narrowed by"), value=lambda view: view.query.replace("&", " · ")),
        Column(
            "change",
            _("Rename or drop"),
            value=lambda _view: pgettext_lazy("to alter", "Change"),
            url=lambda view: f"/views/{view.pk}/",
        ),
    ),
    search=("name", "path"),
    default_sort="path",
    empty=Empty(
        _("No saved views yet"),
        _("Narrow any list as you need it and save it under a name; it then stands above that list and here."),
    ),
)
