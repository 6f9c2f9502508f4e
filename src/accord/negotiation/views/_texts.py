"""Doors to the texts that were put forward: reading one, its file, and what differs between two."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accord.kernel.access import Request, signed_in
from accord.negotiation import queries
from accord.negotiation.enums import Act, NegotiationKind
from accord.negotiation.views._room import enter


@require_GET
@signed_in
def text(request: Request, key: str, number: int) -> HttpResponse:
    """Show a text as it was put forward, with the changes that were requested at each place."""
    room = enter(request, key)
    found = queries.find_text(room.negotiation, number)
    content = queries.content_of_text(found)
    asked = queries.by_place(list(queries.requests_of(room.negotiation)))
    context = {
        "room": room,
        "negotiation": room.negotiation,
        "text": found,
        "content": content,
        "head_requests": asked.get("head", []),
        "promises": [(one, asked.get(one.place, [])) for one in content.promises],
        "clauses": [(one, asked.get(one.place, [])) for one in content.clauses],
        "numbers": range(1, room.course.latest + 1),
        "is_latest": number == room.course.latest,
        "why_not_ask": room.why_not(Act.ASK),
        "may_approve": number == room.course.latest and room.may(Act.APPROVE),
    }
    return render(request, "negotiation/text.html", context)


@require_GET
@signed_in
def text_file(request: Request, key: str, number: int) -> HttpResponse:
    """Answer the canonical text, byte for byte what the digest is of."""
    room = enter(request, key)
    found = queries.find_text(room.negotiation, number)
    return HttpResponse(
        found.text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{key}-version-{number}.yaml"'},
    )


@require_GET
@signed_in
def difference(request: Request, key: str, number: int, other: int) -> HttpResponse:
    """Show what differs between two texts, place by place; `other` 0 is the agreement that is amended, or nothing."""
    room = enter(request, key)
    new = queries.find_text(room.negotiation, number)
    old = queries.find_text(room.negotiation, other) if other else None
    is_amendment = room.negotiation.kind == NegotiationKind.AMENDMENT
    context = {
        "room": room,
        "negotiation": room.negotiation,
        "new": new,
        "old": old,
        "before": _("the agreement as signed") if is_amendment else _("nothing"),
        "places": queries.text_differences(old, new),
        "numbers": range(1, room.course.latest + 1),
    }
    return render(request, "negotiation/difference.html", context)
