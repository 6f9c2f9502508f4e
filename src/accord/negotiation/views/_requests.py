"""Doors to requested changes: asking at a place, replying, and the coordinator's answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, RequestState
from accord.negotiation.forms import REQUESTS, AcceptForm, AskForm, DeclineForm, ReplyForm, request_chip
from accord.negotiation.queries import ChangeRequest
from accord.negotiation.views._room import Room, enter
from accord.people.queries import acting_person
from accord.ui.forms import Form, form_page


@require_GET
@signed_in
def requests(request: Request, key: str) -> HttpResponseBase:
    """List every requested change of a negotiation."""
    negotiation = queries.find_negotiation(request.actor, key)
    page = REQUESTS.page(request.GET, queries.requests_of(negotiation))
    if page.format:
        return REQUESTS.export(page, filename=f"{key}-requests")
    return render(request, "negotiation/requests.html", {"room": {"negotiation": negotiation}, "table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def ask(request: Request, key: str, number: int) -> HttpResponse:
    """Ask for a change at one place of the text in review."""
    room = enter(request, key)
    text = queries.find_text(room.negotiation, number)
    party = room.require_party(Act.ASK)
    content = queries.content_of_text(text)
    place = request.GET.get("at", "head")
    if not content.has_place(place):
        raise NotThere(_("This version has no such place."))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = operations.ask_for_change(
                text=text,
                party=party,
                place=place,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("Asked. The coordinator answers, and you are told."))
            return redirect("negotiation:request", key=key, pk=asked.pk)
    context = {"room": room, "text": text, "place": queries.shown_place(content, place), "why": room.why_not(Act.ASK)}
    return form_page(request, "negotiation/ask.html", form, context)


@require_GET
@signed_in
def request(request: Request, key: str, pk: int) -> HttpResponse:
    """Show a requested change with replies and the answer."""
    room = enter(request, key)
    return _request_page(request, room, queries.find_request(room.negotiation, pk))


@require_POST
@signed_in
def reply(request: Request, key: str, pk: int) -> HttpResponse:
    """Reply to a requested change."""
    room = enter(request, key)
    found = queries.find_request(room.negotiation, pk)
    form = ReplyForm(request.POST)
    party = room.require_party(Act.REPLY)
    if form.is_valid():
        try:
            operations.reply(
                request=found,
                party=party,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return redirect("negotiation:request", key=key, pk=pk)
    return _request_page(request, room, found, {"reply_form": form, "form": form}, status=422)


@require_POST
@signed_in
def accept(request: Request, key: str, pk: int) -> HttpResponse:
    """Accept a requested change, with its wording or without."""
    room = enter(request, key)
    form = AcceptForm(request.POST)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        row_version = answers.pop("row_version") if answers.pop("take_over") else None
        answers.pop("row_version", None)
        return _decide(
            request, room, pk, form, operations.accept_request, {**answers, "row_version": row_version}, _("Accepted.")
        )
    return _request_page(request, room, queries.find_request(room.negotiation, pk), {"form": form}, status=422)


@require_POST
@signed_in
def decline(request: Request, key: str, pk: int) -> HttpResponse:
    """Decline a requested change with a reason."""
    room = enter(request, key)
    form = DeclineForm(request.POST)
    if form.is_valid():
        done = _("Declined. The party that asked reads your reason.")
        return _decide(request, room, pk, form, operations.decline_request, dict(form.cleaned_data), done)
    found = queries.find_request(room.negotiation, pk)
    return _request_page(request, room, found, {"form": form, "decline_form": form}, status=422)


@require_POST
@signed_in
def take_back(request: Request, key: str, pk: int) -> HttpResponse:
    """Take one's own request back."""
    room = enter(request, key)
    found = queries.find_request(room.negotiation, pk)
    party = next((one for one in room.mine if one.pk == found.party_id), None)
    if party is None:
        raise NotAllowed(_("Only the party that asked can take a request back."))
    operations.take_back_request(
        request=found, party=party, by=acting_person(request.actor), at=clock.now(request.world)
    )
    messages.success(request, _("Taken back. It stays readable."))
    return redirect("negotiation:request", key=key, pk=pk)


def _decide(
    request: Request, room: Room, pk: int, form: Form, operation: Any, answers: dict[str, Any], done: Any
) -> HttpResponse:
    """Answer a requested change, or show it again with what stands against it."""
    if not room.may_draft:
        raise NotAllowed(_("The coordinator answers requested changes."))
    found = queries.find_request(room.negotiation, pk)
    try:
        operation(request=found, by=acting_person(request.actor), at=clock.now(request.world), **answers)
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        fresh = queries.find_request(room.negotiation, pk)
        return _request_page(request, room, fresh, {"form": form}, status=refused.status)
    messages.success(request, str(done))
    return redirect("negotiation:request", key=room.negotiation.key, pk=pk)


def _request_page(
    request: Request, room: Room, found: ChangeRequest, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the page of one requested change with what is open to the reader."""
    content = queries.content_of_text(found.text)
    row = queries.draft_row(room.negotiation, found.place) if room.may_draft else None
    is_open = found.state == RequestState.OPEN
    initial = {"version": found.version}
    base = {
        "room": room,
        "asked": found,
        "chip": request_chip(found),
        "place": queries.shown_place(content, found.place),
        "replies": queries.replies_of(found),
        "may_reply": room.may(Act.REPLY),
        "may_decide": is_open and room.may(Act.DECIDE),
        "may_take_back": is_open and room.course.is_open and found.party_id in {one.pk for one in room.mine},
        "reply_form": ReplyForm(),
        "accept_form": AcceptForm(initial={**initial, "row_version": row.version if row else None}),
        "decline_form": DeclineForm(initial=initial),
        "row": row,
        "changes": queries.wording_change(row, found) if row and is_open else (),
        "form": None,
    }
    return render(request, "negotiation/request.html", {**base, **(context or {})}, status=status)
