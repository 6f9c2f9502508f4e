"""Doors that are open to everybody: the page of a call, and the check whether one may apply."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all
from accord.programmes import queries, rules
from accord.programmes.enums import CallState
from accord.programmes.forms import AskedForm, call_chip
from accord.programmes.queries import Call
from accord.programmes.views._calls_ground import When, in_zone
from accord.ui import say
from accord.ui.parts import Description, Item

CHECK = "check"
"""What the button of the check sends, so that a page that was only opened says nothing yet."""


@require_GET
@open_to_all
def call(request: Request, programme: str, call: str) -> HttpResponse:
    """Show a call to everybody: what it gives, who may apply, what happens when, and how it is decided."""
    now = clock.now(request.world)
    found = queries.find_public_call(request.actor, programme, call, now)
    state = queries.call_state(found, now)
    form = queries.current_form(found)
    asked = queries.rules_of(found, form.definition) if form else ()
    names = [found.programme.key, found.key]
    has_result = queries.has_result(found)
    context = {
        "call": found,
        "programme": found.programme,
        "chip": call_chip(state),
        "is_open": state == CallState.OPEN,
        "is_cancelled": state == CallState.CANCELLED,
        "standing": _standing(found, state, has_result=has_result),
        "result_url": reverse("programmes:result-of-call", args=names) if has_result else "",
        "moments": _moments(found),
        "days": _days(found),
        "rules": queries.rules_shown(asked),
        "steps": queries.next_steps(found),
        "decided": _how_decided(found),
        "places": queries.places_on_offer(found),
        "sections": [queries.both(one.title) for one in queries.sections_of(form)],
        "apply_url": reverse("programmes:begin", args=names) if state == CallState.OPEN else "",
        "late_url": reverse("programmes:begin", args=names) if _takes_late(found, state, now) else "",
        "is_office": rules.may_see(request.actor, found.programme.owner_id),
    }
    return render(request, "programmes/call.html", context)


@require_GET
@open_to_all
def who_may(request: Request, programme: str, call: str) -> HttpResponse:
    """Explain who may apply, and check it from a few answers before anybody fills in the form; nothing is kept."""
    now = clock.now(request.world)
    found = queries.find_public_call(request.actor, programme, call, now)
    version = queries.current_form(found)
    asked = queries.rules_of(found, version.definition) if version else ()
    is_sent = CHECK in request.GET
    form = AskedForm(queries.asked_before(asked), request.GET if is_sent else None)
    judged = queries.rules_shown(asked, form.raw() if is_sent else None)
    if is_sent:
        form.show(queries.problems_with(form.questions, form.raw()))
    names = [found.programme.key, found.key]
    is_open = queries.call_state(found, now) == CallState.OPEN
    begin = reverse("programmes:begin", args=names) if is_open else ""
    context = {
        "call": found,
        "asked_form": form,
        "rules": judged,
        "is_sent": is_sent,
        "all_hold": is_sent and all(one.holds for one in judged),
        "some_fail": any(one.holds is False for one in judged) if is_sent else False,
        "apply_url": f"{begin}?{request.GET.urlencode()}" if begin else "",
    }
    return render(request, "programmes/who_may.html", context)


def _takes_late(call: Call, state: str, now: Any) -> bool:
    """Say whether somebody with a code may still submit."""
    return state == CallState.CLOSED and call.late_until_at is not None and now < call.late_until_at


def _standing(call: Call, state: str, *, has_result: bool) -> Any:
    """Return in a sentence how the call stands, in the call's own time."""
    words = {
        CallState.PREPARED: _("This call is being prepared. Nobody else reads it yet."),
        CallState.ANNOUNCED: _("Applications open on %(opens)s."),
        CallState.OPEN: _("Applications are taken until %(closes)s."),
        CallState.CLOSED: _("The call closed on %(closes)s. Results are on their way."),
        CallState.FINISHED: _("The call is finished. Everybody who applied was told."),
        CallState.CANCELLED: _("The call was cancelled."),
    }
    if has_result:
        words[CallState.CLOSED] = _("The call closed on %(closes)s. Places are given out.")
    opens, closes = (in_zone(at, call.time_zone) for at in (call.opens_at, call.closes_at))
    return words[CallState(state)] % {"opens": opens, "closes": closes}


def _moments(call: Call) -> list[When]:
    """Return opening and deadline in both zones."""
    return [
        When(
            name,
            at,
            in_zone(at, call.time_zone),
            in_zone(at, call.partner_zone) if call.partner_zone else "",
            prop,
        )
        for name, at, prop in (
            (pgettext_lazy("a call", "Opens"), call.opens_at, "applicationStartDate"),
            (pgettext_lazy("a call", "Closes"), call.closes_at, "applicationDeadline"),
        )
    ]


def _days(call: Call) -> list[When]:
    """Return what else happens on which day, in order."""
    known = [
        When(_("Results"), call.results_on, "", ""),
        When(_("Placements begin"), call.starts_on, "", "", "startDate"),
        When(_("Placements end"), call.ends_on, "", "", "endDate"),
        *(When(one.name, one.held_on, "") for one in queries.dates_of_call(call)),
    ]
    return sorted((one for one in known if one.at), key=lambda one: one.at)


def _how_decided(call: Call) -> Description:
    """Return by which rules it is decided; they were stated before the call opened."""
    rows: list[Any] = [Item(pgettext_lazy("of applications", "Review"), call.get_mode_display())]
    if queries.kinds()[call.programme.kind].has_places:
        rows.append(Item(_("At a place counts"), call.get_host_score_display()))
    rows.append(Item(_("Equal scores"), call.get_tie_rule_display()))
    if call.quota:
        rows.append(Item(_("Most to accept"), say.count(call.quota)))
    if call.reserve_length:
        rows.append(Item(_("Reserve list"), say.count(call.reserve_length)))
    if call.most_wishes:
        rows.append(Item(_("Places to rank"), _("at most %(most)s") % {"most": call.most_wishes}))
    if call.takes_joint:
        rows.append(Item(_("Two together"), _("Two may apply to be placed together.")))
    return Description(rows)
