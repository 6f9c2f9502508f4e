"""Doors to one clause or one promise of the draft, or to the amendment of a signed one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.agreements.enums import ClauseType, PromiseKind
from accord.kernel import clock
from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.negotiation import operations, queries
from accord.negotiation.enums import Act, Subject
from accord.negotiation.forms import (
    ClauseAmendmentForm,
    ClauseForm,
    PromiseAmendmentForm,
    PromiseForm,
    VersionForm,
    offering,
    worded,
)
from accord.negotiation.queries import PlaceRow
from accord.negotiation.views._room import Room, enter_draft
from accord.people.queries import acting_person
from accord.ui.editing import Editing, editing
from accord.ui.forms import Form
from accord.ui.say import Text


@require_http_methods(["GET", "POST"])
@signed_in
def new_clause(request: Request, key: str) -> HttpResponse:
    """Add a clause; `?type=` says which one of the checklist."""
    room = enter_draft(request, key)
    wanted = request.GET.get("type", "")
    chosen = ClauseType(wanted) if wanted in ClauseType.values else None
    initial = {"type": chosen.value, "title": queries.heading_of(chosen)} if chosen else {}
    return _clause(request, room, PlaceRow.empty(), initial, _("New clause"))


@require_http_methods(["GET", "POST"])
@signed_in
def clause(request: Request, key: str, place: str) -> HttpResponse:
    """Change a clause of the draft, or word anew a signed one."""
    room = enter_draft(request, key)
    row = queries.clause_row(room.negotiation, place)
    return _clause(request, room, row, row.values, row.title)


@require_http_methods(["GET", "POST"])
@signed_in
def new_promise(request: Request, key: str) -> HttpResponse:
    """Add a promise."""
    room = enter_draft(request, key)
    return _promise(request, room, PlaceRow.empty(), {"kind": PromiseKind.TARGET.value}, _("New promise"))


@require_http_methods(["GET", "POST"])
@signed_in
def promise(request: Request, key: str, place: str) -> HttpResponse:
    """Change a promise of the draft, or give a signed one a new target or deadline."""
    room = enter_draft(request, key)
    row = queries.promise_row(room.negotiation, place)
    return _promise(request, room, row, row.values, row.title)


@require_POST
@signed_in
def take_out_clause(request: Request, key: str, place: str) -> HttpResponse:
    """Take a clause, or the new wording of a signed one, out of the draft."""
    return _take_out(request, key, place, operations.remove_clause)


@require_POST
@signed_in
def take_out_promise(request: Request, key: str, place: str) -> HttpResponse:
    """Take a promise, or the amendment of a signed one, out of the draft."""
    return _take_out(request, key, place, operations.remove_promise)


def _clause(request: Request, room: Room, row: PlaceRow, initial: Mapping[str, Any], heading: Text) -> HttpResponse:
    """Show or save a clause."""
    form = ClauseAmendmentForm if row.amends else ClauseForm
    edit = editing(request, form, initial=initial, version=row.version, purpose=_purpose(room, "clause", row))
    if edit.ready:
        answers = {**row.fixed, **edit.answers}
        wording = operations.ClauseWording(**answers)
        if _saved(request, room, edit, lambda **how: operations.save_clause(wording=wording, **how), row):
            return redirect("negotiation:draft", key=room.negotiation.key)
        if edit.form.errors:
            return _page(edit, room, row, heading)
        return _clash(edit, room, queries.clause_row(room.negotiation, row.key), "draft-clause")
    return _page(edit, room, row, heading)


def _promise(request: Request, room: Room, row: PlaceRow, initial: Mapping[str, Any], heading: Text) -> HttpResponse:
    """Show or save a promise."""
    subjects = queries.subjects_of(room.negotiation)

    def make_form(*args: Any, **kwargs: Any) -> Form:
        if row.amends:
            return PromiseAmendmentForm(*args, kind=row.fixed["kind"], **kwargs)
        form = offering(PromiseForm(*args, **kwargs), room.parties, subjects)
        usual = Subject.TOGETHER.value if not form.initial else next(iter(subjects))
        form.initial.setdefault("section", usual)
        return form

    edit = editing(request, make_form, initial=initial, version=row.version, purpose=_purpose(room, "promise", row))
    if edit.ready:
        answers = {**row.fixed, **edit.answers} if row.amends else worded(edit.answers, subjects)
        wording = operations.PromiseWording(**answers)
        if _saved(request, room, edit, lambda **how: operations.save_promise(wording=wording, **how), row):
            return redirect("negotiation:draft", key=room.negotiation.key)
        if edit.form.errors:
            return _page(edit, room, row, heading)
        return _clash(edit, room, queries.promise_row(room.negotiation, row.key), "draft-promise")
    return _page(edit, room, row, heading)


def _saved(request: Request, room: Room, edit: Editing, save: Any, row: PlaceRow) -> bool:
    """Save what was entered; on a clash return False, on a refusal also note it in the form."""
    try:
        save(
            negotiation=room.negotiation,
            key=row.key,
            version=edit.version,
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except NotAllowed:
        raise
    except Clash:
        return False
    except Refused as refused:
        edit.form.add_error(refused.field if refused.field in edit.form.fields else None, str(refused))
        return False
    messages.success(request, _("Saved in the draft."))
    return True


def _clash(edit: Editing, room: Room, fresh: PlaceRow, kind: str) -> HttpResponse:
    """Return the page of a clash: before, theirs, yours."""
    return edit.clash(
        thing=fresh.title,
        theirs=fresh.values,
        version=fresh.version,
        url=reverse("negotiation:draft", args=[room.negotiation.key]),
        record=f"{kind}:{fresh.pk}",
    )


def _page(edit: Editing, room: Room, row: PlaceRow, heading: Text) -> HttpResponse:
    """Return the editor's page."""
    context = {"room": room, "heading": heading, "row": row, "reason": room.why_not(Act.EDIT)}
    return edit.page("negotiation/edit.html", context)


def _take_out(request: Request, key: str, place: str, operation: Any) -> HttpResponse:
    """Take one place out of the draft."""
    room = enter_draft(request, key)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        operation(
            negotiation=room.negotiation,
            key=place,
            version=version,
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken out of the draft. It stays in the history."))
    return redirect("negotiation:draft", key=key)


def _purpose(room: Room, kind: str, row: PlaceRow) -> str:
    return f"draft-{kind}:{room.negotiation.pk}:{row.key}"
