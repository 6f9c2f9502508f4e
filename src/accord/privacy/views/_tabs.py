"""The small navigation above the pages of privacy, and who is at one's own pages."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed
from accord.people.queries import Person, acting_person
from accord.privacy import rules
from accord.ui.parts import Link, Tabs

IN_ONES_OWN_NAME = _("Nobody sees or decides this for somebody else. Act as yourself again.")


def tabs_of(request: Request) -> Tabs:
    """Return the tabs that the reader may open, the present one marked."""
    places: list[tuple[Any, str]] = [
        (_("About me"), reverse("privacy:mine")),
        (_("Requests"), reverse("privacy:requests")),
        (_("What is processed"), reverse("privacy:register")),
    ]
    if rules.may_keep_transfers(request.actor):
        places.insert(2, (_("Read and sent abroad"), reverse("privacy:transfers")))
    if rules.may_decide(request.actor):
        places.insert(2, (_("Restricted"), reverse("privacy:restricted")))
    links = tuple(Link(label, url, current=request.path == url) for label, url in places)
    return Tabs(links, _("Privacy"))


def oneself(request: Request) -> Person:
    """Return the reader's own entry. Raises `NotAllowed` for whoever stands in for somebody."""
    if not rules.may_see_own(request.actor):
        raise NotAllowed(IN_ONES_OWN_NAME)
    return acting_person(request.actor)
