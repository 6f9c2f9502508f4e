"""Doors to the group chats of an institution."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Refused
from accord.outbox import operations, queries, rules
from accord.outbox.enums import ChatKind, DeliveryState, EndpointState
from accord.outbox.forms import ChatForm, delivery_chip, fault_words, system_chip, topic_name
from accord.outbox.views._asked import caution, institutions_of, mark_of, require_manager
from accord.outbox.views._tabs import tabs_of
from accord.people.queries import acting_person
from accord.ui.forms import form_page
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

CHATS = Table(
    name="chats",
    columns=(
        Column("name", _("Name"), sort="name", url=lambda one: reverse("outbox:chat", args=[one.pk])),
        Column("kind", _("Chat"), sort="kind", value="get_kind_display"),
        Column("institution", _("Institution"), sort="institution__key", value="institution.name"),
        Column("state", _("State"), sort="state", value=system_chip),
        Column("last_sent_at", _("Last told"), kind="moment", sort="last_sent_at"),
    ),
    filters=(
        Filter("kind", _("Chat"), choices=tuple((one.value, one.label) for one in ChatKind), lookup="kind"),
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in EndpointState), lookup="state"),
    ),
    search=("name",),
    default_sort="name",
    empty=Empty(
        _("No connected chats"), _("A group chat of WeCom, DingTalk, Feishu, Slack or Teams can be told what happens.")
    ),
)
LOG = Table(
    name="told",
    columns=(
        Column("topic", _("Topic"), sort="message__topic", value=lambda one: topic_name(one.message.topic)),
        Column("subject", _("Words"), value="message.subject"),
        Column("created", _("Happened"), kind="moment", sort="message__created_at", value="message.created_at"),
        Column("state", _("State"), sort="state", value=delivery_chip),
        Column("tries", _("Tries"), kind="number", sort="tries"),
        Column("last_error", _("What went wrong"), value=lambda one: fault_words(one.last_error)),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in DeliveryState), lookup="state"),
    ),
    empty=Empty(_("Nothing was told yet"), _("Send a trial to see whether the connection works.")),
)


@require_GET
@signed_in
def chats(request: Request) -> HttpResponseBase:
    """List the chats of the reader's institutions."""
    page = CHATS.page(request.GET, queries.chats_visible_to(request.actor))
    if page.format:
        return CHATS.export(page, filename="chats")
    may_add = bool(queries.institutions_to_connect(request.actor))
    return render(request, "outbox/chats.html", {"table": page, "may_add": may_add, "tabs": tabs_of(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def add_chat(request: Request) -> HttpResponse:
    """Connect a group chat by its robot's address."""
    form = ChatForm(request.POST or None, institutions=institutions_of(request), known=queries.topics_for_systems())
    if request.method == "POST" and form.is_valid():
        require_manager(request, form.cleaned_data["institution_id"])
        try:
            found = operations.add_chat(
                **form.cleaned_data,
                caution=caution(),
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("Connected. Send a trial to see whether it works."))
            return redirect("outbox:chat", pk=found.pk)
    return form_page(request, "outbox/add_chat.html", form)


@require_GET
@signed_in
def chat(request: Request, pk: int) -> HttpResponseBase:
    """Show one chat: what it was told, and what can be done."""
    found = queries.find_chat(request.actor, pk)
    page = LOG.page(request.GET, queries.chat_log_of(found))
    if page.format:
        return LOG.export(page, filename=f"chat-{pk}")
    context = {
        "chat": found,
        "table": page,
        "chip": system_chip(found),
        "mark": uuid4(),
        "topics": ", ".join(topic_name(code) for code in found.topics) or _("Everything"),
        "may_manage": rules.may_manage_systems(request.actor, found.institution_id),
    }
    return render(request, "outbox/chat.html", context)


def _managed(request: Request, pk: int) -> queries.ChatChannel:
    """Return a chat that the reader may manage."""
    found = queries.find_chat(request.actor, pk)
    require_manager(request, found.institution_id)
    return found


@require_POST
@signed_in
def pause_chat(request: Request, pk: int) -> HttpResponse:
    """Tell the chat nothing until it goes on."""
    operations.pause_chat(chat=_managed(request, pk))
    messages.success(request, _("Paused. What happens meanwhile is kept."))
    return redirect("outbox:chat", pk=pk)


@require_POST
@signed_in
def resume_chat(request: Request, pk: int) -> HttpResponse:
    """Tell the chat again."""
    operations.resume_chat(chat=_managed(request, pk))
    messages.success(request, _("It goes on. What was kept is told first."))
    return redirect("outbox:chat", pk=pk)


@require_POST
@signed_in
def ping_chat(request: Request, pk: int) -> HttpResponse:
    """Tell the chat that this is a trial."""
    found = _managed(request, pk)
    operations.ping_chat(chat=found, key=f"trial:{mark_of(request)}", at=clock.now(request.world))
    messages.success(request, _("The trial is on its way. Load this page again in a moment."))
    return redirect("outbox:chat", pk=pk)
