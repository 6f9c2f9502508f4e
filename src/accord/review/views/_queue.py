"""Doors of reviewers to their queue: what they are to review, their conflicts, their bids."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Refused
from accord.review import operations, queries
from accord.review.enums import Mode
from accord.review.forms import QUEUE, BidsForm, RelationForm, StatementForm
from accord.review.queries import Panelist
from accord.review.views._ground import blame, by_and_at, notes_of
from accord.ui.forms import form_page

FORM = "review/queue_form.html"


@require_GET
@signed_in
def queue(request: Request) -> HttpResponseBase:
    """Show what waits for a reviewer: invitations, statements, bids, and items to review, the latest first."""
    now = clock.now(request.world)
    page = QUEUE.page(request.GET, queries.own_queue(request.actor))
    if page.format:
        return QUEUE.export(page, filename="my-reviews", notes=notes_of(request))
    seats = list(queries.seats_with_work(request.actor))
    _note_titles(request, page.records)
    context = {
        "table": page,
        "now": now,
        "invitations": list(queries.invitations_of(request.actor)),
        "unstated": [one for one in seats if one.stated_at is None or getattr(one, "has_new", False)],
        "bidding": [one for one in seats if getattr(one, "unbid", 0)],
        "seats": seats,
        **_counts(request, now),
    }
    return render(request, "review/queue.html", context)


def _note_titles(request: Request, records: Any) -> None:
    """Say whose names the titles of items may have shown."""
    shown = queries.people_of_items([one.item for one in records])
    people = {one.person_id for each in shown.values() for one in each if one.person_id is not None}
    people_shown(request.actor, people, clock.now(request.world))


def _counts(request: Request, now: Any) -> dict[str, Any]:
    """Return how much is left, how much of it is late, and where to go on."""
    left = queries.own_queue(request.actor).filter(review__submitted_at=None, item__panel__closed_at=None)
    rows = list(left.values_list("pk", "due_at"))
    return {
        "left": len(rows),
        "late": sum(1 for _pk, due in rows if due < now),
        "following": rows[0][0] if rows else None,
    }


@require_http_methods(["GET", "POST"])
@signed_in
def statement(request: Request, pk: int) -> HttpResponse:
    """Let a reviewer state what they must not judge, or that there is nothing; then the files open."""
    seat = queries.seat_for(request.actor, pk)
    items = list(queries.items_to_state(seat))
    form = StatementForm(request.POST or None, items=[one for one in items if not getattr(one, "is_declared", False)])
    if request.method == "POST" and form.is_valid():
        try:
            _state(request, seat, {one.pk: one for one in items}, form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Your statement is kept. The items assigned to you now open."))
            return redirect("review:queue")
    people = queries.people_of_items(items)
    context = {
        "seat": seat,
        "panel": seat.panel,
        "is_blind": queries.is_blind(seat.panel),
        "declared": [one for one in items if getattr(one, "is_declared", False)],
        "concerned": [(one, people[one.pk]) for one in items if people.get(one.pk)],
    }
    _note_people(request, people)
    return form_page(request, "review/queue_statement.html", form, context)


def _note_people(request: Request, people: dict[int, list[Any]]) -> None:
    shown = {one.person_id for each in people.values() for one in each if one.person_id is not None}
    people_shown(request.actor, shown, clock.now(request.world))


def _state(request: Request, seat: Panelist, items: dict[int, Any], given: dict[str, Any]) -> None:
    """Keep what was ticked, then that there is nothing else."""
    for pk in given.get("items") or ():
        operations.declare_conflict(panelist=seat, item=items[pk], reason=given["reason"], **by_and_at(request))
    operations.declare_none(panelist=seat, **by_and_at(request))


@require_http_methods(["GET", "POST"])
@signed_in
def relation(request: Request, pk: int) -> HttpResponse:
    """Let a reviewer name somebody whom they must not judge; all their panels look for that person at once."""
    seat = queries.seat_for(request.actor, pk)
    form = RelationForm(request.POST or None)
    back = reverse("review:statement", args=[seat.pk])
    if request.method == "POST" and form.is_valid():
        who = by_and_at(request)
        try:
            operations.declare_relation(person=who["by"], **form.cleaned_data, **who)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("It is kept. What concerns them is not assigned to you."))
            return redirect(back)
    context = {
        "heading": _("Name somebody whom you must not judge"),
        "hint": _("Family, people you write, work or do business with, or whom you supervised. No applicant sees it."),
        "act": _("Keep the name"),
        "up": (_("Conflicts of interest"), back),
    }
    return form_page(request, FORM, form, context)


@require_http_methods(["GET", "POST"])
@signed_in
def bids(request: Request, pk: int) -> HttpResponse:
    """Let a reviewer say how much they would like to review each item of a panel."""
    seat = queries.seat_for(request.actor, pk)
    items = list(queries.items_to_bid_for(seat))
    form = BidsForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            _bid(request, seat, items, form.bids())
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Your wishes are kept. The assignment takes them into account."))
            return redirect("review:queue")
    context = {
        "seat": seat,
        "panel": seat.panel,
        "lines": [
            {"item": one, "title": _title(one), "words": queries.words_of(one), "field": form[f"bid_{one.pk}"]}
            for one in items
        ],
    }
    if seat.panel.mode != Mode.DOUBLE:
        _note_people(request, queries.people_of_items(items))
    return form_page(request, "review/queue_bids.html", form, context)


def _bid(request: Request, seat: Panelist, items: list[Any], wanted: dict[int, int | None]) -> None:
    """Keep what changed."""
    changed = [one for one in items if wanted.get(one.pk) != one.bid]
    who = by_and_at(request) if changed else {}
    for one in changed:
        operations.place_bid(panelist=seat, item=one, value=wanted.get(one.pk), **who)


def _title(item: Any) -> Any:
    """Return an item's title where the mode allows one."""
    title = queries.title_for_reviewer(item)
    return "" if str(title) == item.code else title
