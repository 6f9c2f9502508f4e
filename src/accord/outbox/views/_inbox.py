"""Doors to the inbox: the list, one notice, read and unread."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.outbox import operations, queries
from accord.outbox.forms import notice_chip, notices, topic_name
from accord.outbox.views._tabs import tabs_of
from accord.people.queries import acting_person


@require_GET
@signed_in
def inbox(request: Request) -> HttpResponseBase:
    """List what reached the reader."""
    table = notices()
    page = table.page(request.GET, queries.inbox_of(request.actor))
    if page.format:
        return table.export(page, filename="notices")
    return render(
        request,
        "outbox/inbox.html",
        {"table": page, "unread": queries.unread_count(request.actor), "tabs": tabs_of(request)},
    )


@require_POST
@signed_in
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read."""
    count = operations.mark_all_read(by=acting_person(request.actor), at=clock.now(request.world))
    said = ngettext("%(count)s notice marked as read.", "%(count)s notices marked as read.", count)
    messages.success(request, said % {"count": count})
    return redirect("outbox:inbox")


@require_GET
@signed_in
def notice(request: Request, pk: int) -> HttpResponse:
    """Show one notice."""
    note = queries.find_note(request.actor, pk)
    context = {"note": note, "topic": topic_name(note.message.topic), "chip": notice_chip(note)}
    return render(request, "outbox/notice.html", context)


@require_POST
@signed_in
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about; back to the inbox where it leads nowhere."""
    note = operations.mark_read(note=queries.find_note(request.actor, pk), at=clock.now(request.world))
    url = note.message.url
    leads = bool(url) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return redirect(url if leads and "stay" not in request.POST else reverse("outbox:inbox"))


@require_POST
@signed_in
def unread_notice(request: Request, pk: int) -> HttpResponse:
    """Put a notice back among the unread ones."""
    operations.mark_unread(note=queries.find_note(request.actor, pk))
    return redirect("outbox:inbox")
