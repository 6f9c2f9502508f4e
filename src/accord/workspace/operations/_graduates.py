"""Teams that leave by a rule, and how they fare afterwards."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accord.kernel.refused import Refused
from accord.people.queries import Person
from accord.workspace.enums import EndReason, Fate, GraduationRule, TeamKind, TenancyState
from accord.workspace.models import FollowUp, Graduation, Team, Tenancy
from accord.workspace.operations._count import IN_FORCE, count_team
from accord.workspace.operations._tenancies import end_tenancy
from accord.workspace.queries import day_at


class CannotGraduate(Refused):
    """An incubated team that had space graduates, once, on a day that has come."""

    code = "cannot-graduate"


class EvidenceMissing(Refused):
    """A graduation names what proves it."""

    code = "evidence-missing"


class FateOdd(Refused):
    """How a graduate fares is heard after it graduated."""

    code = "fate-odd"


@transaction.atomic
def graduate(*, team: Team, rule: str, graduated_on: date, evidence: str, by: Person, at: datetime) -> Graduation:
    """Record that a team left by a rule, with what proves it; its tenancy ends on that day. Twice changes nothing.

    Raises `EvidenceMissing`, `CannotGraduate`, and what `end_tenancy` raises.
    """
    if not evidence.strip():
        raise EvidenceMissing(_("Name the document that proves it."), field="evidence")
    held = Team.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=team.pk)
    known = Graduation.objects.filter(team=held, struck_at=None).first()
    if known is not None and (known.rule, known.graduated_on) == (rule, graduated_on):
        return known
    _refuse(held, known, graduated_on, at)
    for tenancy in _tenancies_on(held, graduated_on):
        end_tenancy(tenancy=tenancy, left_on=graduated_on, reason=EndReason.GRADUATED, by=by, at=at)
    made = Graduation.objects.create(
        team=held,
        rule=GraduationRule(rule),
        graduated_on=graduated_on,
        evidence=evidence.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    count_team(team=held, at=at)
    return made


@transaction.atomic
def strike_graduation(*, graduation: Graduation, by: Person, at: datetime) -> Graduation:
    """Strike a graduation that was recorded by mistake; it no longer counts. Twice changes nothing."""
    held = Graduation.objects.select_for_update(of=("self",)).select_related("team").get(pk=graduation.pk)
    if held.struck_at is None:
        held.struck_at, held.struck_by = at, by
        held.save(update_fields=["struck_at", "struck_by"])
        count_team(team=held.team, at=at)
    return held


@transaction.atomic
def record_fate(*, team: Team, fate: str, heard_on: date, by: Person, at: datetime, note: str = "") -> FollowUp:
    """Record how a graduate fared on a day. The same again changes nothing. Raises `FateOdd`."""
    held = Team.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=team.pk)
    known = FollowUp.objects.filter(team=held, heard_on=heard_on).order_by("-pk").first()
    if known is not None and (known.fate, known.note) == (fate, note.strip()):
        return known
    graduation = Graduation.objects.filter(team=held, struck_at=None).first()
    if graduation is None:
        raise FateOdd(_("The team has not graduated. Only graduates are followed up."))
    if not graduation.graduated_on <= heard_on <= day_at(held.site, at):
        raise FateOdd(_("Choose a day since the graduation, today or before."), field="heard_on")
    made = FollowUp.objects.create(
        team=held, fate=Fate(fate), heard_on=heard_on, note=note.strip(), recorded_at=at, recorded_by=by
    )
    count_team(team=held, at=at)
    return made


def _refuse(team: Team, known: Graduation | None, graduated_on: date, at: datetime) -> None:
    """Say why a team cannot graduate on this day."""
    if known is not None:
        raise CannotGraduate(_("This graduation is recorded already. Strike it before you record another."))
    if team.kind != TeamKind.INCUBATED:
        raise CannotGraduate(_("Only incubated teams graduate; service firms and partners do not."))
    if graduated_on > day_at(team.site, at):
        raise CannotGraduate(_("Choose the day on which the team left, today or before."), field="graduated_on")
    if not Tenancy.objects.filter(team=team, state__in=IN_FORCE, starts_on__lt=graduated_on).exists():
        raise CannotGraduate(_("The team had no space here before that day."), field="graduated_on")


def _tenancies_on(team: Team, day: date) -> list[Tenancy]:
    """Return the signed tenancies that have begun by a day and have not ended by it."""
    rows = Tenancy.objects.filter(team=team, state=TenancyState.SIGNED, starts_on__lte=day).order_by("pk")
    return [one for one in rows if one.ends_on is None or one.ends_on >= day]
