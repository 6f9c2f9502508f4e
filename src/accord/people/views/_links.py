"""Doors of links for people without an account: those of a record, making one (shown once), taking one back."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock, secret
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, Purpose, by_link, purposes
from accord.kernel.records import Shown, follow, reference
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.people import operations, queries, rules
from accord.people.enums import CHECK_DETAILS, LinkState
from accord.people.forms import DetailsForm, LinkForm
from accord.people.views._grants import MOST_SUGGESTED
from accord.ui.forms import form_page
from accord.ui.parts import State

TONES = {LinkState.OPEN: "good", LinkState.USED: "done", LinkState.EXPIRED: "mute", LinkState.REVOKED: "missed"}


@require_http_methods(["GET", "POST"])
@never_cache
@signed_in
def links(request: Request, kind: str, pk: int) -> HttpResponse:
    """Show the links to a record, and make a new one."""
    shown, record = _record(request, kind, pk)
    offered = [purpose for purpose in purposes if purpose.kind == kind]
    persons = queries.persons_to_grant_to(request.actor, on=clock.today(request.world))
    form = LinkForm(
        request.POST or None,
        find=lambda words: queries.person_among(persons, words),
        purposes=[(purpose.code, purpose.name) for purpose in offered],
    )
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, record, shown)
        if made is not None:
            return made
    now = clock.now(request.world)
    rows = [(one, _purpose(one.purpose), _state(one)) for one in queries.links_of(record, at=now)]
    context = {"shown": shown, "kind": kind, "pk": pk, "links": rows, "offered": offered, "open": LinkState.OPEN}
    return form_page(request, "people/links.html", form, context | {"people": persons[:MOST_SUGGESTED]})


def _record(request: Request, kind: str, pk: int) -> tuple[Shown, str]:
    """Return the record as the reader sees it; refuse those who may not change it."""
    record = reference(kind, pk)
    shown = follow(request.actor, record)
    if not rules.may_make_link(request.actor, shown.may_change):
        raise NotAllowed(_("Who may change this may make links to it. Ask a partnership officer or a steward."))
    return shown, record


def _purpose(code: str) -> object:
    """Return in words what a link is for."""
    known: Purpose | None = purposes.get(code)
    return known.name if known else code


def _state(link: Any) -> State:
    """Return where a link stands, as a chip."""
    state = LinkState(link.state)
    return State(TONES[state], state.label)


def _made(request: Request, form: LinkForm, record: str, shown: Shown) -> HttpResponse | None:
    """Make the link and answer the page that shows its address once; None where it was refused."""
    now, token = clock.now(request.world), secret.new_token()
    given = form.cleaned_data
    purpose = purposes.get(given["purpose"])
    if purpose is None:
        raise NotThere(_("Links are for nothing of this kind."))
    try:
        link = operations.make_link(
            person=given["person"],
            purpose=purpose.code,
            record=record,
            expires_at=now + timedelta(days=given["days"]),
            token=token,
            by=queries.acting_person(request.actor),
            at=now,
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    address = request.build_absolute_uri(reverse(purpose.route, kwargs={"token": token}))
    context = {"link": link, "address": address, "purpose": purpose.name, "shown": shown, "form": None}
    return render(request, "people/link_made.html", context)


@require_POST
@signed_in
def revoke_link(request: Request, kind: str, pk: int, link: int) -> HttpResponse:
    """Take a link back at once."""
    _shown, record = _record(request, kind, pk)
    found = queries.find_link_of(record, link)
    by = queries.acting_person(request.actor)
    operations.revoke_link(link=found, by=by, at=clock.now(request.world))
    messages.success(request, _("The link opens nothing any more."))
    return redirect("people:links", kind=kind, pk=pk)


@require_http_methods(["GET", "POST"])
@by_link(CHECK_DETAILS)
def check_details(request: Request, link: FoundLink) -> HttpResponse:
    """Let a person without an account see what is known of them, and correct it once."""
    person = queries.person_of(link)
    known = {"name": person.name, "orcid": person.orcid, "version": person.version}
    form = DetailsForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data
            person = operations.correct_details(link_id=link.pk, **given, at=clock.now(request.world))
        except Clash as clash:
            form = DetailsForm({**request.POST.dict(), "version": str(person.version)})
            form.add_error(None, str(clash))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            return render(request, "people/details_checked.html", {"person": person, "form": None})
    return form_page(request, "people/check_details.html", form, {"link": link, "person": person})
