"""The places of a site, as tabs on each of its pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Request
from accord.ui.parts import Link, Tabs
from accord.workspace.queries import Site
from accord.workspace.rules import may_keep_teams, may_plan

PLACES = (
    ("site", _("Overview")),
    ("spaces", _("Spaces")),
    ("teams", _("Teams")),
    ("tenancies", _("Tenancies")),
    ("booking", pgettext_lazy("a tab", "Booking")),
    ("plans", _("Plans")),
    ("care", _("Mentors and services")),
    ("criteria", _("Criteria")),
    ("utilisation", _("Utilisation")),
)
"""Names of routes with their words, in order."""


def site_tabs(request: Request, site: Site, current: str) -> Tabs:
    """Return the tabs of a site that the reader may open, the current one marked by its route's name."""
    hidden = set()
    if not may_keep_teams(request.actor, site.operator_id):
        hidden.add("tenancies")
    if not may_plan(request.actor, site.operator_id):
        hidden.add("plans")
    links = [
        Link(label, reverse(f"workspace:{name}", args=[site.key]), current=name == current)
        for name, label in PLACES
        if name not in hidden
    ]
    return Tabs(tuple(links), _("Parts of this work space"))
