"""Requests about data: ask, follow, take back; for stewards the queue with its clock, and the answer."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.kernel.text import EN
from accord.people.queries import acting_person, person_among, present_persons
from accord.privacy import operations, queries, rules
from accord.privacy.enums import Channel, RequestKind, RequestState
from accord.privacy.forms import DecisionForm, ReceivedForm, RequestForm
from accord.privacy.views._tabs import oneself, tabs_of
from accord.ui.forms import form_page
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

TONES = {
    RequestState.OPEN: Tone.WARY,
    RequestState.GRANTED: Tone.DONE,
    RequestState.PARTLY: Tone.GOOD,
    RequestState.REFUSED: Tone.BAD,
    RequestState.WITHDRAWN: Tone.MUTE,
}
LATE = pgettext_lazy("privacy", "Overdue")


def chip_of(row: Any) -> State:
    """Return where a request stands, as a chip; overdue ones say so."""
    if row.is_late:
        return State(Tone.MISSED, LATE)
    return State(TONES[RequestState(row.state)], RequestState(row.state).label)


REQUESTS = Table(
    name="data-requests",
    columns=(
        Column(
            "kind",
            _("What is asked"),
            sort="kind",
            value="get_kind_display",
            url=lambda row: reverse("privacy:request", args=[row.pk]),
        ),
        Column("person", _("Person"), sort="person__sort_key", value="person.name"),
        Column("received_at", _("Received"), kind="moment", sort="received_at"),
        Column("due_on", _("Answer until"), kind="day", sort="due_on"),
        Column("state", _("State"), kind="state", value=chip_of),
        Column("decided_at", _("Answered"), kind="moment", sort="decided_at"),
        Column("channel", _("How it came"), value="get_channel_display", hidden=True),
        Column("decided_by", _("Answered by"), value="decided_by.name", hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=(*RequestState.choices, ("late", LATE)), lookup="standing"),
        Filter("kind", _("What is asked"), choices=tuple(RequestKind.choices)),
    ),
    search=("person__name__en", "person__name__zh-hans"),
    default_sort="-received_at",
    empty=Empty(
        _("Nothing was asked yet"), _("What people ask of their data stands here, with the day of the answer.")
    ),
)


@require_GET
@signed_in
def requests(request: Request) -> HttpResponseBase:
    """List the requests: one's own, for stewards those of everybody."""
    if not (rules.may_decide(request.actor) or rules.may_ask(request.actor)):
        oneself(request)
    page = REQUESTS.page(request.GET, queries.requests_visible_to(request.actor, on=clock.today(request.world)))
    if page.format:
        return REQUESTS.export(page, filename="data-requests")
    context = {"table": page, "tabs": tabs_of(request), "may_decide": rules.may_decide(request.actor)}
    return render(request, "privacy/requests.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new_request(request: Request) -> HttpResponse:
    """Ask something of one's own data."""
    person = oneself(request)
    form = RequestForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        made = _asked(request, form, person=person, by=person)
        if made is not None:
            messages.success(request, _("Received. You get the answer here and by mail."))
            return redirect("privacy:request", pk=made.pk)
    context = {"tabs": tabs_of(request), "heading": _("Ask something of your data"), "button": _("Send the request")}
    return form_page(request, "privacy/request_form.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in
def received_request(request: Request) -> HttpResponse:
    """Enter what somebody asked by mail, on paper or by word of mouth."""
    if not rules.may_decide(request.actor):
        raise NotAllowed(_("Only stewards enter what others ask. You can ask something of your own data."))
    form = ReceivedForm(request.POST or None, find=lambda words: person_among(present_persons(), words))
    if request.method == "POST" and form.is_valid():
        made = _asked(request, form, person=form.cleaned_data["person"], by=acting_person(request.actor))
        if made is not None:
            messages.success(request, _("The request is entered and its clock runs."))
            return redirect("privacy:request", pk=made.pk)
    context = {"tabs": tabs_of(request), "heading": _("Enter a request"), "button": _("Enter the request")}
    return form_page(request, "privacy/request_form.html", form, context)


def _asked(request: Request, form: RequestForm, *, person: Any, by: Any) -> Any:
    """Keep the request; None where it was refused and the form says why."""
    given = form.cleaned_data
    try:
        return operations.ask(
            person=person,
            kind=RequestKind(given["kind"]),
            words=given["words"],
            language=get_language() or EN,
            channel=Channel(given.get("channel") or Channel.PAGE),
            by=by,
            at=clock.now(request.world),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@require_http_methods(["GET", "POST"])
@signed_in
def request(request: Request, pk: int) -> HttpResponse:
    """Show one request with its clock and its answer; a steward answers it here."""
    found = queries.find_request(request.actor, pk, on=clock.today(request.world))
    is_own = found.person_id in request.actor.persons
    may_answer = rules.may_decide(request.actor) and not is_own and found.state == RequestState.OPEN
    if request.method == "POST" and not may_answer:
        raise NotAllowed(_("Another steward than the person answers a request that waits. Ask one of them."))
    form = DecisionForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid() and _answered(request, form, found):
        messages.success(request, _("Answered. The person is told."))
        return redirect("privacy:request", pk=pk)
    context = {
        "asked": found,
        "chip": chip_of(found),
        "tabs": tabs_of(request),
        "may_answer": may_answer,
        "may_take_back": is_own and found.state == RequestState.OPEN,
        "kept": _kept(found),
        "is_final": found.kind == RequestKind.ERASURE,
        "day": clock.today(request.world),
    }
    return form_page(request, "privacy/request.html", form, context)


def _answered(request: Request, form: DecisionForm, found: queries.DataRequest) -> bool:
    """Answer the request; False where it was refused and the form says why."""
    given = form.cleaned_data
    try:
        operations.answer_request(
            request=found,
            version=given["version"],
            state=RequestState(given["state"]),
            reason=given["reason"],
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except (Clash, Refused) as refused:
        form.add_error(refused.field or None, str(refused))
        return False
    return True


def _kept(found: queries.DataRequest) -> list[tuple[Any, Any, Any, Any]]:
    """Return what an erasure had to keep: why, how many entries, until when at least, by which law."""
    words = {kind.value: one for kind, one in queries.classes().items()}
    return [
        (words[one["class"]].name, one["rows"], date.fromisoformat(one["until"]), words[one["class"]].law)
        for one in found.kept
    ]


@require_POST
@signed_in
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take one's own request back."""
    person = oneself(request)
    found = queries.find_request(request.actor, pk, on=clock.today(request.world))
    if found.person_id != person.pk:
        raise NotAllowed(_("Only the person who asked takes a request back."))
    try:
        operations.take_back_request(request=found, by=person, at=clock.now(request.world))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back."))
    return redirect("privacy:request", pk=pk)
