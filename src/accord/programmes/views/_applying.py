"""Doors to applying: beginning an application, one's own list, and where one's application stands."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import NotAllowed, NotThere, Refused
from accord.kernel.text import EN, ZH
from accord.people.operations import pass_for_newcomer
from accord.people.queries import acting_person
from accord.programmes import operations, queries
from accord.programmes.enums import CallState
from accord.programmes.forms import MY_APPLICATIONS, BeginForm, application_chip
from accord.programmes.queries import Application, Call
from accord.programmes.views._calls_ground import by_and_at, in_zone
from accord.programmes.views._tabs import list_tabs
from accord.ui.forms import WRONG_FORM
from accord.ui.parts import Banner, Task, TaskGroup, TaskList, TaskStatus

STATES = {
    "not-started": TaskStatus.NOT_STARTED,
    "begun": TaskStatus.IN_PROGRESS,
    "done": TaskStatus.COMPLETED,
}
"""How far a section is, as the list of tasks says it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when one may submit, in the zone of the call and in the partner's."""

    here: str
    there: str = ""


@require_http_methods(["GET", "POST"])
@open_to_all
def begin(request: Request, programme: str, call: str) -> HttpResponse:
    """Begin an application, after what the rules ask; visitors are shown the way to an account first."""
    now = clock.now(request.world)
    found = queries.find_public_call(request.actor, programme, call, now)
    state, is_late = queries.call_state(found, now), queries.takes_late(found, now)
    if state != CallState.OPEN and not is_late:
        messages.info(request, _("This call takes no applications now. Its page says when it does."))
        return redirect("programmes:call", programme, call)
    if request.actor.is_nobody:
        return _show_way_in(request, found)
    if request.actor.for_person is not None:
        raise NotAllowed(_("You stand in for somebody. Nobody applies for somebody else: end standing in first."))
    begun = queries.own_application_to(request.actor, found)
    if begun is not None:
        return redirect("programmes:my-application", begun.reference)
    return _begin(request, found, is_late=is_late)


def _begin(request: Request, call: Call, *, is_late: bool) -> HttpResponse:
    """Ask what comes before the form, and begin."""
    version = queries.current_form(call)
    if version is None:
        raise NotThere(_("This call has no form yet. Come back once it is published."))
    rules, questions = queries.checked_before(call, version)
    prefilled = request.GET if any(f"q-{one.key}" in request.GET for one in questions) else None
    form = BeginForm(questions, request.POST if request.method == "POST" else prefilled, is_late=is_late)
    status = 200
    if request.method == "POST":
        person = acting_person(request.actor)
        now = clock.now(request.world)
        try:
            made = operations.begin_application(
                call=call,
                person=person,
                language=ZH if (get_language() or EN).startswith("zh") else EN,
                at=now,
                home=queries.home_on(person, now.date()),
                screening=form.raw(),
                code=form.code,
            )
        except Refused as refused:
            form.show(queries.problems_with(questions, form.raw()))
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            status = WRONG_FORM
        else:
            return redirect("programmes:my-application", made.reference)
    context = {
        "call": call,
        "form": form,
        "rules": queries.rules_shown(rules),
        "deadline": deadline_of(call),
        "is_late": is_late,
    }
    return render(request, "programmes/begin.html", context, status=status)


def _show_way_in(request: Request, call: Call) -> HttpResponse:
    """Show a visitor how to sign in, or to open an account, and to come back here."""
    here = request.path
    context = {
        "call": call,
        "here": here,
        "pass": pass_for_newcomer(to=here),
        "deadline": deadline_of(call),
    }
    return render(request, "programmes/way_in.html", context)


@require_GET
@signed_in
def my_applications(request: Request) -> HttpResponseBase:
    """List one's own applications, as applicant or applying along."""
    page = MY_APPLICATIONS.page(request.GET, queries.applications_of(request.actor))
    if page.format:
        return MY_APPLICATIONS.export(page, filename="my-applications")
    context = {"table": page, "tabs": list_tabs(request, "programmes:my-applications")}
    return render(request, "programmes/my_applications.html", context)


@require_GET
@signed_in
def my_application(request: Request, reference: str) -> HttpResponse:
    """Show one's own application: what is still to do, where it stands, what comes next, what was said."""
    one = queries.find_own_application(request.actor, reference)
    now = clock.now(request.world)
    is_mine = one.applicant_id == request.actor.person_id
    may_write = is_mine and queries.may_write(one, now)
    context = {
        "application": one,
        "call": one.call,
        "chip": application_chip(one),
        "tells": queries.stage_tells(one),
        "ahead": queries.way_ahead(one),
        "deadline": deadline_of(one.call),
        "is_mine": is_mine,
        "may_write": may_write,
        "is_draft": one.phase == "draft",
        "tasks": _tasks(one) if may_write else None,
        "news": queries.form_news(one) if may_write else None,
        "may_withdraw": is_mine and one.withdrawn_at is None and queries.withdraw_step(one) is not None,
        "notice": _notice(one, now),
        "enquiries": queries.enquiries_of(one) if is_mine else (),
        "decision": queries.told_decision(one),
        "offer": queries.offer_for(one),
        "result_url": _result_url(one),
        "placements": queries.own_placements(one, request.actor),
        "companions": queries.companions_of(one),
        "sections": () if may_write else queries.answer_sections(one),
        "steps": queries.steps_of(one),
    }
    return render(request, "programmes/my_application.html", context)


def own_to_write(request: Request, reference: str) -> Application:
    """Return an application of one's own; who only applies along hears that they read it."""
    one = queries.find_own_application(request.actor, reference)
    if one.applicant_id != request.actor.person_id:
        raise NotAllowed(_("Whose application it is writes it. Whoever applies along reads it."))
    return one


def still_open(request: Request, one: Application) -> bool:
    """Say whether answers can be changed now; say why on the next page where not."""
    if queries.may_write(one, clock.now(request.world)):
        return True
    messages.warning(request, _("This application can no longer be changed. What was kept stays as it is."))
    return False


def home_of(one: Application) -> str:
    """Return the address of one's own page of an application."""
    return reverse("programmes:my-application", args=[one.reference])


def deadline_of(call: Call) -> Deadline:
    """Return until when one may submit, in words, in both zones."""
    there = in_zone(call.closes_at, call.partner_zone) if call.partner_zone else ""
    return Deadline(in_zone(call.closes_at, call.time_zone), there)


def written(request: Request) -> dict[str, Any]:
    """Return who writes, and when the server took it."""
    return by_and_at(request)


def _result_url(one: Application) -> str:
    """Return where the result is explained, once there is one."""
    has_one = queries.result_for(one) is not None or queries.offer_for(one) is not None
    return reverse("programmes:result", args=[one.reference]) if has_one else ""


def _notice(one: Application, now: Any) -> Banner | None:
    """Return what must be said above everything: a draft that can no longer be sent, or only with the late code."""
    if one.phase != "draft":
        return None
    state = queries.call_state(one.call, now)
    if queries.takes_late(one.call, now):
        return Banner(_("The call has closed. You can still submit with the late code, if you were given one."), "wary")
    if state != CallState.OPEN:
        return Banner(_("The call takes no applications any more. This draft was not submitted."), "bad")
    return None


def _tasks(one: Application) -> TaskList:
    """Return what is to do, each with how far it is."""
    states = queries.section_states(one, queries.source_codes(one.call))
    sections = tuple(
        Task(each.title, reverse("programmes:my-section", args=[one.reference, each.key]), STATES[each.state.value])
        for each in states
    )
    return TaskList(
        (
            TaskGroup(_("Your answers"), sections),
            TaskGroup(_("Places and people"), tuple(_others(one))),
            TaskGroup(
                pgettext_lazy("an application", "Submit"),
                (
                    Task(
                        _("Check your answers and submit"),
                        reverse("programmes:check-application", args=[one.reference]),
                    ),
                ),
            ),
        )
    )


def _others(one: Application) -> list[Task]:
    """Return the tasks beside the form: places to rank, who applies along, with whom to be placed."""
    tasks = []
    if one.call.most_wishes and not queries.ranks_in_form(one) and queries.open_places(one.call).exists():
        ranked = TaskStatus.COMPLETED if queries.wishes_of(one) else TaskStatus.NOT_STARTED
        tasks.append(Task(_("Rank the places"), reverse("programmes:wishes", args=[one.reference]), ranked))
    named = list(queries.companions_of(one))
    waiting = [each for each in named if each.joined_at is None]
    along = TaskStatus.IN_PROGRESS if waiting else TaskStatus.COMPLETED if named else TaskStatus.NOT_STARTED
    tasks.append(
        Task(
            _("People who apply along (optional)"),
            reverse("programmes:companions", args=[one.reference]),
            along,
            _("You wait for an answer of somebody whom you named.") if waiting else "",
        )
    )
    if one.call.takes_joint:
        tasks.append(_joint(one))
    return tasks


def _joint(one: Application) -> Task:
    other = one.together_with
    if other is None:
        status, hint = TaskStatus.NOT_STARTED, ""
    elif other.together_with_id == one.pk:
        status, hint = TaskStatus.COMPLETED, other.reference
    else:
        status = TaskStatus.IN_PROGRESS
        hint = _("%(reference)s has not entered your reference yet.") % {"reference": other.reference}
    title = _("Be placed together with somebody (optional)")
    return Task(title, reverse("programmes:together", args=[one.reference]), status, hint)
