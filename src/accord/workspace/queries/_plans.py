"""Plans of who moves where, their lines, and what one changed against the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accord.engines import spaceplan
from accord.kernel.access import Actor
from accord.kernel.records import Shown
from accord.kernel.refused import NotThere
from accord.kernel.text import Bilingual
from accord.workspace.enums import PlanState
from accord.workspace.models import Plan, PlanLine, Site, Space, Team
from accord.workspace.queries._allocation_words import (
    Names,
    PlanTone,
    change_in_words,
    reason_in_words,
    short_reason,
    tone_of,
)
from accord.workspace.queries._floors import level_words
from accord.workspace.queries._money import in_major
from accord.workspace.rules import KEEPING


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of a plan as people read it."""

    plan: int
    team_key: str
    team: str
    spaces: str
    before: str
    area_m2: Decimal | None
    monthly: Decimal | None
    reason: str
    short: str
    tone: PlanTone
    code: str
    points: Decimal | None
    was: str
    placed: str
    changed: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that a team could have, as people read it."""

    spaces: str
    where: str
    area_m2: Decimal
    monthly: Decimal
    points: Decimal
    held_by: str


def plans_visible_to(actor: Actor) -> QuerySet[Plan]:
    """Return the plans that the actor may open: those of the sites whose moves they may plan."""
    every = Plan.objects.select_related("site").order_by("-made_at", "-pk")
    if actor.is_nobody:
        return every.none()
    return every if actor.holds(*KEEPING) else every.filter(site__operator__in=actor.institutions(*KEEPING))


def show_plan(actor: Actor, pk: int) -> Shown:
    """Return a plan as the actor may see it. Raises `NotThere`."""
    found = plans_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no plan of this number among those you may see."))
    return Shown(found.name, reverse("workspace:plan", args=[found.site.key, pk]))


def plans_of(site: Site) -> QuerySet[Plan]:
    """Return the plans of a site with how many teams each places and leaves out, the latest first."""
    return (
        Plan.objects.filter(site=site)
        .select_related("site", "made_by")
        .annotate(
            placed=Count("lines", filter=~Q(lines__spaces=[])),
            left_out=Count("lines", filter=Q(lines__spaces=[])),
        )
        .order_by("-made_at", "-pk")
    )


def find_plan(site: Site, pk: int) -> Plan:
    """Return a plan of a site. Raises `NotThere`."""
    found = plans_of(site).filter(pk=pk).select_related("published_by").first()
    if found is None:
        raise NotThere(_("There is no plan of this number here."))
    return found


def plan_before(plan: Plan) -> Plan | None:
    """Return the plan of the same site that was made before and not dropped."""
    earlier = Plan.objects.filter(site=plan.site, made_at__lt=plan.made_at).exclude(state=PlanState.DROPPED)
    return earlier.order_by("-made_at", "-pk").first()


def plan_rows(plan: Plan, before: Plan | None) -> list[PlanRow]:
    """Return the lines of a plan in words, with where each team would be by the plan before; four queries at most."""
    lines = list(plan.lines.select_related("team").order_by("team__key"))
    names = names_of(plan.site, plan)
    was = {line.team_id: line.spaces for line in before.lines.all()} if before else {}
    return [_row(plan, line, names, was) for line in lines]


def _row(plan: Plan, line: PlanLine, names: Names, was: Mapping[int, Sequence[int]]) -> PlanRow:
    keys = [str(space) for space in line.spaces]
    sits = names.sits.get(str(line.team_id), ())
    old = [str(space) for space in was.get(line.team_id, ())]
    return PlanRow(
        plan=plan.pk,
        team_key=line.team.key,
        team=str(line.team.name),
        spaces=names.spaces(keys),
        before=names.spaces(sits),
        area_m2=sum((names.areas[key] for key in keys), Decimal(0)) if keys else None,
        monthly=in_major(sum(names.prices[key] for key in keys), plan.site.currency) if keys else None,
        reason=reason_in_words(line.reason, line.facts, names),
        short=short_reason(line.reason),
        tone=tone_of(line.reason, placed=bool(keys)),
        code=line.reason,
        points=Decimal(line.cost) / 100 if keys else None,
        was=names.spaces(old) if line.team_id in was else "",
        placed="yes" if keys else "no",
        changed="yes" if was and set(old) != set(keys) else "no",
    )


def names_of(site: Site, plan: Plan) -> Names:
    """Return what the keys of a plan's inputs are called; two queries."""
    units = plan.inputs["problem"]["units"]
    keys = [int(one["key"]) for one in units]
    spaces = {str(one.pk): one for one in Space.objects.filter(pk__in=keys).select_related("floor__building")}
    teams = Team.objects.filter(pk__in=[int(one["key"]) for one in plan.inputs["problem"]["teams"]])
    return Names(
        currency=site.currency,
        codes={key: one.code for key, one in spaces.items()},
        teams={str(one.pk): str(one.name) for one in teams},
        buildings={str(one.floor.building_id): str(one.floor.building.name) for one in spaces.values()},
        floors={str(one.floor_id): str(_where(one)) for one in spaces.values()},
        where={key: str(_where(one)) for key, one in spaces.items()},
        areas={one["key"]: Decimal(one["area_m2"]) for one in units},
        prices={one["key"]: int(one["price"]) for one in units},
        sits={one["key"]: tuple(one["sits"]) for one in plan.inputs["problem"]["teams"]},
    )


def _where(space: Space) -> Bilingual:
    house, own = space.floor.building.name, level_words(space.floor.level, space.floor.name)
    return Bilingual(f"{house.en or house}, {own.en}", f"{house.zh_hans or house}{own.zh_hans or own.en}")


def answer_of(plan: Plan) -> tuple[spaceplan.SpaceProblem, spaceplan.Plan]:
    """Return what a plan was given and what came of it, as the engine had it."""
    return spaceplan.problem_from_data(plan.inputs["problem"]), spaceplan.plan_from_data(plan.inputs["answer"])


def line_of(plan: Plan, team: Team) -> PlanLine:
    """Return what a plan means for a team. Raises `NotThere`."""
    found = plan.lines.filter(team=team).select_related("team").first()
    if found is None:
        raise NotThere(_("This plan says nothing of this team."))
    return found


def what_would_change(plan: Plan, team: Team, names: Names) -> list[str]:
    """Return, in words, what would have to change for a team to be placed, or placed better."""
    problem, answer = answer_of(plan)
    found = spaceplan.explain(problem, answer, str(team.pk))
    return [change_in_words(one.change, one.units, one.params, names) for one in found]


def choices_of(plan: Plan, team: Team, names: Names) -> list[Choice]:
    """Return the best places for a team, with who has them by this plan."""
    problem, answer = answer_of(plan)
    own = next(one.units for one in answer.placements if one.team == str(team.pk))
    return [_choice(one, names, own) for one in spaceplan.ranked(problem, str(team.pk), plan=answer)]


def _choice(one: spaceplan.Candidate, names: Names, own: Sequence[str]) -> Choice:
    return Choice(
        spaces=names.spaces(one.units),
        where=names.where[one.units[0]],
        area_m2=one.area_m2,
        monthly=in_major(int(one.price), names.currency),
        points=one.cost.total,
        held_by=str(_("This team")) if set(one.units) == set(own) else names.people(one.held_by),
    )


def standing_of_plan(plan: Plan) -> dict[str, Any]:
    """Return the figures of a plan that its page says in a sentence."""
    return {
        "points": Decimal(plan.cost) / 100,
        "at_least": None if plan.bound is None else Decimal(plan.bound) / 100,
        "is_proven": plan.bound is not None and plan.bound >= plan.cost,
    }
