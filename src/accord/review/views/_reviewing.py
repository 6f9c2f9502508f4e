"""Doors of reviewers to one item: opening it, judging it, handing it back, and discussing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.reading import people_shown
from accord.kernel.refused import Clash, NotAllowed, NotThere, Refused
from accord.review import operations, queries
from accord.review.enums import Recommendation
from accord.review.forms import GiveBackForm, RemarkForm, ReviewForm, is_late, review_values, scores_and_notes
from accord.review.operations import ReviewFacts
from accord.review.queries import Assignment, Criterion, Review
from accord.review.views._ground import blame, by_and_at
from accord.ui import drafts, say
from accord.ui.editing import Editing, editing
from accord.ui.forms import form_page

PAGE = "review/queue_review.html"
FORM = "review/queue_form.html"
SUBMIT, NEXT = "submit", "next"


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reviewer came to: the assignment, the draft as it is now, the rubric, the moment."""

    assignment: Assignment
    review: Review | None
    criteria: list[Criterion]
    now: datetime

    @property
    def values(self) -> dict[str, Any]:
        """Return what the form starts from."""
        return review_values(self.review, queries.scores_in(self.review))

    @property
    def version(self) -> int:
        """Return the draft's version, 0 before there is any."""
        return 0 if self.review is None else self.review.version

    @property
    def is_written_on(self) -> bool:
        """Say whether the review can be written: opened, on an open panel, not submitted."""
        panel, review = self.assignment.item.panel, self.review
        return self.is_open and panel.closed_at is None and (review is None or review.submitted_at is None)

    @property
    def is_open(self) -> bool:
        """Say whether the item was opened, after the reviewer stated their conflicts."""
        return self.assignment.opened_at is not None and self.assignment.panelist.stated_at is not None


def _desk(request: Request, pk: int) -> Desk:
    assignment = queries.find_assignment(request.actor, pk)
    return Desk(assignment, queries.draft_of(assignment), queries.criteria_for(assignment), clock.now(request.world))


@require_POST
@signed_in
def open_item(request: Request, pk: int) -> HttpResponse:
    """Open an item for the first time; conflicts must be stated before."""
    assignment = queries.find_assignment(request.actor, pk)
    if assignment.panelist.stated_at is None:
        messages.warning(
            request, _("State your conflicts of interest first, or that you have none. Then the files open.")
        )
        return redirect("review:statement", assignment.panelist_id)
    operations.open_item(assignment=assignment, **by_and_at(request))
    return redirect("review:review", pk)


@require_http_methods(["GET", "POST"])
@signed_in
def review(request: Request, pk: int) -> HttpResponse:
    """Show an item beside its rubric to its reviewer, and keep or submit what they write."""
    desk = _desk(request, pk)
    if not desk.is_open:
        return render(request, "review/queue_closed_item.html", _about(request, desk), status=200)
    if request.method == "POST" and not desk.is_written_on:
        raise operations.ReviewSubmitted(_("This review is submitted. Ask the office to open it again, saying why."))
    edit = _edit(request, desk)
    does = request.POST.get("do", "")
    if edit.ready and (does != SUBMIT or edit.form.ask_for_scores()):  # type: ignore[attr-defined]  # a ReviewForm
        try:
            kept = _keep(request, desk, edit)
            if does == SUBMIT:
                operations.submit_review(assignment=desk.assignment, version=kept.version, **by_and_at(request))
        except Clash:
            return _clash(request, pk, edit)
        except Refused as refused:
            _blame_score(edit, refused)
        else:
            return _led_on(request, desk, does)
    return edit.page(PAGE, {**_about(request, desk), **_read(request, desk)})


def _edit(request: Request, desk: Desk) -> Editing:
    record = f"review-of:{desk.assignment.pk}"
    make = partial(ReviewForm, criteria=desk.criteria)
    return editing(request, make, initial=desk.values, version=desk.version, purpose=record)


def _keep(request: Request, desk: Desk, edit: Editing) -> Review:
    scores, notes = scores_and_notes(edit.answers)
    words = {name: edit.answers[name] for name in ReviewForm.base_fields}
    facts = ReviewFacts(scores, notes, **words)
    return operations.keep_review(assignment=desk.assignment, facts=facts, version=edit.version, **by_and_at(request))


def _clash(request: Request, pk: int, edit: Editing) -> HttpResponse:
    """Show both versions: what another window kept, and what this one sent."""
    fresh = _desk(request, pk)
    item = fresh.assignment.item
    return edit.clash(thing=item.code, theirs=fresh.values, version=fresh.version, url=request.path)


def _blame_score(edit: Editing, refused: Refused) -> None:
    """Put a refusal at the criterion that it names."""
    if f"score_{refused.field}" in edit.form.fields:
        edit.form.add_error(f"score_{refused.field}", str(refused))
    else:
        blame(edit.form, refused)


def _led_on(request: Request, desk: Desk, does: str) -> HttpResponse:
    """Say what was done, and lead to the next item where there is one and it was asked for."""
    following = queries.turn_of(request.actor, desk.assignment).following
    if does == SUBMIT:
        messages.success(request, _("The review of %(code)s is submitted.") % {"code": desk.assignment.item.code})
        if following is None:
            return redirect("review:queue")
        return redirect("review:review", following)
    messages.success(request, _("The draft is kept."))
    return redirect("review:review", following if does == NEXT and following is not None else desk.assignment.pk)


@require_POST
@signed_in
def keep_draft(request: Request, pk: int) -> JsonResponse:
    """Keep a draft while it is written: answer with where the form goes on from, or what keeps it from being kept."""
    desk = _desk(request, pk)
    edit = _edit(request, desk)
    if not edit.ready:
        return JsonResponse({"said": gettext("Not kept yet: mend what is wrong, then save.")}, status=422)
    try:
        _keep(request, desk, edit)
    except Clash:
        said = gettext("Another window changed this review. Save, and choose what holds; nothing is lost.")
        return JsonResponse({"said": said, "stop": True}, status=409)
    except Refused as refused:
        return JsonResponse({"said": str(refused), "stop": True}, status=refused.status)
    fresh = _desk(request, pk)
    said = gettext("Kept %(time)s.") % {"time": say.moment(fresh.now)}
    return JsonResponse({"said": said, "hidden": edit.going_on(fresh.values, fresh.version)})


def _about(request: Request, desk: Desk) -> dict[str, Any]:
    """Return what every page about an item says of it."""
    assignment, item = desk.assignment, desk.assignment.item
    return {
        "assignment": assignment,
        "item": item,
        "panel": item.panel,
        "title": _title(item),
        "turn": queries.turn_of(request.actor, assignment),
        "review": desk.review,
        "is_late": is_late(assignment, desk.now),
        "may_write": desk.is_written_on,
        "is_submitted": desk.review is not None and desk.review.submitted_at is not None,
        "advice": _advice(desk.review),
    }


def _title(item: Any) -> Any:
    title = queries.title_for_reviewer(item)
    return "" if str(title) == item.code else title


def _advice(found: Review | None) -> Any:
    return Recommendation(found.recommendation).label if found is not None and found.recommendation else ""


def _read(request: Request, desk: Desk) -> dict[str, Any]:
    """Return the item as its reviewer may read it."""
    reading = queries.reading_for(desk.assignment, request.actor)
    if not queries.is_blind(desk.assignment.item.panel):
        people_shown(request.actor, queries.people_read_in(desk.assignment.item), desk.now)
    sections = [
        (heading, [_line(desk.assignment, label, words) for label, words in lines])
        for heading, lines in reading.sections
    ]
    return {"reading": reading, "sections": sections, "scores": list(queries.scores_in(desk.review).values())}


def _line(assignment: Assignment, label: Any, words: Any) -> dict[str, Any]:
    """Return one line of an item; a file with the address where it opens."""
    if isinstance(words, queries.FileLink):
        url = reverse("review:item-file", args=[assignment.pk, words.key])
        return {"label": label, "words": words.name, "url": url, "size": words.size}
    return {"label": label, "words": words}


@require_GET
@signed_in
def item_file(request: Request, pk: int, key: str) -> HttpResponseBase:
    """Hand out a file of an item to its reviewer, without what the mode hides."""
    assignment = queries.find_assignment(request.actor, pk)
    if assignment.opened_at is None or assignment.panelist.stated_at is None:
        raise operations.NotStated(
            _("State your conflicts of interest first, or that you have none. Then the files open.")
        )
    item = assignment.item
    reader = queries.reader_of(item.record)
    if reader is None or reader.open_file is None:
        raise NotThere(_("This file is not here, or no longer."))
    return reader.open_file(item.record, key, request.actor, queries.is_blind(item.panel), clock.now(request.world))


@require_http_methods(["GET", "POST"])
@signed_in
def give_back(request: Request, pk: int) -> HttpResponse:
    """Let a reviewer hand an item back, with a reason: a conflict of interest, or another."""
    assignment = queries.find_assignment(request.actor, pk)
    form = GiveBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _hand_back(request, assignment, form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("You no longer review %(code)s.") % {"code": assignment.item.code})
            return redirect("review:queue")
    context = {
        "heading": _("Hand back %(code)s") % {"code": assignment.item.code},
        "hint": _("What you wrote of it is kept and no longer counts. The office assigns somebody else."),
        "act": _("Hand it back"),
        "up": (assignment.item.code, reverse("review:review", args=[pk])),
        "is_danger": True,
    }
    return form_page(request, FORM, form, context)


def _hand_back(request: Request, assignment: Assignment, given: Mapping[str, Any]) -> None:
    who = by_and_at(request)
    if given["why"] == "conflict":
        operations.declare_conflict(panelist=assignment.panelist, item=assignment.item, reason=given["reason"], **who)
    else:
        operations.release(assignment=assignment, reason=given["reason"], **who)


@require_http_methods(["GET", "POST"])
@signed_in
def discussion(request: Request, pk: int) -> HttpResponse:
    """Show what others gave an item and said of it, once the own review is submitted, and take a remark."""
    desk = _desk(request, pk)
    if not operations.may_discuss(desk.assignment.item, desk.assignment.panelist):
        raise NotAllowed(_("The discussion opens once your own review of this item is submitted."))
    form = RemarkForm(request.POST) if request.method == "POST" else drafts.opened(request, RemarkForm)
    if request.method == "POST" and form.is_valid():
        try:
            operations.remark(item=desk.assignment.item, text=form.cleaned_data["text"], **by_and_at(request))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Your remark is with the others who reviewed this item."))
            return redirect("review:discussion", pk)
    reviews, remarks = queries.others_on(desk.assignment), queries.remarks_on(desk.assignment)
    people_shown(request.actor, queries.people_shown_on(desk.assignment, reviews, remarks), desk.now)
    context = {
        **_about(request, desk),
        "own_scores": list(queries.scores_in(desk.review).values()),
        "others": [{"one": one, "advice": _advice(one.review)} for one in reviews],
        "remarks": remarks,
        "takes_remarks": desk.assignment.item.panel.discussion and desk.assignment.item.panel.closed_at is None,
    }
    return form_page(request, "review/queue_discussion.html", form, context)
