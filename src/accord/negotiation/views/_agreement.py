"""Doors from a signed agreement: its amendments, its renewal, and the dossier that the renewal rests on."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accord.agreements import queries as agreements
from accord.agreements.enums import AgreementState
from accord.agreements.queries import Agreement, Party
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.measures.enums import PromiseState
from accord.negotiation import operations, queries
from accord.negotiation.forms import NEGOTIATIONS
from accord.negotiation.queries import DossierLine, Negotiation
from accord.people.queries import acting_person
from accord.ui.parts import Empty, State, Tone
from accord.ui.tables import Column, Filter, Table

STATE_TONES = {
    PromiseState.DELIVERED: Tone.DONE,
    PromiseState.VERY_LIKELY: Tone.GOOD,
    PromiseState.LIKELY: Tone.GOOD,
    PromiseState.EVEN: Tone.WARY,
    PromiseState.UNLIKELY: Tone.BAD,
    PromiseState.VERY_UNLIKELY: Tone.BAD,
    PromiseState.MISSED: Tone.MISSED,
    PromiseState.STANDING: Tone.STANDING,
}


def state_chip(state: PromiseState) -> State:
    """Return the chip of a promise's state."""
    return State(STATE_TONES.get(state, Tone.MUTE), state.label)


DOSSIER = Table(
    name="dossier",
    columns=(
        Column("title", _("Promise")),
        Column("promisors", _("Promised by")),
        Column("target", pgettext_lazy("dossier", "Promised"), kind="number", sort="target"),
        Column("delivered", pgettext_lazy("dossier", "Delivered"), kind="number", sort="delivered"),
        Column("unit", _("Unit")),
        Column("due_on", pgettext_lazy("promise", "Deadline"), kind="day", sort="due_on"),
        Column("state", _("State"), value=lambda row: state_chip(row.state)),
        Column("on_time", _("On time")),
        Column("forecast", _("What was forecast")),
        Column("amended", _("Amended")),
        Column("quiet", _("Silence")),
        Column("key", _("Key"), hidden=True),
    ),
    filters=(
        Filter("state", _("State"), choices=tuple((one.value, one.label) for one in PromiseState), lookup="state"),
        Filter("by", _("Promised by"), lookup="promisors__icontains"),
    ),
    search=("title", "promisors"),
    default_sort="due_on",
    size=200,
    empty=Empty(_("No promises"), _("An agreement without promises leaves nothing to look back on.")),
)


@require_GET
@signed_in
def changes(request: Request, key: str) -> HttpResponseBase:
    """List the amendments and renewals of an agreement; begin one."""
    agreement = agreements.find_agreement(request.actor, key)
    page = NEGOTIATIONS.page(request.GET, queries.negotiations_of(request.actor, agreement))
    if page.format:
        return NEGOTIATIONS.export(page, filename=f"{key}-changes")
    is_signed = agreement.state != AgreementState.DRAFT
    context = {
        "agreement": agreement,
        "parties": agreements.parties_of(agreement),
        "table": page,
        "may_start": is_signed and agreements.party_of_actor(request.actor, agreement) is not None,
    }
    return render(request, "negotiation/changes.html", context)


@require_POST
@signed_in
def amend(request: Request, key: str) -> HttpResponse:
    """Begin to negotiate an amendment; where one is open, go there."""
    return _begin(request, key, operations.start_amendment, _("The amendment has begun. Choose what shall change."))


@require_POST
@signed_in
def renew(request: Request, key: str) -> HttpResponse:
    """Begin to negotiate a renewal; where one is open, go there."""
    done = _("The renewal has begun, with the clauses and promises as they stand. Reset the targets you want to.")
    return _begin(request, key, operations.start_renewal, done)


def _begin(request: Request, key: str, operation: Callable[..., Negotiation], done: object) -> HttpResponse:
    """Begin a negotiation for the reader's party."""
    agreement = agreements.find_agreement(request.actor, key)
    party: Party | None = agreements.party_of_actor(request.actor, agreement)
    if party is None:
        raise NotAllowed(_("Only partnership officers of a party propose changes. Ask one of them."))
    try:
        begun = operation(
            agreement=agreement,
            coordinator=party.institution,
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except operations.AlreadyNegotiated as refused:
        messages.warning(request, str(refused))
        return redirect("negotiation:negotiation", key=refused.detail["key"])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("negotiation:changes", key=key)
    messages.success(request, str(done))
    return redirect("negotiation:draft", key=begun.key)


@require_GET
@signed_in
def dossier(request: Request, key: str) -> HttpResponseBase:
    """Show what became of every promise: what a renewal is decided by."""
    agreement: Agreement = agreements.find_agreement(request.actor, key)
    day = clock.today(request.world)
    found = queries.dossier_of(agreement, day)
    lines: tuple[DossierLine, ...] = found.lines
    page = DOSSIER.page(request.GET, lines)
    if page.format:
        notes = [str(_("Demonstration world: simulated records."))] if request.world.is_demo else []
        return DOSSIER.export(page, filename=f"{key}-dossier-{day.isoformat()}", notes=tuple(notes))
    context = {
        "agreement": agreement,
        "parties": agreements.parties_of(agreement),
        "dossier": found,
        "day": day,
        "table": page,
        "may_start": agreement.state != AgreementState.DRAFT
        and agreements.party_of_actor(request.actor, agreement) is not None,
    }
    return render(request, "negotiation/dossier.html", context)
