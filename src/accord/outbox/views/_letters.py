"""Doors to the mail that leaves, for stewards; in a demo world everybody reads their own."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed
from accord.outbox import operations, queries, rules
from accord.outbox.enums import DeliveryState, MessageKind
from accord.outbox.forms import delivery_chip, fault_words, topic_name, tries_of
from accord.outbox.views._tabs import tabs_of
from accord.ui.parts import Empty
from accord.ui.tables import Column, Filter, Table

STEWARDS_ONLY = _("Only stewards see what is mailed. Ask one of them.")


def _kind(mail: Any) -> str:
    """Return what a mail is: its topic, or that another part wrote it."""
    return topic_name(mail.message.topic) if mail.message.topic else str(MessageKind(mail.message.kind).label)


LETTERS = Table(
    name="letters",
    columns=(
        Column(
            "subject",
            _("Subject"),
            value="message.subject",
            url=lambda mail: reverse("outbox:letter", args=[mail.pk]),
        ),
        Column("to", pgettext_lazy("mail", "To"), sort="address", value="address"),
        Column("kind", _("Kind"), value=_kind),
        Column("due_at", _("Leaves"), kind="moment", sort="due_at"),
        Column("state", _("State"), value=delivery_chip, sort="state"),
        Column("last_error", _("What went wrong"), value=lambda one: fault_words(one.last_error), hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in DeliveryState), lookup="state"),
        Filter("since", _("Since"), kind="day", lookup="message__created_at__date__gte"),
    ),
    search=("address", "message__subject__en", "message__subject__zh-hans"),
    empty=Empty(_("No letters yet"), _("What Accord mails to people stands here, and whether it arrived.")),
)
STOPPED = Table(
    name="stopped",
    columns=(
        Column("address", pgettext_lazy("mail", "Address"), sort="address"),
        Column("reason", _("Reason"), value="get_reason_display"),
        Column("detail", _("Detail")),
        Column("suppressed_at", _("Since"), kind="moment", sort="suppressed_at"),
    ),
    search=("address",),
    empty=Empty(_("Every address takes mail"), _("Addresses that a mail server refused for good stand here.")),
)


@require_GET
@signed_in
def letters(request: Request) -> HttpResponseBase:
    """List the mails, with where each stands."""
    is_demo, is_steward = request.world.is_demo, rules.may_read_letters(request.actor)
    if not (is_demo or is_steward):
        raise NotAllowed(STEWARDS_ONLY)
    page = LETTERS.page(request.GET, queries.letters_visible_to(request.actor, is_demo=is_demo))
    if page.format:
        return LETTERS.export(page, filename="letters")
    leaves = bool(settings.EMAIL_HOST) and not is_demo
    context = {"table": page, "leaves": leaves, "is_demo": is_demo, "is_steward": is_steward, "tabs": tabs_of(request)}
    return render(request, "outbox/letters.html", context)


@require_GET
@signed_in
def letter(request: Request, pk: int) -> HttpResponse:
    """Show one mail and every try; its words only where nothing is mailed, since they may hold a link that opens."""
    mail = queries.find_letter(request.actor, pk, is_demo=request.world.is_demo)
    stays_here = request.world.is_demo or not settings.EMAIL_HOST
    context = {
        "mail": mail,
        "chip": delivery_chip(mail),
        "kind": _kind(mail),
        "attempts": tries_of(mail),
        "fault": fault_words(mail.last_error),
        "is_letter": mail.message.kind == MessageKind.LETTER,
        "words": (mail.message.letter or {}).get("body", "") if stays_here else "",
    }
    return render(request, "outbox/letter.html", context)


@require_GET
@signed_in
def suppressions(request: Request) -> HttpResponseBase:
    """List the addresses to which no notices are mailed."""
    if not rules.may_read_letters(request.actor):
        raise NotAllowed(STEWARDS_ONLY)
    found = queries.suppressions()
    page = STOPPED.page(request.GET, found)
    if page.format:
        return STOPPED.export(page, filename="stopped-addresses")
    return render(request, "outbox/suppressions.html", {"table": page, "latest": list(found[:20])})


@require_POST
@signed_in
def lift_suppression(request: Request, pk: int) -> HttpResponse:
    """Mail notices to an address again."""
    if not rules.may_read_letters(request.actor):
        raise NotAllowed(STEWARDS_ONLY)
    operations.lift_suppression(suppression=queries.find_suppression(pk))
    messages.success(request, _("The address takes mail again."))
    return redirect("outbox:suppressions")
