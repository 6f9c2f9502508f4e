"""What the pages about mentors, services, events and announcements begin with, and how their forms are answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.refused import Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Person
from accord.ui.forms import form_page
from accord.workspace import queries, rules
from accord.workspace.queries import Site
from accord.workspace.views._tabs import site_tabs
from accord.workspace.views._team_ground import day_here, person_of

Words = str | Promise | Bilingual
FORM = "workspace/care_form.html"


@dataclass(frozen=True, slots=True)
class Ground:
    """A site as somebody came to it: the day there, the moment, and whether they keep its teams."""

    site: Site
    today: date
    now: datetime
    keeps: bool

    def context(self, request: Request, current: str = "care") -> dict[str, Any]:
        """Return what every page of a site shows."""
        return {
            "site": self.site,
            "today": self.today,
            "now": self.now,
            "keeps": self.keeps,
            "tabs": site_tabs(request, self.site, current),
        }


def ground_of(request: Request, key: str) -> Ground:
    """Return a site to whoever may know of it."""
    site = queries.find_site(request.actor, key)
    keeps = rules.may_keep_teams(request.actor, site.operator_id)
    return Ground(site, day_here(request, site), clock.now(request.world), keeps)


def answered(
    request: Request,
    form: BaseForm,
    do: Callable[[dict[str, Any]], object],
    *,
    done: Words,
    to: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Return the page of a form, or do what it asks for and lead on; a refusal stands at the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, str(done))
            return redirect(to)
    return form_page(request, FORM, form, dict(context))


def person_named(request: Request, given: Mapping[str, Any]) -> Person:
    """Return the person that a form means; somebody new is added. Raises `Refused` where it names nobody."""
    person = person_of(request, dict(given), "person_name")
    if person is None:
        raise Refused(_("Enter the address or the key of a person."), field="person")
    return person
