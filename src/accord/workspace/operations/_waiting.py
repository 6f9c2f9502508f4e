"""The waiting list: teams apply for space, withdraw, and are refused with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.workspace.enums import ApplicationState, SpaceKind, TenancyState
from accord.workspace.models import Application, Building, Team, Tenancy
from accord.workspace.operations._tell_team import tell_keepers, tell_team
from accord.workspace.queries import OPEN_APPLICATIONS


class AlreadyWaits(Refused):
    """A team stands on the waiting list once."""

    code = "already-waits"
    status = 409


class ApplicationClosed(Refused):
    """What was placed, withdrawn or refused is not changed any more."""

    code = "application-closed"
    status = 409


class ApplicationUnclear(Refused):
    """A wish for space says how much, and for how many."""

    code = "application-unclear"


class ReasonMissing(Refused):
    """Whoever is refused or leaves early is told why."""

    code = "reason-missing"


class OfferStands(Refused):
    """An offer is answered before its application is closed."""

    code = "offer-stands"
    status = 409


def apply_for_space(
    *,
    team: Team,
    area_m2: Decimal,
    people: int,
    from_on: date,
    by: Person,
    at: datetime,
    kind: str = SpaceKind.OFFICE,
    price_limit_minor: int | None = None,
    features: Sequence[str] = (),
    wished: Sequence[str] = (),
    building: Building | None = None,
    near: Team | None = None,
    months: int | None = None,
    has_priority: bool = False,
    note: str = "",
) -> Application:
    """Put a team on the waiting list with what it needs and what it wishes.

    Raises `AlreadyWaits` where it waits already, and `ApplicationUnclear` for an area of nothing, for nobody, and for
    a building of another site.
    """
    _refuse_unclear(team, area_m2, people, building, near)
    twice = AlreadyWaits(_("The team is on the waiting list already. Withdraw that application first."))
    with transaction.atomic():
        with refused_as({"application_one_open_a_team": lambda: twice}):
            application = Application.objects.create(
                team=team,
                kind=kind,
                area_m2=area_m2,
                people=people,
                price_limit_minor=price_limit_minor,
                features=sorted(set(features)),
                wished=sorted(set(wished) - set(features)),
                building=building,
                near=near,
                from_on=from_on,
                months=months,
                has_priority=has_priority,
                note=note.strip(),
                applied_at=at,
                applied_by=by,
            )
        tell_keepers("applied", application, by=by, at=at)
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: Person, at: datetime, reason: str = "") -> Application:
    """Take a team off the waiting list as it wishes. Doing it twice changes nothing.

    Raises `OfferStands` while an offer waits for an answer, and `ApplicationClosed`.
    """
    held = _locked(application)
    if held.state == ApplicationState.WITHDRAWN:
        return held
    _close(held, ApplicationState.WITHDRAWN, reason, by, at)
    tell_keepers("withdrawn", held, by=by, at=at)
    return held


@transaction.atomic
def refuse_application(*, application: Application, reason: str, by: Person, at: datetime) -> Application:
    """Take a team off the waiting list and tell it why. Doing it twice changes nothing.

    Raises `ReasonMissing`, `OfferStands` while an offer waits for an answer, and `ApplicationClosed`.
    """
    held = _locked(application)
    if held.state == ApplicationState.REFUSED:
        return held
    if not reason.strip():
        raise ReasonMissing(_("Say why, so that the team can do something about it."), field="reason")
    _close(held, ApplicationState.REFUSED, reason, by, at)
    tell_team("refused", held, by=by, at=at)
    return held


@transaction.atomic
def set_priority(*, application: Application, has_priority: bool, by: Person, at: datetime) -> Application:
    """Say whether the agreement names the team among those placed first. Doing it twice changes nothing.

    Raises `ApplicationClosed`.
    """
    del by, at
    held = _locked(application)
    if held.has_priority != has_priority:
        _refuse_closed(held)
        held.has_priority = has_priority
        held.version += 1
        held.save(update_fields=["has_priority", "version"])
    return held


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("team__site").get(pk=application.pk)


def _refuse_unclear(team: Team, area_m2: Decimal, people: int, building: Building | None, near: Team | None) -> None:
    """Say what of a wish for space cannot be."""
    if area_m2 <= 0:
        raise ApplicationUnclear(_("Enter an area above 0."), field="area_m2")
    if people <= 0:
        raise ApplicationUnclear(_("Enter how many people will work there, at least 1."), field="people")
    if building is not None and building.site_id != team.site_id:
        raise ApplicationUnclear(_("Choose a building of this work space."), field="building")
    if near is not None and (near.site_id != team.site_id or near.pk == team.pk):
        raise ApplicationUnclear(_("Choose another team of this work space."), field="near")


def _refuse_closed(application: Application) -> None:
    if application.state not in OPEN_APPLICATIONS:
        raise ApplicationClosed(
            _("This application is closed: %(state)s. The team can apply anew.")
            % {"state": application.get_state_display()}
        )


def _close(application: Application, state: ApplicationState, reason: str, by: Person, at: datetime) -> None:
    """Close an application that nobody offered anything for."""
    _refuse_closed(application)
    if Tenancy.objects.filter(application=application, state=TenancyState.OFFERED).exists():
        raise OfferStands(_("An offer waits for the team's answer. Decline it first, or let it lapse."))
    application.state = state
    application.reason = reason.strip()
    application.closed_at, application.closed_by = at, by
    application.version += 1
    application.save(update_fields=["state", "reason", "closed_at", "closed_by", "version"])
