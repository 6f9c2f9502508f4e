"""Invitations as those see them who may send them, and as whoever holds the link sees one."""

from datetime import datetime

from django.db.models import Case, CharField, QuerySet, Value, When

from accord.kernel.access import Actor
from accord.kernel.refused import NotThere
from accord.kernel.secret import digest_of
from accord.people.enums import InvitationState, Role
from accord.people.models import Account, Institution, Invitation
from accord.people.rules import INVITED_BY_OFFICERS


def invitations_visible_to(actor: Actor, *, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that the actor may see, each with its `state`; one query."""
    rows = Invitation.objects.exclude(role="").select_related("institution", "invited_by").annotate(state=_state(at))
    if not actor.holds(Role.STEWARD):
        rows = rows.filter(institution__in=actor.institutions(Role.OFFICER), role__in=INVITED_BY_OFFICERS)
    return rows.order_by("-invited_at", "-pk")


def find_invitation(actor: Actor, pk: int, *, at: datetime) -> Invitation:
    """Return one invitation with its `state`. Raises `NotThere` for what the actor may not see."""
    found = invitations_visible_to(actor, at=at).filter(pk=pk).first()
    if found is None:
        raise NotThere(f"no invitation {pk}")
    return found


def invitation_by_token(token: str, *, at: datetime) -> Invitation:
    """Return the invitation that a link opens, with its `state`. Raises `NotThere` for an unknown link."""
    rows = Invitation.objects.select_related("institution", "invited_by").annotate(state=_state(at))
    found = rows.select_related("person", "institution", "invited_by").filter(digest=digest_of(token)).first()
    if found is None:
        raise NotThere("no such invitation")
    return found


def has_account(email: str) -> bool:
    """Say whether an account signs in with this address."""
    return Account.objects.filter(email__iexact=email).exists()


def places_to_invite_for(actor: Actor) -> list[Institution]:
    """Return the institutions for which the actor may invite, by name."""
    every = Institution.objects.filter(merged_into=None)
    mine = every if actor.holds(Role.STEWARD) else every.filter(pk__in=actor.institutions(Role.OFFICER))
    return sorted(mine.order_by("pk"), key=lambda one: str(one.name).casefold())


def _state(at: datetime) -> Case:
    return Case(
        When(accepted_at__isnull=False, then=Value(InvitationState.ACCEPTED)),
        When(revoked_at__isnull=False, then=Value(InvitationState.REVOKED)),
        When(expires_at__lte=at, then=Value(InvitationState.EXPIRED)),
        default=Value(InvitationState.OPEN),
        output_field=CharField(),
    )
