"""Doors of standing in: who stands in for whom, giving and ending it, acting for somebody and as oneself again."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.enums import ACTING_FOR, SpanState
from accord.people.forms import StandInForm
from accord.people.views._grants import MOST_SUGGESTED, standing, state_of
from accord.ui.forms import form_page

TWO_WEEKS = timedelta(days=14)


@require_GET
@signed_in
def standing_in(request: Request) -> HttpResponse:
    """Show who stands in for the reader, and for whom the reader may stand in."""
    actor, day = request.actor, clock.today(request.world)
    given = [(one, state_of(one)) for one in queries.delegations_given(actor, on=day)]
    taken = [(one, state_of(one)) for one in queries.delegations_taken(actor, on=day)]
    context = {"given": given, "taken": taken, "may_delegate": rules.may_delegate(actor), "over": SpanState.OVER}
    return render(request, "people/standing_in.html", context | {"holds": SpanState.HOLDS})


@require_http_methods(["GET", "POST"])
@signed_in
def let_stand_in(request: Request) -> HttpResponse:
    """Let somebody stand in for the reader."""
    actor, day = request.actor, clock.today(request.world)
    if not rules.may_delegate(actor):
        raise NotAllowed(_("Only an officer's or an executive's role can be lent, by whoever holds it themselves."))
    persons = queries.people_to_stand_in(actor, on=day)
    form = StandInForm(
        request.POST or None,
        initial={"starts_on": day, "ends_on": day + TWO_WEEKS},
        find=lambda words: queries.person_among(persons, words),
    )
    if request.method == "POST" and form.is_valid() and _delegated(request, form):
        messages.success(request, _("%(name)s stands in for you.") % {"name": form.cleaned_data["taker"].name})
        return redirect("people:standing-in")
    return form_page(request, "people/stand_in_new.html", form, {"people": persons[:MOST_SUGGESTED]})


def _delegated(request: Request, form: StandInForm) -> bool:
    """Let them stand in; False where it was refused and the form says why."""
    given = form.cleaned_data
    try:
        operations.delegate(
            to=given["taker"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            reason=given["reason"],
            by=queries.acting_person(request.actor),
        )
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return False
    return True


@require_POST
@signed_in
def end_standing_in(request: Request, pk: int) -> HttpResponse:
    """End at once that somebody stands in for the reader."""
    day = clock.today(request.world)
    delegation = queries.find_given(request.actor, pk, on=day)
    operations.end_delegation(delegation=delegation, version=delegation.version, on=day)
    messages.success(request, _("%(name)s no longer stands in for you.") % {"name": delegation.taker.name})
    return redirect("people:standing-in")


@require_POST
@signed_in
def act_for(request: Request, pk: int) -> HttpResponse:
    """Act for somebody from now on in this session; every page says so."""
    delegation = queries.find_taken(request.actor, pk, on=clock.today(request.world))
    if standing(delegation) != SpanState.HOLDS:
        raise NotAllowed(_("You do not stand in for this person today."))
    request.session[ACTING_FOR] = delegation.pk
    return redirect("portal:home")


@require_POST
@signed_in
def act_as_oneself(request: Request) -> HttpResponse:
    """Act as oneself again."""
    request.session.pop(ACTING_FOR, None)
    messages.success(request, _("You act as yourself again."))
    return redirect("portal:home")
