"""Doors to the meetings of the parties."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.agreements import operations, queries, rules
from accord.agreements.forms import ENGAGEMENTS, EngagementForm
from accord.agreements.queries import Agreement, Engagement
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people.queries import acting_person
from accord.ui.drafts import opened
from accord.ui.editing import editing
from accord.ui.forms import form_page


@require_GET
@signed_in
def engagements(request: Request, key: str) -> HttpResponseBase:
    """List the meetings of the parties."""
    agreement = queries.find_agreement(request.actor, key)
    page = ENGAGEMENTS.page(request.GET, queries.engagements_of(agreement))
    if page.format:
        notes = (_("Demonstration world: simulated records."),) if request.world.is_demo else ()
        return ENGAGEMENTS.export(page, filename=f"{key}-engagements", notes=notes)
    may_record = rules.may_record_engagement(request.actor, queries.institutions_of(agreement))
    return render(
        request, "agreements/engagements.html", {"agreement": agreement, "table": page, "may_record": may_record}
    )


@require_GET
@signed_in
def engagement(request: Request, key: str, pk: int) -> HttpResponse:
    """Show one meeting: what it was, who came, the minutes."""
    agreement = queries.find_agreement(request.actor, key)
    meeting = queries.find_engagement(agreement, pk)
    attendees = queries.attendees_of(meeting)
    context = {
        "agreement": agreement,
        "meeting": meeting,
        "attendees": attendees,
        "others": meeting.attendees - len(attendees),
        "may_change": meeting.struck_at is None
        and rules.may_record_engagement(request.actor, queries.institutions_of(agreement)),
    }
    return render(request, "agreements/engagement.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def record_engagement(request: Request, key: str) -> HttpResponse:
    """Record a meeting that took place."""
    agreement = _of_recorder(request, key, _("Only partnership officers of a party record meetings. Ask one of them."))
    make_form = partial(EngagementForm, people=queries.people_of_parties(agreement))
    form = make_form(request.POST) if request.method == "POST" else opened(request, make_form)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_engagement(
                agreement=agreement,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                is_simulated=request.world.is_demo,
                **_values(form.cleaned_data),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The meeting is recorded and counts from now on."))
            return redirect("agreements:engagements", key=key)
    return form_page(request, "agreements/record_engagement.html", form, {"agreement": agreement})


@require_http_methods(["GET", "POST"])
@signed_in
def change_engagement(request: Request, key: str, pk: int) -> HttpResponse:
    """Change what was recorded of a meeting; where somebody else did too, show both and lose nothing."""
    agreement = _of_recorder(request, key, _("Only partnership officers of a party change meetings. Ask one of them."))
    meeting = queries.find_engagement(agreement, pk)
    record, url = f"engagement:{pk}", reverse("agreements:engagement", args=[key, pk])
    make_form = partial(EngagementForm, people=queries.people_of_parties(agreement))
    edit = editing(request, make_form, initial=initial_of(meeting), version=meeting.version, purpose=record)
    if edit.ready:
        try:
            operations.change_engagement(
                engagement=meeting,
                version=edit.version,
                by=acting_person(request.actor),
                at=clock.now(request.world),
                **_values(edit.answers),
            )
        except Clash:
            fresh = queries.find_engagement(agreement, pk)
            theirs = initial_of(fresh)
            return edit.clash(thing=fresh.title, theirs=theirs, version=fresh.version, url=url, record=record)
        except Refused as refused:
            edit.form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect(url)
    return edit.page("agreements/change_engagement.html", {"agreement": agreement, "meeting": meeting})


@require_POST
@signed_in
def strike_engagement(request: Request, key: str, pk: int) -> HttpResponse:
    """Strike a meeting that was recorded by mistake."""
    agreement = _of_recorder(request, key, _("Only partnership officers of a party strike meetings. Ask one of them."))
    engagement = queries.find_engagement(agreement, pk)
    operations.strike_engagement(engagement=engagement, by=acting_person(request.actor), at=clock.now(request.world))
    messages.success(request, _("The meeting is struck and no longer counts."))
    return redirect("agreements:engagements", key=key)


def initial_of(meeting: Engagement) -> dict[str, Any]:
    """Return what a form about the meeting starts from."""
    attendees = queries.attendees_of(meeting)
    guests = [(one.name, one.institution) for one in attendees if one.person_id is None]
    return {
        "kind": meeting.kind,
        "title": meeting.title,
        "held_on": meeting.held_on,
        "place": meeting.place,
        "attendees": meeting.attendees,
        "persons": [one.person_id for one in attendees if one.person_id is not None],
        "guests": "\n".join(f"{name}, {institution}" if institution else str(name) for name, institution in guests),
        "minutes": meeting.minutes,
    }


def _values(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the form's answers as the operation takes them."""
    guests = [operations.Guest(name, institution) for name, institution in answers["guests"]]
    return {**answers, "guests": guests}


def _of_recorder(request: Request, key: str, sentence: Any) -> Agreement:
    """Return the agreement to somebody who may record its meetings; others hear the sentence."""
    agreement = queries.find_agreement(request.actor, key)
    if not rules.may_record_engagement(request.actor, queries.institutions_of(agreement)):
        raise NotAllowed(sentence)
    return agreement
