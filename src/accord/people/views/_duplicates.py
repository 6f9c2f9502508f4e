"""Doors of what stands twice: the list of likely pairs, two side by side, merging, undoing."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.operations import InstitutionFacts, PersonFacts
from accord.people.queries import Merge, Pair
from accord.people.views._institutions import by_and_at
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table

WRONG = 422
LABELS: Mapping[str, Any] = {
    "name": _("Name"),
    "sort_key": _("Sorts as"),
    "email": _("Email address"),
    "kind": _("Kind"),
    "country": _("Country"),
    "city": _("City"),
    "website": _("Website"),
    "ror": _("ROR ID"),
    "lei": _("LEI"),
    "uscc": _("Unified Social Credit Code"),
    "orcid": _("ORCID iD"),
    "time_zone": _("Time zone"),
}
FACTS: Mapping[str, tuple[str, ...]] = {
    "people": ("name", "sort_key", "email", "orcid", "country"),
    "institutions": ("name", "kind", "country", "city", "website", "ror", "lei", "uscc", "time_zone"),
}


def _compare(pair: Pair, kind: str) -> str:
    return reverse("people:merge", args=[kind, pair.one.pk, pair.other.pk])


def _likely(kind: str) -> Table:
    """Return the list of likely pairs of a kind."""
    return Table(
        name=f"likely-{kind}",
        columns=(
            Column("one", _("One"), value="one.name", sort="one.name", url=partial(_compare, kind=kind)),
            Column("other", _("The other"), value="other.name"),
            Column("why", _("Why"), sort="reason", value="why"),
            Column(
                "likeness", _("Likeness, %"), kind="number", sort="likeness", value=lambda p: round(p.likeness * 100)
            ),
        ),
        default_sort="-likeness",
        empty=Empty(_("Nothing seems to stand twice"), _("Pairs with the same address or a similar name stand here.")),
    )


def state_of(merge: Merge) -> State:
    """Say whether a merge holds."""
    return State("mute", _("undone")) if merge.undone_at else State("done", _("merged"))


MERGES = Table(
    name="merges",
    columns=(
        Column("merged_at", _("When"), kind="moment", sort="merged_at"),
        Column("gone", _("Gone"), value=lambda merge: (merge.gone_person or merge.gone_institution).name),
        Column(
            "kept",
            _("Kept"),
            value=lambda merge: (merge.kept_person or merge.kept_institution).name,
            url=lambda merge: reverse("people:merged", args=[merge.pk]),
        ),
        Column("merged_by", _("By"), value="merged_by.name"),
        Column("state", _("State"), kind="state", value=state_of),
    ),
    filters=(Filter("since", _("Since"), kind="day", lookup="merged_at__date__gte"),),
    default_sort="-merged_at",
    empty=Empty(_("Nothing was merged yet"), _("Each merge stands here, and can be undone.")),
)


@require_GET
@signed_in
def duplicates(request: Request, kind: str) -> HttpResponseBase:
    """List pairs of people or institutions that may be the same."""
    table = _likely(kind)
    page = table.page(request.GET, queries.likely_same(request.actor, kind))
    if page.format:
        return table.export(page, filename=f"likely-{kind}")
    return render(request, "people/duplicates.html", {"table": page, "kind": kind})


@require_http_methods(["GET", "POST"])
@signed_in
def merge(request: Request, kind: str, one: int, other: int) -> HttpResponse:
    """Show two records side by side, and merge them as it is chosen there."""
    pair = queries.two_of(request.actor, kind, one, other)
    if request.method != "POST":
        return _side_by_side(request, kind, pair)
    kept, gone = pair if request.POST.get("keep") != str(pair[1].pk) else (pair[1], pair[0])
    facts = {name: getattr(_chosen(request, name, kept, gone), name) for name in FACTS[kind]}
    versions = _version(request, kept), _version(request, gone)
    try:
        if kind == "people":
            operations.merge_persons(
                kept=kept, gone=gone, versions=versions, facts=PersonFacts(**facts), **by_and_at(request)
            )
        else:
            operations.merge_institutions(
                kept=kept, gone=gone, versions=versions, facts=InstitutionFacts(**facts), **by_and_at(request)
            )
    except Refused as refused:
        fresh = queries.two_of(request.actor, kind, one, other) if isinstance(refused, Clash) else pair
        return _side_by_side(request, kind, fresh, str(refused))
    messages.success(request, _("The two are one now. The list of merges can undo it."))
    return redirect("people:person", kept.pk) if kind == "people" else redirect("people:institution", kept.key)


def _side_by_side(request: Request, kind: str, pair: tuple[Any, Any], refusal: str = "") -> HttpResponse:
    """Return the page with both records, what differs, and what hangs on each."""
    one, other = pair
    rows = [_row(request, name, one, other) for name in FACTS[kind]]
    context = {
        "kind": kind,
        "one": one,
        "other": other,
        "rows": [row for row in rows if row["one"] or row["other"]],
        "hanging": queries.hanging_on(one, other),
        "keep": request.POST.get("keep", str(one.pk)),
        "refusal": refusal,
    }
    return render(request, "people/merge.html", context, status=WRONG if refusal else 200)


def _row(request: Request, name: str, one: Any, other: Any) -> dict[str, Any]:
    """Return a line of the comparison: both values, and which record's is chosen: what is there, else the first."""
    values = [_said(record, name) for record in (one, other)]
    usual = other if values[1] and not values[0] else one
    picked = request.POST.get(f"pick-{name}", str(usual.pk))
    same = getattr(one, name) == getattr(other, name)
    return {"name": name, "label": LABELS[name], "one": values[0], "other": values[1], "same": same, "picked": picked}


def _said(record: Any, name: str) -> Any:
    return record.get_kind_display() if name == "kind" else getattr(record, name)


def _chosen(request: HttpRequest, name: str, kept: Any, gone: Any) -> Any:
    """Return the record whose value was chosen for a line."""
    return gone if request.POST.get(f"pick-{name}") == str(gone.pk) else kept


def _version(request: HttpRequest, record: Any) -> int:
    """Return the version that the page was made from."""
    sent = request.POST.get(f"version-{record.pk}", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= len(str(2**31)) else 0


@require_GET
@signed_in
def merges(request: Request) -> HttpResponseBase:
    """List every merge."""
    page = MERGES.page(request.GET, queries.merges_visible_to(request.actor))
    if page.format:
        return MERGES.export(page, filename="merges")
    return render(request, "people/merges.html", {"table": page})


@require_GET
@signed_in
def merged(request: Request, pk: int) -> HttpResponse:
    """Show what one merge moved and changed, and offer to undo it."""
    found = queries.find_merge(request.actor, pk)
    kind = "people" if found.kept_person else "institutions"
    context = {
        "merge": found,
        "kind": kind,
        "state": state_of(found),
        "kept": found.kept_person or found.kept_institution,
        "gone": found.gone_person or found.gone_institution,
        "moved": [(code, len(ids)) for code, ids in sorted(found.moved.get("moved", {}).items())],
        "stayed": [(code, len(ids)) for code, ids in sorted(found.moved.get("stayed", {}).items())],
        "changed": [LABELS[name] for name in found.moved.get("before", {})],
    }
    return render(request, "people/merged.html", context)


@require_POST
@signed_in
def undo_merge(request: Request, pk: int) -> HttpResponse:
    """Make two records of one again."""
    found = queries.find_merge(request.actor, pk)
    if not rules.may_merge(request.actor):
        raise NotAllowed(_("Only stewards undo merges."))
    try:
        operations.undo_merge(merge=found, **by_and_at(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The two stand for themselves again."))
    return redirect("people:merged", pk)
