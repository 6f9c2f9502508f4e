"""What the doors to sites, floors and spaces share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.forms import Form, form_page, read_day
from accord.workspace import queries, rules
from accord.workspace.queries import Site
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import day_here

TEMPLATE = "workspace/keep.html"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page with one form says around it."""

    site: Site | None
    heading: Any
    action: Any
    back: str
    meta: Any = ""

    def context(self) -> dict[str, Any]:
        """Return what the template is told."""
        return {
            "site": self.site,
            "heading": self.heading,
            "action": self.action,
            "back": self.back,
            "meta": self.meta,
        }

    def page(self, request: Request, form: Form) -> HttpResponse:
        """Return the page with the form."""
        return form_page(request, TEMPLATE, form, self.context())


def site_to_keep(request: Request, key: str) -> Site:
    """Return a site whose floors and spaces the reader may change; others who know of it hear why not."""
    site = queries.find_site(request.actor, key)
    if not rules.may_keep_spaces(request.actor, site.operator_id):
        raise NotAllowed(
            _("Only stewards, officers and operators of the house that runs this work space change it. Ask one.")
        )
    return site


def by_and_at(request: Request) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def day_asked(request: Request, site: Site) -> date:
    """Return the day of the address; today at the site where it names none that can be read."""
    return read_day(request.GET.get("as_of", "")) or day_here(request, site)


def blame(form: Form, refused: Refused) -> None:
    """Put a refusal beside the input that mends it, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def notes_of(request: Request, site: Site) -> tuple[Any, ...]:
    """Return what an exported file says of itself."""
    simulated = request.world.is_demo or site.is_simulated
    return (_("Demonstration world: simulated records."),) if simulated else ()


def site_context(request: Request, site: Site, current: str) -> dict[str, Any]:
    """Return what every page of a site shows."""
    return {
        "site": site,
        "tabs": site_tabs(request, site, current),
        "may_keep": rules.may_keep_spaces(request.actor, site.operator_id),
    }


def spaces_url(site: Site) -> str:
    """Return where the spaces of a site stand."""
    return reverse("workspace:spaces", args=[site.key])
