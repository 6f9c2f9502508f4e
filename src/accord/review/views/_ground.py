"""What the office's pages begin with: the panel, what the reader is on it, and how forms are answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock
from accord.kernel.access import Request
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.kernel.text import Bilingual
from accord.people.queries import Person, acting_person, living_persons, people_visible_to, person_among
from accord.review import queries
from accord.review.queries import Item, Panel, Seat
from accord.ui.forms import form_page
from accord.ui.parts import Link, Tabs

Words = str | Promise | Bilingual
FORM = "review/form.html"
MOST_SUGGESTED = 200
PLACES = (
    ("panel", _("Overview")),
    ("panel-people", _("Reviewers")),
    ("panel-conflicts", _("Conflicts")),
    ("panel-assignment", _("Assignment")),
    ("panel-reviews", _("Reviews")),
    ("panel-standings", _("Standings")),
)
"""Names of routes with their words, in order."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A panel as somebody came to it, what they are on it, and the moment."""

    panel: Panel
    seat: Seat
    now: datetime

    def context(self, current: str, **more: Any) -> dict[str, Any]:
        """Return what every page of a panel shows."""
        shown = PLACES if self.seat.chairs else PLACES[:1]
        links = [Link(said, reverse(f"review:{name}", args=[self.panel.pk]), name == current) for name, said in shown]
        return {
            "panel": self.panel,
            "seat": self.seat,
            "now": self.now,
            "is_open": self.panel.closed_at is None,
            "tabs": Tabs(tuple(links), _("Parts of this panel")),
            **more,
        }


def ground_of(request: Request, pk: int) -> Ground:
    """Return a panel to whoever may know of it."""
    panel = queries.find_panel(request.actor, pk)
    return Ground(panel, queries.seat_of(request.actor, panel), clock.now(request.world))


def chaired(request: Request, pk: int) -> Ground:
    """Return a panel to the office and the chair; others who know of it hear whom to ask."""
    ground = ground_of(request, pk)
    if not ground.seat.chairs:
        raise NotAllowed(_("Names, reviews and scores are read by the office and the chair of the panel alone."))
    return ground


def run(request: Request, pk: int) -> Ground:
    """Return a panel to the office; the chair hears whom to ask."""
    ground = ground_of(request, pk)
    if not ground.seat.runs:
        raise NotAllowed(_("Only the office of the institution that owns the panel does this. Ask it."))
    return ground


def items_open_to(request: Request, ground: Ground) -> dict[int, Item]:
    """Return the items of a panel that can be assigned by the reader, by number; none that concern them."""
    rows = queries.items_of(ground.panel).filter(withdrawn_at=None)
    hidden = queries.kept_from(request.actor).values("pk")
    return {one.pk: one for one in rows.exclude(pk__in=hidden)}


def by_and_at(request: Request) -> dict[str, Any]:
    """Return who does it, and when."""
    return {"by": acting_person(request.actor), "at": clock.now(request.world)}


def notes_of(request: Request) -> tuple[Any, ...]:
    """Return what an exported file says of itself."""
    return (_("Demonstration world: simulated records."),) if request.world.is_demo else ()


def finder(request: Request) -> Callable[[str], Person | None]:
    """Return how a person is found by key or email address."""
    del request
    return lambda words: person_among(living_persons(), words)


def suggested(request: Request) -> list[Person]:
    """Return the people that a field for a person suggests."""
    return list(people_visible_to(request.actor).order_by("sort_key", "pk")[:MOST_SUGGESTED])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with a form: what it is about, what its button does, where it leads, and what is said when done."""

    heading: Words
    act: Words
    up: tuple[Words, str]
    done: Words = ""
    hint: Words = ""
    to: str = ""
    is_danger: bool = False

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what the template shows."""
        told = {"heading": self.heading, "act": self.act, "up": self.up, "hint": self.hint}
        return {**told, "is_danger": self.is_danger, **more}


def answered(
    request: Request,
    form: BaseForm,
    do: Callable[[Mapping[str, Any]], object],
    sheet: Sheet,
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Return the page of a form, or do what it asks for and lead on; a refusal stands at the field it is about."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, str(sheet.done))
            return redirect(sheet.to or sheet.up[1])
    return form_page(request, FORM, form, {**sheet.context(), **(context or {})})


def blame(form: BaseForm, refused: Refused) -> None:
    """Put a refusal at the field it is about; a clash is the page's own matter."""
    if isinstance(refused, Clash):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
