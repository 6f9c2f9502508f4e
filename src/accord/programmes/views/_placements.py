"""Doors to placements: the lists, one placement, and what is done with it by account."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.kernel.text import Bilingual
from accord.people import operations as people
from accord.people.queries import (
    Person,
    acting_person,
    institution_by_id,
    institutions_visible_to,
    living_persons,
    people_visible_to,
    person_among,
)
from accord.programmes import operations, queries, rules
from accord.programmes.forms import (
    PLACEMENTS,
    BeginPlacementForm,
    ChangePlacementForm,
    LookedForm,
    RecordPlacementForm,
)
from accord.programmes.operations import PlacementFacts
from accord.programmes.queries import Placement
from accord.programmes.views._calls_ground import notes_of
from accord.programmes.views._placement_acts import ACTS, for_side
from accord.programmes.views._placement_page import page_context
from accord.programmes.views._placements_ground import answered, coming_to, to_placement
from accord.programmes.views._tabs import call_tabs, list_tabs
from accord.ui.editing import editing

MOST_SUGGESTED = 200


@require_GET
@signed_in
def placements(request: Request) -> HttpResponseBase:
    """List the placements that the reader may know of; names stand there for those who may read them."""
    rows = queries.listed_placements(request.actor, queries.placements_visible_to(request.actor))
    page = PLACEMENTS.page(request.GET, rows)
    _note_names(request, page)
    if page.format:
        return PLACEMENTS.export(page, filename="placements", notes=notes_of(request))
    context = {
        "table": page,
        "tabs": list_tabs(request, "programmes:placements"),
        "may_record": queries.programmes_run_by(request.actor).exists(),
    }
    return render(request, "programmes/placements.html", context)


@require_GET
@signed_in
def call_placements(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the placements of a call, and to the office the accepted offers from which none began."""
    found = queries.find_call(request.actor, programme, call)
    rows = queries.listed_placements(request.actor, queries.placements_of_call(request.actor, found))
    page = PLACEMENTS.page(request.GET, rows)
    _note_names(request, page)
    if page.format:
        return PLACEMENTS.export(page, filename=f"{found.key}-placements", notes=notes_of(request))
    may_keep = rules.may_keep_placements(request.actor, found.programme.owner_id)
    context = {
        "call": found,
        "table": page,
        "tabs": call_tabs(request, found, "call-placements"),
        "may_keep": may_keep,
        "offers": queries.offers_without_placement(found) if may_keep else [],
    }
    return render(request, "programmes/call_placements.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def begin_placement(request: Request, programme: str, call: str, pk: int) -> HttpResponse:
    """Begin the placement of an accepted offer, one for each person of the application."""
    found = queries.find_call(request.actor, programme, call)
    if not rules.may_keep_placements(request.actor, found.programme.owner_id):
        raise NotAllowed(_("Only the office of the programme begins placements. Ask somebody there."))
    offer = queries.find_accepted_offer(found, pk)
    form = BeginPlacementForm(
        request.POST or None,
        levels=queries.kinds()[found.programme.kind].levels,
        houses=_houses(request),
        initial={
            "starts_on": offer.place.starts_on or found.starts_on,
            "ends_on": offer.place.ends_on or found.ends_on,
            "home": offer.application.home_id,
        },
    )

    def begin(given: Any) -> object:
        facts = {**given, "home": institution_by_id(request.actor, given["home"]) if given["home"] else None}
        return operations.begin_placement(
            offer=offer, by=acting_person(request.actor), at=clock.now(request.world), **facts
        )

    context = {
        "heading": _("Begin the placement"),
        "action": _("Begin the placement"),
        "meta": f"{offer.application.reference} · {offer.place.name}",
        "hint": _("One begins for each person of the application. Days are those of the place."),
    }
    to = reverse("programmes:call-placements", args=[programme, call])
    return answered(request, form, begin, said=_("The placement stands here now."), to=to, context=context)


@require_http_methods(["GET", "POST"])
@signed_in
def record_placement(request: Request, programme: str) -> HttpResponse:
    """Record a placement that came about without a call."""
    found = queries.find_programme(request.actor, programme)
    if not rules.may_keep_placements(request.actor, found.owner_id):
        raise NotAllowed(_("Only the office of the programme records placements. Ask somebody there."))
    form = RecordPlacementForm(
        request.POST or None,
        levels=queries.kinds()[found.kind].levels,
        houses=_houses(request),
        find=lambda words: person_among(living_persons(), words),
    )

    @transaction.atomic
    def record(given: Any) -> object:
        facts = {name: given[name] for name in ("starts_on", "ends_on", "level", "title", "percent")}
        return operations.record_placement(
            programme=found,
            person=_person(request, given),
            host=institution_by_id(request.actor, given["host"]),
            home=institution_by_id(request.actor, given["home"]) if given["home"] else None,
            stipend_minor=given["stipend_minor"],
            currency=given["currency"],
            is_simulated=request.world.is_demo,
            by=acting_person(request.actor),
            at=clock.now(request.world),
            **facts,
        )

    context = {
        "heading": _("Record a placement"),
        "action": _("Record the placement"),
        "meta": found.name,
        "hint": _("For people who came without a call. Those with an accepted offer begin on the page of their call."),
        "people": people_visible_to(request.actor).order_by("sort_key", "pk")[:MOST_SUGGESTED],
    }
    to = reverse("programmes:placements")
    return answered(request, form, record, said=_("The placement is recorded."), to=to, context=context)


@require_GET
@signed_in
def placement(request: Request, reference: str) -> HttpResponse:
    """Show a placement; to those who may not read whose it is, its days and how it stands."""
    found = queries.find_placement(request.actor, reference)
    if not queries.may_read_placement(request.actor, found):
        return render(request, "programmes/placement_counted.html", page_context(found))
    coming = coming_to(request, reference)
    people_shown(request.actor, [found.person_id], clock.now(request.world))
    return render(request, "programmes/placement.html", page_context(found, coming))


@require_http_methods(["GET", "POST"])
@signed_in
def placement_act(request: Request, reference: str, act: str) -> HttpResponse:
    """Do one thing with a placement, on a page with one form."""
    known = ACTS.get(act)
    if known is None:
        raise NotThere(_("There is nothing here."))
    coming = for_side(coming_to(request, reference), request.GET.get("side", ""))
    if not known.may(coming):
        raise NotAllowed(
            _("This is for another side of the placement, or for the office. Its page says who does what.")
        )
    return answered(
        request,
        known.form(coming, request.POST or None),
        lambda given: known.do(coming, given),
        said=known.said,
        to=to_placement(coming.placement),
        context={
            "placement": coming.placement,
            "heading": known.heading,
            "action": known.action,
            "hint": known.hint,
            "is_dangerous": known.is_dangerous,
        },
    )


@require_http_methods(["GET", "POST"])
@signed_in
def change_placement(request: Request, reference: str) -> HttpResponse:
    """Change what is known of a placement."""
    coming = coming_to(request, reference)
    held = coming.placement
    if not coming.is_office:
        raise NotAllowed(_("Only the office of the programme changes this. Ask somebody there."))
    edit = editing(
        request,
        lambda data, **kwargs: ChangePlacementForm(data, levels=queries.traits_of(held).levels, **kwargs),
        initial=_values(held),
        version=held.version,
        purpose=f"placement:{held.pk}",
    )
    if edit.ready:
        facts = PlacementFacts(**edit.answers)
        try:
            operations.change_placement(placement=held, version=edit.version, facts=facts, **coming.by_and_at)
        except Clash:
            fresh = queries.find_placement(request.actor, reference)
            return edit.clash(
                thing=fresh.reference,
                theirs=_values(fresh),
                version=fresh.version,
                url=to_placement(fresh),
                record=f"placement:{fresh.pk}",
            )
        except Refused as refused:
            edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        else:
            messages.success(request, _("The placement is changed."))
            return redirect(to_placement(held))
    words = {
        "placement": held,
        "heading": _("Change the placement"),
        "action": pgettext_lazy("to alter", "Change"),
        "back": to_placement(held),
    }
    return edit.page("programmes/placement_form.html", words)


@require_http_methods(["GET", "POST"])
@signed_in
def look_at_check_in(request: Request, reference: str, pk: int) -> HttpResponse:
    """Record that the office looked at a check-in."""
    coming = coming_to(request, reference)
    if not coming.is_office:
        raise NotAllowed(_("Only the office of the programme looks at check-ins. Ask somebody there."))
    said = queries.find_check_in(coming.placement, pk)
    return answered(
        request,
        LookedForm(request.POST or None),
        lambda given: operations.look_at_check_in(said=said, **given, **coming.by_and_at),
        said=_("It is noted that you looked at it."),
        to=to_placement(coming.placement),
        context={
            "placement": coming.placement,
            "heading": _("Look at a check-in"),
            "action": _("Note it"),
            "hint": said.text,
        },
    )


@require_POST
@signed_in
def strike_placement_record(request: Request, reference: str, kind: str, pk: int) -> HttpResponse:
    """Strike a job, leave or payment that was recorded wrongly."""
    coming = coming_to(request, reference)
    if not coming.is_office:
        raise NotAllowed(_("Only the office of the programme strikes records. Ask somebody there."))
    operations.strike_record(placement=coming.placement, kind=kind, pk=pk, **coming.by_and_at)
    return redirect(to_placement(coming.placement))


@require_POST
@signed_in
def see_diary(request: Request, reference: str) -> HttpResponse:
    """Mark the entries of a diary as seen, for host and home."""
    coming = coming_to(request, reference)
    if not set(coming.sides) - {"person"}:
        raise NotAllowed(_("A diary is seen by host and home."))
    operations.see_diary(placement=coming.placement, **coming.by_and_at)
    return redirect(to_placement(coming.placement))


def _values(held: Placement) -> dict[str, Any]:
    """Return what the form of a placement shows of it."""
    names = ("level", "starts_on", "ends_on", "title", "percent", "currency")
    return {name: getattr(held, name) for name in names} | {
        "stipend": None if held.stipend_minor is None else Decimal(held.stipend_minor) / 100
    }


def _houses(request: Request) -> list[tuple[int, str]]:
    """Return the institutions to choose from."""
    return [(one.pk, str(one.name)) for one in institutions_visible_to(request.actor)]


def _note_names(request: Request, page: Any) -> None:
    """Say whose names a list shows."""
    people_shown(request.actor, [one.person_id for one in page.records if one.may_read], clock.now(request.world))


def _person(request: Request, given: Any) -> Person:
    """Return the person that a form means; somebody new is added by name and address."""
    if given["found"] is not None:
        found: Person = given["found"]
        return found
    facts = people.PersonFacts(name=Bilingual.of(given["person_name"]), email=given["address"])
    return people.add_person(
        facts=facts, is_simulated=request.world.is_demo, by=acting_person(request.actor), at=clock.now(request.world)
    )
