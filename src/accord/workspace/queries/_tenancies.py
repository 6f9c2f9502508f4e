"""Tenancies as lists and one by one: who may open them, what they hold, which end soon and what is to be done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.agreements.queries import agreements_visible_to
from accord.kernel.access import Actor
from accord.kernel.clock import end_of
from accord.kernel.finding import Waiting
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.workspace.enums import LETTABLE, Fate, MemberRole, TenancyState
from accord.workspace.models import FollowUp, Graduation, Site, Space, Team, TeamMember, Tenancy, TenancySpace
from accord.workspace.queries._days import years_after
from accord.workspace.queries._today import present_day
from accord.workspace.rules import EVERY_ROLE, KEEPING, may_keep_teams

ENDS_SOON = timedelta(days=90)
"""How long before the end of a term somebody must decide on it."""


@dataclass(frozen=True, slots=True)
class TenancyPage:
    """A tenancy with all that its page says."""

    tenancy: Tenancy
    lettings: tuple[TenancySpace, ...]
    renewal: Tenancy | None

    @property
    def now_held(self) -> tuple[TenancySpace, ...]:
        """Return the spaces that no end before the term's was recorded for."""
        until = self.tenancy.left_on or self.tenancy.ends_on
        return tuple(one for one in self.lettings if one.is_held and one.ends_on == until)


def tenancies_visible_to(actor: Actor) -> QuerySet[Tenancy]:
    """Return the tenancies that the actor may know of.

    Those of sites they work for, or whose agreement they follow, and those of teams they work in; other residents of
    a site are no matter of a team.
    """
    every = Tenancy.objects.select_related("team__site__operator").order_by("pk")
    if actor.is_nobody:
        return every.none()
    if actor.holds(*EVERY_ROLE):
        return every
    own = TeamMember.objects.filter(person__in=actor.persons, ends_on=None).values("team")
    return every.filter(
        Q(team__site__operator__in=actor.institutions(*EVERY_ROLE))
        | Q(team__site__agreement__in=agreements_visible_to(actor).order_by().values("pk"))
        | Q(team__in=own)
    )


def tenancies_at(site: Site) -> QuerySet[Tenancy]:
    """Return the tenancies of a site with their spaces and area, the latest first; one query."""
    held = Q(spaces__is_held=True) & (Q(spaces__ends_on=None) | Q(spaces__ends_on=Coalesce(F("left_on"), F("ends_on"))))
    return (
        Tenancy.objects.filter(team__site=site)
        .select_related("team__site")
        .annotate(
            codes=Coalesce(
                StringAgg("spaces__space__code", ", ", filter=held, order_by="spaces__space__code"),
                Value(""),
                output_field=TextField(),
            ),
            area=Sum("spaces__space__area_m2", filter=held),
            monthly=Sum(F("spaces__monthly_minor") * (100 - F("spaces__relief_percent")) / 100, filter=held),
            until_on=Coalesce(F("left_on"), F("ends_on")),
        )
        .order_by("-starts_on", "-pk")
    )


def ends_at(site: Site, on: date) -> QuerySet[Any, Any]:
    """Return the signed tenancies of a site whose term ends on or after a day, the first to end first; one query.

    Each says by when notice must be given, and whether a renewal is offered or signed.
    """
    renewals = Tenancy.objects.filter(renews=OuterRef("pk"))
    return (
        tenancies_at(site)
        .filter(state=TenancyState.SIGNED, ends_on__gte=on)
        .annotate(
            decide_on=ExpressionWrapper(F("ends_on") - F("notice_days"), output_field=DateField()),
            is_renewed=Exists(renewals.filter(state=TenancyState.SIGNED)),
            is_offered=Exists(renewals.filter(state=TenancyState.OFFERED)),
        )
        .order_by("ends_on", "pk")
    )


def find_tenancy(actor: Actor, site: Site, pk: int) -> Tenancy:
    """Return a tenancy of a site; raises `NotThere` for those who may not know of it."""
    found = tenancies_visible_to(actor).filter(team__site=site, pk=pk).select_related("team__site", "renews").first()
    if found is None:
        raise NotThere(_("There is no tenancy of this number among those you may see."))
    return found


def tenancy_page(tenancy: Tenancy) -> TenancyPage:
    """Return a tenancy with its spaces, ended ones too, and its renewal; two queries."""
    lettings = tenancy.spaces.select_related("space__floor__building").order_by("starts_on", "space__code", "pk")
    renewal = Tenancy.objects.filter(renews=tenancy).first()
    return TenancyPage(tenancy, tuple(lettings), renewal)


def tenancies_of(team: Team) -> list[Tenancy]:
    """Return the tenancies of a team, the latest first, each with what it holds; two queries."""
    held = TenancySpace.objects.select_related("space").order_by("starts_on", "space__code")
    return list(team.tenancies.prefetch_related(Prefetch("spaces", held)).order_by("-starts_on", "-pk"))


def show_tenancy(actor: Actor, pk: int) -> Shown:
    """Return a tenancy as a reference leads to it; raises `NotThere`."""
    found = tenancies_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no tenancy of this number among those you may see."))
    site = found.team.site
    return Shown(
        found.team.name,
        reverse("workspace:tenancy", args=[site.key, found.pk]),
        may_keep_teams(actor, site.operator_id),
    )


def terms_that_end(actor: Actor, limit: int) -> list[Waiting]:
    """Return the tenancies whose term ends within 90 days and that nobody decided on, the first to end first."""
    return [
        Waiting(
            title=one.team.name,
            url=reverse("workspace:tenancy", args=[one.team.site.key, one.pk]),
            act=_("Offer a renewal, record notice, or record the move-out"),
            context=_("The term of a tenancy ends"),
            since=_start_of(one.ends_on - ENDS_SOON),
            due=end_of(one.ends_on),
        )
        for one in _undecided(actor)[:limit]
        if one.ends_on
    ]


def count_terms_that_end(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of them, as numbers to add up; None where nothing can wait."""
    return _ones(_undecided(actor)) if _keeps(actor) else None


def offers_to_answer(actor: Actor, limit: int) -> list[Waiting]:
    """Return the offers that teams which the actor leads have not answered, the first due first."""
    return [
        Waiting(
            title=one.team.site.name,
            url=reverse("workspace:team-space", args=[one.team.site.key, one.team.key]),
            act=_("Accept or decline the offer of space"),
            context=one.team.name,
            since=one.offered_at,
            due=end_of(one.answer_by_on),
        )
        for one in _to_answer(actor).order_by("answer_by_on", "pk")[:limit]
    ]


def count_offers_to_answer(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of them, as numbers to add up."""
    return None if actor.is_nobody else _ones(_to_answer(actor))


def graduates_not_heard_of(actor: Actor, limit: int) -> list[Waiting]:
    """Return the graduates of the last five years of whom nothing was heard for a year, the longest silent first."""
    return [
        Waiting(
            title=one.team.name,
            url=reverse("workspace:graduate-fate", args=[one.team.site.key, one.team.key]),
            act=_("Ask how they fare, and record it"),
            context=_("A graduate not heard of for a year"),
            since=_start_of(years_after(one.last_heard, 1)),  # type: ignore[attr-defined]  # annotated
        )
        for one in _silent(actor)[:limit]
    ]


def count_graduates_not_heard_of(actor: Actor) -> QuerySet[Any, int] | None:
    """Return one for each of them, as numbers to add up; None where nothing can wait."""
    return _ones(_silent(actor)) if _keeps(actor) else None


def _keeps(actor: Actor) -> bool:
    return actor.holds(*KEEPING) or bool(actor.institutions(*KEEPING))


def _kept(actor: Actor) -> Q:
    """Hold for what belongs to a team of a site that the actor keeps."""
    return Q() if actor.holds(*KEEPING) else Q(team__site__operator__in=actor.institutions(*KEEPING))


def _undecided(actor: Actor) -> QuerySet[Tenancy]:
    renewals = Tenancy.objects.filter(renews=OuterRef("pk"), state__in=[TenancyState.OFFERED, TenancyState.SIGNED])
    return (
        Tenancy.objects.filter(
            _kept(actor), state=TenancyState.SIGNED, notice_on=None, ends_on__lte=_ahead(ENDS_SOON.days)
        )
        .exclude(Exists(renewals))
        .select_related("team__site")
        .order_by("ends_on", "pk")
    )


def _to_answer(actor: Actor) -> QuerySet[Tenancy]:
    leads = TeamMember.objects.filter(person__in=actor.persons, role=MemberRole.LEAD, ends_on=None).values("team")
    return Tenancy.objects.filter(
        team__in=leads, state=TenancyState.OFFERED, answer_by_on__gte=present_day("team__site__time_zone")
    ).select_related("team__site")


def _silent(actor: Actor) -> QuerySet[Graduation]:
    heard = FollowUp.objects.filter(team=OuterRef("team"), heard_on__gte=OuterRef("graduated_on"))
    last = heard.order_by("-heard_on", "-pk")
    return (
        Graduation.objects.filter(_kept(actor), struck_at=None, graduated_on__gt=_ahead(-5 * 365 - 2))
        .annotate(
            last_heard=Coalesce(last.values("heard_on")[:1], F("graduated_on")),
            last_fate=Coalesce(last.values("fate")[:1], Value(str(Fate.TRADING))),
        )
        .filter(last_fate=Fate.TRADING, last_heard__lt=_ahead(-365))
        .exclude(rule="merged", last_heard=F("graduated_on"))
        .select_related("team__site")
        .order_by("last_heard", "pk")
    )


def _ahead(days: int) -> Any:
    return ExpressionWrapper(present_day("team__site__time_zone") + Value(days), output_field=DateField())


def _ones(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    return rows.order_by().values_list(Value(1), flat=True)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def sees_tenancies(actor: Actor, site: Site) -> bool:
    """Say whether the actor may list the tenancies of a site: its operator's people, and those who follow its numbers.

    At most one query.
    """
    if actor.holds(*EVERY_ROLE, institution_id=site.operator_id):
        return True
    return site.agreement_id is not None and agreements_visible_to(actor).filter(pk=site.agreement_id).exists()


def lettable_spaces(site: Site, on: date) -> QuerySet[Any, Any]:
    """Return the offices, laboratories and desks of a site that are open on a day or later, and whether each is let."""
    lettings = TenancySpace.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on), space=OuterRef("pk"), is_held=True, starts_on__lte=on
    )
    return (
        Space.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), floor__building__site=site, kind__in=LETTABLE)
        .select_related("floor__building__site")
        .annotate(is_let=Exists(lettings))
        .order_by("floor", "position", "code", "pk")
    )
