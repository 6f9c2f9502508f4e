"""Doors to what was agreed: the text, its file, its public page, and how it ends."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.agreements import operations, queries, rules
from accord.agreements.enums import AgreementState, Milestone
from accord.agreements.forms import ReviewForm, TerminationForm
from accord.agreements.queries import Agreement, Coming
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui import say
from accord.ui.answers import ask
from accord.ui.forms import form_page
from accord.ui.parts import Event, Timeline, Tone

SOON = 60
TONES = {Milestone.REVIEW: Tone.WARY, Milestone.NOTICE: Tone.WARY, Milestone.TERMINATED: Tone.MISSED}
NOT_YOURS = _("Only partnership officers of a party end an agreement or set its review. Ask one of them.")


@require_GET
@signed_in
def text(request: Request, key: str) -> HttpResponse:
    """Show what was agreed: dates, every promise and clause in words, stated facts, sources."""
    agreement = queries.find_agreement(request.actor, key)
    institutions = queries.institutions_of(agreement)
    day = clock.today(request.world)
    context = {
        "agreement": agreement,
        "life": queries.life_of(agreement, day),
        "parties": queries.parties_of(agreement),
        "kin": queries.kin_of(request.actor, agreement),
        "dates": timeline_of(agreement, day),
        "promises": queries.promises_of(agreement),
        "clauses": queries.clauses_of(agreement),
        "sources": queries.sources_of(agreement),
        "facts": queries.facts_of(agreement),
        "may_publish": rules.may_publish(request.actor, institutions),
        "may_apply": rules.may_apply(request.actor, institutions),
        "may_end": _can_end(agreement) and rules.may_terminate(request.actor, institutions),
        "may_set_review": agreement.terminated_on is None and rules.may_set_review(request.actor, institutions),
    }
    return render(request, "agreements/text.html", context)


def timeline_of(agreement: Agreement, day: date) -> Timeline:
    """Return every date in the agreement's life in order, each seen from the day."""
    return Timeline([_event(agreement, coming) for coming in queries.dates_of(agreement, day)])


def _event(agreement: Agreement, coming: Coming) -> Event:
    """Return one date: what it is, when, how far away, and the reason where there is one."""
    is_near = 0 <= coming.days <= SOON
    tone = TONES.get(coming.milestone, Tone.MUTE) if is_near or coming.milestone == Milestone.TERMINATED else Tone.MUTE
    ended = coming.milestone == Milestone.TERMINATED
    return Event(
        when=f"{say.day(coming.on)} · {_distance(coming.days)}",
        text=coming.milestone.label,
        detail=agreement.terminated_why if ended else "",
        tone=Tone.DONE if coming.days < 0 and not ended else tone,
        who=str(agreement.terminated_by.name) if ended and agreement.terminated_by else "",
    )


def _distance(days: int) -> str:
    """Return how far a day is from the present one, in words."""
    if days == 0:
        return gettext("today")
    if days > 0:
        return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": say.count(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": say.count(-days)}


@require_GET
@signed_in
def export(request: Request, key: str) -> HttpResponse:
    """Answer the agreement as the file it was applied from."""
    agreement = queries.find_agreement(request.actor, key)
    return HttpResponse(
        queries.file_text(agreement),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{agreement.key}.yaml"'},
    )


@require_POST
@signed_in
def publish(request: Request, key: str) -> HttpResponse:
    """Open or close the agreement's public page."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_publish(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(_("Only partnership officers of a party open or close the public page. Ask one of them."))
    public = request.POST.get("public") == "yes"
    now = clock.now(request.world)
    operations.set_public(agreement=agreement, public=public, by=acting_person(request.actor), at=now)
    messages.success(request, _("The public page is open.") if public else _("The public page is closed."))
    return redirect("agreements:text", key=key)


@require_http_methods(["GET", "POST"])
@signed_in
def terminate(request: Request, key: str) -> HttpResponse:
    """End an agreement before its term, after checking what was entered."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_terminate(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(NOT_YOURS)
    step = ask(request, TerminationForm, purpose=f"terminate:{agreement.pk}")
    if step.confirmed:
        try:
            operations.terminate_agreement(
                agreement=agreement,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **step.form.cleaned_data,
            )
        except Refused as refused:
            step.form.add_error(refused.field or None, str(refused))
            return form_page(request, "agreements/terminate.html", step.form, {"agreement": agreement})
        messages.success(request, _("The end of the agreement is recorded."))
        return redirect("agreements:text", key=key)
    context = {
        "agreement": agreement,
        "can_end": _can_end(agreement),
        "action": gettext("End the agreement"),
        "consequence": gettext("This stays on the record and is not taken back. The officers of the parties are told."),
    }
    return step.page(form_template="agreements/terminate.html", context=context)


def _can_end(agreement: Agreement) -> bool:
    """Say whether there is something to end."""
    return agreement.state == AgreementState.SIGNED and agreement.terminated_on is None


@require_http_methods(["GET", "POST"])
@signed_in
def set_review(request: Request, key: str) -> HttpResponse:
    """Set the day of the next review."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_set_review(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(NOT_YOURS)
    form = ReviewForm(request.POST or None, initial={"on": agreement.review_on})
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_review(
                agreement=agreement,
                on=form.cleaned_data["on"],
                by=acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The next review is set."))
            return redirect("agreements:text", key=key)
    return form_page(request, "agreements/review.html", form, {"agreement": agreement})
