"""Doors to the draft: what it says, what is still missing, and putting it forward."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, Refused
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, NegotiationKind
from accord.negotiation.forms import HeadForm, PutForwardForm
from accord.negotiation.views._room import Room, enter_draft
from accord.people.queries import acting_person
from accord.ui.editing import editing
from accord.ui.forms import form_page

HEAD = ("title", "summary", "starts_on", "ends_on", "review_on", "notice_days")


@require_GET
@signed_in
def draft(request: Request, key: str) -> HttpResponse:
    """Show the draft: head, clauses with the checklist, promises, and what is still missing."""
    room = enter_draft(request, key)
    whole = queries.draft_of(room.negotiation)
    composed = queries.compose(whole)
    is_amendment = room.negotiation.kind == NegotiationKind.AMENDMENT
    base = whole.base if is_amendment else None
    context = {
        "room": room,
        "negotiation": room.negotiation,
        "draft": whole,
        "content": queries.content_of(composed.file, base),
        "composed": composed,
        "problems": [(one, place_url(room, one.place)) for one in composed.errors],
        "advice": [(one, place_url(room, one.place)) for one in composed.advice],
        "checklist": queries.checklist(composed.file),
        "is_amendment": is_amendment,
        "may_edit": room.may(Act.EDIT),
        "why_not": room.why_not(Act.PUT_FORWARD),
        "is_put_forward": room.latest is not None and room.latest.digest == composed.digest,
        "requests": queries.by_place(queries.open_requests(room.negotiation)),
    }
    return render(request, "negotiation/draft.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def head(request: Request, key: str) -> HttpResponse:
    """Change what the draft says of the agreement as a whole."""
    room = enter_draft(request, key)
    found = queries.head_of(room.negotiation)
    values = {name: getattr(found, name) for name in HEAD}
    edit = editing(request, HeadForm, initial=values, version=found.version, purpose=f"draft-head:{found.pk}")
    if edit.ready:
        try:
            operations.change_head(
                negotiation=room.negotiation,
                wording=operations.HeadWording(**edit.answers),
                version=edit.version,
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Clash:
            fresh = queries.head_of(room.negotiation)
            theirs = {name: getattr(fresh, name) for name in HEAD}
            back = reverse("negotiation:draft", args=[key])
            return edit.clash(
                thing=fresh.title, theirs=theirs, version=fresh.version, url=back, record=f"draft-head:{fresh.pk}"
            )
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("Saved in the draft."))
            return redirect("negotiation:draft", key=key)
    context = {"room": room, "heading": _("The agreement as a whole"), "reason": room.why_not(Act.EDIT)}
    return edit.page("negotiation/edit.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def put_forward(request: Request, key: str) -> HttpResponse:
    """Show what would be put forward and what changed since the last text; put it forward by its digest."""
    room = enter_draft(request, key)
    form = PutForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = operations.put_forward(
                negotiation=room.negotiation,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Version %(number)s is in review. The parties are told.") % {"number": text.number}
            )
            return redirect("negotiation:text", key=key, number=text.number)
    return form_page(request, "negotiation/put_forward.html", form, _put_forward_context(request, room, form))


def _put_forward_context(request: Request, room: Room, form: PutForwardForm) -> dict[str, Any]:
    """Return what is shown before the draft is put forward; the form carries the digest of what is shown."""
    whole = queries.draft_of(room.negotiation)
    composed = queries.compose(whole)
    if not form.is_bound:
        form.initial["digest"] = composed.digest
    return {
        "room": room,
        "negotiation": room.negotiation,
        "composed": composed,
        "problems": [(one, place_url(room, one.place)) for one in composed.errors],
        "places": queries.draft_differences(room.negotiation, room.latest, composed),
        "impact": queries.impact_of_file(room.negotiation, composed.file, day=clock.today(request.world)),
        "number": room.course.latest + 1,
        "is_same": room.latest is not None and room.latest.digest == composed.digest,
        "why_not": room.why_not(Act.PUT_FORWARD),
        "approved": len(room.course.approved),
    }


def place_url(room: Room, place: str) -> str:
    """Return the page that mends a place of the draft."""
    kind, _colon, name = place.partition(":")
    key = room.negotiation.key
    if kind in {"clause", "promise"} and name:
        return reverse(f"negotiation:{kind}", args=[key, name])
    if kind in {"clauses", "promises"}:
        return reverse(f"negotiation:new-{kind.removesuffix('s')}", args=[key])
    return reverse("negotiation:parties" if kind == "parties" else "negotiation:head", args=[key])
