"""Offers of space: made, accepted, declined, lapsed. An offer holds its spaces until it is answered."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.constraints import refused_as
from accord.kernel.refused import Refused
from accord.people.operations import use_link
from accord.people.queries import Person
from accord.workspace.enums import ApplicationState, TenancyState
from accord.workspace.models import Application, Team, Tenancy
from accord.workspace.operations._asking import Door
from accord.workspace.operations._count import count_team
from accord.workspace.operations._hold import Offered, free_of_bookings, hold_spaces
from accord.workspace.operations._tell_team import tell_keepers, tell_team, write_offer
from accord.workspace.operations._waiting import ApplicationClosed
from accord.workspace.queries import (
    OPEN_APPLICATIONS,
    Spell,
    day_at,
    offer_of_link,
)

NOTICE_DAYS = 60


class OfferUnclear(Refused):
    """An offer names spaces of the site, a term, and a day by which to answer."""

    code = "offer-unclear"


class NumberTaken(Refused):
    """A contract's number stands for one contract."""

    code = "number-taken"
    status = 409


class TeamHasTenancy(Refused):
    """A team has one tenancy at a time."""

    code = "team-has-tenancy"
    status = 409


class OfferGone(Refused):
    """An offer that was answered, lapsed, or is past its day is not answered any more."""

    code = "offer-gone"
    status = 409


class RenewalUnclear(Refused):
    """A renewal begins on the day on which the signed tenancy that it renews ends."""

    code = "renewal-unclear"


def offer_space(
    *,
    team: Team,
    spaces: Sequence[Offered],
    starts_on: date,
    ends_on: date | None,
    answer_by_on: date,
    number: str,
    by: Person,
    at: datetime,
    application: Application | None = None,
    deposit_minor: int = 0,
    renews: Tenancy | None = None,
    is_simulated: bool = False,
    notice_days: int = NOTICE_DAYS,
    cancel_bookings: bool = False,
    door: Door | None = None,
) -> Tenancy:
    """Offer spaces to a team, which holds them until the team has answered; the same offer again is the one there is.

    Raises `OfferUnclear`, `NumberTaken`, `TeamHasTenancy`, `RenewalUnclear`, `ApplicationClosed`, `SpaceNotOpen`, and
    `SpaceNotFree`, which says what is in the way. With `cancel_bookings`, bookings in the way are cancelled and their
    owners told; without it they stand. With a `door`, people of the team without an account get a link by mail.
    """
    number = number.strip()
    made = Tenancy.objects.filter(number=number, team=team, starts_on=starts_on, state=TenancyState.OFFERED).first()
    if made is not None:
        return made
    _refuse_unclear(team, spaces, starts_on, ends_on, answer_by_on, number, at)
    _refuse_overlap(team, starts_on, ends_on)
    _refuse_wrong_renewal(team, renews, starts_on)
    taken = NumberTaken(_("Contract %(number)s exists already. Choose another number.") % {"number": number})
    with transaction.atomic():
        placed = None if renews is not None and application is None else _offered_now(team, application)
        with refused_as({"workspace_tenancy_number_key": lambda: taken}):
            tenancy = Tenancy.objects.create(
                team=team,
                application=placed,
                number=number,
                starts_on=starts_on,
                ends_on=ends_on,
                notice_days=notice_days,
                currency=team.site.currency,
                deposit_minor=deposit_minor,
                renews=renews,
                offered_at=at,
                offered_by=by,
                answer_by_on=answer_by_on,
                is_simulated=is_simulated,
            )
        if cancel_bookings:
            free_of_bookings(
                site=team.site, spaces=[one.space for one in spaces], days=Spell(starts_on, ends_on), by=by, at=at
            )
        hold_spaces(tenancy=tenancy, spaces=spaces, starts_on=starts_on, by=by, at=at)
        tell_team("offered", tenancy, by=by, at=at)
        if door is not None:
            write_offer(tenancy, door=door, by=by, at=at)
    return tenancy


def renew_tenancy(
    *,
    tenancy: Tenancy,
    ends_on: date | None,
    answer_by_on: date,
    number: str,
    by: Person,
    at: datetime,
    relief_percent: Decimal | None = None,
    door: Door | None = None,
) -> Tenancy:
    """Offer a team the spaces that it has at the end of its term once more, at the same rent.

    Raises `RenewalUnclear` for a tenancy without an end, and what `offer_space` raises.
    """
    if tenancy.ends_on is None:
        raise RenewalUnclear(_("This tenancy has no end to renew it from. It runs until notice is given."))
    lettings = tenancy.spaces.filter(is_held=True, ends_on=tenancy.ends_on).select_related("space").order_by("pk")
    spaces = [
        Offered(one.space, one.monthly_minor, one.relief_percent if relief_percent is None else relief_percent)
        for one in lettings
    ]
    return offer_space(
        team=tenancy.team,
        spaces=spaces,
        starts_on=tenancy.ends_on,
        ends_on=ends_on,
        answer_by_on=answer_by_on,
        number=number,
        by=by,
        at=at,
        renews=tenancy,
        is_simulated=tenancy.is_simulated,
        notice_days=tenancy.notice_days,
        door=door,
    )


@transaction.atomic
def sign_tenancy(*, tenancy: Tenancy, by: Person, at: datetime) -> Tenancy:
    """Bind both sides to an offer: the team accepts it, or the operator has the signed contract. Twice changes nothing.

    From then on the team is counted. Raises `OfferGone`, and `TeamHasTenancy`.
    """
    held = _locked(tenancy)
    if held.state == TenancyState.SIGNED:
        return held
    _refuse_gone(held, at)
    held.state = TenancyState.SIGNED
    held.signed_at, held.signed_by = at, by
    held.version += 1
    with refused_as({"tenancy_one_at_a_time": lambda: _has_tenancy(held.team)}):
        held.save(update_fields=["state", "signed_at", "signed_by", "version"])
    _settle_application(held, ApplicationState.PLACED, by, at)
    count_team(team=held.team, at=at)
    tell_keepers("accepted", held, by=by, at=at)
    tell_team("accepted", held, by=by, at=at)
    return held


@transaction.atomic
def decline_offer(*, tenancy: Tenancy, by: Person, at: datetime, reason: str = "") -> Tenancy:
    """Decline an offer; its spaces are free at once, and the team waits on. Twice changes nothing.

    Raises `OfferGone`.
    """
    held = _locked(tenancy)
    if held.state == TenancyState.DECLINED:
        return held
    _refuse_gone(held, at)
    _let_go(held, TenancyState.DECLINED, reason, by, at)
    tell_keepers("declined", held, by=by, at=at)
    return held


def lapse_offers(*, at: datetime) -> int:
    """Let every offer lapse whose last day to answer is over at its site; return how many did.

    An offer that is being answered right now is left to whoever answers.
    """
    asked = Tenancy.objects.filter(state=TenancyState.OFFERED, answer_by_on__lte=at.date()).order_by("pk")
    return sum(_lapse(pk, at) for pk in asked.values_list("pk", flat=True))


@transaction.atomic
def answer_by_link(*, link_id: int, accept: bool, at: datetime, reason: str = "") -> Tenancy:
    """Answer an offer in the name of whoever the link was made for, and use the link up.

    Raises `LinkEnded`, and what `sign_tenancy` and `decline_offer` raise; the link is then not used.
    """
    link = use_link(link_id=link_id, at=at)
    tenancy = offer_of_link(link.record)
    if accept:
        return sign_tenancy(tenancy=tenancy, by=link.person, at=at)
    return decline_offer(tenancy=tenancy, by=link.person, at=at, reason=reason)


def _refuse_unclear(
    team: Team,
    spaces: Sequence[Offered],
    starts_on: date,
    ends_on: date | None,
    answer_by_on: date,
    number: str,
    at: datetime,
) -> None:
    """Say what of an offer cannot be."""
    if not spaces:
        raise OfferUnclear(_("Choose at least one space."), field="spaces")
    if len({one.space.pk for one in spaces}) < len(spaces):
        raise OfferUnclear(_("Name each space once."), field="spaces")
    if any(one.space.floor.building.site_id != team.site_id for one in spaces):
        raise OfferUnclear(_("Choose spaces of this work space."), field="spaces")
    if any(not 0 <= one.relief_percent <= 100 for one in spaces):  # noqa: PLR2004 (per cent of the rent)
        raise OfferUnclear(_("Enter a relief from 0 to 100 percent."), field="relief_percent")
    if ends_on is not None and ends_on <= starts_on:
        raise OfferUnclear(_("The term must end after it begins."), field="ends_on")
    if answer_by_on < day_at(team.site, at):
        raise OfferUnclear(_("Choose today or a later day to answer by."), field="answer_by_on")
    if not number:
        raise OfferUnclear(_("Enter the number of the contract."), field="number")


def _refuse_overlap(team: Team, starts_on: date, ends_on: date | None) -> None:
    """Refuse a second tenancy for days on which the team has one."""
    for one in Tenancy.objects.filter(team=team, state=TenancyState.SIGNED):
        if Spell(starts_on, ends_on).within(Spell(one.starts_on, one.ends_on)):
            raise _has_tenancy(team)


def _has_tenancy(team: Team) -> TeamHasTenancy:
    return TeamHasTenancy(
        _("%(team)s has a tenancy on these days. Move it there, or renew it from its last day on.")
        % {"team": team.name},
        field="starts_on",
    )


def _refuse_wrong_renewal(team: Team, renews: Tenancy | None, starts_on: date) -> None:
    if renews is None:
        return
    if renews.team_id != team.pk or renews.state != TenancyState.SIGNED or renews.ends_on != starts_on:
        raise RenewalUnclear(_("A renewal begins on the day on which the team's signed tenancy ends."))
    if Tenancy.objects.filter(renews=renews).exists():
        raise RenewalUnclear(_("A renewal of this tenancy is offered or signed already."))


def _offered_now(team: Team, application: Application | None) -> Application | None:
    """Mark the team's application as offered a space; the one that is named, or the one that it has open."""
    open_ones = Application.objects.select_for_update().filter(team=team, state__in=OPEN_APPLICATIONS)
    found = open_ones.filter(pk=application.pk).first() if application is not None else open_ones.first()
    if application is not None and found is None:
        raise ApplicationClosed(_("This application is closed. The team can apply anew."))
    if found is not None and found.state == ApplicationState.WAITING:
        found.state = ApplicationState.OFFERED
        found.version += 1
        found.save(update_fields=["state", "version"])
    return found


def _locked(tenancy: Tenancy) -> Tenancy:
    return Tenancy.objects.select_for_update(of=("self",)).select_related("team__site").get(pk=tenancy.pk)


def _refuse_gone(tenancy: Tenancy, at: datetime) -> None:
    """Refuse an answer to what is no longer an open offer."""
    if tenancy.state != TenancyState.OFFERED:
        raise OfferGone(
            _("This offer cannot be answered any more: %(state)s. Ask the operator for a new one.")
            % {"state": tenancy.get_state_display()}
        )
    if day_at(tenancy.team.site, at) > tenancy.answer_by_on:
        raise OfferGone(_("The last day to answer this offer is over. Ask the operator for a new one."))


def _lapse(pk: int, at: datetime) -> bool:
    """Let one offer lapse, unless it is not due yet, was answered, or is being answered."""
    with transaction.atomic():
        rows = Tenancy.objects.select_for_update(of=("self",), skip_locked=True)
        held = rows.filter(pk=pk, state=TenancyState.OFFERED).select_related("team__site", "offered_by").first()
        if held is None or day_at(held.team.site, at) <= held.answer_by_on:
            return False
        _let_go(held, TenancyState.LAPSED, "", held.offered_by, at)
        tell_keepers("lapsed", held, by=held.offered_by, at=at)
        tell_team("lapsed", held, by=held.offered_by, at=at)
        return True


def _let_go(tenancy: Tenancy, state: TenancyState, reason: str, by: Person, at: datetime) -> None:
    """Close an offer that comes to nothing: its spaces are free, and what it was to renew can be renewed again."""
    tenancy.state, tenancy.end_note = state, reason.strip()
    tenancy.ended_at, tenancy.ended_by = at, by
    tenancy.renews = None
    tenancy.version += 1
    tenancy.save(update_fields=["state", "end_note", "ended_at", "ended_by", "renews", "version"])
    tenancy.spaces.update(is_held=False)
    _settle_application(tenancy, ApplicationState.WAITING, by, at)


def _settle_application(tenancy: Tenancy, state: ApplicationState, by: Person, at: datetime) -> None:
    """Place the application, or put it back on the list where no other offer to it stands."""
    if tenancy.application_id is None:
        return
    held = Application.objects.select_for_update().get(pk=tenancy.application_id)
    others = Tenancy.objects.filter(application=held, state=TenancyState.OFFERED).exclude(pk=tenancy.pk)
    if held.state != ApplicationState.OFFERED or (state == ApplicationState.WAITING and others.exists()):
        return
    held.state = state
    if state == ApplicationState.PLACED:
        held.closed_at, held.closed_by = at, by
    held.version += 1
    held.save(update_fields=["state", "closed_at", "closed_by", "version"])
