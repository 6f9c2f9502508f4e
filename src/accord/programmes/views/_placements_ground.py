"""What the doors to placements share: how somebody comes to one, and how a form is answered."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.kernel import clock, secret
from accord.kernel.access import Request
from accord.kernel.links import FoundLink
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.people.queries import acting_person
from accord.programmes import queries, rules
from accord.programmes.operations import PlacementDoor
from accord.programmes.queries import Placement
from accord.programmes.views._placement_acts import Coming
from accord.ui.forms import Form, form_page

TEMPLATE = "programmes/placement_form.html"


def coming_to(request: Request, reference: str) -> Coming:
    """Return how the reader comes to a placement that they may read; others who know of it hear why not."""
    placement = queries.find_placement(request.actor, reference)
    if not queries.may_read_placement(request.actor, placement):
        raise NotAllowed(
            _("Only the person, host, home and the institution that runs the programme act here. You see its numbers.")
        )
    now = clock.now(request.world)
    return Coming(
        placement=placement,
        sides=queries.sides_of(request.actor, placement),
        is_office=rules.may_keep_placements(request.actor, placement.programme.owner_id),
        today=queries.placement_day(placement, now),
        by_and_at={"by": acting_person(request.actor), "at": now},
        door=door_of(request),
    )


def coming_by(request: Request, link: FoundLink) -> Coming:
    """Return how somebody comes to a placement by link: for the sides that they look after there."""
    placement = queries.placement_of_link(link.record)
    sides = queries.sides_of_person(placement, link.person)
    if not sides:
        raise NotThere(_("You no longer look after this placement. Ask the office of the programme."))
    now = clock.now(request.world)
    return Coming(
        placement=placement,
        sides=sides,
        is_office=False,
        today=queries.placement_day(placement, now),
        by_and_at={"by": queries.person_who_came(link.person), "at": now},
        door=door_of(request),
        link_id=link.pk,
    )


def door_of(request: Request) -> PlacementDoor:
    """Return how links are made: at the address that the reader came by."""
    return PlacementDoor(
        secret.new_token,
        lambda token: request.build_absolute_uri(reverse("programmes:sign-by-link", kwargs={"token": token})),
        lambda token: request.build_absolute_uri(reverse("programmes:look-after-by-link", kwargs={"token": token})),
    )


def answered(
    request: Request,
    form: Form,
    do: Callable[[Mapping[str, Any]], object],
    *,
    said: Any,
    to: str,
    context: Mapping[str, Any],
    template: str = TEMPLATE,
) -> HttpResponse:
    """Show a form; where it was sent and is right, do the thing, say so and go on. A refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, str(said))
            return redirect(to)
    return form_page(request, template, form, {"back": to, **context})


def to_placement(placement: Placement) -> str:
    """Return the address of a placement's page."""
    return reverse("programmes:placement", args=[placement.reference])
