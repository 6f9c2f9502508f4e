"""Doors to rubrics: the list, writing one, its criteria, and the next edition."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.kernel.access import Request, signed_in
from accord.kernel.refused import Clash, NotAllowed, Refused
from accord.review import operations, queries, rules
from accord.review.forms import RUBRICS, CriterionForm, NewRubricForm, RubricForm, anchors_as_typed
from accord.review.operations import CriterionFacts, facts_of
from accord.review.queries import Rubric
from accord.review.views._ground import FORM, Sheet, answered, blame, by_and_at, notes_of
from accord.ui.editing import editing

ASKED = ("name", "help", "weight", "lowest", "highest", "step", "anchors")
FIRST = {"weight": Decimal(1), "lowest": Decimal(1), "highest": Decimal(5), "step": Decimal(1)}


def _office(request: Request) -> None:
    """Refuse whoever runs panels nowhere."""
    if not rules.may_open_any(request.actor):
        raise NotAllowed(_("Rubrics are written by programme managers and partnership officers. Ask one of them."))


@require_GET
@signed_in
def rubrics(request: Request) -> HttpResponseBase:
    """List the rubrics of the houses for which the reader runs panels."""
    _office(request)
    page = RUBRICS.page(request.GET, queries.rubrics_visible_to(request.actor))
    if page.format:
        return RUBRICS.export(page, filename="rubrics", notes=notes_of(request))
    return render(request, "review/rubrics.html", {"table": page})


@require_http_methods(["GET", "POST"])
@signed_in
def add_rubric(request: Request) -> HttpResponse:
    """Write a rubric, beginning with its first criterion."""
    _office(request)
    houses = {one.pk: one for one in queries.houses_to_open_for(request.actor)}
    form = NewRubricForm(request.POST or None, initial=FIRST, owners=houses.values())
    made: list[Rubric] = []

    def do(given: Any) -> None:
        criterion = CriterionFacts(key="c1", **{name: given[name] for name in ASKED})
        rubric = operations.make_rubric(
            owner=houses[given["owner"]],
            key=given["key"],
            name=given["rubric_name"],
            criteria=[criterion],
            **by_and_at(request),
        )
        made.append(rubric)

    up = (_("Rubrics"), reverse("review:rubrics"))
    sheet = Sheet(_("Write a rubric"), _("Write the rubric"), up, _("The rubric is written. Add its other criteria."))
    answer = answered(request, form, do, sheet)
    return redirect("review:rubric", made[0].pk) if made else answer


@require_GET
@signed_in
def rubric(request: Request, pk: int) -> HttpResponse:
    """Show a rubric with its criteria."""
    found = queries.find_rubric(request.actor, pk)
    criteria = list(found.criteria.all())
    weights = sum((one.weight for one in criteria), Decimal(0))
    lines = [
        {"criterion": one, "share": round(100 * one.weight / weights), "anchors": _anchors(one.anchors)}
        for one in criteria
    ]
    context = {"rubric": found, "lines": lines, "is_used": getattr(found, "is_used", False)}
    return render(request, "review/rubric.html", context)


def _anchors(anchors: dict[str, dict[str, str]]) -> list[str]:
    return anchors_as_typed(anchors).splitlines()


@require_http_methods(["GET", "POST"])
@signed_in
def change_rubric(request: Request, pk: int) -> HttpResponse:
    """Change the name of a rubric and what it tells reviewers."""
    found = queries.find_rubric(request.actor, pk)
    initial = {"name": found.name, "help": found.help}
    edit = editing(request, RubricForm, initial=initial, version=found.version, purpose=f"rubric:{pk}")
    back = reverse("review:rubric", args=[pk])
    if edit.ready:
        try:
            operations.change_rubric(
                rubric=found, criteria=facts_of(found), version=edit.version, **edit.answers, **by_and_at(request)
            )
        except Clash:
            fresh = queries.find_rubric(request.actor, pk)
            theirs = {"name": fresh.name, "help": fresh.help}
            return edit.clash(thing=fresh.name, theirs=theirs, version=fresh.version, url=back, record=f"rubric:{pk}")
        except Refused as refused:
            blame(edit.form, refused)
        else:
            messages.success(request, _("The rubric is changed."))
            return redirect(back)
    sheet = Sheet(_("Change the rubric"), _("Save the changes"), (found.name, back))
    return edit.page(FORM, sheet.context())


@require_http_methods(["GET", "POST"])
@signed_in
def add_criterion(request: Request, pk: int) -> HttpResponse:
    """Add a criterion at the end of a rubric."""
    found = queries.find_rubric(request.actor, pk)
    form = CriterionForm(request.POST or None, initial=FIRST)

    def do(given: Any) -> None:
        known = facts_of(found)
        _rewrite(request, found, [*known, CriterionFacts(key=_free_key(known), **given)])

    up = (found.name, reverse("review:rubric", args=[pk]))
    sheet = Sheet(_("Add a criterion"), _("Add the criterion"), up, _("The criterion is added."))
    return answered(request, form, do, sheet)


def _free_key(known: list[CriterionFacts]) -> str:
    taken = {one.key for one in known}
    return next(key for number in range(1, len(taken) + 2) if (key := f"c{number}") not in taken)


def _rewrite(request: Request, rubric: Rubric, criteria: list[CriterionFacts]) -> None:
    told = {"name": rubric.name, "criteria": criteria, "version": rubric.version}
    operations.change_rubric(rubric=rubric, **told, **by_and_at(request))


@require_http_methods(["GET", "POST"])
@signed_in
def change_criterion(request: Request, pk: int, criterion: int) -> HttpResponse:
    """Change a criterion of a rubric that no panel uses."""
    found = queries.find_rubric(request.actor, pk)
    one = queries.find_criterion(found, criterion)
    initial = {name: getattr(one, name) for name in ASKED} | {"anchors": anchors_as_typed(one.anchors)}
    form = CriterionForm(request.POST or None, initial=initial)

    def do(given: Any) -> None:
        changed = [replace(fact, **given) if fact.key == one.key else fact for fact in facts_of(found)]
        _rewrite(request, found, changed)

    up = (found.name, reverse("review:rubric", args=[pk]))
    sheet = Sheet(_("Change the criterion"), _("Save the changes"), up, _("The criterion is changed."))
    return answered(request, form, do, sheet)


@require_POST
@signed_in
def move_criterion(request: Request, pk: int, criterion: int) -> HttpResponse:
    """Move a criterion one place up."""
    found = queries.find_rubric(request.actor, pk)
    one = queries.find_criterion(found, criterion)
    facts = facts_of(found)
    place = next(at for at, fact in enumerate(facts) if fact.key == one.key)
    if place:
        facts[place - 1], facts[place] = facts[place], facts[place - 1]
        _rewrite(request, found, facts)
        messages.success(request, _("The criterion stands one place higher."))
    return redirect("review:rubric", pk)


@require_POST
@signed_in
def remove_criterion(request: Request, pk: int, criterion: int) -> HttpResponse:
    """Remove a criterion of a rubric that no panel uses."""
    found = queries.find_rubric(request.actor, pk)
    one = queries.find_criterion(found, criterion)
    _rewrite(request, found, [fact for fact in facts_of(found) if fact.key != one.key])
    messages.success(request, _("The criterion is removed."))
    return redirect("review:rubric", pk)


@require_POST
@signed_in
def copy_rubric(request: Request, pk: int) -> HttpResponse:
    """Copy a rubric as its next edition."""
    copy = operations.copy_rubric(rubric=queries.find_rubric(request.actor, pk), **by_and_at(request))
    messages.success(request, _("This is the next edition. It can be changed until a panel uses it."))
    return redirect("review:rubric", copy.pk)
