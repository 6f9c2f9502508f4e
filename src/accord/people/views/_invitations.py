"""Invitations: sent and kept by officers and stewards, accepted by whoever holds the link."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accord.kernel import clock
from accord.kernel.access import Request, open_to_all, signed_in
from accord.kernel.refused import NotAllowed, Refused
from accord.kernel.secret import new_token
from accord.people import operations, queries
from accord.people.enums import InvitationState, Role
from accord.people.forms import AcceptForm, InviteForm
from accord.people.queries import Account, Invitation, acting_person
from accord.people.rules import INVITED_BY_OFFICERS, may_invite, may_invite_any
from accord.people.views._account import account_of
from accord.ui.forms import form_page
from accord.ui.parts import Empty, State
from accord.ui.tables import Column, Filter, Table

TONES = {
    InvitationState.OPEN: "standing",
    InvitationState.ACCEPTED: "done",
    InvitationState.EXPIRED: "wary",
    InvitationState.REVOKED: "mute",
}
GONE = 410
PASS = "pass"  # noqa: S105 (the name of a part of an address)
"""Carries where somebody is led who opened an account of their own accord."""
EVERYWHERE = "all"


def state_of(one: Invitation) -> State:
    """Return where an invitation stands, as a chip."""
    state = InvitationState(one.state)  # type: ignore[attr-defined]  # the query adds it
    return State(TONES[state], state.label)


def place_of(one: Invitation) -> Any:
    """Return what the invited role is for."""
    return one.institution.name if one.institution else _("All of Accord")


INVITATIONS = Table(
    name="invitations",
    columns=(
        Column(
            "email",
            gettext_lazy("Address"),
            sort="email",
            url=lambda one: reverse("people:invitation-sent", args=[one.pk]),
        ),
        Column("role", gettext_lazy("Role"), value=lambda one: one.get_role_display(), sort="role"),
        Column("institution", gettext_lazy("For"), value=place_of),
        Column("invited_at", gettext_lazy("Invited"), kind="day", sort="invited_at"),
        Column("invited_by", gettext_lazy("By"), value=lambda one: one.invited_by.name),
        Column("expires_at", gettext_lazy("Open until"), kind="day", sort="expires_at"),
        Column("state", gettext_lazy("State"), kind="state", value=state_of, sort="state"),
    ),
    filters=(
        Filter("state", gettext_lazy("State"), choices=tuple(InvitationState.choices), lookup="state"),
        Filter("role", gettext_lazy("Role"), choices=tuple(Role.choices), lookup="role"),
    ),
    search=("email",),
    default_sort="-invited_at",
    empty=Empty(
        gettext_lazy("No invitations yet"),
        gettext_lazy("Nobody opens an account by themselves: whoever should work with Accord is invited by mail."),
    ),
)


@require_http_methods(["GET", "HEAD"])
@signed_in
def invitations(request: Request) -> HttpResponseBase:
    """List the invitations that one may send and take back."""
    _refuse_others(request)
    page = INVITATIONS.page(request.GET, queries.invitations_visible_to(request.actor, at=clock.now(request.world)))
    if page.format:
        return INVITATIONS.export(page)
    return render(request, "people/invitations.html", {"table": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def invite(request: Request) -> HttpResponse:
    """Ask whom to invite and send the mail."""
    _refuse_others(request)
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _send(request, form):
        messages.success(request, _("The invitation is on its way to %(email)s.") % form.cleaned_data)
        return redirect("people:invitations")
    return form_page(request, "people/invite.html", form)


@require_http_methods(["GET", "HEAD"])
@signed_in
def invitation_sent(request: Request, pk: int) -> HttpResponse:
    """Show one invitation, with what may be done about it."""
    found = queries.find_invitation(request.actor, pk, at=clock.now(request.world))
    context = {"invitation": found, "place": place_of(found), "chip": state_of(found)}
    return render(request, "people/invitation_sent.html", context)


@require_POST
@signed_in
def send_again(request: Request, pk: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    token = new_token()
    act = partial(operations.send_invitation_again, token=token, url=_link(request, token))
    return _acted(request, pk, act, _("The invitation was sent again. The link from before no longer works."))


@require_POST
@signed_in
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back."""
    return _acted(request, pk, operations.revoke_invitation, _("The invitation was taken back."))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def accept(request: Request, token: str) -> HttpResponseBase:
    """Show what one is invited to, and open the account or add the role; the token in the address is the key."""
    found = queries.invitation_by_token(token, at=clock.now(request.world))
    context = {"invitation": found, "place": place_of(found), "here": request.path}
    if state_of(found).word != InvitationState.OPEN.label:
        return render(request, "people/invitation_ended.html", context, status=GONE)
    goal = _goal(request)
    if not found.role and (isinstance(request.user, Account) or queries.has_account(found.email)):
        return redirect(goal)
    if isinstance(request.user, Account):
        return _add_role(request, token, context)
    if queries.has_account(found.email):
        return render(request, "people/invitation_sign_in.html", context)
    return _open_account(request, token, context | {"goal": goal})


def _goal(request: Request) -> str:
    """Return where somebody is led once they have an account: what they came for, or the first page."""
    shown = request.GET.get(PASS, "")
    return operations.goal_of_pass(shown=shown) if shown else reverse("portal:home")


def _add_role(request: Request, token: str, context: dict[str, Any]) -> HttpResponse:
    """Let whoever is signed in add the role to their account; the operation looks at the address."""
    mine = account_of(request)
    context["is_mine"] = mine.email.lower() == context["invitation"].email
    if request.method != "POST":
        return render(request, "people/invitation_add.html", context)
    operations.accept_invitation_as(token=token, account=mine, at=clock.now(request.world))
    messages.success(request, _("The role is yours from today on."))
    return redirect("portal:home")


def _open_account(request: Request, token: str, context: dict[str, Any]) -> HttpResponseBase:
    """Ask for name and password, make the account and sign in."""
    form = AcceptForm(request.POST or None, initial=_known_name(context["invitation"]))
    if request.method == "POST" and form.is_valid():
        try:
            account = operations.accept_invitation(token=token, **form.cleaned_data, at=clock.now(request.world))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            entering = Login(user=account, email=account.email, redirect_url=context["goal"])
            answer: HttpResponseBase = perform_password_login(request, {"email": account.email}, entering)
            return answer
    return form_page(request, "people/invitation.html", form, context)


def _known_name(invitation: Invitation) -> dict[str, Any]:
    """Return what somebody called themselves who asked for an account of their own accord."""
    return {"name": invitation.person.name} if invitation.person and not invitation.role else {}


def _refuse_others(request: Request) -> None:
    if not may_invite_any(request.actor):
        raise NotAllowed(_("Stewards and partnership officers invite people. Ask one of your institution."))


def _form(request: Request) -> InviteForm:
    """Return the form with the places and roles that the actor may give."""
    is_steward = request.actor.holds(Role.STEWARD)
    places = [(str(one.pk), one.name) for one in queries.places_to_invite_for(request.actor)]
    everywhere = [(EVERYWHERE, _("All of Accord"))] if is_steward else []
    roles = [str(role) for role in (Role.values if is_steward else INVITED_BY_OFFICERS)]
    return InviteForm(request.POST or None, places=[*places, *everywhere], roles=roles)


def _send(request: Request, form: InviteForm) -> bool:
    """Invite; on a refusal put its sentence into the form and return False."""
    given, token = form.cleaned_data, new_token()
    institution = None if given["place"] == EVERYWHERE else int(given["place"])
    if not may_invite(request.actor, given["role"], institution):
        raise NotAllowed(_("You may not invite anybody to this role there. Choose another one."))
    place = next((one for one in queries.places_to_invite_for(request.actor) if one.pk == institution), None)
    try:
        operations.invite(
            email=given["email"],
            role=given["role"],
            institution=place,
            language=given["language"],
            token=token,
            url=_link(request, token),
            by=acting_person(request.actor),
            at=clock.now(request.world),
        )
    except Refused as refused:
        form.add_error(refused.field or None, str(refused))
        return False
    return True


def _acted(request: Request, pk: int, act: Callable[..., Invitation], said: str) -> HttpResponse:
    """Do something to an invitation that the actor may see, and say what was done."""
    at = clock.now(request.world)
    found = queries.find_invitation(request.actor, pk, at=at)
    if not may_invite(request.actor, found.role, found.institution_id):
        raise NotAllowed(_("You may not change this invitation. Ask a steward."))
    try:
        act(invitation=found, by=acting_person(request.actor), at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("people:invitation-sent", pk)


def _link(request: Request, token: str) -> str:
    return request.build_absolute_uri(reverse("people:invitation", args=[token]))
