"""Doors to a record's history: the list, one change, the record as it stood, and the way back."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from accord.history import operations, queries, rules
from accord.history.forms import changes, named
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.records import follow
from accord.kernel.refused import Clash
from accord.people.queries import acting_person
from accord.ui.forms import read_day
from accord.ui.parts import Description, Item


@require_GET
@signed_in
def history(request: Request, record: str) -> HttpResponseBase:
    """List what happened to a record and its parts, latest first, a line for each field."""
    shown = follow(request.actor, record)
    made = queries.history_of(queries.subject_of(record))
    table = changes(record, made)
    page = table.page(request.GET, queries.lines_of(made))
    if page.format:
        return table.export(page, filename=f"history-{record.replace(':', '-')}")
    return render(request, "history/history.html", {"record": record, "shown": shown, "table": page})


@require_GET
@signed_in
def change(request: Request, record: str, part: str, event: int) -> HttpResponse:
    """Show one change: every field, who, for whom, when, by which request; and undo it where that is honest."""
    shown = follow(request.actor, record)
    subject = queries.subject_of(record)
    found = queries.find_change(subject, part, event)
    undoing = queries.undoing(subject, part, event)
    context: dict[str, Any] = {
        "record": record,
        "shown": shown,
        "change": found,
        "what": named(found),
        "facts": _facts(found),
        "may_undo": rules.may_undo(shown) and not undoing.reason,
        "reason": undoing.reason or ("" if rules.may_undo(shown) else _("Only those who may change it may undo it.")),
        "moment": found.at.isoformat(),
    }
    return render(request, "history/change.html", context)


def _facts(change: queries.Change) -> Description:
    pairs = (
        (_("Who"), change.who),
        (_("On behalf of"), change.for_whom),
        (_("Page"), change.door),
        (_("Request"), change.request),
        (_("Event"), f"{change.part} {change.event}"),
    )
    return Description([Item(term, value) for term, value in pairs if value])


@require_POST
@signed_in
def undo(request: Request, record: str, part: str, event: int) -> HttpResponse:
    """Undo one change."""
    try:
        operations.undo_change(
            actor=request.actor,
            record=record,
            part=part,
            event=event,
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except (operations.CannotBeUndone, Clash) as refused:
        messages.error(request, str(refused))
        return redirect("history:change", record=record, part=part, event=event)
    messages.success(request, _("Undone. The undo stands in the history as well."))
    return redirect("history:history", record=record)


@require_GET
@signed_in
def as_it_stood(request: Request, record: str) -> HttpResponse:
    """Show the record with its parts as Accord held it at a moment."""
    shown = follow(request.actor, record)
    moment, is_known = _moment(request.GET.get("moment", "").strip())
    context = {
        "record": record,
        "shown": shown,
        "moment": moment,
        "is_known": is_known,
        "then": queries.as_it_stood(queries.subject_of(record), moment),
    }
    return render(request, "history/as_it_stood.html", context)


def _moment(text: str) -> tuple[datetime, bool]:
    """Return the moment that was asked for, and whether it could be read: a moment, or a day (its end)."""
    try:
        moment = parse_datetime(text.replace(" ", "+")) if "T" in text else None
    except ValueError:
        moment = None
    if moment is not None:
        return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)), True
    day = read_day(text) if text else None
    if day is not None:
        return clock.end_of(day), True
    return clock.now(), not text
