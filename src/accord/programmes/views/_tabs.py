"""The parts of a call, as tabs on each of the office's pages."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Request
from accord.programmes.queries import Call
from accord.programmes.rules import may_see_applications
from accord.ui.parts import Link, Tabs

PLACES = (
    ("office", _("Overview")),
    ("form", pgettext_lazy("of a call", "Form")),
    ("workflow", pgettext_lazy("of a call", "Workflow")),
    ("applications", pgettext_lazy("to a call", "Applications")),
    ("reviews", pgettext_lazy("of a call", "Reviews")),
    ("slate", pgettext_lazy("of a call", "Slate")),
    ("places", pgettext_lazy("of a call", "Places")),
    ("match", pgettext_lazy("of a call", "Match")),
    ("offers", pgettext_lazy("of a call", "Offers")),
    ("call-placements", pgettext_lazy("of a call", "Placements")),
    ("funnel", pgettext_lazy("of a call", "Funnel")),
)
"""Names of routes with their words, in order; each takes the names of programme and call."""

OPEN_TO_PARTIES = frozenset({"office", "call-placements"})
"""The parts that executives and parties of the agreement read too, in numbers."""


def call_tabs(request: Request, call: Call, current: str) -> Tabs:
    """Return the tabs of a call that the reader may open, the current one marked by its route's name."""
    is_office = may_see_applications(request.actor, call.programme.owner_id)
    links = []
    for name, label in PLACES:
        if not is_office and name not in OPEN_TO_PARTIES:
            continue
        try:
            address = reverse(f"programmes:{name}", args=[call.programme.key, call.key])
        except NoReverseMatch:  # a part without a page
            continue
        links.append(Link(label, address, current=name == current))
    return Tabs(tuple(links), _("Parts of this call"))
