"""Roles: granted from a day, ended on a day, never deleted."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import NotAllowed, Refused
from accord.people.enums import Role
from accord.people.models import Institution, Person, RoleGrant


class AlreadyGranted(Refused):
    """The person holds the role for some of these days."""

    code = "already-granted"


class SpanTurned(Refused):
    """The last day comes before the first."""

    code = "span-turned"


class StewardSomewhere(Refused):
    """A steward looks after the whole installation, not one institution."""

    code = "steward-somewhere"


class LastSteward(Refused):
    """Nobody would be left to look after the installation."""

    code = "last-steward"


class StewardThere(Refused):
    """Somebody looks after the installation already, so grants are theirs to make."""

    code = "steward-there"


def grant_role(
    *,
    person: Person,
    role: str,
    institution: Institution | None,
    starts_on: date,
    ends_on: date | None = None,
    by: Person | None = None,
    at: datetime | None = None,
) -> RoleGrant:
    """Grant a role from a day on, until a day or without end; the same grant twice is one grant.

    `by` and `at` are kept together; without them nobody granted it (a demo world, a test). Raises `NotAllowed` for a
    grant to oneself, `StewardSomewhere`, `SpanTurned`, and `AlreadyGranted` where the days overlap another grant.
    """
    if by is not None and by.pk == person.pk:
        raise NotAllowed(_("Nobody grants a role to themselves. Ask a steward, or another officer of the institution."))
    wanted = {"person": person, "role": role, "institution": institution, "starts_on": starts_on, "ends_on": ends_on}
    return _granted(wanted, granted_by=by, granted_at=at if by is not None else None)


@transaction.atomic
def grant_first_role(
    *, person: Person, role: str, institution: Institution | None, starts_on: date, at: datetime
) -> RoleGrant:
    """Grant a role to whoever sets an installation up, by themselves: there is no steward yet who could.

    The same grant twice is one grant. Raises `StewardThere` once there is a steward, and what `grant_role` raises.
    """
    wanted = {"person": person, "role": role, "institution": institution, "starts_on": starts_on, "ends_on": None}
    stewards = RoleGrant.objects.filter(role=Role.STEWARD, person__account__isnull=False).exclude(**wanted)
    if stewards.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on)).exists():
        raise StewardThere(_("A steward looks after this installation. Say who of them grants the role."))
    return _granted(wanted, granted_by=person, granted_at=at)


def _granted(wanted: dict[str, Any], **marks: Any) -> RoleGrant:
    """Return the grant, made if it is not there."""
    role, institution, starts_on, ends_on = (wanted[name] for name in ("role", "institution", "starts_on", "ends_on"))
    if role == Role.STEWARD and institution is not None:
        raise StewardSomewhere(
            _("A steward looks after the whole installation. Choose no institution."), field="institution"
        )
    if ends_on is not None and ends_on <= starts_on:
        raise SpanTurned(_("Choose a day after the first one as the end, or none."), field="ends_on")
    existing = RoleGrant.objects.filter(**wanted).first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            return RoleGrant.objects.create(**wanted, **marks)
    except IntegrityError as clash:
        return _the_same(wanted, clash)


def _the_same(wanted: dict[str, object], clash: IntegrityError) -> RoleGrant:
    """Return the same grant made by somebody else at the same moment; refuse one that merely overlaps."""
    if "grant_once_at_a_time" not in str(clash):
        raise clash
    existing = RoleGrant.objects.filter(**wanted).first()
    if existing is None:
        raise AlreadyGranted(
            _("This person holds the role for some of these days. End that grant first, or choose later days."),
            field="starts_on",
        ) from clash
    return existing


@transaction.atomic
def end_role(*, grant: RoleGrant, ends_on: date, by: Person, at: datetime) -> RoleGrant:
    """Let a role end on a day: it opens nothing from that day on. One that is over by then stays as it is.

    A day before the role begins ends it before it begins. Raises `LastSteward` when no steward who can sign in would
    hold on that day.
    """
    del by, at  # the history keeps who and when
    stewards = RoleGrant.objects.filter(role=Role.STEWARD) if grant.role == Role.STEWARD else RoleGrant.objects.none()
    held = list(stewards.select_for_update().order_by("pk"))  # two stewards who end each other's role wait here
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    ends = max(ends_on, grant.starts_on)
    if grant.ends_on is not None and grant.ends_on <= ends:
        return grant
    if grant.role == Role.STEWARD and not _others_look_after(held, grant, ends):
        raise LastSteward(_("This is the last steward. Make somebody else steward first, without a last day."))
    grant.ends_on = ends
    grant.save(update_fields=["ends_on"])
    return grant


def _others_look_after(held: list[RoleGrant], leaving: RoleGrant, on: date) -> bool:
    """Say whether a steward who can sign in holds without end from a day on, besides the one who leaves."""
    others = [one.pk for one in held if one.pk != leaving.pk and one.starts_on <= on and one.ends_on is None]
    can_sign_in = Q(person__account__is_active=True) & Q(institution=None)
    return RoleGrant.objects.filter(can_sign_in, pk__in=others).exists()
