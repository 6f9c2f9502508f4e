"""Doors of applicants: which places they want, what became of it and why, and the answer to an offer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.people.queries import acting_person
from accord.programmes import operations, queries, rules
from accord.programmes.enums import OfferState
from accord.programmes.forms import ReasonForm, WishesForm, offer_chip
from accord.programmes.queries import Application, Offer
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at, in_zone
from accord.ui.forms import form_page


@require_http_methods(["GET", "POST"])
@signed_in
def wishes(request: Request, reference: str) -> HttpResponse:
    """Rank the places that one wants, the first choice first."""
    application = _own(request, reference)
    places = {one.code: one for one in queries.open_places(application.call)}
    if not application.call.most_wishes:
        raise NotThere(_("This call has no places to rank."))
    most = min(application.call.most_wishes, len(places))
    offered = [(code, f"{one.name} · {one.host.institution.name}") for code, one in places.items()]
    initial = WishesForm.initial_of(queries.wishes_of(application))
    form = WishesForm(request.POST or None, places=offered, most=most, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = [places[code] for code in form.codes]
        try:
            operations.rank_places(application=application, places=chosen, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Your ranking of places is kept."))
            return redirect("programmes:wishes", reference)
    context = {"application": application, "places": list(places.values()), "call": application.call}
    return form_page(request, "programmes/wishes.html", form, context)


@require_GET
@signed_in
def results(request: Request) -> HttpResponse:
    """List one's applications for which there is a result."""
    return render(request, "programmes/results.html", {"applications": queries.results_of(request.actor)})


@require_GET
@signed_in
def result(request: Request, reference: str) -> HttpResponse:
    """Show an applicant what became of each choice and why, and the offer that waits for an answer."""
    application = queries.find_own_application(request.actor, reference)
    found, offer = queries.result_for(application), queries.offer_for(application)
    if found is None and offer is None:
        raise NotThere(_("There is no result for this application yet. You are told when there is one."))
    now = clock.now(request.world)
    context: dict[str, Any] = {
        "application": application,
        "call": application.call,
        "found": found,
        "words": queries.result_words(found.line) if found else "",
        "offer": offer,
        "chip": offer_chip(offer.state) if offer else None,
        "answer_by": in_zone(offer.answer_by_at, application.call.time_zone) if offer else "",
        "waits": _waits(request, application, offer, now),
    }
    return render(request, "programmes/result.html", context)


@require_POST
@signed_in
def accept_offer(request: Request, reference: str) -> HttpResponse:
    """Accept the offer that stands: the place is theirs."""
    application = _own(request, reference)
    offer = _standing(application)
    try:
        operations.accept_offer(offer=offer, by=acting_person(request.actor), at=clock.now(request.world))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The place is yours. The office and the host are told."))
    return redirect("programmes:result", reference)


@require_http_methods(["GET", "POST"])
@signed_in
def decline_offer(request: Request, reference: str) -> HttpResponse:
    """Decline the offer that stands, after a look at what that means."""
    application = _own(request, reference)
    offer = _standing(application)
    form = ReasonForm(request.POST or None)
    back = reverse("programmes:result", args=[reference])
    if request.method == "POST" and form.is_valid():
        try:
            operations.decline_offer(offer=offer, reason=form.cleaned_data["reason"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("You declined the place. It goes to somebody else."))
            return redirect(back)
    note = _("The place goes to somebody else, and your application ends. This cannot be undone.")
    sheet = Sheet(
        _("Decline the place"), _("Decline the place"), back, meta=offer.place.name, is_dangerous=True, note=note
    )
    return sheet.page(request, form)


def _own(request: Request, reference: str) -> Application:
    """Return an application of the reader's own, as whose it is in person."""
    application = queries.find_own_application(request.actor, reference)
    if not rules.may_apply(request.actor, application.applicant_id):
        raise NotAllowed(_("Only whoever began this application does this. Ask them."))
    return application


def _standing(application: Application) -> Offer:
    offer = queries.offer_for(application)
    if offer is None:
        raise NotThere(_("No offer stands for this application."))
    return offer


def _waits(request: Request, application: Application, offer: Offer | None, now: Any) -> bool:
    """Say whether the reader may answer an offer now."""
    return (
        offer is not None
        and offer.state == OfferState.OPEN
        and now <= offer.answer_by_at
        and rules.may_apply(request.actor, application.applicant_id)
    )
