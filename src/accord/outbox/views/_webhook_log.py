"""Doors to what one system was told: one post with every try, and telling it again."""

from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.outbox import operations, queries, rules
from accord.outbox.forms import SinceForm, delivery_chip, fault_words, topic_name, tries_of
from accord.outbox.views._asked import require_manager


@require_GET
@signed_in
def endpoint_post(request: Request, pk: int, post: int) -> HttpResponse:
    """Show one post: what was said, every try and its answer."""
    endpoint = queries.find_endpoint(request.actor, pk)
    delivery = queries.find_post(endpoint, post)
    context = {
        "endpoint": endpoint,
        "post": delivery,
        "topic": topic_name(delivery.message.topic),
        "chip": delivery_chip(delivery),
        "body": operations.posted_text(delivery),
        "webhook_id": operations.webhook_id(delivery),
        "attempts": tries_of(delivery),
        "fault": fault_words(delivery.last_error),
        "may_replay": queries.has_ended(delivery) and rules.may_manage_systems(request.actor, endpoint.institution_id),
    }
    return render(request, "outbox/post.html", context)


@require_POST
@signed_in
def replay_post(request: Request, pk: int, post: int) -> HttpResponse:
    """Post one thing again."""
    endpoint = queries.find_endpoint(request.actor, pk)
    require_manager(request, endpoint.institution_id)
    operations.replay(delivery=queries.find_post(endpoint, post), at=clock.now(request.world))
    messages.success(request, _("It is posted again, under the same webhook-id."))
    return redirect("outbox:post", pk=pk, post=post)


@require_POST
@signed_in
def replay_since(request: Request, pk: int) -> HttpResponse:
    """Post again everything since a day that was not taken."""
    endpoint = queries.find_endpoint(request.actor, pk)
    require_manager(request, endpoint.institution_id)
    form = SinceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter a day such as 30 Sep 2019, and press again."))
        return redirect("outbox:endpoint", pk=pk)
    since = datetime.combine(form.cleaned_data["since"], time.min, tzinfo=UTC)
    count = operations.replay_since(endpoint=endpoint, since=since, at=clock.now(request.world))
    said = ngettext("%(count)s post goes out again.", "%(count)s posts go out again.", count)
    messages.success(request, said % {"count": count})
    return redirect("outbox:endpoint", pk=pk)
