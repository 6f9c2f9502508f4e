"""Doors of the office to offers: all of a call, one made by hand, one taken back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.programmes import operations, queries
from accord.programmes.forms import OFFERS_LIST, OfferForm, ReasonForm
from accord.programmes.views._calls_ground import Sheet, blame, by_and_at
from accord.programmes.views._match_ground import (
    call_of_office,
    call_to_decide,
    choices_of_places,
    end_of_day,
    list_page,
)


@require_GET
@signed_in
def offers(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the offers of a call and how they were answered."""
    found = call_of_office(request, programme, call)
    rows = queries.offers_in(found)
    return list_page(request, found, OFFERS_LIST, rows, "programmes/offers.html", "offers", about_people=True)


@require_http_methods(["GET", "POST"])
@signed_in
def new_offer(request: Request, programme: str, call: str) -> HttpResponse:
    """Offer somebody a place outside any run."""
    found = call_to_decide(request, programme, call)
    form = OfferForm(request.POST or None, places=choices_of_places(found))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.offer_place(
                application=queries.application_in(found, said["reference"]),
                place=queries.find_place(found, said["place"]),
                answer_by=end_of_day(found, said["answer_by"]),
                words=said["words"],
                **by_and_at(request),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The offer is made. The applicant is told."))
            return redirect("programmes:offers", programme, call)
    back = reverse("programmes:offers", args=[programme, call])
    sheet = Sheet(_("Offer a place"), _("Make the offer"), back, call=found, meta=found.name)
    return sheet.page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def offer_back(request: Request, programme: str, call: str, pk: int) -> HttpResponse:
    """Take an offer back, or record that somebody gave an accepted place up."""
    found = call_to_decide(request, programme, call)
    one = queries.find_offer(found, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.give_back(offer=one, reason=form.cleaned_data["reason"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The place is free again. A re-match gives it out."))
            return redirect("programmes:offers", programme, call)
    back = reverse("programmes:offers", args=[programme, call])
    meta = f"{one.application.reference} · {one.place.name}"
    note = _("The applicant is told, and holds no place any more. This cannot be undone.")
    sheet = Sheet(
        _("Take the place back"), _("Take it back"), back, call=found, meta=meta, is_dangerous=True, note=note
    )
    return sheet.page(request, form)
