"""Doors to mentors and their hours."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotAllowed
from accord.workspace import operations, queries
from accord.workspace.forms import MENTORS, SESSIONS, HoursForm, MentorForm, NoLongerForm, TakeForm, session_chip, when
from accord.workspace.operations import Hours
from accord.workspace.queries import Mentor, MentorSession
from accord.workspace.views._care_ground import Ground, answered, ground_of, person_named
from accord.workspace.views._team_ground import by_and_at, finder, kept_site, notes_of, suggested


@require_GET
@signed_in
def mentors(request: Request, site: str) -> HttpResponseBase:
    """List the mentors of a site with their hours."""
    ground = ground_of(request, site)
    page = MENTORS.page(request.GET, queries.mentors_of(ground.site, ground.now, ground.today))
    people_shown(request.actor, [one.person_id for one in page.records], ground.now)
    if page.format:
        return MENTORS.export(page, filename=f"{site}-mentors", notes=notes_of(request))
    return render(request, "workspace/mentors.html", ground.context(request) | {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def appoint_mentor(request: Request, site: str) -> HttpResponse:
    """Appoint a mentor."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    form = MentorForm(request.POST or None, find=finder(request), initial={"starts_on": ground.today})

    def appoint(given: dict[str, Any]) -> None:
        with transaction.atomic():
            person = person_named(request, given)
            operations.appoint_mentor(
                site=home, person=person, topics=given["topics"], starts_on=given["starts_on"], **by_and_at(request)
            )

    context = ground.context(request) | {
        "heading": _("Appoint a mentor"),
        "act": _("Appoint"),
        "up": (_("Mentors"), reverse("workspace:mentors", args=[site])),
        "people": suggested(request),
    }
    to = reverse("workspace:mentors", args=[site])
    return answered(request, form, appoint, done=_("The mentor is appointed."), to=to, context=context)


@require_GET
@signed_in
def mentor(request: Request, site: str, pk: int) -> HttpResponse:
    """Show a mentor: what teams can ask, the hours that are free, and how many were given."""
    ground = ground_of(request, site)
    found = queries.find_mentor(ground.site, pk, ground.now, ground.today)
    people_shown(request.actor, [found.person_id], ground.now)
    sessions = queries.sessions_seen(ground.site, request.actor, ground.today, sees_all=ground.keeps)
    sessions = sessions.filter(mentor=found)
    context = ground.context(request) | {
        "mentor": found,
        "hours": {name: getattr(found, f"minutes_{name}") / 60 for name in ("offered", "taken", "held", "missed")},
        "ahead": [_line(one) for one in sessions.filter(starts_at__gt=ground.now).order_by("starts_at", "pk")[:20]],
        "past": [_line(one) for one in sessions.filter(starts_at__lte=ground.now)[:20]],
        "may_offer": _may_offer(request, ground, found),
    }
    return render(request, "workspace/mentor.html", context)


def _line(session: MentorSession) -> dict[str, Any]:
    """Return an hour as a line of a list."""
    zone = session.mentor.site.time_zone
    return {"session": session, "when": when(session.starts_at, zone), "chip": session_chip(session)}


def _may_offer(request: Request, ground: Ground, mentor: Mentor) -> bool:
    """Say whether somebody may offer a mentor's hours: the mentor, and who keeps the site's teams."""
    return ground.keeps or mentor.person_id in request.actor.persons


@require_http_methods(["GET", "POST"])
@signed_in
def end_mentor(request: Request, site: str, pk: int) -> HttpResponse:
    """End an appointment."""
    home = kept_site(request, site)
    ground = ground_of(request, site)
    found = queries.find_mentor(home, pk, ground.now, ground.today)
    form = NoLongerForm(request.POST or None, initial={"ends_on": found.ends_on or ground.today})
    to = reverse("workspace:mentor", args=[site, pk])
    context = ground.context(request) | {
        "heading": _("End the appointment"),
        "act": _("End the appointment"),
        "hint": _("Hours on and after that day are cancelled, and teams that took one are told."),
        "up": (found.person.name, to),
    }
    do = partial(_end, request, found)
    return answered(request, form, do, done=_("The appointment ends on that day."), to=to, context=context)


def _end(request: Request, mentor: Mentor, given: dict[str, Any]) -> None:
    operations.end_mentor(mentor=mentor, ends_on=given["ends_on"], **by_and_at(request))


@require_http_methods(["GET", "POST"])
@signed_in
def offer_hours(request: Request, site: str, pk: int) -> HttpResponse:
    """Offer hours of a mentor."""
    ground = ground_of(request, site)
    found = queries.find_mentor(ground.site, pk, ground.now, ground.today)
    if not _may_offer(request, ground, found):
        raise NotAllowed(_("Hours are offered by the mentor, or by the operator of this work space. Ask one of them."))
    form = HoursForm(request.POST or None)

    def offer(given: dict[str, Any]) -> None:
        place = given.pop("place")
        operations.offer_hours(mentor=found, hours=Hours(**given), place=place, **by_and_at(request))

    to = reverse("workspace:mentor", args=[site, pk])
    context = ground.context(request) | {
        "heading": _("Offer hours"),
        "act": _("Offer"),
        "hint": _("The time is cut into sessions that teams take one by one."),
        "up": (found.person.name, to),
    }
    return answered(request, form, offer, done=_("The hours are offered."), to=to, context=context)


@require_GET
@signed_in
def mentor_sessions(request: Request, site: str) -> HttpResponseBase:
    """List the hours of a site's mentors."""
    ground = ground_of(request, site)
    rows = queries.sessions_seen(ground.site, request.actor, ground.today, sees_all=ground.keeps)
    page = SESSIONS.page(request.GET, rows)
    people_shown(request.actor, [one.mentor.person_id for one in page.records], ground.now)
    if page.format:
        return SESSIONS.export(page, filename=f"{site}-mentor-hours", notes=notes_of(request))
    return render(request, "workspace/mentor_sessions.html", ground.context(request) | {"table": page})


@require_GET
@signed_in
def mentor_session(request: Request, site: str, pk: int) -> HttpResponse:
    """Show one hour of a mentor, and what can be done with it."""
    ground = ground_of(request, site)
    session = _session(request, ground, pk)
    people_shown(request.actor, [session.mentor.person_id], ground.now)
    is_ahead = session.starts_at > ground.now
    is_own = session.team_id is not None and session.team_id in _own(request, ground)
    is_host = _may_offer(request, ground, session.mentor)
    context = ground.context(request) | {
        "session": session,
        "when": when(session.starts_at, ground.site.time_zone),
        "chip": session_chip(session),
        "may_take": session.state == "offered" and is_ahead and (ground.keeps or _own(request, ground)),
        "may_give_back": session.state == "booked" and is_ahead and (ground.keeps or is_own),
        "may_settle": session.state in {"booked", "held", "missed"} and not is_ahead and is_host,
        "may_cancel": session.state in {"offered", "booked"} and is_host,
    }
    return render(request, "workspace/mentor_session.html", context)


def _session(request: Request, ground: Ground, pk: int) -> MentorSession:
    seen = queries.sessions_seen(ground.site, request.actor, ground.today, sees_all=ground.keeps)
    return queries.find_session(seen, pk)


def _own(request: Request, ground: Ground) -> frozenset[int]:
    """Return the teams of the site that somebody works in today."""
    return frozenset(queries.own_teams(request.actor, ground.site, ground.today).values_list("pk", flat=True))


@require_http_methods(["GET", "POST"])
@signed_in
def take_session(request: Request, site: str, pk: int) -> HttpResponse:
    """Take a free hour for a team: one's own, or as operator for any."""
    ground = ground_of(request, site)
    session = _session(request, ground, pk)
    own = queries.own_teams(request.actor, ground.site, ground.today)
    teams = {one.pk: one for one in (queries.teams_of_site(ground.site) if ground.keeps else own)}
    if not teams and not ground.keeps:
        raise NotAllowed(_("Hours are taken by people who work in a team here, or by the operator for them."))
    form = TakeForm(request.POST or None, teams=teams.values())

    def take(given: dict[str, Any]) -> None:
        team = teams[given["team"]]
        operations.take_session(session=session, team=team, subject=given["subject"], **by_and_at(request))

    to = reverse("workspace:mentor-session", args=[site, pk])
    moment = when(session.starts_at, ground.site.time_zone)
    context = ground.context(request) | {
        "heading": _("Take the hour"),
        "act": _("Take the hour"),
        "hint": f"{session.mentor.person.name} · {moment}",
        "up": (moment, to),
    }
    return answered(request, form, take, done=_("The hour is yours. The mentor is told."), to=to, context=context)


@require_POST
@signed_in
def give_back_session(request: Request, site: str, pk: int) -> HttpResponse:
    """Give an hour back."""
    ground = ground_of(request, site)
    session = _session(request, ground, pk)
    if not ground.keeps and session.team_id not in _own(request, ground):
        raise NotAllowed(_("Only the team that took this hour gives it back, or the operator for it."))
    operations.give_back_session(session=session, **by_and_at(request))
    messages.success(request, _("The hour is free again."))
    return redirect("workspace:mentor-session", site, pk)


@require_POST
@signed_in
def settle_session(request: Request, site: str, pk: int) -> HttpResponse:
    """Say whether an hour was held."""
    session = _hosted(request, site, pk)
    was_held = request.POST.get("was_held") == "yes"
    operations.settle_session(session=session, was_held=was_held, **by_and_at(request))
    messages.success(request, _("It is noted that the hour was held.") if was_held else _("It is noted as missed."))
    return redirect("workspace:mentor-session", site, pk)


@require_POST
@signed_in
def cancel_session(request: Request, site: str, pk: int) -> HttpResponse:
    """Cancel an hour."""
    operations.cancel_session(session=_hosted(request, site, pk), **by_and_at(request))
    messages.success(request, _("The hour is cancelled."))
    return redirect("workspace:mentor-session", site, pk)


def _hosted(request: Request, site: str, pk: int) -> MentorSession:
    """Return an hour to its mentor, and to whoever keeps the site's teams."""
    ground = ground_of(request, site)
    session = _session(request, ground, pk)
    if not _may_offer(request, ground, session.mentor):
        raise NotAllowed(_("Only the mentor says this of an hour, or the operator of this work space."))
    return session
