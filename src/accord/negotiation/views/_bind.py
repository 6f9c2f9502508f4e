"""Doors that bind a party: approving the text in review, and signing what all approved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, NegotiationKind, NegotiationState
from accord.negotiation.forms import ApproveForm, SignForm
from accord.negotiation.queries import NegotiationParty, TextVersion
from accord.negotiation.views._room import Room, enter
from accord.people.queries import acting_person
from accord.ui.forms import form_page


@require_http_methods(["GET", "POST"])
@signed_in
def approve(request: Request, key: str) -> HttpResponse:
    """Show the text in review with what changed and what it does; approve it by its digest."""
    room = enter(request, key)
    party = room.require_party(Act.APPROVE)
    form = ApproveForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _approve_page(request, room, party)
    answers = form.cleaned_data
    try:
        operations.approve(
            negotiation=room.negotiation,
            party=party,
            by=acting_person(request.actor),
            at=clock.now(request.world),
            **answers,
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        read = queries.text_by_digest(room.negotiation, answers["digest"])
        return _approve_page(request, enter(request, key), party, read=read, refused=refused)
    messages.success(request, _("Approved. The others are told, and your approval holds for this version alone."))
    return redirect("negotiation:negotiation", key=key)


def _approve_page(
    request: Request,
    room: Room,
    party: NegotiationParty,
    *,
    read: TextVersion | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """Return the page on which a text is approved; after a refusal with what changed since it was read."""
    if room.latest is None:
        raise NotThere(_("No text has been put forward yet. The coordinator is still drafting."))
    impact = queries.impact_of(room.negotiation, room.latest, day=clock.today(request.world))
    since = read or queries.text_approved_before(room.negotiation, party, room.latest)
    has_changed = read is not None and read != room.latest
    context = {
        "room": room,
        "negotiation": room.negotiation,
        "party": party,
        "text": room.latest,
        "content": queries.content_of_text(room.latest),
        "impact": impact,
        "since": since if since != room.latest else None,
        "changes": queries.text_differences(since, room.latest) if since != room.latest else (),
        "form": None,
        "hidden": ApproveForm(initial={"digest": room.latest.digest, "impact_digest": impact.digest}),
        "why_not": room.why_not(Act.APPROVE),
        "has_approved": party.pk in room.course.approved,
        "refused": refused,
        "has_changed": has_changed,
        "is_amendment": room.negotiation.kind == NegotiationKind.AMENDMENT,
    }
    return render(request, "negotiation/approve.html", context, status=refused.status if refused else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def sign(request: Request, key: str) -> HttpResponse:
    """Enter who signed for a party, when and where; the last signature brings the agreement into force."""
    room = enter(request, key)
    party = room.require_party(Act.SIGN)
    if room.latest is None:
        raise NotThere(_("No text has been put forward yet. The coordinator is still drafting."))
    form = SignForm(request.POST or None, initial={"digest": room.latest.digest})
    if request.method == "POST" and form.is_valid():
        try:
            operations.sign(
                negotiation=room.negotiation,
                party=party,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **form.cleaned_data,
            )
        except (NotAllowed, NotThere):
            raise
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return _signed(request, key)
    stands = queries.stands_of(room.parties, room.latest)
    context: dict[str, Any] = {
        "room": room,
        "negotiation": room.negotiation,
        "party": party,
        "text": room.latest,
        "stands": stands,
        "is_last": room.course.signing - room.course.signed == {party.pk},
        "why_not": room.why_not(Act.SIGN),
        "has_signed": party.pk in room.course.signed,
    }
    return form_page(request, "negotiation/sign.html", form, context)


def _signed(request: Request, key: str) -> HttpResponse:
    """Go to the agreement's board where all have signed, else back to the negotiation."""
    found = queries.find_negotiation(request.actor, key)
    if found.state == NegotiationState.SIGNED and found.result is not None:
        messages.success(request, _("Signed by all. The agreement is in force, and this is its board."))
        return redirect("measures:board", key=found.result.key)
    messages.success(request, _("Signed. The others are told; the last signature brings it into force."))
    return redirect("negotiation:negotiation", key=key)
