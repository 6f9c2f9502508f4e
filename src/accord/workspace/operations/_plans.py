"""Plans of who moves where: made as a dry run, dropped, or published once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.engines import spaceplan
from accord.kernel.refused import Refused
from accord.kernel.text import EN
from accord.people.queries import Person
from accord.workspace.enums import ApplicationState, PlanMethod, PlanProof, PlanState, TenancyState
from accord.workspace.models import Application, Plan, PlanLine, Site, Space, Tenancy
from accord.workspace.operations._asking import Door
from accord.workspace.operations._hold import Offered
from accord.workspace.operations._offers import offer_space
from accord.workspace.operations._tenancies import move_team
from accord.workspace.queries import PlanTerms, problem_of

EFFORT = 1.0
"""How long a search may take, in the solver's own units of work: a page waits for it."""


class PlanUnclear(Refused):
    """What a plan is given contradicts itself."""

    code = "plan-unclear"


class NobodyToPlace(Refused):
    """A plan places somebody."""

    code = "nobody-to-place"


class PlanOutdated(Refused):
    """A plan is published only while the records it was made from stand as they were."""

    code = "plan-outdated"
    status = 409


class PlanClosed(Refused):
    """A plan that was dropped or published is not changed any more."""

    code = "plan-closed"
    status = 409


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a plan: the offers that were made, and the teams that move."""

    plan: Plan
    offers: tuple[Tenancy, ...]
    moved: tuple[Tenancy, ...]


def make_plan(
    *,
    site: Site,
    name: str,
    from_on: date,
    terms: PlanTerms,
    by: Person,
    at: datetime,
    method: str = PlanMethod.RULE,
    effort: float = EFFORT,
) -> Plan:
    """Work out who would go where from a day on. Binds nobody; the same again is the draft there is.

    Raises `PlanUnclear` for a policy that cannot be used, and `NobodyToPlace` where nobody waits or may move.
    """
    try:
        problem = problem_of(site, from_on, terms)
    except spaceplan.SpacePlanRefused as refused:
        raise PlanUnclear(refused.words(get_language() or EN), reason=refused.code) from refused
    if not any(team.may_move for team in problem.teams):
        raise NobodyToPlace(_("Nobody waits for space by that day, and no team may move. Choose a later day."))
    digest = spaceplan.digest(problem)
    same = Plan.objects.filter(site=site, digest=digest, method=method, name=name.strip(), state=PlanState.DRAFT)
    made = same.filter(from_on=from_on).first()
    if made is not None:
        return made
    solver = spaceplan.Solver.AUTO if method == PlanMethod.SEARCH else spaceplan.Solver.RULE
    answer = spaceplan.place(problem, solver=solver, effort=effort)
    with transaction.atomic():
        plan = Plan.objects.create(
            site=site,
            name=name.strip(),
            from_on=from_on,
            policy=terms.as_data(),
            digest=digest,
            method=method,
            status=_proof(answer),
            cost=int(answer.cost * 100),
            bound=int(answer.at_least * 100),
            inputs={"problem": spaceplan.as_data(problem), "answer": spaceplan.as_data(answer)},
            made_at=at,
            made_by=by,
        )
        PlanLine.objects.bulk_create(_lines(plan, answer))
    return plan


@transaction.atomic
def drop_plan(*, plan: Plan, by: Person, at: datetime) -> Plan:
    """Put a draft aside. Doing it twice changes nothing. Raises `PlanClosed` for one that was published."""
    del by, at
    held = _locked(plan)
    if held.state == PlanState.DROPPED:
        return held
    if held.state != PlanState.DRAFT:
        raise PlanClosed(_("This plan was published. Its offers are answered one by one."))
    held.state = PlanState.DROPPED
    held.version += 1
    held.save(update_fields=["state", "version"])
    return held


@transaction.atomic
def publish_plan(
    *,
    plan: Plan,
    ends_on: date | None,
    answer_by_on: date,
    by: Person,
    at: datetime,
    door: Door | None = None,
) -> Published:
    """Offer each team that waits its spaces, and move those that move; all of it or nothing. Twice changes nothing.

    Raises `PlanOutdated` where the records changed since the plan was made, `PlanClosed` for one that was dropped, and
    what `move_team` and `offer_space` raise.
    """
    held = _locked(plan)
    if held.state == PlanState.PUBLISHED:
        return Published(held, (), ())
    if held.state != PlanState.DRAFT:
        raise PlanClosed(_("This plan was dropped. Make it again to publish it."))
    _refuse_outdated(held)
    lines = list(held.lines.exclude(spaces=[]).select_related("team__site", "application").order_by("team__key"))
    spaces = Space.objects.select_related("floor__building").in_bulk([pk for line in lines for pk in line.spaces])
    sits = {int(one["key"]): [int(key) for key in one["sits"]] for one in held.inputs["problem"]["teams"]}
    moved = [_moved(held, line, spaces, sits[line.team_id], by, at) for line in _in_turn(lines, sits)]
    offers = [
        offer_space(
            team=line.team,
            spaces=[_offered(spaces[pk]) for pk in line.spaces],
            starts_on=held.from_on,
            ends_on=ends_on,
            answer_by_on=answer_by_on,
            number=f"P{held.pk}-{line.team_id}",
            by=by,
            at=at,
            application=line.application,
            is_simulated=held.site.is_simulated,
            door=door,
        )
        for line in lines
        if not sits[line.team_id]
    ]
    held.state, held.published_at, held.published_by = PlanState.PUBLISHED, at, by
    held.version += 1
    held.save(update_fields=["state", "published_at", "published_by", "version"])
    return Published(held, tuple(offers), tuple(one for one in moved if one is not None))


def _proof(answer: spaceplan.Plan) -> str:
    """Return how good a plan is known to be."""
    best = all(level.value == level.at_least for level in answer.levels)
    if best and answer.at_least >= answer.cost:
        return PlanProof.PROVEN
    if answer.search is not None and answer.search.status == "optimal":
        return PlanProof.OPTIMAL
    return PlanProof.FEASIBLE


def _lines(plan: Plan, answer: spaceplan.Plan) -> list[PlanLine]:
    """Return a line for every team that the plan could have moved or placed."""
    applications = {one.team_id: one for one in _waiting(plan.site_id, [int(one.team) for one in answer.placements])}
    data = {one["team"]: one["reason"]["params"] for one in spaceplan.as_data(answer)["placements"]}
    return [
        PlanLine(
            plan=plan,
            team_id=int(one.team),
            application=applications.get(int(one.team)),
            spaces=[int(key) for key in one.units],
            reason=one.reason.code.value,
            facts=data[one.team],
            cost=int(one.cost.total * 100),
        )
        for one in answer.placements
        if one.reason.code is not spaceplan.Code.MAY_NOT_MOVE
    ]


def _waiting(site: int, teams: Sequence[int]) -> QuerySet[Application]:
    return Application.objects.filter(team__site=site, team__in=teams, state=ApplicationState.WAITING)


def _locked(plan: Plan) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related("site").get(pk=plan.pk)


def _refuse_outdated(plan: Plan) -> None:
    """Refuse a plan whose spaces, teams or waiting list are no longer as they were."""
    changed = PlanOutdated(
        _("Spaces, tenancies or the waiting list have changed since this plan was made. Make it again and compare.")
    )
    try:
        problem = problem_of(plan.site, plan.from_on, PlanTerms.from_data(plan.policy))
    except spaceplan.SpacePlanRefused as refused:
        raise changed from refused
    if spaceplan.digest(problem) != plan.digest:
        raise changed


def _offered(space: Space) -> Offered:
    return Offered(space, space.monthly_minor or 0)


def _moved(
    plan: Plan, line: PlanLine, spaces: dict[int, Space], sits: Sequence[int], by: Person, at: datetime
) -> Tenancy | None:
    """Let a team that sits move as the plan says; nothing where it stays."""
    left = [pk for pk in sits if pk not in line.spaces]
    new = [pk for pk in line.spaces if pk not in sits]
    if not left and not new:
        return None
    tenancy = (
        Tenancy.objects.filter(Q(ends_on=None) | Q(ends_on__gt=plan.from_on), starts_on__lte=plan.from_on)
        .filter(team=line.team, state=TenancyState.SIGNED)
        .get()
    )
    old = Space.objects.in_bulk(left)
    for number in range(max(len(left), len(new))):
        from_space = old[left[number]] if number < len(left) else None
        to = _offered(spaces[new[number]]) if number < len(new) else None
        tenancy = move_team(tenancy=tenancy, from_space=from_space, to=to, on=plan.from_on, by=by, at=at)
    if line.application is not None:
        _placed(line.application, by, at)
    return tenancy


def _placed(application: Application, by: Person, at: datetime) -> None:
    """Take a team that has moved off the waiting list."""
    held = Application.objects.select_for_update().get(pk=application.pk)
    held.state, held.closed_at, held.closed_by = ApplicationState.PLACED, at, by
    held.version += 1
    held.save(update_fields=["state", "closed_at", "closed_by", "version"])


def _in_turn(lines: Sequence[PlanLine], sits: Mapping[int, Sequence[int]]) -> list[PlanLine]:
    """Return the lines of teams that sit, each after those who leave what it moves into."""
    left = [line for line in lines if sits[line.team_id]]
    out: list[PlanLine] = []
    while left:
        held = {space: line.team_id for line in left for space in sits[line.team_id]}
        ready = [line for line in left if all(held.get(space) in {None, line.team_id} for space in line.spaces)]
        # A ring of teams that swap has no first; the space that is still held is then named in the refusal.
        ready = ready or left
        out += ready
        left = [line for line in left if line not in ready]
    return out
