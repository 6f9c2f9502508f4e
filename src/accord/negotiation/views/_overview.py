"""Doors to one negotiation: where it stands, who takes part, and its end without an agreement."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, NegotiationKind
from accord.negotiation.forms import AddPartyForm, PartyForm, ReasonForm
from accord.negotiation.queries import NegotiationParty
from accord.negotiation.views._list import institution_choices
from accord.negotiation.views._room import Room, enter, enter_draft
from accord.negotiation.views._words import history_of, next_steps, opening, tasks_of
from accord.people import queries as people
from accord.people.queries import Person
from accord.ui.editing import editing
from accord.ui.forms import Form, form_page


@require_GET
@signed_in
def negotiation(request: Request, key: str) -> HttpResponse:
    """Show where a negotiation stands, who has to act next, and what happened."""
    room = enter(request, key)
    stands = queries.stands_of(room.parties, room.latest)
    texts = queries.texts_of(room.negotiation)
    context = {
        "room": room,
        "negotiation": room.negotiation,
        "opening": opening(room, stands),
        "steps": next_steps(room),
        "tasks": tasks_of(room),
        "stands": stands,
        "texts": texts,
        "requests": queries.open_requests(room.negotiation),
        "history": history_of(room.negotiation, texts),
        "may_withdraw": room.may_draft and room.may(Act.WITHDRAW),
    }
    return render(request, "negotiation/negotiation.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def withdraw(request: Request, key: str) -> HttpResponse:
    """End a negotiation without an agreement, for a reason."""
    room = enter_draft(request, key)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw(
                negotiation=room.negotiation,
                by=people.acting_person(request.actor),
                at=clock.now(request.world),
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("Withdrawn. All parties read your reason; what was said stays."))
            return redirect("negotiation:negotiation", key=key)
    return form_page(request, "negotiation/withdraw.html", form, {"room": room, "reason": room.why_not(Act.WITHDRAW)})


@require_http_methods(["GET", "POST"])
@signed_in
def parties(request: Request, key: str) -> HttpResponse:
    """Show who takes part; add an institution."""
    room = enter_draft(request, key)
    form = AddPartyForm(request.POST or None)
    present = {party.institution.key for party in room.parties}
    fields: Any = form.fields
    fields["institution"].choices = [
        ("", _("Choose")),
        *(choice for choice in institution_choices(request) if choice[0] not in present),
    ]
    if request.method == "POST" and form.is_valid():
        chosen = people.institutions_by_key([form.cleaned_data["institution"]])
        try:
            operations.add_party(
                negotiation=room.negotiation,
                institution=chosen[form.cleaned_data["institution"]],
                signs=form.cleaned_data["signs"],
                by=people.acting_person(request.actor),
                at=clock.now(request.world),
            )
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("The party is in the draft. The others see it with the next version."))
            return redirect("negotiation:parties", key=key)
    may_add = room.may(Act.EDIT) and room.negotiation.kind != NegotiationKind.AMENDMENT
    return form_page(request, "negotiation/parties.html", form, {"room": room, "may_add": may_add})


@require_http_methods(["GET", "POST"])
@signed_in
def party(request: Request, key: str, institution: str) -> HttpResponse:
    """Change under which name a party stands and whom to turn to."""
    room = enter_draft(request, key)
    found = _party(room, institution)
    edit = editing(
        request, PartyForm, initial=_values(found), version=found.version, purpose=f"negotiation-party:{found.pk}"
    )
    if edit.ready:
        contact, backup = _named(edit.form, "contact"), _named(edit.form, "backup")
        if not edit.form.errors:
            answers = {**edit.answers, "contact": contact, "backup": backup}
            try:
                operations.change_party(
                    party=found,
                    version=edit.version,
                    by=people.acting_person(request.actor),
                    at=clock.now(request.world),
                    **answers,
                )
            except Clash:
                fresh = _party(enter(request, key), institution)
                back = reverse("negotiation:parties", args=[key])
                return edit.clash(thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=back)
            except Refused as refused:
                edit.form.add_error(refused.field or None, str(refused))
            else:
                messages.success(request, _("Saved."))
                return redirect("negotiation:parties", key=key)
    return edit.page("negotiation/party.html", {"room": room, "party": found})


@require_POST
@signed_in
def remove_party(request: Request, key: str, institution: str) -> HttpResponse:
    """Take an institution out of the draft."""
    room = enter_draft(request, key)
    try:
        operations.remove_party(
            party=_party(room, institution), by=people.acting_person(request.actor), at=clock.now(request.world)
        )
    except (NotAllowed, NotThere):
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The party is out of the draft. The others see it with the next version."))
    return redirect("negotiation:parties", key=key)


def _party(room: Room, institution: str) -> NegotiationParty:
    """Return one party by the key of its institution."""
    found = next((one for one in room.parties if one.institution.key == institution), None)
    if found is None:
        raise NotThere(_("This institution takes no part in this negotiation."))
    return found


def _values(party: NegotiationParty) -> dict[str, Any]:
    """Return what the form shows of a party."""
    return {
        "name": party.name,
        "short": party.short,
        "signs": party.signs,
        "contact": queries.address_of(party.contact),
        "backup": queries.address_of(party.backup),
    }


def _named(form: Form, field: str) -> Person | None:
    """Return the person with the address that was entered, or note that nobody has it."""
    words = form.cleaned_data[field]
    person = people.person_among(people.living_persons(), words) if words else None
    if words and person is None:
        form.add_error(field, _("Nobody here has this address. Add the person to their institution first."))
    return person
