"""Doors of hosts: what they were asked for, their places, and whom they want; by account, and by a link without one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.links import FoundLink, by_link
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, Refused
from accord.programmes import operations, queries
from accord.programmes.enums import OPEN_PLACES, HostScore
from accord.programmes.forms import PlaceForm, RankForm
from accord.programmes.operations import PlaceFacts
from accord.programmes.views._calls_ground import blame
from accord.programmes.views._host_ground import Way, by_account, by_token
from accord.programmes.views._match_places import facts_said, values_of
from accord.programmes.views._tabs import list_tabs
from accord.ui.editing import editing
from accord.ui.forms import form_page


@require_GET
@signed_in
def my_hosts(request: Request) -> HttpResponse:
    """List the calls that ask the reader's house for places."""
    rows = list(queries.hosts_of(request.actor))
    context = {"hosts": rows, "tabs": list_tabs(request, "programmes:my-hosts")}
    return render(request, "programmes/my_hosts.html", context)


@require_GET
@signed_in
def host_places(request: Request, pk: int) -> HttpResponse:
    """Show a host its places in a call, and what is to do next."""
    return _home(by_account(request, pk))


@require_GET
@by_link(OPEN_PLACES)
def places_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Show the same to whoever came by a link."""
    return _home(by_token(request, link))


@require_http_methods(["GET", "POST"])
@signed_in
def host_open_place(request: Request, pk: int) -> HttpResponse:
    """Open places in a call, as the host."""
    return _open(by_account(request, pk))


@require_http_methods(["GET", "POST"])
@by_link(OPEN_PLACES)
def open_place_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Open places in a call by a link."""
    return _open(by_token(request, link))


@require_http_methods(["GET", "POST"])
@signed_in
def host_change_place(request: Request, pk: int, code: str) -> HttpResponse:
    """Change a place, as the host."""
    return _change(by_account(request, pk), code)


@require_http_methods(["GET", "POST"])
@by_link(OPEN_PLACES)
def change_place_by_link(request: Request, link: FoundLink, code: str) -> HttpResponse:
    """Change a place by a link."""
    return _change(by_token(request, link), code)


@require_http_methods(["GET", "POST"])
@signed_in
def host_rank(request: Request, pk: int, code: str) -> HttpResponse:
    """Rank who wants a place, as the host."""
    return _rank(by_account(request, pk), code)


@require_http_methods(["GET", "POST"])
@by_link(OPEN_PLACES)
def rank_by_link(request: Request, link: FoundLink, code: str) -> HttpResponse:
    """Rank who wants a place by a link."""
    return _rank(by_token(request, link), code)


@require_POST
@signed_in
def host_done(request: Request, pk: int) -> HttpResponse:
    """Say that the rankings are done, or that they go on, as the host."""
    return _done(by_account(request, pk))


@require_POST
@by_link(OPEN_PLACES)
def done_by_link(request: Request, link: FoundLink) -> HttpResponse:
    """Say by a link that the rankings are done, or that they go on."""
    return _done(by_token(request, link))


def _home(way: Way) -> HttpResponse:
    ranks = way.host.call.host_score == HostScore.HOST
    closed = queries.is_published(way.host.call)
    rows = [
        (one, way.address("host-change-place", one.code), way.address("host-rank", one.code) if ranks or closed else "")
        for one in queries.places_of_host(way.host)
    ]
    context = way.context(
        rows=rows,
        ranks=ranks,
        is_out=closed,
        wanted=sum(one.wanted for one, _change_url, _rank_url in rows),
        open_url=way.address("host-open-place"),
        done_url=way.address("host-done"),
    )
    return render(way.request, "programmes/host_places.html", context)


def _open(way: Way) -> HttpResponse:
    form = PlaceForm(way.request.POST or None)
    if way.request.method == "POST" and form.is_valid():
        try:
            facts = PlaceFacts(**form.cleaned_data)
            operations.open_place(host=way.host, facts=facts, is_simulated=way.request.world.is_demo, **way.acting)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(way.request, _("The place is open."))
            return redirect(way.address("host-places"))
    return _sheet(way, form, _("Open a place"), _("Open the place"))


def _change(way: Way, code: str) -> HttpResponse:
    one = way.place(code)
    names = PlaceForm.base_fields
    values = {name: value for name, value in values_of(one).items() if name in names}
    edit = editing(way.request, PlaceForm, initial=values, version=one.version, purpose=f"host-place:{one.pk}")
    if edit.ready:
        kept = {"code": one.code, "limit": one.limit.key if one.limit else ""}
        try:
            facts = facts_said(edit.answers | kept, way.host.call)
            operations.change_place(place=one, version=edit.version, facts=facts, **way.acting)
        except Clash:
            fresh = way.place(code)
            theirs = {name: value for name, value in values_of(fresh).items() if name in names}
            home = way.address("host-places")
            return edit.clash(
                thing=fresh.name, theirs=theirs, version=fresh.version, url=home, record=f"place:{one.pk}"
            )
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(way.request, _("The place is changed."))
            return redirect(way.address("host-places"))
    context = way.context(heading=_("Change the place"), action=_("Save the changes"), meta=one.name)
    return edit.page("programmes/host_keep.html", context)


def _rank(way: Way, code: str) -> HttpResponse:
    one = way.place(code)
    people = queries.read_by_host(one)
    people_shown(way.reader, [row.application.applicant_id for row in people], clock.now(way.request.world))
    pages = {row.application.pk: way.address("host-reads", code, row.application.reference) for row in people}
    make_form = partial(RankForm, people=people, pages=pages)
    form = make_form(way.request.POST or None)
    if way.request.method == "POST" and form.is_valid():
        try:
            operations.rank_applicants(place=one, order=form.order, unwanted=form.unwanted, **way.acting)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(way.request, _("Your ranking is kept. Say that you are done once all places are ranked."))
            return redirect(way.address("host-places"))
    context = way.context(
        place=one,
        people=[(row, pages[row.application.pk]) for row in people],
        is_out=queries.is_published(way.host.call),
        is_over=queries.ranking_is_over(way.host.call),
    )
    return form_page(way.request, "programmes/host_rank.html", form, context)


def _done(way: Way) -> HttpResponse:
    acting = way.acting
    try:
        if way.request.POST.get("go_on"):
            operations.open_ranking_again(host=way.host, **acting)
        else:
            operations.hosts_done(host=way.host, **acting)
    except Refused as refused:
        messages.error(way.request, str(refused))
    else:
        messages.success(way.request, _("Kept. The office sees it."))
    return redirect(way.address("host-places"))


def _sheet(way: Way, form: Any, heading: Any, action: Any) -> HttpResponse:
    return form_page(way.request, "programmes/host_keep.html", form, way.context(heading=heading, action=action))
