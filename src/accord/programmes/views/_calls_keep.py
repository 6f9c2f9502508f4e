"""Doors that open programmes and calls, and change what is known of them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.programmes import operations, queries, rules
from accord.programmes.forms import (
    CallForm,
    NewCallForm,
    OpenProgrammeForm,
    ProgrammeForm,
    values_of_call,
)
from accord.programmes.operations import CallFacts, ProgrammeFacts
from accord.programmes.queries import Call, Programme
from accord.programmes.views._calls_ground import (
    TEMPLATE,
    Sheet,
    blame,
    by_and_at,
    call_to_run,
    programme_to_run,
    to_office,
)
from accord.review.enums import Mode
from accord.ui import drafts
from accord.ui.editing import editing

USUAL_ZONE = "Asia/Shanghai"
MOMENTS = (("opens_at", "opens_on"), ("closes_at", "closes_on"))
"""Which input mends which field of a call."""


@require_http_methods(["GET", "POST"])
@signed_in
def open_programme(request: Request) -> HttpResponse:
    """Open a programme for one's institution."""
    if not rules.may_open_any(request.actor):
        raise NotAllowed(_("Only stewards, officers and programme managers open programmes. Ask one."))
    houses = {str(one.pk): one for one in queries.houses_to_open_for(request.actor)}
    choices = _Choices(request, list(houses.values()))
    form = OpenProgrammeForm(
        request.POST or None,
        initial={"owner": next(iter(houses), "")},
        houses=[(pk, one.name) for pk, one in houses.items()],
        **choices.offered(),
    )
    if request.method == "POST" and form.is_valid():
        said = choices.chosen(form.cleaned_data)
        said["owner"] = houses[said["owner"]]
        try:
            made = operations.open_programme(is_simulated=request.world.is_demo, **said, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The programme is open. Prepare its first call now."))
            return redirect("programmes:programme", made.key)
    return Sheet(_("Open a programme"), _("Open the programme"), reverse("programmes:programmes")).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_programme(request: Request, programme: str) -> HttpResponse:
    """Change what is known of a programme; two who do so at once choose between their answers."""
    found = programme_to_run(request, programme)
    choices = _Choices(request, [found.owner], found)
    make_form = partial(ProgrammeForm, **choices.offered())
    record, back = f"programme:{found.pk}", reverse("programmes:programme", args=[programme])
    edit = editing(request, make_form, initial=_values(found), version=found.version, purpose=record)
    if edit.ready:
        facts = ProgrammeFacts(**choices.chosen(edit.answers))
        try:
            operations.change_programme(programme=found, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_programme(request.actor, programme)
            return edit.clash(thing=fresh.name, theirs=_values(fresh), version=fresh.version, url=back, record=record)
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The programme is changed."))
            return redirect(back)
    sheet = Sheet(_("Change the programme"), _("Save the changes"), back, found)
    return edit.page(TEMPLATE, sheet.context())


@require_http_methods(["POST"])
@signed_in
def end_programme(request: Request, programme: str) -> HttpResponse:
    """End a programme: it takes no further calls."""
    found = programme_to_run(request, programme)
    try:
        operations.end_programme(programme=found, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The programme has ended."))
    return redirect("programmes:programme", programme)


@require_http_methods(["GET", "POST"])
@signed_in
def prepare_call(request: Request, programme: str) -> HttpResponse:
    """Prepare a call of a programme."""
    found = programme_to_run(request, programme)
    traits = queries.kinds()[found.kind]
    initial = {
        "time_zone": USUAL_ZONE,
        "opens_hour": "09:00",
        "closes_hour": "23:59",
        "reserve_length": 0,
        "most_wishes": 5 if traits.has_places else 0,
        "is_public": True,
        "mode": Mode.SINGLE,
    }
    form = drafts.opened(request, partial(NewCallForm, initial=initial))
    if request.method == "POST":
        form = NewCallForm(request.POST, initial=initial)
        if form.is_valid():
            try:
                made = operations.prepare_call(programme=found, facts=CallFacts(**form.facts()), **by_and_at(request))
            except Refused as refused:
                blame(form, refused, MOMENTS)
            else:
                messages.success(request, _("The call is prepared. Look at its form, then publish it."))
                return redirect(to_office(made))
    back = reverse("programmes:programme", args=[programme])
    return Sheet(_("Prepare a call"), _("Prepare the call"), back, found).page(request, form)


@require_http_methods(["GET", "POST"])
@signed_in
def change_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Change what is known of a call; two who do so at once choose between their answers."""
    found = call_to_run(request, programme, call)
    record, back = f"call:{found.pk}", to_office(found)
    edit = editing(request, CallForm, initial=values_of_call(found), version=found.version, purpose=record)
    if edit.ready:
        facts = CallFacts(key=found.key, **_with_seconds(edit.form, found))
        try:
            operations.change_call(call=found, version=edit.version, facts=facts, **by_and_at(request))
        except Clash:
            fresh = queries.find_call(request.actor, programme, call)
            theirs = values_of_call(fresh)
            return edit.clash(thing=fresh.name, theirs=theirs, version=fresh.version, url=back, record=record)
        except Refused as refused:
            blame(edit.form, refused, MOMENTS)
        else:
            messages.success(request, _("The call is changed."))
            return redirect(back)
    note = _("It is published: what applicants were told stays, and its deadline moves only to a later moment.")
    sheet = Sheet(
        _("Change the call"),
        _("Save the changes"),
        back,
        found.programme,
        found,
        note=note if found.published_at else "",
    )
    return edit.page(TEMPLATE, sheet.context())


class _Choices:
    """The agreements and promises that a programme can deliver to, offered and chosen by number."""

    def __init__(self, request: Request, houses: list[Any], programme: Programme | None = None) -> None:
        self.agreements = {str(one.pk): one for one in queries.agreements_for_programme(request.actor, houses)}
        if programme is not None and programme.agreement is not None:
            self.agreements.setdefault(str(programme.agreement_id), programme.agreement)
        self.promises = {str(one.pk): one for one in queries.promises_of(list(self.agreements.values()))}

    def offered(self) -> dict[str, Any]:
        """Return the choices as the form takes them."""
        return {
            "agreements": [(pk, one.title) for pk, one in self.agreements.items()],
            "promises": [
                (one.title, [(pk, each.title) for pk, each in self.promises.items() if each.agreement_id == one.pk])
                for one in self.agreements.values()
            ],
        }

    def chosen(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the answers with records in place of numbers."""
        return {
            **said,
            "agreement": self.agreements.get(said["agreement"]),
            "commitment": self.promises.get(said["commitment"]),
        }


def _values(found: Programme) -> dict[str, Any]:
    """Return what the form shows of a programme."""
    return {
        "name": found.name,
        "summary": found.summary,
        "agreement": str(found.agreement_id or ""),
        "commitment": str(found.commitment_id or ""),
    }


def _with_seconds(form: Any, call: Call) -> dict[str, Any]:
    """Return what was entered; a moment that was left as it stood keeps its seconds, which the form does not show."""
    said: dict[str, Any] = form.facts()
    for name in ("opens_at", "closes_at"):
        before = getattr(call, name)
        if said[name].replace(second=0) == before.replace(second=0, microsecond=0):
            said[name] = before
    return said
