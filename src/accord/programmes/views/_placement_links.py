"""Doors to learning agreements and placements by account and by link: to sign, and to look after somebody."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.enums import LOOK_AFTER, SIGN_LEARNING
from accord.programmes.forms import SignLearningForm
from accord.programmes.views._placement_acts import ACTS, BY_LINK, Coming, for_side, open_acts
from accord.programmes.views._placement_page import agreements_of, page_context
from accord.programmes.views._placements_ground import TEMPLATE, coming_by, coming_to, to_placement
from accord.ui.forms import form_page
from accord.ui.parts import Link


@require_http_methods(["GET", "POST"])
@signed_in
def sign_learning(request: Request, reference: str) -> HttpResponse:
    """Show the whole learning agreement and its hash, and sign it for the side that the reader speaks for."""
    coming = coming_to(request, reference)
    if not coming.sides:
        raise NotAllowed(_("Person, host and home sign. You speak for none of them here."))
    return _signing(request, coming, None)


@require_http_methods(["GET", "POST"])
@by_link(SIGN_LEARNING)
def sign_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show the whole learning agreement and its hash, and sign it in the name of the link's person."""
    return _signing(request, coming_by(request, link), link)


@require_http_methods(["GET"])
@by_link(LOOK_AFTER)
def look_after_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show what is due at a placement to the link's person."""
    coming = for_side(coming_by(request, link), request.GET.get("side", ""))
    fitting = [one for one in open_acts(coming) if one in BY_LINK]
    return render(request, "programmes/placement_by_link.html", _overview(request, coming, link, fitting))


@require_http_methods(["GET", "POST"])
@by_link(LOOK_AFTER)
def act_by_link(request: Request, link: FoundLink, act: str) -> HttpResponse:
    """Do one thing of what is due at a placement, in the name of the link's person."""
    coming = for_side(coming_by(request, link), request.GET.get("side", ""))
    if act not in BY_LINK or not ACTS[act].may(coming):
        raise NotThere(_("There is nothing here."))
    known = ACTS[act]
    form = known.form(coming, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            known.do(coming, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return render(
                request, "programmes/placement_link_done.html", {"said": known.said, "link": link, "form": None}
            )
    context = {
        "placement": coming.placement,
        "heading": known.heading,
        "action": known.action,
        "hint": known.hint,
        "link": link,
        "back": _overview_url(request),
    }
    return form_page(request, TEMPLATE, form, context)


def _signing(request: Request, coming: Coming, link: FoundLink | None) -> HttpResponse:
    """Return the page of the agreement that waits, or sign it."""
    placement = coming.placement
    waiting = queries.open_agreement(placement)
    sides = [one for one in queries.sides_to_sign(waiting) if one in coming.sides] if waiting else []
    form = SignLearningForm(
        request.POST or None,
        sides=sides or coming.sides,
        initial={"digest": waiting.digest if waiting else "", "name": str(coming.by_and_at["by"].name)},
    )
    if request.method == "POST" and waiting is not None and form.is_valid():
        given = form.cleaned_data
        try:
            operations.sign_learning(
                agreement=waiting,
                person=coming.by_and_at["by"],
                at=coming.by_and_at["at"],
                link_id=coming.link_id,
                **given,
            )
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return _signed(request, coming, link)
    context: dict[str, Any] = {
        **page_context(placement),
        "agreement": waiting,
        "signatures": agreements_of(placement, queries.placement_page(placement))[:1],
        "sides": sides,
        "link": link,
        "back": "" if link else to_placement(placement),
    }
    return form_page(request, "programmes/sign_learning.html", form, context)


def _signed(request: Request, coming: Coming, link: FoundLink | None) -> HttpResponse:
    if link is None:
        return redirect(to_placement(coming.placement))
    said = _("You have signed. Everybody is told once all sides have signed.")
    return render(request, "programmes/placement_link_done.html", {"said": said, "link": link, "form": None})


def _overview(request: Request, coming: Coming, link: FoundLink, fitting: list[str]) -> dict[str, Any]:
    here = request.path
    acts = [Link(ACTS[key].heading, f"{here}{key}/") for key in fitting]
    return {**page_context(coming.placement), "acts": acts, "link": link, "person": coming.placement.person.name}


def _overview_url(request: Request) -> str:
    """Return the address of the link's own page, from one below it."""
    return request.path.rstrip("/").rpartition("/")[0] + "/"
