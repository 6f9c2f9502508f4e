"""Doors of roles: the list, granting one, ending one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accord.kernel import clock
from accord.kernel.access import Actor, Request, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.people import operations, queries, rules
from accord.people.enums import Role, SpanState
from accord.people.forms import EndForm, GrantForm
from accord.people.queries import RoleGrant
from accord.ui.forms import form_page
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table

TONES = {SpanState.HOLDS: "good", SpanState.LATER: "standing", SpanState.OVER: "mute"}
MOST_SUGGESTED = 200


def standing(row: Any) -> SpanState:
    """Return where a span of days stands, as the query that listed it says."""
    return SpanState(row.state)


def state_of(row: Any) -> State:
    """Return where a span stands, as a chip."""
    state = standing(row)
    return State(TONES[state], state.label)


def where_of(grant: RoleGrant) -> Any:
    """Return the institution of a grant, or that it holds everywhere."""
    return grant.institution.name if grant.institution else _("Everywhere")


ROLES = Table(
    name="roles",
    columns=(
        Column(
            "person",
            _("Person"),
            sort="person__sort_key",
            value="person.name",
            url=lambda grant: reverse("people:role", args=[grant.pk]),
        ),
        Column("role", _("Role"), sort="role", value="get_role_display"),
        Column("institution", pgettext_lazy("scope", "Where"), sort="institution__key", value=where_of),
        Column("starts_on", _("First day"), kind="day", sort="starts_on"),
        Column("ends_on", _("Ends on"), kind="day", sort="ends_on"),
        Column("state", _("State"), kind="state", sort="state", value=state_of),
        Column("granted_by", _("Granted by"), value="granted_by.name", hidden=True),
        Column("granted_at", _("Granted"), kind="moment", sort="granted_at", hidden=True),
    ),
    filters=(
        Filter("role", _("Role"), choices=tuple(Role.choices)),
        Filter("state", _("State"), choices=tuple(SpanState.choices)),
    ),
    search=(
        "person__name__en",
        "person__name__zh-hans",
        "person__key",
        "institution__name__en",
        "institution__name__zh-hans",
    ),
    default_sort="person",
    empty=Empty(_("No roles that you may see"), _("Who may act for an institution stands here for its people.")),
)


@require_GET
@signed_in
def roles(request: Request) -> HttpResponseBase:
    """List who holds, held or will hold which role."""
    actor, day = request.actor, clock.today(request.world)
    page = ROLES.page(request.GET, queries.grants_visible_to(actor, on=day))
    if page.format:
        return ROLES.export(page, filename="roles")
    return render(request, "people/roles.html", {"table": page, "may_grant": rules.may_grant_any(actor)})


@require_http_methods(["GET", "POST"])
@signed_in
def new_role(request: Request) -> HttpResponse:
    """Grant somebody a role."""
    actor, day = request.actor, clock.today(request.world)
    if not rules.may_grant_any(actor):
        raise NotAllowed(_("Stewards and partnership officers grant roles, in their own name. Ask one of them."))
    persons = queries.persons_to_grant_to(actor, on=day)
    form = _grant_form(request, actor, day)
    if request.method == "POST" and form.is_valid():
        granted = _granted(request, form)
        if granted is not None:
            messages.success(request, _("%(name)s holds the role.") % {"name": granted.person.name})
            return redirect("people:role", pk=granted.pk)
    return form_page(request, "people/role_new.html", form, {"people": persons[:MOST_SUGGESTED]})


def _grant_form(request: Request, actor: Actor, day: date) -> GrantForm:
    """Return the form with the roles and institutions that the actor may grant."""
    is_steward = actor.holds(Role.STEWARD)
    offered = Role if is_steward else rules.GRANTED_BY_OFFICERS
    return GrantForm(
        request.POST or None,
        initial={"starts_on": day, "person": request.GET.get("person", "")},
        find=lambda words: queries.person_among(queries.persons_to_grant_to(actor, on=day), words),
        roles=[(role.value, role.label) for role in offered],
        institutions=queries.institutions_to_grant_for(actor),
        everywhere=is_steward,
    )


def _granted(request: Request, form: GrantForm) -> RoleGrant | None:
    """Grant what the form says; None where it was refused and the form says why."""
    given = form.cleaned_data
    if not rules.may_grant_role(request.actor, given["role"], given["institution"]):
        raise NotAllowed(_("Officers grant the roles of officer and executive, for their own institution."))
    try:
        return operations.grant_role(
            person=given["person"],
            role=given["role"],
            institution=queries.institutions_to_grant_for(request.actor).filter(pk=given["institution"] or 0).first(),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=queries.acting_person(request.actor),
            at=clock.now(request.world),
        )
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return None


@require_http_methods(["GET", "POST"])
@signed_in
def role(request: Request, pk: int) -> HttpResponse:
    """Show one grant, and let it end."""
    actor, day = request.actor, clock.today(request.world)
    grant = queries.find_grant(actor, pk, on=day)
    may_end = rules.may_end_role(actor, grant.person_id, grant.role, grant.institution_id)
    form = EndForm(request.POST or None, initial={"ends_on": day})
    if request.method == "POST" and not may_end:
        raise NotAllowed(_("Who may grant this role may end it, and whoever holds it. Ask an officer or a steward."))
    if request.method == "POST" and form.is_valid() and _ended(request, form, grant):
        messages.success(request, _("The role ends on that day."))
        return redirect("people:role", pk=pk)
    context = {
        "grant": grant,
        "where": where_of(grant),
        "state": state_of(grant),
        "may_end": may_end and standing(grant) != SpanState.OVER,
        "may_see_rights": rules.may_see_rights(actor, grant.person_id),
    }
    return form_page(request, "people/role.html", form, context)


def _ended(request: Request, form: EndForm, grant: RoleGrant) -> bool:
    """End the grant; False where it was refused and the form says why."""
    try:
        operations.end_role(
            grant=grant,
            ends_on=form.cleaned_data["ends_on"],
            by=queries.acting_person(request.actor),
            at=clock.now(request.world),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
