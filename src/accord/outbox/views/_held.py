"""Doors to letters that are held back: read every one, then let them go or call them off."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.outbox import operations, queries, rules
from accord.outbox.forms import BATCHES, LETTERS, batch_chip
from accord.outbox.views._tabs import tabs_of
from accord.people.queries import acting_person

OFFICERS_ONLY = _("Only partnership officers of the institution let these letters go. Ask one of them.")


@require_GET
@signed_in
def batches(request: Request) -> HttpResponseBase:
    """List the batches of the reader's institutions."""
    page = BATCHES.page(request.GET, queries.batches_visible_to(request.actor))
    if page.format:
        return BATCHES.export(page, filename="held-letters")
    return render(request, "outbox/batches.html", {"table": page, "tabs": tabs_of(request)})


@require_GET
@signed_in
def batch(request: Request, pk: int) -> HttpResponseBase:
    """Show every letter of a batch, and what can be done with it."""
    held = queries.find_batch(request.actor, pk)
    page = LETTERS.page(request.GET, queries.letters_of(held))
    if page.format:
        return LETTERS.export(page, filename="held-letters")
    context = {
        "batch": held,
        "table": page,
        "chip": batch_chip(held),
        "may_decide": queries.is_open(held) and rules.may_release_held(request.actor, held),
    }
    return render(request, "outbox/batch.html", context)


@require_POST
@signed_in
def release_batch(request: Request, pk: int) -> HttpResponse:
    """Let every letter of a batch go."""
    held = queries.find_batch(request.actor, pk)
    if not rules.may_release_held(request.actor, held):
        raise NotAllowed(OFFICERS_ONLY)
    try:
        operations.release_held(batch=held, by=acting_person(request.actor), at=clock.now(request.world))
    except operations.OwnLetters as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Released. The letters leave as each reader wishes."))
    return redirect("outbox:batch", pk=pk)


@require_POST
@signed_in
def cancel_batch(request: Request, pk: int) -> HttpResponse:
    """Call a batch off."""
    held = queries.find_batch(request.actor, pk)
    if not rules.may_release_held(request.actor, held):
        raise NotAllowed(OFFICERS_ONLY)
    operations.cancel_held(batch=held, by=acting_person(request.actor), at=clock.now(request.world))
    messages.success(request, _("Called off. Nothing of it is sent."))
    return redirect("outbox:batch", pk=pk)
