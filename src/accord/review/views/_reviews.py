"""Doors to reviews as the office reads them, to one item with all that is said of it, and to standings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.records import follow
from accord.kernel.refused import NotThere
from accord.review import operations, queries
from accord.review.enums import Recommendation, ScoreRule
from accord.review.forms import REVIEWS, REVIEWS_WHOLE, STANDINGS, ReasonForm, assignment_chip
from accord.review.views._ground import Sheet, answered, by_and_at, chaired, notes_of

WAY = "assignment__item"
"""From a review to its item."""


@require_GET
@signed_in
def panel_reviews(request: Request, pk: int) -> HttpResponseBase:
    """List the reviews of a panel, begun and submitted; the export holds their words as well."""
    ground = chaired(request, pk)
    rows = queries.without_unread(queries.reviews_in(ground.panel), request.actor, WAY)
    page = (REVIEWS_WHOLE if "format" in request.GET else REVIEWS).page(request.GET, rows)
    people_shown(request.actor, [one.assignment.panelist.person_id for one in page.records], ground.now)
    if page.format:
        return REVIEWS.export(page, filename=f"panel-{pk}-reviews", notes=notes_of(request))
    progress = queries.progress_of(ground.panel, ground.now)
    context = ground.context("panel-reviews", table=page, progress=progress)
    return render(request, "review/panel_reviews.html", context)


@require_GET
@signed_in
def panel_item(request: Request, pk: int, item: int) -> HttpResponse:
    """Show one item to the office and the chair: who reviews it, why, what they said, conflicts and discussion."""
    ground = chaired(request, pk)
    found = queries.find_item_of(ground.panel, item, request.actor)
    told = queries.item_for_office(found, request.actor)
    people_shown(request.actor, [one.assignment.panelist.person_id for one in told.lines], ground.now)
    context = ground.context(
        "panel-reviews",
        item=found,
        told=told,
        chips={one.assignment.pk: assignment_chip(one.state) for one in told.lines},
        lines=[{"line": one, "chip": assignment_chip(one.state), "advice": _advice(one)} for one in told.lines],
        record=_record(request, found.record),
        counts=ScoreRule(ground.panel.score_counts).label,
    )
    return render(request, "review/panel_item.html", context)


def _advice(line: Any) -> Any:
    """Return what a submitted review recommends, in words."""
    review = line.review
    return Recommendation(review.recommendation).label if review is not None and review.recommendation else ""


def _record(request: Request, record: str) -> Any:
    """Return the record that is judged where the reader may know of it."""
    try:
        return follow(request.actor, record)
    except NotThere:
        return None


@require_http_methods(["GET", "POST"])
@signed_in
def reopen_review(request: Request, pk: int, review: int) -> HttpResponse:
    """Open a submitted review again, with a reason that its reviewer reads."""
    ground = chaired(request, pk)
    found = queries.find_review(ground.panel, review, request.actor)
    form = ReasonForm(request.POST or None)

    def do(given: Any) -> None:
        operations.reopen_review(review=found, reason=given["reason"], **by_and_at(request))

    item = found.assignment.item
    sheet = Sheet(
        heading=_("Open a review again"),
        act=pgettext_lazy("a review", "Open it again"),
        up=(item.code, reverse("review:panel-item", args=[pk, item.pk])),
        done=_("The review is open again, and its reviewer is told why."),
        hint=_("Until it is submitted anew it does not count. The reviewer reads the reason."),
    )
    return answered(request, form, do, sheet)


@require_GET
@signed_in
def panel_standings(request: Request, pk: int) -> HttpResponseBase:
    """List where the items stand: raw and calibrated, both ranks, and which counts."""
    ground = chaired(request, pk)
    page = STANDINGS.page(request.GET, queries.without_unread(queries.standings_of(ground.panel), request.actor))
    if page.format:
        return STANDINGS.export(page, filename=f"panel-{pk}-standings", notes=notes_of(request))
    first = next(iter(page.records), None)
    context = ground.context(
        "panel-standings",
        table=page,
        progress=queries.progress_of(ground.panel, ground.now),
        counts=ScoreRule(ground.panel.score_counts).label,
        by_calibrated=ground.panel.score_counts == ScoreRule.CALIBRATED,
        is_calibrated=getattr(first, "is_calibrated", None),
    )
    return render(request, "review/panel_standings.html", context)


@require_POST
@signed_in
def work_out(request: Request, pk: int) -> HttpResponse:
    """Work the standings out now."""
    ground = chaired(request, pk)
    operations.work_out_standing(panel=ground.panel, at=ground.now)
    messages.success(request, _("The standings are worked out from the reviews that are in."))
    return redirect("review:panel-standings", pk)
