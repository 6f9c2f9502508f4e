"""Doors to evidence: the list behind a number, a new entry, and what the two sides say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.agreements import queries as agreements
from accord.agreements.enums import PromiseKind
from accord.kernel import clock
from accord.kernel.access import Actor, Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.measures import operations, queries, rules
from accord.measures.enums import EvidenceState
from accord.measures.forms import RECORDS, TONES, CompletionForm, EvidenceForm, ReasonForm, VersionForm
from accord.measures.views._history import history_of
from accord.people.queries import acting_person
from accord.ui.answers import ask
from accord.ui.forms import Form, form_page
from accord.ui.parts import State
from accord.ui.say import Text

WHOLE_PERCENT = Decimal(100)


@require_GET
@signed_in
def records(request: Request, key: str, promise: str) -> HttpResponseBase:
    """List every record behind a promise's number."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment = agreements.find_commitment(agreement, promise)
    page = RECORDS.page(request.GET, queries.evidence_of(commitment))
    if page.format:
        notes = (str(_("Demonstration world: simulated records.")),) if request.world.is_demo else ()
        return RECORDS.export(page, filename=f"{key}-{promise}-records", notes=notes)
    context = {"agreement": agreement, "promise": commitment, "table": page}
    return render(request, "measures/records.html", context)


@require_GET
@signed_in
def evidence(request: Request, key: str, pk: int) -> HttpResponse:
    """Show one entry: what, when, by whom, its document, and what the other side said."""
    return _evidence_page(request, key, pk)


@require_http_methods(["GET", "POST"])
@signed_in
def record_evidence(request: Request, key: str, promise: str) -> HttpResponse:
    """Enter a delivery: fill in, check the answers, record."""
    agreement = agreements.find_agreement(request.actor, key)
    commitment = agreements.find_commitment(agreement, promise)
    found = queries.measure(commitment.measure_code)
    party = agreements.party_of_actor(request.actor, agreement)
    if party is None or not rules.may_record_evidence(request.actor, agreement, party):
        raise NotAllowed(_("Only partnership officers of a party enter deliveries. Ask one of them."))
    step = ask(request, _form_for(commitment.kind), purpose=f"evidence:{commitment.pk}")
    context: dict[str, Any] = {"agreement": agreement, "promise": commitment, "unit": found.unit if found else ""}
    if step.confirmed:
        answers = dict(step.form.cleaned_data)
        request_key: UUID = answers.pop("request_key")
        try:
            entry = operations.record_evidence(
                shares={commitment: (answers.pop("share", None) or WHOLE_PERCENT) / 100},
                party=party,
                amount=answers.pop("amount", Decimal(1)),
                by=acting_person(request.actor),
                at=clock.now(request.world),
                is_simulated=request.world.is_demo,
                request_key=request_key,
                **answers,
            )
        except Refused as refused:
            step.form.add_error(refused.field or None, str(refused))
            return form_page(request, "measures/record_evidence.html", step.form, context)
        messages.success(request, _("Recorded. It counts as soon as the other side confirms it."))
        return redirect("measures:evidence", key=key, pk=entry.pk)
    context["action"] = _("Record evidence")
    return step.page(form_template="measures/record_evidence.html", context=context)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on an entry: what it asks, who may take it, what it does, and what is said when it is done."""

    form: type[Form]
    may: Callable[[Actor, queries.Evidence, agreements.Party | None], bool]
    operation: Callable[..., queries.Evidence]
    done: Text


CONFIRM = Decision(
    VersionForm, rules.may_decide_evidence, operations.confirm_evidence, _("Confirmed. It counts from now on.")
)
CONTEST = Decision(
    ReasonForm,
    rules.may_decide_evidence,
    operations.contest_evidence,
    _("Contested. It does not count, and the other side reads your reason."),
)
WITHDRAW = Decision(
    ReasonForm,
    rules.may_withdraw_evidence,
    operations.withdraw_evidence,
    _("Withdrawn. It stays in the history and counts no longer."),
)


@require_POST
@signed_in
def confirm(request: Request, key: str, pk: int) -> HttpResponse:
    """Confirm an entry of the other side."""
    return _decide(request, key, pk, CONFIRM)


@require_POST
@signed_in
def contest(request: Request, key: str, pk: int) -> HttpResponse:
    """Contest an entry of the other side with a reason."""
    return _decide(request, key, pk, CONTEST)


@require_POST
@signed_in
def withdraw(request: Request, key: str, pk: int) -> HttpResponse:
    """Withdraw an entry of one's own side."""
    return _decide(request, key, pk, WITHDRAW)


def _decide(request: Request, key: str, pk: int, decision: Decision) -> HttpResponse:
    """Take one decision on an entry, or show the entry again with what stands against it."""
    agreement = agreements.find_agreement(request.actor, key)
    entry = queries.find_evidence(request.actor, agreement, pk)
    party = agreements.party_of_actor(request.actor, agreement)
    if not decision.may(request.actor, entry, party):
        raise NotAllowed(
            _("Officers of the other side confirm or contest an entry; officers of its own side withdraw it.")
        )
    form = decision.form(request.POST)
    if not form.is_valid():
        return _evidence_page(request, key, pk, form)
    try:
        decision.operation(
            evidence=entry,
            party=party,
            by=acting_person(request.actor),
            at=clock.now(request.world),
            **form.cleaned_data,
        )
    except NotAllowed:
        raise
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return _evidence_page(request, key, pk, form, status=refused.status)
    messages.success(request, str(decision.done))
    return redirect("measures:evidence", key=key, pk=pk)


def _evidence_page(
    request: Request, key: str, pk: int, form: Form | None = None, status: int | None = None
) -> HttpResponse:
    """Return the page of one entry with the decisions open to the reader."""
    agreement = agreements.find_agreement(request.actor, key)
    entry = queries.find_evidence(request.actor, agreement, pk)
    party = agreements.party_of_actor(request.actor, agreement)
    state = queries.state_of_evidence(entry)
    is_closed = state == EvidenceState.WITHDRAWN or bool(entry.confirmed_at and entry.contested_at)
    found = queries.measure(entry.measure_code)
    context = {
        "agreement": agreement,
        "entry": entry,
        "attributions": list(entry.attributions.all()),
        "unit": found.unit if found else "",
        "chip": State(TONES[state], state.label),
        "state": state.value,
        "history": history_of(entry),
        "may_decide": not is_closed and rules.may_decide_evidence(request.actor, entry, party),
        "may_contest": not entry.contested_at,
        "may_confirm": state != EvidenceState.CONFIRMED,
        "may_withdraw": state != EvidenceState.WITHDRAWN and rules.may_withdraw_evidence(request.actor, entry, party),
        "form": form,
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(initial={"version": entry.version}),
    }
    wrong = status or (422 if form is not None else 200)
    return render(request, "measures/evidence.html", context, status=wrong)


def _form_for(kind: str) -> Any:
    """Return the form of an entry: a completion for a milestone, an amount for all others."""
    base = CompletionForm if kind == PromiseKind.MILESTONE else EvidenceForm

    class KeyedForm(base):  # type: ignore[misc, valid-type]
        """The form with the key that makes a repeated submission one entry."""

        request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    return KeyedForm
