"""Doors of the office to runs of the matching: make, look into, publish, carry on."""

import io
import json
import zipfile
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import NotThere, Refused
from accord.programmes import operations, queries
from accord.programmes.enums import Mechanism, RunKind
from accord.programmes.forms import LINES_LIST, RUNS_LIST, PublishMatchForm, RematchForm, RunForm, run_chip
from accord.programmes.operations import RunSettings
from accord.programmes.queries import Call, MatchRun
from accord.programmes.views._calls_ground import blame, by_and_at
from accord.programmes.views._match_ground import (
    call_of_office,
    call_to_decide,
    choices_of_places,
    end_of_day,
    list_page,
    page,
    tell_shown,
)
from accord.programmes.views._tabs import call_tabs
from accord.ui.forms import form_page

MECHANISMS = (
    (
        Mechanism.FAIR_MATCH,
        _("Nobody can point to a place given to somebody weaker, and nobody could have a better one fairly."),
        _("Places are earned by score or by the host’s ranking. The usual choice; nobody gains by bluffing."),
    ),
    (
        Mechanism.JOINT,
        _("As a fair match, for teams and for two who want to be together; it says where somebody could complain."),
        _("Teams apply, or two apply to be placed together."),
    ),
    (
        Mechanism.FILL_MOST,
        _("Fair but for ties; equal scores are settled so that more places are filled."),
        _("Many have equal scores, and an empty place is costly."),
    ),
    (
        Mechanism.FAIR_SPREAD,
        _("As many people as possible are placed, then as many as possible get what they like; scores do not count."),
        _("Places are given out without scores."),
    ),
    (
        Mechanism.PRIORITY,
        _("The best score chooses first; nobody could have a better place without somebody before them losing theirs."),
        _("There is one order of people, such as first come or a draw alone."),
    ),
    (
        Mechanism.HOST_FIRST,
        _("Fair, and the worst such result for applicants."),
        _("Only to see how far fair results differ; do not publish it."),
    ),
)
"""Each way of placing: what it guarantees, and when to choose it."""


@require_http_methods(["GET", "POST"])
@signed_in
def match(request: Request, programme: str, call: str) -> HttpResponseBase:
    """List the runs of a call, and make one."""
    if request.method == "POST":
        return _run(request, call_to_decide(request, programme, call))
    found = call_of_office(request, programme, call)
    more: dict[str, Any] = {"free": queries.free_seats(found), "told": queries.told_run(found)}
    return list_page(request, found, RUNS_LIST, queries.runs_of(found), "programmes/match.html", "match", **more)


@require_GET
@signed_in
def new_run(request: Request, programme: str, call: str) -> HttpResponse:
    """Ask how a run is to be made."""
    found = call_to_decide(request, programme, call)
    return _ask(request, found, _form(request, found))


@require_GET
@signed_in
def run(request: Request, programme: str, call: str, number: int) -> HttpResponseBase:
    """Show a run: how many are placed, what is new against the last one, and who got what."""
    found = call_of_office(request, programme, call)
    one = queries.find_run(found, number)
    rows = queries.lines_of(one)
    table = LINES_LIST.page(request.GET, rows)
    tell_shown(request, table, rows)
    if table.format:
        return LINES_LIST.export(table, filename=f"{programme}-{call}-run-{number}", notes=(one.digest,))
    context = {
        "run": one,
        "table": table,
        "chip": run_chip(one),
        "mechanism": Mechanism(one.mechanism).label,
        "profile": queries.profile_of(one),
        "changes": queries.changes_of(one),
        "told_at": queries.told_at(one),
        "holds": one.published_at is not None and one.replaced_at is None,
        "may_publish": one.published_at is None and one.kind == RunKind.DRY,
    }
    return page(request, "programmes/run.html", found, "match", **context)


@require_GET
@signed_in
def run_line(request: Request, programme: str, call: str, number: int, reference: str) -> HttpResponse:
    """Show why one person got what they got in a run."""
    found = call_of_office(request, programme, call)
    line = queries.find_line(queries.find_run(found, number), reference)
    people_shown(request.actor, [line.application.applicant_id], clock.now(request.world))
    context = {"line": line, "run": line.run, "reasons": queries.reasons_of(line), "words": queries.result_words(line)}
    return page(request, "programmes/run_line.html", found, "match", **context)


@require_GET
@signed_in
def certificate(request: Request, programme: str, call: str, number: int) -> HttpResponse:
    """Show what other code found when it checked a run, and what it took to hold a seat."""
    found = call_of_office(request, programme, call)
    one = queries.find_run(found, number)
    return page(request, "programmes/certificate.html", found, "match", **_proof(one))


@require_http_methods(["GET", "POST"])
@signed_in
def publish_match(request: Request, programme: str, call: str, number: int) -> HttpResponse:
    """Say what publishing a run does, then do it; it cannot be undone."""
    found = call_to_decide(request, programme, call)
    one = queries.find_run(found, number)
    form = PublishMatchForm(request.POST or None, expected=found.key)
    if request.method == "POST" and form.is_valid():
        answer_by = end_of_day(found, form.cleaned_data["answer_by"])
        try:
            operations.publish_match(run=one, answer_by=answer_by, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The result is published."))
            return redirect("programmes:run", programme, call, number)
    context = {
        "call": found,
        "run": one,
        "tabs": call_tabs(request, found, "match"),
        "changes": queries.changes_of(one),
        "is_again": one.previous_id is not None,
    }
    return form_page(request, "programmes/publish_match.html", form, context)


@require_http_methods(["GET", "POST"])
@signed_in
def rematch(request: Request, programme: str, call: str, number: int) -> HttpResponse:
    """Place people again after withdrawals, and show first what would change."""
    found = call_to_decide(request, programme, call)
    one = queries.find_run(found, number)
    form = RematchForm(request.POST or None, initial={"policy": "improve-all"})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.rematch(run=one, policy=form.cleaned_data["policy"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("This is who would move. It binds nobody until you publish it."))
            return redirect("programmes:run", programme, call, made.number)
    context = {"call": found, "run": one, "tabs": call_tabs(request, found, "match"), "free": queries.free_seats(found)}
    return form_page(request, "programmes/rematch.html", form, context)


@require_GET
@open_to_all
def result_of_call(request: Request, programme: str, call: str) -> HttpResponse:
    """Show everybody the published result: numbers, certificate, and the files by which anybody repeats it."""
    found = queries.find_public_call(request.actor, programme, call, clock.now(request.world))
    one = queries.told_run(found)
    if one is None:
        raise NotThere(_("No result of this call is published yet."))
    return render(request, "programmes/result_of_call.html", {"call": found, **_proof(one)})


@require_GET
@open_to_all
def audit_file(request: Request, programme: str, call: str) -> HttpResponse:
    """Answer the market and the result as files that `accord match` repeats; references in place of names."""
    found = queries.find_public_call(request.actor, programme, call, clock.now(request.world))
    one = queries.told_run(found)
    if one is None:
        raise NotThere(_("No result of this call is published yet."))
    answer = HttpResponse(_zipped(one), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{programme}-{call}-run-{one.number}.zip"'
    return answer


def _zipped(one: MatchRun) -> bytes:
    """Return both files and what to do with them; the same run gives the same bytes."""
    kept = io.BytesIO()
    files = {
        "market.json": json.dumps(one.market, ensure_ascii=False, indent=1),
        "result.json": json.dumps(operations.result_of(one), ensure_ascii=False, indent=1),
        "README.txt": f"accord match market.json --check result.json\nSHA-256 of the market: {one.digest}\n",
    }
    with zipfile.ZipFile(kept, "w") as box:
        for name, text in files.items():
            box.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _proof(one: MatchRun) -> dict[str, Any]:
    return {
        "run": one,
        "chip": run_chip(one),
        "mechanism": Mechanism(one.mechanism).label,
        "lines": queries.certificate_lines(one),
        "cutoffs": queries.cutoffs_of(one),
        "profile": queries.profile_of(one),
    }


def _form(request: Request, call: Call) -> RunForm:
    limits = [(one.key, one.name) for one in queries.limits_of(call)]
    initial = {"mechanism": Mechanism.JOINT if queries.needs_joint(call) else Mechanism.FAIR_MATCH}
    return RunForm(request.POST or None, initial=initial, places=choices_of_places(call), limits=limits)


def _run(request: Request, call: Call) -> HttpResponse:
    form = _form(request, call)
    if form.is_valid():
        said = form.cleaned_data
        settings = RunSettings(
            draws=said["draws"],
            spread=said["spread"],
            seats={said["more_at"]: 1} if said["more_at"] else {},
            without=(said["without"],) if said["without"] else (),
            note=said["note"],
        )
        try:
            made = operations.run_match(call=call, mechanism=said["mechanism"], settings=settings, **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("The run is made. It binds nobody until you publish it."))
            return redirect("programmes:run", call.programme.key, call.key, made.number)
    return _ask(request, call, form)


def _ask(request: Request, call: Call, form: RunForm) -> HttpResponse:
    ways = [(one.label, promise, when) for one, promise, when in MECHANISMS]
    context = {"call": call, "tabs": call_tabs(request, call, "match"), "ways": ways}
    return form_page(request, "programmes/new_run.html", form, context)
