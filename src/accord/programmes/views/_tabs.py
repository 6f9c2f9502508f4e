"""The lists of programmes, and the parts of a call, as tabs."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accord.kernel.access import Request
from accord.programmes.queries import Call, lists_with_something
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

LISTS = (
    ("programmes:calls", _("Calls")),
    ("programmes:programmes", _("Programmes")),
    ("programmes:my-applications", _("Your applications")),
    ("programmes:placements", _("Placements")),
    ("programmes:my-hosts", _("Places of your house")),
    ("review:queue", _("My reviews")),
    ("review:panels", _("Review panels")),
)
"""Names of routes with their words, in order."""


def list_tabs(request: Request, current: str) -> Tabs | None:
    """Return the lists in which the reader finds something, and the current one; none where that is all; one query."""
    shown = lists_with_something(request.actor) | {"programmes:calls", current}
    links = tuple(Link(label, reverse(name), current=name == current) for name, label in LISTS if name in shown)
    return Tabs(links, _("Programmes and what is yours in them")) if len(links) > 1 else None


def call_tabs(request: Request, call: Call, current: str) -> Tabs:
    """Return the tabs of a call that the reader may open, the current one marked by its route's name."""
    is_office = may_see_applications(request.actor, call.programme.owner_id)
    links = [
        Link(label, reverse(f"programmes:{name}", args=[call.programme.key, call.key]), current=name == current)
        for name, label in PLACES
        if is_office or name in OPEN_TO_PARTIES
    ]
    return Tabs(tuple(links), _("Parts of this call"))
